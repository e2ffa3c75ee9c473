"""What a record from elsewhere must be like before it may enter the log."""

import math

from nnquiz.errors import BadInput
from nnquiz.model.event import AGAIN, EASY, MOVE, REVIEW, UNDO, Event

# Event ids start with the time in twelve hexadecimal digits; half of their range (the year 6429)
# leaves room for the times of later events.
END_OF_TIME = 1 << 47

_GREATEST_INTEGER = (1 << 63) - 1  # of SQLite


def check_event(event: Event) -> None:
    """Refuse an event that replay or the log cannot hold; kinds that are unknown are welcome.

    Raises:
        BadInput: what is wrong, and with which event.
    """
    wrong = _unwritable(event) or _untimely(event) or _incomplete(event)
    if wrong:
        message = f"event {event.id!r}: {wrong}"
        raise BadInput(message, "nothing was imported")


def _unwritable(event: Event) -> str:
    for name in Event.__slots__:
        value = getattr(event, name)
        if isinstance(value, str) and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                return f"{name} is not valid Unicode"
        elif isinstance(value, int) and abs(value) > _GREATEST_INTEGER:
            return f"{name} is too large"
        elif isinstance(value, float) and not math.isfinite(value):
            return f"{name} is not a number"
    return "" if event.id and event.kind else "id and kind must not be empty"


def _untimely(event: Event) -> str:
    return "" if 0 <= event.time < END_OF_TIME else "time is out of range"


def _incomplete(event: Event) -> str:
    if event.kind == REVIEW:
        if event.grade is None or not AGAIN <= event.grade <= EASY:
            return "a review needs a grade from 1 to 4"
        if event.retention is None or not 0 < event.retention < 1:
            return "a review needs a retention between 0 and 1"
    if event.kind in {UNDO, MOVE} and event.target is None:
        return f"{event.kind} needs a target"
    return "" if event.extra == "{}" or _is_object(event.extra) else "extra is no JSON object"


def _is_object(text: str) -> bool:
    import json

    try:
        return isinstance(json.loads(text, parse_constant=_refuse), dict)
    except (ValueError, RecursionError):
        return False


def _refuse(constant: str) -> None:
    """Refuse NaN and Infinity, which Python reads and other programs do not."""
    raise ValueError(constant)
