"""The table `[plan]` of `config.toml`: the interview, the minutes, the days off, the weights.

[plan]
interview = 2026-12-15
minutes = { usual = 20, sat = 60 }   # or one number for every day
off = [2026-12-06]
weights = { transformers = 3, "nnquiz/gans" = 0 }
"""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import NoReturn

from nnquiz.config.load import file_of, line_of, read, read_text
from nnquiz.config.options import PLAN
from nnquiz.errors import BadInput
from nnquiz.model.goal import USUAL_MINUTES, WEEKDAYS, Goal

USUAL = "usual"  # the minutes of the days of the week that are not named
KEYS = ("interview", "minutes", "off", "weights")

MOST_MINUTES, MOST_WEIGHT = 1440, 100
ALLOWED_MINUTES = f"a number of minutes from 0 to {MOST_MINUTES}"
ALLOWED_WEIGHT = f"a number from 0 to {MOST_WEIGHT}"
ALLOWED_DATE = "a date such as 2026-12-15"


def load_goal(folder: str) -> Goal | None:
    """Return the interview that is planned for, past or to come; None where none is set.

    Raises:
        BadInput: the file says something that is not allowed.
    """
    path = file_of(folder)
    said = read(path).get(PLAN)
    return None if said is None else _Table(path, said).goal()


def parse_day(text: str) -> int | None:
    """Return the ordinal of a date such as 2026-12-15; None where a text is none."""
    try:
        return date.fromisoformat(text).toordinal() if len(text) == len("2026-12-15") else None
    except ValueError:
        return None


def number(value: object, most: float) -> float | None:
    """Return a number from 0 to `most`, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value) if 0 <= value <= most else None


class _Table:
    """The table as it was read, and the file that it stands in."""

    def __init__(self, path: str, said: object) -> None:
        self._path = path
        if not isinstance(said, dict):
            self._refuse((), said, "a table: a line [plan], and the settings below it")
        self._said = said

    def goal(self) -> Goal:
        """Return what it says, once all of it is known and allowed."""
        for key in self._said:
            if key not in KEYS:
                from difflib import get_close_matches

                near = get_close_matches(key, KEYS, n=1)
                where = f"{self._path}:{self._line((key,))}"
                hint = f"did you mean {near[0]}?" if near else f"settings: {', '.join(KEYS)}"
                message = f'{where}: unknown setting "{key}" in [{PLAN}]'
                raise BadInput(message, hint)
        if "interview" not in self._said:
            message = f"{self._path}:{self._line(())}: [{PLAN}] has no interview"
            raise BadInput(
                message, f"interview is {ALLOWED_DATE}; nnquiz plan --clear drops it all"
            )
        interview = self._day(("interview",), self._said["interview"])
        off = self._said.get("off", [])
        if not isinstance(off, list):
            self._refuse(("off",), off, "a list of dates, such as [2026-12-06]")
        return Goal(
            interview=interview,
            minutes=self._minutes(),
            off=frozenset(self._day(("off",), day) for day in off),
            weights=self._weights(),
        )

    def _minutes(self) -> tuple[float, ...]:
        said = self._said.get("minutes", USUAL_MINUTES)
        if not isinstance(said, dict):
            return (self._number(("minutes",), said, MOST_MINUTES, ALLOWED_MINUTES),) * 7
        for name in said:
            if name not in {USUAL, *WEEKDAYS}:
                where = f"{self._path}:{self._line(('minutes', name))}"
                message = f'{where}: {PLAN}.minutes: no day is called "{name}"'
                raise BadInput(message, f"days: {USUAL}, {', '.join(WEEKDAYS)}")
        minutes = {
            name: self._number(("minutes", name), value, MOST_MINUTES, ALLOWED_MINUTES)
            for name, value in said.items()
        }
        return tuple(minutes.get(name, minutes.get(USUAL, 0.0)) for name in WEEKDAYS)

    def _weights(self) -> Mapping[str, float]:
        said = self._said.get("weights", {})
        if not isinstance(said, dict):
            self._refuse(("weights",), said, "a table, such as { transformers = 3 }")
        return {
            name: self._number(("weights", name), value, MOST_WEIGHT, ALLOWED_WEIGHT)
            for name, value in said.items()
        }

    def _number(self, keys: tuple[str, ...], value: object, most: float, allowed: str) -> float:
        found = number(value, most)
        if found is None:
            self._refuse(keys, value, allowed)
        return found

    def _day(self, keys: tuple[str, ...], value: object) -> int:
        # A date with a time is a date as well, for Python.
        day = value.toordinal() if type(value) is date else None
        if isinstance(value, str):
            day = parse_day(value)
        if day is None:
            self._refuse(keys, value, ALLOWED_DATE)
        return day

    def _refuse(self, keys: tuple[str, ...], value: object, allowed: str) -> NoReturn:
        name = ".".join((PLAN, *keys))
        shown = str(value) if isinstance(value, date) else repr(value)
        message = f"{self._path}:{self._line(keys)}: {name}: {shown} is not allowed"
        raise BadInput(message, f"{name} is {allowed}")

    def _line(self, keys: tuple[str, ...]) -> int:
        return line_of(read_text(self._path), PLAN, *keys)
