"""Question 17: a linear autoencoder, and its reconstruction error as an anomaly score."""
# ruff: noqa: N803, N806 -- X, W and Z are the names of data, directions and codes

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.metrics import quotient
from nnquiz.examples.notation import addition, dot, equals, number, operand, row, total
from nnquiz.examples.parameters import Matrix, Real, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Thirty samples near a plane in four dimensions: two slow waves along it, four quick ones off it.
_T = np.arange(30.0)[:, None]
_ON = np.hstack([3 * np.sin(1.3 * _T), 2 * np.cos(2.1 * _T)]) @ [[1, 1, 0, 1], [0, 1, -1, -1]]
SAMPLES = (_ON + [2, 1, 0, 3] + 0.3 * np.sin(_T * [11, 13, 17, 19])).round(1) + 0.0
# The first leaves the plane; the second lies far out on it.
OUTLIERS = np.array([[2.0, 1, 2, 4], [11, 10, 0, 12]])
ROUNDING = 1e-13  # of float64, relative to the data

Width = Annotated[int, Whole(1, 100)]
Quantile = Annotated[float, Real(0.0, 1.0)]


def principal_directions(centred: Array, k: int) -> tuple[Array, Array]:
    """Return the first k principal directions and all singular values.

    Args:
        centred: (n, d), of mean 0.
        k: at most min(n, d).

    Returns:
        (k, d) orthonormal rows, the largest entry of each positive, and (min(n, d),).
    """
    _, s, W = np.linalg.svd(centred, full_matrices=False)
    W = W[:k]
    largest = np.abs(W).argmax(axis=1)
    return W * np.sign(W[np.arange(k), largest])[:, None], s


@example
def linear_ae(*, X: Matrix = SAMPLES, k: Width = 2) -> Working:
    """A linear autoencoder at its optimum, found without training.

    Trained on the squared error, encoder and decoder reach the subspace of the first k principal
    components (Baldi and Hornik 1989).
    """
    n, d = X.shape
    _check_width(k, n, d)

    mean = X.mean(axis=0)  # (d,)
    centred = X - mean  # (n, d)
    W, s = principal_directions(centred, k)  # (k, d)
    Z = centred @ W.T  # encode: (n, k)
    X_hat = Z @ W + mean  # decode: (n, d)
    left_out = (s[k:] ** 2).sum()
    mse = left_out / X.size

    share = quotient(float((s[:k] ** 2).sum()), float((s**2).sum()))
    rows, features, codes = _numbered("#", n), _numbered("f", d), _numbered("z", k)
    return Working(
        inputs={"X": X},
        steps=(
            Step(
                "mean",
                r"\mu_j = \frac{1}{n} \sum_i x_{ij}",
                rf"\mu_1 = \frac{{1}}{{{n}}} ({addition(X[:, 0])}) {equals(mean[0])}",
                mean,
                "The biases of decoder and encoder only move the data to 0 and back.",
            ),
            Step(
                "singular_values",
                r"X - \mu = U S W^\top",
                f"S = {row(s)}",
                s,
                "How far the data stretch along each principal direction.",
            ),
            Step(
                "W",
                r"w_i \cdot w_j = \begin{cases} 1 & i = j \\ 0 & i \ne j \end{cases}",
                f"w_1 = {row(W[0])}",
                W,
                "The first k directions are the encoder's weights, transposed the decoder's.",
            ),
            Step(
                "Z",
                r"z_i = W (x_i - \mu)",
                f"z_{{11}} = {dot(W[0], centred[0])} {equals(Z[0, 0])}",
                Z,
                f"Encode: {d} numbers become {k}.",
            ),
            Step(
                "X_hat",
                r"\hat x_i = W^\top z_i + \mu",
                rf"\hat x_{{11}} = {dot(W[:, 0], Z[0])} + {operand(mean[0])} "
                f"{equals(X_hat[0, 0])}",
                X_hat,
                "Decode: the nearest point of the plane (for k = 2) through the data.",
            ),
            Step(
                "mse",
                r"\text{MSE} = \frac{1}{n d} \sum_{ij} (x_{ij} - \hat x_{ij})^2 "
                r"= \frac{1}{n d} \sum_{l > k} s_l^2",
                rf"\text{{MSE}} = \frac{{1}}{{{n} \cdot {d}}} \cdot {number(left_out)} "
                f"{equals(mse)}",
                mse,
                "What is lost is the directions that were left out.",
            ),
            Step(
                "explained",
                r"\frac{\sum_{l \le k} s_l^2}{\sum_l s_l^2}",
                rf"\frac{{{number((s[:k] ** 2).sum())}}}{{{number((s**2).sum())}}} {equals(share)}",
                share,
                "The share of the variance that the code keeps.",
            ),
        ),
        results={
            "mean": mean,
            "singular_values": s,
            "W": W,
            "Z": Z,
            "X_hat": X_hat,
            "mse": mse,
            "explained": share,
        },
        axes={
            **dict.fromkeys(("X", "X_hat"), (rows, features)),
            "mean": (features,),
            "W": (_numbered("w", k), features),
            "Z": (rows, codes),
        },
        invariants=(
            same("the directions are orthonormal", W @ W.T, np.eye(k)),
            same(
                "the squared error is that of the directions left out",
                ((X - X_hat) ** 2).sum(),
                left_out,
                scale=(s**2).sum(),
            ),
        ),
        conventions=(
            "A direction may be flipped with its code; here its largest entry is positive.",
            "Training finds this subspace, though not these axes within it.",
        ),
        tries=(
            Try(("k=1",), "a line instead of a plane"),
            Try(("k=4",), "no bottleneck: everything is rebuilt, outliers too"),
        ),
    )


@example
def anomaly_score(
    *,
    X: Matrix = SAMPLES,
    outliers: Matrix = OUTLIERS,
    fit: Width = 20,
    k: Width = 2,
    q: Quantile = 0.9,
) -> Working:
    """Reconstruction errors as anomaly scores, with a threshold from held-out normal data.

    The first `fit` samples train the linear autoencoder of `linear-ae`, the others set the
    threshold at their quantile q. The default outliers show that what lies on the plane passes.
    """
    n, d = X.shape
    require(fit < n, f"fit is {fit} and X has {n} rows; at least one must be held out")
    given = f"outliers has {outliers.shape[1]} columns and X has {d}; they are the same features"
    require(outliers.shape[1] == d, given)
    _check_width(k, fit, d)

    mean = X[:fit].mean(axis=0)  # (d,)
    W, _ = principal_directions(X[:fit] - mean, k)  # (k, d)
    tested = np.vstack([X[fit:], outliers])  # (m, d)
    truth = np.repeat([0, 1], [n - fit, len(outliers)])  # (m,)
    Z = (tested - mean) @ W.T  # (m, k)
    rebuilt = Z @ W + mean
    errors = tested - rebuilt
    errors[np.abs(errors) < ROUNDING * np.abs(tested).max()] = 0.0  # lest its ranks be a verdict
    scores = (errors**2).mean(axis=1)  # one for each sample

    normal, anomalous = scores[truth == 0], scores[truth == 1]
    # np.quantile does the same, after it has imported the masked arrays: 10 ms.
    threshold = np.interp(q * (normal.size - 1), np.arange(normal.size), np.sort(normal))
    flags = (scores > threshold).astype(int)
    wins = (anomalous[:, None] > normal).sum() + (anomalous[:, None] == normal).sum() / 2
    pairs = normal.size * anomalous.size
    auc = wins / pairs
    distance = np.linalg.norm(Z, axis=1)

    # The area by the ranks of all scores, ties sharing theirs (Mann and Whitney 1947).
    below, tied = (scores < scores[:, None]).sum(axis=1), (scores == scores[:, None]).sum(axis=1)
    ranks = below + (tied + 1) / 2
    first = anomalous.size * (anomalous.size + 1) / 2
    by_ranks = (ranks[truth == 1].sum() - first) / pairs

    names = (*_numbered("#", n)[fit:], *_numbered("out", len(outliers)))
    last = zip(tested[-1], rebuilt[-1], strict=True)
    squares = [f"({number(a)} - {operand(b)})^2" for a, b in last]
    found, caught = int(flags[truth == 1].sum()), int(flags[truth == 0].sum())
    return Working(
        inputs={"X": X, "outliers": outliers},
        steps=(
            Step(
                "W",
                r"X_\text{fit} - \mu = U S W^\top",
                f"w_1 = {row(W[0])}",
                W,
                f"The autoencoder sees {fit} normal samples and nothing else.",
            ),
            Step(
                "rebuilt",
                r"\hat x = W^\top W (x - \mu) + \mu",
                rf"\hat x_{{{len(tested)}}} = {row(rebuilt[-1])}",
                rebuilt,
                "Everything is moved onto the plane that was learned.",
            ),
            Step(
                "scores",
                r"s(x) = \frac{1}{d} \lVert x - \hat x \rVert^2",
                rf"s_{{{len(tested)}}} = \frac{{1}}{{{d}}} ({total(squares)}) {equals(scores[-1])}",
                scores,
                "A mean over the features of each sample, never over the batch.",
            ),
            Step(
                "threshold",
                r"t = \text{quantile}_q(s_\text{held out})",
                rf"t = \text{{quantile}}_{{{number(q)}}} {equals(threshold)}",
                threshold,
                f"From {normal.size} normal samples that trained nothing; q sets the false alarms.",
            ),
            Step(
                "verdicts",
                r"s(x) > t",
                rf"\text{{outliers found: }} {found} / {anomalous.size}, \quad "
                rf"\text{{false alarms: }} {caught} / {normal.size}",
                np.column_stack([scores, distance, truth, flags]),
                "An outlier on the plane is rebuilt well and missed, however far out it lies.",
            ),
            Step(
                "auc",
                r"\text{AUC} = \frac{\text{wins} + \text{ties} / 2}{P N}",
                rf"\text{{AUC}} = \frac{{{number(wins)}}}{{{anomalous.size} \cdot {normal.size}}} "
                f"{equals(auc)}",
                auc,
                "The chance that an outlier scores above a normal sample, at any threshold.",
            ),
        ),
        results={"W": W, "scores": scores, "threshold": threshold, "flags": flags, "auc": auc},
        axes={
            "X": (_numbered("#", n), _numbered("f", d)),
            "outliers": (_numbered("out", len(outliers)), _numbered("f", d)),
            "W": (_numbered("w", k), _numbered("f", d)),
            "rebuilt": (names, _numbered("f", d)),
            **dict.fromkeys(("scores", "flags"), (names,)),
            "verdicts": (names, ("score", "distance", "truth", "flag")),
        },
        plots=(
            Plot(
                "bar",
                "anomaly scores",
                "sample",
                "score",
                (
                    Series("score", np.arange(scores.size), scores),
                    Series("threshold", np.arange(scores.size), np.full(scores.size, threshold)),
                ),
                x_ticks=names,
            ),
        ),
        invariants=(
            same("pairs and ranks give one area", auc, by_ranks),
            same(
                "rebuilding again changes nothing",
                (rebuilt - mean) @ W.T @ W + mean,
                rebuilt,
                scale=np.abs(tested).max(),
            ),
        ),
        conventions=(
            "The quantile is interpolated between two scores, as numpy and PyTorch do.",
            "distance is how far out the code lies; as a score it would catch the other outlier.",
        ),
        tries=(
            Try(("k=1",), "a line: more is an error, the far outlier too"),
            Try(("k=4",), "without a bottleneck nothing is an anomaly"),
            Try(("q=0.5",), "a low threshold: half of the normal samples raise an alarm"),
        ),
    )


def _check_width(k: int, n: int, d: int) -> None:
    most = min(n, d)
    require(k <= most, f"k is {k}; {n} samples of {d} features have {most} directions at most")


def _numbered(letter: str, count: int) -> tuple[str, ...]:
    return tuple(f"{letter}{i}" for i in range(1, count + 1))
