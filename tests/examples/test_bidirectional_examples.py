"""Question 13: both directions of a recurrent network, and the trap of its last output."""

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.bidirectional import birnn, birnn_summary_trap
from nnquiz.examples.recurrent import rnn_unroll


def test_each_half_is_a_network_of_its_own() -> None:
    """The forward half is rnn-unroll; the backward half is rnn-unroll of the reversed input."""
    trace = birnn()
    outputs = np.asarray(trace.results["outputs"])
    assert outputs.shape == (4, 6)
    x = np.asarray(trace.inputs["x"])
    no_bias = np.zeros(3)
    forward = rnn_unroll(
        **{name: trace.inputs[name] for name in ("x", "W_ih", "W_hh")},
        b_ih=trace.inputs["b"],
        b_hh=no_bias,
    )
    backward = rnn_unroll(
        x=x[::-1],
        **{name: trace.inputs[f"{name}_back"] for name in ("W_ih", "W_hh")},
        b_ih=trace.inputs["b_back"],
        b_hh=no_bias,
    )
    np.testing.assert_allclose(outputs[:, :3], forward.results["h"])
    np.testing.assert_allclose(outputs[::-1, 3:], backward.results["h"])
    np.testing.assert_array_equal(
        np.concatenate(np.asarray(trace.results["h_n"])), birnn_summary_trap().results["summary"]
    )


def test_the_trap_forgets_all_but_the_last_token() -> None:
    """Other early tokens change the summary's backward half, and that of out[-1] not at all."""
    before = birnn_summary_trap().results
    after = birnn_summary_trap(x=[[9, 9], [-3, 1], [0, 2], [-1, 0.5]]).results
    trap, summary = np.asarray(before["trap"]), np.asarray(before["summary"])
    np.testing.assert_array_equal(np.asarray(after["trap"])[3:], trap[3:])
    assert np.abs(np.asarray(after["summary"])[3:] - summary[3:]).max() > 0.1
    assert np.abs(np.asarray(before["difference"])[3:]).min() > 0.1


def test_one_token_is_no_trap() -> None:
    """With a single token both directions have read everything."""
    np.testing.assert_array_equal(birnn_summary_trap(x=[[1, 0]]).results["difference"], 0)


@pytest.mark.parametrize("example", [birnn, birnn_summary_trap])
def test_directions_that_do_not_fit_are_refused(example: object) -> None:
    """Both directions have the same number of units."""
    with pytest.raises(BadInput, match="b_back has 2 entries; each of 3 units has one"):
        example(b_back="1,2")  # type: ignore[operator]
    with pytest.raises(BadInput, match="W_ih is 2 x 2; 2 inputs and 3 units need 3 x 2"):
        example(W_ih_back="[[1, 2], [3, 4]]")  # type: ignore[operator]
