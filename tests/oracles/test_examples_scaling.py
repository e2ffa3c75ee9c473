"""Scaling (question 10) against scikit-learn, numpy and gradient descent itself."""

from typing import Any

import numpy as np
import pytest
from agreement import agree, generators
from sklearn import preprocessing
from sklearn.pipeline import make_pipeline

from nnquiz.examples.scaling import conditioning, leakage, scalers

SCALERS = {
    "standard": preprocessing.StandardScaler,
    "minmax": preprocessing.MinMaxScaler,
    "robust": preprocessing.RobustScaler,
}


def table(random: np.random.Generator | None, constant: bool = False) -> dict[str, Any]:
    """Random features of different scales; none for the defaults."""
    if random is None:
        return {}
    n, d = random.integers(6, 20), random.integers(1, 5)
    values = random.normal(random.normal(0, 9, d), 10.0 ** random.integers(-1, 3, d), size=(n, d))
    if constant:
        values[:, 0] = 0.1
    return {"X": values}


@pytest.mark.parametrize("constant", [False, True])
@pytest.mark.parametrize("method", SCALERS)
def test_scalers_equal_sklearn(method: str, constant: bool) -> None:
    """Each scaled table, also one with a constant column."""
    for random in generators():
        trace = scalers(method=method, **table(random, constant))
        scaler = SCALERS[method]()
        agree(trace, "scaled", scaler.fit_transform(trace.inputs["X"]))
        centre = {"standard": "mean_", "minmax": "data_min_", "robust": "center_"}[method]
        agree(trace, "centre", getattr(scaler, centre))


def test_conditioning_equals_numpy() -> None:
    """Condition numbers by singular values; the learning rate's limit by the spectral norm."""
    for random in generators():
        ratio = random.uniform(0.1, 9) if random else 1.0
        trace = conditioning(**table(random), ratio=ratio)
        features = np.array(trace.inputs["X"])
        features[:, -1] *= ratio
        standard = preprocessing.StandardScaler().fit_transform(features)
        for name, x in (("before", features), ("after", standard)):
            hessian = x.T @ x / len(x)
            # The smallest eigenvalue is only as exact as the largest times 1e-16.
            agree(trace, f"cond_{name}", np.linalg.cond(x) ** 2, tolerance=1e-7)
            agree(trace, f"lr_max_{name}", 2 / np.linalg.norm(hessian, 2))


def test_gradient_descent_takes_the_steps_that_theory_says() -> None:
    """At the best rate, from the worst start, the error reaches a hundredth in that many steps."""
    for random in generators(8):
        given = {"X": random.normal(size=(9, 2)) * [1, random.uniform(2, 9)]} if random else {}
        trace = conditioning(**given)
        for name in ("before", "after"):
            hessian = np.asarray(trace.results[f"H_{name}"])
            values, vectors = np.linalg.eigh(hessian)
            error = vectors.sum(axis=1)
            lr, start, count = 2 / (values[0] + values[-1]), np.linalg.norm(error), 0
            while np.linalg.norm(error) > 0.01 * start:
                error = error - lr * hessian @ error
                count += 1
            agree(trace, f"steps_{name}", count)


def test_learning_rates_beyond_the_limit_diverge() -> None:
    """Just below the limit the error shrinks, just above it grows."""
    trace = conditioning()
    hessian = np.asarray(trace.results["H_after"])
    for factor, diverges in ((0.99, False), (1.01, True)):
        step = np.eye(2) - factor * float(trace.results["lr_max_after"]) * hessian
        assert bool(np.linalg.norm(np.linalg.matrix_power(step, 500), 2) > 1) is diverges


def test_leakage_equals_a_pipeline() -> None:
    """Honest values are those of a pipeline fitted on the training part, leaky ones on all."""
    for random in generators():
        given = {}
        if random:
            n = int(random.integers(4, 30))
            given = {"x": random.normal(3, 5, n), "train": int(random.integers(2, n))}
        trace = leakage(**given)
        column = np.asarray(trace.inputs["x"])[:, None]
        train = trace.params["train"]
        pipeline = make_pipeline(preprocessing.StandardScaler())
        for name, rows, end in (("honest", column[:train], ""), ("leaky", column, "_all")):
            agree(trace, name, pipeline.fit(rows).transform(column[train:])[:, 0])
            agree(trace, f"mean{end}", pipeline[0].mean_[0])
            agree(trace, f"std{end}", pipeline[0].scale_[0])
