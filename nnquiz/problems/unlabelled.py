"""Question 21, learning without labels: contrastive losses, latent variables, masked tokens."""

import math
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimal, decimals, integer, signed
from nnquiz.problems.problem import Draft, DrawAgain


def infonce(rng: Random) -> Draft:
    """InfoNCE of one anchor (van den Oord, Li and Vinyals 2018)."""
    positive, negatives = decimal(rng, 0.3, 0.9), decimals(rng, integer(rng, 2, 3), -0.5, 0.8)
    tau = choose(rng, (0.2, 0.5, 0.5, 1.0))
    others = [math.exp(s / tau) for s in negatives]
    total = math.exp(positive / tau) + sum(others)
    answer = math.log(total) - positive / tau
    if answer < 0.05:
        raise DrawAgain
    mistakes: list[tuple[float, str]] = [
        (math.log(sum(others)) - positive / tau, "left the positive out of the denominator"),
        (math.exp(-answer), "gave the probability, not its log"),
        (answer / math.log(10), "log10 for ln"),
    ]
    if tau != 1:
        plain = math.exp(positive) + sum(math.exp(s) for s in negatives)
        mistakes.insert(0, (math.log(plain) - positive, "forgot the temperature"))
    return Draft(
        params={"positive": positive, "negatives": negatives, "tau": tau},
        text=f"Similarity to the positive {number(positive)}, to the negatives "
        f"{vector(negatives)}, temperature {number(tau)}. InfoNCE loss, in nats?",
        answer=answer,
        steps=(
            r"$-\ln \frac{e^{s^+/\tau}}{e^{s^+/\tau} + \sum_j e^{s_j/\tau}}$",
            (
                f"-ln({significant(math.exp(positive / tau))}/{significant(total)}) = "
                f"{significant(answer)}"
            ),
        ),
        mistakes=tuple(mistakes),
    )


def vae_kl(rng: Random) -> Draft:
    """Divergence of a VAE's posterior from the standard normal (Kingma and Welling 2014)."""
    mu, sigma = signed(rng, 0.1, 2.0), decimal(rng, 0.2, 2.5)
    if sigma == 1:
        raise DrawAgain
    variance = sigma**2
    answer = (mu**2 + variance - 1 - math.log(variance)) / 2
    return Draft(
        params={"mu": mu, "sigma": sigma},
        text=f"KL divergence from the posterior N({number(mu)}, {number(sigma)}²) to the prior "
        "N(0, 1), KL(posterior ‖ prior), in nats?",
        answer=answer,
        steps=(
            r"$\frac{1}{2}(\mu^2 + \sigma^2 - 1 - \ln \sigma^2)$",
            (
                f"({number(mu**2)} + {number(variance)} - 1 - {significant(math.log(variance))})/2 "
                f"= {significant(answer)}"
            ),
        ),
        mistakes=(
            (-answer, "wrong sign"),
            (2 * answer, "forgot the half"),
            ((mu**2 + sigma - 1 - math.log(sigma)) / 2, "took sigma for the variance"),
            ((mu**2 + variance - 1 - math.log(sigma)) / 2, "ln of sigma, not of its square"),
            (
                ((1 + mu**2) / variance - 1 + math.log(variance)) / 2,
                "the divergence in the other direction",
            ),
        ),
    )


def simclr_negatives(rng: Random) -> Draft:
    """Negatives of an anchor in SimCLR (Chen et al. 2020), on one device or many."""
    devices = choose(rng, (2, 4, 8, 16, 32))
    batch = choose(rng, (16, 24, 32, 48, 64, 96, 128, 192, 256))
    images = devices * batch
    return Draft(
        params={"devices": devices, "batch": batch},
        text=f"SimCLR on {devices} GPUs with {batch} images each, two views an image, embeddings "
        "gathered from all GPUs: negatives per anchor?",
        answer=2 * images - 2,
        kind="integer",
        steps=(
            "$2N - 2$: all views but the anchor and its positive",
            f"2·{devices}·{batch} - 2 = {2 * images - 2}",
        ),
        mistakes=(
            (2 * images - 1, "counted the positive as a negative"),
            (2 * images, "counted the anchor and its positive"),
            (images - 1, "counted images, not views"),
            (2 * batch - 2, "left out the other GPUs"),
        ),
    )


def mlm_tokens(rng: Random) -> Draft:
    """Tokens that BERT replaces by its mask (Devlin et al. 2019, section 3.1)."""
    tokens, rate = integer(rng, 100, 512), choose(rng, (15, 15, 20, 30, 40))
    selected = tokens * rate // 100
    answer = selected * 80 // 100
    once = tokens * rate * 80 // 10000
    mistakes: list[tuple[float, str]] = [
        (selected, "counted all selected tokens: a tenth is random, a tenth unchanged"),
        (tokens * 80 // 100, "forgot that few tokens are selected"),
        (selected * 10 // 100, "counted those replaced by a random token"),
    ]
    if selected * 80 % 100:
        mistakes.insert(1, (selected * 0.8, "did not round down"))
    if once != answer:
        mistakes.append((once, "rounded once, at the end"))
    return Draft(
        params={"tokens": tokens, "rate": rate, "masked": 80},
        text=f"Masked language modelling selects {rate}% of {tokens} tokens (rounded down). With "
        "BERT's share of 80% (rounded down), how many of those become [MASK]?",
        answer=answer,
        kind="integer",
        steps=(
            f"selected: floor({number(rate / 100)}·{tokens}) = {selected}",
            f"floor(0.8·{selected}) = {answer}",
        ),
        mistakes=tuple(mistakes),
    )


def perplexity(rng: Random) -> Draft:
    """Perplexity of a language model from its mean loss."""
    loss, bits = decimal(rng, 0.5, 5.0), rng.random() < 0.3
    answer, other = 2.0**loss, math.exp(loss)
    if not bits:
        answer, other = other, answer
    unit, base = ("bits", "2") if bits else ("nats", "e")
    return Draft(
        params={"loss": loss, "unit": unit},
        text=f"A language model's mean negative log likelihood is {number(loss)} {unit} a token. "
        "Perplexity?",
        answer=answer,
        steps=(
            f"${base}^L$ for a loss in {unit}",
            f"{base}^{number(loss)} = {significant(answer)}",
        ),
        mistakes=(
            (other, "e for 2: the loss is in bits" if bits else "2 for e: the loss is in nats"),
            (1 / answer, "wrong sign of the exponent"),
            (10**loss, "raised 10 to the loss"),
            (loss, "gave the loss itself"),
        ),
    )


def triplet_loss(rng: Random) -> Draft:
    """The triplet loss with a margin (Schroff, Kalenichenko and Philbin 2015, unsquared here)."""
    near, far = decimal(rng, 0.2, 1.5, 0.05), decimal(rng, 0.2, 1.8, 0.05)
    margin = choose(rng, (0.1, 0.2, 0.3, 0.5, 1.0))
    gap = round(near - far + margin, 9)
    answer = max(0.0, gap)
    if gap < 0 and rng.random() < 0.5:
        raise DrawAgain  # a loss of 0 is worth asking, though not often
    mistakes: list[tuple[float, str]] = [
        (max(0.0, far - near + margin), "swapped positive and negative"),
        (near - far - margin, "took the margin away"),
    ]
    if gap < 0:
        mistakes.insert(0, (gap, "did not stop at 0"))
    else:
        mistakes.insert(0, (max(0.0, near - far), "forgot the margin"))
    return Draft(
        params={"near": near, "far": far, "margin": margin},
        text=f"Distance from the anchor to the positive {number(near)}, to the negative "
        f"{number(far)}, margin {number(margin)}. Triplet loss, distances not squared?",
        answer=answer,
        steps=(
            r"$\max(0, d_{ap} - d_{an} + m)$",
            f"max(0, {number(near)} - {number(far)} + {number(margin)}) = {number(answer)}",
        ),
        mistakes=tuple(mistakes),
    )
