"""Question 18: the Fréchet distance of two Gaussians, and cycle consistency."""
# ruff: noqa: N803, N806 -- C_1, C_2, G and F are the names of the papers

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals, number, operand, row, total
from nnquiz.examples.parameters import Matrix, Real, Tensor, Vector, require
from nnquiz.examples.trace import Array, Step, Try, Working, same

# Two Gaussians in the plane: another centre, another spread, and a correlation in the second.
MEAN_1, MEAN_2 = np.array([0.0, 0.0]), np.array([1.0, 2.0])
COVARIANCE_1 = np.array([[2.0, 0], [0, 1]])
COVARIANCE_2 = np.array([[1.0, 0.5], [0.5, 2]])
# Points of two domains, a map between them, and a way back that is not quite its inverse.
X = np.array([[1.0, 2], [0, 1], [-1, 3]])
Y = np.array([[2.0, 0], [1, 1], [0, -2]])
FORTH = np.array([[2.0, 0], [0, 0.5]])
BACK = np.array([[0.5, 0.1], [0, 2]])


class Covariance(Tensor):
    """A covariance matrix; a seed draws a matrix and takes its product with its transpose."""

    __slots__ = ()

    def draw(self, random: "np.random.Generator", shape: tuple[int, ...]) -> Array:
        """Draw a covariance matrix, to two decimals."""
        root = super().draw(random, shape)
        return np.asarray(root @ root.T).round(2)


Spread = Annotated[Array, Covariance(2)]
Weight = Annotated[float, Real(0.0, 1e6)]


@example
def frechet(
    *,
    mu_1: Vector = MEAN_1,
    C_1: Spread = COVARIANCE_1,
    mu_2: Vector = MEAN_2,
    C_2: Spread = COVARIANCE_2,
) -> Working:
    """The Fréchet distance of two Gaussians (Dowson and Landau 1982).

    It is the FID of Heusel et al. (2017). The trace of the root of C_1 C_2 comes from the
    eigenvalues of a symmetric matrix that has the same ones.
    """
    d = mu_1.size
    require(mu_2.size == d, f"mu_1 has {d} entries and mu_2 has {mu_2.size}")
    values, vectors = _spectrum("C_1", C_1, d)
    _spectrum("C_2", C_2, d)

    gap = mu_1 - mu_2  # (d,)
    mean_term = gap @ gap
    root = (vectors * np.sqrt(values)) @ vectors.T  # (d, d), its square is C_1
    S = root @ C_2 @ root  # symmetric, with the eigenvalues of C_1 C_2
    eigenvalues = np.linalg.eigvalsh(S).clip(min=0)  # (d,); rounding may fall below 0
    cross = np.sqrt(eigenvalues).sum()
    trace_term = np.trace(C_1) + np.trace(C_2) - 2 * cross
    fid = mean_term + trace_term

    size = np.trace(C_1) * np.trace(C_2)
    squares = total(f"({number(a)} - {operand(b)})^2" for a, b in zip(mu_1, mu_2, strict=True))
    roots = total(rf"\sqrt{{{number(value)}}}" for value in eigenvalues)
    return Working(
        inputs={"mu_1": mu_1, "C_1": C_1, "mu_2": mu_2, "C_2": C_2},
        steps=(
            Step(
                "mean_term",
                r"\lVert \mu_1 - \mu_2 \rVert^2",
                f"{squares} {equals(mean_term)}",
                mean_term,
                "How far the centres are apart.",
            ),
            Step(
                "root",
                r"\sqrt{C_1} = U \sqrt{\Lambda} U^\top, \quad C_1 = U \Lambda U^\top",
                rf"\Lambda = \text{{diag}} \, {row(values)}",
                root,
                "The root of a covariance: the roots of its eigenvalues, in the same directions.",
            ),
            Step(
                "S",
                r"S = \sqrt{C_1} \, C_2 \sqrt{C_1}",
                f"s_{{11}} = {dot((root @ C_2)[0], root[:, 0])} {equals(S[0, 0])}",
                S,
                "Symmetric, unlike C₁C₂, and with the same eigenvalues.",
            ),
            Step(
                "cross",
                r"\operatorname{Tr} \sqrt{C_1 C_2} = \sum_i \sqrt{\lambda_i(S)}",
                f"{roots} {equals(cross)}",
                cross,
                "No root of a matrix that is not symmetric is needed.",
            ),
            Step(
                "trace_term",
                r"\operatorname{Tr}(C_1 + C_2) - 2 \operatorname{Tr} \sqrt{C_1 C_2}",
                rf"{number(np.trace(C_1) + np.trace(C_2))} - 2 \cdot {number(cross)} "
                f"{equals(trace_term)}",
                trace_term,
                "How differently they spread: 0 for equal covariances.",
            ),
            Step(
                "fid",
                r"\text{FID} = \lVert \mu_1 - \mu_2 \rVert^2 + "
                r"\operatorname{Tr}(C_1 + C_2 - 2 \sqrt{C_1 C_2})",
                rf"\text{{FID}} = {number(mean_term)} + {operand(trace_term)} {equals(fid)}",
                fid,
                "Lower is closer; for images the Gaussians are those of Inception features.",
            ),
        ),
        results={
            "mean_term": mean_term,
            "S": S,
            "trace_term": trace_term,
            "fid": fid,
        },
        invariants=(
            same("the square of the root is C_1", root @ root, C_1, scale=np.trace(C_1)),
            same(
                "the eigenvalues add up to the trace of C_1 C_2",
                eigenvalues.sum(),
                np.trace(C_1 @ C_2),
                scale=size,
            ),
            same("the distance is not negative", min(fid, 0.0), 0.0, scale=np.sqrt(size)),
        ),
        conventions=(
            "FID is the squared distance; the Fréchet (Wasserstein-2) distance is its root.",
            "It is biased for few images: compare only equal numbers of them.",
        ),
        tries=(
            Try(("mu_2=0,0", "C_2=[[2,0],[0,1]]"), "the same Gaussian: 0"),
            Try(("C_2=[[2,0],[0,1]]",), "equal covariances: only the centres count"),
        ),
    )


def _spectrum(name: str, C: Array, d: int) -> tuple[Array, Array]:
    """Return eigenvalues, from 0 up, and eigenvectors of a covariance matrix."""
    rows, columns = C.shape
    require(C.shape == (d, d), f"{name} is {rows} x {columns}; means of {d} entries need {d} x {d}")
    asymmetry = np.abs(C - C.T).max()
    size = np.abs(C).max()
    require(asymmetry <= 1e-9 * size, f"{name} is not symmetric; a covariance matrix is")
    values, vectors = np.linalg.eigh(C)
    lowest = f"{name} has the eigenvalue {values.min():.4g}; no variance is negative"
    require(values.min() >= -1e-9 * size, lowest)
    return values.clip(min=0), vectors


@example
def cycle_loss(
    *, x: Matrix = X, y: Matrix = Y, G: Matrix = FORTH, F: Matrix = BACK, lam: Weight = 10.0
) -> Working:
    """The cycle-consistency loss of CycleGAN (Zhu et al. 2017), for linear translators.

    Rows of x and y are samples of the two domains; G leads from x to y and F back; `lam` is λ.
    """
    d, e = x.shape[1], y.shape[1]
    _check_map("G", G, d, e)
    _check_map("F", F, e, d)

    there, here = x @ G.T, y @ F.T  # (n, e), (m, d)
    forward, backward = np.abs(there @ F.T - x), np.abs(here @ G.T - y)  # (n, d), (m, e)
    forward_loss, backward_loss = forward.mean(), backward.mean()
    loss = lam * (forward_loss + backward_loss)

    scale = np.abs(x).max() + np.abs(F).max() * np.abs(G).max() * np.abs(x).max() * d * e
    return Working(
        inputs={"x": x, "y": y, "G": G, "F": F},
        steps=(
            Step(
                "there",
                r"G(x_i) = G x_i",
                rf"G(x_1)_1 = {dot(G[0], x[0])} {equals(there[0, 0])}",
                there,
                "Translate: a horse becomes a zebra.",
            ),
            Step(
                "back",
                r"F(G(x_i)) = F G x_i",
                rf"F(G(x_1))_1 = {dot(F[0], there[0])} {equals((there @ F.T)[0, 0])}",
                there @ F.T,
                "And back: it should be the same horse.",
            ),
            Step(
                "forward",
                r"\frac{1}{n d} \sum_{ij} |F(G(x_i))_j - x_{ij}|",
                rf"\frac{{1}}{{{forward.size}}} ({addition(forward.ravel())}) "
                f"{equals(forward_loss)}",
                forward_loss,
                "The L1 distance round the cycle from x.",
            ),
            Step(
                "backward",
                r"\frac{1}{n d} \sum_{ij} |G(F(y_i))_j - y_{ij}|",
                rf"\frac{{1}}{{{backward.size}}} ({addition(backward.ravel())}) "
                f"{equals(backward_loss)}",
                backward_loss,
                "And round the cycle from y.",
            ),
            Step(
                "loss",
                r"L = \lambda (L_\text{forward} + L_\text{backward})",
                rf"L = {number(lam)} \cdot ({number(forward_loss)} + {number(backward_loss)}) "
                f"{equals(loss)}",
                loss,
                "Added to both adversarial losses; no pairs of x and y are needed.",
            ),
        ),
        results={"forward": forward_loss, "backward": backward_loss, "loss": loss},
        invariants=(
            same("one matrix FG makes both steps", x @ (F @ G).T, there @ F.T, scale=scale),
        ),
        conventions=(
            "The mean over all entries, as PyTorch's l1_loss; the paper's norm is a sum.",
            "A closed cycle does not prove the meaning: any G with its inverse closes it.",
        ),
        tries=(
            Try(("F=[[0.5,0],[0,2]]",), "the inverse of G: no loss"),
            Try(("G=[[0,1],[1,0]]", "F=[[0,1],[1,0]]"), "a swap closes the cycle as well"),
            Try(("lam=1",), "a weaker bond"),
        ),
    )


def _check_map(name: str, M: Array, source: int, target: int) -> None:
    rows, columns = M.shape
    given = f"{name} is {rows} x {columns}; from {source} to {target} entries it is"
    require(M.shape == (target, source), f"{given} {target} x {source}")
