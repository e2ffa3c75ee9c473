"""Displayed formulas on screens that are too narrow for them."""

from textwrap import dedent

import pytest

from nnquiz.tex import linear, lines, parse

LOSS = r"L = -\frac{1}{n}\sum_{i=1}^n y_i\log p_i + \lambda\|w\|_2^2"


def screen(source: str, width: int) -> str:
    """Return what a screen of that width shows."""
    return "\n".join(lines(parse(source), width))


def test_a_formula_that_fits_is_one_box() -> None:
    """Nothing is parted without need."""
    page = """\
               1   n
        L = - ───  ∑  yᵢ log pᵢ + λ‖w‖₂²
               n  i=1"""
    assert screen(LOSS, 32) == dedent(page)


def test_a_wider_one_is_parted_before_an_operator() -> None:
    """It goes on, indented, below a blank line that keeps limits and numerators apart."""
    page = """\
               1   n
        L = - ───  ∑  yᵢ log pᵢ
               n  i=1

            + λ‖w‖₂²"""
    assert screen(LOSS, 31) == dedent(page)


def test_where_an_operand_is_too_wide_the_formula_is_one_line_folded() -> None:
    """The last resort is the linear form."""
    assert screen(LOSS, 20) == "L = -(1/n) ∑ᵢ₌₁ⁿ yᵢ\n    log pᵢ + λ‖w‖₂²"


@pytest.mark.parametrize(
    ("source", "page"),
    [
        (r"a = b + c, \quad d = e + f", "a = b + c,\nd = e + f"),
        (r"\begin{aligned} aaaaa &= b \\ e &= f + ggggg \end{aligned}", "aaaaa = b\ne = f + ggggg"),
    ],
)
def test_equations_come_apart_first(source: str, page: str) -> None:
    """What stands side by side, or is aligned, comes on lines of its own before it is parted."""
    assert screen(source, 13) == page


def test_a_minus_in_front_of_an_operand_stays_there() -> None:
    """Only an operator between two operands begins a line."""
    assert screen("aaaaaa = -bbbbbb - cccccc", 17) == "aaaaaa = -bbbbbb\n    - cccccc"


@pytest.mark.parametrize("width", [1, 2, 5, 13])
def test_very_narrow_screens_lose_nothing(width: int) -> None:
    """Even where no word fits, every sign is shown."""
    shown = "".join(screen(LOSS, width).split())
    assert shown == "".join(linear(parse(LOSS)).split())
