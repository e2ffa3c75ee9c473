"""The cards of a drill that follows a plan: the best use of the next seconds comes next."""

from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from nnquiz.model.card import Card
from nnquiz.study.queue import EARLY_RETURNS, SIBLING_DISTANCE


class Worth(NamedTuple):
    """What a card is worth today.

    Attributes:
        card: which.
        priority: what a second on it brings; 0 or less where a review does not help.
        seconds: that it is expected to take.
    """

    card: Card
    priority: float
    seconds: float


class PlannedQueue:
    """Hands out cards by priority, as long as their expected seconds fit into the day's.

    It stands in the place of `nnquiz.study.queue.Queue`. Before each card it looks at what the
    rest of the time holds, in the order of priority, and takes the first of it whose question was
    not asked in the last `SIBLING_DISTANCE` turns; where all of it was, it takes the first.

    A second look at an Again on the same day is worth less than a tenth of what its seconds bring
    elsewhere. So it comes when nothing else fits into the time, twice at most, and then waits
    until `go_on`. Of cards that share a group only one is asked.
    """

    def __init__(
        self,
        opening: Iterable[Worth],
        plan: Callable[[], Iterable[Worth]],
        seconds: float,
        *,
        most: int | None = None,
    ) -> None:
        """Begin a day.

        Args:
            opening: what stands in for the plan until the first card has been asked.
            plan: returns the plan, and is called and waited for before the second card.
            seconds: that are left of the day's.
            most: hand out at most so many different cards.
        """
        self._plan = plan
        self._planned = False  # whether the plan has taken the place of the opening
        self._most = most
        self._seconds = seconds
        self._follow(opening)
        self._asked: set[str] = set()
        self._groups: dict[str, str] = {}
        self._rests: dict[str, int] = {}  # question -> the turn from which it may come again
        self._returning: deque[Card] = deque()
        self._returns: dict[str, int] = {}
        self._exhausted: list[Card] = []
        self._first: list[Card] = []
        self._overtime: list[Card] = []
        self._reserved = 0.0  # seconds that the card in hand is expected to take
        self._turn = 0
        self._handed_out = 0

    @property
    def left(self) -> int:
        """How many cards are expected to fit into the time that is left, and those put back."""
        return len(self._first) + len(self._overtime) + len(self._fitting())

    @property
    def coming_again(self) -> int:
        """How many cards come back because they were graded Again."""
        return len(self._returning) + len(self._exhausted)

    @property
    def time_is_up(self) -> bool:
        """Whether cards are left that would help, but no time for any."""
        wanted = self._most is None or self._handed_out < self._most
        return wanted and not self.left and any(self._is_wanted(one.card) for one in self._waiting)

    @property
    def seconds(self) -> float:
        """Seconds that are left of the day's; below 0 where more were used."""
        return self._seconds

    def next(self) -> Card | None:
        """Take out the next card; None when no time is left, or nothing that helps."""
        self._reserved = 0.0
        card = self._pick()
        if card is None:
            return None
        self._turn += 1
        self._asked.add(card.id)
        if card.group:
            self._groups.setdefault(card.group, card.id)
        self._rests[card.question] = self._turn + SIBLING_DISTANCE
        return card

    def answered(self, card: Card, seconds: float) -> None:
        """Take the real seconds of an answer off the day's."""
        self._asked.add(card.id)
        self._seconds -= seconds
        self._reserved = 0.0

    def again(self, card: Card) -> None:
        """Let a card just graded Again come back, unless it came back often enough."""
        if self._returns.get(card.id, 0) >= EARLY_RETURNS:
            self._exhausted.append(card)
        else:
            self._returning.append(card)

    def put_back(self, card: Card) -> None:
        """Let `card` be the next one: it was taken out and not answered, or its answer undone."""
        self.withdraw(card)
        self._first.append(card)

    def withdraw(self, card: Card) -> None:
        """Let a card come no more."""
        self._asked.add(card.id)
        self._returning = deque(other for other in self._returning if other.id != card.id)
        for cards in (self._exhausted, self._first, self._overtime):
            cards[:] = [other for other in cards if other.id != card.id]

    def go_on(self) -> None:
        """Let the cards that were to come again do so, time or not."""
        self._returns.clear()
        self._overtime += [*self._returning, *self._exhausted]
        self._returning.clear()
        self._exhausted = []

    def _follow(self, plan: Iterable[Worth]) -> None:
        helping = [one for one in plan if one.priority > 0]
        self._waiting = sorted(helping, key=lambda one: -one.priority)
        self._shortest = min((one.seconds for one in helping), default=0.0)

    def _pick(self) -> Card | None:
        if self._first:
            return self._first.pop()
        if self._turn and not self._planned:
            self._planned = True
            self._follow(self._plan())
        if found := self._fitting():
            self._handed_out += 1
            now = self._turn + 1
            rested = (one for one in found if self._rests.get(one.card.question, 0) <= now)
            chosen = next(rested, found[0])
            self._reserved = chosen.seconds
            return chosen.card
        if self._returning and self._seconds > 0:
            return self._return()
        return self._overtime.pop(0) if self._overtime else None

    def _is_wanted(self, card: Card) -> bool:
        """Say whether neither a card nor a variant of it was asked."""
        return card.id not in self._asked and (not card.group or card.group not in self._groups)

    def _return(self) -> Card:
        card = self._returning.popleft()
        self._returns[card.id] = self._returns.get(card.id, 0) + 1
        return card

    def _fitting(self) -> list[Worth]:
        """Return what the rest of the time holds, the highest priority first."""
        fitting: list[Worth] = []
        left = self._seconds - self._reserved
        groups = dict(self._groups)
        for one in self._waiting:
            if self._most is not None and self._handed_out + len(fitting) >= self._most:
                break
            if left < self._shortest or left <= 0:
                break
            card = one.card
            if card.id in self._asked or one.seconds > left:
                continue
            if not card.group or groups.setdefault(card.group, card.id) == card.id:
                fitting.append(one)
                left -= one.seconds
        return fitting
