"""Oracles of question 1: torch and its automatic differentiation, in double precision."""

import torch
import torch.nn.functional as F  # noqa: N812 -- the name everybody uses


def tensor(values, **settings):
    return torch.tensor(values, dtype=torch.float64, **settings)


def preactivation(p):
    return F.linear(tensor(p["x"]), tensor([p["w"]]), tensor([p["b"]])).item()


def sigmoid(p):
    return torch.sigmoid(tensor(p["z"])).item()


def relu_gradient(p):
    w = tensor([p["w"]], requires_grad=True)
    F.relu(F.linear(tensor(p["x"]), w, tensor([p["b"]]))).backward()
    return w.grad[0, 0].item()


def bce_gradient(p):
    z = tensor(p["z"], requires_grad=True)
    torch.nn.BCEWithLogitsLoss()(z, tensor(p["y"])).backward()
    return z.grad.item()


ORACLES = {
    "neuron_preactivation": preactivation,
    "neuron_sigmoid": sigmoid,
    "neuron_relu_grad": relu_gradient,
    "sigmoid_bce_grad": bce_gradient,
}
