"""Question 18, adversarial networks and style transfer: losses, gradients, shapes, Gram matrices.

Logarithms are natural.
"""

import math
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimal, decimals, integer
from nnquiz.problems.problem import Draft, DrawAgain


def gan_d_loss(rng: Random) -> Draft:
    """The discriminator's loss on one real and one generated sample."""
    real, fake = decimal(rng, 0.3, 0.98, 0.01), decimal(rng, 0.02, 0.7, 0.01)
    answer = -math.log(real) - math.log(1 - fake)
    return Draft(
        params={"real": real, "fake": fake},
        text=f"D(x) = {number(real)}, D(G(z)) = {number(fake)}. Discriminator loss "
        "$-\\ln D(x) - \\ln(1 - D(G(z)))$?",
        answer=answer,
        steps=(
            "one term for the real sample, one for the generated one",
            (
                f"-ln({number(real)}) - ln({number(1 - fake)}) = {significant(-math.log(real))} + "
                f"{significant(-math.log(1 - fake))} = {significant(answer)}"
            ),
        ),
        mistakes=(
            (-math.log(real) - math.log(fake), "log D(G(z)) instead of log(1 - D(G(z)))"),
            (answer / math.log(10), "log10 for ln"),
            (-answer, "wrong sign"),
            (answer / 2, "took the mean of the two terms"),
            (-math.log(real), "left out the generated sample"),
        ),
    )


def gan_g_grad_ratio(rng: Random) -> Draft:
    """How much more the non-saturating loss moves the generator (Goodfellow et al. 2014)."""
    fake = decimal(rng, 0.01, 0.45, 0.01)
    return Draft(
        params={"fake": fake},
        text=f"D(G(z)) = {number(fake)}: how many times larger, in absolute value, is the gradient "
        "of $-\\ln D$ than that of $\\ln(1 - D)$, both with respect to the logit?",
        answer=(1 - fake) / fake,
        steps=(
            r"by the logit, $-\ln D$ has a gradient of size $1 - D$, $\ln(1 - D)$ one of size $D$",
            f"{number(1 - fake)}/{number(fake)} = {significant((1 - fake) / fake)}",
        ),
        mistakes=(
            (fake / (1 - fake), "the wrong way round"),
            (1 - fake, "gave the gradient of the first alone"),
            (math.log(fake) / math.log(1 - fake), "the ratio of the losses, not of the gradients"),
            (1 / fake, "divided by D alone: the other gradient is not 1"),
        ),
    )


def optimal_discriminator(rng: Random) -> Draft:
    """The best discriminator at a point (Goodfellow et al. 2014, proposition 1)."""
    data, generated = decimal(rng, 0.05, 1.5, 0.01), decimal(rng, 0.05, 1.5, 0.01)
    answer = data / (data + generated)
    return Draft(
        params={"data": data, "generated": generated},
        text=f"At a point x the densities are p_data(x) = {number(data)} and p_g(x) = "
        f"{number(generated)}. Output of the optimal discriminator?",
        answer=answer,
        steps=(
            r"$D^*(x) = \frac{p_{data}(x)}{p_{data}(x) + p_g(x)}$",
            f"{number(data)}/({number(data)} + {number(generated)}) = {significant(answer)}",
        ),
        mistakes=(
            (1 - answer, "gave the generator's share"),
            (data / generated, "gave the ratio of the densities"),
            (data, "gave the density of the data"),
            (100 * answer, "percent for fraction"),
        ),
    )


def gram_entry(rng: Random) -> Draft:
    """Entry of a Gram matrix of feature maps (Gatys, Ecker and Bethge 2016)."""
    first, second = decimals(rng, 4, -2.0, 2.0), decimals(rng, 4, -2.0, 2.0)
    products = [a * b for a, b in zip(first, second, strict=True)]
    answer = sum(products)
    if abs(answer) < 0.05:
        raise DrawAgain
    return Draft(
        params={"f1": first, "f2": second},
        text=f"Flattened feature maps F1 = {vector(first)} and F2 = {vector(second)}. "
        "Gram entry G12, not normalised?",
        answer=answer,
        steps=(
            r"$G_{12} = \sum_k F_{1k} F_{2k}$",
            f"{' + '.join(number(product) for product in products)} = {number(answer)}",
        ),
        mistakes=(
            (answer / 4, "divided by the number of positions"),
            (sum(abs(product) for product in products), "lost the signs"),
            (sum(first) * sum(second), "multiplied the sums"),
            (sum(a * a for a in first), "gave G11"),
        ),
    )


def dcgan_output_size(rng: Random) -> Draft:
    """Side of the image behind a DCGAN's transposed convolutions (Radford et al. 2016)."""
    side, layers = integer(rng, 3, 8), integer(rng, 2, 5)
    kernel, padding, extra = choose(rng, ((4, 1, 0), (4, 1, 0), (5, 2, 1), (3, 1, 0), (5, 1, 0)))
    sides = [side]
    for _ in range(layers):
        sides.append((sides[-1] - 1) * 2 - 2 * padding + kernel + extra)
    answer = sides[-1]
    mistakes: list[tuple[float, str]] = [
        (sides[-2], "one layer too few"),
        (side * 2 * layers, "added up the factors of 2"),
        (side + (sides[1] - side) * layers, "let every layer add as much as the first"),
    ]
    if answer != side * 2**layers:
        mistakes.insert(0, (side * 2**layers, "doubled, which this layer does not"))
    return Draft(
        params={
            "side": side,
            "layers": layers,
            "kernel": kernel,
            "padding": padding,
            "output_padding": extra,
        },
        text=f"A DCGAN's generator starts at {side}×{side} and has {layers} transposed "
        f"convolutions, each with kernel {kernel}, stride 2, padding {padding} and output padding "
        f"{extra}: side length of the image?",
        answer=answer,
        kind="integer",
        steps=(
            r"each layer: $2(n - 1) - 2p + k + p_{out}$",
            " → ".join(str(n) for n in sides),
        ),
        mistakes=tuple(mistakes),
    )
