"""Neuron gradients against torch's autograd; XOR row by row and by scikit-learn's perceptron."""

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, generators
from sklearn.linear_model import Perceptron
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.neuron_gradient import neuron_gradient
from nnquiz.examples.xor import xor


def leaf(value: Any) -> torch.Tensor:
    """A tensor of doubles that collects its gradient."""
    return torch.tensor(np.array(value, dtype=float), requires_grad=True)


@pytest.mark.parametrize(
    ("act", "loss"),
    [("sigmoid", "bce"), ("sigmoid", "mse"), ("tanh", "mse"), ("relu", "mse"), ("gelu", "mse")],
)
def test_neuron_gradient_equals_autograd(act: str, loss: str) -> None:
    """Loss and gradients of every activation and loss."""
    oracle = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": F.relu, "gelu": F.gelu}[act]
    for random in generators():
        given: dict[str, Any] = {"act": act, "loss": loss}
        if random:
            n = random.integers(1, 9)
            given |= {"x": random.normal(size=n), "w": random.normal(size=n)}
            given |= {"b": random.normal(), "y": random.uniform()}
        trace = neuron_gradient(**given)
        x, w, b, y = (leaf(trace.inputs[name]) for name in ("x", "w", "b", "y"))
        a = oracle(F.linear(x[None], w[None], b[None])).squeeze()
        value = F.binary_cross_entropy(a, y.detach()) if loss == "bce" else F.mse_loss(a, y)
        value.backward()
        agree(trace, "loss", value)
        agree(trace, "dw", w.grad)
        agree(trace, "db", b.grad)


def test_xor_equals_torch_row_by_row() -> None:
    """The network's four outputs, with the hand-made weights and with random ones."""
    corners = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = random.integers(1, 6)
            given = {"W1": random.normal(size=(n, 2)), "b1": random.normal(size=n)}
            given |= {"w2": random.normal(size=n), "b2": random.normal()}
        trace = xor(**given)
        w1, b1, w2, b2 = (leaf(trace.inputs[name]) for name in ("W1", "b1", "w2", "b2"))
        hidden = F.relu(F.linear(corners, w1, b1))
        agree(trace, "hidden", hidden)
        agree(trace, "output", F.linear(hidden, w2[None], b2[None]).squeeze(1))


def test_a_perceptron_never_learns_xor() -> None:
    """scikit-learn's gets at most the 0.75 that the best line gets, and all of AND."""
    corners = [[0, 0], [0, 1], [1, 0], [1, 1]]
    for seed in range(20):
        scores = {
            y: Perceptron(tol=None, max_iter=100, random_state=seed)
            .fit(corners, y)
            .score(corners, y)
            for y in ((0, 1, 1, 0), (0, 0, 0, 1))
        }
        assert scores[0, 1, 1, 0] <= xor().results["accuracy_of_one_neuron"]
        assert scores[0, 0, 0, 1] == xor(y="0,0,0,1").results["accuracy_of_one_neuron"] == 1
