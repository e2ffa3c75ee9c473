"""Numbers as they are written, and what their last digit is worth."""

import doctest
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnquiz.problems import digits, reader
from nnquiz.problems.digits import last_digit, number, significant, vector

sizes = st.floats(1e-12, 1e12)
signs = st.sampled_from([-1, 1])


@pytest.mark.parametrize("module", [digits, reader], ids=lambda module: module.__name__)
def test_documented_examples_hold(module: object) -> None:
    """What the docstrings show is what comes out."""
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0


@given(sizes, signs, st.integers(1, 8))
def test_significant_agrees_with_the_number(size: float, sign: int, count: int) -> None:
    """Read back, it is within half a unit of the last digit, like Python's own rounding."""
    value = sign * size
    written = significant(value, count)
    unit = last_digit(value, count)
    assert abs(float(written) - value) <= unit / 2 * (1 + 1e-6)
    assert math.isclose(float(written), float(f"{value:.{count - 1}e}"), rel_tol=1e-12)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0.000"),
        (9.9996, "10.00"),
        (0.99999, "1.000"),
        (-0.075042, "-0.07504"),
        (125, "125.0"),
    ],
)
def test_significant_keeps_its_zeros(value: float, written: str) -> None:
    """Four digits are four digits, also where rounding carries."""
    assert significant(value) == written


@given(sizes, signs)
def test_a_number_reads_back(size: float, sign: int) -> None:
    """The short form loses nothing before the 12th digit."""
    assert math.isclose(float(number(sign * size)), sign * size, rel_tol=1e-11)


def test_negative_zero_is_zero() -> None:
    """Nobody is shown -0."""
    assert number(-0.0) == "0"
    assert vector((-0.0, 1.5)) == "[0, 1.5]"


def test_the_last_digit_of_a_power_of_ten_is_its_own() -> None:
    """0.001 and 1000 are not pushed to the decade below by binary fractions."""
    for exponent in range(-9, 10):
        assert last_digit(float(f"1e{exponent}"), 3) == float(f"1e{exponent - 2}")
