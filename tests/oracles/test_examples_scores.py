"""Average precision, calibration and averaging (question 8) against scikit-learn, torchmetrics."""

import numpy as np
import pytest
import torch
from agreement import agree, generators
from sklearn import metrics as sk
from torchmetrics.functional.classification import binary_calibration_error

from nnquiz.examples.average_precision import average_precision
from nnquiz.examples.calibration import calibration_ece
from nnquiz.examples.multiclass import averaging


@pytest.mark.parametrize("ties", [False, True])
def test_average_precision_equals_sklearn(ties: bool) -> None:
    """AP with and without ties, and every point of the curve."""
    for random in generators():
        given = {}
        if random:
            n = random.integers(2, 40)
            scores = random.uniform(size=n)
            given = {
                "y_true": [1, *random.integers(0, 2, n - 1)],
                "scores": scores.round(1) if ties else scores,
            }
        trace = average_precision(**given)
        y, scores = trace.inputs["y_true"], trace.inputs["scores"]
        agree(trace, "ap", sk.average_precision_score(y, scores))
        precision, recall, thresholds = sk.precision_recall_curve(y, scores)
        # scikit-learn's thresholds rise, and its curve ends with a point of its own at (0, 1).
        agree(trace, "precision", precision[:-1][::-1])
        agree(trace, "recall", recall[:-1][::-1])
        agree(trace, "thresholds", thresholds[::-1])


@pytest.mark.parametrize("bins", [1, 2, 5, 10])
def test_calibration_error_equals_torchmetrics_off_the_edges(bins: int) -> None:
    """ECE and the largest gap; in float32 as torchmetrics computes, hence 1e-6."""
    for random in generators():
        if random is None:
            continue  # the defaults stand on edges, where the two put cases into different bins
        n = int(random.integers(1, 60))
        y, p = random.integers(0, 2, n), random.uniform(0.001, 0.999, n)
        p = p[np.abs(p * bins - np.round(p * bins)) > 1e-3] if bins > 1 else p
        y = y[: p.size]
        if not p.size:
            continue
        results = calibration_ece(y_true=y, p=p, bins=bins).results
        for norm, name in (("l1", "ece"), ("max", "mce")):
            wanted = binary_calibration_error(torch.tensor(p), torch.tensor(y), bins, norm)
            np.testing.assert_allclose(results[name], float(wanted), atol=1e-6)


@pytest.mark.parametrize("bins", [1, 2, 5, 10])
def test_calibration_error_equals_counting(bins: int) -> None:
    """On the edges too: a loop over (lo, hi] bins, the first of them closed on the left."""
    for random in generators():
        given = {}
        if random:
            n = random.integers(1, 60)
            p = random.integers(0, 21, n) / 20
            given = {"y_true": random.integers(0, 2, n), "p": p}
        trace = calibration_ece(bins=bins, **given)
        y, p = np.asarray(trace.inputs["y_true"]), np.asarray(trace.inputs["p"])
        ece, mce = 0.0, 0.0
        for b in range(bins):
            low, high = b / bins, (b + 1) / bins
            held = [i for i in range(p.size) if low < p[i] <= high or (b == 0 and p[i] == 0)]
            if held:
                gap = abs(y[held].mean() - p[held].mean())
                ece, mce = ece + len(held) / p.size * gap, max(mce, gap)
        agree(trace, "ece", ece)
        agree(trace, "mce", mce)


def test_averaging_equals_sklearn() -> None:
    """F1 of each class, its three averages, the matrix and the accuracy."""
    for random in generators():
        given = {}
        if random:
            n, classes = random.integers(1, 40), random.integers(1, 6)
            given = {"y_true": random.integers(0, classes, n)}
            given |= {"y_pred": random.integers(0, classes, n)}
        trace = averaging(**given)
        y, hat = trace.inputs["y_true"], trace.inputs["y_pred"]
        classes = np.union1d(y, hat)
        if classes.size > 1:  # scikit-learn warns of a matrix with one entry
            agree(trace, "matrix", sk.confusion_matrix(y, hat, labels=classes))
        agree(trace, "f1", sk.f1_score(y, hat, average=None))
        for name in ("macro", "micro", "weighted"):
            agree(trace, name, sk.f1_score(y, hat, average=name))
        agree(trace, "accuracy", sk.accuracy_score(y, hat))
