"""Right, wrong, and wrong with a name."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnquiz.problems.grading import Verdict, grade, tolerance
from nnquiz.problems.problem import Kind, Mistake, Problem


def problem(
    answer: float,
    *mistakes: tuple[float, str],
    kind: Kind = "real",
    digits: int = 3,
) -> Problem:
    """A problem with this answer and these mistakes."""
    named = tuple(Mistake(value, mistake) for value, mistake in mistakes)
    return Problem("test", 1, 0, 1, {}, "", answer, kind, digits, "", (), named)


def test_an_integer_must_be_exact() -> None:
    """One off is wrong however large the number, and 25120.0 is 25120."""
    params = problem(14450688, kind="integer")
    assert grade(params, 14450688).right
    assert grade(params, 14450688.0).right
    assert not grade(params, 14450687).right
    assert not grade(params, 14450688.4).right


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (0.689974, True),
        (0.69, True),
        (0.6909, True),
        (0.6890, True),
        (0.6911, False),
        (0.6889, False),
    ],
)
def test_a_real_answer_is_right_within_one_unit_of_the_last_digit(
    value: float, right: bool
) -> None:
    """With three digits wanted of 0.689974, 0.001 either way is right."""
    assert grade(problem(0.689974), value).right is right


def test_a_near_mistake_narrows_what_is_right() -> None:
    """Never farther than a fifth of the distance to the nearest mistake."""
    near = problem(0.500, (0.503, "divided by N-1"))
    assert tolerance(near) == pytest.approx(0.0006)
    assert grade(near, 0.5006).right
    assert not grade(near, 0.501).right


def test_an_answer_of_zero_has_a_tolerance_too() -> None:
    """Zero has no significant digits; three decimals stand in for them."""
    assert grade(problem(0.0), 0.0009).right
    assert not grade(problem(0.0), 0.002).right


def test_the_nearest_mistake_is_named() -> None:
    """Of two mistakes that could have been made, the nearer one is."""
    params = problem(25120, (25088, "forgot the bias"), (25000, "another"), kind="integer")
    assert grade(params, 25088) == Verdict(right=False, mistake="forgot the bias")
    real = problem(0.9, (0.731, "recall"), (0.7305, "other"))
    assert grade(real, 0.7306).mistake == "other"
    assert grade(real, 0.731).mistake == "recall"


def test_a_rounded_mistake_is_named() -> None:
    """22.33 typed as 22.3 is still the quotient that was not floored; 22.9 is nothing known."""
    params = problem(22, (22 + 1 / 3, "did not floor"), (21, "forgot the + 1"), kind="integer")
    assert grade(params, 22.3).mistake == "did not floor"
    assert grade(params, 22.9) == Verdict(right=False)
    assert grade(params, 21.4) == Verdict(right=False)


def test_a_mistake_of_zero_is_named() -> None:
    """A mistake that leads to 0 is told by the answer's own last digit."""
    params = problem(-0.00023, (0.0, "forgot the decay"))
    assert grade(params, 0).mistake == "forgot the decay"
    assert grade(params, -0.00023).right


@given(
    st.floats(1e-9, 1e9) | st.floats(-1e9, -1e-9),
    st.integers(2, 6),
    st.floats(-0.999, 0.999),
)
def test_the_tolerance_is_a_unit_of_the_last_digit(answer: float, digits: int, part: float) -> None:
    """Without mistakes near by, less than one unit is right and more than one is wrong."""
    unit = 10.0 ** (math.floor(math.log10(abs(answer)) + 1e-12) - digits + 1)
    drawn = problem(answer, digits=digits)
    assert grade(drawn, answer + part * unit).right
    assert not grade(drawn, answer + math.copysign(1.01, part) * unit).right
