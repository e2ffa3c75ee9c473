"""Deep chains against torch's autograd; linear layers against torch's."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.depth import depth_gradient, linear_collapse

ROUNDS = 60


def generators() -> Iterator[np.random.Generator | None]:
    """None stands for the defaults."""
    yield None
    for seed in range(ROUNDS):
        yield np.random.default_rng(seed)


def agree(found: Any, wanted: torch.Tensor) -> None:
    """Equal to 1e-10, relative also where the numbers are tiny."""
    np.testing.assert_allclose(np.asarray(found, float), wanted.detach().numpy(), rtol=1e-10)


@pytest.mark.parametrize("act", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("residual", [False, True])
def test_depth_gradient_equals_autograd(act: str, residual: bool) -> None:
    """The output and the gradient of the input, however small."""
    for random in generators():
        given: dict[str, Any] = {"act": act, "residual": residual}
        if random:
            given |= {"x": random.normal(), "gain": random.normal(1, 0.5)}
            given["depth"] = random.integers(1, 30)
        trace = depth_gradient(**given)
        x = torch.tensor(float(trace.inputs["x"]), dtype=torch.float64, requires_grad=True)
        h = x
        for _ in range(trace.params["depth"]):
            a = getattr(torch, act)(float(trace.inputs["gain"]) * h)
            h = h + a if residual else a
        h.backward()
        agree(trace.results["h"], h)
        agree(trace.results["gradient"], x.grad)


def test_linear_collapse_equals_torch() -> None:
    """Three F.linear in a row, and one by the product; with ReLU between them too."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            sizes = random.integers(1, 6, 4)
            given["x"] = random.normal(size=sizes[0])
            for i in (1, 2, 3):
                given[f"A{i}"] = random.normal(size=(sizes[i], sizes[i - 1]))
        for relu in (False, True):
            trace = linear_collapse(**given, relu=relu)
            x, *layers = (torch.tensor(np.array(value)) for value in trace.inputs.values())
            h = x
            for place, matrix in enumerate(layers):
                h = F.linear(h, matrix)
                h = F.relu(h) if relu and place < 2 else h
            agree(np.asarray(trace.results["layered"]) + 1e3, h + 1e3)
            product = torch.linalg.multi_dot(layers[::-1])
            agree(np.asarray(trace.results["A"]) + 1e3, product + 1e3)
