"""Playing the days until the interview: what is studied, what comes of it, what it was worth.

Several copies of the same deck are played side by side, each with luck of its own. The same luck
can be played under other priorities or budgets, so that differences are not differences of luck.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnquiz.model.event import AGAIN, HARD
from nnquiz.study import memory_arrays
from nnquiz.study.deck import Deck
from nnquiz.study.learner import Learner
from nnquiz.study.value import Grid, Tables, classes, look_up, place

Array = NDArray[Any]

_MOST_DRAWS = 32  # draws of luck for a card; with still more reviews they come round again


@dataclass(frozen=True, slots=True)
class Course:
    """What happened in K copies of a deck of N cards over T days.

    Attributes:
        scores: (K,) importance-weighted share recalled on the day of the interview, expected.
        tosses: (K,) variance of the share that is recalled, by a toss of a coin for each card.
        recall: (N,) chance of recalling each card then, mean over the copies.
        touched: (N,) share of the copies in which each card was answered, then or before.
        begun: (T,) new cards a day, mean over the copies.
        reviews: (T,) cards reviewed a day, likewise.
        seconds: (T,) seconds that they took, likewise.
        prices: (T,) what one more second would have brought on each day.
    """

    scores: Array
    tosses: Array
    recall: Array
    touched: Array
    begun: Array
    reviews: Array
    seconds: Array
    prices: Array

    @property
    def score(self) -> float:
        """The mean of the scores."""
        return float(self.scores.mean())


class Indices:
    """The priorities of the cards of one deck, by their place in the tables.

    The tables are for importance 1 and usual cost; a card's own follow as `tables x w / k`.

    Attributes:
        ratios: (Q,) cost by importance of the classes that tables are needed for.
        unseen: (P,) the different chances of knowing an unseen card.
    """

    def __init__(self, deck: Deck, grid: Grid) -> None:
        self._grid = grid
        self.ratios, self._class = classes(deck.cost / deck.weight)
        self.unseen, self._level = np.unique(deck.unseen, return_inverse=True)
        self._factor = deck.weight / deck.cost

    def priorities(self, tables: Tables, day: int, states: "States") -> Array:
        """Return what a second on each card brings on a day; -1 for one answered today."""
        grid = self._grid
        rows = grid.nearest[np.minimum(states.elapsed, grid.nearest.size - 1)]
        rows = rows + self._class * grid.elapsed.size
        review = look_up(tables.review[day].reshape(-1), rows, states.place)
        begin = tables.begin[day][self._class, self._level]
        found: Array = np.where(states.new, begin, review) * self._factor
        found[(states.elapsed == 0) & ~states.new] = -1.0
        return found


class People(NamedTuple):
    """People that somebody may be: their recall is (1 + f(d) t / (m S))^(-d).

    f(d) is 0.9^(-1/d) - 1, t in days, and S the stability that the memory model gives.

    Attributes:
        m: (K,) by how much longer than the model has it they remember.
        d: (K,) how their forgetting curve bends; the model has w20.
        unseen: (K, N) their chances of knowing unseen cards, or anything that broadcasts to that.
    """

    m: Array
    d: Array
    unseen: Array

    def recall(self, elapsed: Array, stability: Array) -> Array:
        """Return the chance of recall (K, N); both arguments broadcast to that."""
        m, d = self.m[:, None], self.d[:, None]
        curve = 0.9 ** (-1 / d) - 1
        chance: Array = (1 + curve * elapsed / (m * stability)) ** -d
        return chance


class States:
    """The memories of some cards, which answers change; every array has the same shape.

    Attributes:
        stability: in days.
        difficulty: 1 to 10.
        elapsed: study days since the last answer.
        new: whether there was none.
        place: where the states lie on the grid.
    """

    def __init__(self, deck: Deck, copies: int = 1) -> None:
        def copied(values: Array) -> Array:
            return np.repeat(values[None, :], copies, axis=0)

        self.stability = copied(deck.stability)
        self.difficulty = copied(deck.difficulty)
        self.elapsed = copied(deck.elapsed)
        self.new = copied(deck.new)
        self.place = place(self.stability, self.difficulty)

    def recall(self, learner: Learner) -> Array:
        """Return the chance of recalling each card now; without meaning where it is new."""
        return memory_arrays.retrievability(self.elapsed, self.stability, learner.weights)

    def seconds(self, recall: Array, learner: Learner) -> Array:
        """Return the seconds of each card, of usual cost, for a chance of recall or an outcome."""
        taken = learner.seconds
        review = taken.again - recall * (taken.again - taken.recalled)
        seconds: Array = np.where(self.new, taken.first, review)
        return seconds

    def grades(
        self, chosen: tuple[Array, Array], luck: Array, recall: Array, learner: Learner
    ) -> Array:
        """Return the grades of the chosen (copies, cards), each as its luck and recall have it."""
        shares = np.cumsum(learner.recalled_grades)[:-1]
        review = np.where(luck >= recall, AGAIN, HARD + np.searchsorted(shares, luck / recall))
        begun = AGAIN + np.searchsorted(np.cumsum(learner.first_grades)[:-1], luck)
        return np.where(self.new[chosen], begun, review)

    def answer(
        self, chosen: tuple[Array, Array], grade: Array, recall: Array, learner: Learner
    ) -> None:
        """Take note of answers to the chosen (copies, cards), none of them answered today."""
        weights = learner.weights
        stability, difficulty = self.stability[chosen], self.difficulty[chosen]
        starts = memory_arrays.first(weights)
        reviewed = np.where(
            grade == AGAIN,
            memory_arrays.after_lapse(stability, difficulty, recall, weights),
            memory_arrays.after_success(stability, difficulty, recall, grade, weights),
        )
        new = self.new[chosen]
        stability = np.where(new, starts[0][grade - 1], reviewed)
        difficulty = np.where(
            new,
            starts[1][grade - 1],
            memory_arrays.next_difficulty(difficulty, grade, weights),
        )
        self.new[chosen] = False
        self.stability[chosen], self.difficulty[chosen] = stability, difficulty
        self.elapsed[chosen] = 0
        moved = place(stability, difficulty)
        self.place.corner[chosen] = moved.corner
        self.place.hard[chosen] = moved.hard
        self.place.stable[chosen] = moved.stable


class OwnStates(States):
    """The memories as they are with people (K,) for whom the model does not quite hold."""

    def __init__(self, deck: Deck, people: People) -> None:
        super().__init__(deck, people.m.size)
        self._people = people

    def recall(self, learner: Learner) -> Array:  # noqa: ARG002 -- their own, whatever is believed
        """Return the chance of recalling each card now; without meaning where it is new."""
        return self._people.recall(self.elapsed, self.stability)


def draw_luck(seed: int, copies: int, cards: int, days: int) -> Array:
    """Return luck (copies, cards, draws) in [0, 1): the n-th review of a card has its n-th draw."""
    rng = np.random.default_rng(seed)
    return rng.random((copies, cards, min(days, _MOST_DRAWS)), dtype=np.float32)


def simulate(
    deck: Deck,
    priorities: Callable[[int, States], Array],
    budgets: Array,
    luck: Array,
    learner: Learner,
    *,
    people: People | None = None,
) -> Course:
    """Play the days: on each, cards in the order of priority, as long as they fit.

    Args:
        deck: N cards as they are today.
        priorities: of the cards (K, N) on a day, for their states.
        budgets: (T,) seconds of each day.
        luck: (K, N, draws) from `draw_luck`.
        learner: whose seconds and grades they are.
        people: who studies in each copy; None where all are as the model has them.
    """
    copies, days = luck.shape[0], budgets.size
    states = States(deck, copies)
    truth = states if people is None else OwnStates(deck, people)
    both = [states] if people is None else [states, truth]
    drawn = np.zeros(states.new.shape, dtype=np.int64)
    prices, begun, reviews, seconds = np.zeros((4, days))
    today = 0
    for day in map(int, np.flatnonzero(budgets > 0)):
        for memories in both:
            memories.elapsed += day - today
        today = day
        priority = priorities(day, states)
        draws = (drawn % luck.shape[2])[:, :, None]
        chances = np.take_along_axis(luck, draws, axis=2)[:, :, 0]
        recall = states.recall(learner)
        cost = states.seconds(recall, learner) * deck.cost
        chance = recall if people is None else truth.recall(learner)
        real = states.seconds(chances < chance, learner) * deck.cost
        taken, prices[day] = _fill(priority, cost, real, float(budgets[day]))
        new = states.new[taken]
        begun[day], reviews[day] = new.sum() / copies, (~new).sum() / copies
        seconds[day] = real[taken].sum() / copies
        drawn[taken] += 1
        grade = states.grades(taken, chances[taken], chance[taken], learner)
        states.answer(taken, grade, recall[taken], learner)
        if people is not None:
            truth.answer(taken, grade, chance[taken], learner)
    truth.elapsed += days - today
    unseen = deck.unseen if people is None else people.unseen
    recall = np.where(truth.new, unseen, truth.recall(learner))
    share = deck.weight / deck.weight.sum()
    return Course(
        scores=recall @ share,
        tosses=(recall * (1 - recall)) @ share**2,
        recall=recall.mean(axis=0),
        touched=1 - states.new.mean(axis=0),
        begun=begun,
        reviews=reviews,
        seconds=seconds,
        prices=prices,
    )


def _fill(
    priority: Array, cost: Array, real: Array, budget: float
) -> tuple[tuple[Array, Array], float]:
    """Fill a day in every copy.

    Returns:
        The copies and the cards that are taken, and the price of a second: half-way between the
        best card that was left out and the worst that was taken, where that is below it.
    """
    order = np.argsort(-priority, axis=1, kind="stable")
    order = order[:, : max(1, int((priority > 0).sum(axis=1).max()))]
    sorted_priority = np.take_along_axis(priority, order, axis=1)
    sorted_cost = np.take_along_axis(cost, order, axis=1)
    helps = sorted_priority > 0
    sorted_real = np.take_along_axis(real, order, axis=1)
    spent = np.cumsum(sorted_real, axis=1) - sorted_real
    taken = helps & (spent + sorted_cost <= budget)
    taken = np.logical_and.accumulate(taken, axis=1)
    # What follows the first card that does not fit may still fit, one after the other.
    left = budget - np.where(taken, sorted_real, 0.0).sum(axis=1)
    while True:
        fits = helps & ~taken & (sorted_cost <= left[:, None])
        rows = np.flatnonzero(fits.any(axis=1))
        if not rows.size:
            break
        found = fits[rows].argmax(axis=1)
        taken[rows, found] = True
        left[rows] -= sorted_real[rows, found]
    price = _price(sorted_priority, helps, taken)
    rows, at = np.nonzero(taken)
    return (rows, order[rows, at]), price


def _price(priority: Array, helps: Array, taken: Array) -> float:
    """Return the mean over the copies of the price of a second; 0 where all that helps fits."""
    out = helps & ~taken
    best = np.where(out, priority, 0.0).max(axis=1)
    lowest = np.where(taken, priority, np.inf).min(axis=1)
    return float(((np.minimum(lowest, best) + best) / 2).mean())
