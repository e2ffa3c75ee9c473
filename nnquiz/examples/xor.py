"""Question 1: why one neuron cannot compute XOR, and two layers can."""
# ruff: noqa: N803 -- matrices are capital letters, as in every paper

from itertools import product

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import dot, equals, number, operand
from nnquiz.examples.parameters import Labels, Matrix, Scalar, Vector, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
XOR = np.array([0, 1, 1, 0])
# The hand-made solution of Goodfellow, Bengio and Courville (2016), section 6.1.
W1, B1 = np.array([[1.0, 1], [1, 1]]), np.array([0.0, -1])
W2, B2 = np.array([1.0, -2]), np.array(0.0)

# Every way in which a line can part the four corners is among these weights and biases.
_LINES = np.array(list(product((1, 0, -1), (1, 0, -1), (-1.5, -0.5, 0.5, 1.5))))


@example
def xor(
    *,
    y: Labels = XOR,
    W1: Matrix = W1,
    b1: Vector = B1,
    w2: Vector = W2,
    b2: Scalar = B2,
) -> Working:
    """A truth table y of two inputs, by the best single neuron and by a network of two layers.

    A sum above 0 counts as 1 for the single neuron, an output above ½ for the network.
    """
    require(y.size == 4, f"y has {y.size} entries; the truth table has 4: for 00, 01, 10 and 11")
    require(W1.shape[1] == 2, f"W1 has {W1.shape[1]} columns; there are 2 inputs")
    units = len(W1)
    for name, vector in (("b1", b1), ("w2", w2)):
        given = f"{name} has {vector.size} entries and W1 has {units} rows; each unit has one"
        require(vector.size == units, given)

    line_sums = _LINES[:, :2] @ CORNERS.T + _LINES[:, 2:]  # (lines, 4)
    right = ((line_sums > 0) == y).mean(axis=1)
    best = int(right.argmax())  # the first of the best
    one_neuron = (line_sums[best] > 0).astype(int)

    sums = CORNERS @ W1.T + b1  # (4, units)
    hidden = np.maximum(0, sums)
    output = hidden @ w2 + b2  # (4,)
    predicted = (output > 0.5).astype(int)

    w = _LINES[best]
    corners = ("00", "01", "10", "11")
    names = tuple(f"h{i}" for i in range(1, units + 1))
    rule = rf"{number(w[0])} \cdot 1 + {operand(w[1])} \cdot 1 + {operand(w[2])}"
    return Working(
        inputs={"y": y, "W1": W1, "b1": b1, "w2": w2, "b2": b2},
        steps=(
            Step(
                "one neuron",
                r"\hat y = 1 \text{ where } w_1 x_1 + w_2 x_2 + b > 0",
                f"s(1, 1) = {rule} {equals(line_sums[best][3])}",
                np.column_stack([line_sums[best], one_neuron, y]),
                f"The best of all lines gets {right[best]:.0%} right.",
            ),
            Step(
                "both diagonals",
                "s(0, 0) + s(1, 1) = s(0, 1) + s(1, 0)",
                f"{_diagonal(line_sums[best], 0, 3)} = {_diagonal(line_sums[best], 1, 2)}",
                line_sums[best][[0, 1]] + line_sums[best][[3, 2]],
                "So for every neuron; XOR wants the left at most 0 and the right above 0.",
            ),
            Step(
                "hidden",
                r"h = \max(0, W_1 x + b_1)",
                rf"h_1(1, 1) = \max(0, {dot(W1[0], CORNERS[3])} + {operand(b1[0])}) "
                f"{equals(hidden[3, 0])}",
                hidden,
                "The first layer moves the corners; ReLU folds the plane.",
            ),
            Step(
                "output",
                r"o = w_2 \cdot h + b_2",
                rf"o(1, 1) = {dot(w2, hidden[3])} + {operand(b2)} {equals(output[3])}",
                output,
                "The second layer is one neuron again, but it looks at h instead of x.",
            ),
            Step(
                "truth table",
                r"\hat y = 1 \text{ where } o > 1/2",
                rf"\hat y(1, 1) = {predicted[3]}",
                np.column_stack([CORNERS, y, predicted]),
                f"The network gets {(predicted == y).mean():.0%} right.",
            ),
        ),
        results={
            "hidden": hidden,
            "output": output,
            "predicted": predicted,
            "accuracy": (predicted == y).mean(),
            "accuracy_of_one_neuron": right[best],
        },
        axes={
            **dict.fromkeys(("y", "output", "predicted"), (corners,)),
            **dict.fromkeys(("b1", "w2"), (names,)),
            "W1": (names, ("x1", "x2")),
            "one neuron": (corners, ("sum", "predicted", "y")),
            "both diagonals": (("00 + 11", "01 + 10"),),
            "hidden": (corners, names),
            "truth table": ((), ("x1", "x2", "y", "predicted")),
        },
        plots=(
            _scatter("the inputs", CORNERS, y, ("x1", "x2")),
            *([_scatter("the hidden layer", hidden, y, ("h1", "h2"))] if units == 2 else []),
        ),
        invariants=(
            same(
                "both diagonals have one sum before a ReLU",
                sums[0] + sums[3],
                sums[1] + sums[2],
                scale=np.abs(sums).max(),
            ),
        ),
        conventions=(
            "The lines tried part the corners in 14 ways; of 16 tables XOR and XNOR are left out.",
        ),
        tries=(
            Try(("y=0,0,0,1",), "AND: one neuron is enough"),
            Try(("y=1,0,0,1", "w2=-1,2", "b2=1"), "XNOR: the other table that needs two layers"),
            Try(("b1=0,0",), "without the bias both units are one, and the network fails"),
        ),
    )


def _diagonal(sums: Array, first: int, second: int) -> str:
    return f"{number(sums[first])} + {operand(sums[second])}"


def _scatter(title: str, points: Array, y: Array, labels: tuple[str, str]) -> Plot:
    series = (Series(f"y = {label}", *points[y == label].T) for label in (0, 1))
    return Plot("scatter", title, *labels, tuple(series))
