"""Forgetting (question 11): EWC against L-BFGS, Fisher against autograd, measures by loops."""
# ruff: noqa: N806 -- X and R are matrices

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, equal, generators, tensor
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.forgetting import ewc_quadratic, fisher_diag, forgetting_matrix


@pytest.mark.parametrize("lam", [0.0, 0.5, 5.0, 50.0])
def test_ewc_equals_lbfgs(lam: float) -> None:
    """The closed form is where L-BFGS ends on the same loss: to 1e-6, as far as it descends."""
    for random in generators():
        given: dict[str, Any] = {"lam": lam}
        if random:
            n, d = int(random.integers(6, 12)), int(random.integers(1, 4))
            given |= {"X_a": random.normal(size=(n, d)), "X_b": random.normal(size=(n, d))}
            given |= {"y_a": random.normal(size=n), "y_b": random.normal(size=n)}
            given["overlap"] = random.uniform()
        trace = ewc_quadratic(**given)
        X_a, X_b, y_a, y_b = (tensor(trace.inputs[name]) for name in ("X_a", "X_b", "y_a", "y_b"))
        mix = given.get("overlap", 0.0)
        X_b = mix * X_a + (1 - mix) * X_b if random else X_b
        best = torch.linalg.lstsq(X_a, y_a[:, None]).solution[:, 0]
        agree(trace, "theta_a", best)
        agree(trace, "theta_b", torch.linalg.lstsq(X_b, y_b[:, None]).solution[:, 0])
        fisher = torch.stack(
            [
                torch.autograd.functional.hessian(
                    lambda w, x=x: ((x @ w) ** 2) / 2,
                    best,
                ).diagonal()
                for x in X_a
            ]
        ).mean(0)
        agree(trace, "fisher", fisher)

        theta = torch.zeros_like(best, requires_grad=True)
        descent = torch.optim.LBFGS(
            [theta],
            max_iter=500,
            tolerance_grad=1e-12,
            tolerance_change=1e-16,
            line_search_fn="strong_wolfe",
        )

        def loss(
            x: Any = X_b,
            y: Any = y_b,
            theta: Any = theta,
            fisher: Any = fisher,
            best: Any = best,
        ) -> torch.Tensor:
            fit = F.mse_loss(x @ theta, y) / 2
            return fit + lam / 2 * (fisher * (theta - best) ** 2).sum()

        def closure(descent: Any = descent, loss: Any = loss) -> torch.Tensor:
            descent.zero_grad()
            value: torch.Tensor = loss()
            value.backward()
            return value

        descent.step(closure)
        agree(trace, "theta", theta, tolerance=1e-6)
        for row, weights in zip(
            np.asarray(trace.results["losses"]),
            (best, tensor(trace.results["theta_b"]), tensor(trace.results["theta"])),
            strict=True,
        ):
            equal(row, [F.mse_loss(x @ weights, y) / 2 for x, y in ((X_a, y_a), (X_b, y_b))])


def test_fisher_equals_autograd_per_sample() -> None:
    """Per-sample gradients; their squares over the data's labels, and over the model's."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, d = int(random.integers(1, 9)), int(random.integers(1, 5))
            given = {"X": random.normal(size=(n, d)), "w": random.normal(size=d)}
            given["y"] = random.integers(0, 2, n)
        trace = fisher_diag(**given)
        X, y = tensor(trace.inputs["X"]), tensor(trace.inputs["y"])
        w = tensor(trace.inputs["w"]).requires_grad_()

        def gradient(x: Any, label: Any, w: Any = w) -> torch.Tensor:
            loss = F.binary_cross_entropy_with_logits(x @ w, label)
            return torch.autograd.grad(loss, w)[0]

        gradients = torch.stack([gradient(x, label) for x, label in zip(X, y, strict=True)])
        agree(trace, "gradients", gradients)
        agree(trace, "empirical", (gradients**2).mean(0))
        fisher = torch.zeros_like(w)
        for x in X:
            p = torch.sigmoid(x @ w).detach()
            for label, chance in ((1.0, p), (0.0, 1 - p)):
                fisher = fisher + chance * gradient(x, tensor(label)) ** 2 / len(X)
        agree(trace, "fisher", fisher.detach())


def test_forgetting_measures_equal_loops() -> None:
    """Average accuracy, BWT and forgetting, summed as their papers write them."""
    for random in generators():
        size = int(random.integers(2, 7)) if random else 3
        trace = forgetting_matrix(**({"R": random.uniform(size=(size, size))} if random else {}))
        R = np.asarray(trace.inputs["R"]).tolist()
        last = size - 1
        agree(trace, "average_accuracy", sum(R[last][j] for j in range(size)) / size)
        agree(trace, "bwt", sum(R[last][j] - R[j][j] for j in range(last)) / last)
        drops = [max(R[i][j] for i in range(last)) - R[last][j] for j in range(last)]
        agree(trace, "forgetting", sum(drops) / last)
