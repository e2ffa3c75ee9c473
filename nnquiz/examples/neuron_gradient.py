"""Question 1: the gradient of one neuron, by the chain rule."""

import math
from typing import Annotated, Literal

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.neuron import ACTIVATIONS, B, W, X, activate
from nnquiz.examples.notation import dot, equals, number, operand, put
from nnquiz.examples.parameters import Scalar, Tensor, Vector, require
from nnquiz.examples.trace import Array, Invariant, Plot, Series, Step, Try, Working, same

Y = np.array(1.0)

Activation = Literal["sigmoid", "tanh", "relu", "gelu"]
Loss = Literal["bce", "mse"]
Target = Annotated[Array, Tensor(0, drawn=(0.0, 1.0))]

# For each activation its slope, and what to see in it.
SLOPES = {
    "sigmoid": ("a (1 - a)", "At most 1/4, and close to 0 where the sigmoid saturates."),
    "tanh": ("1 - a^2", "1 at the origin, and close to 0 where tanh saturates."),
    "relu": (
        r"\begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}",
        "All or nothing: a blocked neuron learns nothing from this example.",
    ),
    "gelu": (
        r"\Phi(z) + z \cdot \phi(z)",
        "Φ is the standard normal distribution and φ its density.",
    ),
}

# For each loss its formula, its derivative by a, and what to see in that.
_LOSSES = {
    "bce": (
        r"-(y \cdot \ln a + (1 - y) \cdot \ln(1 - a))",
        r"\frac{a - y}{a (1 - a)}",
        "Steep where a confident answer is wrong: it makes up for the sigmoid's flat ends.",
    ),
    "mse": ("(a - y)^2", "2 (a - y)", "In proportion to the error."),
}


def slope(z: Array, act: Activation) -> Array:
    """Differentiate an activation at each entry of z; that of ReLU at 0 is 0, as in PyTorch."""
    a = activate(z, act)
    if act == "sigmoid":
        da_dz = a * (1 - a)
    elif act == "tanh":
        da_dz = 1 - a**2
    elif act == "relu":
        da_dz = np.where(z > 0, 1.0, 0.0)
    else:
        cdf = np.vectorize(math.erfc)(-z / np.sqrt(2)) / 2
        da_dz = cdf + z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(da_dz)


def loss_of(z: Array, y: Array, act: Activation, loss: Loss) -> Array:
    """Return the loss of each weighted sum; binary cross-entropy reads the logit itself."""
    if loss == "mse":
        return np.asarray((activate(z, act) - y) ** 2)
    # ln of a sigmoid that has rounded to 0 or 1 would be wrong or infinite
    return np.asarray(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z))


@example
def neuron_gradient(
    *,
    x: Vector = X,
    w: Vector = W,
    b: Scalar = B,
    y: Target = Y,
    act: Activation = "sigmoid",
    loss: Loss = "bce",
) -> Working:
    """Backpropagation through one neuron: each factor of the chain rule, and their product.

    `loss` is the binary cross-entropy (bce) or the squared error (mse) against the target y.
    """
    require(
        x.size == w.size, f"x has {x.size} entries and w has {w.size}; each input has its weight"
    )
    needs = f"loss=bce takes the logarithm of a probability: expected act=sigmoid; came act={act}"
    require(loss == "mse" or act == "sigmoid", needs)
    outside = f"loss=bce takes a target from 0 to 1; came y={float(y):g}"
    require(loss == "mse" or 0 <= float(y) <= 1, outside)

    z = w @ x + b
    a = activate(z, act)
    value = loss_of(z, y, act, loss)

    dl_da = (a - y) / (a * (1 - a)) if loss == "bce" else 2 * (a - y)
    da_dz = slope(z, act)
    dz_dw = x  # (n,)
    dl_dw = dl_da * da_dz * dz_dw
    dl_db = dl_da * da_dz

    activation, _ = ACTIVATIONS[act]
    formula, derivative, steep = _LOSSES[loss]
    rise, flat = SLOPES[act]
    put_in = {"z": z, "a": a, "y": y}
    chain = rf"{number(dl_da)} \cdot {operand(da_dz)}"
    inputs = tuple(f"x{i}" for i in range(1, x.size + 1))
    return Working(
        inputs={"x": x, "w": w, "b": b, "y": y},
        steps=(
            Step(
                "z",
                r"z = w \cdot x + b",
                f"z = {dot(w, x)} + {operand(b)} {equals(z)}",
                z,
                "Forwards: the weighted sum.",
            ),
            Step(
                "a",
                f"a = {activation}",
                f"a = {put(activation, put_in)} {equals(a)}",
                a,
                "Forwards: the answer.",
            ),
            Step(
                "loss",
                f"L = {formula}",
                f"L = {put(formula, put_in)} {equals(value)}",
                value,
                "Forwards: how wrong it is.",
            ),
            Step(
                "dL/da",
                rf"\frac{{\partial L}}{{\partial a}} = {derivative}",
                rf"\frac{{\partial L}}{{\partial a}} = {put(derivative, put_in)} {equals(dl_da)}",
                dl_da,
                steep,
            ),
            Step(
                "da/dz",
                rf"\frac{{\partial a}}{{\partial z}} = {rise}",
                rf"\frac{{\partial a}}{{\partial z}} = {put(rise, put_in)} {equals(da_dz)}",
                da_dz,
                flat,
            ),
            Step(
                "dz/dw",
                r"\frac{\partial z}{\partial w_i} = x_i",
                rf"\frac{{\partial z}}{{\partial w_1}} = {number(x[0])}",
                dz_dw,
                "A weight matters as much as what comes in through it.",
            ),
            Step(
                "dw",
                r"\frac{\partial L}{\partial w_i} = \frac{\partial L}{\partial a} "
                r"\cdot \frac{\partial a}{\partial z} \cdot \frac{\partial z}{\partial w_i}",
                rf"\frac{{\partial L}}{{\partial w_1}} = {chain} \cdot {operand(x[0])} "
                f"{equals(dl_dw[0])}",
                dl_dw,
                "The product of the three; gradient descent moves the weights against it.",
            ),
            Step(
                "db",
                r"\frac{\partial L}{\partial b} = \frac{\partial L}{\partial a} "
                r"\cdot \frac{\partial a}{\partial z}",
                rf"\frac{{\partial L}}{{\partial b}} = {chain} {equals(dl_db)}",
                dl_db,
                "The bias is a weight whose input is always 1.",
            ),
        ),
        results={"z": z, "a": a, "loss": value, "dw": dl_dw, "db": dl_db},
        axes=dict.fromkeys(("x", "w", "dz/dw", "dw"), (inputs,)),
        plots=(_valley(z, y, act, loss),),
        invariants=(
            same("dw is db times x", dl_dw, dl_db * x),
            *_sigmoid_meets_cross_entropy(dl_db, a, y, loss),
        ),
        conventions=(
            "The squared error has no ½ in front, as in PyTorch's MSELoss: its derivative has a 2.",
            "dw and db stand for ∂L/∂w and ∂L/∂b; the slope of ReLU at 0 is taken as 0.",
        ),
        tries=(
            Try(("loss=mse",), "the squared error learns more slowly from the same mistake"),
            Try(("b=8", "y=0"), "badly wrong: cross-entropy keeps its gradient"),
            Try(("b=8", "y=0", "loss=mse"), "as wrong, but the sigmoid's slope is nearly 0"),
            Try(("act=relu", "loss=mse"), "a blocked neuron has no gradient at all"),
        ),
    )


def _sigmoid_meets_cross_entropy(dl_db: Array, a: Array, y: Array, loss: Loss) -> list[Invariant]:
    if loss != "bce":
        return []
    return [same("through sigmoid and cross-entropy together, db is a - y", dl_db, a - y)]


def _valley(z: Array, y: Array, act: Activation, loss: Loss) -> Plot:
    reach = max(4.0, abs(float(z)))
    grid = np.linspace(-reach, reach, 81)
    return Plot(
        "line",
        "the loss and this neuron on it",
        "z",
        "loss",
        (
            Series(f"{loss} after {act}", grid, loss_of(grid, y, act, loss)),
            Series("this neuron", np.array([z]), np.array([loss_of(z, y, act, loss)])),
        ),
    )
