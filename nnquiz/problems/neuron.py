"""Question 1, the neuron: its sum, its activation, and the first step back through it."""

from random import Random

from nnquiz.problems.digits import number, vector
from nnquiz.problems.draws import decimal, decimals
from nnquiz.problems.problem import Draft


def neuron_preactivation(rng: Random) -> Draft:
    """Weighted sum of three inputs and a bias, before any activation."""
    x = decimals(rng, 3, 0.2, 2.0)
    w = decimals(rng, 3, -1.5, 1.5)
    b = decimal(rng, -1.0, 1.0)
    products = [weight * value for weight, value in zip(w, x, strict=True)]
    z = sum(products) + b
    terms = " + ".join(f"{number(a)}·{number(v)}" for a, v in zip(w, x, strict=True))
    return Draft(
        params={"x": x, "w": w, "b": b},
        text=f"x = {vector(x)}, w = {vector(w)}, b = {number(b)}. "
        r"Compute $z = w \cdot x + b$.",
        answer=z,
        steps=(
            r"$z = \sum_i w_i x_i + b$",
            f"{terms} + {number(b)} = {number(z)}",
        ),
        mistakes=(
            (z - b, "forgot the bias"),
            (z - 2 * b, "subtracted the bias"),
            (sum(x) + b, "left out the weights"),
            (sum(w) + sum(x) + b, "added weights and inputs instead of multiplying them"),
        ),
    )
