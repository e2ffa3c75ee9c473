"""How forecasts are judged."""

import numpy as np
import pytest

from nnquiz.study.calibration import calibrate


def test_worked_by_hand() -> None:
    """Four forecasts whose scores are computed on paper."""
    found = calibrate(np.array([0.9, 0.8, 0.6, 0.5]), [True, True, False, True])
    assert found.answers == 4
    assert found.foretold == pytest.approx(0.7)
    assert found.recalled == pytest.approx(0.75)
    assert found.brier == pytest.approx((0.01 + 0.04 + 0.36 + 0.25) / 4)
    assert found.log_loss == pytest.approx(-np.log(0.9 * 0.8 * 0.4 * 0.5) / 4)
    assert found.plain_brier == pytest.approx(0.75 * 0.25)
    assert found.plain_log_loss == pytest.approx(-np.log(0.75**3 * 0.25) / 4)


def test_bins_hold_their_lower_edge() -> None:
    """A forecast on an edge belongs to the bin above it, and a sure one to the last."""
    found = calibrate(np.array([0.5, 0.7, 0.79, 1.0]), [True, False, True, True])
    assert [(one.low, one.high, one.answers) for one in found.bins] == [
        (0.5, 0.6, 1),
        (0.7, 0.8, 2),
        (0.95, 1.0, 1),
    ]
    assert found.bins[1].recalled == pytest.approx(0.5)


def test_a_sure_forecast_that_fails_has_a_finite_loss() -> None:
    """Certainty that proves wrong costs much, and not everything."""
    assert np.isfinite(calibrate(np.array([1.0]), [False]).log_loss)
