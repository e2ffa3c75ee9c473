"""Oracles of question 2: torch's layers, built or run; work is counted one place at a time."""

import torch
from torch import nn


def numel(module):
    return sum(parameter.numel() for parameter in module.parameters())


def conv(p):
    with torch.device("meta"):
        return numel(nn.Conv2d(p["c_in"], p["c_out"], p["k"]))


def dense(p):
    with torch.device("meta"):
        return numel(nn.Linear(p["n_in"], p["n_out"]))


def output_size(p):
    with torch.device("meta"):
        layer = nn.Conv2d(1, 1, p["k"], stride=p["s"], padding=p["p"], dilation=p["d"])
        return layer(torch.empty(1, 1, p["n"], p["n"])).shape[-1]


def separable(p):
    with torch.device("meta"):
        depthwise = nn.Conv2d(p["c_in"], p["c_in"], p["k"], groups=p["c_in"], bias=False)
        return numel(depthwise) + numel(nn.Conv2d(p["c_in"], p["c_out"], 1, bias=False))


def receptive_field(p):
    """Count the inputs on which the gradient of one output is not zero."""
    x = torch.ones(1, 1, 1200, dtype=torch.float64, requires_grad=True)
    y = x
    for kernel, stride in p["layers"]:
        y = nn.functional.conv1d(y, torch.ones(1, 1, kernel, dtype=torch.float64), stride=stride)
    y[0, 0, y.shape[-1] // 2].backward()
    return int((x.grad != 0).sum())


def macs(p):
    """Add up, output by output, the length of the dot product behind it."""
    with torch.device("meta"):
        layer = nn.Conv2d(p["c_in"], p["c_out"], p["k"], padding=p["k"] // 2, bias=False)
        output = layer(torch.empty(1, p["c_in"], p["side"], p["side"]))
    return output.numel() * layer.weight[0].numel()


def transposed_size(p):
    with torch.device("meta"):
        layer = nn.ConvTranspose2d(
            1, 1, p["k"], stride=p["s"], padding=p["p"], output_padding=p["output_padding"]
        )
        return layer(torch.empty(1, 1, p["n"], p["n"])).shape[-1]


ORACLES = {
    "conv_params": conv,
    "fc_params": dense,
    "conv_output_size": output_size,
    "depthwise_separable_params": separable,
    "receptive_field": receptive_field,
    "conv_macs": macs,
    "transposed_conv_output_size": transposed_size,
}
