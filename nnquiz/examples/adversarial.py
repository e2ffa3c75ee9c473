"""Question 18: the losses of a GAN, and what its best discriminator measures."""
# ruff: noqa: N806 -- D and V are the names of the paper

from typing import Annotated, NamedTuple

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.functions import sigmoid, softplus
from nnquiz.examples.notation import addition, equals, number, operand
from nnquiz.examples.parameters import Tensor, Vector, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# The discriminator is quite sure of itself: it gives fakes clearly negative logits.
REAL = np.array([2.0, 0.5, 3.0])
FAKE = np.array([-4.0, -1.0, 0.5])
P = np.array([0.5, 0.3, 0.2])
Q = np.array([0.2, 0.3, 0.5])

Weights = Annotated[Array, Tensor(1, low=0.0, drawn=(0.1, 2.0))]


class Loss(NamedTuple):
    """One number, its gradient with respect to each logit, and how it is written."""

    formula: str
    terms: tuple[Array, ...]  # one for each real or fake logit; their means are added up
    slopes: tuple[Array, ...]  # of each term, by its own logit
    note: str

    @property
    def value(self) -> float:
        """The sum of the means."""
        return float(sum(term.mean() for term in self.terms))

    @property
    def gradients(self) -> tuple[Array, ...]:
        """The gradients of the loss."""
        return tuple(slope / slope.size for slope in self.slopes)


def discriminator_losses(r: Array, f: Array) -> dict[str, Loss]:
    """Return the discriminator's losses for the logits of real (r) and fake (f) samples."""
    return {
        "minimax": Loss(
            r"\mathbb{E}_r[-\log D(r)] + \mathbb{E}_f[-\log(1 - D(f))]",
            (softplus(-r), softplus(f)),
            (sigmoid(r) - 1, sigmoid(f)),
            "Binary cross-entropy with real 1 and fake 0, against both generators below.",
        ),
        "lsgan": Loss(
            r"\frac{1}{2} \mathbb{E}_r[(r - 1)^2] + \frac{1}{2} \mathbb{E}_f[f^2]",
            ((r - 1) ** 2 / 2, f**2 / 2),
            (r - 1, f),
            "Least squares on the raw output, no sigmoid (Mao et al. 2017).",
        ),
        "wgan": Loss(
            r"\mathbb{E}_f[f] - \mathbb{E}_r[r]",
            (-r, f),
            (-np.ones_like(r), np.ones_like(f)),
            "A critic's score, which must be 1-Lipschitz (Arjovsky et al. 2017).",
        ),
        "hinge": Loss(
            r"\mathbb{E}_r[\max(0, 1 - r)] + \mathbb{E}_f[\max(0, 1 + f)]",
            (np.maximum(0, 1 - r), np.maximum(0, 1 + f)),
            (np.where(r < 1, -1.0, 0.0), np.where(f > -1, 1.0, 0.0)),
            "Logits beyond the margin count no more (Lim and Ye 2017).",
        ),
    }


def generator_losses(f: Array) -> dict[str, Loss]:
    """Return the generator's losses for the logits f of its samples."""
    return {
        "minimax": Loss(
            r"\mathbb{E}_f[\log(1 - D(f))]",
            (-softplus(f),),
            (-sigmoid(f),),
            "The slope is -D: flat just where the fake is seen through.",
        ),
        "non-saturating": Loss(
            r"\mathbb{E}_f[-\log D(f)]",
            (softplus(-f),),
            (sigmoid(f) - 1,),
            "The slope is D - 1: steep where the fake is seen through (Goodfellow et al. 2014).",
        ),
        "lsgan": Loss(
            r"\frac{1}{2} \mathbb{E}_f[(f - 1)^2]",
            ((f - 1) ** 2 / 2,),
            (f - 1,),
            "The further from 1, the steeper, on both sides.",
        ),
        "wgan": Loss(
            r"-\mathbb{E}_f[f]",
            (-f,),
            (-np.ones_like(f),),
            "The slope is the same for every fake.",
        ),
        "hinge": Loss(
            r"-\mathbb{E}_f[f]",
            (-f,),
            (-np.ones_like(f),),
            "As for WGAN; only the discriminator has the margin.",
        ),
    }


@example
def gan_losses(*, real: Vector = REAL, fake: Vector = FAKE) -> Working:
    """Five pairs of GAN losses from the same logits, with their gradients.

    D is the sigmoid of a logit; E is the mean over the batch, r and f are the logits of
    real and fake samples.
    """
    of_d, of_g = discriminator_losses(real, fake), generator_losses(fake)
    d_loss = np.array([loss.value for loss in of_d.values()])
    g_loss = np.array([loss.value for loss in of_g.values()])
    d_grad_real, d_grad_fake = (
        np.stack(part) for part in zip(*(loss.gradients for loss in of_d.values()), strict=True)
    )
    g_grad = np.stack([loss.gradients[0] for loss in of_g.values()])  # (5, fakes)

    reals, fakes = _numbered("real", real.size), _numbered("fake", fake.size)
    ratio = np.exp(-fake[0])
    return Working(
        inputs={"real": real, "fake": fake},
        steps=(
            Step(
                "D",
                r"D(s) = \frac{1}{1 + e^{-s}}",
                rf"D_1 = \frac{{1}}{{1 + e^{{-{operand(real[0])}}}}} {equals(sigmoid(real)[0])}",
                sigmoid(np.concatenate([real, fake])),
                "How likely the discriminator takes each sample for real.",
            ),
            *(_loss("D", name, loss) for name, loss in of_d.items()),
            *(_loss("G", name, loss) for name, loss in of_g.items()),
            Step(
                "g_grad",
                r"\frac{\partial L_G}{\partial f_j}",
                rf"\frac{{D(f_1) - 1}}{{-D(f_1)}} = e^{{-{operand(fake[0])}}} {equals(ratio)}",
                g_grad,
                "What reaches the generator; non-saturating is that many times minimax.",
            ),
        ),
        results={
            "d_loss": d_loss,
            "g_loss": g_loss,
            "d_grad_real": d_grad_real,
            "d_grad_fake": d_grad_fake,
            "g_grad": g_grad,
        },
        axes={
            "real": (reals,),
            "fake": (fakes,),
            "D": ((*reals, *fakes),),
            "d_loss": (tuple(of_d),),
            "g_loss": (tuple(of_g),),
            "d_grad_real": (tuple(of_d), reals),
            "d_grad_fake": (tuple(of_d), fakes),
            "g_grad": (tuple(of_g), fakes),
        },
        plots=(_generator_curves(),),
        invariants=(
            same(
                "minimax and non-saturating add up to minus the mean logit of the fakes",
                g_loss[0] + g_loss[1],
                -fake.mean(),
                scale=np.abs(fake).max(),
            ),
            same("their slopes add up to -1", (g_grad[0] + g_grad[1]) * fake.size, -1.0),
        ),
        conventions=(
            "Every loss is minimised; gradients are of the batch mean, by the logit.",
            "LSGAN has the labels 0 and 1 and the factor 1/2 of its paper; code often drops it.",
            "WGAN also needs a Lipschitz critic (clipping or a gradient penalty), not shown here.",
        ),
        tries=(
            Try(("fake=-4.6,-4.6,-4.6",), "D is 0.01: minimax learns 99 times slower"),
            Try(("real=0,0,0", "fake=0,0,0"), "D is 1/2 everywhere: the loss is 2 log 2"),
        ),
    )


@example
def optimal_discriminator(*, p: Weights = P, q: Weights = Q) -> Working:
    """The best discriminator between two distributions, and what its value measures.

    With D* the value of the game is 2 JSD - log 4 (Goodfellow et al. 2014, theorem 1).
    """
    given = f"p has {p.size} entries and q has {q.size}; both speak of the same outcomes"
    require(p.size == q.size, given)
    require(bool(p.any() and q.any()), "p or q is 0 everywhere; a distribution sums to 1")
    nowhere = f"p and q are both 0 at entry {int((p + q).argmin()) + 1}; leave that outcome out"
    require(bool((p + q).all()), nowhere)
    p, q = p / p.sum(), q / q.sum()

    D = p / (p + q)  # (n,)
    gain = _times_log(p, D) + _times_log(q, 1 - D)  # (n,)
    V = gain.sum()

    m = (p + q) / 2
    kl = np.array([_times_log(p, p / m).sum(), _times_log(q, q / m).sum()])
    jsd = kl.mean()

    outcomes = _numbered("x", p.size)
    blind = float((_times_log(p, np.full_like(p, 0.5)) + _times_log(q, np.full_like(q, 0.5))).sum())
    return Working(
        inputs={"p": p, "q": q},
        steps=(
            Step(
                "D",
                r"D^*(x) = \frac{p(x)}{p(x) + q(x)}",
                rf"D^*_1 = \frac{{{number(p[0])}}}{{{number(p[0])} + {number(q[0])}}} "
                f"{equals(D[0])}",
                D,
                "The best answer to “real or made?” is the share of the data at each outcome.",
            ),
            Step(
                "V",
                r"V = \sum_x (p(x) \log D^*(x) + q(x) \log(1 - D^*(x)))",
                f"V = {addition(gain)} {equals(V)}",
                V,
                "What the discriminator gets out of it; the generator wants it low.",
            ),
            Step(
                "kl",
                r"\text{KL}(p \,\|\, m) = \sum_x p(x) \log \frac{p(x)}{m(x)}, "
                r"\quad m = \frac{p + q}{2}",
                rf"\text{{KL}}(p \,\|\, m) {equals(kl[0])}, \quad "
                rf"\text{{KL}}(q \,\|\, m) {equals(kl[1])}",
                kl,
                "How far each of the two lies from their mean.",
            ),
            Step(
                "jsd",
                r"\text{JSD} = \frac{1}{2} (\text{KL}(p \,\|\, m) + \text{KL}(q \,\|\, m))",
                rf"\text{{JSD}} = \frac{{1}}{{2}} ({addition(kl)}) {equals(jsd)}",
                jsd,
                "The Jensen-Shannon divergence: 0 when q matches p, log 2 when they never meet.",
            ),
            Step(
                "V by JSD",
                r"V = 2 \, \text{JSD} - \log 4",
                rf"V = 2 \cdot {number(jsd)} - \log 4 {equals(2 * jsd - np.log(4))}",
                2 * jsd - np.log(4),
                "The same value: against its best opponent the generator lowers the JSD.",
            ),
        ),
        results={"D": D, "V": V, "kl": kl, "jsd": jsd},
        axes={
            **dict.fromkeys(("p", "q", "D"), (outcomes,)),
            "kl": (("p", "q"),),
        },
        plots=(
            Plot(
                "bar",
                "data, samples and the best discriminator",
                "outcome",
                "probability",
                tuple(
                    Series(name, np.arange(p.size), values)
                    for name, values in (("p", p), ("q", q), ("D*", D))
                ),
                x_ticks=outcomes,
            ),
        ),
        invariants=(
            same("V = 2 JSD - log 4", V, 2 * jsd - np.log(4)),
            same("guessing 1/2 gains no more than D*", max(blind - V, 0.0), 0.0),
            same("JSD lies from 0 to log 2", np.clip(jsd, 0, np.log(2)), jsd),
        ),
        conventions=(
            "p is the data, q the generator; both are divided by their sums.",
            "Logarithms are natural, and 0 log 0 is 0; with base 2 the JSD ends at 1.",
        ),
        tries=(
            Try(("q=.5,.3,.2",), "q matches p: D* is 1/2 and V is -log 4 = -1.386"),
            Try(("p=1,0", "q=0,1"), "they never meet: D* is sure, V is 0"),
        ),
    )


def _times_log(weight: Array, of: Array) -> Array:
    """Return weight · log(of), which is 0 where the weight is."""
    return weight * np.log(of, out=np.zeros_like(of), where=weight > 0)


def _loss(player: str, name: str, loss: Loss) -> Step:
    """Return the step of one loss, its means written as a sum."""
    means = [float(term.mean()) for term in loss.terms]
    sum_ = f" = {addition(means)}" if len(means) > 1 else ""
    written = f"L_{player}{sum_} {equals(loss.value)}"
    return Step(f"{player} {name}", f"L_{player} = {loss.formula}", written, loss.value, loss.note)


def _generator_curves() -> Plot:
    """Return the generator's losses over the logit of one fake."""
    grid = np.linspace(-5.0, 5.0, 81)
    curves = generator_losses(grid)
    series = tuple(
        Series(name, grid, curves[name].terms[0]) for name in ("minimax", "non-saturating", "lsgan")
    )
    return Plot("line", "generator losses", "logit of a fake", "loss", series)


def _numbered(name: str, count: int) -> tuple[str, ...]:
    return tuple(f"{name}{i}" for i in range(1, count + 1))
