"""Decks, days and minutes on which schedulers are compared, and what is known about each.

The bound and the reference scores were measured once, with another implementation of the same
model: the bound by the Lagrangian dual of the coupled decision process on a grid (no scheduler
that knows the parameters exceeds it, but for the grid's .0005), the reference by replanning
simulated candidates daily. They are quoted here, not computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnquiz.study.memory import DEFAULT_WEIGHTS

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody really learns, or how a scheduler believes that they do.

    Attributes:
        weights: w0 to w20 of FSRS-6.
        again: seconds of a review that was forgotten.
        recalled: seconds of one that was recalled.
        first: seconds of a first answer.
        first_grades: chances of Again, Hard, Good, Easy at a first answer.
        recalled_grades: chances of Hard, Good, Easy where a review is recalled.
        unseen: the chance of knowing a card that was never asked.
    """

    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    again: float = 25.0
    recalled: float = 12.0
    first: float = 30.0
    first_grades: tuple[float, ...] = (0.30, 0.15, 0.45, 0.10)
    recalled_grades: tuple[float, ...] = (0.1, 0.8, 0.1)
    unseen: float = 0.0

    def slower(self, factor: float) -> "Person":
        """Return somebody who takes `factor` times as long."""
        return replace(
            self,
            again=factor * self.again,
            recalled=factor * self.recalled,
            first=factor * self.first,
        )


@dataclass(frozen=True, slots=True)
class Scenario:
    """Cards, days and minutes, somebody who studies, and what the schedulers believe of them.

    Attributes:
        name: what it is called in the report.
        cards: their number.
        days: until the interview.
        minutes: a day.
        heavy: the share of cards that weigh 3; the others weigh 1.
        begun: the share of cards that have been studied before.
        off: days without time, the first day being 0.
        truth: how the candidate learns.
        belief: what schedulers are told; None where they are told the truth.
        bound: no scheduler scores higher.
        reference: the score of the best algorithm known.
        close: whether 99 % of the bound is asked for.
    """

    name: str
    cards: int
    days: int
    minutes: float
    heavy: float = 0.0
    begun: float = 0.0
    off: tuple[int, ...] = ()
    truth: Person = field(default_factory=Person)
    belief: Person | None = None
    bound: float | None = None
    reference: float | None = None
    close: bool = False

    @property
    def matched(self) -> bool:
        """Whether the schedulers know the truth about the candidate."""
        return self.belief is None

    @property
    def believed(self) -> Person:
        """What the schedulers are told."""
        return self.truth if self.belief is None else self.belief

    def budgets(self) -> Array:
        """Return the seconds (T,) of each day."""
        seconds = np.full(self.days, self.minutes * 60)
        seconds[list(self.off)] = 0.0
        return seconds

    def weights(self) -> Array:
        """Return the importance (N,) of each card, spread evenly over the deck."""
        return np.where(_spread(self.cards, self.heavy), 3.0, 1.0)

    def with_history(self) -> Array:
        """Return which cards (N,) have been studied before."""
        return _spread(self.cards, self.begun)


def _spread(count: int, share: float) -> Array:
    """Mark a share of `count` cards, as evenly as it goes."""
    upto = np.floor(np.arange(count + 1) * share + 1e-9)
    marked: Array = np.diff(upto) > 0
    return marked


_TEST_FIRST = Person(first_grades=(0.70, 0.10, 0.15, 0.05), unseen=0.3)
_OFF = (5, 6, 12, 13, 19, 20)


def _matched() -> Sequence[Scenario]:
    rows = [
        ("A", 300, 21, 15, 0.9719, 0.9704, True),
        ("B", 300, 21, 10, 0.8595, 0.8568, True),
        ("C", 300, 21, 6, 0.6057, 0.6060, True),
        ("D", 300, 7, 20, 0.7484, 0.7489, True),
        ("E", 100, 3, 20, 0.9086, 0.9090, True),
        ("F", 60, 5, 3, 0.4115, 0.4116, True),
        ("G", 22, 14, 1, 0.8492, 0.8364, False),
        ("H", 22, 14, 2, 0.9843, 0.9807, True),
        ("I", 40, 2, 3, 0.2606, 0.2603, True),
        ("J", 300, 60, 6, 0.9668, 0.9581, False),
        ("K", 200, 90, 3, 0.9709, 0.9618, False),
        ("L", 300, 21, 10, 0.7722, 0.7681, False),
        ("L2", 22, 7, 2, 0.8118, 0.8040, False),
        ("M", 300, 21, 10, 0.8898, 0.8851, True),
        ("N", 300, 14, 6, 0.8186, 0.8158, True),
        ("O", 300, 21, 15, 0.8659, 0.8656, True),
        ("P", 100, 21, 20, 0.9943, 0.9917, True),
        ("Q", 60, 30, 1.5, 0.8619, 0.8518, False),
        ("R", 1000, 60, 30, 0.9902, 0.9861, False),
    ]
    special: dict[str, dict[str, Any]] = {
        "L": {"truth": _TEST_FIRST},
        "L2": {"truth": _TEST_FIRST},
        "M": {"heavy": 0.3},
        "N": {"begun": 0.6},
        "O": {"off": _OFF},
    }
    return [
        Scenario(
            name,
            cards,
            days,
            minutes,
            bound=bound,
            reference=reference,
            close=close,
            **special.get(name, {}),
        )
        for name, cards, days, minutes, bound, reference, close in rows
    ]


def _mismatched() -> Sequence[Scenario]:
    """Scenario B, of which the schedulers believe the defaults although they do not hold."""
    usual = Person()
    truths = {
        "B quick forgetter": replace(usual, weights=_other(starts=0.5, growth=-0.4)),
        "B slow forgetter": replace(usual, weights=_other(starts=2.0, growth=0.3)),
        "B steep curve": replace(usual, weights=_other(decay=0.4)),
        "B takes 1.5 times": usual.slower(1.5),
        "B takes 0.67 times": usual.slower(0.67),
        "B knows 30 % unseen": replace(usual, unseen=0.3),
        "L quick forgetter": replace(_TEST_FIRST, weights=_other(starts=0.5, growth=-0.4)),
    }
    return [
        Scenario(name, 300, 21, 10, truth=truth, belief=_TEST_FIRST if name[0] == "L" else usual)
        for name, truth in truths.items()
    ]


def _other(starts: float = 1.0, growth: float = 0.0, decay: float = 0.1542) -> tuple[float, ...]:
    """Return weights with other first stabilities, growth on success, and forgetting curve."""
    weights = list(DEFAULT_WEIGHTS)
    weights[:4] = [starts * weight for weight in weights[:4]]
    weights[8] += growth
    weights[20] = decay
    return tuple(weights)


SCENARIOS = {scenario.name: scenario for scenario in [*_matched(), *_mismatched()]}
