"""The examples of question 18 against torch and scipy."""
# ruff: noqa: N806 -- F, S, G, A, N, M are the names of the formulas

from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, generators, tensor
from scipy.linalg import sqrtm
from scipy.spatial.distance import jensenshannon
from torch.nn import functional

from nnquiz.examples.adversarial import gan_losses, optimal_discriminator
from nnquiz.examples.generation import cycle_loss, frechet
from nnquiz.examples.style import gram_style_loss


@pytest.mark.parametrize("normaliser", ["gatys", "mean"])
def test_gram_style_loss_equals_torch(normaliser: str) -> None:
    """Gram matrices by einsum over height and width; both ways to scale their distance."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            N, h, w = (int(random.integers(1, 5)) for _ in range(3))
            given = {"F": random.normal(size=(N, h, w)), "S": random.normal(size=(N, h, w))}
            if normaliser == "mean":
                given["S"] = random.normal(size=(N, h + 1, w))
        trace = gram_style_loss(**given, normaliser=normaliser)
        F, S = (tensor(trace.inputs[name]) for name in ("F", "S"))
        G, A = (torch.einsum("ihw,jhw->ij", maps, maps) for maps in (F, S))
        agree(trace, "G", G)
        agree(trace, "A", A)
        N, M = len(F), F[0].numel()
        if normaliser == "gatys":
            loss = functional.mse_loss(G, A, reduction="sum") / (4 * N**2 * M**2)
        else:
            loss = functional.mse_loss(G / F.numel(), A / S.numel())
        agree(trace, "loss", loss)


def discriminator_losses(real: torch.Tensor, fake: torch.Tensor) -> list[torch.Tensor]:
    """What the discriminator minimises, from torch's own losses."""
    bce, mse = functional.binary_cross_entropy_with_logits, functional.mse_loss
    one, zero = torch.ones_like, torch.zeros_like
    return [
        bce(real, one(real)) + bce(fake, zero(fake)),
        (mse(real, one(real)) + mse(fake, zero(fake))) / 2,
        fake.mean() - real.mean(),
        functional.relu(1 - real).mean() + functional.relu(1 + fake).mean(),
    ]


def generator_losses(fake: torch.Tensor) -> list[torch.Tensor]:
    """What the generator minimises, from torch's own losses."""
    bce, mse = functional.binary_cross_entropy_with_logits, functional.mse_loss
    one, zero = torch.ones_like, torch.zeros_like
    return [
        -bce(fake, zero(fake)),
        bce(fake, one(fake)),
        mse(fake, one(fake)) / 2,
        -fake.mean(),
        -fake.mean(),
    ]


def test_gan_losses_equal_torch() -> None:
    """Every loss, and every gradient by autograd."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            given = {name: random.normal(0, 3, random.integers(1, 6)) for name in ("real", "fake")}
        trace = gan_losses(**given)
        real, fake = (tensor(trace.inputs[n]).requires_grad_() for n in ("real", "fake"))
        of_d, of_g = discriminator_losses(real, fake), generator_losses(fake)
        agree(trace, "d_loss", torch.stack(of_d).detach())
        agree(trace, "g_loss", torch.stack(of_g).detach())
        by_real, by_fake = zip(
            *(torch.autograd.grad(loss, (real, fake), retain_graph=True) for loss in of_d),
            strict=True,
        )
        agree(trace, "d_grad_real", torch.stack(by_real))
        agree(trace, "d_grad_fake", torch.stack(by_fake))
        of_fake = [torch.autograd.grad(loss, fake, retain_graph=True)[0] for loss in of_g]
        agree(trace, "g_grad", torch.stack(of_fake))


def test_optimal_discriminator_equals_scipy() -> None:
    """The JSD is the square of scipy's distance; no other discriminator gets more."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = int(random.integers(1, 8))
            given = {"p": random.uniform(0.01, 1, n), "q": random.uniform(0.01, 1, n)}
        trace = optimal_discriminator(**given)
        p, q = (np.asarray(trace.inputs[name]) for name in "pq")
        assert p.sum() == pytest.approx(1)
        jsd = jensenshannon(p, q) ** 2
        agree(trace, "jsd", jsd)
        agree(trace, "V", 2 * jsd - np.log(4))
        other = np.clip(np.asarray(trace.results["D"]) + 0.01, 0.01, 0.99)
        value = (p * np.log(other) + q * np.log(1 - other)).sum()
        assert value < trace.results["V"] + 1e-12  # type: ignore[operator]


def test_frechet_equals_scipy() -> None:
    """The trace term with scipy's root of the product, which is no symmetric matrix."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            d = int(random.integers(1, 5))
            for i in "12":
                root = random.normal(size=(d, d))
                given[f"mu_{i}"] = random.normal(size=d)
                given[f"C_{i}"] = root @ root.T + 0.1 * np.eye(d)
        trace = frechet(**given)
        mu_1, C_1, mu_2, C_2 = (np.asarray(v) for v in trace.inputs.values())
        cross = np.trace(sqrtm(C_1 @ C_2)).real
        gap = np.linalg.norm(mu_1 - mu_2) ** 2
        agree(trace, "fid", gap + np.trace(C_1) + np.trace(C_2) - 2 * cross)


def test_cycle_loss_equals_torch() -> None:
    """Two linear layers there and back, with l1_loss."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, m, d, e = (int(random.integers(1, 6)) for _ in range(4))
            given = {"x": random.normal(size=(n, d)), "y": random.normal(size=(m, e))}
            given |= {"G": random.normal(size=(e, d)), "F": random.normal(size=(d, e))}
            given["lam"] = random.uniform(0, 20)
        trace = cycle_loss(**given)
        x, y, G, F = (tensor(trace.inputs[name]) for name in "xyGF")
        there, here = functional.linear(x, G), functional.linear(y, F)
        forward = functional.l1_loss(functional.linear(there, F), x)
        backward = functional.l1_loss(functional.linear(here, G), y)
        agree(trace, "forward", forward)
        agree(trace, "backward", backward)
        agree(trace, "loss", trace.params["lam"] * (forward + backward))
