"""The settings in force: the environment comes before `config.toml`, and that before defaults."""

import os
from collections.abc import Mapping
from typing import NamedTuple

from nnquiz.config.options import OPTIONS, PLAN, Option, allow, meant, parse
from nnquiz.errors import BadInput
from nnquiz.model.settings import Settings

DEFAULT, FILE, ENVIRONMENT = "default", "file", "environment"  # where a value may come from


class Choice(NamedTuple):
    """A setting as it is in force.

    Attributes:
        option: what is set.
        value: to what.
        source: `DEFAULT`, `FILE` or `ENVIRONMENT`.
    """

    option: Option
    value: int | float
    source: str


def file_of(folder: str) -> str:
    """Return the path of `config.toml` in the folder for configuration."""
    return os.path.join(folder, "config.toml")


def load_settings(folder: str, environ: Mapping[str, str]) -> Settings:
    """Return the settings in force.

    Args:
        folder: where `config.toml` may lie.
        environ: the environment.

    Raises:
        BadInput: the file or a variable says something that is not allowed.
    """
    chosen = {choice.option.key: choice.value for choice in load_choices(folder, environ)}
    return Settings(
        retention=float(chosen["retention"]),
        new_cards=int(chosen["new_cards"]),
        rollover=int(chosen["rollover"]),
        minutes=int(chosen["minutes"]),
    )


def load_choices(folder: str, environ: Mapping[str, str]) -> list[Choice]:
    """Return every setting with its value and where that comes from.

    Raises:
        BadInput: the file or a variable says something that is not allowed.
    """
    path = file_of(folder)
    from_file = _checked(read(path), path)
    choices = []
    for option in OPTIONS:
        said = environ.get(option.variable, "").strip()
        if said:
            choices.append(Choice(option, _of_variable(option, said), ENVIRONMENT))
        elif option.key in from_file:
            choices.append(Choice(option, from_file[option.key], FILE))
        else:
            choices.append(Choice(option, option.default, DEFAULT))
    return choices


def read(path: str) -> dict[str, object]:
    """Return what `config.toml` says, whether allowed or not; nothing where there is no file.

    Raises:
        BadInput: it cannot be read, or is no TOML.
    """
    text = read_text(path)
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{path}:{_line_of_mistake(text)}: is not TOML: {str(error).split(' (at ')[0]}"
        raise BadInput(message, "a line is KEY = NUMBER, such as retention = 0.9") from error


def read_text(path: str) -> str:
    """Return the text of `config.toml`, line ends and all; nothing where there is no file.

    Raises:
        BadInput: it cannot be read, or is not UTF-8.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise BadInput(message, "NNQUIZ_HOME chooses another folder") from error
    except UnicodeDecodeError as error:
        message = f"{path}: is not UTF-8"
        raise BadInput(message, "save it as UTF-8 in your editor") from error


def line_of(text: str, key: str, *within: str) -> int:
    """Return the line, counted from 1, at which a key of a readable TOML text is set.

    `within` leads to a key of a table, step by step.

    The parser gives no positions; but the beginning of a text that ends with the key's last line
    is the shortest that can be parsed and has the key.
    """
    import tomllib

    lines = _lines(text)
    start = 0
    for number in range(1, len(lines) + 1):
        try:
            said = tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a value that takes several lines
        if _says(said, (key, *within)):
            break
        start = number
    return start + 1


def _says(said: object, keys: tuple[str, ...]) -> bool:
    """Say whether a table has a key, and what is there has the next one, and so on."""
    for key in keys:
        if not isinstance(said, dict) or key not in said:
            return False
        said = said[key]
    return True


def _checked(said: dict[str, object], path: str) -> dict[str, int | float]:
    """Return what the file says, once all of it is known and allowed."""
    options = {option.key: option for option in OPTIONS}
    values: dict[str, int | float] = {}
    for key, value in said.items():
        if key == PLAN:
            continue
        option = options.get(key)
        if option is None:
            message = f'{path}:{line_of(read_text(path), key)}: unknown setting "{key}"'
            raise BadInput(message, meant(key))
        number = allow(option, value)
        if number is None:
            message = f"{path}:{line_of(read_text(path), key)}: {key}: {value!r} is not allowed"
            raise BadInput(message, f"{key} is {option.allowed}")
        values[key] = number
    return values


def _of_variable(option: Option, said: str) -> int | float:
    value = parse(option, said)
    if value is None:
        message = f"{option.variable}={said}: is not allowed"
        raise BadInput(message, f"{option.key} is {option.allowed}")
    return value


def _line_of_mistake(text: str) -> int:
    """Return the line, counted from 1, that makes a text no TOML."""
    import tomllib

    lines = _lines(text)
    good = 0
    for number in range(1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        good = number
    return good + 1


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")
