"""The LSTM and the GRU of question 16 against torch."""

from typing import Any

import numpy as np
import torch
from agreement import agree, generators, tensor

from nnquiz.examples.gated import gru_cell, lstm_cell
from nnquiz.examples.trace import Trace


def drawn(random: np.random.Generator | None, blocks: int, *states: str) -> dict[str, Any]:
    """Random weights, biases, states and inputs; none for the defaults."""
    if random is None:
        return {}
    steps, d, h = (int(random.integers(1, high)) for high in (9, 5, 6))
    shapes = {
        "x": (steps, d),
        "W_ih": (blocks * h, d),
        "W_hh": (blocks * h, h),
        "b_ih": blocks * h,
        "b_hh": blocks * h,
        **dict.fromkeys(states, h),
    }
    return {name: random.normal(size=shape) for name, shape in shapes.items()}


def filled(layer: torch.nn.RNNBase, trace: Trace) -> torch.nn.RNNBase:
    """The layer with the weights of a trace."""
    weights = [trace.inputs[name] for name in ("W_ih", "W_hh", "b_ih", "b_hh")]
    with torch.no_grad():
        for parameter, value in zip(layer.parameters(), weights, strict=True):
            parameter.copy_(tensor(value))
    return layer


def test_lstm_cell_equals_torch() -> None:
    """Every hidden state and the last cell state are those of nn.LSTM, whatever the start."""
    for random in generators():
        trace = lstm_cell(**drawn(random, 4, "h_0", "c_0"))
        x, h_0, c_0 = (tensor(trace.inputs[name]) for name in ("x", "h_0", "c_0"))
        layer = filled(torch.nn.LSTM(x.shape[1], len(h_0), dtype=torch.float64), trace)
        h, (h_last, c_last) = layer(x, (h_0[None], c_0[None]))
        agree(trace, "h", h.detach())
        agree(trace, "h_T", h_last[0].detach())
        agree(trace, "c_T", c_last[0].detach())


def test_the_forget_bias_is_a_part_of_the_bias() -> None:
    """Adding it equals a bias with as much more in its second block."""
    for random in generators():
        given = drawn(random, 4, "h_0", "c_0")
        found = lstm_cell(**given, forget_bias=1.5)
        bias = np.array(found.inputs["b_ih"])
        h = bias.size // 4
        bias[h : 2 * h] += 1.5
        layer = torch.nn.LSTM(np.shape(found.inputs["x"])[1], h, dtype=torch.float64)
        filled(layer, lstm_cell(**{**given, "b_ih": bias}))
        x, h_0, c_0 = (tensor(found.inputs[name]) for name in ("x", "h_0", "c_0"))
        agree(found, "h", layer(x, (h_0[None], c_0[None]))[0].detach())


def test_gru_cell_equals_torch() -> None:
    """Every hidden state is that of nn.GRU: the reset gate acts after the product."""
    for random in generators():
        trace = gru_cell(**drawn(random, 3, "h_0"))
        x, h_0 = (tensor(trace.inputs[name]) for name in ("x", "h_0"))
        layer = filled(torch.nn.GRU(x.shape[1], len(h_0), dtype=torch.float64), trace)
        h, h_last = layer(x, h_0[None])
        agree(trace, "h", h.detach())
        agree(trace, "h_T", h_last[0].detach())
