"""Formulas on lines of their own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from nnquiz.term.formulas import fold_formula


def test_a_formula_that_fits_is_one_line() -> None:
    """Nothing is parted without need."""
    assert fold_formula("y = γx̂ + β", 10) == ["y = γx̂ + β"]


def test_equations_beside_each_other_part_first() -> None:
    """What an author set side by side, or line by line, comes apart before any equation does."""
    assert fold_formula("a = b + c,  d = e + f", 12) == ["a = b + c,", "d = e + f"]
    assert fold_formula("f = [a; b]; g = f + 1", 12) == ["f = [a; b];", "g = f + 1"]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (
            60,
            [
                "MCC = (TP · TN - FP · FN)",
                "    /√((TP + FP)(TP + FN)(TN + FP)(TN + FN))",
            ],
        ),
        (
            36,
            [
                "MCC = (TP · TN - FP · FN)",
                "    /√((TP + FP)(TP + FN)(TN + FP)",
                "    (TN + FN))",
            ],
        ),
    ],
)
def test_a_long_formula_parts_outside_brackets(width: int, lines: list[str]) -> None:
    """It goes on before a relation or an operator, indented, as far outside as possible."""
    formula = "MCC = (TP · TN - FP · FN)/√((TP + FP)(TP + FN)(TN + FP)(TN + FN))"
    assert fold_formula(formula, width) == lines


def test_an_operator_begins_the_next_line() -> None:
    """A line never ends in an operator whose other side is below."""
    lines = fold_formula("loss = aaaa + bbbb - cccc + dddd = eeee", 16)
    assert lines == ["loss = aaaa", "    + bbbb", "    - cccc", "    + dddd", "    = eeee"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abx₁√=+-·/(), ;組", max_size=80), st.integers(2, 40))
def test_no_sign_is_lost(formula: str, width: int) -> None:
    """However a formula is parted, its signs stay in order, and every line fits."""
    lines = fold_formula(" ".join(formula.split()), width)
    assert "".join("".join(lines).split()) == "".join(formula.split())
    assert all(cell_len(line) <= width for line in lines)
