"""Oracles of question 7: modules frozen and counted by torch, rates taken layer by layer."""

from fractions import Fraction

import torch
from torch import nn


def trainable(module):
    return sum(weight.numel() for weight in module.parameters() if weight.requires_grad)


def head(p):
    with torch.device("meta"):
        backbone = nn.Linear(8, p["features"]).requires_grad_(requires_grad=False)
        return trainable(nn.Sequential(backbone, nn.Linear(p["features"], p["classes"])))


def share(p):
    """Divide exactly, as the decimals are written."""
    return float(Fraction(str(p["trained"])) / Fraction(str(p["total"])) * 100)


def low_rank(p):
    with torch.device("meta"):
        frozen = nn.Linear(p["d_in"], p["d_out"], bias=False).requires_grad_(requires_grad=False)
        down = nn.Linear(p["d_in"], p["rank"], bias=False)
        up = nn.Linear(p["rank"], p["d_out"], bias=False)
        assert up(down(torch.empty(1, p["d_in"]))).shape == frozen(torch.empty(1, p["d_in"])).shape
        return trainable(nn.ModuleList([frozen, down, up]))


def rate(p):
    rates = {p["layers"]: p["rate"]}
    for layer in range(p["layers"] - 1, 0, -1):
        rates[layer] = rates[layer + 1] * p["decay"]
    return rates[p["asked"]]


ORACLES = {
    "head_params": head,
    "trainable_fraction": share,
    "lora_params": low_rank,
    "layerwise_rate": rate,
}
