"""What a drill asks of the log when it starts, answered by indexes and not by reading it all.

What these queries mean stands in `nnquiz.study.queue` for one state in memory; a test holds both
to the same answers.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress

from nnquiz.history.tables import Tables
from nnquiz.study.pace import LONGEST_ANSWER

_ASIDE = "(suspended OR (buried_on IS NOT NULL AND buried_on >= :day))"
_AGAIN = "grade = 1 AND due = day"  # as the partial index has it

_AT_AGAIN = f"FROM states WHERE {_AGAIN} AND NOT {_ASIDE}"
_DUE = f"FROM states WHERE due <= :last AND NOT ({_AGAIN}) AND NOT {_ASIDE}"
# Retrievability falls as t/S grows, so that the weakest come first without computing it.
_WEAKEST_FIRST = "ORDER BY CAST(max(0, :day - day) AS REAL) / stability DESC, card LIMIT :limit"
_UPCOMING = "SELECT card, due FROM states WHERE due > ? AND NOT suspended ORDER BY due, card"
_MET = "SELECT card FROM states WHERE day = ?"
_BEGUN_ON = "SELECT count(*) FROM states WHERE first_day = ?"
_BURIED = """
SELECT card FROM states
WHERE buried_on IS NOT NULL AND buried_on >= :day AND due IS NOT NULL AND NOT suspended
"""
_WEAKEST = f"SELECT card FROM states WHERE due IS NOT NULL AND NOT {_ASIDE}"  # noqa: S608 -- ditto
_NOT_NEW = f"""
SELECT card FROM states WHERE (due IS NOT NULL OR {_ASIDE})
AND card IN (SELECT value FROM json_each(:cards))
"""  # noqa: S608 -- of constants
_BEGUN_AMONG = """
SELECT count(*) FROM states
WHERE due IS NOT NULL AND card IN (SELECT value FROM json_each(:cards))
"""
# What every device wrote on a day: the index has devices and days, so each device is looked up.
_EVERY_DEVICE = """
WITH RECURSIVE every (device) AS (
  SELECT min(device) FROM events
  UNION ALL
  SELECT (SELECT min(device) FROM events WHERE device > every.device)
  FROM every WHERE device IS NOT NULL
)
"""
_OF_DAY = """
FROM every CROSS JOIN events ON events.device = every.device AND events.day = :day
WHERE kind IN ('review', 'cram')
"""
_FAILED = f"{_EVERY_DEVICE} SELECT id {_OF_DAY} AND grade = 1 ORDER BY time, id"
_RECENT = """
SELECT seconds FROM (SELECT kind, seconds FROM events ORDER BY arrival DESC LIMIT :count)
WHERE kind = 'review' AND seconds IS NOT NULL
"""
_SECONDS = f"""
{_EVERY_DEVICE} SELECT total(min(coalesce(seconds, 0), {LONGEST_ANSWER})) {_OF_DAY}
"""


class Today:
    """The questions about one study day. Cards are named by their ids.

    Attributes:
        ordinal: the study day.
    """

    def __init__(self, database: sqlite3.Connection, day: int) -> None:
        self._execute = database.execute
        self._tables = Tables(database)
        self.ordinal = day

    def again(self) -> list[str]:
        """Return the cards left at Again, the weakest first."""
        return self._cards(f"SELECT card {_AT_AGAIN} {_WEAKEST_FIRST}", limit=-1)

    def due(self, ahead: int = 0, limit: int | None = None) -> list[str]:
        """Return the other cards that are due, the weakest first.

        Args:
            ahead: days by which a card may be early.
            limit: return no more than so many.
        """
        last, most = self.ordinal + ahead, -1 if limit is None else limit
        return self._cards(f"SELECT card {_DUE} {_WEAKEST_FIRST}", last=last, limit=most)

    def count_due(self, ahead: int = 0) -> int:
        """Return how many cards `due` would return without a limit."""
        values = {"day": self.ordinal, "last": self.ordinal + ahead}
        return int(self._execute(f"SELECT count(*) {_DUE}", values).fetchone()[0])

    def upcoming(self) -> Iterator[tuple[str, int]]:
        """Yield the cards that are due after the day, each with that day, the earliest first."""
        yield from self._execute(_UPCOMING, (self.ordinal,))

    def met(self) -> set[str]:
        """Return the cards that were reviewed on the day."""
        return {row[0] for row in self._execute(_MET, (self.ordinal,))}

    def begun(self) -> int:
        """Return how many cards had their first review on the day."""
        return int(self._execute(_BEGUN_ON, (self.ordinal,)).fetchone()[0])

    def buried(self) -> list[str]:
        """Return the begun cards that are set aside for the day alone."""
        return self._cards(_BURIED)

    def weakest(self, limit: int | None = None) -> list[str]:
        """Return the cards that were ever begun, due or not, the weakest first."""
        return self._cards(f"{_WEAKEST} {_WEAKEST_FIRST}", limit=-1 if limit is None else limit)

    def new(self, cards: Sequence[str]) -> list[str]:
        """Return those of `cards`, in their order, that are neither begun nor set aside."""
        import json

        others = set(self._cards(_NOT_NEW, cards=json.dumps(cards)))
        return [card for card in cards if card not in others]

    def count_begun(self, cards: Sequence[str]) -> int:
        """Return how many of `cards` were ever reviewed, set aside or not."""
        import json

        values = {"cards": json.dumps(cards)}
        return int(self._execute(_BEGUN_AMONG, values).fetchone()[0])

    def introduced(self, banks: str) -> int:
        """Return the rank before which all cards of these compiled banks are known to be begun."""
        row = self._execute("SELECT rank FROM introduced WHERE banks = ?", (banks,)).fetchone()
        return 0 if row is None else int(row[0])

    def remember_introduced(self, banks: str, rank: int) -> None:
        """Remember that rank for the next start, unless the log cannot be written just now."""
        with suppress(sqlite3.OperationalError):  # it only saves time
            self._execute("BEGIN IMMEDIATE")
            try:
                self._execute("DELETE FROM introduced")
                self._execute("INSERT INTO introduced VALUES (?, ?)", (banks, rank))
            finally:
                self._execute("COMMIT")

    def recent(self, count: int) -> list[float]:
        """Return the seconds of the answers among the last `count` records, of any day."""
        rows = self._execute(_RECENT, {"count": count})
        return [row[0] for row in rows]

    def failed(self) -> list[str]:
        """Return the cards of which a standing answer of the day was Again, in their order."""
        rows = self._execute(_FAILED, {"day": self.ordinal}).fetchall()
        failed = [event for (name,) in rows if (event := self._tables.event(name)) is not None]
        return list(dict.fromkeys(event.card for event in failed if self._tables.stands(event)))

    def seconds(self) -> float:
        """Return how long was answered on the day, an absence counted as two minutes."""
        return float(self._execute(_SECONDS, {"day": self.ordinal}).fetchone()[0])

    def _cards(self, sql: str, **values: int | str) -> list[str]:
        return [row[0] for row in self._execute(sql, {"day": self.ordinal, **values})]
