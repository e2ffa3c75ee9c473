"""How a card stands, in words and as its forgetting curve."""

from collections.abc import Sequence
from math import floor
from typing import Final

from nnquiz.model.state import CardState
from nnquiz.study.memory import DEFAULT_WEIGHTS
from nnquiz.study.queue import is_set_aside, recall, waits_again
from nnquiz.term.wording import count

NEW, AGAIN, DUE, WAITING = "new", "again", "due", "waiting"
SUSPENDED, BURIED = "suspended", "buried"

_BLOCKS: Final = " ▁▂▃▄▅▆▇█"
_PLAIN_BLOCKS: Final = "     ####"  # where the encoding has no others
_LABEL: Final = 7  # cells in front of the curve
_LEAST_CURVE: Final = 10  # columns


def standing(state: CardState, day: int) -> str:
    """Return in one word how a card stands on a study day; `NEW` to `BURIED` are all there are."""
    if state.suspended:
        return SUSPENDED
    if is_set_aside(state, day):
        return BURIED
    if state.due is None:
        return NEW
    if waits_again(state):
        return AGAIN
    return DUE if state.due <= day else WAITING


def describe(state: CardState, day: int, weights: Sequence[float] = DEFAULT_WEIGHTS) -> str:
    """Return how a card stands on a study day: "due in 3 days, recall 93 %"."""
    said = _said(state, day)
    if state.due is None:
        return said
    return f"{said}, recall {100 * recall(state, day, weights):.0f} %"


def _said(state: CardState, day: int) -> str:
    stands = standing(state, day)
    if stands == SUSPENDED:
        return "set aside as a leech" if state.leech else "set aside"
    if stands == BURIED:
        return "set aside until tomorrow"
    if state.due is None:
        return "new"
    if stands == AGAIN:
        return "again today"
    if stands == WAITING:
        return f"due {_coming(state.due - day)}"
    return "due today" if state.due == day else f"overdue by {count(day - state.due, 'day')}"


def curve(
    chances: Sequence[float], due: int | None, width: int, height: int, *, unicode: bool = True
) -> list[str]:
    """Return a forgetting curve as lines of at most `width` cells.

    Args:
        chances: of recall, today and on each of the next days.
        due: in how many days the card is due; None where that is not in the picture.
        width: cells of a line.
        height: lines of the picture; one more says which days they are.
        unicode: whether block characters can be shown.
    """
    columns = max(_LEAST_CURVE, width - _LABEL)
    low = min(0.9, floor(10 * min(chances)) / 10)
    levels = [(chance - low) / (1 - low) * height for chance in _stretched(chances, columns)]
    blocks = _BLOCKS if unicode else _PLAIN_BLOCKS
    lines = []
    for row in reversed(range(height)):
        cells = (blocks[round(8 * min(1.0, max(0.0, level - row)))] for level in levels)
        label = {height - 1: "100 %", 0: f"{100 * low:.0f} %"}.get(row, "")
        lines.append(f"{label:>{_LABEL - 2}}  {''.join(cells)}".rstrip())
    return [*lines, _axis(len(chances) - 1, columns, due)]


def _stretched(values: Sequence[float], count: int) -> list[float]:
    """Return so many values on straight lines through those given."""
    stretched = []
    for at in range(count):
        day, part = divmod(at * (len(values) - 1), count - 1)
        following = values[min(day + 1, len(values) - 1)]
        stretched.append(values[day] + (following - values[day]) * part / (count - 1))
    return stretched


def _axis(days: int, columns: int, due: int | None) -> str:
    """Return the line that says which days the columns of a curve are."""
    line, end = f"{'':{_LABEL}}today", _coming(days)
    if due is not None and 0 < due <= days:
        at = _LABEL + round(due * (columns - 1) / days)
        line = f"{line if at > len(line) else '':{at}}^ due {_coming(due)}"
    room = _LABEL + columns - len(end)
    return f"{line:{room}}{end}" if len(line) < room - 1 else line


def _coming(days: int) -> str:
    return "tomorrow" if days == 1 else f"in {days} days"
