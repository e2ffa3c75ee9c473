"""Generalisation (question 15) against scikit-learn, torch and brute force."""

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, equal, generators, tensor
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.bias_variance import bias_variance
from nnquiz.examples.cross_validation import kfold
from nnquiz.examples.regularisation import dropout, early_stopping, weight_decay


def folds(n: int, k: int) -> np.ndarray[Any, Any]:
    """A row for each fold of KFold without a shuffle, with 1 for what it holds out."""
    rows = np.zeros((k, n))
    for row, (_, held_out) in zip(rows, KFold(k).split(np.zeros(n)), strict=True):
        row[held_out] = 1
    return rows


@pytest.mark.parametrize(("n", "k"), [(10, 3), (7, 2), (12, 5)])
def test_kfold_equals_sklearn(n: int, k: int) -> None:
    """The folds are those of KFold."""
    agree(kfold(n=n, k=k), "validation", folds(n, k))


def test_kfold_equals_sklearn_at_every_small_size() -> None:
    """Likewise for every n up to 15 and every k."""
    for n in range(2, 16):
        for k in range(2, n + 1):
            equal(kfold(n=n, k=k).results["validation"], folds(n, k))


def test_shuffled_folds_are_those_of_the_order() -> None:
    """Shuffled, the sizes are KFold's and the cases are cut as KFold cuts the shuffled order."""
    for draw in range(60):
        results = kfold(n=11, k=4, shuffle=True, draw=draw).results
        order = np.asarray(results["order"])
        for row, (_, held_out) in zip(
            np.asarray(results["validation"]), KFold(4).split(order), strict=True
        ):
            np.testing.assert_array_equal(np.flatnonzero(row), np.sort(order[held_out]))


@pytest.mark.parametrize("lam", [1e-6, 0.01, 1.0, 100.0])
def test_bias_variance_equals_sklearn(lam: float) -> None:
    """Both errors of Ridge on the powers; weights of degree 9 are ill-conditioned, errors not.

    At a penalty of 1e-6 even the errors carry 1e-8 of rounding, in either solver.
    """
    tolerance = 1e-7 if lam < 1e-3 else 1e-10
    for random in generators():
        given: dict[str, Any] = {"lam": lam, "degree": [0, 1, 3, 9]}
        if random:
            n, m = int(random.integers(3, 30)), int(random.integers(1, 30))
            given |= {"e_train": random.normal(size=n), "e_val": random.normal(size=m)}
            given["noise"] = random.uniform(0, 2)
        trace = bias_variance(**given)
        data = {}
        for name, x in (
            ("e_train", np.linspace(-1, 1, np.size(trace.inputs["e_train"]))),
            ("e_val", np.linspace(-1, 1, 2 * np.size(trace.inputs["e_val"]) + 1)[1::2]),
        ):
            data[name] = x, np.sin(np.pi * x) + trace.params["noise"] * trace.inputs[name]
        wanted: dict[str, list[float]] = {"train_mse": [], "val_mse": []}
        for degree in [0, 1, 3, 9]:
            model = Ridge(lam, fit_intercept=False, solver="svd")
            x, y = data["e_train"]
            model.fit(np.vander(x, degree + 1), y)
            for name, key in (("train_mse", "e_train"), ("val_mse", "e_val")):
                x, y = data[key]
                error = model.predict(np.vander(x, degree + 1)) - y
                wanted[name].append((error**2).mean())
        for name, errors in wanted.items():
            agree(trace, name, errors, tolerance)


def test_least_squares_equal_polyfit() -> None:
    """Without a penalty the errors are those of numpy's Chebyshev fit, another basis."""
    for random in generators():
        given = {"e_train": random.normal(size=12)} if random else {}
        trace = bias_variance(**given)
        noise = np.asarray(trace.inputs["e_train"])
        x = np.linspace(-1, 1, noise.size)
        y = np.sin(np.pi * x) + 0.3 * noise
        fits = [np.polynomial.Chebyshev.fit(x, y, degree) for degree in (1, 3, 9)]
        agree(trace, "train_mse", [((fit(x) - y) ** 2).mean() for fit in fits])


@pytest.mark.parametrize("p", [0.0, 0.1, 0.5, 0.8])
def test_dropout_equals_torch(p: float) -> None:
    """With the mask that torch drew the output is torch's, entry by entry."""
    for random in generators():
        x = random.normal(size=8) if random else np.asarray(dropout().inputs["x"])
        seed = int(random.integers(1000)) if random else 0
        torch.manual_seed(seed)
        mask = F.dropout(torch.ones(x.size, dtype=torch.float64), p, training=True) != 0
        torch.manual_seed(seed)
        wanted = F.dropout(tensor(x), p, training=True)
        trace = dropout(x=x, mask=mask.int().numpy(), p=p)
        agree(trace, "y", wanted)
        agree(trace, "expectation", x)


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_dropout_has_the_statistics_of_torch(p: float) -> None:
    """Over 200,000 masks of F.dropout: mean and deviation, within six standard errors."""
    trace = dropout(p=p)
    torch.manual_seed(0)
    count = 200_000
    drawn = F.dropout(tensor(trace.inputs["x"]).expand(count, -1), p, training=True)
    std = np.asarray(trace.results["std"])
    error = np.abs(drawn.mean(0).numpy() - trace.results["expectation"])
    assert (error < 6 * std / count**0.5).all()
    np.testing.assert_allclose(drawn.std(0).numpy(), std, rtol=0.02)


def test_weight_decay_equals_torch() -> None:
    """Every step of torch.optim.SGD with weight_decay, on a loss with that gradient."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = int(random.integers(1, 6))
            given = {"w": random.normal(size=n), "g": random.normal(size=n)}
            given |= {"lam": random.uniform(0, 2), "lr": random.uniform(0, 1)}
            given["steps"] = int(random.integers(1, 20))
        trace = weight_decay(**given)
        for decay, name in ((trace.params["lam"], "weights"), (0.0, "plain")):
            w = tensor(trace.inputs["w"]).requires_grad_()
            optimiser = torch.optim.SGD([w], lr=trace.params["lr"], weight_decay=decay)
            path = [w.detach().clone()]
            for _ in range(trace.params["steps"]):
                optimiser.zero_grad()
                (w @ tensor(trace.inputs["g"])).backward()
                optimiser.step()
                path.append(w.detach().clone())
            agree(trace, name, torch.stack(path))
        w = tensor(trace.inputs["w"]).requires_grad_()
        penalty = trace.params["lam"] / 2 * w.square().sum()
        penalty.backward()
        agree(trace, "penalty", penalty.detach())
        agree(trace, "gradient", w.grad + tensor(trace.inputs["g"]))


def brute_force(loss: list[float], patience: int, min_delta: float) -> tuple[int, int]:
    """The stop and the best epoch, each epoch looked at anew from the start."""

    def improvements(until: int) -> list[int]:
        found: list[int] = []
        for t in range(until + 1):
            if not found or loss[t] < loss[found[-1]] - min_delta:
                found.append(t)
        return found

    for t in range(len(loss)):
        last = improvements(t)[-1]
        if t - last >= patience:
            return t + 1, last + 1
    return len(loss), improvements(len(loss) - 1)[-1] + 1


@pytest.mark.parametrize("min_delta", [0.0, 0.15])
@pytest.mark.parametrize("patience", [1, 2, 3, 10])
def test_early_stopping_equals_brute_force(patience: int, min_delta: float) -> None:
    """The stop, the best epoch and its loss, over curves with ties."""
    for random in generators():
        given: dict[str, Any] = {"patience": patience, "min_delta": min_delta}
        if random:
            given["loss"] = random.integers(0, 20, random.integers(1, 20)) / 10
        trace = early_stopping(**given)
        loss = np.asarray(trace.inputs["loss"]).tolist()
        stop, best = brute_force(loss, patience, min_delta)
        agree(trace, "stop_epoch", stop)
        agree(trace, "best_epoch", best)
        agree(trace, "best_loss", loss[best - 1])
