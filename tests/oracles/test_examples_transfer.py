"""Linear probes against scikit-learn's Ridge, frozen layers against torch's SGD."""

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, generators
from sklearn.linear_model import Ridge
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.transfer import freeze_mask, linear_probe


def test_linear_probe_equals_ridge() -> None:
    """Weights and predictions of Ridge(fit_intercept=False) on the features that may learn."""
    for random in generators():
        given: dict[str, Any] = {}
        free = np.ones(3, dtype=bool)
        if random:
            n, features = random.integers(1, 12), random.integers(1, 5)
            given = {"Z": random.normal(size=(n, features)), "y": random.normal(size=n)}
            free = random.uniform(size=features) < 0.7
            free[0] = True
            given |= {"lam": random.uniform(0.05, 5), "frozen": (~free).astype(int)}
        trace = linear_probe(**given)
        z, y = (np.array(trace.inputs[name]) for name in ("Z", "y"))
        ridge = Ridge(alpha=trace.params["lam"], fit_intercept=False).fit(z[:, free], y)
        w = np.zeros(free.size)
        w[free] = ridge.coef_
        agree(trace, "w", w)
        agree(trace, "predictions", ridge.predict(z[:, free]))


@pytest.mark.parametrize("train", ["head", "backbone", "all", "none"])
def test_freeze_mask_equals_torch(train: str) -> None:
    """One step of SGD with requires_grad switched off for what is frozen."""
    for random in generators():
        given: dict[str, Any] = {"train": train}
        if random:
            n, inputs, hidden, outputs = random.integers(1, 6, 4)
            given |= {"x": random.normal(size=(n, inputs)), "y": random.normal(size=(n, outputs))}
            given["W1"] = random.normal(size=(hidden, inputs))
            given |= {"W2": random.normal(size=(outputs, hidden)), "lr": random.uniform(0.01, 0.5)}
        trace = freeze_mask(**given)
        x, y, w1, w2 = (torch.tensor(np.array(value)) for value in trace.inputs.values())
        w1.requires_grad_(train in {"backbone", "all"})
        w2.requires_grad_(train in {"head", "all"})
        loss = F.mse_loss(F.linear(F.relu(F.linear(x, w1)), w2), y)
        agree(trace, "loss", loss.detach())
        if train != "none":
            optimiser = torch.optim.SGD([w1, w2], lr=trace.params["lr"])
            loss.backward()
            optimiser.step()
        for name, weight in (("W1", w1), ("W2", w2)):
            agree(trace, f"{name}_after", weight.detach())
            if weight.grad is not None:
                agree(trace, f"d{name}", weight.grad)
        after = F.mse_loss(F.linear(F.relu(F.linear(x, w1)), w2), y)
        agree(trace, "loss_after", after.detach())
