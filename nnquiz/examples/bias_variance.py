"""Question 15: bias and variance of polynomials, and what ridge does about it."""
# ruff: noqa: N803, N806 -- V is a Vandermonde matrix

from typing import Annotated, NamedTuple

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, equals, number, operand, row
from nnquiz.examples.parameters import Real, Tensor, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Noise at ten training and nine validation points; a seed draws it with deviation 1.
TRAIN_NOISE = np.array([0.9, -1.1, 0.4, 1.2, -0.7, -0.3, 1.0, -1.3, 0.6, -0.5])
VAL_NOISE = np.array([0.3, -0.8, 1.1, -0.4, 0.7, -1.0, 0.2, 0.9, -0.6])
DEGREES = np.array([1, 3, 9])
UNIT = 3**0.5  # uniform numbers from -√3 to √3 have variance 1

Noise = Annotated[Array, Tensor(1, drawn=(-UNIT, UNIT))]
Degrees = Annotated[Array, Tensor(1, whole=True, drawn=None, low=0, high=12)]
Deviation = Annotated[float, Real(0.0, 100.0)]
Strength = Annotated[float, Real(0.0, 1e6)]


def vandermonde(x: Array, degree: int) -> Array:
    """Return the powers of x from 0 to the degree, (n, degree + 1)."""
    return x[:, None] ** np.arange(degree + 1)


def ridge(V: Array, y: Array, lam: float) -> Array:
    """Return the weights that minimise |Vw - y|² + λ|w|².

    As a least-squares problem with rows √λ I added: V'V would square the condition number.
    """
    columns = V.shape[1]
    stacked = np.concatenate([V, np.sqrt(lam) * np.eye(columns)])
    weights: Array = np.linalg.lstsq(stacked, np.concatenate([y, np.zeros(columns)]))[0]
    return weights


class Fit(NamedTuple):
    """A fitted polynomial.

    Attributes:
        weights: (degree + 1,), from the constant upwards.
        squares: (n,), the squared residuals on the training data.
        train: their mean.
        val: the mean squared error on the validation data.
        size: the norm of the weights.
        objective: what the weights minimise.
    """

    weights: Array
    squares: Array
    train: float
    val: float
    size: float
    objective: float


def fit(degree: int, lam: float, train: tuple[Array, Array], val: tuple[Array, Array]) -> Fit:
    """Fit a polynomial to the training data (x, y), and measure it on both."""
    (x, y), (x_val, y_val) = train, val
    V = vandermonde(x, degree)
    w = ridge(V, y, lam)
    squares = (V @ w - y) ** 2
    val_mse = ((vandermonde(x_val, degree) @ w - y_val) ** 2).mean()
    size, objective = np.linalg.norm(w), squares.sum() + lam * (w @ w)
    return Fit(w, squares, float(squares.mean()), float(val_mse), float(size), float(objective))


@example
def bias_variance(
    *,
    degree: Degrees = DEGREES,
    lam: Strength = 0.0,
    noise: Deviation = 0.3,
    e_train: Noise = TRAIN_NOISE,
    e_val: Noise = VAL_NOISE,
) -> Working:
    """Fit polynomials of several degrees to a noisy sine, and compare both errors.

    `noise` is the deviation by which e_train and e_val are multiplied; lam is ridge's penalty on
    all weights, the constant included. Points lie evenly in [-1, 1], validation between training.
    """
    require(e_train.size > 1, "e_train has 1 entry; a fit needs two points at least")
    x, x_val = np.linspace(-1, 1, e_train.size), _between(e_val.size)
    y, y_val = (np.sin(np.pi * p) + noise * e for p, e in ((x, e_train), (x_val, e_val)))

    highest = int(degree.max())
    every = [fit(d, lam, (x, y), (x_val, y_val)) for d in range(highest + 1)]
    fits = [every[d] for d in degree]
    table = np.array([[f.train, f.val, f.size] for f in fits])  # (degrees, 3)
    best = int(degree[table[:, 1].argmin()])

    rows = tuple(f"degree {d}" for d in degree)
    chosen = fits[0]
    objectives = np.array([f.objective for f in every])
    return Working(
        inputs={"e_train": e_train, "e_val": e_val},
        steps=(
            Step(
                "y",
                r"y_i = \sin(\pi x_i) + s \cdot e_i",
                rf"y_1 = \sin(\pi \cdot ({number(x[0])})) + {number(noise)} \cdot "
                f"{operand(e_train[0])} {equals(y[0])}",
                np.stack([x, y]),
                "The training data: a sine, and noise that no curve should follow.",
            ),
            Step(
                "weights",
                r"w = (V^\top V + \lambda I)^{-1} V^\top y, \quad V_{ij} = x_i^j",
                rf"w = {row(chosen.weights)}, \quad \text{{degree }} {degree[0]}",
                chosen.weights,
                "The least squares of the first degree; the others are fitted alike.",
            ),
            Step(
                "mse",
                r"\text{MSE} = \frac{1}{n} \sum_i (f(x_i) - y_i)^2",
                rf"\text{{MSE}} = \frac{{1}}{{{y.size}}} ({addition(chosen.squares)}) "
                f"{equals(chosen.train)}",
                table,
                "Higher degrees fit the training data better; validation decides.",
            ),
            Step(
                "best",
                r"\argmin_d \text{MSE}_\text{val}(d)",
                rf"d = {best}",
                best,
                "Lower degrees miss the curve (bias), higher ones chase noise (variance).",
            ),
        ),
        results={
            "train_mse": table[:, 0],
            "val_mse": table[:, 1],
            "best": best,
            "curve": np.array([[f.train, f.val] for f in every]),
        },
        axes={
            "y": (("x", "y"), ()),
            "weights": (tuple(f"x^{j}" for j in range(chosen.weights.size)),),
            "mse": (rows, ("train", "validation", "|w|")),
            **dict.fromkeys(("train_mse", "val_mse"), (rows,)),
            "curve": (tuple(f"degree {d}" for d in range(highest + 1)), ("train", "validation")),
        },
        plots=(
            Plot(
                "line",
                "error by degree",
                "degree",
                "MSE",
                tuple(
                    Series(name, np.arange(highest + 1), np.array(values))
                    for name, values in (
                        ("train", [f.train for f in every]),
                        ("validation", [f.val for f in every]),
                    )
                ),
            ),
        ),
        invariants=(
            same(
                "squared error plus penalty never rises with the degree",
                np.maximum(np.diff(objectives), 0),
                0.0,
                scale=1 + np.abs(objectives).max(),
            ),
            same(
                "the gradient is 0 at the weights",
                _gradient(x, y, chosen.weights, lam),
                0.0,
                scale=(1 + np.abs(y).sum()) * (1 + lam),
            ),
        ),
        conventions=(
            "The penalty holds the constant too, as Ridge(fit_intercept=False) does.",
            "λ is added to a sum of squares, not to their mean: it weighs less with more data.",
        ),
        tries=(
            Try(("lam=0.01",), "a little ridge tames degree 9"),
            Try(("degree=0,1,2,3,4,5,6,7,8,9",), "the whole U-curve"),
            Try(("noise=0",), "without noise there is no variance to pay for"),
        ),
    )


def _between(count: int) -> Array:
    """Return so many points evenly inside (-1, 1)."""
    places: Array = (2 * np.arange(count) + 1) / count - 1
    return places


def _gradient(x: Array, y: Array, weights: Array, lam: float) -> Array:
    V = vandermonde(x, weights.size - 1)
    gradient: Array = V.T @ (V @ weights - y) + lam * weights
    return gradient
