"""Question 2: a fully connected layer."""
# ruff: noqa: N803 -- matrices are capital letters, as in every paper

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, equals, number, operand
from nnquiz.examples.parameters import Matrix, Vector, require
from nnquiz.examples.trace import Step, Try, Working, same

# A batch of two rows with three features; a layer from three features to two outputs.
X = np.array([[1.0, 2, 3], [0, -1, 2]])
W = np.array([[1.0, 0, -1], [2, 1, 0.5]])
B = np.array([0.5, -1])


@example
def dense(*, X: Matrix = X, W: Matrix = W, b: Vector = B) -> Working:
    """A fully connected layer: each output weighs every feature with weights of its own.

    W has a row for each output, as in PyTorch's `nn.Linear`.
    """
    n, features = X.shape
    outputs = len(W)
    given = f"W has {W.shape[1]} columns and X has {features}; each feature has its weight"
    require(W.shape[1] == features, given)
    given = f"b has {b.size} entries and W has {outputs} rows; each output has one"
    require(b.size == outputs, given)

    products = X[:, None, :] * W  # (n, 1, features) * (outputs, features)
    sums = products.sum(axis=2)  # (n, outputs)
    y = sums + b

    rows = tuple(f"row {i}" for i in range(1, n + 1))
    inputs = tuple(f"x{i}" for i in range(1, features + 1))
    units = tuple(f"y{i}" for i in range(1, outputs + 1))
    return Working(
        inputs={"X": X, "W": W, "b": b},
        steps=(
            Step(
                "products",
                r"p_{noi} = W_{oi} X_{ni}",
                rf"p_{{111}} = {number(W[0, 0])} \cdot {operand(X[0, 0])} "
                f"{equals(products[0, 0, 0])}",
                products,
                f"Every output reads every feature: ({n}, {outputs}, {features}) products.",
            ),
            Step(
                "sums",
                r"s_{no} = \sum_i p_{noi}",
                rf"s_{{11}} = {addition(products[0, 0])} {equals(sums[0, 0])}",
                sums,
                f"The features are summed away: ({n}, {features}) in, ({n}, {outputs}) out.",
            ),
            Step(
                "y",
                r"y_{no} = s_{no} + b_o",
                f"y_{{11}} = {number(sums[0, 0])} + {operand(b[0])} {equals(y[0, 0])}",
                y,
                "One bias for each output, the same for every row.",
            ),
        ),
        results={"y": y},
        axes={
            "X": (rows, inputs),
            "W": (units, inputs),
            "b": (units,),
            "products": (rows, units, inputs),
            **dict.fromkeys(("sums", "y"), (rows, units)),
        },
        invariants=(
            same(
                "y is X Wᵀ + b",
                y,
                X @ W.T + b,
                scale=np.abs(X) @ np.abs(W.T) + np.abs(b),
            ),
            same(
                "the mean row goes to the mean of the outputs",
                y.mean(axis=0),
                W @ X.mean(axis=0) + b,
                scale=(np.abs(X) @ np.abs(W.T)).max(axis=0) + np.abs(b),
            ),
        ),
        conventions=(
            "W is (outputs, features) and y = X Wᵀ + b, as in PyTorch; Keras stores Wᵀ.",
            f"Parameters: {outputs} · {features} weights + {outputs} biases = {W.size + b.size}.",
        ),
        tries=(
            Try(("X=[[0,0,0]]",), "nothing goes in: the bias comes out"),
            Try(("X=[[3,2,1]]",), "the same features elsewhere meet other weights"),
        ),
    )
