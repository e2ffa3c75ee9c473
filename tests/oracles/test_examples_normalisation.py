"""Normalisations against torch: gradients, folding, and the four sets of axes."""

from typing import Any

import pytest
import torch
from agreement import agree, equal, generators, tensor
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.batch_norm_backward import batchnorm_backward
from nnquiz.examples.batch_norm_fold import batchnorm_fold
from nnquiz.examples.normalisation import norm_axes


def test_batchnorm_backward_equals_autograd() -> None:
    """The gradients of x, gamma and beta through F.batch_norm in training."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            shape = tuple(random.integers((2, 1), (8, 5)))
            given = {"x": random.normal(3, 2, shape), "dy": random.normal(size=shape)}
            given |= {"gamma": random.normal(size=shape[1]), "eps": 10.0 ** random.integers(-8, 0)}
        trace = batchnorm_backward(**given)
        x, gamma = (tensor(trace.inputs[name]).requires_grad_() for name in ("x", "gamma"))
        beta = torch.zeros_like(gamma).requires_grad_()
        y = F.batch_norm(x, None, None, gamma, beta, training=True, eps=trace.params["eps"])
        y.backward(tensor(trace.inputs["dy"]))
        agree(trace, "dx", x.grad)
        agree(trace, "dgamma", gamma.grad)
        agree(trace, "dbeta", beta.grad)


def test_batchnorm_fold_equals_torch() -> None:
    """The folded layer gives F.batch_norm of F.linear in evaluation."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, features, outputs = random.integers(1, 6, 3)
            given = {"X": random.normal(size=(n, features))}
            given["W"] = random.normal(size=(outputs, features))
            names = ("b", "gamma", "beta", "running_mean")
            given |= {name: random.normal(size=outputs) for name in names}
            given["running_var"] = random.uniform(0.1, 4, outputs)
        trace = batchnorm_fold(**given)
        x, w, b, gamma, beta, mean, var = (tensor(value) for value in trace.inputs.values())
        y = F.batch_norm(F.linear(x, w, b), mean, var, gamma, beta, eps=trace.params["eps"])
        agree(trace, "y", y)
        agree(trace, "y_folded", y)
        folded = tensor(trace.results["W_folded"]), tensor(trace.results["b_folded"])
        equal(F.linear(x, *folded), y)


def oracle(norm: str, x: torch.Tensor, groups: int, eps: float) -> torch.Tensor:
    """The normalisation of that name by torch."""
    if norm == "batch":
        return F.batch_norm(x, None, None, training=True, eps=eps)
    if norm == "layer":
        return F.layer_norm(x, x.shape[1:], eps=eps)
    if norm == "instance":
        return F.instance_norm(x, eps=eps)
    return F.group_norm(x, groups, eps=eps)


@pytest.mark.parametrize("norm", ["batch", "layer", "instance", "group"])
def test_norm_axes_equal_torch(norm: str) -> None:
    """The output, and the mean and variance behind it, of each normalisation."""
    for random in generators():
        given: dict[str, Any] = {"norm": norm}
        if random:
            images, groups, share = random.integers(2, 4, 3)
            height, width = random.integers(2, 4, 2)
            given["x"] = random.normal(2, 3, size=(images, groups * share, height, width))
            given["groups"] = groups
        trace = norm_axes(**given)
        x, groups = tensor(trace.inputs["x"]), trace.params["groups"]
        eps = trace.params["eps"]
        wanted = oracle(norm, x, groups, eps)
        agree(trace, "y", wanted)
        axes = {"batch": (0, 2, 3), "layer": (1, 2, 3), "instance": (2, 3)}
        if norm in axes:
            agree(trace, f"{norm}_mean", x.mean(axes[norm]))
            agree(trace, f"{norm}_var", x.var(axes[norm], correction=0))
        else:
            parts = torch.stack(x.chunk(groups, dim=1), dim=1).flatten(2)
            agree(trace, "group_mean", parts.mean(2))
            agree(trace, "group_var", parts.var(2, correction=0))
