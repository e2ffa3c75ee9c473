"""What a drill asks of the log when it starts, answered by indexes and not by reading it all.

The conditions are those of `nnquiz.study.queue`, which works on states in memory; a test holds
both to the same answers.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice

_FEW = 2000  # cards that are looked up faster than all that the log knows are read

_ASIDE = "(suspended OR (buried_on IS NOT NULL AND buried_on >= :day))"
_AGAIN = "grade = 1 AND due = day"  # as the partial index has it

_AT_AGAIN = f"FROM states WHERE {_AGAIN} AND NOT {_ASIDE}"
_DUE = f"FROM states WHERE due <= :last AND NOT ({_AGAIN}) AND NOT {_ASIDE}"
# Retrievability falls as t/S grows, so that the weakest come first without computing it.
_WEAKEST_FIRST = "ORDER BY CAST(max(0, :day - day) AS REAL) / stability DESC, card LIMIT :limit"
_UPCOMING = "SELECT card, due FROM states WHERE due > ? AND NOT suspended ORDER BY due, card"
_MET = "SELECT card FROM states WHERE day = ?"
_BEGUN_ON = "SELECT count(*) FROM states WHERE first_day = ?"
_BEGUN = "SELECT count(*) FROM states WHERE due IS NOT NULL"
_NOT_NEW = f"""
SELECT card FROM states WHERE due IS NOT NULL
UNION ALL SELECT card FROM states WHERE due IS NULL AND {_ASIDE}
"""  # noqa: S608 -- of constants
_NOT_NEW_OF = f"""
SELECT card FROM states WHERE (due IS NOT NULL OR {_ASIDE})
AND card IN (SELECT value FROM json_each(:cards))
"""  # noqa: S608 -- likewise


class Today:
    """The questions about one study day. Cards are named by their ids."""

    def __init__(self, database: sqlite3.Connection, day: int) -> None:
        self._execute = database.execute
        self._day = day

    def again(self) -> list[str]:
        """Return the cards left at Again, the weakest first."""
        return self._cards(f"SELECT card {_AT_AGAIN} {_WEAKEST_FIRST}", limit=-1)

    def due(self, ahead: int = 0, limit: int | None = None) -> list[str]:
        """Return the other cards that are due, the weakest first.

        Args:
            ahead: days by which a card may be early.
            limit: return no more than so many.
        """
        last, most = self._day + ahead, -1 if limit is None else limit
        return self._cards(f"SELECT card {_DUE} {_WEAKEST_FIRST}", last=last, limit=most)

    def count_due(self, ahead: int = 0) -> int:
        """Return how many cards `due` would return without a limit."""
        values = {"day": self._day, "last": self._day + ahead}
        return int(self._execute(f"SELECT count(*) {_DUE}", values).fetchone()[0])

    def upcoming(self) -> Iterator[tuple[str, int]]:
        """Yield the cards that are due after the day, each with that day, the earliest first."""
        yield from self._execute(_UPCOMING, (self._day,))

    def met(self) -> set[str]:
        """Return the cards that were reviewed on the day."""
        return {row[0] for row in self._execute(_MET, (self._day,))}

    def begun(self) -> int:
        """Return how many cards had their first review on the day."""
        return int(self._execute(_BEGUN_ON, (self._day,)).fetchone()[0])

    def begun_ever(self) -> int:
        """Return how many cards have been reviewed at all, those that no bank has among them."""
        return int(self._execute(_BEGUN).fetchone()[0])

    def new(self, cards: Iterable[str]) -> Iterator[str]:
        """Yield those of `cards` that were never reviewed and are not set aside, in their order.

        The first ones cost little: only where they are all begun is the rest compared as a whole.
        """
        import json

        cards = iter(cards)
        few = list(islice(cards, _FEW))
        begun = set(self._cards(_NOT_NEW_OF, cards=json.dumps(few)))
        yield from (card for card in few if card not in begun)
        if len(few) == _FEW:
            begun = set(self._cards(_NOT_NEW))
            yield from (card for card in cards if card not in begun)

    def _cards(self, sql: str, **values: int | str) -> list[str]:
        return [row[0] for row in self._execute(sql, {"day": self._day, **values})]
