"""Oracles of question 18: torch's losses and layers, automatic differentiation, a maximum."""

import torch
from scipy.optimize import brentq
from torch import nn
from torch.nn import functional


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def discriminator_loss(p):
    outputs, labels = tensor([p["real"], p["fake"]]), tensor([1.0, 0.0])
    return functional.binary_cross_entropy(outputs, labels, reduction="sum").item()


def gradient_ratio(p):
    logit = torch.logit(tensor(p["fake"])).requires_grad_()
    (saving,) = torch.autograd.grad(-functional.logsigmoid(logit), logit)
    (saturating,) = torch.autograd.grad(functional.logsigmoid(-logit), logit)
    return abs(saving.item() / saturating.item())


def optimum(p):
    """Where the slope of p ln D + q ln(1 - D) changes sign."""

    def slope(d):
        return p["data"] / d - p["generated"] / (1 - d)

    return brentq(slope, 1e-6, 1 - 1e-6, xtol=1e-15)


def gram(p):
    features = tensor([p["f1"], p["f2"]])
    return torch.einsum("ik,jk->ij", features, features)[0, 1].item()


def image_side(p):
    with torch.device("meta"):
        layer = nn.ConvTranspose2d(
            1, 1, p["kernel"], 2, p["padding"], output_padding=p["output_padding"]
        )
        return nn.Sequential(*[layer] * p["layers"])(torch.empty(1, 1, p["side"], p["side"])).shape[
            -1
        ]


ORACLES = {
    "gan_d_loss": discriminator_loss,
    "gan_g_grad_ratio": gradient_ratio,
    "optimal_discriminator": optimum,
    "gram_entry": gram,
    "dcgan_output_size": image_side,
}
