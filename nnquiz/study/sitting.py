"""One drill from the first card to the summary, whatever draws it.

Bank, log and clock are handed in; nothing here knows a file or a screen.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, Protocol

from nnquiz import cards
from nnquiz.cards.exercise import Exercise, Turn
from nnquiz.cards.result import Result
from nnquiz.errors import BadInput, NnquizError
from nnquiz.model.card import Card
from nnquiz.model.event import AGAIN, BURY, CRAM, REVIEW, SUSPEND, UNDO, Event
from nnquiz.model.moment import Moment
from nnquiz.model.question import Question
from nnquiz.model.state import CardState
from nnquiz.model.written import Body
from nnquiz.study.leech import becomes_leech
from nnquiz.study.queue import Queue, is_set_aside, waits_again
from nnquiz.study.schedule import choices

Choices = tuple[CardState, CardState, CardState, CardState]

_ASKED_AGAIN = {REVIEW, CRAM, BURY, SUSPEND}  # kinds whose card comes back when they are undone


class Log(Protocol):
    """What a sitting needs of the review log; `nnquiz.history.log.History` is one."""

    def state(self, card: str) -> CardState:
        """Return the state of one card."""

    def weights(self) -> tuple[float, ...]:
        """Return the weights of the memory model in force."""

    def recent(self, count: int) -> list[Event]:
        """Return the newest events, the last first."""

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
        """Record an answer with the state it leads to; raises where `before` no longer holds."""

    def record(self, kind: str, card: str, *, moment: Moment, content: str = "") -> Event:
        """Record anything but an answer."""

    def undo(self, moment: Moment) -> Event | None:
        """Take back this device's newest event of this day."""

    def redo(self, moment: Moment) -> Event | None:
        """Take back the undo before."""


class Bank(Protocol):
    """What a sitting needs of the banks; `nnquiz.bank.index.Index` is one."""

    def question(self, name: str) -> Question:
        """Return the question `bank/id`."""

    def card(self, card: str) -> Card | None:
        """Return the card of this id; None where no bank has it."""

    def body(self, card: str) -> Body:
        """Return what is asked on the card of this id."""

    def is_answer(self, bank: str, text: str) -> bool:
        """Tell whether a text answers some card of the bank."""


class Upcoming(Protocol):
    """The cards to come; `nnquiz.study.queue.Queue` is one, that of a plan another."""

    @property
    def left(self) -> int:
        """How many cards have not been asked yet."""

    @property
    def coming_again(self) -> int:
        """How many cards come back because they were graded Again."""

    @property
    def time_is_up(self) -> bool:
        """Whether cards are left that would help, but no time for any."""

    def next(self) -> Card | None:
        """Take out the next card; None when there is none for now."""

    def answered(self, card: Card, seconds: float) -> None:
        """Learn that a card was answered in so many seconds."""

    def again(self, card: Card) -> None:
        """Let a card just graded Again come back."""

    def put_back(self, card: Card) -> None:
        """Let a card be the next one."""

    def withdraw(self, card: Card) -> None:
        """Let a card that was asked before come back no more."""

    def go_on(self) -> None:
        """Let the cards that came back often enough come back all the same."""


class Asked(NamedTuple):
    """A card in front of someone, with all that was fixed when it was shown.

    Attributes:
        card: what is asked.
        question: the question it belongs to.
        exercise: the card as it is asked this time: how it is shuffled, and its numbers.
        before: the card's state.
        choices: the states after Again, Hard, Good and Easy: the chosen one is saved as it is.
        shown: when it was shown; its study day is the one that the log keeps.
        cram: whether the answer leaves the schedule as it is; then all choices are the state.
    """

    card: Card
    question: Question
    exercise: Exercise[Any]
    before: CardState
    choices: Choices
    shown: Moment
    cram: bool = False

    def days(self, grade: int) -> int | None:
        """Return in how many days the card is due after `grade`, 0 for today; None for a cram."""
        if self.cram:
            return None
        due = self.choices[grade - 1].due
        return 0 if due is None else due - self.shown.day


class Answer(NamedTuple):
    """An answer given in this sitting.

    Attributes:
        event: what the log recorded.
        due: when the card is due; None for a cram.
        leech: whether the card was set aside for it.
    """

    event: Event
    due: int | None
    leech: bool = False


class Summary(NamedTuple):
    """What a sitting came to.

    Attributes:
        grades: how many answers were Again, Hard, Good and Easy.
        seconds: spent on them.
        today: how many of the answered cards come again today.
        tomorrow: come back tomorrow.
        week: come back in two to seven days.
        later: come back after that.
        left: how many cards were not asked.
        crammed: how many answers left the schedule as it was.
        leeches: how many cards were set aside as leeches.
    """

    grades: tuple[int, int, int, int]
    seconds: float
    today: int
    tomorrow: int
    week: int
    later: int
    left: int
    crammed: int = 0
    leeches: int = 0

    @property
    def answered(self) -> int:
        """How many answers were given."""
        return sum(self.grades)


class Sitting:
    """The cards of one drill, and what became of them.

    Every answer is in the log when `save` returns. Nothing is remembered here that a crash could
    lose, but the order of what is left.

    Attributes:
        queue: the cards to come.
        in_hand: the card in front of someone.
        answers: those that stand, in order.
        faults: why cards were left out that cannot be asked, a line each.
        can_undo: whether there seems to be something of today to take back.
        minutes: after how many minutes of answering no further card is asked; None for never.
    """

    def __init__(
        self,
        order: Iterable[Card] | Upcoming,
        states: dict[str, CardState],
        *,
        bank: Bank,
        log: Log,
        clock: Callable[[], Moment],
        retention: float,
        minutes: int | None = None,
        cram: bool = False,
    ) -> None:
        """Begin with the cards in `order`.

        Args:
            order: the cards to ask, or what decides that card by card.
            states: the states that the order was made from, those of all its cards.
            bank: the banks.
            log: the review log.
            clock: reads the time.
            retention: desired retention.
            minutes: after so long no further card is asked.
            cram: whether answers leave the schedule as it is.
        """
        self.queue: Upcoming = Queue(order) if isinstance(order, Iterable) else order
        self.minutes = minutes
        self._cram = cram
        self._edited = False
        self.answers: list[Answer] = []
        self.faults: list[str] = []
        self.in_hand: Asked | None = None
        self._states = states
        self._bank = bank
        self._log = log
        self._clock = clock
        self._retention = retention
        newest = next(iter(log.recent(1)), None)
        today = newest is not None and newest.day == clock().day
        self.can_undo = today
        self._undone = int(today and newest is not None and newest.kind == UNDO)

    @property
    def left(self) -> int:
        """How many cards are left, the one in hand among them."""
        return self.queue.left + (self.in_hand is not None)

    @property
    def can_redo(self) -> bool:
        """Whether there seems to be something taken back that may stand again."""
        return self._undone > 0

    @property
    def time_is_up(self) -> bool:
        """Whether the answers have taken the minutes that there were."""
        return self.minutes is not None and self._seconds >= 60 * self.minutes

    @property
    def _seconds(self) -> float:
        return sum(answer.event.seconds or 0.0 for answer in self.answers)

    def next(self) -> Asked | None:
        """Return the next card; None when none is left, or the time is up.

        A card that another drill has answered meanwhile is passed over, and so is one that names
        a problem which does not exist.
        """
        self.in_hand = None
        if self.time_is_up:
            return None
        while (card := self.queue.next()) is not None:
            known = self._states.get(card.id)
            state = self._log.state(card.id)
            if state.event != ("" if known is None else known.event):
                self._states[card.id] = state
                if not self._still_waits(state):
                    continue
            try:
                return self._ask(self._as_it_is(card), state, cram=self._cram)
            except BadInput as fault:
                self.faults.append(f"{card.id} was left out: {fault}")
        return None

    def change_bank(self, bank: Bank, asked: Asked) -> Asked | None:
        """Go on with banks that were edited, and return the card in hand as it is now.

        Returns:
            The card, or None where no bank has it any more, or it cannot be asked.
        """
        self._bank, self._edited = bank, True
        card = bank.card(asked.card.id)
        self.in_hand = None
        try:
            return None if card is None else self.again(asked._replace(card=card))
        except BadInput as fault:
            self.faults.append(f"{asked.card.id} was left out: {fault}")
            return None

    def again(self, asked: Asked) -> Asked:
        """Show the same card as it stands now, with new choices."""
        return self._ask(asked.card, self._log.state(asked.card.id), cram=asked.cram)

    def save(
        self, asked: Asked, grade: int, seconds: float, result: Result | None = None
    ) -> Answer | None:
        """Record an answer, for ever, before anything else happens.

        Args:
            asked: the card as it was shown.
            grade: 1 Again, 2 Hard, 3 Good, 4 Easy.
            seconds: from the card shown to the grade given.
            result: what was typed, and for which numbers.

        Returns:
            The answer, or None where the card has changed since it was shown: then nothing was
            saved and the card is to be shown again.

        Raises:
            NnquizError: the log cannot be written.
        """
        after = asked.choices[grade - 1]
        leech = not asked.cram and becomes_leech(asked.before, after)
        try:
            event = self._log.answer(
                asked.card,
                asked.before,
                after,
                moment=self._clock(),
                day=asked.shown.day,
                grade=grade,
                seconds=seconds,
                retention=self._retention,
                typed=(result.typed or None) if result else None,
                problem=(result.problem or None) if result else None,
                kind=CRAM if asked.cram else REVIEW,
                leech=leech,
            )
        except NnquizError:
            state = self._log.state(asked.card.id)
            then = self._choices(state, asked.shown.day, cram=asked.cram)
            if state == asked.before and then == asked.choices:
                raise
            return None
        self.in_hand = None
        self._states[asked.card.id] = (
            self._log.state(asked.card.id)
            if leech
            else replace(after, time=event.time, event=event.id)
        )
        answer = Answer(event, None if asked.cram else after.due, leech)
        self._undone = 0
        self._count(asked.card, answer)
        return answer

    def skip(self, asked: Asked) -> None:
        """Leave a card out of this drill; nothing is recorded."""
        self.in_hand = None
        self.queue.withdraw(asked.card)

    def bury(self, asked: Asked) -> None:
        """Set a card aside until tomorrow."""
        self._set_aside(asked, BURY)

    def suspend(self, asked: Asked) -> None:
        """Set a card aside until it is taken back."""
        self._set_aside(asked, SUSPEND)

    def undo(self) -> tuple[Event, Asked | None] | None:
        """Take back this device's newest event of today, and ask its card again.

        The card in hand comes back after that one.

        Returns:
            The event and its card, which is None where no bank has it any more; or None where
            there is nothing to take back.
        """
        event = self._log.undo(self._clock())
        if event is None:
            self.can_undo = False
            return None
        self._undone += 1
        self.answers = [answer for answer in self.answers if answer.event.id != event.id]
        self._put_back_unless(event.card)
        return event, self._ask_undone(event)

    def redo(self) -> Event | None:
        """Let the event that was taken back last stand again; None where there is none."""
        event = self._log.redo(self._clock())
        if event is None:
            self._undone = 0
            return None
        self._undone = max(0, self._undone - 1)
        self.can_undo = True
        self._put_back_unless(event.card)
        card = self._bank.card(event.card)
        if card is not None:
            self.queue.withdraw(card)
            self._states[card.id] = state = self._log.state(card.id)
            if event.kind == CRAM:
                self._count(card, Answer(event, None))
            elif event.kind == REVIEW and state.due is not None:
                self._count(card, Answer(event, state.due, leech=state.suspended))
        return event

    def summary(self) -> Summary:
        """Return what the sitting has come to so far."""
        day = self._clock().day
        grades = [0, 0, 0, 0]
        for answer in self.answers:
            grades[(answer.event.grade or AGAIN) - 1] += 1
        last = {answer.event.card: answer for answer in self.answers}
        coming = [answer.due for answer in last.values() if not answer.leech]
        days = [due - day for due in coming if due is not None]
        return Summary(
            grades=(grades[0], grades[1], grades[2], grades[3]),
            seconds=self._seconds,
            today=sum(due <= 0 for due in days),
            tomorrow=sum(due == 1 for due in days),
            week=sum(1 < due <= 7 for due in days),
            later=sum(due > 7 for due in days),
            left=self.left,
            crammed=sum(answer.due is None for answer in self.answers),
            leeches=sum(answer.leech for answer in last.values()),
        )

    def _ask(self, card: Card, state: CardState, *, cram: bool) -> Asked:
        """Fix everything that holds as long as the card is shown."""
        shown = self._clock()
        question = self._bank.question(card.question)
        body = question if card.kind == "explain" else self._bank.body(card.id)
        turn = Turn(card.id, state.reviews, partial(self._bank.is_answer, question.bank))
        self.in_hand = Asked(
            card=card,
            question=question,
            exercise=cards.ask(card.kind, body, turn),
            before=state,
            choices=self._choices(state, shown.day, cram=cram),
            shown=shown,
            cram=cram,
        )
        return self.in_hand

    def _choices(
        self, state: CardState, day: int, *, cram: bool
    ) -> tuple[CardState, CardState, CardState, CardState]:
        """Return the states after Again, Hard, Good and Easy, as the log would have them now."""
        if cram:
            return (state,) * 4
        return choices(state, day, self._retention, self._log.weights())

    def _put_back_unless(self, card: str) -> None:
        """Let the card in hand come next, unless it is the one with this id."""
        if self.in_hand is not None and self.in_hand.card.id != card:
            self.queue.put_back(self.in_hand.card)
        self.in_hand = None

    def _ask_undone(self, event: Event) -> Asked | None:
        card = self._bank.card(event.card) if event.kind in _ASKED_AGAIN else None
        if card is None:
            return None
        self.queue.withdraw(card)
        self._states[card.id] = state = self._log.state(card.id)
        return self._ask(card, state, cram=event.kind == CRAM or self._cram)

    def _as_it_is(self, card: Card) -> Card:
        """Return a card of the queue as its bank has it, which may have been edited since.

        Raises:
            BadInput: no bank has it any more.
        """
        found = self._bank.card(card.id) if self._edited else card
        if found is None:
            raise BadInput("no bank has it any more")
        return found

    def _still_waits(self, state: CardState) -> bool:
        day = self._clock().day
        if is_set_aside(state, day):
            return False
        return state.due is None or state.due <= day or waits_again(state)

    def _set_aside(self, asked: Asked, kind: str) -> None:
        self._log.record(kind, asked.card.id, moment=self._clock(), content=asked.card.content)
        self.in_hand = None
        self._states[asked.card.id] = self._log.state(asked.card.id)
        self.queue.withdraw(asked.card)
        self.can_undo, self._undone = True, 0

    def _count(self, card: Card, answer: Answer) -> None:
        """Remember an answer that stands now, and let an Again come back."""
        self.answers.append(answer)
        self.can_undo = True
        self.queue.answered(card, answer.event.seconds or 0.0)
        if answer.event.grade == AGAIN and not answer.leech:
            self.queue.again(card)
