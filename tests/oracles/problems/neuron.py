"""Oracles of question 1: torch and its automatic differentiation, in double precision."""

import torch
import torch.nn.functional as F  # noqa: N812 -- the name everybody uses


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def preactivation(p):
    return F.linear(tensor(p["x"]), tensor([p["w"]]), tensor([p["b"]])).item()


ORACLES = {
    "neuron_preactivation": preactivation,
}
