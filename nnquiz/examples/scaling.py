"""Question 10: scaling features, what it does to gradient descent, and how it leaks."""
# ruff: noqa: N803, N806 -- X, Z and H are matrices

import math
from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals, number, operand, put
from nnquiz.examples.parameters import Matrix, Real, Vector, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Value, Working, same

# Two features: mean 2 and deviation 1, mean 100 and deviation 50.
X_TABLE = np.array([[3.0, 150], [0.6, 170], [2.2, 50], [1.8, 110], [3.4, 90], [1.0, 30]])
# Eight training cases with mean 5 and deviation 2; two test cases from later on.
X_SPLIT = np.array([2.0, 4, 4, 4, 5, 5, 7, 9, 13, 15])
TARGET = 0.01  # gradient descent is done when this share of the first error is left

Method = Literal["standard", "minmax", "robust"]
Ratio = Annotated[float, Real(above=0.0)]
Count = Annotated[int, Whole(2, 99)]


class Scaler(NamedTuple):
    """A centre and a spread, per column, with their formulas."""

    centre: Callable[[Array], Array]
    spread: Callable[[Array], Array]
    centre_formula: str
    spread_formula: str
    note: str


def interquartile(X: Array) -> Array:
    """Return the distance of the quartiles of each column, interpolated linearly."""
    low, high = np.quantile(X, [0.25, 0.75], axis=0)
    distance: Array = high - low
    return distance


SCALERS = {
    "standard": Scaler(
        lambda X: X.mean(axis=0),
        lambda X: X.std(axis=0),
        r"\frac{1}{n} \sum_i x_{ij}",
        r"\sqrt{\frac{1}{n} \sum_i (x_{ij} - c_j)^2}",
        "Mean 0 and deviation 1; an outlier moves both.",
    ),
    "minmax": Scaler(
        lambda X: X.min(axis=0),
        lambda X: np.ptp(X, axis=0),
        r"\min_i x_{ij}",
        r"\max_i x_{ij} - c_j",
        "From 0 to 1; one outlier squeezes all the rest.",
    ),
    "robust": Scaler(
        lambda X: np.median(X, axis=0),
        interquartile,
        r"\text{median}_i x_{ij}",
        r"Q_{3,j} - Q_{1,j}",
        "Median 0 and quartiles 1 apart; outliers stay outliers.",
    ),
}


def scaled(X: Array, method: Method) -> tuple[Array, Array, Array]:
    """Return the scaled table, and the centres and spreads; a spread of 0 becomes 1."""
    scaler = SCALERS[method]
    centre, spread = scaler.centre(X), scaler.spread(X)
    # The rounding of a mean must not pass for spread.
    flat = (np.ptp(X, axis=0) == 0) | (spread == 0)
    spread = np.where(flat, 1.0, spread)
    return (X - centre) / spread, centre, spread


@example
def scalers(*, X: Matrix = X_TABLE, method: Method = "standard") -> Working:
    """Subtract a centre from each feature and divide by a spread: three ways."""
    Z, centre, spread = scaled(X, method)

    scaler = SCALERS[method]
    rows, features = _names(X)
    again, zero, _ = scaled(Z, method)
    size = 1 + np.abs(X).max(axis=0) / spread
    fraction = r"\frac{x_{ij} - c_j}{s_j}"
    numbers = {"x_{ij}": X[0, 0], "c_j": centre[0], "s_j": spread[0]}
    return Working(
        inputs={"X": X},
        steps=(
            Step(
                "centre",
                rf"c_j = {scaler.centre_formula}",
                rf"c_1 {equals(centre[0])}",
                centre,
                "What is typical of each feature.",
            ),
            Step(
                "spread",
                rf"s_j = {scaler.spread_formula}",
                rf"s_1 {equals(spread[0])}",
                spread,
                "How far its values lie apart; 1 where they do not differ at all.",
            ),
            Step(
                "scaled",
                rf"z_{{ij}} = {fraction}",
                rf"z_{{11}} = {put(fraction, numbers)} {equals(Z[0, 0])}",
                Z,
                scaler.note,
            ),
        ),
        results={"centre": centre, "spread": spread, "scaled": Z},
        axes={
            **dict.fromkeys(("X", "scaled"), (rows, features)),
            **dict.fromkeys(("centre", "spread"), (features,)),
        },
        plots=(
            Plot(
                "scatter",
                "scaled features",
                "row",
                "z",
                tuple(Series(name, np.arange(len(Z)), Z[:, j]) for j, name in enumerate(features)),
                x_ticks=rows,
            ),
        ),
        invariants=(
            same("the scaled features have centre 0", zero, 0.0, scale=size),
            same("scaling a second time changes nothing", again, Z, scale=size),
            same(
                "spread times z plus centre gives x back", Z * spread + centre, X, scale=np.abs(X)
            ),
        ),
        conventions=(
            "The deviation divides by n, as StandardScaler does; pandas' std divides by n - 1.",
            "Fit centre and spread on the training data only; see leakage.",
        ),
        tries=(
            Try(("method=minmax",), "into 0 to 1"),
            Try(("method=robust",), "by median and quartiles"),
            Try(("X=[[1,1],[2,2],[3,3],[4,400]]", "method=minmax"), "an outlier squeezes the rest"),
        ),
    )


@example
def conditioning(*, X: Matrix = X_TABLE, ratio: Ratio = 1.0) -> Working:
    """Why unscaled features slow gradient descent down: the condition number of a regression.

    The loss is half the mean squared error, without an intercept. `ratio` multiplies the last
    column, as a change of its unit would.
    """
    units = np.array([*[1.0] * (X.shape[1] - 1), ratio])
    Z, _, _ = scaled(X * units, "standard")

    before, after = Bowl("before", X * units), Bowl("after", Z)
    _, features = _names(X)
    return Working(
        inputs={"X": X},
        steps=(
            *_in_other_units(X, ratio, X * units),
            *before.steps("X"),
            Step(
                "Z",
                r"z_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j}",
                rf"z_{{11}} = {number(Z[0, 0])}",
                Z,
                "Now with mean 0 and deviation 1.",
            ),
            *after.steps("Z"),
        ),
        results=before.results() | after.results(),
        axes={
            **dict.fromkeys(("X", "Z"), ((), features)),
            **dict.fromkeys(("H_before", "H_after"), (features, features)),
        },
        plots=(
            Plot(
                "line",
                "share of the error that is left",
                "steps",
                "error",
                tuple(
                    Series(name, np.arange(21), bowl.rate ** np.arange(21))
                    for name, bowl in (("before", before), ("after", after))
                ),
            ),
        ),
        invariants=(
            same("standardised, the diagonal is 1", np.diag(after.H), 1.0),
            *(
                same(
                    f"the eigenvalues {bowl.name} sum to the trace",
                    bowl.eigenvalues.sum(),
                    np.trace(bowl.H),
                    scale=bowl.eigenvalues.max(),
                )
                for bowl in (before, after)
            ),
        ),
        conventions=(
            f"Steps until {TARGET:.0%} of the error is left, at the best rate 2/(λmax + λmin).",
            "Standardising undoes the scales, not the correlation of features.",
        ),
        tries=(
            Try(("ratio=0.02",), "another unit alone helps"),
            Try(("ratio=10",), "and can hurt"),
            Try(("X=[[1,1.1],[2,2],[3,2.9],[4,4.2]]",), "correlation stays after scaling"),
        ),
    )


def _in_other_units(X: Array, ratio: float, changed: Array) -> tuple[Step, ...]:
    """Return the step that changes the last column's unit, where it is changed."""
    if ratio == 1:
        return ()
    d = X.shape[1]
    return (
        Step(
            "X in other units",
            rf"x_{{i{d}}} \leftarrow r \cdot x_{{i{d}}}",
            rf"x_{{1{d}}} = {number(ratio)} \cdot {operand(X[0, -1])} {equals(changed[0, -1])}",
            changed,
            "The same data; only the last column is written in another unit.",
        ),
    )


class Bowl:
    """The quadratic loss of a linear regression: its Hessian and what follows from it."""

    def __init__(self, name: str, X: Array) -> None:
        """Take the features, (n, d).

        Raises:
            BadInput: the features depend on each other linearly.
        """
        self.name = name
        self.X = X
        self.H = X.T @ X / len(X)  # (d, d)
        self.eigenvalues = np.linalg.eigvalsh(self.H)  # (d,), rising
        low, high = self.eigenvalues[[0, -1]]
        # Beyond this the smallest eigenvalue is nothing but rounding.
        flat = f"{name} scaling, some features of X are constant or depend on the others"
        require(bool(low > 1e-12 * high), f"{flat}: the condition number is infinite")
        self.condition = high / low
        self.rate = (self.condition - 1) / (self.condition + 1)
        # ln(rate), without losing the digits that tell it from 0.
        decay = math.log1p(-2 / (self.condition + 1)) if self.rate > 0 else -math.inf
        left = math.log(TARGET) / decay
        self.count = max(1, math.ceil(left - 1e-9))

    def results(self) -> dict[str, Value]:
        """Return the numbers by name."""
        return {
            f"H_{self.name}": self.H,
            f"eigenvalues_{self.name}": self.eigenvalues,
            f"cond_{self.name}": self.condition,
            f"lr_max_{self.name}": 2 / self.eigenvalues[-1],
            f"steps_{self.name}": self.count,
        }

    def steps(self, symbol: str) -> tuple[Step, ...]:
        """Return the steps from the features, called by their symbol, to the number of steps."""
        low, high = self.eigenvalues[[0, -1]]
        numbers = {"L_1": high, "L_d": low}
        ratio, limit = r"\frac{L_1}{L_d}", r"\frac{2}{L_1}"
        named = (("L_1", r"\lambda_\text{max}"), ("L_d", r"\lambda_\text{min}"))

        def symbols(formula: str) -> str:
            for stand_in, greek in named:
                formula = formula.replace(stand_in, greek)
            return formula

        column = self.X[:, 0]
        return (
            Step(
                f"H_{self.name}",
                rf"H = \frac{{1}}{{n}} {symbol}^\top {symbol}",
                rf"H_{{11}} = \frac{{1}}{{{len(column)}}} ({dot(column, column)}) "
                f"{equals(self.H[0, 0])}",
                self.H,
                "The Hessian: the same at every point of a quadratic loss.",
            ),
            Step(
                f"eigenvalues_{self.name}",
                r"H v = \lambda v",
                rf"\lambda_\text{{max}} {equals(high)}",
                self.eigenvalues,
                "The curvature along each axis of the bowl, from flat to steep.",
            ),
            Step(
                f"cond_{self.name}",
                rf"\kappa = {symbols(ratio)}",
                rf"\kappa = {put(ratio, numbers)} {equals(self.condition)}",
                self.condition,
                "How long the bowl is for its width; 1 is round.",
            ),
            Step(
                f"lr_max_{self.name}",
                rf"\eta < {symbols(limit)}",
                rf"\eta < {put(limit, numbers)} {equals(2 / high)}",
                2 / high,
                "A larger learning rate diverges along the steepest axis.",
            ),
            Step(
                f"steps_{self.name}",
                rf"k = \lceil \frac{{\ln({TARGET})}}{{\ln(r)}} \rceil, \quad "
                r"r = \frac{\kappa - 1}{\kappa + 1}",
                rf"k = \lceil \frac{{\ln({TARGET})}}{{\ln({number(self.rate)})}} \rceil "
                f"= {self.count}"
                if self.rate > 0
                else rf"k = {self.count}",
                self.count,
                "Steps of gradient descent until a hundredth of the error is left.",
            ),
        )


@example
def leakage(*, x: Vector = X_SPLIT, train: Count = 8) -> Working:
    """Scaling with statistics that saw the test data: the test set is no longer new.

    The first `train` values are for training, the rest for testing.
    """
    given = f"train is {train} and x has {x.size} entries; one at least must be left to test"
    require(train < x.size, given)
    seen, unseen = x[:train], x[train:]
    require(np.ptp(seen) > 0, "the training values are all equal; there is no deviation")

    mean, std = seen.mean(), seen.std()
    honest = (unseen - mean) / std
    mean_all, std_all = x.mean(), x.std()
    leaky = (unseen - mean_all) / std_all
    difference = leaky - honest

    cases = tuple(f"#{i}" for i in range(1, x.size + 1))
    tests = cases[train:]
    places = np.arange(unseen.size)
    scale = np.abs(x).max() / std
    return Working(
        inputs={"x": x},
        steps=(
            Step(
                "statistics",
                r"\mu = \frac{1}{n} \sum_{i \le n} x_i",
                rf"\mu = \frac{{1}}{{{train}}} ({addition(seen)}) {equals(mean)}, "
                rf"\quad \sigma {equals(std)}",
                np.array([mean, std]),
                "Mean and deviation of the training values alone.",
            ),
            _test_values(
                "honest", ("x_i", mean, std), unseen, honest, "by what was known before them"
            ),
            Step(
                "statistics of all",
                r"\mu' = \frac{1}{m} \sum_{i \le m} x_i",
                rf"\mu' = \frac{{1}}{{{x.size}}} ({addition(x)}) {equals(mean_all)}, "
                rf"\quad \sigma' {equals(std_all)}",
                np.array([mean_all, std_all]),
                "The leak: the test values pull mean and deviation towards themselves.",
            ),
            _test_values(
                "leaky", ("x_i", mean_all, std_all), unseen, leaky, "by what contains them"
            ),
            Step(
                "difference",
                r"d_i = z'_i - z_i",
                rf"d_{{{train + 1}}} = {number(leaky[0])} - {operand(honest[0])} "
                f"{equals(difference[0])}",
                difference,
                "In the field there are no test values to take statistics from.",
            ),
        ),
        results={
            "mean": mean,
            "std": std,
            "mean_all": mean_all,
            "std_all": std_all,
            "honest": honest,
            "leaky": leaky,
            "difference": difference,
        },
        axes={
            "x": (cases,),
            "statistics": (("mean", "std"),),
            "statistics of all": (("mean", "std"),),
            **dict.fromkeys(("honest", "leaky", "difference"), (tests,)),
        },
        plots=(
            Plot(
                "scatter",
                "the same test values, scaled",
                "test case",
                "z",
                (Series("honest", places, honest), Series("leaky", places, leaky)),
                x_ticks=tests,
            ),
        ),
        invariants=(
            same("the training values get mean 0", ((seen - mean) / std).mean(), 0.0, scale=scale),
            same(
                "both scalings give x back",
                honest * std + mean,
                leaky * std_all + mean_all,
                scale=np.abs(x).max(),
            ),
        ),
        conventions=(
            "Deviations divide by n, as StandardScaler does.",
            "A Pipeline inside the cross-validation refits the scaler on each training fold.",
        ),
        tries=(
            Try(("train=5",), "fewer training values, a larger leak"),
            Try(("x=2,4,4,4,5,5,7,9,4,6",), "without a shift the leak is small"),
        ),
    )


def _test_values(
    name: str, numbers: tuple[str, float, float], unseen: Array, values: Array, remark: str
) -> Step:
    symbol, mean, std = numbers
    mark = "'" if name == "leaky" else ""
    given = put(r"\frac{x - m}{s}", {"x": unseen[0], "m": mean, "s": std})
    return Step(
        name,
        rf"z{mark}_i = \frac{{{symbol} - \mu{mark}}}{{\sigma{mark}}}",
        rf"z{mark} = {given} {equals(values[0])}",
        values,
        f"The test values {remark}.",
    )


def _names(X: Array) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = tuple(f"row {i}" for i in range(1, len(X) + 1))
    return rows, tuple(f"f{j}" for j in range(1, X.shape[1] + 1))
