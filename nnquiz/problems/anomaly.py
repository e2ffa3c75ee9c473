"""Question 17, anomaly detection: reconstruction errors, thresholds and their false alarms."""

import math
from random import Random

from nnquiz.problems.digits import number, vector
from nnquiz.problems.draws import choose, decimal, decimals
from nnquiz.problems.problem import Draft, DrawAgain


def recon_error(rng: Random) -> Draft:
    """Mean squared error of one sample's reconstruction."""
    x, copy = decimals(rng, 4, -2.0, 2.0), decimals(rng, 4, -2.0, 2.0)
    squares = [(a - b) ** 2 for a, b in zip(x, copy, strict=True)]
    answer = sum(squares) / len(squares)
    if answer < 0.05:
        raise DrawAgain
    return Draft(
        params={"x": x, "reconstruction": copy},
        text=f"A sample x = {vector(x)} and its reconstruction {vector(copy)}: "
        "anomaly score as the mean squared error?",
        answer=answer,
        steps=(
            r"$\frac{1}{n} \sum_i (x_i - \hat x_i)^2$ over the features of the sample",
            f"({' + '.join(number(square) for square in squares)})/4 = {number(answer)}",
        ),
        mistakes=(
            (sum(squares), "forgot to divide by the number of features"),
            (math.sqrt(answer), "took the root: RMSE"),
            (sum(math.sqrt(square) for square in squares) / 4, "mean absolute error"),
            (sum(squares) / 3, "divided by N-1"),
        ),
    )


def threshold_sigma(rng: Random) -> Draft:
    """A threshold some standard deviations above the mean error."""
    mean, deviation = decimal(rng, 0.2, 1.5, 0.01), decimal(rng, 0.02, 0.3, 0.01)
    k = choose(rng, (2, 2.5, 3, 3, 4))
    answer = mean + k * deviation
    return Draft(
        params={"mean": mean, "deviation": deviation, "k": k},
        text=f"Reconstruction errors of normal validation data: mean {number(mean)}, standard "
        f"deviation {number(deviation)}. Threshold at {number(k)} sigma?",
        answer=answer,
        steps=(
            r"$\mu + k\sigma$",
            f"{number(mean)} + {number(k)}·{number(deviation)} = {number(answer)}",
        ),
        mistakes=(
            (mean - k * deviation, "the wrong side of the mean"),
            (k * deviation, "forgot the mean"),
            (mean + k * deviation**2, "took the variance for the standard deviation"),
            (mean + deviation, "took one sigma"),
        ),
    )


def expected_false_alarms(rng: Random) -> Draft:
    """False alarms of a threshold that is a quantile of the scores of normal data."""
    quantile = choose(rng, (0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995))
    n = choose(rng, (1440, 2000, 2880, 5000, 8640, 10000, 17280, 20000, 43200, 50000, 86400))
    answer = n * (1 - quantile)
    return Draft(
        params={"quantile": quantile, "n": n},
        text=f"The threshold is the {number(quantile)} quantile of the scores of normal data, and "
        f"{n} normal samples arrive a day: expected false alarms a day?",
        answer=answer,
        steps=("$n(1 - q)$", f"{n}·{number(1 - quantile)} = {number(answer)}"),
        mistakes=(
            (n * quantile, "counted the samples below the threshold"),
            (answer / 100, "took the rate for percent"),
            (answer / 24, "gave false alarms an hour"),
            (1 - quantile, "gave the rate of false alarms"),
        ),
    )
