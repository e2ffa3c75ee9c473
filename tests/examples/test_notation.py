"""Numbers inside formulas."""

import doctest
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnquiz.examples import catalogue, example, notation, trace
from nnquiz.examples.notation import addition, dot, equals, number, operand, put, row, total
from nnquiz.tex import linear, parse


@pytest.mark.parametrize("module", [catalogue, example, notation, trace])
def test_documented_examples_are_true(module: object) -> None:
    """What the docstrings show is what comes out."""
    done = doctest.testmod(module)  # type: ignore[arg-type]
    assert done.attempted > 0
    assert done.failed == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (3.0, "3"),
        (1234567.0, "1234567"),
        (0.123456, "0.1235"),
        (12345.678, "12346"),
        (-2.5, "-2.5"),
        (1e-5, r"1 \times 10^{-5}"),
        (1.5e10, r"1.5 \times 10^{10}"),
        (math.nan, r"\text{undefined}"),
        (math.inf, r"\infty"),
    ],
)
def test_numbers_have_four_significant_digits(value: float, text: str) -> None:
    """Integers are whole, words are words, and -0 is never shown."""
    assert number(value) == text


@given(st.floats(-1e300, 1e300) | st.sampled_from([math.nan, math.inf, -math.inf]))
def test_every_number_is_a_formula_of_that_value(value: float) -> None:
    """A number parses as LaTeX, and reads back to four digits."""
    text = linear(parse(number(value)))
    if math.isfinite(value):
        read = float(number(value).replace(r" \times 10^{", "e").rstrip("}"))
        assert read == pytest.approx(value, rel=6e-4)
    assert text


def test_operands_and_sums_keep_signs_apart() -> None:
    """A negative number after an operator stands in brackets; long sums are shortened."""
    assert operand(-1) == "(-1)"
    assert addition([-1, -2, 3]) == "-1 + (-2) + 3"
    assert dot([-1, -2], [3, -4]) == r"-1 \cdot 3 + (-2) \cdot (-4)"
    assert total(str(i) for i in range(9)) == r"0 + 1 + 2 + 3 + \cdots + 8"
    assert row(range(9)).count("&") == 5


def test_equals_says_when_digits_were_dropped() -> None:
    """`=` is exact to what is shown, and anything else is approximate."""
    assert equals(0.1 + 0.2) == "= 0.3"
    assert equals(2 / 3) == r"\approx 0.6667"
    assert equals(math.nan) == r"= \text{undefined}"


@pytest.mark.parametrize(
    ("formula", "numbers", "text"),
    [
        ("e^{-z}", {"z": -2}, "e^{-(-2)}"),
        ("(z + z^2)", {"z": -2}, "(-2 + (-2)^2)"),
        (r"\tanh(z)", {"z": -2, "t": 9, "a": 9}, r"\tanh(-2)"),
        (r"\mu_j - \mu", {r"\mu_j": 1, r"\mu": 2}, "1 - 2"),
        ("TP + T", {"TP": 1, "T": 2}, "1 + 2"),
        (r"\frac{TP}{n}", {"TP": 3, "n": 0}, r"\frac{3}{0}"),
        ("a b", {"a": "b", "b": "a"}, "b a"),
        ("z^2 + z", {"z": 2e-9}, r"(2 \times 10^{-9})^2 + 2 \times 10^{-9}"),
    ],
)
def test_put_replaces_whole_symbols(
    formula: str, numbers: dict[str, float | str], text: str
) -> None:
    """Commands and longer names stay; a negative number is bracketed where the sign would clash."""
    assert put(formula, numbers) == text
