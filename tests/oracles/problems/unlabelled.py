"""Oracles of question 21: torch's losses and distributions, and counts."""

from fractions import Fraction
from math import floor

import torch
from torch.distributions import Normal, kl_divergence
from torch.nn import functional


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def infonce(p):
    logits = tensor([p["positive"], *p["negatives"]]) / p["tau"]
    return functional.cross_entropy(logits, torch.tensor(0)).item()


def kl(p):
    posterior = Normal(tensor(p["mu"]), tensor(p["sigma"]))
    return kl_divergence(posterior, Normal(tensor(0.0), tensor(1.0))).item()


def negatives(p):
    """Number all views and leave out those of the first view's own image."""
    views = [(image, view) for image in range(p["devices"] * p["batch"]) for view in range(2)]
    return sum(image != views[0][0] for image, _ in views)


def masked(p):
    selected = floor(Fraction(p["rate"], 100) * p["tokens"])
    return floor(Fraction(p["masked"], 100) * selected)


def perplexity(p):
    """One over the probability of a token, which the loss gives in its own unit."""
    base = {"nats": tensor(1.0).exp(), "bits": tensor(2.0)}[p["unit"]]
    return 1 / (base ** -tensor(p["loss"])).item()


def triplet(p):
    """Put the anchor at 0 and the two others at their distances, on a line."""
    anchor, near, far = (tensor([[x]]) for x in (0.0, p["near"], -p["far"]))
    return functional.triplet_margin_loss(anchor, near, far, margin=p["margin"], eps=0).item()


ORACLES = {
    "infonce": infonce,
    "vae_kl": kl,
    "simclr_negatives": negatives,
    "mlm_tokens": masked,
    "perplexity": perplexity,
    "triplet_loss": triplet,
}
