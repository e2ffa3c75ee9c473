"""What nnquiz is compared with: FSRS as it is used, and rules of thumb for the last days."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.planning.candidates import Policy, View
from nnquiz.study.memory_arrays import (
    after_lapse,
    after_success,
    first,
    retrievability,
)

Array = NDArray[Any]

_FIRST, _SECOND, _THIRD = 3000.0, 2000.0, 1000.0  # one order after another
_ANKI_NEW = 20  # new cards a day


def due(view: View, retention: float) -> Array:
    """Return which cards are due: reviewed, and an interval of whole days ago."""
    weights = view.person.weights
    curve = 0.9 ** (-1 / weights[20]) - 1
    days = view.stability / curve * (retention ** (-1 / weights[20]) - 1)
    waiting: Array = ~view.new & (view.elapsed >= np.maximum(1, np.round(days)))
    return waiting


def fsrs(retention: float, *, new_first: bool = True, fill: bool = True) -> Policy:
    """Return FSRS: what is due at `retention` weakest first, and all new cards, before or after.

    With `fill`, time that is left goes to what is not due, weakest first.
    """

    def policy(view: View) -> Array:
        forgotten = 1 - view.recall()
        reviews = due(view, retention)
        order = np.where(reviews, _SECOND + forgotten, _THIRD + forgotten if fill else -1.0)
        return np.where(view.new, _FIRST if new_first else _SECOND, order)

    return policy


def anki(view: View) -> Array:
    """Return Anki's way: what is due at .90, mixed with 20 new cards, then further new ones.

    Cards come most overdue first, new ones evenly among them. With nothing else due and time
    left, somebody with a date before them raises the limit of new cards.
    """
    reviews = due(view, 0.9)
    overdue = np.where(reviews, view.elapsed / view.stability, -np.inf)
    rank = np.argsort(np.argsort(-overdue, axis=1), axis=1)
    place = (rank + 0.5) / np.maximum(1, reviews.sum(axis=1, keepdims=True))
    turn = np.cumsum(view.new, axis=1)
    new_place = (turn - 0.5) / np.clip(view.new.sum(axis=1, keepdims=True), 1, _ANKI_NEW)
    last = 1.0 + view.new.sum(axis=1, keepdims=True)
    return np.where(reviews, last - place, np.where(view.new, last - new_place, -1.0))


def last_days(view: View) -> Array:
    """Return FSRS .90, new first and filled; in the last five days everything, weakest first."""
    if view.days - view.day > 5:
        return fsrs(0.9)(view)
    return 2 - view.recall()


def cram(view: View) -> Array:
    """Return all cards, weakest first; unseen ones are the weakest."""
    return 2 - view.recall()


def weighted_cram(view: View) -> Array:
    """Return all cards by what is forgotten of them times their importance."""
    return view.weights * (1.0001 - view.recall())


def greedy(view: View) -> Array:
    """Return all cards by the gain in weighted recall on the day for a second, were it the last."""
    person, left = view.person, view.days - view.day
    recall = retrievability(view.elapsed, view.stability, person.weights)

    def kept(stability: Array) -> Array:
        return retrievability(left, stability, person.weights)

    lapsed = after_lapse(view.stability, view.difficulty, recall, person.weights)
    after = (1 - recall) * kept(lapsed)
    for grade, share in zip((2, 3, 4), person.recalled_grades, strict=True):
        grown = after_success(view.stability, view.difficulty, recall, grade, person.weights)
        after += recall * share * kept(grown)
    begun = float(np.array(person.first_grades) @ kept(first(person.weights)[0]))
    gain = np.where(view.new, begun, after) - view.recall(left)
    worth: Array = view.weights * gain / view.seconds()
    return worth


def random(view: View) -> Array:
    """Return all cards in any order."""
    return view.rng.random(view.new.shape) + 1e-9


USUAL = "FSRS .90 new first + fill"
SIMPLE: dict[str, Policy] = {
    USUAL: fsrs(0.9),
    "FSRS .80 new first + fill": fsrs(0.8),
    "FSRS .70 new first + fill": fsrs(0.7),
    "FSRS .90 new first": fsrs(0.9, fill=False),
    "FSRS .90 reviews first + fill": fsrs(0.9, new_first=False),
    "FSRS .90 reviews first": fsrs(0.9, new_first=False, fill=False),
    "all in the last five days": last_days,
    "cram": cram,
    "weighted cram": weighted_cram,
    "greedy": greedy,
    "random": random,
}
