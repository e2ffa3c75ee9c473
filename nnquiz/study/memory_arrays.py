"""FSRS-6 for many memories at once: the numpy twin of `nnquiz.study.memory`.

The formulas are explained there and are the same here; a test holds both together to 1e-12.
Everything broadcasts as numpy does, and grades may be arrays as well. Only the planner needs it:
`nnquiz.study.memory` stays scalar because importing numpy costs more than the rest of a drill.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnquiz.model.event import AGAIN, EASY, GOOD, HARD
from nnquiz.study import memory
from nnquiz.study.memory import (
    DEFAULT_WEIGHTS,
    GREATEST_DIFFICULTY,
    GREATEST_STABILITY,
    LEAST_DIFFICULTY,
    LEAST_STABILITY,
)

Array = NDArray[Any]


def retrievability(
    days: ArrayLike, stability: ArrayLike, weights: Sequence[float] = DEFAULT_WEIGHTS
) -> Array:
    """Return the chance of recall `days` after the last review, in (0, 1]."""
    curve = 0.9 ** (-1 / weights[20]) - 1
    shown: Array = (1 + curve * np.maximum(days, 0.0) / stability) ** -weights[20]
    return shown


def after_success(
    stability: Array,
    difficulty: Array,
    recall: Array,
    grade: ArrayLike,
    weights: Sequence[float] = DEFAULT_WEIGHTS,
) -> Array:
    """Return the stability after Hard, Good or Easy on a later day."""
    growth = (
        np.exp(weights[8])
        * (11 - difficulty)
        * stability ** -weights[9]
        * (np.exp(weights[10] * (1 - recall)) - 1)
    )
    factor = np.array([1.0, 1.0, weights[15], 1.0, weights[16]])[np.asarray(grade)]
    return _clamp_stability(stability * (1 + growth * factor))


def after_lapse(
    stability: Array,
    difficulty: Array,
    recall: Array,
    weights: Sequence[float] = DEFAULT_WEIGHTS,
) -> Array:
    """Return the stability after Again on a later day."""
    relearnt = (
        weights[11]
        * difficulty ** -weights[12]
        * ((stability + 1) ** weights[13] - 1)
        * np.exp(weights[14] * (1 - recall))
    )
    return _clamp_stability(np.minimum(relearnt, stability / np.exp(weights[17] * weights[18])))


def after_same_day(
    stability: Array, grade: ArrayLike, weights: Sequence[float] = DEFAULT_WEIGHTS
) -> Array:
    """Return the stability after a repeat on the day of the last answer."""
    grade = np.asarray(grade)
    factor = np.exp(weights[17] * (grade - GOOD + weights[18])) * stability ** -weights[19]
    return _clamp_stability(stability * np.where(grade == AGAIN, factor, np.maximum(factor, 1.0)))


def next_difficulty(
    difficulty: Array, grade: ArrayLike, weights: Sequence[float] = DEFAULT_WEIGHTS
) -> Array:
    """Return the difficulty after an answer on any day."""
    step = -weights[6] * (np.asarray(grade) - GOOD) * (GREATEST_DIFFICULTY - difficulty) / 9
    mean = weights[4] - np.exp(weights[5] * (EASY - 1)) + 1
    moved: Array = weights[7] * mean + (1 - weights[7]) * (difficulty + step)
    return np.clip(moved, LEAST_DIFFICULTY, GREATEST_DIFFICULTY)


def first(weights: Sequence[float] = DEFAULT_WEIGHTS) -> tuple[Array, Array]:
    """Return stability and difficulty after a first Again, Hard, Good and Easy, (4,) each."""
    starts = [memory.first(grade, weights) for grade in (AGAIN, HARD, GOOD, EASY)]
    return np.array([start.stability for start in starts]), np.array(
        [start.difficulty for start in starts]
    )


def next_memory(
    stability: Array,
    difficulty: Array,
    grade: Array,
    days: Array,
    weights: Sequence[float] = DEFAULT_WEIGHTS,
) -> tuple[Array, Array]:
    """Return stability and difficulty after an answer to cards that were answered before.

    Args:
        stability: in days, before the answer.
        difficulty: from 1 to 10, before the answer.
        grade: 1 Again, 2 Hard, 3 Good, 4 Easy.
        days: whole study days since the last answer; 0 or less is a repeat on the same day.
        weights: w0 to w20.
    """
    recall = retrievability(days, stability, weights)
    later = np.where(
        grade == AGAIN,
        after_lapse(stability, difficulty, recall, weights),
        after_success(stability, difficulty, recall, grade, weights),
    )
    repeated = after_same_day(stability, grade, weights)
    moved = np.where(np.asarray(days) <= 0, repeated, later)
    return moved, next_difficulty(difficulty, grade, weights)


def _clamp_stability(stability: Array) -> Array:
    clamped: Array = np.clip(stability, LEAST_STABILITY, GREATEST_STABILITY)
    return clamped
