"""`nnquiz config`: the settings, each with its value and where it comes from."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from nnquiz.config.load import Choice
    from nnquiz.config.options import Option


def _keys(incomplete: str) -> list[tuple[str, str]]:
    """Return the settings that a shell may complete, each with its meaning."""
    from nnquiz.config.options import OPTIONS

    return [(row.key, row.meaning) for row in OPTIONS if row.key.startswith(incomplete)]


def config(
    key: Annotated[
        str | None,
        typer.Argument(metavar="[KEY]", help="Show this setting alone.", autocompletion=_keys),
    ] = None,
    value: Annotated[
        str | None, typer.Argument(metavar="[VALUE]", help="Set it, in config.toml.")
    ] = None,
    unset: Annotated[
        bool, typer.Option("--unset", help="Take KEY out of config.toml again.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Show the settings, or change one.

    A flag of a command comes before an environment variable, that before config.toml, and that
    before the default.
    """
    from nnquiz.config.load import file_of, load_choices
    from nnquiz.paths import locate

    folder = locate(os.environ).config
    if unset and (key is None or value is not None):
        raise BadInput("--unset takes a key and no value", "nnquiz config KEY --unset")
    if key is not None and unset:
        _unset(file_of(folder), key)
    elif key is not None and value is not None:
        _set(file_of(folder), key, value)
    else:
        choices = load_choices(folder, os.environ)
        _show(choices, key, file_of(folder), as_json=as_json)


def _set(path: str, key: str, text: str) -> None:
    from nnquiz.config.options import find_option, parse
    from nnquiz.config.save import set_value

    option = find_option(key)
    value = parse(option, text)
    if value is None:
        message = f"{option.key}: {text} is not allowed"
        raise BadInput(message, f"{option.key} is {option.allowed}")
    set_value(path, option, value)
    _say(f"{option.key} = {value}, in {path}")
    _warn_of_variable(option)


def _unset(path: str, key: str) -> None:
    from nnquiz.config.options import OPTIONS, find_option
    from nnquiz.config.save import unset

    if unset(path, key):  # also a key that no setting has: it has to go from there
        _say(f"{key} is no longer set in {path}")
    else:
        key = find_option(key).key
        gone = unset(path, key)
        _say(f"{key} is no longer set in {path}" if gone else f"{key} was not set in {path}")
    for option in OPTIONS:
        if option.key == key:
            _warn_of_variable(option)


def _warn_of_variable(option: "Option") -> None:
    """Say on standard error that an environment variable is in force all the same."""
    said = os.environ.get(option.variable, "").strip()
    if said:
        sys.stderr.write(f"{option.variable}={said} comes before it\n")


def _show(choices: "list[Choice]", key: str | None, path: str, *, as_json: bool) -> None:
    from nnquiz.config.options import find_option

    if key is not None:
        wanted = find_option(key)
        choices = [choice for choice in choices if choice.option == wanted]
    if as_json:
        _print_json(choices, path)
    elif key is not None:
        _say(str(choices[0].value))
    else:
        _print(choices, path)


def _print(choices: "list[Choice]", path: str) -> None:
    width = max(len(choice.option.key) for choice in choices)
    for option, value, source in choices:
        _say(f"{option.key:<{width}}  {value:<5}  {_place(option, source, path)}")
        _say(f"{'':<{width}}  {option.meaning}: {option.allowed}")


def _print_json(choices: "list[Choice]", path: str) -> None:
    from json import dumps

    rows = [
        {
            "key": option.key,
            "value": value,
            "source": source,
            "place": _place(option, source, path),
            "default": option.default,
            "least": option.least,
            "greatest": option.greatest,
        }
        for option, value, source in choices
    ]
    shape = {"schema": "nnquiz.config/1", "file": path, "settings": rows}
    sys.stdout.write(dumps(shape, ensure_ascii=False, indent=2) + "\n")


def _place(option: "Option", source: str, path: str) -> str:
    """Return where a value comes from: the variable, the line of the file, or the default."""
    from nnquiz.config.load import ENVIRONMENT, FILE, line_of, read_text

    if source == ENVIRONMENT:
        return option.variable
    return f"{path}:{line_of(read_text(path), option.key)}" if source == FILE else "default"


def _say(line: str) -> None:
    from nnquiz.model.visible import visible

    typer.echo(visible(line))
