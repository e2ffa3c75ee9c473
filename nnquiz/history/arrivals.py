"""Events on their way into the log: a table that is dropped with the connection.

It lies on the disk, so that a log of any length can be merged in little memory, and it is filled
before the log itself is locked: who reads and writes it waits only for the last step.
"""

import sqlite3
from collections.abc import Iterator
from operator import attrgetter

from nnquiz.errors import BadInput
from nnquiz.history.admission import check_event
from nnquiz.model.event import Event

_FIELDS = ", ".join(Event.__slots__)
_OTHERS = ", ".join(name for name in Event.__slots__ if name != "id")
_PLACES = ", ".join("?" * len(Event.__slots__))
_row = attrgetter(*Event.__slots__)

_MAKE = f"CREATE TEMP TABLE IF NOT EXISTS arriving (id TEXT PRIMARY KEY, {_OTHERS})"
_KNOWN = f"SELECT {_FIELDS} FROM main.events WHERE id = ?"  # noqa: S608 -- names of columns
_STAGED = f"SELECT {_FIELDS} FROM arriving WHERE id = ?"  # noqa: S608 -- likewise
_STAGE = f"INSERT OR IGNORE INTO arriving ({_FIELDS}) VALUES ({_PLACES})"  # noqa: S608
_ADMIT = f"""
INSERT INTO main.events ({_FIELDS}) SELECT {_FIELDS} FROM arriving WHERE true ORDER BY time, id
ON CONFLICT (id) DO NOTHING
"""  # noqa: S608 -- likewise


class Arrivals:
    """The events that are not in the log yet."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._execute = database.execute
        self._execute(_MAKE)
        self._execute("DELETE FROM arriving")

    def add(self, event: Event) -> None:
        """Let an event wait, unless it is known already.

        Raises:
            BadInput: it is malformed, or another event has its id.
        """
        row = _row(event)
        known = self._execute(_KNOWN, (event.id,)).fetchone()
        if known is None:
            check_event(event)
            if self._execute(_STAGE, row).rowcount:
                return
            known = self._execute(_STAGED, (event.id,)).fetchone()
        if known != row:
            message = f"event {event.id!r}: another event has this id here"
            raise BadInput(message, "nothing was imported")

    def admit(self) -> int:
        """Append the events to the log, by time and id, and return how many there were."""
        return self._execute(_ADMIT).rowcount

    def cards(self) -> Iterator[str]:
        """Yield the id of each card that an event is about."""
        return (row[0] for row in self._execute("SELECT DISTINCT card FROM arriving"))

    def drop(self) -> None:
        """Let the table go, and its space on the disk."""
        self._execute("DROP TABLE arriving")
