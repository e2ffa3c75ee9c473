"""What a plan has to know about a person: their seconds, first grades, and what they know unseen.

Every number is a guess that their own answers replace. Where a guess has to err, it errs to the
harmless side: believing that a card takes twice as long costs little, and half as long a lot;
believing that nothing unseen is known costs next to nothing, and that much is known a lot.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from nnquiz.model.card import Card
from nnquiz.model.event import AGAIN, HARD, REVIEW, AnyEvent
from nnquiz.study.memory import DEFAULT_WEIGHTS
from nnquiz.study.replay import standing

# How many answers each guess weighs as much as, and the guesses.
_GUESS_WEIGHT = 10
_FIRST_GRADES = (0.30, 0.15, 0.45, 0.10)
_RECALLED_GRADES = (0.1, 0.8, 0.1)
_KNOWN, _GUESSED = 1, 5  # Beta(1, 4) prior on "the first grade was at least Hard"

_LONGEST = 120.0  # longer than this, somebody had left the room

# How finely kinds of cards are told apart in planning: by steps of cost and of what is known. What
# differs by less is no better known than that, and would have a day of one kind only asked.
_COST_STEP = 1.4
_KNOWN_STEP = 0.1

# Kinds whose first grade says what was known before: the program compares what was typed. What
# is merely said aloud is graded with the answer in sight, and one choice in four is luck.
_TESTED = frozenset({"cloze", "match", "order", "numeric"})


class Seconds(NamedTuple):
    """Seconds that an answer takes.

    Attributes:
        again: a review that was forgotten.
        recalled: a review that was recalled.
        first: the first answer ever.
    """

    again: float = 25.0
    recalled: float = 12.0
    first: float = 30.0

    @property
    def typical(self) -> float:
        """The seconds of a first answer and three reviews, of which one in ten is forgotten."""
        return self.first + 3 * (0.9 * self.recalled + 0.1 * self.again)


class Known(NamedTuple):
    """What is believed of the chance of knowing an unseen card: a Beta distribution.

    Attributes:
        passed: first answers that were right, and some that are guessed.
        failed: that were wrong, likewise.
    """

    passed: float
    failed: float

    @property
    def mean(self) -> float:
        """The chance that is expected."""
        return self.passed / (self.passed + self.failed)

    @property
    def deviation(self) -> float:
        """How far off that may be: the standard deviation."""
        total = self.passed + self.failed
        return math.sqrt(self.passed * self.failed / (total + 1)) / total

    @property
    def at_least(self) -> float:
        """The chance to plan with, on the harmless side: a deviation less than expected."""
        return max(0.0, self.mean - self.deviation)


class Learner(NamedTuple):
    """A person as the planner sees them.

    Attributes:
        seconds: what an answer takes, whatever its kind.
        kinds: the same for each kind of card that was ever answered.
        first_grades: chances that a first answer is Again, Hard, Good, Easy; their sum is 1.
        recalled_grades: chances of Hard, Good, Easy where a review is recalled; their sum is 1.
        known: the chance of knowing an unseen card, for the kinds whose first answers have told.
        weights: w0 to w20 of the memory model.
        answers: how many answers all this rests on.
    """

    seconds: Seconds = Seconds()
    kinds: Mapping[str, Seconds] = {}
    first_grades: tuple[float, ...] = _FIRST_GRADES
    recalled_grades: tuple[float, ...] = _RECALLED_GRADES
    known: Mapping[str, Known] = {}
    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    answers: int = 0

    def cost(self, kind: str) -> float:
        """Return how many times the usual seconds a card of this kind takes, in steps of 1.4."""
        ratio = self.kinds.get(kind, self.seconds).typical / self.seconds.typical
        return float(_COST_STEP ** round(math.log(ratio, _COST_STEP)))

    def unseen(self, kind: str) -> float:
        """Return the chance to plan with of knowing a card of this kind that was never asked.

        It is the next lower tenth.
        """
        known = self.known[kind].at_least if kind in self.known else 0.0
        return math.floor(known / _KNOWN_STEP) * _KNOWN_STEP


class _Answer(NamedTuple):
    kind: str
    grade: int
    seconds: float | None
    first: bool


def measure_learner(events: Iterable[AnyEvent], cards: Iterable[Card]) -> Learner:
    """Return what the answers of a log say about a person.

    Seconds are means of min(seconds, 120), first-grade probabilities shares, each leaning on its
    guess as if that were ten more answers, and seconds are rounded up. The chance of knowing an
    unseen card is 0 for a kind whose first grade is no real test, and while there was none; for the
    others it has the posterior of a Beta(1, 4) prior, in which the answers to the other such kinds
    move the one known of five guesses.

    Args:
        events: the whole log, undone events among them.
        cards: where the kinds stand; answers to other cards count without a kind.
    """
    kind_of = {card.id: card.kind for card in cards}
    answers = list(_answers(events, kind_of))
    kinds = sorted({answer.kind for answer in answers if answer.kind})
    firsts = [answer for answer in answers if answer.first]
    return Learner(
        seconds=_seconds(answers),
        kinds={kind: _seconds([one for one in answers if one.kind == kind]) for kind in kinds},
        first_grades=_first_grades(firsts),
        known=_known(
            [answer for answer in firsts if answer.kind in _TESTED],
            _TESTED.intersection(kind_of.values()),
        ),
        answers=len(answers),
    )


def _answers(events: Iterable[AnyEvent], kinds: Mapping[str, str]) -> Iterable[_Answer]:
    """Yield the standing answers in order; repeats on a card's own day count as reviews."""
    seen: set[str] = set()
    for event in standing(events):
        if event.kind == REVIEW and event.grade is not None:
            kind = kinds.get(event.card, "")
            yield _Answer(kind, event.grade, event.seconds, event.card not in seen)
            seen.add(event.card)


def _seconds(answers: Sequence[_Answer]) -> Seconds:
    guess = Seconds()
    reviews = [answer for answer in answers if not answer.first]
    return Seconds(
        again=_mean(guess.again, (one for one in reviews if one.grade == AGAIN)),
        recalled=_mean(guess.recalled, (one for one in reviews if one.grade > AGAIN)),
        first=_mean(guess.first, (one for one in answers if one.first)),
    )


def _mean(guess: float, answers: Iterable[_Answer]) -> float:
    taken = [min(one.seconds, _LONGEST) for one in answers if one.seconds is not None]
    return float(math.ceil((_GUESS_WEIGHT * guess + sum(taken)) / (_GUESS_WEIGHT + len(taken))))


def _first_grades(firsts: Sequence[_Answer]) -> tuple[float, ...]:
    return tuple(
        (_GUESS_WEIGHT * guess + sum(one.grade == grade for one in firsts))
        / (_GUESS_WEIGHT + len(firsts))
        for grade, guess in enumerate(_FIRST_GRADES, start=1)
    )


def _known(firsts: Sequence[_Answer], kinds: Iterable[str]) -> dict[str, Known]:
    """Return the chance of knowing an unseen card of each kind whose first answers tell.

    Args:
        firsts: all first answers to cards of these kinds; without any, nothing has been told.
        kinds: whose first grade is a real test.
    """
    found = {}
    for kind in sorted(kinds) if firsts else ():
        passed, failed = _counts(one for one in firsts if one.kind == kind)
        elsewhere, not_there = _counts(one for one in firsts if one.kind != kind)
        guess = _GUESSED * (_KNOWN + elsewhere) / (_GUESSED + elsewhere + not_there)
        found[kind] = Known(guess + passed, _GUESSED - guess + failed)
    return found


def _counts(firsts: Iterable[_Answer]) -> tuple[int, int]:
    """Return how many of some answers were right, and how many were not."""
    right = [one.grade >= HARD for one in firsts]
    return sum(right), len(right) - sum(right)
