"""Deep chains against torch's autograd; linear layers against torch's."""

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, generators
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.depth import depth_gradient, linear_collapse


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
        agree(trace, "h", h)
        agree(trace, "gradient", x.grad)


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
            agree(trace, "layered", h)
            product = torch.linalg.multi_dot(layers[::-1])
            agree(trace, "A", product)
