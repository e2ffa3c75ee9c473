"""Gradients through many layers, and layers without an activation."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.depth import depth_gradient, linear_collapse


def test_ten_sigmoids_leave_a_third_of_a_millionth() -> None:
    """3.483e-07, below .25^10 = 9.54e-07."""
    results = depth_gradient().results
    assert results["gradient"] == pytest.approx(3.483e-07, rel=1e-4)
    assert results["bound"] == 0.25**10 == pytest.approx(9.54e-07, rel=1e-3)


@pytest.mark.parametrize("act", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("residual", [False, True])
def test_the_gradient_is_the_slope_of_the_network(act: str, residual: bool) -> None:
    """Moving the input a little moves the output by the gradient."""
    given: dict[str, Any] = {"depth": 6, "act": act, "residual": residual, "gain": 0.7}
    step = 1e-5
    up, down = (depth_gradient(x=0.3 + move, **given).results["h"] for move in (step, -step))
    slope = (up - down) / (2 * step)  # type: ignore[operator]
    assert depth_gradient(x=0.3, **given).results["gradient"] == pytest.approx(slope, rel=1e-7)


def test_what_keeps_a_gradient() -> None:
    """ReLU hands it on whole, a skip connection keeps it above 1, a dead ReLU loses it."""
    assert depth_gradient(act="relu").results["gradient"] == 1
    assert depth_gradient(residual=True).results["gradient"] > 1  # type: ignore[operator]
    assert depth_gradient(act="relu", x=-1).results["gradient"] == 0
    assert depth_gradient(act="relu", x=-1, residual=True).results["gradient"] == 1


def test_three_linear_layers_are_one() -> None:
    """They differ by rounding, and by much more as soon as there is a ReLU."""
    linear, bent = linear_collapse().results, linear_collapse(relu=True).results
    assert 0 <= linear["diff"] < 5e-15  # type: ignore[operator]
    assert bent["diff"] > 1  # type: ignore[operator]
    np.testing.assert_allclose(linear["A"], [[-1.08, 0.407], [3.705, 2.1]], atol=1e-12)


def test_a_narrow_layer_leaves_a_matrix_of_low_rank() -> None:
    """What one layer throws away no later one brings back."""
    results = linear_collapse(A2="[[1, 0, 0], [0, 0, 0], [0, 0, 0]]").results
    assert np.linalg.matrix_rank(np.asarray(results["A"])) == 1


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (depth_gradient, {"depth": "0"}, "depth: expected a whole number from 1 to 100; came 0"),
        (depth_gradient, {"act": "gelu"}, "act: expected one of sigmoid, tanh, relu"),
        (depth_gradient, {"act": "relu", "gain": "1e9", "depth": "99"}, "grow beyond what float64"),
        (depth_gradient, {"gain": "1e300"}, "grow beyond what float64"),
        (linear_collapse, {"x": "1"}, "A1 has 2 columns and x 1 entries"),
        (linear_collapse, {"A1": "[[1, 1]]"}, "A2 has 3 columns and A1 1 rows"),
        (linear_collapse, {"A3": "[[1, 1]]"}, "A3 has 2 columns and A2 3 rows"),
    ],
)
def test_what_does_not_fit_is_refused(example: Any, given: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
