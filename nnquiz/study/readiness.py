"""How ready somebody is: the share of cards recalled on a day, with an honest interval.

The memory model says how long things are remembered by a person like many others. This person may
remember longer or shorter, so their recall is taken as

    R(t) = (1 + f(d) t / (m S))^(-d),    f(d) = 0.9^(-1/d) - 1,

where t is in days and S is the stability that FSRS-6 gives. The factor m says by how much all
memories last longer than that, and d how their forgetting curve bends. Both are weighed on a grid
by what the long-term reviews of the log have shown: log-normal priors around 1 and w20, and a
Bernoulli likelihood that counts half, because the reviews of one person are not independent.

It needs numpy, so that only commands which say how ready somebody is import it.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnquiz.model.state import CardState
from nnquiz.study.memory import DEFAULT_WEIGHTS
from nnquiz.study.past import Trial

Array = NDArray[np.float64]

# Spreads of the priors, as standard deviations of the logarithm.
M_SPREAD, D_SPREAD = 0.6, 0.4
TEMPER = 0.5  # how much of the likelihood counts

FIRST_WEEK = 1.1  # by which intervals are stretched while there are few answers

_M_POINTS, _D_POINTS = 17, 9
_REACH = 2.5  # standard deviations from the middle of the grid to its edges
_LEAST = 1e-9  # no chance is so small that a logarithm fails
_NINTH_DECILE = 1.2815515655446004  # of the normal distribution with deviation 1
_CHUNK = 2048  # reviews whose chances are held in memory at once
_NEGLIGIBLE = 1e-5  # weight of a point of the grid that no expectation would notice


class Posterior(NamedTuple):
    """What is believed about one person's memory: points of the grid and their weights.

    Attributes:
        m: factor on the stabilities; shape (points,).
        d: decay of the forgetting curve; shape (points,).
        weight: of each point, adding up to 1; shape (points,).
        widths: from point to point along log m and log d.
    """

    m: Array
    d: Array
    weight: Array
    widths: tuple[float, float]


class Memories(NamedTuple):
    """What is recalled or not on a day: one entry a card.

    Attributes:
        elapsed: days from the last answer to the day in question; shape (cards,).
        stability: in days; nan for a card that was never answered; shape (cards,).
        unseen: the chance to know the card if it was never answered; shape (cards,).
        doubt: by how much that may be off, a standard deviation; shape (cards,).
        family: number of the cards for which it is off by as much; shape (cards,).
        weight: how much the card counts; shape (cards,).
    """

    elapsed: Array
    stability: Array
    unseen: Array
    doubt: Array
    family: Array
    weight: Array


class Share(NamedTuple):
    """A share of cards recalled: what is expected, and the 80 % interval around it."""

    expected: float
    low: float
    high: float


def prior(weights: Sequence[float] = DEFAULT_WEIGHTS) -> Posterior:
    """Return what is believed of somebody who has answered nothing yet."""
    log_m, m_width = np.linspace(
        -_REACH * M_SPREAD, _REACH * M_SPREAD, _M_POINTS, retstep=True, dtype=np.float64
    )
    log_d, d_width = np.linspace(
        -_REACH * D_SPREAD, _REACH * D_SPREAD, _D_POINTS, retstep=True, dtype=np.float64
    )
    m, d = (grid.ravel() for grid in np.meshgrid(np.exp(log_m), np.exp(log_d), indexing="ij"))
    log_weight = -0.5 * ((np.log(m) / M_SPREAD) ** 2 + (np.log(d) / D_SPREAD) ** 2)
    widths = float(m_width), float(d_width)
    return Posterior(m, weights[20] * d, _normalised(log_weight), widths)


def posterior(trials: Sequence[Trial], weights: Sequence[float] = DEFAULT_WEIGHTS) -> Posterior:
    """Return what is believed after long-term reviews.

    Args:
        trials: their stabilities computed with `weights`.
        weights: w0 to w20 of the memory model.
    """
    before = prior(weights)
    log_weight = np.log(before.weight)
    for chances, recalled in _chunks(trials, before):
        log_weight += TEMPER * _evidence(chances, recalled)
    return before._replace(weight=_normalised(log_weight))


def recall(elapsed: Array, stability: Array, m: Any, d: Any) -> Array:
    """Return the chance of recall; the arguments broadcast against each other.

    >>> ten = np.array([10.0])
    >>> recall(ten, stability=ten, m=1.0, d=0.1542).round(12).tolist()
    [0.9]
    """
    curve = np.power(0.9, -1 / np.asarray(d)) - 1
    shape: Array = np.power(1 + curve * np.maximum(elapsed, 0) / (m * stability), -np.asarray(d))
    return shape


def draw(belief: Posterior, random: np.random.Generator, count: int) -> tuple[Array, Array]:
    """Draw (m, d) of `count` people whom the reviews would fit, each of shape (count,).

    They are spread evenly over the grid: as many at each of its points as its weight asks for,
    but for less than one. Within the cell around its point a draw is uniform in log m and log d.
    """
    places = (np.arange(count) + random.random()) / count
    at = np.minimum(np.cumsum(belief.weight).searchsorted(places), belief.weight.size - 1)
    across, up = (random.uniform(-0.5, 0.5, size=(2, count)).T * belief.widths).T
    return belief.m[at] * np.exp(across), belief.d[at] * np.exp(up)


def remembered(states: Sequence[CardState | None], day: int) -> Memories:
    """Return what is remembered on a study day, of cards that all count the same.

    Args:
        states: of each card, None where it has none. Of a card that was never answered nothing is
            known.
        day: an ordinal. A day before the last answer counts as that of the answer.
    """
    never = (0, math.nan)
    known = [
        never if one is None or one.day is None else (max(0, day - one.day), one.stability)
        for one in states
    ]
    elapsed, stability = np.array(known, dtype=np.float64).reshape(-1, 2).T
    nothing = np.zeros(len(states))
    return Memories(elapsed, stability, nothing, nothing, nothing, np.ones(len(states)))


def widening(days: int) -> float:
    """Return by how much to stretch an interval `days` after the first answer ever."""
    return FIRST_WEEK if days < 7 else 1.0


def expected_share(cards: Memories, belief: Posterior, wider: float = 1.0) -> Share:
    """Return the weighted share of `cards` recalled on the day, if nothing is studied until then.

    Args:
        cards: at least one, with weights that are not all 0.
        belief: about this person's memory.
        wider: by which the interval is stretched around what is expected.
    """
    return expected_shares(cards, np.zeros(cards.weight.size, dtype=np.intp), belief, wider)[0]


def expected_shares(
    cards: Memories, group: NDArray[np.intp], belief: Posterior, wider: float = 1.0
) -> list[Share]:
    """Return likewise the share of each group of cards.

    What may happen is spread by the belief about this memory, by the doubt about what is known
    unseen, and by one toss of a coin for each card. The interval is that of a normal distribution
    with the same mean and variance, from its 10th to its 90th percentile.

    Args:
        cards: of all groups.
        group: the number of each card's group, from 0; shape (cards,). Every group has a card
            whose weight is not 0.
        belief: about this person's memory.
        wider: by which the intervals are stretched.
    """
    total = np.bincount(group, cards.weight)
    share = cards.weight / total[group]
    expected, square, tosses = (np.zeros(total.size) for _ in range(3))
    for m, d, weight in _points(belief):
        chance = _chance(cards, m, d)
        mean = np.bincount(group, share * chance)
        expected += weight * mean
        square += weight * mean**2
        tosses += weight * np.bincount(group, share**2 * chance * (1 - chance))
    doubts = _doubts(cards, group, share)
    deviation = np.sqrt(np.maximum(square - expected**2, 0) + doubts + tosses)
    reach = wider * _NINTH_DECILE * deviation
    low, high = np.maximum(expected - reach, 0), np.minimum(expected + reach, 1)
    return [Share(*row) for row in zip(expected.tolist(), low.tolist(), high.tolist(), strict=True)]


def _doubts(cards: Memories, group: NDArray[np.intp], share: Array) -> Array:
    """Return the variance of each group by the doubt about what is known unseen; (groups,)."""
    doubt = np.where(np.isnan(cards.stability), share * cards.doubt, 0.0)
    families = np.unique(cards.family[doubt > 0])
    alike = [np.bincount(group, doubt * (cards.family == family)) for family in families]
    squares: Array = np.square(np.array(alike).reshape(-1, int(group.max()) + 1))
    return np.asarray(squares.sum(axis=0))


def chances(cards: Memories, belief: Posterior) -> Array:
    """Return the chance to recall each card, over all that is believed; shape (cards,)."""
    total = np.zeros(cards.stability.shape)
    for m, d, weight in _points(belief):
        total += weight * _chance(cards, m, d)
    return total


def foretell(trials: Sequence[Trial], weights: Sequence[float] = DEFAULT_WEIGHTS) -> Array:
    """Return for each review the chance of recall that was believed in before its day.

    It is a forecast: only what earlier study days have shown enters into it.

    Args:
        trials: by study day.
        weights: w0 to w20 of the memory model.

    Returns:
        The chances, of shape (trials,).
    """
    before = prior(weights)
    log_weight = np.log(before.weight)
    said: list[Array] = []
    for of_day in _days(trials):
        belief = _normalised(log_weight)
        for chances_of, recalled in _chunks(of_day, before):
            said.append(chances_of @ belief)
            log_weight = log_weight + TEMPER * _evidence(chances_of, recalled)
    return np.concatenate([*said, np.zeros(0)])


def _days(trials: Sequence[Trial]) -> Iterator[Sequence[Trial]]:
    start = 0
    for end in range(1, len(trials) + 1):
        if end == len(trials) or trials[end].day != trials[start].day:
            yield trials[start:end]
            start = end


def _chunks(trials: Sequence[Trial], grid: Posterior) -> Iterator[tuple[Array, NDArray[np.bool_]]]:
    """Yield the chance of each review at each point, of shape (reviews, points), and its end."""
    for start in range(0, len(trials), _CHUNK):
        part = trials[start : start + _CHUNK]
        elapsed = np.array([trial.elapsed for trial in part], dtype=np.float64)
        stability = np.array([trial.stability for trial in part])
        recalled = np.array([trial.recalled for trial in part])
        yield recall(elapsed[:, None], stability[:, None], grid.m, grid.d), recalled


def _evidence(chances_of: Array, recalled: NDArray[np.bool_]) -> Array:
    """Return the logarithm of the likelihood at each point, of shape (points,)."""
    bounded = np.clip(chances_of, _LEAST, 1 - _LEAST)
    seen = np.where(recalled[:, None], bounded, 1 - bounded)
    total: Array = np.log(seen).sum(axis=0)
    return total


def _normalised(log_weight: Array) -> Array:
    weight = np.exp(log_weight - log_weight.max())
    shares: Array = weight / weight.sum()
    return shares


def _points(belief: Posterior) -> Iterator[tuple[float, float, float]]:
    """Yield m, d and weight of the points that matter, their weights adding up to 1."""
    kept = belief.weight > _NEGLIGIBLE
    weight = belief.weight[kept] / belief.weight[kept].sum()
    yield from zip(belief.m[kept].tolist(), belief.d[kept].tolist(), weight.tolist(), strict=True)


def _chance(cards: Memories, m: float, d: float) -> Array:
    seen = recall(cards.elapsed, cards.stability, m, d)
    return np.where(np.isnan(seen), cards.unseen, seen)
