"""Question 12: why scores are divided by the root of the dimension."""

from typing import Annotated

import numpy as np

from nnquiz.examples.attention import softmax
from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number
from nnquiz.examples.parameters import Draw, Tensor, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

DIMENSIONS = np.array([4, 16, 64, 512])
MOST_DIMENSIONS = 12

Dimensions = Annotated[Array, Tensor(1, whole=True, drawn=None, low=1, high=1024)]
Queries = Annotated[int, Whole(2, 300)]
Keys = Annotated[int, Whole(2, 10)]


def products(d: int, queries: int, keys: int, random: np.random.Generator) -> Array:
    """Return the scores q · k of standard normal vectors, (queries, keys)."""
    q = random.standard_normal((queries, 1, d))
    k = random.standard_normal((queries, keys, d))
    scores: Array = np.einsum("qod,qkd->qk", q, k)
    return scores


@example
def why_sqrt_dk(
    *, d: Dimensions = DIMENSIONS, queries: Queries = 100, keys: Keys = 8, draw: Draw = 0
) -> Working:
    """Unscaled, dot products grow with the root of the dimension, and the softmax saturates.

    Queries and keys are drawn from a standard normal; `draw` seeds them. The argument is that of
    Vaswani et al. (2017), footnote 4.
    """
    require(d.size <= MOST_DIMENSIONS, f"d has {d.size} entries; at most {MOST_DIMENSIONS} fit")
    random = np.random.default_rng(draw)
    scores = [products(int(size), queries, keys, random) for size in d]

    std = np.array([s.std() for s in scores])
    scaled = [s / np.sqrt(size) for s, size in zip(scores, d, strict=True)]
    std_scaled = np.array([s.std() for s in scaled])
    largest = np.array([_largest(s) for s in scores])
    largest_scaled = np.array([_largest(s) for s in scaled])

    sizes = tuple(f"d={size}" for size in d)
    last, places = int(d[-1]), np.arange(d.size)
    columns = ("measured", "√d")
    return Working(
        inputs={"d": d},
        steps=(
            Step(
                "std",
                r"\text{Var}(q \cdot k) = \sum_{i=1}^{d} \text{Var}(q_i k_i) = d",
                rf"\sqrt{{{last}}} {equals(np.sqrt(last))}, "
                rf"\quad \text{{measured}} = {number(std[-1])}",
                np.column_stack([std, np.sqrt(d)]),
                "A sum of d products of variance 1: its deviation is the root of d.",
            ),
            Step(
                "std_scaled",
                r"\text{Var}(\frac{q \cdot k}{\sqrt{d}}) = 1",
                rf"\frac{{{number(std[-1])}}}{{\sqrt{{{last}}}}} {equals(std_scaled[-1])}",
                std_scaled,
                "Divided by that root, scores are as large at any dimension.",
            ),
            Step(
                "largest",
                r"\max_j \text{softmax}(q \cdot k_j)",
                rf"\text{{mean at }} d = {last}: \quad {number(largest[-1])}",
                largest,
                f"Unscaled: with {keys} keys an even share would be {1 / keys:.3g} each.",
            ),
            Step(
                "largest_scaled",
                r"\max_j \text{softmax}(\frac{q \cdot k_j}{\sqrt{d}})",
                rf"\text{{mean at }} d = {last}: \quad {number(largest_scaled[-1])}",
                largest_scaled,
                "Scaled: it stays soft, and its gradient alive.",
            ),
        ),
        results={
            "std_unscaled": std,
            "std_scaled": std_scaled,
            "largest": largest,
            "largest_scaled": largest_scaled,
        },
        axes={
            "std": (sizes, columns),
            **dict.fromkeys(("std_unscaled", "std_scaled", "largest", "largest_scaled"), (sizes,)),
        },
        plots=(
            Plot(
                "line",
                "the largest weight of a query, on average",
                "dimension",
                "weight",
                (
                    Series("unscaled", places, largest),
                    Series("scaled", places, largest_scaled),
                ),
                x_ticks=sizes,
            ),
        ),
        invariants=(
            same("scaling divides the deviation by the root of d", std_scaled * np.sqrt(d), std),
            same(
                "scaling never makes the largest weight larger",
                np.maximum(largest_scaled - largest, 0),
                0.0,
            ),
        ),
        conventions=(
            "It assumes independent entries of variance 1: so at the start, not once trained.",
        ),
        tries=(
            Try(("d=1,2,4,8,16",), "small dimensions need little scaling"),
            Try(("keys=2",), "two keys: one takes nearly all"),
            Try(("draw=1",), "another draw, the same picture"),
        ),
    )


def _largest(scores: Array) -> float:
    """Return the largest weight of a query, on average over the queries."""
    return float(softmax(scores).max(axis=1).mean())
