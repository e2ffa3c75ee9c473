"""Oracles of question 16: torch's recurrent and convolutional layers, numpy's windows."""

import numpy as np
import torch
from torch import nn


def numel(layer, p):
    with torch.device("meta"):
        return sum(weight.numel() for weight in layer(p["d"], p["h"]).parameters())


def lstm(p):
    return numel(nn.LSTM, p)


def gru(p):
    return numel(nn.GRU, p)


def cell(p):
    """A cell whose biases are the pre-activations: torch's order is i, f, g, o."""
    layer = nn.LSTMCell(1, 1, dtype=torch.float64)
    for weight in layer.parameters():
        nn.init.zeros_(weight)
    with torch.no_grad():
        layer.bias_ih.copy_(torch.tensor([p["i"], p["f"], p["g"], 0.0], dtype=torch.float64))
        zero = torch.zeros(1, 1, dtype=torch.float64)
        return layer(zero, (zero, zero + p["c"]))[1].item()


def windows(p):
    both = np.lib.stride_tricks.sliding_window_view(np.zeros(p["n"]), p["width"] + p["horizon"])
    return len(both[:: p["stride"]])


def causal_padding(p):
    """Try more and more zeros until the output is as long as the input."""
    with torch.device("meta"):
        layer = nn.Conv1d(1, 1, p["k"], dilation=p["dilation"])
        return next(
            zeros
            for zeros in range(1000)
            if 600 + zeros > (p["k"] - 1) * p["dilation"]
            and layer(torch.empty(1, 1, 600 + zeros)).shape[-1] == 600
        )


ORACLES = {
    "lstm_params": lstm,
    "lstm_cell": cell,
    "windows": windows,
    "gru_params": gru,
    "causal_padding": causal_padding,
}
