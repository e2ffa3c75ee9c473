"""What a card is worth on each day until the interview, and what a second spent on it brings.

The value of a card is its importance times the chance of recalling it on the day, less the price
of the seconds that it will still take. One price a day stands for all other cards: what a second
brings elsewhere. Given the prices, cards do not compete, and the value of every state follows
backwards from the day of the interview (dynamic programming on a grid).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nnquiz.model.event import EASY, GOOD, HARD
from nnquiz.study import memory_arrays
from nnquiz.study.learner import Learner

Array = NDArray[Any]

STABILITIES: Final = np.geomspace(0.03, 1500.0, 36)
DIFFICULTIES: Final = np.linspace(1.0, 10.0, 7)
LONGEST: Final = 400  # days since a review, beyond which nothing is told apart
_DENSE, _GROWTH = 16, 1.13  # every day up to 16, then 13 % at a time

OWN_CLASSES, SHARED_CLASSES = 4, 5
"""So many different ratios of cost to importance have tables of their own; more share five."""

_LOG_LEAST: Final = float(np.log(STABILITIES[0]))
_LOG_STEP: Final = float(np.log(STABILITIES[1] / STABILITIES[0]))
_DIFFICULTY_STEP: Final = float(DIFFICULTIES[1] - DIFFICULTIES[0])


@dataclass(frozen=True, slots=True)
class Place:
    """Where states lie on the grid of difficulty and stability, for linear interpolation.

    Attributes:
        corner: index of the lower corner, flat over (difficulty, stability).
        hard: how far each state is from there to the next difficulty, 0 to 1.
        stable: how far to the next stability, on a logarithmic scale, 0 to 1.
    """

    corner: Array
    hard: Array
    stable: Array


def place(stability: Array, difficulty: Array) -> Place:
    """Return where states lie; what is outside the grid is taken for its edge."""
    hard, d = _between((difficulty - 1.0) / _DIFFICULTY_STEP, DIFFICULTIES.size)
    stable, s = _between((np.log(stability) - _LOG_LEAST) / _LOG_STEP, STABILITIES.size)
    return Place(d * STABILITIES.size + s, hard, stable)


class Grid:
    """The states at which values are known, and where answers lead from each of them.

    A state is (days since the last answer, difficulty, stability); E, D and S are their numbers.

    Attributes:
        days: days until the interview.
        elapsed: (E,) the days since the last answer.
        nearest: (n,) for 0, 1, 2, ... days since the last answer, the index of the nearest.
        recall: (E, S) retrievability.
        seconds: (E, S) expected seconds of a review of usual cost.
        first_seconds: of a first answer.
    """

    def __init__(self, days: int, oldest: int, learner: Learner) -> None:
        """Lay the grid for `days` until the interview and at most `oldest` days without review."""
        self.days = days
        self._oldest = oldest
        self.elapsed = _elapsed(min(LONGEST, max(days + oldest, 2)))
        reach = np.arange(int(self.elapsed[-1]) + 1)
        self.nearest = np.abs(reach[:, None] - self.elapsed).argmin(axis=1)
        later = np.minimum(self.elapsed + 1, self.elapsed[-1])
        shift = np.interp(later, self.elapsed, np.arange(self.elapsed.size))
        self._shift, self._shifted = _between(shift, self.elapsed.size)
        self.recall = memory_arrays.retrievability(
            self.elapsed[:, None], STABILITIES, learner.weights
        )
        taken = learner.seconds
        self.seconds = self.recall * taken.recalled + (1 - self.recall) * taken.again
        self.first_seconds = taken.first
        self._lay_answers(learner)
        starts = memory_arrays.first(learner.weights)
        self._starts = place(*starts)
        self._first_grades = np.array(learner.first_grades)

    def _lay_answers(self, learner: Learner) -> None:
        """Find where every grade leads from every state: corners (8, EDS) and their shares."""
        weights = learner.weights
        shape = (self.elapsed.size, DIFFICULTIES.size, STABILITIES.size)
        recall = np.broadcast_to(self.recall[:, None, :], shape)
        hard = np.broadcast_to(DIFFICULTIES[None, :, None], shape)
        stable = np.broadcast_to(STABILITIES, shape)
        rows = np.arange(DIFFICULTIES.size)[None, :, None]
        corners, shares, self._moved = [], [], []
        passed = zip((HARD, GOOD, EASY), learner.recalled_grades, strict=True)
        for at, (grade, share) in enumerate([(1, 1.0), *passed]):
            if at:
                chance = recall * share
                after = memory_arrays.after_success(stable, hard, recall, grade, weights)
            else:
                chance = 1 - recall
                after = memory_arrays.after_lapse(stable, hard, recall, weights)
            to = memory_arrays.next_difficulty(DIFFICULTIES, grade, weights)
            self._moved.append(_between((to - 1.0) / _DIFFICULTY_STEP, DIFFICULTIES.size))
            part, s = _between((np.log(after) - _LOG_LEAST) / _LOG_STEP, STABILITIES.size)
            corner = (at * DIFFICULTIES.size + rows) * STABILITIES.size + s
            corners += [corner.ravel(), corner.ravel() + 1]
            shares += [(chance * (1 - part)).ravel(), (chance * part).ravel()]
        self._corners, self._shares = np.array(corners), np.array(shares)

    def reached(self, day: int) -> int:
        """Return how many of the elapsed days can have been reached on day `day`, with a margin."""
        reached = int(np.searchsorted(self.elapsed, self._oldest + day + 1)) + 2
        return min(reached, self.elapsed.size)

    def next_day(self, value: Array, rows: int) -> Array:
        """Return the values (rows, D, S) of the same states, each a day older."""
        at, part = self._shifted[:rows], self._shift[:rows, None, None]
        shifted: Array = value[at] * (1 - part) + value[at + 1] * part
        return shifted

    def answered(self, value: Array, rows: int) -> Array:
        """Return the expected values (rows, D, S) of states that are reviewed now.

        `value` is (D, S): that of the next day, a day after the last answer.
        """
        after = [
            value[d] * (1 - part[:, None]) + value[d + 1] * part[:, None] for part, d in self._moved
        ]
        flat = np.concatenate(after).ravel()
        count = rows * value.size
        expected = np.einsum("kp,kp->p", flat[self._corners[:, :count]], self._shares[:, :count])
        reviewed: Array = expected.reshape(rows, *value.shape)
        return reviewed

    def begun(self, value: Array) -> float:
        """Return the expected value of a new card that is answered now; `value` as above."""
        return float(self._first_grades @ look_up(value.ravel(), 0, self._starts))


@dataclass(frozen=True, slots=True)
class Tables:
    """Priorities: what a second brings, for a card of usual cost and importance 1.

    Attributes:
        review: (T, Q, E, D, S) on each day, for each class of cost by importance, in each state.
        begin: (T, Q, P) for a new card, for each chance of knowing it unseen.
    """

    review: Array
    begin: Array


def tables(grid: Grid, prices: Array, studied: Array, ratios: Array, unseen: Array) -> Tables:
    """Return the priorities that follow from one price a day.

    Args:
        grid: where values are known.
        prices: (T,) what a second of each day is worth; infinite for a day too dear to study on,
            which leaves the greedy priorities: the gain of one review if it were the last.
        studied: (T,) whether there is any time on each day.
        ratios: (Q,) cost by importance, one for each class.
        unseen: (P,) chances of knowing a card that was never asked.
    """
    shape = (grid.elapsed.size, DIFFICULTIES.size, STABILITIES.size)
    review = np.full((grid.days, ratios.size, *shape), -1.0, dtype=np.float32)
    begin = np.full((grid.days, ratios.size, unseen.size), -1.0)
    seconds = grid.seconds[:, None, :]
    for at, ratio in enumerate(ratios):
        value = np.repeat(grid.recall[:, None, :], DIFFICULTIES.size, axis=1)
        idle = unseen.copy()
        for day in reversed(range(grid.days)):
            rows = grid.reached(day)
            skipped = grid.next_day(value, rows)
            if studied[day]:
                gain = grid.answered(value[0], rows) - skipped
                first_gain = grid.begun(value[0]) - idle
                review[day, at, :rows] = gain / seconds[:rows]
                begin[day, at] = first_gain / grid.first_seconds
                price = prices[day] * ratio
                skipped += np.maximum(0.0, gain - price * seconds[:rows])
                idle = idle + np.maximum(0.0, first_gain - price * grid.first_seconds)
            value[:rows] = skipped
    return Tables(review, begin)


def look_up(table: Array, row: Array | int, at: Place) -> Array:
    """Return the values of states in a table that is flat over (rows, difficulty, stability)."""
    low = at.corner + row * (DIFFICULTIES.size * STABILITIES.size)
    high = low + STABILITIES.size
    lower = table[low] * (1 - at.stable) + table[low + 1] * at.stable
    upper = table[high] * (1 - at.stable) + table[high + 1] * at.stable
    found: Array = lower * (1 - at.hard) + upper * at.hard
    return found


def classes(ratio: Array) -> tuple[Array, Array]:
    """Sort cards by their ratio of cost to importance.

    Returns:
        The ratios of the classes (Q,), and the class of each card (N,): one for each different
        ratio where there are up to four, otherwise five that are evenly spaced in logarithm.
    """
    own, which = np.unique(ratio, return_inverse=True)
    if own.size <= OWN_CLASSES:
        return own, which
    shared = np.geomspace(own[0], own[-1], SHARED_CLASSES)
    return shared, np.abs(np.log(ratio)[:, None] - np.log(shared)).argmin(axis=1)


def _elapsed(last: int) -> Array:
    """Return 1, 2, ... 16 days, then 13 % more at a time, up to `last`."""
    days = [float(day) for day in range(1, min(_DENSE, last) + 1)]
    while days[-1] < last:
        days.append(min(days[-1] * _GROWTH, float(last)))
    return np.array(days)


def _between(position: Array, count: int) -> tuple[Array, Array]:
    """Return positions on an axis of `count` points as the part behind a point, and that point."""
    clipped = np.clip(position, 0.0, count - 1.0)
    low = np.minimum(clipped.astype(np.int64), count - 2)
    return clipped - low, low
