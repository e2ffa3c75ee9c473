"""Simulated candidates: they study what a scheduler says, and forget as FSRS-6 has it.

Apart from the formulas of the memory nothing here is shared with the planner that is judged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.planning.scenarios import Person, Scenario
from nnquiz.study.memory_arrays import first, next_memory, retrievability

Array = NDArray[Any]


@dataclass(slots=True)
class View:
    """What a scheduler is told in the morning; arrays are (candidates, cards).

    Attributes:
        day: from 0.
        days: of the interview.
        stability: as the scheduler's own model has it.
        difficulty: likewise.
        elapsed: days since the last answer.
        new: whether there was none.
        weights: importance (cards,).
        person: what the scheduler believes about the candidates.
        rng: for a scheduler that draws lots.
    """

    day: int
    days: int
    stability: Array
    difficulty: Array
    elapsed: Array
    new: Array
    weights: Array
    person: Person
    rng: np.random.Generator

    def recall(self, later: int = 0) -> Array:
        """Return the chance of recall in `later` days; that of an unseen card where it is new."""
        chance = retrievability(self.elapsed + later, self.stability, self.person.weights)
        return np.where(self.new, self.person.unseen, chance)

    def seconds(self) -> Array:
        """Return the expected seconds of each card."""
        recall = retrievability(self.elapsed, self.stability, self.person.weights)
        person = self.person
        review = recall * person.recalled + (1 - recall) * person.again
        return np.where(self.new, person.first, review)


Policy = Callable[[View], Array]
"""Says in which order cards are studied today: the highest first, and none at 0 or below."""


def play(scenario: Scenario, policy: Policy, candidates: int, seed: int) -> Array:
    """Return the score of each candidate: the weighted share they are expected to recall.

    The luck of the n-th answer to a card depends on seed, candidate and card alone, so that the
    scores of two policies can be compared candidate by candidate.
    """
    shape = (candidates, scenario.cards)
    luck = np.stack(
        [
            np.random.default_rng([seed, at]).random((scenario.cards, 48), dtype=np.float32)
            for at in range(candidates)
        ]
    )
    truth = _Memories(shape, scenario.truth)
    belief = _Memories(shape, scenario.believed)
    _live_through_history(scenario, truth, belief, seed)
    studied = _Studies(truth, belief, luck)
    rng = np.random.default_rng([seed, 10**6])
    weights = scenario.weights()
    for day, budget in enumerate(scenario.budgets()):
        if budget:
            view = View(
                day=day,
                days=scenario.days,
                stability=belief.stability,
                difficulty=belief.difficulty,
                elapsed=belief.elapsed,
                new=belief.new,
                weights=weights,
                person=scenario.believed,
                rng=rng,
            )
            studied.fill_day(policy(view), view.seconds(), float(budget))
        truth.elapsed += 1
        belief.elapsed += 1
    recall = np.where(truth.new, scenario.truth.unseen, truth.recall())
    score: Array = recall @ weights / weights.sum()
    return score


class _Memories:
    """The memories (candidates, cards) of one model."""

    def __init__(self, shape: tuple[int, int], person: Person) -> None:
        self.stability = np.ones(shape)
        self.difficulty = np.full(shape, 5.0)
        self.elapsed = np.zeros(shape, dtype=np.int64)
        self.new = np.ones(shape, dtype=bool)
        self.person = person

    def recall(self) -> Array:
        return retrievability(self.elapsed, self.stability, self.person.weights)

    def answer(self, at: tuple[Array, Array], grade: Array) -> None:
        stability, difficulty = next_memory(
            self.stability[at],
            self.difficulty[at],
            grade,
            np.maximum(self.elapsed[at], 1),
            self.person.weights,
        )
        starts = first(self.person.weights)
        new = self.new[at]
        self.stability[at] = np.where(new, starts[0][grade - 1], stability)
        self.difficulty[at] = np.where(new, starts[1][grade - 1], difficulty)
        self.elapsed[at] = 0
        self.new[at] = False


class _Studies:
    """What candidates do, with the luck (candidates, cards, answers) that they have."""

    def __init__(self, truth: _Memories, belief: _Memories, luck: Array) -> None:
        self._truth, self._belief, self._luck = truth, belief, luck
        self._answered = np.zeros(luck.shape[:2], dtype=np.int64)

    def fill_day(self, priority: Array, expected: Array, budget: float) -> None:
        """Study the next card in order that is expected to fit, until the time is over."""
        order = np.argsort(-priority, axis=1, kind="stable")
        rows = np.arange(len(order))
        left = np.full(len(order), budget)
        shortest = expected.min(axis=1)
        for cards in order.T:
            wanted = priority[rows, cards] > 0
            if not (wanted & (left >= shortest)).any():
                break
            chosen = np.flatnonzero(wanted & (expected[rows, cards] <= left))
            if chosen.size:
                left[chosen] -= self._answer((chosen, cards[chosen]))

    def _answer(self, at: tuple[Array, Array]) -> Array:
        """Answer the chosen cards, and return the seconds that it takes."""
        luck = self._luck[(*at, self._answered[at] % self._luck.shape[2])]
        grade, seconds = _grade(self._truth, at, luck)
        self._answered[at] += 1
        self._truth.answer(at, grade)
        self._belief.answer(at, grade)
        return seconds


def _grade(truth: _Memories, at: tuple[Array, Array], luck: Array) -> tuple[Array, Array]:
    """Return the grades of some answers and the seconds that they take."""
    person = truth.person
    recall = retrievability(truth.elapsed[at], truth.stability[at], person.weights)
    shares = np.cumsum(person.recalled_grades)[:-1]
    review = np.where(luck < recall, 2 + np.searchsorted(shares, luck / recall), 1)
    begun = 1 + np.searchsorted(np.cumsum(person.first_grades)[:-1], luck)
    seconds = np.where(review == 1, person.again, person.recalled)
    new = truth.new[at]
    return np.where(new, begun, review), np.where(new, person.first, seconds)


def _live_through_history(
    scenario: Scenario, truth: _Memories, belief: _Memories, seed: int
) -> None:
    """Let the cards that were begun before have one to four answers, some days apart."""
    columns = np.flatnonzero(scenario.with_history())
    if not columns.size:
        return
    for row in range(len(truth.new)):
        rng = np.random.default_rng([seed, row, 1])
        reviews = rng.integers(1, 5, columns.size)
        for turn in range(4):
            cards = columns[reviews > turn]
            at = (np.full(cards.size, row), cards)
            grade, _ = _grade(truth, at, rng.random(cards.size))
            truth.answer(at, grade)
            belief.answer(at, grade)
            gap = rng.integers(1, 3 * (turn + 1) + 1, cards.size)
            truth.elapsed[at] = gap
            belief.elapsed[at] = gap
