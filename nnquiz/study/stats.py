"""What somebody has done and what is coming: sums over the log and over the states of the cards.

Answers that were taken back do not count, and cramming is counted apart: it says nothing about
what is remembered. An answer counts as two minutes at most (`nnquiz.study.pace`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nnquiz.model.card import Card
from nnquiz.model.event import AGAIN, CRAM, FORGET, REVIEW, Outline
from nnquiz.model.state import CardState
from nnquiz.study.pace import LONGEST_ANSWER

INTERVALS = (0, 1, 2, 4, 8, 15, 31, 91)
"""Days with which the bins of intervals begin; the last one has no end."""

DIFFICULTIES = tuple(range(1, 11))
"""With which the bins of difficulties begin; the last one is 10 alone."""

_HARD_ANSWERS = 2  # below so many times forgotten, no card counts as hard


class Day(NamedTuple):
    """A study day: answers, the seconds they took, and crammed ones, which are in neither."""

    day: int
    answers: int
    seconds: float
    crammed: int
    crammed_seconds: float


class Week(NamedTuple):
    """A week of long-term reviews.

    Attributes:
        day: its Monday.
        reviews: first answers of a day, of cards that were answered on an earlier one.
        recalled: how many of them were not Again.
        desired: mean of the retention that was desired, in 0 to 1.
    """

    day: int
    reviews: int
    recalled: int
    desired: float


class Effort(NamedTuple):
    """What some cards have cost.

    Attributes:
        cards: how many there are.
        begun: how many of them were answered.
        answers: how often.
        seconds: how long that took.
        reviews, recalled: long-term reviews, as in a week.
    """

    cards: int
    begun: int
    answers: int
    seconds: float
    reviews: int
    recalled: int


class Hard(NamedTuple):
    """A card that is forgotten time and again.

    Attributes:
        card: the card.
        reviews: its long-term reviews.
        lapses: how many of them were Again.
        difficulty: 1 to 10.
        seconds: that an answer takes on average.
    """

    card: Card
    reviews: int
    lapses: int
    difficulty: float
    seconds: float


class Stats(NamedTuple):
    """All sums.

    Attributes:
        days: those with answers, in order.
        weeks: those with long-term reviews, in order.
        due: how many cards are due today or before, tomorrow, and so on.
        intervals: how many cards wait as long as each of the `INTERVALS` says.
        difficulties: how many are as difficult as each of the `DIFFICULTIES` says.
        kinds: by kind of card, the most answered first.
        topics: by topic, in the order of the bank.
        hardest: the cards that were forgotten most often, the hardest first.
    """

    days: tuple[Day, ...]
    weeks: tuple[Week, ...]
    due: tuple[int, ...]
    intervals: tuple[int, ...]
    difficulties: tuple[int, ...]
    kinds: dict[str, Effort]
    topics: dict[str, Effort]
    hardest: tuple[Hard, ...]

    @property
    def answers(self) -> int:
        """All answers."""
        return sum(day.answers for day in self.days)

    @property
    def seconds(self) -> float:
        """How long they took."""
        return sum(day.seconds for day in self.days)


@dataclass(slots=True)
class _Sum:
    answers: int = 0
    seconds: float = 0.0
    reviews: int = 0
    recalled: int = 0
    desired: float = 0.0

    def add(self, other: "_Sum") -> None:
        self.answers += other.answers
        self.seconds += other.seconds
        self.reviews += other.reviews
        self.recalled += other.recalled


@dataclass(slots=True)
class _Sums:
    """Sums on the way: of study days, of crams by day, of weeks."""

    days: dict[int, _Sum] = field(default_factory=dict)
    crams: dict[int, _Sum] = field(default_factory=dict)
    weeks: dict[int, _Sum] = field(default_factory=dict)

    def count(self, history: Iterable[Outline]) -> _Sum:
        """Add the answers to one card, and return their sum."""
        own = _Sum()
        last: int | None = None
        for event in history:
            if event.kind == FORGET:
                last = None
            elif event.kind == CRAM:
                _count(self.crams.setdefault(event.day, _Sum()), event)
            elif event.kind == REVIEW:
                _count(own, event)
                _count(self.days.setdefault(event.day, _Sum()), event)
                if last is not None and event.day > last:
                    self._review(own, event)
                last = event.day
        return own

    def _review(self, own: _Sum, event: Outline) -> None:
        for one in (own, self.weeks.setdefault(monday_of(event.day), _Sum())):
            one.reviews += 1
            one.recalled += event.grade != AGAIN
            one.desired += event.retention or 0.0


def _count(one: _Sum, event: Outline) -> None:
    one.answers += 1
    one.seconds += min(event.seconds or 0.0, LONGEST_ANSWER)


def monday_of(day: int) -> int:
    """Return the Monday of a study day's week.

    >>> import datetime
    >>> datetime.date.fromordinal(monday_of(datetime.date(2026, 11, 27).toordinal())).isoformat()
    '2026-11-23'
    """
    return day - (day - 1) % 7  # day 1 was a Monday


def days_in_a_row(days: Sequence[Day], today: int) -> int:
    """Return for how many study days there were answers every day, until today or yesterday."""
    studied = {day.day for day in days if day.answers}
    last = today if today in studied else today - 1
    first = last
    while first in studied:
        first -= 1
    return last - first


def summarise(
    histories: Mapping[str, Iterable[Outline]],
    states: Mapping[str, CardState],
    cards: Sequence[Card],
    topic_of: Mapping[str, str],
    today: int,
    *,
    ahead: int = 30,
    hardest: int = 10,
) -> Stats:
    """Return all sums.

    Args:
        histories: the standing events of each card, as `nnquiz.study.replay.histories` has them;
            also of cards that no bank has any more, whose answers count all the same.
        states: card id to state.
        cards: the cards of the banks.
        topic_of: topic of each question, by `bank/question`.
        today: the study day.
        ahead: days for which the due cards are counted, today among them.
        hardest: how many of the hardest cards to name.
    """
    sums = _Sums()
    of_card = {card: sums.count(history) for card, history in histories.items()}
    waiting = [
        state
        for card in cards
        if (state := states.get(card.id)) is not None
        and state.due is not None
        and not state.suspended
    ]
    return Stats(
        days=_days(sums),
        weeks=tuple(
            Week(monday, one.reviews, one.recalled, one.desired / one.reviews)
            for monday, one in sorted(sums.weeks.items())
        ),
        due=_due(waiting, today, ahead),
        intervals=_binned(((s.due or 0) - (s.day or 0) for s in waiting), INTERVALS),
        difficulties=_binned((s.difficulty or 1.0 for s in waiting), DIFFICULTIES),
        kinds=_most_first(_efforts([card.kind for card in cards], cards, of_card)),
        topics=_efforts([topic_of.get(card.question, "") for card in cards], cards, of_card),
        hardest=_hardest(cards, states, of_card, hardest),
    )


def _days(sums: _Sums) -> tuple[Day, ...]:
    nothing = _Sum()
    return tuple(
        Day(day, done.answers, done.seconds, crammed.answers, crammed.seconds)
        for day in sorted(sums.days.keys() | sums.crams.keys())
        for done, crammed in [(sums.days.get(day, nothing), sums.crams.get(day, nothing))]
    )


def _due(waiting: Iterable[CardState], today: int, ahead: int) -> tuple[int, ...]:
    counts = [0] * ahead
    for state in waiting:
        buried = state.buried_on is not None and state.buried_on >= today
        day = max(state.due or today, today + buried)
        if day < today + ahead:
            counts[day - today] += 1
    return tuple(counts)


def _binned(values: Iterable[float], starts: Sequence[int]) -> tuple[int, ...]:
    """Return how many values begin at each of `starts` or later, and before the next one."""
    from bisect import bisect_right

    counts = [0] * len(starts)
    for value in values:
        counts[max(bisect_right(starts, value) - 1, 0)] += 1
    return tuple(counts)


def _efforts(
    keys: Sequence[str], cards: Sequence[Card], of_card: Mapping[str, _Sum]
) -> dict[str, Effort]:
    sums: dict[str, _Sum] = {}
    count: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    for key, card in zip(keys, cards, strict=True):
        one = of_card.get(card.id, _Sum())
        sums.setdefault(key, _Sum()).add(one)
        count[key] += 1
        begun[key] += one.answers > 0
    return {
        key: Effort(count[key], begun[key], s.answers, s.seconds, s.reviews, s.recalled)
        for key, s in sums.items()
    }


def _most_first(efforts: dict[str, Effort]) -> dict[str, Effort]:
    return dict(sorted(efforts.items(), key=lambda item: -item[1].answers))


def _hardest(
    cards: Iterable[Card],
    states: Mapping[str, CardState],
    of_card: Mapping[str, _Sum],
    most: int,
) -> tuple[Hard, ...]:
    found = []
    for card in cards:
        state, one = states.get(card.id), of_card.get(card.id)
        if state is None or one is None or state.difficulty is None:
            continue
        lapses = one.reviews - one.recalled
        if lapses >= _HARD_ANSWERS:
            mean = one.seconds / one.answers
            found.append(Hard(card, one.reviews, lapses, state.difficulty, mean))
    found.sort(key=lambda hard: (-hard.lapses, -hard.difficulty, hard.card.id))
    return tuple(found[:most])
