"""The review log: what happened is written once, and the states are kept in step with it."""

import math
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Self

from nnquiz.errors import NnquizError
from nnquiz.history.arrivals import Arrivals
from nnquiz.history.database import connect
from nnquiz.history.device import machine
from nnquiz.history.failures import Damaged, explained
from nnquiz.history.names import identity, unfinished
from nnquiz.history.tables import Tables
from nnquiz.history.today import Today
from nnquiz.model.card import Card
from nnquiz.model.event import (
    CRAM,
    KINDS,
    LEECH,
    MOVE,
    REVIEW,
    UNDO,
    WEIGHTS,
    Event,
    Outline,
)
from nnquiz.model.moment import Moment
from nnquiz.model.state import CardState
from nnquiz.study.memory import DEFAULT_WEIGHTS
from nnquiz.study.replay import apply

# Of two that read before they write, one would fail half-way, were it not for IMMEDIATE.
_WRITING, _READING = "IMMEDIATE", "DEFERRED"


class Stale(NnquizError):  # noqa: N818 -- reads as what it is
    """What was shown holds no more: another drill or a merge has changed the card, or the model.

    Nothing was saved. The card is to be shown again, with new intervals.
    """


@dataclass(frozen=True, slots=True)
class Difference:
    """A card whose stored state is not what its events give."""

    stored: CardState
    replayed: CardState


class History:
    """The log of one person, open on one machine.

    Whatever a method writes is one transaction: all of it is on the disk when the method
    returns, or nothing of it is. Every method raises NnquizError when the file cannot be used.
    Where it is damaged, what can be read is rescued first (`nnquiz.history.rescue`): the error
    says so, and the log can be opened again.
    """

    def __init__(self, path: str, database: sqlite3.Connection) -> None:
        self._path = path
        self._file = identity(path)
        self._database = database
        self._tables = Tables(database)
        self._machine = ""
        self._weights: tuple[float, ...] = DEFAULT_WEIGHTS  # as they were last told

    @classmethod
    def open(cls, path: str) -> Self:
        """Open the log at `path`; folder and file are made where there are none.

        Raises:
            NnquizError: it is locked, read-only, of a newer version, or another program's; the
                file is then left as it was. Or it was damaged, and has been rescued.
        """
        file = identity(path)
        if file is None and os.path.exists(unfinished(os.path.realpath(path))):
            from nnquiz.history.rescue import finish

            if (said := finish(path)) is not None:
                raise said
        try:
            return cls(path, connect(path))
        except Damaged as damage:
            from nnquiz.history.rescue import rescue

            if (said := rescue(path, file, damage)) is not None:
                raise said from damage
            return cls(path, connect(path))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def states(self) -> dict[str, CardState]:
        """Return the state of every card that has one, by card id."""
        with self._explained():
            return self._tables.states()

    def state(self, card: str) -> CardState:
        """Return the state of one card id; without events it is that of a new card."""
        with self._explained():
            return self._tables.state(card)

    def states_of(self, cards: Sequence[str]) -> dict[str, CardState]:
        """Return the states of some cards by their ids; without events that of a new card."""
        with self._explained():
            return self._tables.states_of(cards)

    def today(self, day: int) -> Today:
        """Return what answers a start's questions about a study day without reading all states."""
        with self._explained():
            return Today(self._database, day)

    def weights(self) -> tuple[float, ...]:
        """Return the weights of the memory model that the log has chosen, or the default ones."""
        with self._explained():
            self._weights = self._tables.weights()
        return self._weights

    def tuned_on(self) -> int:
        """Return the study day on which the weights in force were chosen; 0 for default ones."""
        from nnquiz.study.weights import in_force

        return in_force(self.events("")).day

    def events(self, card: str | None = None) -> Iterator[Event]:
        """Yield every event, undone or not, or those under one card id, by time and id."""
        with self._explained():
            yield from self._tables.events(card)

    def outlines(self) -> list[Outline]:
        """Return every event in outline, undone or not, in the order in which they came in."""
        with self._explained():
            return self._tables.outlines()

    def recent(self, count: int) -> list[Event]:
        """Return the last `count` events that came into this log, the last first."""
        with self._explained():
            return self._tables.recent(count)

    def has(self, event: Event) -> bool:
        """Say whether this very event is in the log."""
        with self._explained():
            return self._tables.event(event.id) == event

    def stands(self, event: Event) -> bool:
        """Say whether an event of this log was not taken back."""
        with self._explained():
            return self._tables.stands(event)

    def answers(self, count: int) -> list[Event]:
        """Return the last `count` answers, by when they were given, the last first."""
        with self._explained():
            return self._tables.answers(count)

    def answers_of(self, card: str) -> list[Event]:
        """Return the answers to a card and to those moved to it, the last first."""
        with self._explained():
            return self._tables.answers_of(card)

    def answer(
        self,
        card: Card,
        before: CardState,
        after: CardState,
        *,
        moment: Moment,
        day: int,
        grade: int,
        seconds: float,
        retention: float,
        typed: str | None = None,
        problem: str | None = None,
        kind: str = REVIEW,
        leech: bool = False,
    ) -> Event:
        """Record an answer together with the state that it leads to.

        Args:
            card: what was asked.
            before: its state when it was shown.
            after: what `schedule.choices` gave for the grade; for a cram, `before`.
            moment: now.
            day: study day, read when the card was shown.
            grade: 1 Again, 2 Hard, 3 Good, 4 Easy.
            seconds: from the card shown to the grade given.
            retention: desired retention that `after` was computed for.
            typed: what was typed as an answer.
            problem: `name@version:seed` of the numbers that were drawn.
            kind: review, or cram, which leaves the schedule alone.
            leech: whether it makes the card a leech, which is set aside.

        Returns:
            The event as it is in the log. The card's state is now `after` with its time and id,
            or for a leech with the event that sets it aside.

        Raises:
            Stale: the card's state is no longer `before`, or other weights were chosen.
            ValueError: `after` is not what replay would make of this answer.
        """
        if kind not in {REVIEW, CRAM}:
            raise ValueError("an answer is a review or a cram")
        with self._writing():
            if self._tables.state(card.id) != before:
                message = f"{card.id} was changed elsewhere in the meantime"
                raise Stale(message, "it is shown again with new intervals")
            event = replace(
                self._event_now(kind, (card.id,), moment),
                day=day,
                content=card.content,
                grade=grade,
                seconds=seconds,
                # A terminal may send bytes that are no text; the answer counts all the same.
                typed=None if typed is None else typed.encode(errors="replace").decode(),
                problem=problem,
                retention=retention,
                due=after.due if kind == REVIEW else None,
            )
            weights = self._tables.weights()
            state = apply(before, event, weights)
            if state != replace(after, time=event.time, event=event.id):
                if weights != self._weights:
                    message = f"other weights were chosen since {card.id} was shown"
                    raise Stale(message, "it is shown again with new intervals")
                raise ValueError("the state to save is not the one that this answer leads to")
            self._tables.insert(event)
            self._tables.store(state)
            if leech:
                made = self._event_now(LEECH, (card.id,), moment)
                aside = replace(made, day=day, content=card.content, target=event.id)
                self._tables.insert(aside)
                self._tables.store(apply(state, aside))
        return event

    def record(
        self, kind: str, card: str, *, moment: Moment, target: str | None = None, content: str = ""
    ) -> Event:
        """Record what is no answer: bury, unbury, suspend, unsuspend, leech, forget or move.

        Args:
            kind: what happens to the card.
            card: its id; for a move, the old one.
            moment: now.
            target: for a move, the new id.
            content: hash of the card's text, where it is known.
        """
        if kind not in KINDS or kind in {REVIEW, CRAM, UNDO, WEIGHTS}:
            raise ValueError("answers, undos and weights have methods of their own")
        if (kind == MOVE) != (target is not None):
            raise ValueError("a move has a target, and nothing else has")
        with self._writing():
            cards = (card,) if target is None else (card, target)
            made = self._event_now(kind, cards, moment)
            event = replace(made, target=target, content=content)
            self._tables.insert(event)
            if kind == MOVE:
                self._tables.recompute(cards)
            else:
                self._tables.store(apply(self._tables.state(card), event))
        return event

    def tune(self, weights: Sequence[float], moment: Moment) -> int:
        """Choose weights of the memory model, and compute every state anew with them.

        Args:
            weights: w0 to w20, which `nnquiz.study.weights.are_allowed` accepts.
            moment: now.

        Returns:
            How many states there are.
        """
        from nnquiz.study.weights import are_allowed, written

        if not are_allowed(weights):
            raise ValueError("these are no weights of the memory model")
        with self._writing():
            event = replace(self._event_now(WEIGHTS, ("",), moment), extra=written(weights))
            self._tables.insert(event)
            return self._tables.recompute_all()

    def undo(self, moment: Moment) -> Event | None:
        """Take back the newest standing event that this device recorded on this study day.

        What set a card aside as a leech goes together with the answer that made it one.
        A choice of weights is no step of a drill: another choice takes its place.

        Returns:
            The event that was taken back, or None where there is none.
        """
        with self._writing():
            done = self._tables.own_done(*self._whose(moment))
            event = next(filter(self._tables.stands, done), None)
            if event is None:
                return None
            self._take_back(event, moment)
            answer = self._tables.event(event.target or "") if event.kind == LEECH else None
            if answer is None:
                return event
            self._take_back(answer, moment)
            return answer

    def redo(self, moment: Moment) -> Event | None:
        """Take back the newest undo, unless something else was recorded here after it.

        Returns:
            The event that stands again, or None where there is none.
        """
        with self._writing():
            redoable = self._redoable(moment)
            newest, before = next(redoable, None), next(redoable, None)
            if newest is None:
                return None
            undo, event = newest
            self._take_back(undo, moment)
            if before is not None and before[1].kind == LEECH and before[1].target == event.id:
                self._take_back(before[0], moment)
            return event

    def merge(self, events: Iterable[Event]) -> int:
        """Add the events that are not here yet, and bring the states of their cards up to date.

        The states depend neither on the order of the events nor on how often they are merged.

        Returns:
            How many were new.

        Raises:
            BadInput: an event is malformed, or is not the one that has its id here; then
                nothing is added.
        """
        with self._explained():
            arrivals = Arrivals(self._database)
        for event in events:  # outside: what goes wrong in reading them is not about this file
            with self._explained():
                arrivals.add(event)
        with self._writing():
            before = self._tables.weights()
            new = arrivals.admit()
            if self._tables.weights() == before:
                self._tables.recompute(arrivals.cards())
            else:
                self._tables.recompute_all()
        with self._explained():
            arrivals.drop()
        return new

    def verify(self) -> list[Difference]:
        """Replay the whole log and return where the stored states differ, the log unchanged."""
        differences = []
        with self._transaction(_READING):  # one view of the log, which others may go on writing
            stored = self._tables.states()
            for state in self._tables.replayed():
                found = stored.pop(state.card, CardState(state.card))
                if not _alike(found, state):
                    differences.append(Difference(found, state))
        left_over = (Difference(state, CardState(card)) for card, state in stored.items())
        return [*differences, *left_over]

    def rebuild(self) -> int:
        """Drop all states, compute them from the log, and return how many there are."""
        with self._writing():
            return self._tables.recompute_all()

    def _event_now(self, kind: str, cards: tuple[str, ...], moment: Moment) -> Event:
        """Return a new event of the first of `cards`, later than all that is known of them."""
        time = max(moment.clock, *(self._tables.newest_time(card) + 1 for card in cards))
        self._machine = self._machine or machine()
        return Event(
            # As in a UUID of version 7 (RFC 9562): the time in ms, then chance.
            id=f"{time:012x}{os.urandom(10).hex()}",
            kind=kind,
            card=cards[0],
            time=time,
            clock=moment.clock,
            offset=moment.offset,
            day=moment.day,
            device=self._tables.device(self._machine),
            model=self._tables.model(),
        )

    def _whose(self, moment: Moment) -> tuple[str, int, int]:
        """Return this device, and the study day and clock of `moment`."""
        self._machine = self._machine or machine()
        return self._tables.device(self._machine), moment.day, moment.clock

    def _redoable(self, moment: Moment) -> Iterator[tuple[Event, Event]]:
        """Yield the undos behind which nothing else was recorded, each with what it took back."""
        for event in self._tables.own(*self._whose(moment)):
            if self._tables.stands(event):
                if event.kind != UNDO:
                    return
                undone = self._tables.event(event.target or "")
                # The undo of an undo is a redo: the next redo goes on behind it.
                if undone is not None and undone.kind != UNDO:
                    yield event, undone

    def _take_back(self, event: Event, moment: Moment) -> None:
        made = self._event_now(UNDO, (event.card,), moment)
        self._tables.insert(replace(made, target=event.id))
        self._tables.recompute((event.card,))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with explained(self._path):
                yield
        except Damaged as damage:
            from nnquiz.history.rescue import rescue

            self.close()
            raise rescue(self._path, self._file, damage) or damage from damage

    def _expect_file_in_its_place(self) -> None:
        """Refuse to write to a file that is no longer the log: it was set aside, or restored."""
        if identity(self._path) != self._file:
            message = f"{self._path}: was replaced while it was open; nothing was saved"
            raise NnquizError(message, "start nnquiz again")

    def _writing(self) -> AbstractContextManager[None]:
        return self._transaction(_WRITING)

    @contextmanager
    def _transaction(self, mode: str) -> Iterator[None]:
        """Commit what is done inside, or undo it all when it raises."""
        with self._explained():
            self._database.execute(f"BEGIN {mode}")
            try:
                if mode == _WRITING:
                    self._expect_file_in_its_place()
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:  # SQLite ends some of them itself
                    self._database.execute("ROLLBACK")
                raise


def _alike(stored: CardState, replayed: CardState) -> bool:
    """Say whether two states are equal but for the last digits of another machine's logarithms."""

    def close(a: float | None, b: float | None) -> bool:
        return a == b or (a is not None and b is not None and math.isclose(a, b))

    rounded = replace(stored, stability=replayed.stability, difficulty=replayed.difficulty)
    return (
        rounded == replayed
        and close(stored.stability, replayed.stability)
        and close(stored.difficulty, replayed.difficulty)
    )
