"""Oracles of question 13: torch's recurrent layers, built and run without memory."""

import torch
from torch import nn


def width(p):
    with torch.device("meta"):
        layer = getattr(nn, p["cell"])(8, p["h"], num_layers=p["layers"], bidirectional=True)
        output, _ = layer(torch.empty(1, 1, 8))
    return output.shape[-1]


def parameters(layers):
    """Count the parameters of an LSTM of so many layers."""

    def oracle(p):
        with torch.device("meta"):
            lstm = nn.LSTM(p["d"], p["h"], num_layers=layers, bidirectional=True)
        return sum(parameter.numel() for parameter in lstm.parameters())

    return oracle


ORACLES = {
    "birnn_output_dim": width,
    "bilstm_params": parameters(1),
    "bilstm_two_layer_params": parameters(2),
}
