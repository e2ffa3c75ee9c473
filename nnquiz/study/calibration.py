"""How good forecasts of recall were, measured on answers that came later."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Of the bins that forecasts are sorted into; the last one takes a forecast of 1 as well."""

_LEAST = 1e-9  # so that a logarithm is finite


class Bin(NamedTuple):
    """Forecasts from `low` up to `high`: how many, their mean, and the share that came true."""

    low: float
    high: float
    answers: int
    foretold: float
    recalled: float


class Calibration(NamedTuple):
    """Forecasts beside what happened.

    Attributes:
        answers: how many there are, at least 1.
        foretold: their mean.
        recalled: the share that was recalled.
        brier: mean squared error of the forecasts (Brier 1950); 0 is perfect.
        log_loss: mean of -log of the chance that was given to what happened; 0 is perfect.
        plain_brier, plain_log_loss: the same of somebody who says the share that was recalled
            every time, which can only be known afterwards.
        bins: those that have forecasts, the lowest first.
    """

    answers: int
    foretold: float
    recalled: float
    brier: float
    log_loss: float
    plain_brier: float
    plain_log_loss: float
    bins: tuple[Bin, ...]


def calibrate(foretold: NDArray[np.float64], recalled: Sequence[bool]) -> Calibration:
    """Return how forecasts did; there is at least one.

    Args:
        foretold: chances of recall; shape (reviews,).
        recalled: what happened, in the same order.
    """
    truth = np.array(recalled, dtype=np.float64)
    share = float(truth.mean())
    plain = np.full(truth.shape, share)
    return Calibration(
        answers=truth.size,
        foretold=float(foretold.mean()),
        recalled=share,
        brier=float(np.mean((foretold - truth) ** 2)),
        log_loss=log_loss(foretold, truth),
        plain_brier=share * (1 - share),
        plain_log_loss=log_loss(plain, truth),
        bins=_bins(foretold, truth),
    )


def log_loss(chances: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Return the mean of -log of the chance that was given to what happened.

    Args:
        chances: of 1; shape (n,).
        truth: 1 or 0; shape (n,).
    """
    return float(losses(chances, truth).mean())


def losses(chances: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return -log of the chance that was given to what happened, each of shape (n,)."""
    given = np.where(truth > 0.5, chances, 1 - chances)
    found: NDArray[np.float64] = -np.log(np.maximum(given, _LEAST))
    return found


def _bins(foretold: NDArray[np.float64], truth: NDArray[np.float64]) -> tuple[Bin, ...]:
    place = np.minimum(np.searchsorted(EDGES, foretold, side="right") - 1, len(EDGES) - 2)
    found = []
    for number, (low, high) in enumerate(pairwise(EDGES)):
        inside = place == number
        if inside.any():
            mean, share = float(foretold[inside].mean()), float(truth[inside].mean())
            found.append(Bin(low, high, int(inside.sum()), mean, share))
    return tuple(found)
