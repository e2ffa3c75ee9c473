"""An event from named values of any origin, once they are of the types that it has."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from nnquiz.errors import BadInput
from nnquiz.history.admission import check_event
from nnquiz.model.event import Event

_FIELDS = tuple(fields(Event))
_REAL = float | None


def make_event(values: Mapping[str, Any]) -> Event:
    """Return the event with these fields; those that have a default may be missing.

    Raises:
        BadInput: a field is missing, or is not of its type, or the log could not take the event.
    """
    made = {}
    for field in _FIELDS:
        value = values.get(field.name, field.default)
        if value is MISSING:
            message = f"{field.name} is missing"
            raise BadInput(message)
        if field.type == _REAL and type(value) is int:
            value = float(value) if abs(value) < 1 << 53 else value
        if isinstance(value, bool) or not isinstance(value, field.type):  # type: ignore[arg-type]
            message = f"{field.name} is not {_words(field.type)}"
            raise BadInput(message)
        made[field.name] = value
    event = Event(**made)
    check_event(event)
    return event


def _words(kind: Any) -> str:
    if kind in {str, str | None}:
        return "a text"
    return "a whole number" if kind in {int, int | None} else "a number"
