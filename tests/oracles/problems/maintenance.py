"""Oracles of question 22: scipy's distributions, scikit-learn's errors, torch, and simulation."""

import numpy as np
import torch
from scipy.special import rel_entr
from scipy.stats import weibull_min
from sklearn.metrics import root_mean_squared_error


def cmapss(p):
    d = np.array([p["predicted"] - p["true"]])
    scores = np.where(d < 0, np.exp(-d / p["early"]), np.exp(d / p["late"])) - 1
    return scores.item()


def remaining(p):
    """Run the engine to its failure and count the cycles, up to the cap."""
    cycles = 0
    for _ in range(p["now"], p["fails"]):
        if cycles < p["cap"]:
            cycles += 1
    return cycles


def convolution(p):
    with torch.device("meta"):
        layer = torch.nn.Conv1d(p["sensors"], p["channels"], p["k"])
        return sum(weight.numel() for weight in layer.parameters())


def cost(p):
    """Pay for the errors one by one."""
    return sum([p["cheap"]] * p["alarms"] + [p["dear"]] * p["missed"])


def reliability(p):
    return weibull_min.sf(p["time"], p["shape"], scale=p["scale"])


def stability(p):
    """The index is the sum of the KL divergences in both directions."""
    before, now = np.array(p["before"]), np.array(p["now"])
    return rel_entr(before, now).sum() + rel_entr(now, before).sum()


def rmse(p):
    return root_mean_squared_error(p["true"], p["predicted"])


ORACLES = {
    "cmapss_score": cmapss,
    "piecewise_rul": remaining,
    "conv1d_params": convolution,
    "maintenance_cost": cost,
    "weibull_survival": reliability,
    "population_stability": stability,
    "rul_rmse": rmse,
}
