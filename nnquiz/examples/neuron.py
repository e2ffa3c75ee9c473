"""Question 1: one artificial neuron."""

import math
from typing import Literal

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, equals, number, operand, put
from nnquiz.examples.parameters import Scalar, Vector, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

X = np.array([1.0, 2.0, -1.0])
W = np.array([0.5, -0.25, 0.75])
B = np.array(0.1)

Activation = Literal["sigmoid", "tanh", "relu", "gelu", "gelu-tanh"]

# For each activation its formula, and what to see in it.
ACTIVATIONS = {
    "sigmoid": (
        r"\frac{1}{1 + e^{-z}}",
        "The sigmoid squashes any sum into (0, 1); its slope is never above 1/4.",
    ),
    "tanh": (
        r"\tanh(z)",
        "tanh squashes any sum into (-1, 1) and is centred on 0.",
    ),
    "relu": (
        r"\max(0, z)",
        "ReLU passes a positive sum on as it is and blocks the rest.",
    ),
    "gelu": (
        r"z \cdot \Phi(z)",
        "GELU weighs z by Φ(z), the share of a standard normal that lies below z.",
    ),
    "gelu-tanh": (
        r"\frac{z}{2} (1 + \tanh(\sqrt{\frac{2}{\pi}} (z + 0.044715 \cdot z^3)))",
        "A tanh stands in for the normal distribution in this cheaper GELU.",
    ),
}


def activate(z: Array, act: Activation) -> Array:
    """Apply an activation to each entry of z.

    The two GELUs are those of Hendrycks and Gimpel (2016): the exact one, and the approximation
    by tanh.
    """
    if act == "sigmoid":
        a = np.exp(-np.logaddexp(0, -z))  # 1 / (1 + exp(-z)) overflows for z < -709
    elif act == "tanh":
        a = np.tanh(z)
    elif act == "relu":
        a = np.maximum(0, z)
    elif act == "gelu":
        a = z * np.vectorize(math.erfc)(-z / np.sqrt(2)) / 2  # Φ(z) = erfc(-z / √2) / 2
    else:
        a = z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))) / 2
    return np.asarray(a)


@example
def neuron(*, x: Vector = X, w: Vector = W, b: Scalar = B, act: Activation = "sigmoid") -> Working:
    """A neuron: a weighted sum of its inputs plus a bias, through an activation."""
    require(
        x.size == w.size, f"x has {x.size} entries and w has {w.size}; each input has its weight"
    )

    products = w * x  # (n,)
    s = products.sum()
    z = s + b
    a = activate(z, act)

    formula, note = ACTIVATIONS[act]
    inputs = tuple(f"x{i}" for i in range(1, x.size + 1))
    return Working(
        inputs={"x": x, "w": w, "b": b},
        steps=(
            Step(
                "products",
                r"p_i = w_i x_i",
                rf"p_1 = {number(w[0])} \cdot {operand(x[0])} {equals(products[0])}",
                products,
                "Each weight says how much its input counts, and in which direction.",
            ),
            Step(
                "sum",
                r"s = \sum_i p_i",
                rf"s = {addition(products)} {equals(s)}",
                s,
                "One number gathers the evidence.",
            ),
            Step(
                "z",
                r"z = s + b",
                put("z = s + b", {"s": s, "b": b}) + f" {equals(z)}",
                z,
                "The bias shifts the point at which the neuron tips over.",
            ),
            Step(
                "a",
                f"a = {formula}",
                f"a = {put(formula, {'z': z})} {equals(a)}",
                a,
                note,
            ),
        ),
        results={"z": z, "a": a},
        axes=dict.fromkeys(("x", "w", "products"), (inputs,)),
        plots=(_curve(z, a, act),),
        invariants=(
            same(
                "z is the dot product of w and x, plus b",
                z,
                w @ x + b,
                scale=np.abs(products).sum() + abs(b),
            ),
        ),
        tries=(
            Try(("act=relu",), "a negative sum is blocked"),
            Try(("act=gelu",), "a negative sum is let through a little"),
            Try(("b=2",), "the bias alone turns the decision"),
        ),
    )


def _curve(z: Array, a: Array, act: Activation) -> Plot:
    reach = max(4.0, abs(float(z)))
    grid = np.linspace(-reach, reach, 81)
    return Plot(
        "line",
        f"{act} and this neuron on it",
        "z",
        "a",
        (
            Series(act, grid, activate(grid, act)),
            Series("this neuron", np.array([z]), np.array([a])),
        ),
    )
