"""The rows of the log's tables as values, and the questions that are asked of them."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from nnquiz.model.event import CRAM, REVIEW, Event, Outline
from nnquiz.model.state import CardState
from nnquiz.study.memory import DEFAULT_WEIGHTS, MODEL
from nnquiz.study.replay import order, replay

# Columns have the names of the fields and stand in their order.
_EVENT_COLUMNS = ", ".join(Event.__slots__)
_STATE_COLUMNS = ", ".join(CardState.__slots__)
_event_row = attrgetter(*Event.__slots__)
_OUTLINE_COLUMNS = ", ".join(Outline._fields)
_state_row = attrgetter(*CardState.__slots__)

# Names of columns and places for values are all that is ever put into a statement.
_EVENTS = f"SELECT {_EVENT_COLUMNS} FROM events"  # noqa: S608 -- see above
_OUTLINES = f"SELECT {_OUTLINE_COLUMNS} FROM events"  # noqa: S608 -- see above
STATES = f"SELECT {_STATE_COLUMNS} FROM states"  # noqa: S608 -- see above
_STATES_OF = f"{STATES} WHERE card IN (SELECT value FROM json_each(?))"  # noqa: S608 -- see above
_EVENT_PLACES = ", ".join("?" * len(Event.__slots__))
_STATE_PLACES = ", ".join("?" * len(CardState.__slots__))
_INSERT_EVENT = f"INSERT INTO events ({_EVENT_COLUMNS}) VALUES ({_EVENT_PLACES})"  # noqa: S608
_REPLACE_STATE = f"REPLACE INTO states ({_STATE_COLUMNS}) VALUES ({_STATE_PLACES})"  # noqa: S608

# Cards that moves have joined, directly or through others, have one history between them.
_FAMILY = """
WITH RECURSIVE family (card) AS (
  VALUES (?)
  UNION SELECT target FROM events JOIN family USING (card) WHERE kind = 'move'
  UNION SELECT events.card FROM events JOIN family ON target = family.card WHERE kind = 'move'
)
SELECT card FROM family
"""
_EARLIER_NAMES = """
WITH RECURSIVE names (card) AS (
  VALUES (?)
  UNION SELECT events.card FROM events JOIN names ON target = names.card WHERE kind = 'move'
)
SELECT card FROM names
"""
_MOVED = """
SELECT card FROM events WHERE kind = 'move' UNION SELECT target FROM events WHERE kind = 'move'
"""

_UNDOS = f"""
{_EVENTS} WHERE kind = 'undo' AND target = ? AND card = ? AND (time, id) > (?, ?)
"""

# What a device wrote on a study day, the newest first. An answer whose card was shown just before
# the day turned counts as yesterday's, and is still within reach for an hour.
_OWN = f"""
{_EVENTS} WHERE device = :device AND day >= :day - 1
  AND (day >= :day OR clock > :clock - 3600000)
ORDER BY arrival DESC
"""
# Of those what can be taken back, without what is plainly taken back already: by an undo that no
# other undo names. The few that remain are looked at one by one. A plus keeps SQLite from the
# index of devices, and so from sorting the whole day: it goes back from the newest record.
_OWN_DONE = f"""
{_EVENTS} AS done WHERE +device = :device AND +day >= :day - 1
  AND arrival >= (SELECT min(arrival) FROM events WHERE device = :device AND day >= :day - 1)
  AND (day >= :day OR clock > :clock - 3600000)
  AND kind NOT IN ('undo', 'weights')
  AND NOT EXISTS (
    SELECT 1 FROM events AS taker WHERE taker.card = done.card AND taker.kind = 'undo'
      AND taker.target = done.id AND (taker.time, taker.id) > (done.time, done.id)
      AND NOT EXISTS (
        SELECT 1 FROM events AS other WHERE other.card = done.card AND other.kind = 'undo'
          AND other.target = taker.id
      )
  )
ORDER BY arrival DESC
"""  # noqa: S608 -- see above


class Tables:
    """The tables of an open log. Nothing here begins or ends a transaction."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._execute = database.execute
        self._executemany = database.executemany

    def state(self, card: str) -> CardState:
        """Return the state of a card, that of a new one where none is stored."""
        row = self._execute(f"{STATES} WHERE card = ?", (card,)).fetchone()
        return CardState(card) if row is None else state_of(row)

    def states(self) -> dict[str, CardState]:
        """Return every stored state by card id."""
        return {row[0]: state_of(row) for row in self._execute(STATES)}

    def states_of(self, cards: Sequence[str]) -> dict[str, CardState]:
        """Return the states of some cards by their ids; without events that of a new card."""
        import json

        rows = self._execute(_STATES_OF, (json.dumps(cards),))
        found = {row[0]: state_of(row) for row in rows}
        return {card: found.get(card) or CardState(card) for card in cards}

    def store(self, state: CardState) -> None:
        """Put a state in the place of the card's earlier one."""
        self._execute(_REPLACE_STATE, _state_row(state))

    def recompute(self, cards: Iterable[str]) -> None:
        """Replay the histories of `cards`, and of those that moves joined to them."""
        waiting, weights = set(cards), self.weights()
        while waiting:
            family = {row[0] for row in self._execute(_FAMILY, (waiting.pop(),))}
            waiting -= family
            events = (event for card in family for event in self.events(card))
            states = replay(events, weights)
            for card in family:
                if card in states:
                    self.store(states[card])
                else:
                    self._execute("DELETE FROM states WHERE card = ?", (card,))

    def recompute_all(self) -> int:
        """Drop all states, replay the log, and return the number of states."""
        self._execute("DELETE FROM states")
        return self._executemany(_REPLACE_STATE, map(_state_row, self.replayed())).rowcount

    def replayed(self) -> Iterator[CardState]:
        """Yield the state of every card as its events give it, holding few of them at a time."""
        weights = self.weights()
        moved = {row[0] for row in self._execute(_MOVED)}
        joined: list[Event] = []
        rows = self._execute(f"{_EVENTS} ORDER BY card, time, id")
        for card, history in groupby((Event(*row) for row in rows), attrgetter("card")):
            if card in moved:
                joined.extend(history)
            else:
                yield from replay(history, weights).values()
        yield from replay(joined, weights).values()

    def weights(self) -> tuple[float, ...]:
        """Return the weights of the memory model that the log has chosen."""
        # What is about no card is about all of them.
        events = list(self.events(""))
        if not events:
            return DEFAULT_WEIGHTS
        from nnquiz.study.weights import in_force

        return in_force(events).weights

    def model(self) -> str:
        """Return the name of the memory model in force."""
        weights = self.weights()
        if weights == DEFAULT_WEIGHTS:
            return MODEL
        from nnquiz.study.weights import model_of

        return model_of(weights)

    def event(self, identifier: str) -> Event | None:
        """Return the event of an id."""
        row = self._execute(f"{_EVENTS} WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else Event(*row)

    def events(self, card: str | None = None) -> Iterator[Event]:
        """Yield every event, or those recorded under one card id, by time and id."""
        if card is None:
            rows = self._execute(f"{_EVENTS} ORDER BY time, id")
        else:
            rows = self._execute(f"{_EVENTS} WHERE card = ? ORDER BY time, id", (card,))
        return (Event(*row) for row in rows)

    def outlines(self) -> list[Outline]:
        """Return every event in outline, in the order in which they came in."""
        return [Outline(*row) for row in self._execute(_OUTLINES)]

    def recent(self, count: int) -> list[Event]:
        """Return the last `count` events that came in, the last first."""
        rows = self._execute(f"{_EVENTS} ORDER BY arrival DESC LIMIT ?", (count,))
        return [Event(*row) for row in rows]

    def answers(self, count: int) -> list[Event]:
        """Return the last `count` answers, taken back or not, the last first."""
        # Ids begin with the time, and have an index.
        sql = f"{_EVENTS} WHERE kind IN ('review', 'cram') ORDER BY id DESC LIMIT ?"
        return [Event(*row) for row in self._execute(sql, (count,))]

    def answers_of(self, card: str) -> list[Event]:
        """Return the answers to a card and to those moved to it, the last first."""
        names = [row[0] for row in self._execute(_EARLIER_NAMES, (card,))]
        found = [event for name in names for event in self.events(name)]
        return sorted((event for event in found if event.kind in {REVIEW, CRAM}), key=order)[::-1]

    def stands(self, event: Event) -> bool:
        """Say whether no standing undo takes `event` back, as `replay.standing` has it."""
        place = (event.id, event.card, event.time, event.id)
        undos = self._execute(_UNDOS, place).fetchall()
        return not any(self.stands(Event(*row)) for row in undos)

    def own(self, device: str, day: int, clock: int) -> Iterator[Event]:
        """Yield what `device` wrote on study day `day`, the last first; `clock` is now, in ms."""
        rows = self._execute(_OWN, {"device": device, "day": day, "clock": clock})
        return (Event(*row) for row in rows)

    def own_done(self, device: str, day: int, clock: int) -> Iterator[Event]:
        """Yield likewise what `device` did that may stand: neither undos nor choices of weights."""
        rows = self._execute(_OWN_DONE, {"device": device, "day": day, "clock": clock})
        return (Event(*row) for row in rows)

    def insert(self, event: Event) -> None:
        """Append an event."""
        self._execute(_INSERT_EVENT, _event_row(event))

    def newest_time(self, card: str) -> int:
        """Return the time of the newest thing known of a card, undone or not; -1 where none is."""
        (newest,) = self._execute("SELECT max(time) FROM events WHERE card = ?", (card,)).fetchone()
        # What was moved here is recorded under the old id, and counts as well.
        return max(-1 if newest is None else newest, self.state(card).time or -1)

    def device(self, machine: str) -> str:
        """Return the id under which `machine` writes, made up when it writes first."""
        query = "SELECT device FROM devices WHERE machine = ?"
        row: tuple[str] | None = self._execute(query, (machine,)).fetchone()
        if row is not None:
            return row[0]
        device = os.urandom(8).hex()
        self._execute("INSERT INTO devices VALUES (?, ?)", (machine, device))
        return device


def state_of(row: Any) -> CardState:
    """Return the state of a row that `STATES` has selected."""
    *values, suspended, leech = row
    return CardState(*(*values, bool(suspended), bool(leech)))
