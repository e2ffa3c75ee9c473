"""Question 1, the neuron: its sum, its activation, and the first step back through it."""

import math
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import decimals, integer, signed
from nnquiz.problems.problem import Draft, DrawAgain


def neuron_preactivation(rng: Random) -> Draft:
    """Weighted sum of three inputs and a bias, before any activation."""
    x = decimals(rng, 3, 0.2, 2.0)
    w = tuple(signed(rng, 0.1, 1.5) for _ in x)
    b = signed(rng, 0.1, 1.0)
    z = _weighted_sum(w, x) + b
    return Draft(
        params={"x": x, "w": w, "b": b},
        text=f"x = {vector(x)}, w = {vector(w)}, b = {number(b)}. "
        r"Compute $z = w \cdot x + b$.",
        answer=z,
        steps=(
            r"$z = \sum_i w_i x_i + b$",
            f"{_products(w, x)} + {number(b)} = {number(z)}",
        ),
        mistakes=(
            (z - b, "forgot the bias"),
            (z - 2 * b, "subtracted the bias"),
            (sum(x) + b, "left out the weights"),
            (sum(w) + sum(x) + b, "added weights and inputs instead of multiplying them"),
        ),
    )


def neuron_sigmoid(rng: Random) -> Draft:
    """Sigmoid of a pre-activation."""
    z = signed(rng, 0.2, 3.0)
    y = _sigmoid(z)
    return Draft(
        params={"z": z},
        text=f"z = {number(z)}. Compute sigmoid(z).",
        answer=y,
        steps=(
            r"$\sigma(z) = \frac{1}{1 + e^{-z}}$",
            f"1/(1 + {significant(math.exp(-z))}) = {significant(y)}",
        ),
        mistakes=(
            (1 - y, "wrong sign in the exponent"),
            (math.tanh(z), "tanh instead of sigmoid"),
            (y * (1 - y), "the derivative instead of the sigmoid"),
            (100 * y, "percent for fraction"),
        ),
    )


def neuron_relu_grad(rng: Random) -> Draft:
    """Gradient of a ReLU neuron by its first weight: the input, or 0 where the unit is off."""
    x = decimals(rng, 2, 0.2, 3.0)
    w = tuple(signed(rng, 0.1, 1.5) for _ in x)
    b = signed(rng, 0.1, 1.0)
    z = _weighted_sum(w, x) + b
    if abs(z) < 0.05:
        raise DrawAgain  # ReLU has no derivative at 0, and nearby the sign is hard to see
    slope = 1 if z > 0 else 0
    gradient = slope * x[0]
    by_the_sign = (
        (1.0, "stopped at ReLU'(z) and left out the input")
        if z > 0
        else (x[0], "took ReLU'(z) as 1 although z is negative")
    )
    return Draft(
        params={"x": x, "w": w, "b": b},
        text=r"$a = \mathrm{ReLU}(w \cdot x + b)$ with "
        f"x = {vector(x)}, w = {vector(w)}, b = {number(b)}. "
        r"What is $\partial a / \partial w_1$?",
        answer=gradient,
        steps=(
            r"$\partial a / \partial w_1 = \mathrm{ReLU}'(z) \, x_1$",
            f"z = {_products(w, x)} + {number(b)} = {number(z)}, so ReLU'(z) = {slope}",
            f"{slope}·{number(x[0])} = {number(gradient)}",
        ),
        mistakes=(
            by_the_sign,
            (w[0], "differentiated by x1 instead of w1"),
            (z, "gave the pre-activation instead of its gradient"),
        ),
    )


def sigmoid_bce_grad(rng: Random) -> Draft:
    """Gradient of binary cross-entropy by the logit."""
    z, y = signed(rng, 0.2, 3.0), integer(rng, 0, 1)
    p = _sigmoid(z)
    by_the_label = (
        ((-1 / p, "stopped at the gradient by the probability"), (p, "forgot the label"))
        if y == 1
        else ((1 / (1 - p), "stopped at the gradient by the probability"),)
    )
    return Draft(
        params={"z": z, "y": y},
        text=f"The logit is z = {number(z)}, the label y = {y}, the loss L binary cross-entropy "
        r"of sigmoid(z). What is $\partial L / \partial z$?",
        answer=p - y,
        steps=(
            r"$\partial L / \partial z = \sigma(z) - y$",
            f"{significant(p)} - {y} = {significant(p - y)}",
        ),
        mistakes=(
            (y - p, "wrong sign"),
            ((p - y) * p * (1 - p), "multiplied by the sigmoid's derivative once more"),
            *by_the_label,
        ),
    )


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def _weighted_sum(w: tuple[float, ...], x: tuple[float, ...]) -> float:
    return sum(weight * value for weight, value in zip(w, x, strict=True))


def _products(w: tuple[float, ...], x: tuple[float, ...]) -> str:
    pairs = zip(w, x, strict=True)
    return " + ".join(f"{number(weight)}·{number(value)}" for weight, value in pairs)
