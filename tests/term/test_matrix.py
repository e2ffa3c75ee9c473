"""Numbers in rows and columns."""

import doctest
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from nnquiz.term import matrix as matrix_module
from nnquiz.term.matrix import table, written, written_by_column

words = st.sampled_from([math.nan, math.inf, -math.inf])
numbers = st.floats(-1e300, 1e300) | st.integers(-100, 100) | words


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        ([2, 0, 1], ["2", "0", "1"]),
        ([0.5, 1], ["0.5", "1.0"]),
        ([1 / 3, 0.5], ["0.3333", "0.5000"]),
        ([0.99999944], ["1.0000"]),
        ([1 / 3, 0.001], ["0.3333", "0.0010"]),
        ([0.1 + 0.2, -1e-17], ["0.3", "0.0"]),
        ([-0.0, math.nan, math.inf, -math.inf], ["0", "nan", "inf", "-inf"]),
        ([1e-9, 1.0], ["1.000e-09", "1.000e+00"]),
        ([12345678.5], ["1.235e+07"]),
        ([123456.0, 0.5], ["123456.0", "0.5"]),
        ([1234567], ["1234567"]),
    ],
)
def test_columns_have_sensible_digits(column: list[float], texts: list[str]) -> None:
    """As many digits as tell something, as many decimals in a column, and never -0."""
    assert written(column) == texts


@settings(max_examples=200)
@given(st.lists(numbers, min_size=1, max_size=6))
def test_what_is_written_is_the_number(column: list[float]) -> None:
    """Read back, a text is its number, to the digits of the column's largest."""
    largest = max((abs(x) for x in column if math.isfinite(x)), default=1.0)
    for number, text in zip(column, written(column), strict=True):
        assert not text.startswith("-0") or float(text) != 0
        if math.isnan(number):
            assert text == "nan"
        else:
            assert float(text) == pytest.approx(number, rel=1e-3, abs=largest * 1e-3)


def test_documented_examples_are_true() -> None:
    """What the docstring shows is what comes out."""
    done = doctest.testmod(matrix_module)
    assert (done.attempted > 0, done.failed) == (True, 0)


names = st.text(st.sampled_from("abc日 é"), min_size=1, max_size=6).map(str.strip).filter(bool)


@settings(max_examples=100)
@given(st.data(), st.integers(1, 4), st.integers(1, 9), st.integers(30, 80))
def test_nothing_is_cut_and_everything_lines_up(
    data: st.DataObject, rows: int, columns: int, width: int
) -> None:
    """Lines keep within the width, and hold every number once, whatever names there are."""
    row_names = data.draw(st.just([]) | st.lists(names, min_size=rows, max_size=rows))
    heads = data.draw(st.just([]) | st.lists(names, min_size=columns, max_size=columns))
    matrix = [[100 * i + j + 0.5 for j in range(columns)] for i in range(rows)]
    lines = table(written_by_column(matrix), (row_names, heads), width)
    assert all(cell_len(line) <= width and line == line.rstrip() for line in lines)
    words = " ".join(lines).split()
    for row in matrix:
        for number in row:
            assert words.count(f"{number}") == 1


def test_wide_tables_continue_below() -> None:
    """Columns that do not fit follow in a block with the row names again."""
    cells = written_by_column([[10001, 10002, 10003], [20001, 20002, 20003]])
    assert table(cells, (["a", "b"], []), 18) == [
        "       1      2",
        "a  10001  10002",
        "b  20001  20002",
        "",
        "       3",
        "a  10003",
        "b  20003",
    ]
    assert table(cells, (["a", "b"], []), 40) == [
        "a  10001  10002  10003",
        "b  20001  20002  20003",
    ]
