"""Which card comes next: what is waiting, in which order, and how far apart.

Due cards come lowest retrievability first with the new ones spread evenly among them: reviews
strictly first, or new cards strictly first, recall measurably less on the day of an interview.
"""

from bisect import insort
from collections import deque
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from nnquiz.model.card import Card
from nnquiz.model.event import AGAIN
from nnquiz.model.state import CardState
from nnquiz.study.memory import DEFAULT_WEIGHTS, retrievability

SIBLING_DISTANCE = 8  # turns from one card of a question to the next, as far as the rest allows
AGAIN_DISTANCE = 4  # turns until an Again comes back: three other cards in between
# and so many more for every time before in this drill, or a few cards would keep out all others
EARLY_RETURNS = 2  # how often one comes back sooner than that, where too few others are left


class Waiting(NamedTuple):
    """What is waiting on a study day, each part in the order in which it is asked.

    Attributes:
        again: cards left at Again: they come first.
        due: the other due cards, lowest retrievability first.
        new: cards never reviewed, in the order of the candidates.
    """

    again: tuple[Card, ...]
    due: tuple[Card, ...]
    new: tuple[Card, ...]

    @property
    def reviews(self) -> int:
        """How many cards are due, those left at Again among them."""
        return len(self.again) + len(self.due)


def is_set_aside(state: CardState, day: int) -> bool:
    """Say whether a card is suspended, or buried on `day`."""
    return state.suspended or (state.buried_on is not None and state.buried_on >= day)


def waits_again(state: CardState) -> bool:
    """Say whether the last answer was Again, so that the card is due from that very day on."""
    return state.grade == AGAIN and state.due is not None and state.due == state.day


def recall(state: CardState, day: int, weights: Sequence[float] = DEFAULT_WEIGHTS) -> float:
    """Return the probability of recalling a reviewed card on `day`."""
    if state.day is None or state.stability is None:
        return 0.0
    return retrievability(max(0, day - state.day), state.stability, weights)


def line_up(waiting: Waiting, limit: int | None = None) -> list[Card]:
    """Return the cards in the order of asking: Again first, new ones spread among the due.

    The i-th of n cards belongs at (i + 1/2)/n of the way, so that both kinds run out together,
    and a drill that is cut short at `limit` cards has its share of both.
    """
    places = [((at + 0.5) / len(waiting.due), 0, at) for at in range(len(waiting.due))]
    places += [((at + 0.5) / len(waiting.new), 1, at) for at in range(len(waiting.new))]
    kinds = (waiting.due, waiting.new)
    order = [*waiting.again, *(kinds[kind][at] for _, kind, at in sorted(places))]
    return order if limit is None else order[:limit]


class Queue:
    """The cards of one drill: hands out the next one, and takes an Again back.

    Cards are asked in the order given, except that two cards of one question are kept
    `SIBLING_DISTANCE` turns apart as far as the rest allows. Building is O(n), a step O(log n).

    Every question has its own line of cards and is represented in a heap by the first of them.
    A question just asked rests outside the heap until the distance is kept. When the questions
    with the longest lines would otherwise be left over at the end, side by side, they go first.
    """

    def __init__(self, order: Iterable[Card]) -> None:
        self._lines: dict[str, deque[tuple[int, Card]]] = {}
        for rank, card in enumerate(order):
            self._lines.setdefault(card.question, deque()).append((rank, card))
        self._left = sum(map(len, self._lines.values()))
        self._lengths: dict[int, int] = {}
        for line in self._lines.values():
            self._lengths[len(line)] = self._lengths.get(len(line), 0) + 1
        self._longest = max(self._lengths, default=0)
        self._distance = self._possible_distance()
        # Entries are (minus the length of the line, or 0; rank of its first card; question).
        self._by_rank = [(0, line[0][0], question) for question, line in self._lines.items()]
        self._by_length = [
            (-len(line), line[0][0], question) for question, line in self._lines.items()
        ]
        heapify(self._by_rank)
        heapify(self._by_length)
        self._resting: deque[tuple[int, str]] = deque()  # (turn of its return, question)
        self._rests: dict[str, int] = {}
        self._returning: list[tuple[int, Card]] = []  # (earliest turn, card), the first one first
        self._failed: dict[str, int] = {}  # how often in this drill
        self._early: dict[str, int] = {}
        self._exhausted: list[Card] = []
        self._first: list[Card] = []
        self._turn = 0
        self._asked: Card | None = None  # the last one handed out

    @property
    def left(self) -> int:
        """How many cards have not been asked yet, those put back among them."""
        return self._left + len(self._first)

    @property
    def coming_again(self) -> int:
        """How many cards come back because they were graded Again."""
        return len(self._returning) + len(self._exhausted)

    @property
    def time_is_up(self) -> bool:
        """Whether cards are left, but no time for any: never, it hands out all of them."""
        return False

    def next(self) -> Card | None:
        """Take out the next card; None when none is left, or only ones that came back enough."""
        self._turn += 1
        card = self._asked = self._pick()
        if card is not None:
            self._rest(card.question)
        return card

    def answered(self, card: Card, seconds: float) -> None:
        """Learn that a card was answered in so many seconds: nothing here goes by time."""

    def again(self, card: Card) -> None:
        """Let a card just graded Again come back, unless it came back early often enough."""
        if self._early.get(card.id, 0) >= EARLY_RETURNS:
            self._exhausted.append(card)
        else:
            self._failed[card.id] = self._failed.get(card.id, 0) + 1
            insort(self._returning, (self._turn + AGAIN_DISTANCE * self._failed[card.id], card))

    def put_back(self, card: Card) -> None:
        """Let `card` be the next one: it was taken out and not answered, or its answer undone."""
        self.withdraw(card)
        self._first.append(card)

    def withdraw(self, card: Card) -> None:
        """Let a card that was asked before come back no more."""
        self._returning = [pair for pair in self._returning if pair[1].id != card.id]
        self._exhausted = [other for other in self._exhausted if other.id != card.id]
        self._first = [other for other in self._first if other.id != card.id]

    def go_on(self) -> None:
        """Let the cards that came back often enough come back all the same."""
        self._early.clear()
        self._returning += [(self._turn, card) for card in self._exhausted]
        self._exhausted = []

    def _possible_distance(self) -> int:
        """Return how far apart siblings can be kept: 8 turns, or what the longest lines leave.

        `tied` lines of the same greatest length need (length - 1) distances and a turn each.
        """
        if self._longest < 2:
            return SIBLING_DISTANCE
        tied = self._lengths[self._longest]
        return min(SIBLING_DISTANCE, max(1, (self._left - tied) // (self._longest - 1)))

    def _pick(self) -> Card | None:
        if self._first:
            return self._first.pop()
        if self._returning and self._returning[0][0] <= self._turn:
            return self._returning.pop(0)[1]
        if self._left:
            return self._take(self._choose())
        if self._returning:
            return self._early_return()
        return None

    def _early_return(self) -> Card | None:
        """Return a card sooner than it should come, but not right after itself beside others."""
        again = self._returning[0][1] == self._asked
        if again and len(self._returning) == 1 and self._exhausted:
            return None
        _, card = self._returning.pop(1 if again and len(self._returning) > 1 else 0)
        self._early[card.id] = self._early.get(card.id, 0) + 1
        return card

    def _choose(self) -> str:
        """Return the question whose first card is asked now."""
        while self._resting and self._resting[0][0] <= self._turn:
            turn, question = self._resting.popleft()
            if self._rests.get(question) == turn:
                del self._rests[question]
                self._enter(question)
        pressed = self._left - 1 < self._longest * self._distance + self._lengths[self._longest]
        # Both are cleared at every step, so that no step has to clear a long heap at once.
        by_rank, by_length = self._front(self._by_rank), self._front(self._by_length)
        chosen = by_length if pressed else by_rank
        if chosen is not None:
            return chosen
        # All that have cards left are resting: the one that has rested longest is next.
        return next(
            q for turn, q in self._resting if self._rests.get(q) == turn and q in self._lines
        )

    def _front(self, heap: list[tuple[int, int, str]]) -> str | None:
        """Return the question at a heap's front, after taking out entries that hold no more."""
        while heap:
            length, rank, question = heap[0]
            line = self._lines.get(question)
            current = line is not None and line[0][0] == rank and length in (0, -len(line))
            if current and question not in self._rests:
                return question
            heappop(heap)
        return None

    def _enter(self, question: str) -> None:
        line = self._lines.get(question)
        if line:
            heappush(self._by_rank, (0, line[0][0], question))
            heappush(self._by_length, (-len(line), line[0][0], question))

    def _take(self, question: str) -> Card:
        """Take the first card of a question's line."""
        line = self._lines[question]
        self._lengths[len(line)] -= 1
        if len(line) == self._longest and not self._lengths[len(line)]:
            self._longest -= 1
        _, card = line.popleft()
        self._left -= 1
        if line:
            self._lengths[len(line)] = self._lengths.get(len(line), 0) + 1
        else:
            del self._lines[question]
        return card

    def _rest(self, question: str) -> None:
        """Keep a question's other cards away for a while."""
        turn = self._turn + self._distance
        self._rests[question] = turn
        self._resting.append((turn, question))
