"""Question 4: what depth does to a gradient, and what it is without an activation."""
# ruff: noqa: N803, N806 -- matrices are capital letters, as in every paper

from typing import Annotated, Literal

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.neuron import activate
from nnquiz.examples.neuron_gradient import SLOPES, slope
from nnquiz.examples.notation import dot, equals, number, operand, put
from nnquiz.examples.parameters import Matrix, Scalar, Switch, Tensor, Vector, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

X = np.array(0.5)
GAIN = np.array(1.0)
# 2 inputs, two hidden layers of 3 units, 2 outputs.
INPUT = np.array([1.0, -2])
A1 = np.array([[0.4, -1.1], [1.3, 0.6], [-0.7, 0.2]])
A2 = np.array([[0.9, -0.3, 1.2], [-1.4, 0.8, 0.1], [0.5, 1.1, -0.6]])
A3 = np.array([[1.1, 0.7, -0.2], [-0.3, 0.9, 1.5]])

Activation = Literal["sigmoid", "tanh", "relu"]
Depth = Annotated[int, Whole(1, 100)]
Gain = Annotated[Array, Tensor(0, drawn=(0.5, 2.0))]

# For each activation its name in a formula, and the steepest it gets.
_ACTIVATIONS = {
    "sigmoid": (r"\sigma(w h_{l-1})", 0.25),
    "tanh": (r"\tanh(w h_{l-1})", 1.0),
    "relu": (r"\max(0, w h_{l-1})", 1.0),
}


@example
def depth_gradient(
    *,
    x: Scalar = X,
    depth: Depth = 10,
    act: Activation = "sigmoid",
    gain: Gain = GAIN,
    residual: Switch = False,
) -> Working:
    """The gradient of a chain of equal layers of one unit: a product with a factor for each layer.

    `gain` is the weight w of every layer; `residual` adds a layer's input to its output.
    """
    activations, slopes = np.empty(depth), np.empty(depth)
    h = float(x)
    for layer in range(depth):
        z = np.array(gain * h)
        activations[layer], slopes[layer] = activate(z, act), slope(z, act)
        h = activations[layer] + residual * h

    factors = gain * slopes + residual  # (depth,)
    products = np.cumprod(factors)
    gradient = products[-1]
    formula, steepest = _ACTIVATIONS[act]
    bound = (abs(float(gain)) * steepest + residual) ** depth

    layers = tuple(str(layer) for layer in range(1, depth + 1))
    skip, one = (" + h_{l-1}", " + 1") if residual else ("", "")
    rise, flat = SLOPES[act]
    at_first = {"a": activations[0], "z": gain * x, "w": gain, "h_{l-1}": x, "s_l": slopes[0]}
    spelt = formula.replace("w h", r"w \cdot h")
    return Working(
        inputs={"x": x, "gain": gain},
        steps=(
            Step(
                "a",
                rf"a_l = {formula}, \quad h_l = a_l{skip}",
                f"a_1 = {_put_function(spelt, at_first)} {equals(activations[0])}",
                activations,
                "The layers are all the same; h₀ is x.",
            ),
            Step(
                "slopes",
                f"s_l = {rise}",
                f"s_1 = {put(rise, at_first)} {equals(slopes[0])}",
                slopes,
                flat,
            ),
            Step(
                "factors",
                rf"\frac{{\partial h_l}}{{\partial h_{{l-1}}}} = w s_l{one}",
                rf"\frac{{\partial h_1}}{{\partial h_0}} = {number(gain)} \cdot "
                f"{operand(slopes[0])}{one} {equals(factors[0])}",
                factors,
                "The skip adds 1: a flat layer no longer cuts the gradient off."
                if residual
                else "Each layer multiplies the gradient by its weight times its slope.",
            ),
            Step(
                "gradient",
                r"\frac{\partial h_L}{\partial x} = \prod_l "
                r"\frac{\partial h_l}{\partial h_{l-1}}",
                rf"\frac{{\partial h_{{{depth}}}}}{{\partial x}} = {_product(factors)} "
                f"{equals(gradient)}",
                gradient,
                _judgement(gradient),
            ),
            Step(
                "bound",
                rf"B = (|w| \cdot \max s{one})^L",
                rf"B = ({number(abs(float(gain)))} \cdot {number(steepest)}{one})^{{{depth}}} "
                f"{equals(bound)}",
                bound,
                f"The gradient cannot be larger: a slope of {act} is {steepest:g} at most.",
            ),
        ),
        results={"h": h, "factors": factors, "gradient": gradient, "bound": bound},
        axes=dict.fromkeys(("a", "slopes", "factors"), (layers,)),
        plots=(_decline(products),),
        invariants=(
            same("the gradient keeps within its bound", max(abs(gradient) - bound, 0.0), 0, bound),
            same(
                "half the layers, times the other half, is the gradient",
                np.prod(factors[: depth // 2]) * np.prod(factors[depth // 2 :]),
                gradient,
                scale=bound,
            ),
        ),
        conventions=("One unit a layer; with vectors each factor is a Jacobian matrix.",),
        tries=(
            Try(("act=relu",), "ReLU passes the gradient on whole"),
            Try(("residual=true",), "with skip connections it no longer vanishes"),
            Try(("gain=4",), "larger weights saturate the sigmoid instead"),
            Try(("act=relu", "gain=1.5"), "and with ReLU they let it explode"),
        ),
    )


def _put_function(formula: str, numbers: dict[str, float | Array]) -> str:
    """Put numbers in, and leave the name of the activation alone."""
    return put(formula, {name: numbers[name] for name in ("w", "h_{l-1}")})


def _product(factors: Array) -> str:
    """Write a product; of a long one the first two factors and the last."""
    first, *rest = factors
    terms = [number(first), *(operand(factor) for factor in rest)]
    if len(terms) > 3:
        terms = [*terms[:2], r"\cdots", terms[-1]]
    return r" \cdot ".join(terms)


def _judgement(gradient: float) -> str:
    if gradient == 0:
        return "It is gone: nothing below learns from this example."
    if abs(gradient) < 1e-3:
        return "It vanishes: the first layers hardly learn."
    if abs(gradient) > 1e3:
        return "It explodes: one step throws the first layers far off."
    return "It survives the way down."


def _decline(products: Array) -> Plot:
    size = np.abs(products[products != 0])
    return Plot(
        "line",
        "the gradient, layer by layer",
        "layers",
        "log10 of its size",
        (Series("gradient", np.arange(1, size.size + 1), np.log10(size)),),
    )


@example
def linear_collapse(
    *,
    x: Vector = INPUT,
    A1: Matrix = A1,
    A2: Matrix = A2,
    A3: Matrix = A3,
    relu: Switch = False,
) -> Working:
    """Three linear layers are one: their matrices multiply. A ReLU between them prevents it."""
    sizes = ((x.size, "x", "entries"), (len(A1), "A1", "rows"), (len(A2), "A2", "rows"))
    for (size, name, what), after, matrix in zip(
        sizes, ("A1", "A2", "A3"), (A1, A2, A3), strict=True
    ):
        given = f"{after} has {matrix.shape[1]} columns and {name} {size} {what}"
        require(matrix.shape[1] == size, f"{given}; each layer takes what the last one gives")

    def bend(z: Array) -> Array:
        return np.maximum(0, z) if relu else z

    h1 = bend(A1 @ x)
    h2 = bend(A2 @ h1)
    layered = A3 @ h2

    A = A3 @ A2 @ A1  # (outputs, inputs)
    collapsed = A @ x
    diff = np.abs(layered - collapsed).max()

    name = r"\text{relu}" if relu else ""
    left, right = ("(", ")") if relu else ("", "")
    scale = np.abs(A3) @ (np.abs(A2) @ (np.abs(A1) @ np.abs(x)))
    return Working(
        inputs={"x": x, "A1": A1, "A2": A2, "A3": A3},
        steps=(
            Step(
                "h1",
                f"h_1 = {name}{left}A_1 x{right}",
                f"h_{{11}} = {name}{left}{dot(A1[0], x)}{right} {equals(h1[0])}",
                h1,
                "The first layer, without a bias.",
            ),
            Step(
                "h2",
                f"h_2 = {name}{left}A_2 h_1{right}",
                f"h_{{21}} = {name}{left}{dot(A2[0], h1)}{right} {equals(h2[0])}",
                h2,
                "The second layer.",
            ),
            Step(
                "layered",
                "y = A_3 h_2",
                f"y_1 = {dot(A3[0], h2)} {equals(layered[0])}",
                layered,
                "The third layer gives the output.",
            ),
            Step(
                "A",
                "A = A_3 A_2 A_1",
                f"A_{{11}} = {dot((A3 @ A2)[0], A1[:, 0])} {equals(A[0, 0])}",
                A,
                "One matrix, computed before any input is seen.",
            ),
            Step(
                "collapsed",
                "y = A x",
                f"y_1 = {dot(A[0], x)} {equals(collapsed[0])}",
                collapsed,
                "One layer in place of three.",
            ),
            Step(
                "diff",
                r"\delta = \max_i |A_3 h_2 - A x|_i",
                rf"\delta {equals(diff)}",
                diff,
                "The activation makes it another function, which no matrix is."
                if relu
                else "The same but for rounding: depth without an activation adds nothing.",
            ),
        ),
        results={"layered": layered, "collapsed": collapsed, "A": A, "diff": diff},
        invariants=(
            same(
                "the order in which the matrices are multiplied does not matter",
                A3 @ (A2 @ A1),
                A,
                scale=np.abs(A3) @ np.abs(A2) @ np.abs(A1),
            ),
            *(
                ()
                if relu
                else (same("three layers and one give the same", layered, collapsed, scale),)
            ),
        ),
        conventions=("With biases the layers collapse too, into A x + c.",),
        tries=(
            Try(("relu=true",), "a ReLU between the layers: they no longer collapse"),
            Try(("x=[2,-4]",), "linear: twice the input, twice the output"),
            Try(("A2=[[1,0,0],[0,0,0],[0,0,0]]",), "a narrow layer: A has rank 1"),
        ),
    )
