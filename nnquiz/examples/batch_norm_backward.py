"""Question 3: the gradient of batch normalisation in training."""

import numpy as np

from nnquiz.examples.batch_norm import BATCH, ONE, Positive, per_feature, row_and_feature_names
from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals, number, operand
from nnquiz.examples.parameters import Matrix, Vector, require
from nnquiz.examples.trace import Step, Try, Working, same

# What comes back from the loss: the gradient of each entry of y.
UPSTREAM = np.array([[1.0, 0, 2], [2, 1, -1], [0, 2, 0], [-1, 1, 1]])


@example
def batchnorm_backward(
    *, x: Matrix = BATCH, gamma: Vector = ONE, dy: Matrix = UPSTREAM, eps: Positive = 1e-5
) -> Working:
    """The backward pass of batch normalisation in training, for gamma, beta and x.

    dy is the gradient of the loss with respect to y. A gamma of one entry holds for every feature.
    """
    n = len(x)
    require(n > 1, "x has 1 row; training needs at least 2, for one row has no variance")
    given = f"dy has {dy.shape[0]} x {dy.shape[1]} entries and x {n} x {x.shape[1]}"
    require(dy.shape == x.shape, f"{given}; each output has its gradient")
    (gamma,) = per_feature(x, gamma=gamma)

    std = np.sqrt(x.var(axis=0) + eps)  # (features,)
    x_hat = (x - x.mean(axis=0)) / std  # (n, features)
    dbeta = dy.sum(axis=0)
    dgamma = (dy * x_hat).sum(axis=0)
    dx = gamma / (n * std) * (n * dy - dbeta - x_hat * dgamma)

    rows, features = row_and_feature_names(x)
    terms = np.abs(gamma) / std * (np.abs(dy).max(axis=0) + np.abs(x_hat).max(axis=0) * n)
    # The rounding of x - mean is in proportion to the numbers, not to their spread.
    scale = terms * (1 + np.abs(x).max(axis=0) / std) * (1 + np.abs(dy).max(axis=0))
    first = f"{number(n)} \\cdot {operand(dy[0, 0])} - {operand(dbeta[0])}"
    first = f"{first} - {operand(x_hat[0, 0])} \\cdot {operand(dgamma[0])}"
    factor = rf"\frac{{{number(gamma[0])}}}{{{n} \cdot {number(std[0])}}}"
    return Working(
        inputs={"x": x, "gamma": gamma, "dy": dy},
        steps=(
            Step(
                "std",
                r"\sigma_j = \sqrt{\text{var}(x_{\cdot j}) + \epsilon}",
                rf"\sigma_1 = \sqrt{{{number(x[:, 0].var())} + {number(eps)}}} {equals(std[0])}",
                std,
                "From the forward pass, with the biased variance of each feature.",
            ),
            Step(
                "x_hat",
                r"\hat x_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j}",
                rf"\hat x_{{11}} = \frac{{{number(x[0, 0])} - {operand(x[:, 0].mean())}}}"
                f"{{{number(std[0])}}} {equals(x_hat[0, 0])}",
                x_hat,
                "From the forward pass too; frameworks keep it for now.",
            ),
            Step(
                "dbeta",
                r"d\beta_j = \sum_i dy_{ij}",
                rf"d\beta_1 = {addition(dy[:, 0])} {equals(dbeta[0])}",
                dbeta,
                "The shift is added to every row, so its gradients add up.",
            ),
            Step(
                "dgamma",
                r"d\gamma_j = \sum_i dy_{ij} \hat x_{ij}",
                rf"d\gamma_1 = {dot(dy[:, 0], x_hat[:, 0])} {equals(dgamma[0])}",
                dgamma,
                "The scale multiplies every row's normalised value.",
            ),
            Step(
                "dx",
                r"dx_{ij} = \frac{\gamma_j}{n \sigma_j} "
                r"(n \cdot dy_{ij} - d\beta_j - \hat x_{ij} \cdot d\gamma_j)",
                rf"dx_{{11}} = {factor} ({first}) {equals(dx[0, 0])}",
                dx,
                "What would only shift or stretch the batch is taken out: it changes nothing.",
            ),
        ),
        results={"dgamma": dgamma, "dbeta": dbeta, "dx": dx},
        axes={
            **dict.fromkeys(("x", "dy", "x_hat", "dx"), (rows, features)),
            **dict.fromkeys(("gamma", "std", "dbeta", "dgamma"), (features,)),
        },
        invariants=(
            same("each column of dx sums to 0: a shift changes nothing", dx.sum(axis=0), 0, scale),
            same(
                "dx along x_hat is what eps leaves: a stretch changes next to nothing",
                (dx * x_hat).sum(axis=0),
                gamma * dgamma * eps / std**3,
                scale,
            ),
        ),
        conventions=(
            "dy, dx, dγ, dβ stand for the derivatives of the loss by y, x, γ and β.",
            "In evaluation mean and variance are constants, and dx is just γ dy / σ.",
        ),
        tries=(
            Try(("dy=[[1,1,1],[1,1,1],[1,1,1],[1,1,1]]",), "a gradient that is a shift is lost"),
            Try(("gamma=0",), "a scale of 0 lets no gradient through to x"),
            Try(("eps=1",), "a larger eps lets a stretch count"),
        ),
    )
