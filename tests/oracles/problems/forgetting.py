"""Oracles of question 11: quadratic forms and root finding by torch and scipy, exact decimals."""

from fractions import Fraction

import torch
from scipy.optimize import brentq


def tensor(values, **settings):
    return torch.tensor(values, dtype=torch.float64, **settings)


def penalty(p):
    moved = tensor(p["new"]) - tensor(p["old"])
    return (p["strength"] / 2 * moved @ torch.diag(tensor(p["fisher"])) @ moved).item()


def minimiser(p):
    """Find where the gradient of both losses, by automatic differentiation, is zero."""

    def slope(at):
        theta = tensor(at, requires_grad=True)
        spring = p["strength"] * p["fisher"] * (theta - p["theta_a"]) ** 2
        (((theta - p["theta_b"]) ** 2 + spring) / 2).backward()
        return theta.grad.item()

    return brentq(slope, -5, 5, xtol=1e-14, rtol=1e-14)


def lost(p):
    return float(Fraction(str(p["before"])) - Fraction(str(p["after"])))


def transfer(p):
    """Average the differences below the diagonal of the table of accuracies."""
    learned, final = (torch.tensor(p[name], dtype=torch.float64) for name in ("learned", "final"))
    return (final - learned)[:-1].mean().item()


ORACLES = {
    "ewc_penalty": penalty,
    "ewc_scalar_min": minimiser,
    "forgetting": lost,
    "backward_transfer": transfer,
}
