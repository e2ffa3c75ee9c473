"""Question 6: a recurrent network by hand, its gradient, and the order of words."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.example import Example
from nnquiz.examples.recurrent import bptt_jacobian, order_matters, rnn_unroll


def test_the_first_state_by_hand() -> None:
    """0.5·1 - 0.3·0 + 0.1 is 0.6; the start is zero, so h_11 is tanh(0.6)."""
    h = np.asarray(rnn_unroll().results["h"])
    assert h[0, 0] == pytest.approx(math.tanh(0.6))
    assert h[1, 1] == pytest.approx(math.tanh(0.4 + np.dot([0.3, 0.5, -0.4], h[0]) + 0.1))
    np.testing.assert_array_equal(rnn_unroll().results["h_T"], h[-1])


def test_without_recurrence_each_step_stands_alone() -> None:
    """With W_hh = 0 the states are tanh of the input part, in any order of the steps."""
    x = np.asarray(rnn_unroll().inputs["x"])
    alone = np.asarray(rnn_unroll(W_hh=np.zeros((3, 3)), b_hh=[0, 0, 0]).results["h"])
    turned = rnn_unroll(x=x[::-1], W_hh=np.zeros((3, 3)), b_hh=[0, 0, 0]).results["h"]
    np.testing.assert_allclose(turned, alone[::-1])


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_the_gradient_is_the_slope_of_the_loss(seed: int) -> None:
    """A nudge of h_0 moves g · h_T by the gradient: central differences agree."""
    trace = bptt_jacobian(seed=seed)
    h_0, g = np.asarray(trace.inputs["h_0"]), np.asarray(trace.inputs["g"])

    def loss(start: np.ndarray) -> float:
        return float(g @ np.asarray(bptt_jacobian(seed=seed, h_0=start).results["h"])[-1])

    slopes = [(loss(h_0 + nudge) - loss(h_0 - nudge)) / 2e-5 for nudge in 1e-5 * np.eye(3)]
    np.testing.assert_allclose(trace.results["gradient"], slopes, atol=1e-7)


def test_a_linear_network_has_powers_of_its_weights() -> None:
    """At h = 0 the slopes are 1: the norms are those of the powers of W, and W has the radius."""
    trace = bptt_jacobian(radius=2, x=np.zeros((4, 2)), b=[0, 0, 0])
    w = trace.steps[0].value
    powers = [np.linalg.norm(np.linalg.matrix_power(w, k), 2) for k in range(5)]
    np.testing.assert_allclose(trace.results["norms"], powers)
    assert np.abs(np.linalg.eigvals(w)).max() == pytest.approx(2)


def test_a_bag_forgets_the_order_and_a_network_does_not() -> None:
    """The sums of both sentences are equal; the last states are not, unless the order is."""
    results = order_matters().results
    assert results["bag_difference"] == 0
    assert results["difference"] == pytest.approx(0.9866, abs=1e-4)
    assert order_matters(second="dog,bites,man").results["difference"] == 0
    assert order_matters(second="man,bites,cat").results["bag_difference"] == 1.5


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (rnn_unroll, {"W_hh": "[[1, 2, 3]]"}, "W_hh has 1 rows and 3 columns; it is square"),
        (rnn_unroll, {"x": "[[1, 2, 3]]"}, "W_ih is 3 x 2; 3 inputs and 3 units need 3 x 3"),
        (rnn_unroll, {"h_0": "1,2"}, "h_0 has 2 entries; each of 3 units has one"),
        (bptt_jacobian, {"radius": 0}, "radius: expected a number above 0; came 0"),
        (
            bptt_jacobian,
            {"W_hh": "[[0, 1, 1], [0, 0, 1], [0, 0, 0]]"},
            "W_hh has spectral radius 0; nothing scales that",
        ),
        (order_matters, {"first": ""}, "first or second is empty"),
        (order_matters, {"first": "a,b,c,d,e,f,g"}, "E has 6 rows and the sentences have 10 words"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
