"""The gradient of one neuron: by hand, by differences, and what is refused."""

import math
from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.neuron_gradient import loss_of, neuron_gradient, slope


def test_defaults_are_the_published_ones() -> None:
    """The loss is -ln 0.343, and the gradient is (a - y) x."""
    results = neuron_gradient().results
    assert results["loss"] == pytest.approx(math.log(1 + math.exp(0.65)), abs=1e-15)
    assert results["loss"] == pytest.approx(1.07006, abs=5e-6)
    np.testing.assert_allclose(results["dw"], [-0.65701, -1.31402, 0.65701], atol=5e-6)


@pytest.mark.parametrize("act", ["sigmoid", "tanh", "relu", "gelu"])
@pytest.mark.parametrize("loss", ["bce", "mse"])
def test_the_gradient_is_the_slope_of_the_loss(act: Any, loss: Any) -> None:
    """A small step of the bias changes the loss by the gradient times the step."""
    if loss == "bce" and act != "sigmoid":
        return
    z, y, step = np.array(0.7), np.array(0.4), 1e-6
    found = neuron_gradient(x=[1], w=[0], b=z, y=y, act=act, loss=loss).results["db"]
    rise = loss_of(z + step, y, act, loss) - loss_of(z - step, y, act, loss)
    assert found == pytest.approx(float(rise) / (2 * step), abs=1e-9)


def test_a_saturated_neuron_keeps_the_gradient_of_cross_entropy_only() -> None:
    """Ten units out, BCE still passes a - y on, and the squared error next to nothing."""
    wrong: dict[str, Any] = {"x": [1], "w": [0], "b": 10, "y": 0}
    assert neuron_gradient(**wrong).results["db"] == pytest.approx(1, abs=1e-4)
    assert abs(float(neuron_gradient(**wrong, loss="mse").results["db"])) < 1e-4


def test_slopes_at_the_origin() -> None:
    """1/4, 1, 0 and 1/2."""
    slopes = [slope(np.array(0.0), act) for act in ("sigmoid", "tanh", "relu", "gelu")]  # type: ignore[arg-type]
    assert slopes == [0.25, 1.0, 0.0, 0.5]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"x": "1,2"}, "neuron-gradient: x has 2 entries and w has 3"),
        ({"act": "tanh"}, "loss=bce takes the logarithm of a probability: expected act=sigmoid"),
        ({"y": "2"}, "loss=bce takes a target from 0 to 1; came y=2"),
        ({"loss": "mae"}, "loss: expected one of bce, mse; came 'mae'"),
        ({"b": "1e9"}, "these numbers grow beyond"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        neuron_gradient(**given)
    assert message in str(caught.value)
