"""The worked examples against torch and scikit-learn, on the defaults and on random inputs.

All in float64. The tolerance is 1e-10, relative to numbers above 1. An example and its oracle
share no code: torch and scikit-learn compute from the same inputs.
"""

import warnings
from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, equal, generators, tensor
from sklearn import metrics as sk
from torch.nn import BatchNorm1d
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.attention import attention
from nnquiz.examples.batch_norm import batchnorm_eval, batchnorm_train
from nnquiz.examples.metrics import confusion, regression_metrics, roc_auc
from nnquiz.examples.neuron import neuron
from nnquiz.examples.trace import Trace

# --- neuron


@pytest.mark.parametrize("act", ["sigmoid", "tanh", "relu", "gelu", "gelu-tanh"])
def test_neuron_equals_torch(act: str) -> None:
    """The sum z is F.linear; a is torch's activation of it."""
    oracle = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": F.relu,
        "gelu": F.gelu,
        "gelu-tanh": lambda z: F.gelu(z, approximate="tanh"),
    }[act]
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = random.integers(1, 9)
            given = {"x": random.normal(size=n), "w": random.normal(size=n), "b": random.normal()}
        trace = neuron(act=act, **given)
        x, w, b = (tensor(trace.inputs[name]) for name in ("x", "w", "b"))
        z = F.linear(x[None], w[None], b[None])
        agree(trace, "z", z.squeeze())
        agree(trace, "a", oracle(z).squeeze())


# --- batch normalisation


def batch(random: np.random.Generator | None, rows: int) -> dict[str, Any]:
    """Random inputs for the batch normalisations; none for the defaults."""
    if random is None:
        return {}
    f = random.integers(1, 6)
    return {
        "x": random.normal(3, 5, size=(rows, f)),
        "gamma": random.normal(size=f),
        "beta": random.normal(size=f),
        "running_mean": random.normal(size=f),
        "running_var": random.uniform(0.1, 4, size=f),
        "eps": 10.0 ** random.integers(-8, 0),
    }


def layer(trace: Trace, momentum: float = 0.1) -> BatchNorm1d:
    """A batch norm of torch with the parameters and statistics of the trace."""
    size = np.size(trace.inputs["gamma"])
    made = BatchNorm1d(size, eps=trace.params["eps"], momentum=momentum, dtype=torch.float64)
    with torch.no_grad():
        made.weight.copy_(tensor(trace.inputs["gamma"]))
        made.bias.copy_(tensor(trace.inputs["beta"]))
    made.running_mean = tensor(trace.inputs["running_mean"])
    made.running_var = tensor(trace.inputs["running_var"])
    return made


def test_batchnorm_train_equals_torch() -> None:
    """The output y and both running statistics after one forward pass in training."""
    for random in generators():
        given = batch(random, rows=2 + (random.integers(0, 6) if random else 0))
        if random:
            given["momentum"] = random.uniform()
        trace = batchnorm_train(**given)
        norm = layer(trace, trace.params["momentum"]).train()
        agree(trace, "y", norm(tensor(trace.inputs["x"])).detach())
        agree(trace, "running_mean", norm.running_mean)
        agree(trace, "running_var", norm.running_var)
        agree(trace, "mean", tensor(trace.inputs["x"]).mean(0))
        agree(trace, "var", tensor(trace.inputs["x"]).var(0, correction=0))


def test_batchnorm_eval_equals_torch() -> None:
    """The output y in evaluation, also for a batch of one; the statistics stay."""
    for random in generators():
        trace = batchnorm_eval(**batch(random, rows=random.integers(1, 5) if random else 1))
        norm = layer(trace).eval()
        agree(trace, "y", norm(tensor(trace.inputs["x"])).detach())
        equal(norm.running_mean, trace.inputs["running_mean"])


# --- attention


@pytest.mark.parametrize("masking", ["none", "causal", "pad", "both"])
@pytest.mark.parametrize("scale", [True, False])
def test_attention_equals_torch(masking: str, scale: bool) -> None:
    """The output is F.scaled_dot_product_attention's; weights and scores follow from softmax."""
    for random in generators():
        m = int(random.integers(2, 7)) if random else 3
        given: dict[str, Any] = {"causal": masking in {"causal", "both"}, "scale": scale}
        if masking in {"pad", "both"}:  # the first key stays visible
            given["pad"] = [0, *(random.integers(0, 2, m - 1) if random else [0, 1])]
        if random:
            d = random.integers(1, 9)
            n = m if given["causal"] else random.integers(1, 7)
            given |= {"Q": random.normal(size=(n, d)), "K": random.normal(size=(m, d))}
            given |= {"V": random.normal(size=(m, random.integers(1, 5)))}
        trace = attention(**given)
        q, k, v = (tensor(trace.inputs[name]) for name in "QKV")
        seen = torch.ones(len(q), m, dtype=torch.bool)
        if given["causal"]:
            seen = seen.tril()
        if "pad" in given:
            seen = seen & ~torch.tensor(given["pad"], dtype=torch.bool)
        factor = None if scale else 1.0
        output = F.scaled_dot_product_attention(q, k, v, attn_mask=seen, scale=factor)
        agree(trace, "output", output)
        root = q.shape[1] ** 0.5 if scale else 1.0
        scores = (torch.einsum("id,jd->ij", q, k) / root).masked_fill(~seen, float("-inf"))
        agree(trace, "weights", torch.softmax(scores, dim=-1))
        agree(trace, "scores", scores)
        if masking == "causal":
            agree(
                trace,
                "output",
                F.scaled_dot_product_attention(q, k, v, is_causal=True, scale=factor),
            )


# --- metrics


def labels(random: np.random.Generator | None, ties: bool) -> dict[str, Any]:
    """Labels of both classes with random scores, in tenths where there shall be ties."""
    if random is None:
        return {}
    n = random.integers(2, 40)
    scores = random.uniform(size=n)
    return {
        "y_true": [0, 1, *random.integers(0, 2, n - 2)],
        "scores": scores.round(1) if ties else scores,
    }


def test_confusion_equals_sklearn() -> None:
    """Counts and every metric, wherever scikit-learn's is defined."""
    for random in generators():
        given = labels(random, ties=True)
        trace = confusion(**given, **({"threshold": random.uniform()} if random else {}))
        y = np.asarray(trace.inputs["y_true"])
        hat = (np.asarray(trace.inputs["scores"]) >= trace.params["threshold"]).astype(int)
        tn, fp, fn, tp = sk.confusion_matrix(y, hat, labels=[0, 1]).ravel()
        for name, count in {"tn": tn, "fp": fp, "fn": fn, "tp": tp}.items():
            agree(trace, name, count)
        agree(trace, "accuracy", sk.accuracy_score(y, hat))
        agree(trace, "precision", sk.precision_score(y, hat, zero_division=np.nan))
        agree(trace, "recall", sk.recall_score(y, hat, zero_division=np.nan))
        agree(trace, "f1", sk.f1_score(y, hat, zero_division=np.nan))
        agree(trace, "specificity", sk.recall_score(y, hat, pos_label=0, zero_division=np.nan))
        agree(trace, "balanced_accuracy", sk.balanced_accuracy_score(y, hat))
        # scikit-learn puts 0 where a row or column of the matrix is empty.
        equal(np.nan_to_num(trace.results["mcc"]), sk.matthews_corrcoef(y, hat))
        if np.unique(y).size == np.unique(hat).size == 2:
            agree(trace, "mcc", sk.matthews_corrcoef(y, hat))


@pytest.mark.parametrize("ties", [False, True])
def test_roc_auc_equals_sklearn(ties: bool) -> None:
    """The area with and without ties, and the curve with every threshold kept."""
    for random in generators():
        trace = roc_auc(**labels(random, ties))
        y, scores = trace.inputs["y_true"], trace.inputs["scores"]
        agree(trace, "auc", sk.roc_auc_score(y, scores))
        fpr, tpr, thresholds = sk.roc_curve(y, scores, drop_intermediate=False)
        agree(trace, "fpr", fpr)
        agree(trace, "tpr", tpr)
        agree(trace, "thresholds", thresholds)


def test_regression_metrics_equal_sklearn() -> None:
    """MSE, RMSE, MAE and R², on scikit-learn's own example first."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = random.integers(2, 30)
            given = {"y": random.normal(5, 3, n), "yhat": random.normal(5, 3, n)}
        trace = regression_metrics(**given)
        y, yhat = trace.inputs["y"], trace.inputs["yhat"]
        agree(trace, "mse", sk.mean_squared_error(y, yhat))
        agree(trace, "rmse", sk.root_mean_squared_error(y, yhat))
        agree(trace, "mae", sk.mean_absolute_error(y, yhat))
        agree(trace, "r2", sk.r2_score(y, yhat))


def test_undefined_metrics_are_where_sklearn_warns() -> None:
    """What is nan here is a warning with a stand-in there."""
    y, hat = [0, 1], [0, 0]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert sk.precision_score(y, hat) == 0
    assert "ill-defined" in str(caught[0].message)
    assert np.isnan(confusion(y_true=y, scores=[0, 0]).results["precision"])  # type: ignore[arg-type]
