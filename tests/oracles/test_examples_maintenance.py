"""The examples of question 22 against torch, scipy and brute force."""
# ruff: noqa: N806 -- W and T are the names of the formulas

import math
from typing import Any

import numpy as np
from agreement import agree, generators, tensor
from scipy.stats import weibull_min
from torch.nn import functional

from nnquiz.examples.maintenance import cmapss_score, cost_threshold, rul_labels, weibull
from nnquiz.examples.temporal import conv1d


def test_conv1d_equals_torch() -> None:
    """Plain and causal, with every stride and dilation: F.conv1d, padded on the left."""
    for random in generators():
        for causal in (False, True):
            given: dict[str, Any] = {}
            if random:
                filters, sensors, k = (int(random.integers(1, 5)) for _ in range(3))
                dilation = int(random.integers(1, 4))
                time = (k - 1) * dilation + int(random.integers(1, 9))
                given = {"x": random.normal(size=(sensors, time)), "dilation": dilation}
                given |= {"W": random.normal(size=(filters, sensors, k))}
                given |= {"b": random.normal(size=filters), "stride": int(random.integers(1, 4))}
            trace = conv1d(**given, causal=causal)
            x, W, b = (tensor(trace.inputs[name]) for name in "xWb")
            stride, dilation = trace.params["stride"], trace.params["dilation"]
            past = (W.shape[2] - 1) * dilation if causal else 0
            padded = functional.pad(x[None], (past, 0))
            wanted = functional.conv1d(padded, W, b, stride=stride, dilation=dilation)
            agree(trace, "y", wanted[0])
            agree(trace, "length", wanted.shape[2])


def test_rul_labels_count_down() -> None:
    """Brute force: count the cycles that are left one by one, and stop at the cap."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            given = {"T": int(random.integers(1, 90)), "cap": int(random.integers(1, 90))}
            given["t"] = random.integers(0, 99, int(random.integers(1, 9)))
        trace = rul_labels(**given)
        T, cap = int(np.asarray(trace.inputs["T"])), trace.params["cap"]
        left = [sum(1 for _ in range(t, T)) for t in np.asarray(trace.inputs["t"])]
        agree(trace, "rul", left)
        agree(trace, "label", [min(cycles, cap) for cycles in left])


def test_cmapss_score_equals_its_definition() -> None:
    """The published formula (Saxena et al. 2008), unit by unit."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            given = {"d": random.normal(0, 20, random.integers(1, 20))}
            given |= {"a_early": random.uniform(5, 20), "a_late": random.uniform(5, 20)}
        trace = cmapss_score(**given)
        early, late = trace.params["a_early"], trace.params["a_late"]
        errors = np.asarray(trace.inputs["d"]).tolist()
        s = [math.exp(-d / early if d < 0 else d / late) - 1 for d in errors]
        agree(trace, "s", s)
        agree(trace, "score", sum(s))
        agree(
            trace,
            "swapped",
            sum(math.exp(-d / late if d < 0 else d / early) - 1 for d in errors),
        )


def test_weibull_equals_scipy() -> None:
    """Survival, hazard as density over survival, and survival given the age."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            given = {"t": random.uniform(1, 150), "shape": random.uniform(0.3, 4)}
            given |= {"scale": random.uniform(20, 200), "ahead": random.uniform(1, 50)}
        trace = weibull(**given)
        t, shape, scale, ahead = (float(np.asarray(v)) for v in trace.inputs.values())
        life = weibull_min(shape, scale=scale)
        agree(trace, "survival", life.sf(t))
        agree(trace, "hazard", life.pdf(t) / life.sf(t))
        agree(trace, "conditional", np.exp(life.logsf(t + ahead) - life.logsf(t)))


def test_cost_threshold_by_brute_force() -> None:
    """Every threshold between two risks is tried; none beats the best, none the closed form."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = int(random.integers(1, 20))
            given = {"p": random.uniform(size=n), "y": random.integers(0, 2, n)}
            given |= {"c_fn": random.uniform(1, 100), "c_fp": random.uniform(1, 100)}
        trace = cost_threshold(**given)
        p, y = (np.asarray(trace.inputs[name]) for name in "py")
        c_fn, c_fp = trace.params["c_fn"], trace.params["c_fp"]

        def cost(threshold: float, p: Any = p, y: Any = y, c: Any = (c_fp, c_fn)) -> float:
            """What a threshold would have cost, machine by machine."""
            return sum(
                (c[0] if not failed else 0.0) if risk >= threshold else (c[1] if failed else 0.0)
                for risk, failed in zip(p, y, strict=True)
            )

        tried = [*np.linspace(-0.01, 1.01, 400), *p, math.inf]
        assert min(cost(t) for t in tried) > float(trace.results["cost_best"]) - 1e-9
        agree(trace, "cost_best", cost(float(np.asarray(trace.results["best"]))))
        agree(trace, "bayes", c_fp / (c_fp + c_fn))
        agree(trace, "cost_bayes", cost(c_fp / (c_fp + c_fn)))
        expected = sum(min(c_fp * (1 - risk), c_fn * risk) for risk in p)
        agree(trace, "expected_bayes", expected)
