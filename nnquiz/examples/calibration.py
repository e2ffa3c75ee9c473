"""Question 8: the expected calibration error."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals, number
from nnquiz.examples.parameters import Labels, Probabilities, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Six forecasts; 0.6 stands on an edge, and one bin stays empty.
Y_TRUE = np.array([0, 1, 0, 1, 1, 1])
P = np.array([0.1, 0.4, 0.3, 0.9, 0.6, 1.0])

Bins = Annotated[int, Whole(1, 50)]


@example
def calibration_ece(*, y_true: Labels = Y_TRUE, p: Probabilities = P, bins: Bins = 5) -> Working:
    """The expected calibration error of the probabilities of class 1 (Guo et al. 2017).

    Bins are as wide as each other, open on the left and closed on the right; empty ones count
    nothing.
    """
    given = f"y_true has {y_true.size} entries and p has {p.size}; each case has both"
    require(y_true.size == p.size, given)

    edges = np.arange(bins + 1) / bins
    bin_of = np.maximum(np.searchsorted(edges, p, side="left"), 1)  # (n,), from 1; 0 is in bin 1
    used, place = np.unique(bin_of, return_inverse=True)
    count = np.bincount(place)  # (used,)
    confidence = np.bincount(place, weights=p) / count
    frequency = np.bincount(place, weights=y_true) / count
    gap = np.abs(frequency - confidence)
    weight = count / p.size
    ece = weight @ gap

    cases = tuple(f"#{i}" for i in range(1, p.size + 1))
    intervals = tuple(_interval(edges, b) for b in used)
    share = rf"\frac{{{count[0]}}}{{{p.size}}}"
    return Working(
        inputs={"y_true": y_true, "p": p},
        steps=(
            Step(
                "bin",
                r"b_i = \lceil M p_i \rceil",
                rf"b_1 = \lceil {bins} \cdot {number(p[0])} \rceil = {bin_of[0]}",
                bin_of,
                "A probability on an edge belongs to the bin below; 0 to the first.",
            ),
            Step(
                "table",
                r"c_b = \frac{\sum_{i \in b} p_i}{n_b}, \quad f_b = \frac{\sum_{i \in b} y_i}{n_b}",
                rf"c_1 = \frac{{{addition(p[place == 0])}}}{{{count[0]}}} {equals(confidence[0])}, "
                rf"\quad f_1 = \frac{{{addition(y_true[place == 0])}}}{{{count[0]}}} "
                f"{equals(frequency[0])}",
                np.column_stack([count, confidence, frequency]),
                "In each bin: what was promised (c), and what happened (f).",
            ),
            Step(
                "gap",
                r"g_b = |f_b - c_b|",
                rf"g_1 = |{number(frequency[0])} - {number(confidence[0])}| {equals(gap[0])}",
                gap,
                "A bin is calibrated where promise and outcome agree.",
            ),
            Step(
                "weight",
                r"w_b = \frac{n_b}{n}",
                rf"w_1 = {share} {equals(weight[0])}",
                weight,
                "Bins with more cases count more.",
            ),
            Step(
                "ece",
                r"\text{ECE} = \sum_b w_b g_b",
                rf"\text{{ECE}} = {dot(weight, gap)} {equals(ece)}",
                ece,
                "How far probabilities are off, on average; 0 is calibrated.",
            ),
            Step(
                "mce",
                r"\text{MCE} = \max_b g_b",
                rf"\text{{MCE}} = {number(gap.max())}",
                gap.max(),
                "The worst bin.",
            ),
        ),
        results={
            "bin": bin_of,
            "confidence": confidence,
            "frequency": frequency,
            "ece": ece,
            "mce": gap.max(),
        },
        axes={
            **dict.fromkeys(("y_true", "p", "bin"), (cases,)),
            "table": (intervals, ("cases", "confidence", "frequency")),
            **dict.fromkeys(("gap", "weight", "confidence", "frequency"), (intervals,)),
        },
        plots=(
            Plot(
                "line",
                "reliability diagram",
                "confidence",
                "frequency of class 1",
                (
                    Series("bins", confidence, frequency),
                    Series("calibrated", np.array([0.0, 1.0]), np.array([0.0, 1.0])),
                ),
            ),
        ),
        invariants=(
            same("the weights sum to 1", weight.sum(), 1.0),
            same("every case is in the bin that holds it", _outside(edges, bin_of, p), 0.0),
            same(
                "ECE is at least the gap between the overall means",
                np.maximum(abs(y_true.mean() - p.mean()) - ece, 0),
                0.0,
            ),
        ),
        conventions=(
            "Bins are (lo, hi] as in Guo et al. 2017; torchmetrics has [lo, hi).",
            "p is the probability of class 1; Guo et al. take the winning class's and accuracy.",
        ),
        tries=(
            Try(("bins=2",), "few bins hide miscalibration"),
            Try(("p=0,1,0,1,1,1",), "right and sure: 0"),
            Try(("p=1,0,1,0,0,0",), "wrong and sure: 1"),
        ),
    )


def _interval(edges: Array, b: int) -> str:
    bracket = "[" if b == 1 else "("
    return f"{bracket}{edges[b - 1]:.4g}, {edges[b]:.4g}]"


def _outside(edges: Array, bin_of: Array, p: Array) -> Array:
    """Return how far each probability lies outside its bin."""
    below, above = edges[bin_of - 1], edges[bin_of]
    outside: Array = np.maximum(below - p, 0) + np.maximum(p - above, 0)
    return outside
