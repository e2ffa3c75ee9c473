"""The gradient of batch normalisation: against differences, and what it ignores."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.batch_norm import batchnorm_train
from nnquiz.examples.batch_norm_backward import batchnorm_backward


def test_the_gradient_is_the_slope_of_the_forward_pass() -> None:
    """Moving an entry of x, gamma or beta a little moves Σ dy·y by its gradient."""
    random = np.random.default_rng(3)
    x, dy, gamma = random.normal(size=(5, 2)), random.normal(size=(5, 2)), np.array([2.0, -1])
    found = batchnorm_backward(x=x, dy=dy, gamma=gamma).results

    def loss(x: Any = x, gamma: Any = gamma, beta: Any = (0, 0)) -> float:
        y = np.asarray(batchnorm_train(x=x, gamma=gamma, beta=beta).results["y"])
        return float((dy * y).sum())

    step = 1e-5
    for place in np.ndindex(5, 2):
        moved = np.zeros((5, 2))
        moved[place] = step
        slope = (loss(x=x + moved) - loss(x=x - moved)) / (2 * step)
        assert np.asarray(found["dx"])[place] == pytest.approx(slope, abs=1e-8)
    for feature in range(2):
        moved = np.eye(2)[feature] * step
        for name, base in (("gamma", gamma), ("beta", np.zeros(2))):
            up, down = ({name: base + sign * moved} for sign in (1, -1))
            slope = (loss(**up) - loss(**down)) / (2 * step)
            assert np.asarray(found[f"d{name}"])[feature] == pytest.approx(slope, abs=1e-8)


@settings(max_examples=30)
@given(st.integers(0, 999), st.floats(-1e4, 1e4), st.floats(1e-3, 1e3))
def test_a_shift_and_a_stretch_come_back_as_nothing(
    seed: int, shift: float, stretch: float
) -> None:
    """A gradient along the ones or along x itself is taken out, but for eps."""
    x = np.random.default_rng(seed).normal(shift, stretch, size=(6, 1))
    ones = batchnorm_backward(x=x, dy=np.ones((6, 1)), gamma=[1]).results["dx"]
    np.testing.assert_allclose(ones, 0, atol=1e-9 * (1 + abs(shift)) / stretch)
    x = (x - shift) / stretch
    along = batchnorm_backward(x=x, dy=x, gamma=[1], eps=1e-12).results["dx"]
    np.testing.assert_allclose(along, 0, atol=1e-9)


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"x": "[[1, 2]]"}, "x has 1 row; training needs at least 2"),
        ({"dy": "[[1]]"}, "dy has 1 x 1 entries and x 4 x 3; each output has its gradient"),
        ({"gamma": "1,2"}, "gamma has 2 entries and x has 3 features"),
    ],
)
def test_what_does_not_fit_is_refused(given_: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        batchnorm_backward(**given_)
    assert message in str(caught.value)
