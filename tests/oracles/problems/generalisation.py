"""Oracles of question 15: torch's dropout, weight decay and smoothing, scikit-learn's folds."""

import numpy as np
import torch
from sklearn.model_selection import KFold
from torch.nn import functional


def dropout(p):
    """Drop many copies of the activation and look at one that is left."""
    x = torch.full((200,), p["x"], dtype=torch.float64)
    y = functional.dropout(x, p["p"], training=True)
    return y[y != 0][0].item()


def folds(p):
    return max(len(test) for _, test in KFold(p["k"]).split(np.zeros(p["n"])))


def shrink(p):
    w = torch.tensor([p["w"]], dtype=torch.float64, requires_grad=True)
    w.grad = torch.tensor([p["gradient"]], dtype=torch.float64)
    torch.optim.SGD([w], lr=p["rate"], weight_decay=p["decay"]).step()
    return w.item() - p["w"]


def early_stop(p):
    """Look at every epoch: is it better than all before, and is none better soon after?"""
    losses, patience = p["losses"], p["patience"]
    for epoch, loss in enumerate(losses):
        after = losses[epoch + 1 : epoch + 1 + patience]
        if loss == min(losses[: epoch + 1]) and min(after) > loss and len(after) == patience:
            return p["first"] + epoch
    raise AssertionError


def smoothed(p):
    """The loss is linear in the log probabilities: its slope by one of them is minus the target."""
    log_p = torch.zeros(1, p["classes"], dtype=torch.float64, requires_grad=True)
    loss = functional.cross_entropy(log_p, torch.tensor([1]), label_smoothing=p["epsilon"])
    loss.backward()
    gradient = 1 / p["classes"] - log_p.grad[0]
    return gradient[1 if p["class"] == "the right class" else 0].item()


ORACLES = {
    "dropout_scale": dropout,
    "kfold_steps": folds,
    "l2_shrink": shrink,
    "early_stop_epoch": early_stop,
    "label_smoothed_target": smoothed,
}
