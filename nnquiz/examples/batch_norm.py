"""Question 3: batch normalisation, in training and in evaluation."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, equals, number, operand, put, total
from nnquiz.examples.parameters import Matrix, Real, Variances, Vector, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Four rows of three features; means, variances and running statistics all come out short.
BATCH = np.array([[1.0, 8, 10], [4, 2, 40], [4, 8, 10], [7, 2, 20]])
ONE_ROW = BATCH[:1]
ONE, ZERO = np.array([1.0]), np.array([0.0])
# What a new layer holds after one training step on BATCH.
RUNNING_MEAN = np.array([0.4, 0.5, 2.0])
RUNNING_VAR = np.array([1.5, 2.1, 20.9])

Positive = Annotated[float, Real(above=0.0)]
Share = Annotated[float, Real(0.0, 1.0)]


@example
def batchnorm_train(
    *,
    x: Matrix = BATCH,
    gamma: Vector = ONE,
    beta: Vector = ZERO,
    running_mean: Vector = ZERO,
    running_var: Variances = ONE,
    eps: Positive = 1e-5,
    momentum: Share = 0.1,
) -> Working:
    """Batch normalisation in training, algorithm 1 of Ioffe and Szegedy (2015).

    The running statistics follow PyTorch's `nn.BatchNorm1d`. A vector of one entry holds for
    every feature.
    """
    n = len(x)
    require(n > 1, "x has 1 row; training needs at least 2, for one row has no variance")
    gamma, beta, running_mean, running_var = per_feature(
        x, gamma=gamma, beta=beta, running_mean=running_mean, running_var=running_var
    )

    mean = x.mean(axis=0)  # (features,)
    var = x.var(axis=0)  # biased: divides by n
    x_hat = (x - mean) / np.sqrt(var + eps)  # (n, features)
    y = gamma * x_hat + beta

    unbiased = var * n / (n - 1)
    new_mean = (1 - momentum) * running_mean + momentum * mean
    new_var = (1 - momentum) * running_var + momentum * unbiased

    rows, features = row_and_feature_names(x)
    spread = var / (var + eps)
    scale = np.abs(x).max(axis=0) / np.sqrt(var + eps) * np.maximum(1, np.abs(gamma))
    return Working(
        inputs={
            "x": x,
            "gamma": gamma,
            "beta": beta,
            "running_mean": running_mean,
            "running_var": running_var,
        },
        steps=(
            Step(
                "mean",
                r"\mu_j = \frac{1}{n} \sum_i x_{ij}",
                rf"\mu_1 = \frac{{1}}{{{n}}} ({addition(x[:, 0])}) {equals(mean[0])}",
                mean,
                "One mean per feature, over the rows of the batch.",
            ),
            Step(
                "var",
                r"\sigma_j^2 = \frac{1}{n} \sum_i (x_{ij} - \mu_j)^2",
                rf"\sigma_1^2 = \frac{{1}}{{{n}}} ({_squares(x[:, 0], mean[0])}) {equals(var[0])}",
                var,
                "Divided by n: the biased variance is the one that normalises.",
            ),
            _normalise((r"\mu_j", r"\sigma_j^2"), x, (mean, var), eps, x_hat),
            _rescale(gamma, beta, x_hat, y),
            Step(
                "running_mean",
                r"r_j \leftarrow (1 - \alpha) r_j + \alpha \mu_j",
                rf"r_1 \leftarrow {_blend(momentum, running_mean[0], mean[0], new_mean[0])}",
                new_mean,
                "Evaluation will use this average over batches; α is the momentum.",
            ),
            Step(
                "running_var",
                r"v_j \leftarrow (1 - \alpha) v_j + \alpha \frac{n \sigma_j^2}{n - 1}",
                rf"v_1 \leftarrow {_blend(momentum, running_var[0], unbiased[0], new_var[0])}",
                new_var,
                "The factor n/(n-1) makes it the unbiased variance.",
            ),
        ),
        results={
            "mean": mean,
            "var": var,
            "x_hat": x_hat,
            "y": y,
            "running_mean": new_mean,
            "running_var": new_var,
        },
        axes={
            **dict.fromkeys(("x", "x_hat", "y"), (rows, features)),
            **dict.fromkeys(
                ("gamma", "beta", "mean", "var", "running_mean", "running_var"), (features,)
            ),
        },
        plots=(_before_and_after(x, y, rows, features),),
        invariants=(
            same("the mean of y over the batch is beta", y.mean(axis=0), beta, scale=scale),
            same("x_hat has variance var / (var + eps)", x_hat.var(axis=0), spread, scale=scale),
        ),
        conventions=(
            "y uses the biased variance (over n); running_var keeps the unbiased (over n - 1).",
            "PyTorch's momentum is the weight of the NEW value; elsewhere it is the old one's.",
        ),
        tries=(
            Try(("x=[[1,8],[3,8],[5,8]]",), "a constant feature comes out as beta"),
            Try(("gamma=2", "beta=5"), "every feature gets mean 5 and deviation 2"),
            Try(("momentum=1",), "the running statistics forget all but this batch"),
        ),
    )


@example
def batchnorm_eval(
    *,
    x: Matrix = ONE_ROW,
    gamma: Vector = ONE,
    beta: Vector = ZERO,
    running_mean: Vector = RUNNING_MEAN,
    running_var: Variances = RUNNING_VAR,
    eps: Positive = 1e-5,
) -> Working:
    """Batch normalisation in evaluation: a fixed affine map of each feature.

    The default statistics are those that `batchnorm-train` leaves behind. A vector of one entry
    holds for every feature.
    """
    gamma, beta, running_mean, running_var = per_feature(
        x, gamma=gamma, beta=beta, running_mean=running_mean, running_var=running_var
    )

    x_hat = (x - running_mean) / np.sqrt(running_var + eps)  # (n, features)
    y = gamma * x_hat + beta

    slope = gamma / np.sqrt(running_var + eps)
    rows, features = row_and_feature_names(x)
    return Working(
        inputs={
            "x": x,
            "gamma": gamma,
            "beta": beta,
            "running_mean": running_mean,
            "running_var": running_var,
        },
        steps=(
            _normalise(("r_j", "v_j"), x, (running_mean, running_var), eps, x_hat),
            _rescale(gamma, beta, x_hat, y),
        ),
        results={"x_hat": x_hat, "y": y},
        axes={
            **dict.fromkeys(("x", "x_hat", "y"), (rows, features)),
            **dict.fromkeys(("gamma", "beta", "running_mean", "running_var"), (features,)),
        },
        plots=(_before_and_after(x, y, rows, features),),
        invariants=(
            same(
                "y is an affine map of x",
                slope * x + (beta - slope * running_mean),
                y,
                scale=np.abs(slope) * (np.abs(x) + np.abs(running_mean)) + np.abs(beta),
            ),
        ),
        conventions=(
            "Nothing is averaged over the batch: one row works, and its neighbours do not matter.",
        ),
        tries=(
            Try(("x=[[1,8,10],[7,2,20]]",), "the first row keeps its answer in any company"),
            Try(
                ("running_mean=4,5,20", "running_var=6,12,200"),
                "statistics that have settled down",
            ),
        ),
    )


def per_feature(x: Array, **vectors: Array) -> list[Array]:
    """Stretch vectors of one entry over the features of x."""
    features = x.shape[1]
    for name, vector in vectors.items():
        given = f"{name} has {vector.size} entries and x has {features} features"
        require(vector.size in {1, features}, given)
    return [np.broadcast_to(vector, (features,)) for vector in vectors.values()]


def _normalise(
    symbols: tuple[str, str], x: Array, statistics: tuple[Array, Array], eps: float, x_hat: Array
) -> Step:
    """Return the step that subtracts a mean and divides by the root of a variance."""
    (centre, spread), (mean, var) = symbols, statistics
    formula = rf"\frac{{x_{{ij}} - {centre}}}{{\sqrt{{{spread} + \epsilon}}}}"
    numbers = {"x_{ij}": x[0, 0], centre: mean[0], spread: var[0], r"\epsilon": eps}
    return Step(
        "x_hat",
        rf"\hat x_{{ij}} = {formula}",
        rf"\hat x_{{11}} = {put(formula, numbers)} {equals(x_hat[0, 0])}",
        x_hat,
        "Each feature is centred and scaled; ε keeps the root above 0.",
    )


def _rescale(gamma: Array, beta: Array, x_hat: Array, y: Array) -> Step:
    numbers = rf"{number(gamma[0])} \cdot {operand(x_hat[0, 0])} + {operand(beta[0])}"
    return Step(
        "y",
        r"y_{ij} = \gamma_j \hat x_{ij} + \beta_j",
        rf"y_{{11}} = {numbers} {equals(y[0, 0])}",
        y,
        "Learned per feature, γ and β can give back any scale and shift.",
    )


def _squares(column: Array, mean: float) -> str:
    """Write the sum of squared deviations."""
    return total(f"({number(value)} - {operand(mean)})^2" for value in column)


def _blend(share: float, old: float, new: float, result: float) -> str:
    """Write an exponential average."""
    kept, taken = number(1 - share), number(share)
    return rf"{kept} \cdot {operand(old)} + {taken} \cdot {operand(new)} {equals(result)}"


def row_and_feature_names(x: Array) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the rows and the features of a batch, by their numbers."""
    n, features = x.shape
    rows = tuple(f"row {i}" for i in range(1, n + 1))
    return rows, tuple(f"f{j}" for j in range(1, features + 1))


def _before_and_after(x: Array, y: Array, rows: tuple[str, ...], features: tuple[str, ...]) -> Plot:
    places = np.arange(len(rows))
    series = [
        Series(f"{feature}, {when}", places, values[:, j])
        for when, values in (("before", x), ("after", y))
        for j, feature in enumerate(features)
    ]
    return Plot("scatter", "before and after", "row", "value", tuple(series), x_ticks=rows)
