"""Windows and forecast errors by hand, and what they refuse."""

import math
from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.example import Example
from nnquiz.examples.forecasting import forecast_metrics, windowing


def test_windowing_by_hand() -> None:
    """Twelve values give seven windows of 4 + 2, three to train on and three to test on."""
    results = windowing().results
    assert np.shape(results["X"]) == (7, 4)
    assert np.shape(results["Y"]) == (7, 2)
    np.testing.assert_array_equal(np.asarray(results["X"])[2], [3, 4, 5, 6])
    np.testing.assert_array_equal(np.asarray(results["Y"])[2], [7, 8])
    assert [results[name] for name in ("train", "test", "dropped")] == [3, 3, 1]


def test_a_single_window_fits_exactly() -> None:
    """A series as long as a window gives one."""
    assert windowing(series="1,2,3", w=2, h=1, cut=3).results["n"] == 1


def test_forecast_metrics_by_hand() -> None:
    """Errors 1, 2, -2, 1 against a naive error of 4.25 on average in the history."""
    results = forecast_metrics().results
    assert results["mae"] == 1.5
    assert results["rmse"] == pytest.approx(math.sqrt(2.5))
    assert results["scale"] == (4 + 3 + 5 + 4) / 4
    assert results["mase"] == 1.5 / 4
    smape = 100 / 4 * (2 / 53 + 4 / 74 + 4 / 118 + 2 / 97)
    assert results["smape"] == pytest.approx(smape)


def test_a_repeated_history_leaves_mase_undefined() -> None:
    """0/0 is nan with a note, never infinity."""
    trace = forecast_metrics(history="1,2,1,2", season=2)
    assert math.isnan(trace.results["mase"])  # type: ignore[arg-type]
    assert "0/0" in trace.steps[5].note


def test_two_zeros_are_no_error() -> None:
    """Where value and forecast are both 0, sMAPE counts nothing."""
    assert forecast_metrics(y="0,0", yhat="0,1").results["smape"] == 100


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (windowing, {"w": 11}, "series has 12 values; a window of 11 + 2 does not fit"),
        (windowing, {"cut": 13}, "cut is 13 and series has 12 values"),
        (windowing, {"stride": 0}, "stride: expected a whole number from 1 to 100; came 0"),
        (forecast_metrics, {"y": "1"}, "y has 1 entries and yhat has 4; each time step has both"),
        (forecast_metrics, {"season": 8}, "history has 8 values; a season of 8 needs more"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
