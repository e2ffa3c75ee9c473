"""Optimisers against torch.optim, step by step, and clipping against clip_grad_norm_."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, equal, generators
from torch.nn.utils import clip_grad_norm_

from nnquiz.examples.clipping import grad_clip
from nnquiz.examples.decoupled_decay import adam_vs_adamw
from nnquiz.examples.optimiser_race import RACERS, optimizer_race


def made(name: str, params: Iterable[torch.Tensor], of: Any) -> torch.optim.Optimizer:
    """The optimiser of torch with the settings of a trace."""
    params, lr, wd = list(params), of["lr"], of["wd"]
    adam: dict[str, Any] = {"lr": lr, "betas": (of.get("beta1", 0.9), of.get("beta2", 0.999))}
    make: dict[str, Callable[[], torch.optim.Optimizer]] = {
        "sgd": lambda: torch.optim.SGD(params, lr),
        "momentum": lambda: torch.optim.SGD(params, lr, momentum=of["momentum"]),
        "nesterov": lambda: torch.optim.SGD(params, lr, momentum=of["momentum"], nesterov=True),
        "adagrad": lambda: torch.optim.Adagrad(params, lr),
        "rmsprop": lambda: torch.optim.RMSprop(params, lr, alpha=of["alpha"]),
        "adam": lambda: torch.optim.Adam(params, **adam),
        "adam-l2": lambda: torch.optim.Adam(params, **adam, weight_decay=wd),
        "adamw": lambda: torch.optim.AdamW(params, **adam, weight_decay=wd),
    }
    return make[name]()


@pytest.mark.parametrize("name", RACERS)
def test_the_race_equals_torch(name: str) -> None:
    """The whole path of each optimiser; torch differentiates the loss itself."""
    for random in generators():
        given: dict[str, Any] = {"optimiser": name}
        if random:
            given |= {"start": random.normal(size=2) * 3, "curvature": random.uniform(0.5, 10, 2)}
            given |= {"lr": random.uniform(0.001, 0.15), "momentum": random.uniform(0.1, 0.95)}
            given |= {"alpha": random.uniform(0.5, 0.99), "beta1": random.uniform(0.5, 0.95)}
            given |= {"beta2": random.uniform(0.9, 0.999), "wd": random.uniform(0, 1)}
            given["steps"] = random.integers(1, 40)
        trace = optimizer_race(**given)
        a, b = np.asarray(trace.inputs["curvature"])
        p = torch.tensor(np.array(trace.inputs["start"]), requires_grad=True)
        optimiser = made(name, [p], trace.params)
        path = [p.detach().clone().numpy()]
        for _ in range(trace.params["steps"]):
            optimiser.zero_grad()
            ((a * p[0] ** 2 + b * p[1] ** 2) / 2).backward()
            optimiser.step()
            path.append(p.detach().clone().numpy())
        equal(np.asarray(trace.results["path"])[:, :2], path)
        x, y = path[-1]
        agree(trace, "x", x)
        agree(trace, "y", y)
        agree(trace, "loss", (a * x**2 + b * y**2) / 2)


@pytest.mark.parametrize(("result", "name"), [("adam_l2", "adam-l2"), ("adamw", "adamw")])
def test_both_decays_equal_torch(result: str, name: str) -> None:
    """Adam(weight_decay) and AdamW, fed the same gradients."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = random.integers(1, 5)
            given = {"w": random.normal(size=n), "lr": random.uniform(0.001, 0.3)}
            given |= {"g": random.normal(size=(random.integers(1, 12), n))}
            given["wd"] = random.uniform(0, 1)
        trace = adam_vs_adamw(**given)
        w = torch.tensor(np.array(trace.inputs["w"]), requires_grad=True)
        optimiser = made(name, [w], trace.params)
        path = [w.detach().clone().numpy()]
        for g in np.array(trace.inputs["g"]):
            w.grad = torch.tensor(g)
            optimiser.step()
            path.append(w.detach().clone().numpy())
        agree(trace, result, path)


def test_grad_clip_equals_torch() -> None:
    """The norm that clip_grad_norm_ returns and the gradients it leaves, over two parameters."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            given = {"g": random.normal(size=random.integers(2, 9))}
            given["max_norm"] = random.uniform(0.1, 4)
        trace = grad_clip(**given)
        g = torch.tensor(np.array(trace.inputs["g"]))
        parameters = [torch.zeros_like(part, requires_grad=True) for part in (g[:1], g[1:])]
        for parameter, part in zip(parameters, (g[:1], g[1:]), strict=True):
            parameter.grad = part.clone()
        norm = clip_grad_norm_(parameters, trace.params["max_norm"])
        agree(trace, "norm", norm)
        clipped = torch.cat([parameter.grad for parameter in parameters])  # type: ignore[misc]
        agree(trace, "clipped", clipped)
