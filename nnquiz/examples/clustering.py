"""Question 21: the self-training of deep embedded clustering."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, operand, total
from nnquiz.examples.parameters import Matrix, Real, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Five embedded points and three centres; the last point lies between two of them.
POINTS = np.array([[0.0, 0], [1, 0], [4, 4], [5, 4], [2, 2]])
CENTRES = np.array([[0.5, 0], [4.5, 4], [0, 5]])

Freedom = Annotated[float, Real(above=0.0)]


@example
def deep_clustering(*, z: Matrix = POINTS, mu: Matrix = CENTRES, alpha: Freedom = 1.0) -> Working:
    """Soft assignments, sharpened targets and their divergence: DEC (Xie et al. 2016).

    z are the embedded points, mu the centres, alpha the degrees of freedom of the Student t.
    """
    given = f"z has {z.shape[1]} columns and mu has {mu.shape[1]}; they lie in one space"
    require(z.shape[1] == mu.shape[1], given)

    squared = ((z[:, None] - mu) ** 2).sum(axis=-1)  # (n, k)
    kernel = (1 + squared / alpha) ** (-(alpha + 1) / 2)
    q = kernel / kernel.sum(axis=1, keepdims=True)  # (n, k), equation 1
    f = q.sum(axis=0)  # (k,) soft sizes
    sharpened = q**2 / f
    p = sharpened / sharpened.sum(axis=1, keepdims=True)  # (n, k), equation 3
    terms = p * np.log(p / q)
    kl = terms.sum()

    points = tuple(f"z{i}" for i in range(1, len(z) + 1))
    centres = tuple(f"c{j}" for j in range(1, len(mu) + 1))
    grid = (points, centres)
    entropy, cross = -(p * np.log(p)).sum(), -(p * np.log(q)).sum()
    return Working(
        inputs={"z": z, "mu": mu},
        steps=(
            Step(
                "squared",
                r"d_{ij} = \lVert z_i - \mu_j \rVert^2",
                rf"d_{{11}} = {_squares(z[0], mu[0])} {equals(squared[0, 0])}",
                squared,
                "How far each point is from each centre.",
            ),
            Step(
                "q",
                r"q_{ij} = \frac{t_{ij}}{\sum_l t_{il}}, "
                r"\quad t_{ij} = (1 + \frac{d_{ij}}{\alpha})^{-\frac{\alpha + 1}{2}}",
                rf"q_{{11}} = \frac{{{number(kernel[0, 0])}}}"
                rf"{{{total(number(value) for value in kernel[0])}}} {equals(q[0, 0])}",
                q,
                "Soft assignments: a Student t forgives a point that is far from all.",
            ),
            Step(
                "f",
                r"f_j = \sum_i q_{ij}",
                rf"f_1 = {total(number(value) for value in q[:, 0])} {equals(f[0])}",
                f,
                "How large each cluster is, softly.",
            ),
            Step(
                "p",
                r"p_{ij} = \frac{q_{ij}^2 / f_j}{\sum_l q_{il}^2 / f_l}",
                rf"p_{{11}} = \frac{{{number(sharpened[0, 0])}}}"
                rf"{{{total(number(value) for value in sharpened[0])}}} {equals(p[0, 0])}",
                p,
                "The target sharpens what is nearly sure, and holds back large clusters.",
            ),
            Step(
                "kl",
                r"\text{KL}(P \,\|\, Q) = \sum_{ij} p_{ij} \log \frac{p_{ij}}{q_{ij}}",
                rf"\text{{KL}} = {total(operand(term) for term in terms.sum(axis=1))} "
                f"{equals(kl)}",
                kl,
                "Its gradient moves points and centres until Q agrees with its own sharpening.",
            ),
        ),
        results={"q": q, "p": p, "kl": kl},
        axes={
            "z": (points, ()),
            "mu": (centres, ()),
            **dict.fromkeys(("squared", "q", "p"), grid),
            "f": (centres,),
        },
        plots=_scatter(z, mu),
        invariants=(
            same("each row of q sums to 1", q.sum(axis=1), 1.0),
            same("each row of p sums to 1", p.sum(axis=1), 1.0),
            same("KL is the cross-entropy minus the entropy", cross - entropy, kl, scale=cross),
            same("KL is not negative", min(kl, 0.0), 0.0),
        ),
        conventions=(
            "The KL is a sum over points; much code divides by their number (batchmean).",
            "The targets P are held fixed while the network learns, and renewed now and then.",
        ),
        tries=(
            Try(("alpha=10",), "lighter tails: surer assignments"),
            Try(("mu=[[0.5,0],[4.5,4]]",), "two centres for two groups"),
        ),
    )


def _squares(a: Array, b: Array) -> str:
    return total(f"({number(x)} - {operand(y)})^2" for x, y in zip(a, b, strict=True))


def _scatter(z: Array, mu: Array) -> tuple[Plot, ...]:
    """Return the points and centres in their first two dimensions, where they have as many."""
    if z.shape[1] < 2:
        return ()
    series = (Series("points", z[:, 0], z[:, 1]), Series("centres", mu[:, 0], mu[:, 1]))
    return (Plot("scatter", "embedded points and centres", "first", "second", series),)
