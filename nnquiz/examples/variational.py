"""Question 21: the objective of a variational autoencoder."""
# ruff: noqa: N803 -- W is the decoder's matrix

import math
from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals, number, operand, total
from nnquiz.examples.parameters import Matrix, Real, Vector, require
from nnquiz.examples.trace import Step, Try, Working, same

# The encoder's answer for one sample, the noise that was drawn, and a linear decoder.
MU, LOG_VAR = np.array([0.5, -1.0]), np.array([0.2, -0.3])
EPS = np.array([0.5, -0.5])
SAMPLE = np.array([1.0, 0.0, -1.0])
DECODER = np.array([[1.0, 0], [0.5, 0.5], [0, 1]])
OFFSET = np.array([0.0, 0.1, 0.2])

Weight = Annotated[float, Real(0.0, 1e6)]


@example
def vae_elbo(
    *,
    mu: Vector = MU,
    log_var: Vector = LOG_VAR,
    eps: Vector = EPS,
    x: Vector = SAMPLE,
    W: Matrix = DECODER,
    b: Vector = OFFSET,
    beta: Weight = 1.0,
) -> Working:
    """The evidence lower bound of a VAE (Kingma and Welling 2014) for one sample and one draw.

    The decoder is linear, with Gaussian noise of variance 1; `beta` weighs the KL term as in
    the beta-VAE of Higgins et al. (2017).
    """
    k, d = mu.size, x.size
    for name, vector in (("log_var", log_var), ("eps", eps)):
        require(vector.size == k, f"{name} has {vector.size} entries and mu has {k}")
    given = f"W is {W.shape[0]} x {W.shape[1]}; from {k} codes to {d} entries it is {d} x {k}"
    require(W.shape == (d, k), given)
    require(b.size == d, f"b has {b.size} entries and x has {d}")

    sigma = np.exp(log_var / 2)  # (k,)
    z = mu + sigma * eps
    x_hat = W @ z + b  # (d,)
    squared = ((x - x_hat) ** 2).sum()
    recon = -squared / 2 - d / 2 * math.log(2 * math.pi)  # log N(x; x_hat, 1)
    kl_terms = (mu**2 + np.exp(log_var) - 1 - log_var) / 2  # (k,)
    kl = kl_terms.sum()
    elbo = recon - beta * kl

    # The same KL as the mean of log q - log p under q: three nodes are exact for a quadratic.
    nodes, weights = np.array([-math.sqrt(3), 0, math.sqrt(3)]), np.array([1, 4, 1]) / 6
    drawn = mu[:, None] + sigma[:, None] * nodes  # (k, 3)
    by_nodes = ((drawn**2 - nodes**2) / 2 - log_var[:, None] / 2) @ weights

    codes = tuple(f"z{i}" for i in range(1, k + 1))
    pixels = tuple(f"x{i}" for i in range(1, d + 1))
    squares = total(f"({number(a)} - {operand(c)})^2" for a, c in zip(x, x_hat, strict=True))
    return Working(
        inputs={"mu": mu, "log_var": log_var, "eps": eps, "x": x, "W": W, "b": b},
        steps=(
            Step(
                "sigma",
                r"\sigma_i = e^{\frac{1}{2} \log \sigma_i^2}",
                rf"\sigma_1 = e^{{{number(log_var[0] / 2)}}} {equals(sigma[0])}",
                sigma,
                "The network predicts the log variance, which may be any number.",
            ),
            Step(
                "z",
                r"z_i = \mu_i + \sigma_i \epsilon_i",
                rf"z_1 = {number(mu[0])} + {number(sigma[0])} \cdot {operand(eps[0])} "
                f"{equals(z[0])}",
                z,
                "The noise comes from outside, so that gradients reach μ and σ.",
            ),
            Step(
                "x_hat",
                r"\hat x = W z + b",
                rf"\hat x_1 = {dot(W[0], z)} + {operand(b[0])} {equals(x_hat[0])}",
                x_hat,
                "Decode the code that was drawn.",
            ),
            Step(
                "recon",
                r"\log p(x \mid z) = -\frac{1}{2} \lVert x - \hat x \rVert^2 "
                r"- \frac{d}{2} \log 2\pi",
                rf"\log p = -\frac{{1}}{{2}} ({squares}) - \frac{{{d}}}{{2}} \log 2\pi "
                f"{equals(recon)}",
                recon,
                "For a Gaussian decoder the squared error, up to a constant.",
            ),
            Step(
                "kl_terms",
                r"\frac{1}{2} (\mu_i^2 + \sigma_i^2 - 1 - \log \sigma_i^2)",
                rf"\frac{{1}}{{2}} ({operand(mu[0])}^2 + {number(sigma[0] ** 2)} - 1 - "
                f"{operand(log_var[0])}) {equals(kl_terms[0])}",
                kl_terms,
                "How far each code's distribution lies from the prior N(0, 1).",
            ),
            Step(
                "kl",
                r"\text{KL}(q \,\|\, p) = \sum_i \text{KL}_i",
                rf"\text{{KL}} = {addition(kl_terms)} {equals(kl)}",
                kl,
                "The price of saying something about x; 0 for every x is posterior collapse.",
            ),
            Step(
                "elbo",
                r"\text{ELBO} = \log p(x \mid z) - \beta \, \text{KL}(q \,\|\, p)",
                rf"\text{{ELBO}} = {number(recon)} - {number(beta)} \cdot {number(kl)} "
                f"{equals(elbo)}",
                elbo,
                "In the mean over draws it stays below log p(x); training raises it."
                if beta >= 1
                else "With β below 1 it need not stay below log p(x).",
            ),
        ),
        results={"z": z, "x_hat": x_hat, "recon": recon, "kl": kl, "elbo": elbo},
        axes={
            **dict.fromkeys(("mu", "log_var", "eps", "sigma", "z", "kl_terms"), (codes,)),
            **dict.fromkeys(("x", "x_hat", "b"), (pixels,)),
            "W": (pixels, codes),
        },
        invariants=(
            same("KL is not negative", np.minimum(kl_terms, 0.0), 0.0),
            same(
                "KL is the mean of log q - log p under q",
                by_nodes,
                kl_terms,
                scale=1 + np.abs(log_var) + (np.abs(mu) + 2 * sigma) ** 2,
            ),
        ),
        conventions=(
            "One draw estimates the mean over z; the KL needs no draw.",
            "The loss is minus the ELBO; with a plain MSE loss β means something else.",
        ),
        tries=(
            Try(("mu=0,0", "log_var=0,0"), "the prior itself: no KL"),
            Try(("beta=4",), "a stronger pull towards the prior"),
            Try(("eps=0,0",), "the code at its mean"),
        ),
    )
