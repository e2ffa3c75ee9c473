"""Oracles of question 4: torch's layers and initialisation, and automatic differentiation."""

import math

import torch
from torch import nn


def mlp(p):
    with torch.device("meta"):
        layers = [nn.Linear(a, b) for a, b in zip(p["sizes"], p["sizes"][1:], strict=False)]
        return sum(parameter.numel() for parameter in nn.Sequential(*layers).parameters())


def he(p):
    with torch.device("meta"):
        layer = nn.Conv2d(p["c_in"], 8, p["k"]) if "k" in p else nn.Linear(p["fan_in"], 8)
    fan_in = layer.weight[0].numel()
    return nn.init.calculate_gain("relu") / math.sqrt(fan_in)


def vanishing(p):
    """Differentiate the chain with biases that hold every unit at 0, where it is steepest."""
    x = torch.zeros((), dtype=torch.float64, requires_grad=True)
    h, weight = x, p["weight"]
    for layer in range(p["depth"]):
        h = torch.sigmoid(weight * h - (weight / 2 if layer else 0.0))
    h.backward()
    return torch.log10(x.grad).item()


ORACLES = {
    "mlp_params": mlp,
    "he_init_std": he,
    "vanishing_bound": vanishing,
}
