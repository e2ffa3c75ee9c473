"""The linear autoencoder and its anomaly scores against scikit-learn."""
# ruff: noqa: N806 -- X is the name of the formulas

from typing import Any

import numpy as np
from agreement import agree, equal, generators
from sklearn.decomposition import PCA
from sklearn.metrics import roc_auc_score

from nnquiz.examples.anomaly import anomaly_score, linear_ae


def test_linear_ae_equals_pca() -> None:
    """Codes, up to a flip, and reconstructions are those of PCA with its inverse."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, d = int(random.integers(2, 20)), int(random.integers(1, 7))
            given = {"X": random.normal(2, 3, (n, d)), "k": int(random.integers(1, min(n, d) + 1))}
        trace = linear_ae(**given)
        X = np.asarray(trace.inputs["X"])
        pca = PCA(n_components=trace.params["k"], svd_solver="full").fit(X)
        rebuilt = pca.inverse_transform(pca.transform(X))
        agree(trace, "X_hat", rebuilt)
        equal(np.abs(trace.results["W"]), np.abs(pca.components_))
        equal(np.abs(trace.results["Z"]), np.abs(pca.transform(X)))
        agree(trace, "explained", pca.explained_variance_ratio_.sum())
        agree(trace, "mse", ((X - rebuilt) ** 2).mean())
        agree(trace, "mean", pca.mean_)


def test_anomaly_score_equals_pca_and_roc_auc() -> None:
    """Scores are the errors of PCA fitted to the first samples, the area is scikit-learn's."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, d = int(random.integers(4, 30)), int(random.integers(2, 6))
            fit = int(random.integers(2, n))
            given = {"X": random.normal(2, 3, (n, d)), "outliers": random.normal(3, 4, (3, d))}
            given |= {"fit": fit, "k": int(random.integers(1, min(fit, d))), "q": random.uniform()}
        trace = anomaly_score(**given)
        X, outliers = (np.asarray(trace.inputs[name]) for name in ("X", "outliers"))
        fit, k, q = (trace.params[name] for name in ("fit", "k", "q"))
        pca = PCA(n_components=k, svd_solver="full").fit(X[:fit])
        tested = np.vstack([X[fit:], outliers])
        scores = ((tested - pca.inverse_transform(pca.transform(tested))) ** 2).mean(axis=1)
        truth = [0] * (len(X) - fit) + [1] * len(outliers)
        agree(trace, "scores", scores)
        agree(trace, "auc", roc_auc_score(truth, scores))
        ordered = np.sort(scores[: len(X) - fit])
        place = q * (len(ordered) - 1)  # interpolated by hand between the scores around it
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        threshold = ordered[low] + (place - low) * (ordered[high] - ordered[low])
        agree(trace, "threshold", threshold)
        clear = np.abs(scores - threshold) > 1e-9  # at the threshold itself rounding decides
        flags = np.asarray(trace.results["flags"])
        np.testing.assert_array_equal(flags[clear], (scores > threshold)[clear])
        if clear.all():
            agree(trace, "flags", scores > threshold)
