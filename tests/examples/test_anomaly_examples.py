"""The linear autoencoder and its anomaly scores: what they show and refuse."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.anomaly import anomaly_score, linear_ae
from nnquiz.examples.example import Example


def test_points_on_a_line_need_one_number_each() -> None:
    """With one direction, points on a line are rebuilt and a point off it is not."""
    exact = linear_ae(X=[[0, 0], [1, 2], [2, 4], [3, 6]], k=1)
    np.testing.assert_allclose(exact.results["X_hat"], exact.inputs["X"], atol=1e-14)
    np.testing.assert_allclose(exact.results["W"], [[1 / 5**0.5, 2 / 5**0.5]])
    assert exact.results["explained"] == pytest.approx(1)
    square = linear_ae(X=[[0, 0], [1, 0], [0, 2], [1, 2]], k=1)  # the longer side is kept
    assert square.results["mse"] == pytest.approx(0.25 / 2)
    assert square.results["explained"] == pytest.approx(0.8)


def test_an_outlier_on_the_plane_is_missed() -> None:
    """Of the two default outliers the one off the plane is flagged and the far one is not."""
    results = anomaly_score().results
    np.testing.assert_array_equal(np.asarray(results["flags"])[-2:], [1, 0])
    assert results["auc"] == 0.5


def test_without_a_bottleneck_nothing_is_an_anomaly() -> None:
    """With as many directions as features every error is 0, rounding included: all scores tie."""
    results = anomaly_score(k=4).results
    np.testing.assert_array_equal(results["scores"], 0)
    np.testing.assert_array_equal(results["flags"], 0)
    assert results["auc"] == 0.5


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (linear_ae, {"k": 5}, "k is 5; 30 samples of 4 features have 4 directions at most"),
        (linear_ae, {"X": [[1, 2, 3], [3, 1, 2]], "k": 3}, "2 samples of 3 features have 2"),
        (anomaly_score, {"fit": 30}, "fit is 30 and X has 30 rows; at least one must be held out"),
        (anomaly_score, {"fit": 1}, "k is 2; 1 samples of 4 features have 1 directions"),
        (anomaly_score, {"outliers": [[1, 2]]}, "outliers has 2 columns and X has 4"),
        (anomaly_score, {"q": 1.5}, "q: expected a number from 0 to 1; came 1.5"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
