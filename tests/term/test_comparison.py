"""Several runs of one example side by side."""

from typing import Any

import pytest
from rich.cells import cell_len

from nnquiz.errors import BadInput
from nnquiz.examples.catalogue import ENTRIES, load
from nnquiz.examples.clipping import grad_clip
from nnquiz.examples.comparison import MOST_RUNS, compare, is_constant, rows
from nnquiz.examples.cross_validation import kfold
from nnquiz.examples.metrics import confusion
from nnquiz.term.comparison import draw


def drawn(comparison: Any, width: int = 80) -> list[str]:
    """The drawing as plain lines."""
    return [line.plain for line in draw(comparison, width)]


def test_each_run_is_the_example_itself() -> None:
    """The runs of a comparison are what the example returns when it is called with each value."""
    comparison = compare(confusion, "threshold", ["0.3", "0.5"], {}, None)
    assert comparison.values == (0.3, 0.5)
    for value, trace in zip(comparison.values, comparison.traces, strict=True):
        assert dict(trace.results) == dict(confusion(threshold=value).results)


def test_a_table_has_a_column_for_each_value() -> None:
    """Results stand in rows and are aligned along them; what stays the same is said below."""
    lines = drawn(compare(grad_clip, "max_norm", ["1", "2"], {}, None))
    assert lines[lines.index("Results by max_norm") + 1 :] == [
        "                 1       2",
        "   coef     0.2000  0.4000",
        "   clipped",
        "     g1      0.600   1.200",
        "     g2      0.800   1.600",
        "",
        "The same in every run: norm = 5.",
    ]


def test_arrays_of_other_shapes_are_not_the_same() -> None:
    """Equal extremes do not make arrays equal: the folds of 2 and of 3 differ in number."""
    comparison = compare(kfold, "k", ["2", "3"], {}, None)
    assert not is_constant(comparison, "validation")
    assert is_constant(comparison, "order")
    extremes = [(row.entry, row.numbers) for row in rows(comparison) if row.result == "validation"]
    assert extremes == [("least", (0, 0)), ("greatest", (1, 1))]
    assert any("least and the greatest entry are compared" in line for line in drawn(comparison))


def test_undefined_numbers_are_compared() -> None:
    """A metric that divides by zero is nan in its column, and equal to itself."""
    comparison = compare(confusion, "threshold", ["0.5", "2"], {}, None)
    precision = next(line.split() for line in drawn(comparison) if "precision" in line)
    assert precision == ["precision", "0.6000", "nan"]
    assert is_constant(compare(confusion, "threshold", ["2", "3"], {}, None), "precision")


def test_long_values_are_numbered() -> None:
    """A list as a value is written above the table, and its number at the head of its column."""
    comparison = compare(grad_clip, "g", ["[3, 4]", "[30, 400, 5000]"], {}, None)
    lines = drawn(comparison, 40)
    assert "   (1) [3.0,4.0]" in lines
    assert "   (2) [30.0,400.0,5000.0]" in lines
    assert "(1)" in lines[lines.index("   (2) [30.0,400.0,5000.0]") + 2]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_any_comparison_fits(entry: Any) -> None:
    """Runs with other numbers fit 40 columns and 80, without trailing blanks."""
    comparison = compare(load(entry), "seed", ["1", "2", "3"], {}, None)
    for width in (40, 80):
        for line in drawn(comparison, width):
            assert cell_len(line) <= width
            assert line == line.rstrip()


def test_one_value_is_no_comparison() -> None:
    """Fewer than two values, too many, and one that is set as well are refused."""
    for values in (["1"], ["1"] * (MOST_RUNS + 1)):
        with pytest.raises(BadInput, match="expected 2 to 20 values to compare"):
            compare(grad_clip, "max_norm", values, {}, None)
    with pytest.raises(BadInput, match="max_norm is set and compared at once"):
        compare(grad_clip, "max_norm", ["1", "2"], {"max_norm": "3"}, None)
    with pytest.raises(BadInput, match="seed is set and compared at once"):
        compare(grad_clip, "seed", ["1", "2"], {}, 3)
    with pytest.raises(BadInput, match="seed: expected a whole number"):
        compare(grad_clip, "seed", ["1", "x"], {}, None)
