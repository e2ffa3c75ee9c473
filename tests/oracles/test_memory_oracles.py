"""FSRS-6 against two independent implementations, over thousands of random histories."""

import random
from datetime import UTC, datetime, timedelta

import fsrs
import fsrs_rs_python
import pytest

from nnquiz.study.memory import (
    BOUNDS,
    DEFAULT_WEIGHTS,
    Memory,
    interval,
    next_memory,
    retrievability,
)

HISTORIES = 5000
DAWN = datetime(2020, 1, 1, tzinfo=UTC)

# Gaps in study days: repeats on the day, the usual intervals, and years away.
_GAPS = (0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 30, 90, 365, 2000)


def draw_histories(seed: int) -> list[list[tuple[int, int]]]:
    """Draw histories of one to fifteen (grade, gap in whole days), the first gap 0."""
    chance = random.Random(seed)
    return [
        [
            (chance.choice((1, 2, 3, 3, 3, 4)), chance.choice(_GAPS) if number else 0)
            for number in range(chance.randint(1, 15))
        ]
        for _ in range(HISTORIES)
    ]


def remember(history: list[tuple[int, int]], weights: tuple[float, ...]) -> Memory:
    """Return the memory after a history, as nnquiz has it."""
    memory = None
    for grade, gap in history:
        memory = next_memory(memory, grade, gap, weights)
    assert memory is not None
    return memory


def other_weights() -> tuple[float, ...]:
    """Return weights in the middle of the range between the default ones and their bounds."""
    upper = fsrs.scheduler.UPPER_BOUNDS_PARAMETERS
    return tuple(w + (high - w) / 4 for w, high in zip(DEFAULT_WEIGHTS, upper, strict=True))


def test_default_weights_are_those_of_py_fsrs() -> None:
    """All 21 weights are the published ones."""
    assert DEFAULT_WEIGHTS == fsrs.scheduler.DEFAULT_PARAMETERS


def test_bounds_are_those_of_py_fsrs() -> None:
    """What each weight may be is what py-fsrs keeps its own to."""
    lower, upper = fsrs.scheduler.LOWER_BOUNDS_PARAMETERS, fsrs.scheduler.UPPER_BOUNDS_PARAMETERS
    assert tuple(zip(lower, upper, strict=True)) == BOUNDS


@pytest.mark.parametrize("weights", [DEFAULT_WEIGHTS, other_weights()], ids=["default", "other"])
def test_memory_is_that_of_py_fsrs(weights: tuple[float, ...]) -> None:
    """Stability, difficulty and recall agree with py-fsrs to twelve digits.

    With gaps of exactly whole days its 24-hour floors are study days; without learning steps and
    fuzz it is the bare model. It has no upper bound of stability, so histories stay below ours.
    """
    scheduler = fsrs.Scheduler(
        weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    compared = 0
    for history in draw_histories(seed=1):
        card, when = fsrs.Card(), DAWN
        bounded = True
        for grade, gap in history:
            when += timedelta(days=gap)
            card, _ = scheduler.review_card(card, fsrs.Rating(grade), when)
            assert card.stability is not None
            bounded = bounded and card.stability < 36500
        if not bounded:
            continue
        found = remember(history, weights)
        assert found == pytest.approx((card.stability, card.difficulty), rel=1e-12)
        recall = scheduler.get_card_retrievability(card, when + timedelta(days=17))
        assert retrievability(17, found.stability, weights) == pytest.approx(recall, rel=1e-12)
        days = max(1, round(interval(found.stability, 0.9, weights)))
        assert min(days, 36500) == scheduler._next_interval(stability=card.stability)
        compared += 1
    assert compared > HISTORIES / 2


def test_memory_is_that_of_fsrs_rs() -> None:
    """Stability and difficulty agree with the library inside Anki, which has 32 bits."""
    model = fsrs_rs_python.FSRS(DEFAULT_WEIGHTS)
    histories = draw_histories(seed=2)
    items = [
        fsrs_rs_python.FSRSItem([fsrs_rs_python.FSRSReview(*review) for review in history])
        for history in histories
    ]
    for history, item in zip(histories, items, strict=True):
        theirs = model.memory_state(item)
        assert remember(history, DEFAULT_WEIGHTS) == pytest.approx(
            (theirs.stability, theirs.difficulty), rel=1e-4
        )


def test_intervals_are_those_of_fsrs_rs() -> None:
    """The days to a desired retention agree, before any rounding."""
    model = fsrs_rs_python.FSRS(DEFAULT_WEIGHTS)
    for stability in (0.5, 3.0, 42.0, 900.0):
        for retention in (0.7, 0.85, 0.9, 0.97):
            theirs = model.next_interval(stability, retention, 3)
            assert interval(stability, retention) == pytest.approx(theirs, rel=1e-4)
