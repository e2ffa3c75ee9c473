"""Question 7: a linear probe on frozen features, and layers that are frozen by a mask."""
# ruff: noqa: N803, N806 -- matrices are capital letters, as in every paper

from typing import Annotated, Literal

import numpy as np

from nnquiz.errors import BadInput
from nnquiz.examples.example import example
from nnquiz.examples.notation import dot, equals, number, operand, total
from nnquiz.examples.parameters import Mask, Matrix, Real, Vector, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# What a frozen backbone makes of 20 inputs, and their targets.
FEATURES = np.array(
    [
        [-0.7, -0.2, 1.7],
        [0.7, -1.6, 0.0],
        [-0.6, 0.1, -1.6],
        [0.2, 0.2, 1.6],
        [0.3, 0.5, -1.5],
        [2.3, -1.9, 1.1],
        [-0.3, -0.9, -0.7],
        [-0.7, 0.4, -0.1],
        [1.5, -1.8, 0.0],
        [-0.9, 0.8, -2.1],
        [-0.3, 0.2, -1.5],
        [1.0, 0.2, 1.0],
        [1.0, -1.0, -0.8],
        [-0.2, 0.7, 0.9],
        [-0.7, -0.6, -0.8],
        [-0.6, -0.2, -0.1],
        [2.1, -0.5, -0.3],
        [0.5, -1.0, -0.4],
        [0.0, 0.8, -1.3],
        [1.4, -0.4, 0.2],
    ]
)
TARGETS = np.array(
    [
        *(0.3, 2.8, -1.5, 1.0, -0.8, 6.0, -0.2, -1.1, 3.8, -3.6),
        *(-0.8, 1.8, 1.7, 0.0, -0.9, -0.4, 3.3, 1.5, -2.0, 2.0),
    ]
)
NOTHING_FROZEN = np.array([], dtype=int)

# Three rows of two inputs, three hidden units, one output.
X = np.array([[1.0, 2], [0, -1], [2, 1]])
Y = np.array([[1.0], [0], [2]])
W1 = np.array([[0.5, -0.2], [0.3, 0.8], [-0.6, 0.4]])
W2 = np.array([[1.0, -0.5, 0.2]])

Penalty = Annotated[float, Real(1e-6, 1e6)]
Rate = Annotated[float, Real(above=0.0)]
Trained = Literal["head", "backbone", "all", "none"]


@example
def linear_probe(
    *,
    Z: Matrix = FEATURES,
    y: Vector = TARGETS,
    lam: Penalty = 0.5,
    frozen: Mask = NOTHING_FROZEN,
) -> Working:
    """A linear head on features of a frozen backbone, by ridge regression in closed form.

    `lam` is the penalty λ on the squared weights; `frozen` marks with 1 the weights of the head
    that stay at 0.
    """
    n, features = Z.shape
    require(n == y.size, f"Z has {n} rows and y {y.size} entries; each row has its target")
    given = f"frozen has {frozen.size} entries and Z {features} columns; each feature has one"
    require(frozen.size in {0, features}, given)
    free = frozen != 1 if frozen.size else np.ones(features, dtype=bool)
    require(bool(free.any()), "frozen marks all features; leave one to learn")

    gram = Z.T @ Z  # (features, features)
    A = gram + lam * np.eye(features)
    moment = Z.T @ y  # (features,)
    w = np.zeros(features)
    w[free] = _solve(A[np.ix_(free, free)], moment[free])
    predictions = Z @ w  # (n,)
    mse = ((y - predictions) ** 2).mean()

    names = tuple(f"z{j}" for j in range(1, features + 1))
    rows = tuple(f"#{i}" for i in range(1, n + 1))
    slope = Z.T @ (predictions - y) + lam * w
    masked = not free.all()
    return Working(
        inputs={"Z": Z, "y": y},
        steps=(
            Step(
                "gram",
                r"G = Z^\top Z",
                f"G_{{11}} = {total(f'{operand(z)}^2' for z in Z[:, 0])} {equals(gram[0, 0])}",
                gram,
                "How the features overlap; the backbone computes Z once and is never touched.",
            ),
            Step(
                "A",
                r"A = G + \lambda I",
                f"A_{{11}} = {number(gram[0, 0])} + {number(lam)} {equals(A[0, 0])}",
                A,
                "The penalty adds to the diagonal, and makes A safe to invert.",
            ),
            Step(
                "moment",
                r"b = Z^\top y",
                f"b_1 = {dot(Z[:, 0], y)} {equals(moment[0])}",
                moment,
                "How each feature goes with the target.",
            ),
            Step(
                "w",
                "A w = b",
                rf"w_1 {equals(w[0])}",
                w,
                "Solved for the weights that may learn; the others stay at 0."
                if masked
                else "Solved for the weights of the head: all there is to learn.",
            ),
            Step(
                "predictions",
                r"\hat y = Z w",
                rf"\hat y_1 = {dot(Z[0], w)} {equals(predictions[0])}",
                predictions,
                f"The first target is {number(y[0])}.",
            ),
            Step(
                "mse",
                r"\text{MSE} = \frac{1}{n} \sum_i (y_i - \hat y_i)^2",
                rf"\text{{MSE}} = \frac{{1}}{{{n}}} \cdot {number(((y - predictions) ** 2).sum())}"
                f" {equals(mse)}",
                mse,
                "What a linear head cannot explain, on the data it was fitted to.",
            ),
        ),
        results={"w": w, "predictions": predictions, "mse": mse},
        axes={
            "Z": (rows, names),
            **dict.fromkeys(("y", "predictions"), (rows,)),
            **dict.fromkeys(("gram", "A"), (names, names)),
            **dict.fromkeys(("moment", "w"), (names,)),
        },
        plots=(
            Plot(
                "scatter",
                "predictions of the probe",
                "y",
                "prediction",
                (
                    Series("rows", y, predictions),
                    Series("perfect", np.array([y.min(), y.max()]), np.array([y.min(), y.max()])),
                ),
            ),
        ),
        invariants=(
            same(
                "the gradient of loss and penalty is 0 for every weight that learns",
                slope[free],
                0.0,
                scale=(np.abs(Z.T) @ (np.abs(Z) @ np.abs(w) + np.abs(y)) + lam * np.abs(w))[free],
            ),
        ),
        conventions=(
            "The loss is the sum of squares + λ |w|², as in scikit-learn's Ridge; no intercept.",
        ),
        tries=(
            Try(("lam=100",), "a strong penalty pulls the head towards 0"),
            Try(("lam=0.000001",), "next to none: ordinary least squares"),
            Try(("frozen=0,1,1",), "one feature alone explains less"),
        ),
    )


@example
def freeze_mask(
    *,
    x: Matrix = X,
    y: Matrix = Y,
    W1: Matrix = W1,
    W2: Matrix = W2,
    lr: Rate = 0.1,
    train: Trained = "head",
) -> Working:
    """One step of SGD on a network of two layers, of which some are frozen.

    W1 is the backbone, followed by a ReLU, W2 the head; the loss is the mean squared error.
    """
    _check_network(x, y, W1, W2)
    learns = {"W1": train in {"backbone", "all"}, "W2": train in {"head", "all"}}

    a = x @ W1.T  # (n, hidden)
    h = np.maximum(0, a)
    y_hat = h @ W2.T  # (n, outputs)
    loss = ((y_hat - y) ** 2).mean()

    dy = 2 * (y_hat - y) / y.size
    dW2 = dy.T @ h  # (outputs, hidden)
    dW1 = ((dy @ W2) * (a > 0)).T @ x  # (hidden, inputs)
    W1_after = W1 - lr * learns["W1"] * dW1
    W2_after = W2 - lr * learns["W2"] * dW2
    loss_after = ((np.maximum(0, x @ W1_after.T) @ W2_after.T - y) ** 2).mean()

    rows = tuple(f"row {i}" for i in range(1, len(x) + 1))
    inputs = tuple(f"x{i}" for i in range(1, x.shape[1] + 1))
    hidden = tuple(f"h{i}" for i in range(1, len(W1) + 1))
    outputs = tuple(f"y{i}" for i in range(1, len(W2) + 1))
    stays = {name: "" if learns[name] else " It is frozen: the mask is 0." for name in learns}
    return Working(
        inputs={"x": x, "y": y, "W1": W1, "W2": W2},
        steps=(
            Step(
                "h",
                r"h = \max(0, W_1 x)",
                rf"h_{{11}} = \max(0, {dot(W1[0], x[0])}) {equals(h[0, 0])}",
                h,
                "The backbone's features, frozen or not.",
            ),
            Step(
                "y_hat",
                r"\hat y = W_2 h",
                rf"\hat y_{{11}} = {dot(W2[0], h[0])} {equals(y_hat[0, 0])}",
                y_hat,
                "The head's predictions.",
            ),
            Step(
                "loss",
                r"L = \frac{1}{n} \sum_i (\hat y_i - y_i)^2",
                rf"L = \frac{{1}}{{{y.size}}} \cdot {number(((y_hat - y) ** 2).sum())} "
                f"{equals(loss)}",
                loss,
                "The mean squared error before the step.",
            ),
            Step(
                "dW2",
                r"dW_2 = \sum_i \frac{\partial L}{\partial \hat y_i} h_i^\top",
                f"dW_{{2,11}} = {dot(dy[:, 0], h[:, 0])} {equals(dW2[0, 0])}",
                dW2,
                f"The gradient of the head.{stays['W2']}",
            ),
            Step(
                "dW1",
                r"dW_1 = \sum_i (W_2^\top \frac{\partial L}{\partial \hat y_i} "
                r"\odot [h_i > 0]) x_i^\top",
                f"dW_{{1,11}} = {dot(((dy @ W2) * (a > 0))[:, 0], x[:, 0])} {equals(dW1[0, 0])}",
                dW1,
                f"The gradient of the backbone.{stays['W1']}",
            ),
            *(
                Step(
                    f"W{layer}_after",
                    rf"W_{layer} \leftarrow W_{layer} - \eta \, m_{layer} \, dW_{layer}",
                    rf"W_{{{layer},11}} \leftarrow {number(before[0, 0])} - {number(lr)} \cdot "
                    rf"{int(learns[f'W{layer}'])} \cdot {operand(gradient[0, 0])} "
                    f"{equals(after[0, 0])}",
                    after,
                    "It learns." if learns[f"W{layer}"] else "Not a digit has changed.",
                )
                for layer, before, gradient, after in (
                    (1, W1, dW1, W1_after),
                    (2, W2, dW2, W2_after),
                )
            ),
            Step(
                "loss_after",
                r"L = \frac{1}{n} \sum_i (\hat y_i - y_i)^2",
                f"L {equals(loss_after)}",
                loss_after,
                "The loss after the step."
                if loss_after <= loss
                else "The loss after the step: it went too far; take a smaller lr.",
            ),
        ),
        results={
            "loss": loss,
            "dW1": dW1,
            "dW2": dW2,
            "W1_after": W1_after,
            "W2_after": W2_after,
            "loss_after": loss_after,
        },
        axes={
            "x": (rows, inputs),
            **dict.fromkeys(("y", "y_hat"), (rows, outputs)),
            "h": (rows, hidden),
            **dict.fromkeys(("W1", "dW1", "W1_after"), (hidden, inputs)),
            **dict.fromkeys(("W2", "dW2", "W2_after"), (outputs, hidden)),
        },
        invariants=(
            same(
                "what is frozen has not moved",
                [
                    0.0 if learns["W1"] else np.abs(W1_after - W1).max(),
                    0.0 if learns["W2"] else np.abs(W2_after - W2).max(),
                ],
                0.0,
            ),
            same(
                "stretching either layer changes the loss at one rate, for ReLU stretches along",
                (dW1 * W1).sum(),
                (dW2 * W2).sum(),
                scale=(np.abs(dy.T) @ (np.abs(x) @ np.abs(W1.T)) * np.abs(W2)).sum(),
            ),
        ),
        conventions=(
            "In PyTorch requires_grad=False: W1's gradient is then not even computed.",
            "Weight decay or batch norm's running averages can change a layer all the same.",
        ),
        tries=(
            Try(("train=backbone",), "the other way round: the head stays"),
            Try(("train=all",), "full fine-tuning moves both"),
            Try(("train=none",), "nothing learns, and the loss stays"),
        ),
    )


def _solve(A: Array, b: Array) -> Array:
    try:
        return np.linalg.solve(A, b)
    except np.linalg.LinAlgError:
        message = "the features repeat each other, and lam is too small beside them to tell"
        raise BadInput(message, "try a larger lam") from None


def _check_network(x: Array, y: Array, W1: Array, W2: Array) -> None:
    given = f"W1 has {W1.shape[1]} columns and x {x.shape[1]}; each input has its weight"
    require(W1.shape[1] == x.shape[1], given)
    given = f"W2 has {W2.shape[1]} columns and W1 {len(W1)} rows; each hidden unit has its weight"
    require(W2.shape[1] == len(W1), given)
    given = f"y is {y.shape[0]} x {y.shape[1]}; expected {len(x)} x {len(W2)}: a target each"
    require(y.shape == (len(x), len(W2)), given)
