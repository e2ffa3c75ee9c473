"""Changing `config.toml`: one value, with every other line and comment as its owner wrote it."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from nnquiz.config.goal import USUAL
from nnquiz.config.load import read, read_text
from nnquiz.config.options import PLAN, Option
from nnquiz.errors import NnquizError
from nnquiz.model.goal import WEEKDAYS, Goal

if TYPE_CHECKING:
    from tomlkit.items import InlineTable


def set_value(path: str, option: Option, value: int | float) -> None:
    """Write that `option` is `value`; folder and file are made where there are none.

    Raises:
        BadInput: the file is no TOML; it is left as it was.
        NnquizError: it cannot be written; it is left as it was.
    """
    import tomlkit

    read(path)  # says the line of a mistake, which tomlkit does less well
    document = tomlkit.parse(read_text(path))
    document[option.key] = value
    _replace(path, tomlkit.dumps(document))


def unset(path: str, key: str) -> bool:
    """Take a key out of the file, and say whether it was there.

    Raises:
        BadInput: the file is no TOML; it is left as it was.
        NnquizError: it cannot be written; it is left as it was.
    """
    if key not in read(path):
        return False
    import tomlkit

    document = tomlkit.parse(read_text(path))
    del document[key]
    _replace(path, tomlkit.dumps(document))
    return True


def set_goal(path: str, goal: Goal) -> None:
    """Write the interview that is planned for into the table `[plan]`.

    Raises:
        BadInput: the file is no TOML; it is left as it was.
        NnquizError: it cannot be written; it is left as it was.
    """
    import tomlkit
    from tomlkit.items import Table

    read(path)
    document = tomlkit.parse(read_text(path))
    table = document.get(PLAN)
    if not isinstance(table, Table):
        table = tomlkit.table()
        document[PLAN] = table
    table["interview"] = date.fromordinal(goal.interview)
    table["minutes"] = _minutes(goal)
    for key, value in (
        ("off", [date.fromordinal(day) for day in sorted(goal.off)]),
        ("weights", _inline({name: _short(goal.weights[name]) for name in goal.weights})),
    ):
        if value:
            table[key] = value
        elif key in table:
            del table[key]
    _replace(path, tomlkit.dumps(document))


def _minutes(goal: Goal) -> object:
    """Return the minutes as the file has them: one number, or what is usual and what is not."""
    minutes = [_short(number) for number in goal.minutes]
    usual = max(minutes, key=minutes.count)
    named = {day: one for day, one in zip(WEEKDAYS, minutes, strict=True) if one != usual}
    return _inline({USUAL: usual, **named}) if named else usual


def _inline(values: Mapping[str, object]) -> "InlineTable":
    import tomlkit

    table = tomlkit.inline_table()
    table.update(values)
    return table


def _short(number: float) -> int | float:
    """Return a number without the nought after its point."""
    return int(number) if number == int(number) else number


def _replace(path: str, text: str) -> None:
    """Put `text` in the place of a file, so that at any moment one of both is there, whole."""
    text = text if text.endswith("\n") or not text else f"{text}\n"
    path = os.path.realpath(path)  # a link into a folder of dotfiles stays one
    folder = os.path.dirname(path)
    temporary = None
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=folder, prefix=".config-", delete=False
        ) as file:
            temporary = file.name
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            os.chmod(temporary, os.stat(path).st_mode & 0o777)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
        message = f"{path}: cannot be written: {error.strerror}"
        raise NnquizError(message, "NNQUIZ_HOME chooses another folder") from error
