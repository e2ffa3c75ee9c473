"""nnquiz's planner as a policy: planned anew every morning, from the prices of the day before."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.planning.candidates import View
from benchmarks.planning.scenarios import Person, Scenario
from nnquiz.study.deck import Deck
from nnquiz.study.learner import Learner, Seconds
from nnquiz.study.plan import make_plan

Array = NDArray[Any]


class Planned:
    """The plan of every candidate, each with prices of their own."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._budgets = scenario.budgets()
        self._learner = _learner(scenario.believed)
        self._seed = seed
        self._prices: dict[int, Array] = {}

    def __call__(self, view: View) -> Array:
        """Return today's priorities."""
        return np.array([self._plan(view, row) for row in range(len(view.new))])

    def _plan(self, view: View, row: int) -> Array:
        count = view.weights.size
        deck = Deck(
            stability=view.stability[row],
            difficulty=view.difficulty[row],
            # Nothing was answered today yet: the day begins.
            elapsed=view.elapsed[row],
            new=view.new[row],
            weight=view.weights,
            cost=np.ones(count),
            unseen=np.full(count, view.person.unseen),
        )
        previous = self._prices.get(row)
        plan = make_plan(
            deck,
            self._budgets[view.day :],
            self._learner,
            seed=self._seed + 1000 * row + view.day,
            previous=None if previous is None else previous[-(view.days - view.day) :],
        )
        if plan is None:
            return np.full(count, -1.0)
        self._prices[row] = plan.prices
        return plan.priorities


def _learner(person: Person) -> Learner:
    """Return what the planner is told about a candidate."""
    return Learner(
        seconds=Seconds(person.again, person.recalled, person.first),
        first_grades=person.first_grades,
        recalled_grades=person.recalled_grades,
        weights=person.weights,
    )
