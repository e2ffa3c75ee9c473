"""What `nnquiz plan` was told: a goal made of options and of what was planned before."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nnquiz.config.goal import (
    ALLOWED_DATE,
    ALLOWED_MINUTES,
    ALLOWED_WEIGHT,
    MOST_MINUTES,
    MOST_WEIGHT,
    USUAL,
    number,
    parse_day,
)
from nnquiz.errors import BadInput
from nnquiz.model.goal import WEEKDAYS, Goal

if TYPE_CHECKING:
    from nnquiz.bank.index import Index

MOST_DAYS = 183
"""Days until an interview that are planned; to plan more takes long, and changes nothing today."""


class Wish(NamedTuple):
    """Options as they were typed; None or none where they were not.

    Attributes:
        interview: a date.
        minutes: a number, days of the week with theirs, or both.
        off: dates without study.
        on: dates with study after all.
        weights: topic, tag or question, "=", and a number.
    """

    interview: str | None
    minutes: str | None
    off: Sequence[str]
    on: Sequence[str]
    weights: Sequence[str]

    def __bool__(self) -> bool:
        return any(value not in (None, [], ()) for value in self)


def agree(wish: Wish, before: Goal | None, today: int, index: "Index") -> Goal:
    """Return the goal that somebody wishes, in which what they did not say stays as it was.

    Args:
        wish: what they said.
        before: the goal that there was.
        today: as an ordinal.
        index: the banks, which know topics, tags and questions.

    Raises:
        BadInput: something is no date, no number, no name, or cannot be planned.
    """
    goal = before
    if wish.interview is not None:
        interview = _interview(wish.interview, today)
        goal = goal._replace(interview=interview) if goal is not None else Goal(interview)
    if goal is None or goal.interview <= today:
        raise BadInput("there is no interview to plan for", "nnquiz plan --interview 2026-12-15")
    if wish.minutes is not None:
        goal = goal._replace(minutes=_minutes(wish.minutes))
    off = goal.off | {_day("--off", said) for said in wish.off}
    off -= {_day("--on", said) for said in wish.on}
    return goal._replace(
        off=frozenset(day for day in off if today <= day < goal.interview),
        weights=_weights(wish.weights, goal.weights, index),
    )


def unknown_names(goal: Goal, index: "Index") -> list[str]:
    """Return the names in a goal's weights that no topic, tag or question has (any more)."""
    known = {topic.id for topic in index.topics()}.union(index.tags())
    known.update(f"{line.bank}/{line.id}" for line in index.lines())
    return [name for name in goal.weights if name not in known]


def _interview(said: str, today: int) -> int:
    from nnquiz.term.wording import date_of

    day = _day("--interview", said)
    if day < today:
        message = f"--interview {said}: has passed; today is {date_of(today)}"
        raise BadInput(message, "give the date of an interview that is to come")
    if day == today:
        message = f"--interview {said}: is today, and no evening is left to plan"
        raise BadInput(message, "nnquiz drill --minutes 20 asks what is weakest; good luck")
    if day - today > MOST_DAYS:
        message = f"--interview {said}: is {day - today} days away"
        hint = f"up to {MOST_DAYS} days are planned; until then nnquiz drill keeps what you learn"
        raise BadInput(message, hint)
    return day


def _day(option: str, said: str) -> int:
    day = parse_day(said.strip())
    if day is None:
        message = f"{option} {said}: is no date"
        raise BadInput(message, f"{option} takes {ALLOWED_DATE}")
    return day


def _minutes(said: str) -> tuple[float, ...]:
    """Return the minutes of Monday to Sunday: "20", "mon=30,sat=60", or "20,sat=60"."""
    found: dict[str, float] = {}
    for part in said.split(","):
        name, equals, text = part.strip().lower().rpartition("=")
        name = name.strip()[:3] if equals else USUAL
        minutes = _number(text, MOST_MINUTES)
        if (equals and name not in WEEKDAYS) or name in found or minutes is None:
            message = f"--minutes {said}: {part.strip() or 'nothing'!r} is not allowed"
            days = ", ".join(WEEKDAYS)
            hint = f"{ALLOWED_MINUTES}, or days ({days}) as in mon=30,sat=60"
            raise BadInput(message, hint)
        found[name] = minutes
    return tuple(found.get(name, found.get(USUAL, 0.0)) for name in WEEKDAYS)


def _weights(said: Sequence[str], before: Mapping[str, float], index: "Index") -> dict[str, float]:
    """Return the weights that there were, changed as was said; 1 takes one back."""
    weights = dict(before)
    known = {topic.id for topic in index.topics()}.union(index.tags())
    for one in said:
        name, equals, text = one.rpartition("=")
        name, weight = name.strip().lower(), _number(text, MOST_WEIGHT)
        if not equals or not name or weight is None:
            message = f"--weight {one}: is not allowed"
            hint = f"a topic, tag or question, =, and {ALLOWED_WEIGHT}: transformers=3"
            raise BadInput(message, hint)
        if name not in known:
            name = index.resolve(name)
        weights[name] = weight
        if weight == 1:
            del weights[name]
    return weights


def _number(text: str, most: float) -> float | None:
    try:
        return number(float(text), most)
    except ValueError:
        return None
