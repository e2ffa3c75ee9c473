"""What to study on which day, so that as much as possible is recalled on the day of an interview.

Every day has a price: what the marginal card of that day brings for a second of it. Prices and
values belong together like in a market: given prices, a table says what each card is worth to
study today (`nnquiz.study.value`); given the tables, playing the days says which card is the
marginal one of each (`nnquiz.study.simulate`). A few rounds of both bring them near each other,
and the best round is kept. Plain greed, the gain per second as though every review were the last,
is where the first plan starts from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nnquiz.study.deck import Deck
from nnquiz.study.learner import Learner
from nnquiz.study.readiness import Share
from nnquiz.study.simulate import Course, Indices, People, States, draw_luck, simulate
from nnquiz.study.value import Grid, tables

Array = NDArray[Any]

FIRST_ROUNDS: Final = 7
LATER_ROUNDS: Final = 2  # where yesterday's prices are known

_PLAYED = 6000  # cards in all copies together
_SHORT = 60  # days up to which that holds; over longer times fewer are played
_FEWEST, _MOST = 12, 200  # copies
_FEWEST_LONG = 4  # copies over longer times
_LARGE = 60_000  # cards in all copies, beyond which there are fewer copies than that
_LEAST_PRICE = 1e-7
_STEP = 0.7  # how far prices move to those of the last round, on a logarithmic scale
_GREEDY_LEAD = 0.001
_NINTH_DECILE = 1.2815515655446004  # of the normal distribution with deviation 1


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for N cards and T days, of which the first is today.

    Attributes:
        priorities: (N,) what a second on each card brings today, in cards of mean importance
            recalled on the day; 0 or less where a review today does not help.
        seconds: (N,) expected seconds of each card today.
        course: how the days are expected to go.
        steering: (T,) the prices that the priorities follow from; infinite where greed does best.
        prices: (T,) what the plan of tomorrow starts from.
    """

    priorities: Array
    seconds: Array
    course: Course
    steering: Array
    prices: Array


@dataclass(frozen=True, slots=True)
class _Round:
    """Prices, the priorities of today that follow from them, and what comes of those."""

    prices: Array
    today: Array
    course: Course


def make_plan(
    deck: Deck,
    budgets: Sequence[float] | Array,
    learner: Learner,
    *,
    seed: int,
    previous: Sequence[float] | Array | None = None,
) -> Plan | None:
    """Return the plan for a deck, or None where there is nothing to plan: no cards or no seconds.

    Args:
        deck: the cards as they are today.
        budgets: (T,) seconds of today and each day until the one before the interview.
        learner: whose seconds and grades they are.
        seed: of the luck in the days that are played; the same plan comes of the same seed.
        previous: prices of the same T days from an earlier plan, which spare most of the rounds.
    """
    seconds = np.maximum(np.asarray(budgets, dtype=float), 0.0)
    if not len(deck) or not seconds.sum():
        return None
    deck = _on_scale(deck)
    kept = _within_reach(deck, float(seconds.sum()), learner)
    luck = draw_luck(seed, _copies(kept.size, seconds.size), kept.size, seconds.size)
    return _for_all(_settle(deck[kept], seconds, learner, luck, previous), deck, kept, learner)


def keep(
    deck: Deck,
    budgets: Sequence[float] | Array,
    learner: Learner,
    steering: Array,
    people: People,
    *,
    seed: int,
) -> Course:
    """Return what comes of a plan that is kept.

    The plan believes in the model; those who follow it remember in their own way.

    Args:
        deck: the cards as they are today.
        budgets: (T,) seconds of today and each day until the one before the interview.
        learner: whose seconds and grades they are, as the plan believes.
        steering: (T,) of the plan.
        people: draws of who they may be.
        seed: of the luck in the days that are played.
    """
    deck, seconds = _on_scale(deck), np.maximum(np.asarray(budgets, dtype=float), 0.0)
    grid = Grid(seconds.size, _oldest(deck), learner)
    indices = Indices(deck, grid)
    made = tables(grid, steering, seconds > 0, indices.ratios, indices.unseen)
    luck = draw_luck(seed, people.m.size, len(deck), seconds.size)
    priorities = partial(indices.priorities, made)
    return simulate(deck, priorities, seconds, luck, learner, people=people)


def share_recalled(course: Course, wider: float = 1.0) -> Share:
    """Return the share recalled on the day, its interval stretched by `wider`.

    The interval is that of a normal distribution with the variance of the people and of a coin
    that is tossed for each card, from its 10th to its 90th percentile.
    """
    reach = wider * _NINTH_DECILE * float(np.sqrt(course.scores.var() + course.tosses.mean()))
    return Share(course.score, max(0.0, course.score - reach), min(1.0, course.score + reach))


def stop(deck: Deck, days: int, recall: Array) -> Course:
    """Return what comes of not studying any more.

    Args:
        deck: the cards as they are today.
        days: until the interview.
        recall: (N,) chance of recalling each card then.
    """
    share = deck.weight / deck.weight.sum()
    nothing = np.zeros(days)
    return Course(
        scores=np.array([recall @ share]),
        tosses=np.array([(recall * (1 - recall)) @ share**2]),
        recall=recall,
        touched=1.0 - deck.new,
        begun=nothing,
        reviews=nothing,
        seconds=nothing,
        prices=nothing,
    )


def _settle(
    deck: Deck,
    budgets: Array,
    learner: Learner,
    luck: Array,
    previous: Sequence[float] | Array | None,
) -> _Round:
    """Return the best of some rounds of prices, tables and days that are played."""
    grid = Grid(budgets.size, _oldest(deck), learner)
    indices = Indices(deck, grid)
    today = States(deck)

    def play(prices: Array) -> _Round:
        made = tables(grid, prices, budgets > 0, indices.ratios, indices.unseen)
        course = simulate(deck, partial(indices.priorities, made), budgets, luck, learner)
        return _Round(prices, indices.priorities(made, 0, today)[0], course)

    greedy = play(np.full(budgets.size, np.inf))
    prices = _usable(greedy.course.prices if previous is None else previous, budgets.size)
    best: _Round | None = None
    for _ in range(FIRST_ROUNDS if previous is None else LATER_ROUNDS):
        found = play(prices)
        if best is None or found.course.score > best.course.score:
            best = found
        moved = np.log(np.maximum(found.course.prices, _LEAST_PRICE))
        prices = np.exp((1 - _STEP) * np.log(prices) + _STEP * moved)
    if best is None or _leads(greedy.course, best.course):
        return greedy
    return best


def _usable(prices: Sequence[float] | Array, days: int) -> Array:
    """Return prices whose logarithm exists."""
    known = np.nan_to_num(np.asarray(prices, dtype=float), nan=_LEAST_PRICE)
    if known.shape != (days,):
        raise ValueError("one price a day")
    usable: Array = np.clip(known, _LEAST_PRICE, 1e3)
    return usable


def _leads(greedy: Course, best: Course) -> bool:
    """Say whether greed is better by more than luck explains; it is short-sighted otherwise."""
    lead = greedy.scores - best.scores
    error = float(lead.std(ddof=1) / np.sqrt(lead.size)) if lead.size > 1 else 0.0
    return float(lead.mean()) > _GREEDY_LEAD + error


def _copies(cards: int, days: int) -> int:
    """Return how many copies are played: as many as are needed for a mean, and can be afforded."""
    played = _PLAYED * _SHORT // max(_SHORT, days)
    fewest = _FEWEST if days <= _SHORT else _FEWEST_LONG
    return min(max(fewest, min(_MOST, played // cards)), max(2, _LARGE // cards))


def _on_scale(deck: Deck) -> Deck:
    """Return a deck of mean weight 1, so that prices mean the same whatever scale weights have."""
    return replace(deck, weight=deck.weight / deck.weight.mean())


def _oldest(deck: Deck) -> int:
    return int(np.where(deck.new, 0, deck.elapsed).max(initial=0))


def _within_reach(deck: Deck, seconds: float, learner: Learner) -> Array:
    """Return the indices of the cards that the seconds can reach.

    New cards of equal importance, cost and chance are equals, of which the first come first: of
    each such family twice as many are kept as all the seconds could begin.
    """
    kept = ~deck.new
    new = np.flatnonzero(deck.new)
    families = np.stack([deck.weight[new], deck.cost[new], deck.unseen[new]], axis=1)
    rows, family = np.unique(families, axis=0, return_inverse=True)
    for at, (_, cost, _) in enumerate(rows):
        most = 2 * ceil(seconds / (cost * learner.seconds.first)) + 1
        kept[new[family.ravel() == at][:most]] = True
    return np.flatnonzero(kept)


def _for_all(found: _Round, deck: Deck, kept: Array, learner: Learner) -> Plan:
    """Return the plan of all cards: those out of reach stay as they are."""
    priorities = np.full(len(deck), -1.0)
    priorities[kept] = found.today
    recall = np.array(deck.unseen)
    recall[kept] = found.course.recall
    touched = np.zeros(len(deck))
    touched[kept] = found.course.touched
    share = deck.weight[kept].sum() / deck.weight.sum()
    out = np.delete(deck.weight, kept) / deck.weight.sum()
    guessed = np.delete(deck.unseen, kept)
    today = States(deck)
    return Plan(
        priorities=priorities,
        seconds=today.seconds(today.recall(learner), learner)[0] * deck.cost,
        course=replace(
            found.course,
            recall=recall,
            touched=touched,
            scores=found.course.scores * share + out @ guessed,
            tosses=found.course.tosses * share**2 + out**2 @ (guessed * (1 - guessed)),
        ),
        steering=found.prices,
        prices=found.course.prices if np.isinf(found.prices).all() else found.prices,
    )
