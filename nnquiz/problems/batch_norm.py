"""Question 3, batch normalisation: training, running statistics, evaluation, and its siblings."""

import math
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimal, distinct, integer, signed
from nnquiz.problems.problem import Draft, DrawAgain

_EPS = 1e-5  # PyTorch's default


def batchnorm_normalise(rng: Random) -> Draft:
    """First output of a batch in training mode: the biased variance, then gamma and beta."""
    batch = distinct(rng, range(1, 10), 4)
    gamma, beta = decimal(rng, 0.5, 2.0), signed(rng, 0.1, 1.0)
    mean = sum(batch) / len(batch)
    deviations = sum((x - mean) ** 2 for x in batch)
    variance = deviations / len(batch)
    normalised = (batch[0] - mean) / math.sqrt(variance + _EPS)
    unbiased = (batch[0] - mean) / math.sqrt(deviations / (len(batch) - 1) + _EPS)
    y = gamma * normalised + beta
    if abs(y) < 0.05:
        raise DrawAgain
    return Draft(
        params={"batch": batch, "gamma": gamma, "beta": beta, "eps": _EPS},
        text=f"Batch normalisation in training mode on the batch {vector(batch)} with gamma = "
        f"{number(gamma)}, beta = {number(beta)}, eps = {number(_EPS)}. "
        "Output for the first element?",
        answer=y,
        steps=(
            r"$y = \gamma \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$",
            (
                f"mean {number(mean)}, biased variance {number(variance)}, "
                f"normalised {significant(normalised)}"
            ),
            f"{number(gamma)}·{significant(normalised)} + {number(beta)} = {significant(y)}",
        ),
        mistakes=(
            (gamma * unbiased + beta, "divided by N-1"),
            (normalised, "forgot gamma and beta"),
            (gamma * normalised, "forgot beta"),
            (
                gamma * (batch[0] - mean) / (variance + _EPS) + beta,
                "divided by the variance instead of its root",
            ),
        ),
    )


def batchnorm_running_mean(rng: Random) -> Draft:
    """Update of the running mean, with PyTorch's meaning of momentum."""
    running, batch = decimal(rng, 0.1, 2.0), decimal(rng, 0.1, 4.0)
    momentum = choose(rng, (0.1, 0.1, 0.01, 0.05, 0.2))
    new = (1 - momentum) * running + momentum * batch
    return Draft(
        params={"running": running, "batch": batch, "momentum": momentum},
        text=f"running_mean = {number(running)}, batch mean = {number(batch)}, "
        f"momentum = {number(momentum)} as PyTorch means it. New running_mean?",
        answer=new,
        digits=4,
        steps=(
            "$(1 - m) \\cdot running + m \\cdot batch$",
            (
                f"{number(1 - momentum)}·{number(running)} + {number(momentum)}·{number(batch)} = "
                f"{number(new)}"
            ),
        ),
        mistakes=(
            (
                momentum * running + (1 - momentum) * batch,
                "gave the momentum to the old mean: PyTorch gives it to the batch",
            ),
            (running + momentum * batch, "did not shrink the old mean"),
            (momentum * batch, "left out the old mean"),
            ((running + batch) / 2, "averaged the two means"),
        ),
    )


def batchnorm_eval(rng: Random) -> Draft:
    """Output in evaluation mode, from the running statistics."""
    x, mean = signed(rng, 0.5, 3.0), signed(rng, 0.1, 1.5)
    deviation = choose(rng, (0.2, 0.4, 0.5, 0.6, 0.8, 1.2, 1.5, 2.0))
    variance = round(deviation**2, 2)
    gamma, beta = decimal(rng, 0.5, 2.0), signed(rng, 0.1, 1.0)
    normalised = (x - mean) / deviation
    y = gamma * normalised + beta
    if abs(x - mean) < 0.05 or abs(y) < 0.05:
        raise DrawAgain
    return Draft(
        params={"x": x, "mean": mean, "variance": variance, "gamma": gamma, "beta": beta, "eps": 0},
        text=f"Batch normalisation in evaluation mode: x = {number(x)}, running mean "
        f"{number(mean)}, running variance {number(variance)}, gamma {number(gamma)}, beta "
        f"{number(beta)}, eps 0. Output?",
        answer=y,
        steps=(
            r"$y = \gamma \frac{x - \mu}{\sqrt{\sigma^2}} + \beta$ with the running statistics",
            f"({number(x)} - {number(mean)})/{number(deviation)} = {significant(normalised)}",
            f"{number(gamma)}·{significant(normalised)} + {number(beta)} = {significant(y)}",
        ),
        mistakes=(
            *(
                [(gamma * (x - mean) / variance + beta, "divided by the variance, not its root")]
                if deviation != 1
                else []
            ),
            (gamma * x / deviation + beta, "forgot the running mean"),
            (gamma * normalised, "forgot beta"),
            (normalised, "forgot gamma and beta"),
        ),
    )


def groupnorm_mean(rng: Random) -> Draft:
    """The mean that group normalisation takes away: over the channels of one group."""
    channels = tuple(tuple(integer(rng, 0, 9) for _ in range(2)) for _ in range(4))
    asked = integer(rng, 1, 4)
    first = (asked - 1) // 2 * 2
    group = channels[first] + channels[first + 1]
    other = channels[2 - first] + channels[3 - first]
    mean = sum(group) / 4
    if mean == 0:
        raise DrawAgain
    listed = ", ".join(vector(channel) for channel in channels)
    return Draft(
        params={"channels": channels, "channel": asked, "groups": 2},
        text=f"Group normalisation with 2 groups on one sample of 4 channels {listed}. "
        f"Which mean is taken from channel {asked} (the first is 1)?",
        answer=mean,
        steps=(
            f"channels {first + 1} and {first + 2} are one group, normalised together",
            f"({' + '.join(str(x) for x in group)})/4 = {number(mean)}",
        ),
        mistakes=(
            (
                (sum(group) + sum(other)) / 8,
                "took the mean over all channels, as layer normalisation does",
            ),
            (
                sum(channels[asked - 1]) / 2,
                "took the mean of the channel, as instance normalisation does",
            ),
            (sum(other) / 4, "took the other group"),
        ),
    )
