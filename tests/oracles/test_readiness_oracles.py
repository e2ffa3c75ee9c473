"""The belief about a memory and the scores of forecasts, against scipy and scikit-learn."""

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, log_loss

from nnquiz.study.calibration import calibrate
from nnquiz.study.past import Trial
from nnquiz.study.readiness import D_SPREAD, M_SPREAD, TEMPER, posterior, prior

W20 = 0.1542


def test_the_posterior_is_bayes_rule() -> None:
    """Point by point, in loops: log-normal priors times the tempered chance of each answer."""
    random = np.random.default_rng(3)
    trials = [
        Trial("b/q/one", day, int(random.integers(1, 30)), float(random.uniform(0.5, 40)),
              bool(random.random() < 0.8), day)
        for day in range(300)
    ]  # fmt: skip
    grid = prior()
    logs = []
    for m, d in zip(grid.m, grid.d, strict=True):
        total = norm.logpdf(np.log(m), 0, M_SPREAD) + norm.logpdf(np.log(d / W20), 0, D_SPREAD)
        for trial in trials:
            f = 0.9 ** (-1 / d) - 1
            chance = (1 + f * trial.elapsed / (m * trial.stability)) ** -d
            total += TEMPER * np.log(chance if trial.recalled else 1 - chance)
        logs.append(total)
    weight = np.exp(np.array(logs) - max(logs))
    np.testing.assert_allclose(posterior(trials).weight, weight / weight.sum(), rtol=1e-9, atol=0)


def test_scores_are_those_of_scikit_learn() -> None:
    """Brier score, log loss and the bins of a thousand forecasts."""
    random = np.random.default_rng(4)
    foretold = random.uniform(0.5, 0.999, 1000)
    recalled = random.random(1000) < foretold
    found = calibrate(foretold, recalled.tolist())
    assert found.brier == pytest.approx(brier_score_loss(recalled, foretold), rel=1e-12)
    assert found.log_loss == pytest.approx(log_loss(recalled, foretold), rel=1e-12)
    truth, said = calibration_curve(recalled, foretold, n_bins=10)
    tenths = [one for one in found.bins if one.high <= 0.9]  # the bins that both have
    assert [one.recalled for one in tenths] == pytest.approx(truth[: len(tenths)])
    assert [one.foretold for one in tenths] == pytest.approx(said[: len(tenths)])
