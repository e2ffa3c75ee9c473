"""The exchange format of the log: JSON lines, an event each, behind a line with the schema.

    {"schema": "nnquiz.history/1"}
    {"id": "018bcfe5...", "kind": "review", "card": "nnquiz/attention/explain", ...}

Fields have the names of `nnquiz.model.event.Event`; those without a value are left out. Kinds and
fields that this version does not know are kept, and written again as they came.
"""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import IO, Any

from nnquiz.errors import BadInput
from nnquiz.history.record import make_event
from nnquiz.model.event import Event

SCHEMA = "nnquiz.history/1"
HEADER = json.dumps({"schema": SCHEMA})

_DEFAULTS = {field.name: field.default for field in fields(Event)}
_LONGEST_LINE = 1 << 20  # bytes: what is longer is no event


def to_line(event: Event) -> str:
    """Return an event as a line of JSON, without its end."""
    shape = {
        name: value
        for name in Event.__slots__
        if name != "extra" and (value := getattr(event, name)) != _DEFAULTS[name]
    }
    return json.dumps({**shape, **json.loads(event.extra)}, ensure_ascii=False)


def from_line(line: str) -> Event:
    """Return the event of a line that `to_line`, or a newer version's, has written.

    Raises:
        BadInput: it is no such line.
    """
    shape = _object(line)
    unknown = {name: value for name, value in shape.items() if name not in _DEFAULTS}
    known = {name: value for name, value in shape.items() if name in _DEFAULTS}
    # In one spelling, so that an event that comes back is the one that left.
    known["extra"] = json.dumps(unknown, ensure_ascii=False, sort_keys=True)
    return make_event(known)


class Reader:
    """The events of a file, line by line; `place` is where it has come to, for what is wrong."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._name = name
        self._number = 0

    @property
    def place(self) -> str:
        """The line read last: `file:line`."""
        return f"{self._name}:{self._number}"

    def __iter__(self) -> Iterator[Event]:
        """Yield the events.

        Raises:
            BadInput: a line is not what it should be. `place` says which.
        """
        if not _is_header(self._line()):
            raise BadInput("is no exported history", f"its first line would be {HEADER}")
        while line := self._line():
            if line.strip() and not _is_header(line):  # again where two files were joined
                yield from_line(line)

    def _line(self) -> str:
        line = self._file.readline(_LONGEST_LINE)
        if not line:
            return ""
        self._number += 1
        if len(line) == _LONGEST_LINE:
            raise BadInput("the line is too long for an event")
        try:
            return line.decode("utf-8-sig" if self._number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise BadInput("the line is not UTF-8") from error


def _object(line: str) -> dict[str, Any]:
    try:
        shape = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadInput("the line is not JSON; was the file cut off?") from error
    if not isinstance(shape, dict):
        raise BadInput("the line is not a JSON object")
    return shape


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _is_header(line: str) -> bool:
    """Say whether a line is a header.

    Raises:
        BadInput: it is one of a newer version.
    """
    if '"schema"' not in line:
        return False
    try:
        shape = _object(line)
    except BadInput:
        return False
    schema = shape.get("schema")
    if "id" in shape or schema == SCHEMA:
        return "id" not in shape
    name, _, version = str(schema).rpartition("/")
    if name == SCHEMA.rpartition("/")[0] and version.isdecimal():
        message = f"is {schema}, and this nnquiz knows {SCHEMA}"
        raise BadInput(message, "upgrade nnquiz: pip install --upgrade nnquiz")
    return False
