"""Question 20: sensors that measure the same distance."""
# ruff: noqa: N806 -- K is the name of the Kalman gain

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals, number, operand, total
from nnquiz.examples.parameters import Variances, Vector, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# A camera and a LiDAR measure a distance in metres; the camera is four times as uncertain.
RANGES = np.array([10.0, 12.0])
VARIANCES = np.array([4.0, 1.0])


@example
def sensor_fusion(*, z: Vector = RANGES, var: Variances = VARIANCES) -> Working:
    """Measurements of one quantity, weighed by how certain they are, in two ways.

    All at once by inverse variance, and one after another as a Kalman filter does (Kalman 1960)
    for a state that stands still.
    """
    given = f"z has {z.size} entries and var has {var.size}; each measurement has its variance"
    require(z.size == var.size, given)
    require(z.size > 1, "z has 1 entry; there is nothing to fuse")

    precision = 1 / var  # (n,)
    weights = precision / precision.sum()
    mean = weights @ z
    variance = 1 / precision.sum()

    estimates, variances, gains = [z[0]], [var[0]], []
    for measured, noise in zip(z[1:], var[1:], strict=True):
        K = variances[-1] / (variances[-1] + noise)
        gains.append(K)
        estimates.append(estimates[-1] + K * (measured - estimates[-1]))
        variances.append((1 - K) * variances[-1])

    sensors = tuple(f"z{i}" for i in range(1, z.size + 1))
    return Working(
        inputs={"z": z, "var": var},
        steps=(
            Step(
                "precision",
                r"\pi_i = \frac{1}{\sigma_i^2}",
                rf"\pi_1 = \frac{{1}}{{{number(var[0])}}} {equals(precision[0])}",
                precision,
                "How much each sensor knows; independent knowledge adds up.",
            ),
            Step(
                "weights",
                r"w_i = \frac{\pi_i}{\sum_j \pi_j}",
                rf"w_1 = \frac{{{number(precision[0])}}}{{{addition(precision)}}} "
                f"{equals(weights[0])}",
                weights,
                "The certain sensor counts most, the other still a little.",
            ),
            Step(
                "mean",
                r"\mu = \sum_i w_i z_i",
                rf"\mu = {dot(weights, z)} {equals(mean)}",
                mean,
                "The fused estimate.",
            ),
            Step(
                "variance",
                r"\sigma^2 = \frac{1}{\sum_i \pi_i}",
                rf"\sigma^2 = \frac{{1}}{{{total(number(value) for value in precision)}}} "
                f"{equals(variance)}",
                variance,
                "Smaller than that of the best sensor alone.",
            ),
            Step(
                "kalman",
                r"K = \frac{P}{P + \sigma^2}, \quad \hat x \leftarrow \hat x + K (z - \hat x), "
                r"\quad P \leftarrow (1 - K) P",
                rf"K {equals(gains[-1])}, \quad \hat x = {number(estimates[-2])} + "
                rf"{operand(gains[-1])} \cdot ({number(z[-1])} - {operand(estimates[-2])}) "
                f"{equals(estimates[-1])}",
                np.column_stack([estimates, variances]),
                "One measurement after another: the gain says how far to follow the new one.",
            ),
        ),
        results={
            "weights": weights,
            "mean": mean,
            "variance": variance,
            "gains": np.array(gains),
        },
        axes={
            **dict.fromkeys(("z", "var", "precision", "weights"), (sensors,)),
            "kalman": (sensors, ("estimate", "variance")),
            "gains": (sensors[1:],),
        },
        plots=(_densities(z, var, float(mean), float(variance)),),
        invariants=(
            same(
                "one after another gives the same estimate",
                estimates[-1],
                mean,
                scale=np.abs(z).max(),
            ),
            same("and the same variance", variances[-1], variance),
            same("it is no less certain than the best sensor", max(variance - var.min(), 0.0), 0.0),
        ),
        conventions=(
            "The errors are independent and without bias; a common bias does not average out.",
            "A Kalman filter also predicts between measurements, which adds variance.",
        ),
        tries=(
            Try(("var=1,1",), "equal sensors: the plain mean, half the variance"),
            Try(("z=10,12,11", "var=4,1,2"), "a third sensor"),
        ),
    )


def _densities(z: Array, var: Array, mean: float, variance: float) -> Plot:
    reach = 3 * np.sqrt(var.max())
    grid = np.linspace(z.min() - reach, z.max() + reach, 81)
    curves = [*zip((f"z{i}" for i in range(1, z.size + 1)), z, var, strict=True)]
    series = tuple(
        Series(name, grid, np.exp(-((grid - m) ** 2) / (2 * v)) / np.sqrt(2 * np.pi * v))
        for name, m, v in (*curves, ("fused", mean, variance))
    )
    return Plot("line", "what each sensor says, and both together", "distance", "density", series)
