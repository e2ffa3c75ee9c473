"""Question 8, continued: average precision, calibration and averages over classes by hand."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.average_precision import average_precision
from nnquiz.examples.calibration import calibration_ece
from nnquiz.examples.example import Example
from nnquiz.examples.multiclass import averaging


def test_average_precision_by_hand() -> None:
    """The four positives stand at precisions 1, 1, 3/5 and 4/7."""
    assert average_precision().results["ap"] == pytest.approx((1 + 1 + 3 / 5 + 4 / 7) / 4)


def test_average_precision_of_the_extremes() -> None:
    """A perfect ranking has 1, equal scores the share of positives, the worst the least."""
    assert average_precision(y_true="1,1,0", scores="3,2,1").results["ap"] == 1
    assert average_precision(y_true="1,0,0,0", scores="1,1,1,1").results["ap"] == 0.25
    assert average_precision(y_true="0,0,1", scores="3,2,1").results["ap"] == pytest.approx(1 / 3)


def test_calibration_by_hand() -> None:
    """Gaps 0.1, 0.15, 0.4 and 0.05 weigh 1, 2, 1 and 2 of six."""
    results = calibration_ece().results
    assert results["ece"] == pytest.approx((0.1 + 0.3 + 0.4 + 0.1) / 6)
    assert results["mce"] == pytest.approx(0.4)
    np.testing.assert_array_equal(results["bin"], [1, 2, 2, 5, 3, 5])


@pytest.mark.parametrize("bins", [3, 5, 10, 20])
def test_an_edge_belongs_to_the_bin_below(bins: int) -> None:
    """k/bins is in bin k, exactly, and 0 is in the first."""
    edges = np.arange(bins + 1) / bins
    found = calibration_ece(y_true=[0] * (bins + 1), p=edges, bins=bins).results["bin"]
    np.testing.assert_array_equal(found, [1, *range(1, bins + 1)])


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1)), min_size=1, max_size=20))
def test_calibration_error_stays_in_its_range(cases: list[tuple[int, float]]) -> None:
    """From the gap of the overall means to the worst bin."""
    y, p = map(list, zip(*cases, strict=True))
    results = calibration_ece(y_true=y, p=p).results
    assert abs(np.mean(y) - np.mean(p)) - 1e-12 <= results["ece"] <= results["mce"] + 1e-12  # type: ignore[operator]


def test_averages_by_hand() -> None:
    """F1 of 8/11, 2/3 and 2/3; seven of ten right."""
    results = averaging().results
    np.testing.assert_allclose(results["f1"], [8 / 11, 2 / 3, 2 / 3])
    assert results["macro"] == pytest.approx((8 / 11 + 4 / 3) / 3)
    assert results["micro"] == results["accuracy"] == 0.7
    assert results["weighted"] == pytest.approx((5 * 8 / 11 + 3 * 2 / 3 + 2 * 2 / 3) / 10)


def test_a_class_that_is_only_predicted_counts_in_the_macro_average() -> None:
    """Its F1 is 0; classes that occur nowhere are not classes."""
    results = averaging(y_true="0,0", y_pred="0,7").results
    np.testing.assert_allclose(results["f1"], [2 / 3, 0])
    assert results["macro"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (average_precision, {"y_true": "0,0", "scores": "1,2"}, "y_true has no 1"),
        (average_precision, {"scores": "1"}, "y_true has 10 entries and scores has 1"),
        (calibration_ece, {"p": "0,1,2,0,0,0"}, "from 0 to 1; came 2"),
        (calibration_ece, {"bins": 0}, "bins: expected a whole number from 1 to 50; came 0"),
        (calibration_ece, {"y_true": "1"}, "y_true has 1 entries and p has 6"),
        (averaging, {"y_pred": "0.5"}, "y_pred: expected whole numbers"),
        (averaging, {"y_pred": "1"}, "y_true has 10 entries and y_pred has 1"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
