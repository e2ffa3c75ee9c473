"""Question 3: a batch normalisation that disappears into the layer before it."""
# ruff: noqa: N803, N806 -- matrices are capital letters, as in every paper

import numpy as np

from nnquiz.examples.batch_norm import Positive, per_feature
from nnquiz.examples.dense import B, W, X
from nnquiz.examples.example import example
from nnquiz.examples.notation import dot, equals, number, operand
from nnquiz.examples.parameters import Matrix, Variances, Vector, require
from nnquiz.examples.trace import Step, Try, Working, same

GAMMA, BETA = np.array([3.0, 1]), np.array([1.0, -1])
RUNNING_MEAN, RUNNING_VAR = np.array([0.5, 2]), np.array([2.25, 4])


@example
def batchnorm_fold(
    *,
    X: Matrix = X,
    W: Matrix = W,
    b: Vector = B,
    gamma: Vector = GAMMA,
    beta: Vector = BETA,
    running_mean: Vector = RUNNING_MEAN,
    running_var: Variances = RUNNING_VAR,
    eps: Positive = 1e-5,
) -> Working:
    """Fold a batch normalisation in evaluation into the dense layer whose outputs it takes.

    A vector of one entry holds for every output.
    """
    given = f"W has {W.shape[1]} columns and X has {X.shape[1]}; each feature has its weight"
    require(W.shape[1] == X.shape[1], given)
    b, gamma, beta, running_mean, running_var = per_feature(
        W.T, b=b, gamma=gamma, beta=beta, running_mean=running_mean, running_var=running_var
    )

    z = X @ W.T + b  # (n, outputs)
    y = gamma * (z - running_mean) / np.sqrt(running_var + eps) + beta

    g = gamma / np.sqrt(running_var + eps)  # (outputs,)
    W_folded = g[:, None] * W
    b_folded = g * (b - running_mean) + beta
    y_folded = X @ W_folded.T + b_folded

    rows = tuple(f"row {i}" for i in range(1, len(X) + 1))
    inputs = tuple(f"x{i}" for i in range(1, X.shape[1] + 1))
    units = tuple(f"y{i}" for i in range(1, len(W) + 1))
    reach = np.abs(X) @ np.abs(W.T) + np.abs(b) + np.abs(running_mean)
    root = rf"\sqrt{{{number(running_var[0])} + {number(eps)}}}"
    return Working(
        inputs={
            "X": X,
            "W": W,
            "b": b,
            "gamma": gamma,
            "beta": beta,
            "running_mean": running_mean,
            "running_var": running_var,
        },
        steps=(
            Step(
                "y",
                r"y_o = \gamma_o \frac{w_o \cdot x + b_o - r_o}{\sqrt{v_o + \epsilon}} + \beta_o",
                rf"y_1 = {number(gamma[0])} \cdot \frac{{{number(z[0, 0])} "
                rf"- {operand(running_mean[0])}}}{{{root}}} + {operand(beta[0])} "
                f"{equals(y[0, 0])}",
                y,
                "Two layers: the dense one, then the normalisation by running statistics.",
            ),
            Step(
                "g",
                r"g_o = \frac{\gamma_o}{\sqrt{v_o + \epsilon}}",
                rf"g_1 = \frac{{{number(gamma[0])}}}{{{root}}} {equals(g[0])}",
                g,
                "In evaluation all of this is fixed: one factor for each output.",
            ),
            Step(
                "W_folded",
                "W'_{oi} = g_o W_{oi}",
                rf"W'_{{11}} = {number(g[0])} \cdot {operand(W[0, 0])} {equals(W_folded[0, 0])}",
                W_folded,
                "The factor goes into the weights.",
            ),
            Step(
                "b_folded",
                r"b'_o = g_o (b_o - r_o) + \beta_o",
                rf"b'_1 = {number(g[0])} \cdot ({number(b[0])} - {operand(running_mean[0])}) "
                f"+ {operand(beta[0])} {equals(b_folded[0])}",
                b_folded,
                "The rest goes into the bias.",
            ),
            Step(
                "y_folded",
                "y_o = w'_o \\cdot x + b'_o",
                f"y_1 = {dot(W_folded[0], X[0])} + {operand(b_folded[0])} {equals(y_folded[0, 0])}",
                y_folded,
                "One layer, the same numbers, and no normalisation at run time.",
            ),
        ),
        results={"W_folded": W_folded, "b_folded": b_folded, "y": y, "y_folded": y_folded},
        axes={
            "X": (rows, inputs),
            **dict.fromkeys(("W", "W_folded"), (units, inputs)),
            **dict.fromkeys(
                ("b", "gamma", "beta", "running_mean", "running_var", "g", "b_folded"), (units,)
            ),
            **dict.fromkeys(("y", "y_folded"), (rows, units)),
        },
        invariants=(
            same(
                "both ways give the same outputs",
                y_folded,
                y,
                scale=np.abs(g) * reach + np.abs(beta),
            ),
        ),
        conventions=(
            "r and v are running mean and variance; in training nothing can be folded.",
            "A bias before a batch norm is cancelled in training; folding brings one back.",
        ),
        tries=(
            Try(("gamma=1", "beta=0", "running_mean=0", "running_var=1"), "nothing to fold in"),
            Try(("b=0,0",), "without a bias of its own the layer gets one"),
        ),
    )
