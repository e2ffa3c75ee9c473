"""FSRS-6: how well something is remembered, and how that changes with every answer.

A memory is two numbers. Its stability is the time in days in which the chance of recall falls
from 100 % to 90 %; its difficulty, 1 to 10, says how little each success adds to the stability.

The model is the one of the Free Spaced Repetition Scheduler, version 6, as the project documents
it ("The Algorithm", wiki of open-spaced-repetition/fsrs4anki). Everything is scalar and needs
`math` alone: importing numpy would cost more than everything else in a drill.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from nnquiz.model.event import AGAIN, EASY, GOOD, HARD

# The model and the revision of this implementation, as each event of the log records it.
MODEL = "fsrs-6/1"

# w0 to w20 as py-fsrs 6.3.2 has them, fitted by its authors to some 10,000 users of Anki.
DEFAULT_WEIGHTS = (
    0.212,  # w0-w3: stability after a first Again, Hard, Good, Easy
    1.2931,
    2.3065,
    8.2956,
    6.4133,  # w4-w7: difficulty: start, its slope, step, pull to the mean
    0.8334,
    3.0194,
    0.001,
    1.8722,  # w8-w10: growth of stability on success
    0.1666,
    0.796,
    1.4835,  # w11-w14: stability after a lapse
    0.0614,
    0.2629,
    1.6483,
    0.6014,  # w15, w16: factor for Hard, factor for Easy
    1.8729,
    0.5425,  # w17-w19: repeats on the same day
    0.0912,
    0.0658,
    0.1542,  # w20: decay of the forgetting curve
)

# What each weight may be: the bounds that py-fsrs 6.3.2 and fsrs-rs keep to.
BOUNDS = (
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    (0.0, 1.0),
    (1.0, 6.0),
    (0.0, 2.0),
    (0.0, 2.0),
    (0.0, 0.8),
    (0.1, 0.8),
)

LEAST_STABILITY = 0.001
GREATEST_STABILITY = 36500.0  # a hundred years
LEAST_DIFFICULTY = 1.0
GREATEST_DIFFICULTY = 10.0


class Memory(NamedTuple):
    """What is known about one memory: stability in days, difficulty from 1 to 10."""

    stability: float
    difficulty: float


def retrievability(
    days: float, stability: float, weights: Sequence[float] = DEFAULT_WEIGHTS
) -> float:
    """Return the chance of recall `days` after the last review, in (0, 1].

    R = (1 + f t / S)^(-w20), with f such that R(S) = 0.9. A negative time counts as none: a
    flight west and a clock set back must not give a chance above 1.

    >>> round(retrievability(10, stability=10), 12)
    0.9
    """
    return math.pow(1 + _curve(weights) * max(0.0, days) / stability, -weights[20])


def interval(
    stability: float, retention: float, weights: Sequence[float] = DEFAULT_WEIGHTS
) -> float:
    """Return the days after which the chance of recall has fallen to `retention`, in (0, 1).

    It is the inverse of `retrievability`, and not rounded.

    >>> round(interval(stability=10, retention=0.9), 12)
    10.0
    """
    return stability / _curve(weights) * (math.pow(retention, -1 / weights[20]) - 1)


def next_memory(
    memory: Memory | None, grade: int, days: int, weights: Sequence[float] = DEFAULT_WEIGHTS
) -> Memory:
    """Return the memory after an answer.

    Args:
        memory: before the answer; None where it is the first.
        grade: 1 Again, 2 Hard, 3 Good, 4 Easy.
        days: whole study days since the last answer; 0 or less is a repeat on the same day.
        weights: w0 to w20.
    """
    if memory is None:
        return first(grade, weights)
    stability, difficulty = memory
    if days <= 0:
        stability = after_same_day(stability, grade, weights)
    else:
        recall = retrievability(days, stability, weights)
        if grade == AGAIN:
            stability = after_lapse(stability, difficulty, recall, weights)
        else:
            stability = after_success(stability, difficulty, recall, grade, weights)
    return Memory(stability, next_difficulty(difficulty, grade, weights))


def first(grade: int, weights: Sequence[float] = DEFAULT_WEIGHTS) -> Memory:
    """Return the memory after the first answer ever.

    >>> first(grade=3).stability
    2.3065
    """
    return Memory(
        _clamp_stability(weights[grade - 1]),
        _clamp_difficulty(_first_difficulty(grade, weights)),
    )


def after_success(
    stability: float,
    difficulty: float,
    recall: float,
    grade: int,
    weights: Sequence[float] = DEFAULT_WEIGHTS,
) -> float:
    """Return the stability after an answer that was recalled: Hard, Good or Easy.

    It grows most where the memory is easy, still weak, and was nearly forgotten (`recall`, its
    retrievability at the answer, is low).
    """
    growth = (
        math.exp(weights[8])
        * (11 - difficulty)
        * math.pow(stability, -weights[9])
        * (math.exp(weights[10] * (1 - recall)) - 1)
    )
    if grade == HARD:
        growth *= weights[15]
    elif grade == EASY:
        growth *= weights[16]
    return _clamp_stability(stability * (1 + growth))


def after_lapse(
    stability: float,
    difficulty: float,
    recall: float,
    weights: Sequence[float] = DEFAULT_WEIGHTS,
) -> float:
    """Return the stability after an answer that was forgotten; never more than a repeat's."""
    relearnt = (
        weights[11]
        * math.pow(difficulty, -weights[12])
        * (math.pow(stability + 1, weights[13]) - 1)
        * math.exp(weights[14] * (1 - recall))
    )
    return _clamp_stability(min(relearnt, stability / math.exp(weights[17] * weights[18])))


def after_same_day(
    stability: float, grade: int, weights: Sequence[float] = DEFAULT_WEIGHTS
) -> float:
    """Return the stability after a repeat on the day of the last answer.

    Only Again can lower it.
    """
    factor = math.exp(weights[17] * (grade - GOOD + weights[18])) * math.pow(
        stability, -weights[19]
    )
    return _clamp_stability(stability * (factor if grade == AGAIN else max(factor, 1.0)))


def next_difficulty(
    difficulty: float, grade: int, weights: Sequence[float] = DEFAULT_WEIGHTS
) -> float:
    """Return the difficulty after an answer.

    A step that shrinks towards 10, then a pull towards the difficulty of a first Easy, which is
    taken before its clamp.
    """
    step = -weights[6] * (grade - GOOD) * (GREATEST_DIFFICULTY - difficulty) / 9
    mean = _first_difficulty(EASY, weights)
    return _clamp_difficulty(weights[7] * mean + (1 - weights[7]) * (difficulty + step))


def _first_difficulty(grade: int, weights: Sequence[float]) -> float:
    """Return the difficulty after a first answer, before its clamp."""
    return weights[4] - math.exp(weights[5] * (grade - 1)) + 1


def _curve(weights: Sequence[float]) -> float:
    """Return f of the forgetting curve: R is 0.9 where t is S."""
    return math.pow(0.9, -1 / weights[20]) - 1


def _clamp_stability(stability: float) -> float:
    return min(max(stability, LEAST_STABILITY), GREATEST_STABILITY)


def _clamp_difficulty(difficulty: float) -> float:
    return min(max(difficulty, LEAST_DIFFICULTY), GREATEST_DIFFICULTY)
