"""FSRS-6 against the values of its authors' own test suites, and its laws."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.study.memory import (
    GREATEST_STABILITY,
    LEAST_STABILITY,
    Memory,
    after_lapse,
    after_same_day,
    after_success,
    first,
    interval,
    next_difficulty,
    next_memory,
    retrievability,
)

GRADES = (1, 2, 3, 4)

stabilities = st.floats(LEAST_STABILITY, GREATEST_STABILITY)
difficulties = st.floats(1, 10)
memories = st.builds(Memory, stabilities, difficulties)
grades = st.sampled_from(GRADES)
gaps = st.integers(-5, 40_000)


@pytest.mark.parametrize(
    ("days", "stability", "expected"),
    [
        (0, 1, 1),
        (1, 2, 0.9403443),
        (2, 3, 0.9253786),
        (3, 4, 0.9185229),
        (4, 4, 0.9),
        (5, 2, 0.8261359),
    ],
)
def test_retrievability_has_the_published_values(
    days: int, stability: float, expected: float
) -> None:
    """The forgetting curve passes through the points of the fsrs-rs test suite."""
    assert retrievability(days, stability) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(
    ("new_stability", "expected"),
    [
        (
            after_success,
            (25.602541, 28.226582, 58.656002, 127.226685),
        ),
        (lambda s, d, r, _: after_lapse(s, d, r), (1.0525396, 1.1894329, 1.3680838, 1.584989)),
        (lambda s, _d, _r, g: after_same_day(s, g), (1.596818, 5, 5, 8.12961)),
    ],
    ids=["success", "lapse", "same day"],
)
def test_stability_has_the_published_values(
    new_stability: Callable[[float, float, float, int], float], expected: tuple[float, ...]
) -> None:
    """From S = 5, D = 1 to 4 and R = .9 to .6, each branch gives what fsrs-rs gives."""
    rows = zip((1, 2, 3, 4), (0.9, 0.8, 0.7, 0.6), GRADES, strict=True)
    found = [new_stability(5, d, r, g) for d, r, g in rows]
    assert found == pytest.approx(expected, rel=1e-6)


def test_difficulty_has_the_published_values() -> None:
    """From D = 5 each grade leads to the difficulty that fsrs-rs gives."""
    found = [next_difficulty(5, grade) for grade in GRADES]
    assert found == pytest.approx((8.341763, 6.6659956, 4.990228, 3.3144615), rel=1e-6)


@pytest.mark.parametrize(
    ("history", "stability", "difficulty"),
    [
        ([(1, 0), (3, 0), (3, 1), (3, 3), (3, 8), (3, 21)], 53.62691, 6.3574867),
        ([(1, 0), (1, 1)], 0.10088589, None),
        ([(2, 0), (2, 1)], 3.2494123, None),
        ([(3, 0), (3, 1)], 7.3153, None),
        ([(4, 0), (4, 1)], 18.014914, None),
        ([(1, 0), (1, 2)], 0.112798266, None),
        ([(2, 0), (2, 2)], 4.4694576, None),
    ],
)
def test_histories_end_where_they_were_published_to_end(
    history: list[tuple[int, int]], stability: float, difficulty: float | None
) -> None:
    """Whole histories of grade and gap end in the memory that fsrs-rs and fsrs-optimizer give."""
    memory = None
    for grade, gap in history:
        memory = next_memory(memory, grade, gap)
    assert memory is not None
    assert memory.stability == pytest.approx(stability, rel=1e-5)
    if difficulty is not None:
        assert memory.difficulty == pytest.approx(difficulty, rel=1e-6)


@given(gaps, gaps, stabilities)
def test_recall_only_fades(days: int, more: int, stability: float) -> None:
    """Retrievability lies in (0, 1], is 1 on the day itself, and never rises with time."""
    sooner, later = sorted((days, more))
    assert 0 < retrievability(later, stability) <= retrievability(sooner, stability) <= 1
    assert retrievability(min(0, sooner), stability) == 1


@given(stabilities, st.floats(0.5, 0.99))
def test_interval_inverts_retrievability(stability: float, retention: float) -> None:
    """After the interval for a retention, the chance of recall is that retention."""
    assert retrievability(interval(stability, retention), stability) == pytest.approx(retention)


@given(stabilities)
def test_stability_is_the_interval_for_ninety_per_cent(stability: float) -> None:
    """Stability is by definition the time in which recall falls to 90 %."""
    assert interval(stability, 0.9) == pytest.approx(stability)


@given(st.none() | memories, grades, gaps)
def test_memory_stays_in_its_bounds(memory: Memory | None, grade: int, days: int) -> None:
    """Whatever the answer, stability and difficulty stay where the model defines them."""
    stability, difficulty = next_memory(memory, grade, days)
    assert LEAST_STABILITY <= stability <= GREATEST_STABILITY
    assert 1 <= difficulty <= 10


@given(st.none() | memories, gaps)
def test_a_better_grade_never_remembers_less(memory: Memory | None, days: int) -> None:
    """Hard, Good and Easy order both stability and difficulty; Again is hardest of all."""
    after = [next_memory(memory, grade, days) for grade in GRADES]
    assert [m.stability for m in after[1:]] == sorted(m.stability for m in after[1:])
    assert [-m.difficulty for m in after] == sorted(-m.difficulty for m in after)


@given(memories, st.integers(1, 40_000))
def test_only_forgetting_weakens_a_memory(memory: Memory, days: int) -> None:
    """A lapse never strengthens, and a success never weakens, up to the last digit."""
    after = [next_memory(memory, grade, days).stability for grade in GRADES]
    assert after[0] <= memory.stability
    assert min(after[1:]) >= memory.stability


@given(memories, st.sampled_from((2, 3, 4)), st.integers(-400, 0))
def test_a_clock_set_back_counts_as_the_same_day(memory: Memory, grade: int, days: int) -> None:
    """A day before the last review is taken as that day, and a success then does no harm."""
    assert next_memory(memory, grade, days) == next_memory(memory, grade, 0)
    assert next_memory(memory, grade, days).stability >= memory.stability


@settings(max_examples=30)
@given(memories, grades, st.integers(0, 400))
def test_weights_are_obeyed(memory: Memory, grade: int, days: int) -> None:
    """Weights that are handed in replace the default ones: without growth, success adds nothing."""
    frozen = (1.0,) * 4 + (5.0, 0.1) + (0.0,) * 14 + (0.2,)
    stability, difficulty = next_memory(memory, grade, days, frozen)
    assert difficulty == pytest.approx(memory.difficulty)
    assert first(grade, frozen).stability == 1
    assert stability <= memory.stability
    assert retrievability(memory.stability, memory.stability, frozen) == pytest.approx(0.9)
