"""Question 5: clipping a gradient by its norm."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, operand, total
from nnquiz.examples.parameters import Real, Vector
from nnquiz.examples.trace import Step, Try, Working, same

G = np.array([3.0, 4])
EPS = 1e-6  # of PyTorch's clip_grad_norm_

Bound = Annotated[float, Real(above=0.0)]


@example
def grad_clip(*, g: Vector = G, max_norm: Bound = 1.0) -> Working:
    """Shorten a gradient to a norm of at most max_norm, as PyTorch's `clip_grad_norm_` does.

    g stands for the gradients of all parameters, one after the other (Pascanu et al. 2013).
    """
    norm = np.sqrt((g**2).sum())
    coef = min(1.0, max_norm / (norm + EPS))
    clipped = coef * g

    names = tuple(f"g{i}" for i in range(1, g.size + 1))
    return Working(
        inputs={"g": g},
        steps=(
            Step(
                "norm",
                r"\|g\| = \sqrt{\sum_i g_i^2}",
                rf"\|g\| = \sqrt{{{total(f'{operand(entry)}^2' for entry in g)}}} {equals(norm)}",
                norm,
                "One norm over all parameters together.",
            ),
            Step(
                "coef",
                r"c = \min(1, \frac{c_\text{max}}{\|g\| + 10^{-6}})",
                rf"c = \min(1, \frac{{{number(max_norm)}}}{{{number(norm)} + 10^{{-6}}}}) "
                f"{equals(coef)}",
                coef,
                "Below 1: the gradient is too long."
                if coef < 1
                else "1: the gradient is short enough and stays as it is.",
            ),
            Step(
                "clipped",
                r"g_i \leftarrow c \cdot g_i",
                rf"g_1 \leftarrow {number(coef)} \cdot {operand(g[0])} {equals(clipped[0])}",
                clipped,
                "All entries by the same factor: the direction stays.",
            ),
        ),
        results={"norm": norm, "coef": coef, "clipped": clipped},
        axes=dict.fromkeys(("g", "clipped"), (names,)),
        invariants=(
            same(
                "the clipped norm is at most max_norm",
                max(float(np.sqrt((clipped**2).sum())) - max_norm, 0.0),
                0.0,
                scale=max_norm,
            ),
            same("the direction stays", clipped * norm, g * np.sqrt((clipped**2).sum()), norm),
        ),
        conventions=(
            "PyTorch divides by norm + 1e-6, so 0.6 comes out as 0.59999988.",
            "Clipping each entry by value instead would turn the direction.",
        ),
        tries=(
            Try(("max_norm=10",), "a short gradient is left alone"),
            Try(("g=30,40",), "ten times as long, and clipped to the same"),
        ),
    )
