"""Oracles of question 3: torch's normalisation layers in double precision."""

import torch
from torch import nn


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def layer(p, **settings):
    """A layer over one feature, with the gamma and beta of the problem."""
    norm = nn.BatchNorm1d(1, eps=p.get("eps", 1e-5), dtype=torch.float64, **settings)
    nn.init.constant_(norm.weight, p.get("gamma", 1.0))
    nn.init.constant_(norm.bias, p.get("beta", 0.0))
    return norm


def training(p):
    return layer(p).train()(tensor(p["batch"])[:, None])[0, 0].item()


def running_mean(p):
    norm = layer(p, momentum=p["momentum"]).train()
    norm.running_mean.fill_(p["running"])
    norm(tensor([[p["batch"] - 1], [p["batch"] + 1]]))
    return norm.running_mean.item()


def evaluation(p):
    norm = layer(p).eval()
    norm.running_mean.fill_(p["mean"])
    norm.running_var.fill_(p["variance"])
    return norm(tensor([[p["x"]]])).item()


def group_mean(p):
    """What the layer took away: the input at which its output changes sign."""
    norm = nn.GroupNorm(p["groups"], 4, eps=0, affine=False, dtype=torch.float64)
    x = tensor([p["channels"]])
    y = norm(x)[0].reshape(p["groups"], -1)
    x = x.reshape(p["groups"], -1)
    group = (p["channel"] - 1) * p["groups"] // 4
    high, low = x[group].argmax(), x[group].argmin()
    slope = (y[group, high] - y[group, low]) / (x[group, high] - x[group, low])
    return (x[group, high] - y[group, high] / slope).item()


ORACLES = {
    "batchnorm_normalise": training,
    "batchnorm_running_mean": running_mean,
    "batchnorm_eval": evaluation,
    "groupnorm_mean": group_mean,
}
