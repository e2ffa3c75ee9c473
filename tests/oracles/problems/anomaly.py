"""Oracles of question 17: torch's loss, and thresholds on samples made to measure."""

from fractions import Fraction

import numpy as np
import torch
from torch.nn import functional


def reconstruction(p):
    x, copy = (torch.tensor(p[key], dtype=torch.float64) for key in ("x", "reconstruction"))
    return functional.mse_loss(copy, x).item()


def sigma(p):
    """Build errors with this mean and deviation, and put the threshold where z is k."""
    errors = np.array([-1.0, 1.0]) * p["deviation"] + p["mean"]
    return errors.mean() + p["k"] * np.sqrt(((errors - errors.mean()) ** 2).mean())


def false_alarms(p):
    quantile = Fraction(str(p["quantile"]))
    return float(p["n"] - p["n"] * quantile)


ORACLES = {
    "recon_error": reconstruction,
    "threshold_sigma": sigma,
    "expected_false_alarms": false_alarms,
}
