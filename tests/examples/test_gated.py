"""The LSTM and the GRU by hand, and what they refuse."""

import math
from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.example import Example
from nnquiz.examples.gated import gru_cell, lstm_cell

ONE_UNIT: dict[str, Any] = {"x": [[1]], "h_0": [0.5]}


def sigma(z: float) -> float:
    """The sigmoid of one number."""
    return 1 / (1 + math.exp(-z))


def test_lstm_cell_by_hand() -> None:
    """One unit and one step: i, f, g, o from x + h, then c and h."""
    results = lstm_cell(
        **ONE_UNIT, c_0=[2], W_ih=[[1], [0], [1], [0]], W_hh=[[0], [1], [1], [0]],
        b_ih=[0] * 4, b_hh=[0, 0, 0, 1],
    ).results  # fmt: skip
    c = sigma(0.5) * 2 + sigma(1) * math.tanh(1.5)
    assert np.asarray(results["c_T"]) == pytest.approx(c, abs=1e-15)
    assert np.asarray(results["h_T"]) == pytest.approx(sigma(1) * math.tanh(c), abs=1e-15)


def test_gru_cell_by_hand() -> None:
    """One unit and one step; the reset gate scales the product and its bias together."""
    results = gru_cell(
        **ONE_UNIT, W_ih=[[1], [0], [1]], W_hh=[[0], [1], [2]], b_ih=[0] * 3, b_hh=[0, 0, 3]
    ).results
    z, n = sigma(0.5), math.tanh(1 + sigma(1) * (2 * 0.5 + 3))
    assert np.asarray(results["h_T"]) == pytest.approx((1 - z) * n + z * 0.5, abs=1e-15)


def test_an_open_forget_gate_keeps_the_cell() -> None:
    """With f at 1 and i at 0 nothing changes; with f at 0 nothing is left."""
    bias = [-50.0] * 3 + [0.0] * 9
    kept = lstm_cell(forget_bias=50, b_ih=bias, c_0=[1, -2, 3]).results["c_T"]
    np.testing.assert_allclose(kept, [1, -2, 3], rtol=1e-15)
    lost = lstm_cell(forget_bias=-50, b_ih=bias, c_0=[1, -2, 3]).results["c_T"]
    np.testing.assert_allclose(lost, 0, atol=1e-15)


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (lstm_cell, {"W_ih": [[1, 2]]}, "W_ih is 1 x 2; 4 blocks of 3 units need 12 x 2"),
        (lstm_cell, {"W_hh": [[1, 2]]}, "4 blocks of 2 units need"),
        (lstm_cell, {"b_hh": "1,2"}, "b_hh has 2 entries; 4 blocks of 3 units need 12"),
        (lstm_cell, {"c_0": "1,2"}, "c_0 has 2 entries; 4 blocks of 3 units need 3"),
        (lstm_cell, {"x": [[1]]}, "W_ih is 12 x 2; 4 blocks of 3 units need 12 x 1"),
        (gru_cell, {"b_ih": "1"}, "b_ih has 1 entries; 3 blocks of 3 units need 9"),
        (gru_cell, {"W_ih": [[1, 2]] * 12}, "W_ih is 12 x 2; 3 blocks of 3 units need 9 x 2"),
    ],
)
def test_shapes_that_do_not_fit_are_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what came and what the other shapes need."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
