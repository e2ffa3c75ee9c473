"""Question 21: the contrastive loss of SimCLR."""
# ruff: noqa: N806 -- S is the matrix of similarities

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.functions import log_softmax
from nnquiz.examples.notation import addition, dot, equals, number, operand, total
from nnquiz.examples.parameters import Real, Tensor, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Two images, two views of each, as unit vectors in the plane.
VIEWS = np.array([[1.0, 0], [0.8, 0.6], [0, 1], [-0.6, 0.8]])


class Directions(Tensor):
    """A table of vectors that are not 0; a seed draws them so."""

    __slots__ = ()

    def draw(self, random: "np.random.Generator", shape: tuple[int, ...]) -> Array:
        """Draw vectors, to one decimal."""
        drawn = super().draw(random, shape)
        drawn[~drawn.any(axis=1), 0] = 1.0
        return drawn


Vectors = Annotated[Array, Directions(2)]
Temperature = Annotated[float, Real(above=0.0)]


@example
def nt_xent(*, z: Vectors = VIEWS, tau: Temperature = 0.5) -> Working:
    """The normalised, temperature-scaled cross-entropy of SimCLR (Chen et al. 2020).

    Rows 1 and 2 of z are the views of one image, rows 3 and 4 of the next, and so on.
    """
    n = len(z)
    require(n % 2 == 0, f"z has {n} rows; views come in pairs")
    lengths = np.linalg.norm(z, axis=1, keepdims=True)
    zero = f"row {int(lengths.argmin()) + 1} of z is 0 everywhere; it has no direction"
    require(bool(lengths.all()), zero)

    unit = z / lengths  # (n, d)
    S = unit @ unit.T  # (n, n)
    logits = np.where(np.eye(n, dtype=bool), -np.inf, S / tau)  # no view is its own negative
    log_p = log_softmax(logits)
    partner = np.arange(n) ^ 1  # 1, 0, 3, 2, ...
    losses = -log_p[np.arange(n), partner]  # (n,)
    loss = losses.mean()

    views = tuple(f"{i // 2 + 1}{'ab'[i % 2]}" for i in range(n))
    grid = (views, views)
    in_all = np.logaddexp.reduce(logits, axis=1)  # (n,)
    cosine = f"{dot(z[0], z[1])}", rf"{number(lengths[0, 0])} \cdot {number(lengths[1, 0])}"
    below = total(f"e^{{{number(value)}}}" for value in logits[0, 1:])
    return Working(
        inputs={"z": z},
        steps=(
            Step(
                "S",
                r"s_{ij} = \frac{z_i \cdot z_j}{\lVert z_i \rVert \lVert z_j \rVert}",
                rf"s_{{12}} = \frac{{{cosine[0]}}}{{{cosine[1]}}} {equals(S[0, 1])}",
                S,
                "Cosines: how alike two views look to the network.",
            ),
            Step(
                "logits",
                r"l_{ij} = \frac{s_{ij}}{\tau}, \quad l_{ii} = -\infty",
                rf"l_{{12}} = \frac{{{number(S[0, 1])}}}{{{number(tau)}}} {equals(logits[0, 1])}",
                logits,
                "A small temperature sharpens; the diagonal is masked.",
            ),
            Step(
                "P",
                r"p_{ij} = \frac{e^{l_{ij}}}{\sum_k e^{l_{ik}}}",
                rf"p_{{12}} = \frac{{e^{{{number(logits[0, 1])}}}}}{{{below}}} "
                f"{equals(np.exp(log_p[0, 1]))}",
                np.exp(log_p),
                "Each row asks which of the others shows the same image.",
            ),
            Step(
                "losses",
                r"\ell_i = -\log p_{i,\text{partner}(i)}",
                rf"\ell_1 = -\log {operand(np.exp(log_p[0, 1]))} {equals(losses[0])}",
                losses,
                "Cross-entropy with the partner as the right class.",
            ),
            Step(
                "loss",
                r"L = \frac{1}{2N} \sum_i \ell_i",
                rf"L = \frac{{1}}{{{n}}} ({addition(losses)}) {equals(loss)}",
                loss,
                f"A guess among the others would cost log {n - 1}, about {np.log(n - 1):.4g}.",
            ),
        ),
        results={"S": S, "P": np.exp(log_p), "losses": losses, "loss": loss},
        axes={
            "z": (views, ()),
            **dict.fromkeys(("S", "logits", "P"), grid),
            "losses": (views,),
        },
        plots=(
            Plot(
                "heatmap",
                "who looks like whom",
                "view",
                "view",
                tuple(Series(view, np.arange(n), row) for view, row in zip(views, S, strict=True)),
                x_ticks=views,
            ),
        ),
        invariants=(
            same("each row of P sums to 1", np.exp(log_p).sum(axis=1), 1.0),
            same(
                "the loss is the logits' log-sum-exp less the partner's logit",
                in_all - logits[np.arange(n), partner],
                losses,
                scale=1 / tau,
            ),
        ),
        conventions=(
            "Views of an image are neighbours; much code stacks all first views, then all second.",
            "Both views of a pair count, so the mean is over 2N terms.",
        ),
        tries=(
            Try(("tau=0.1",), "a low temperature punishes the hardest negative"),
            Try(("z=[[1,0],[1,0],[0,1],[0,1]]",), "perfect pairs, and the loss is still not 0"),
            Try(("z=[[1,0],[1,0],[1,0],[1,0]]",), "collapse: no better than a guess"),
        ),
    )
