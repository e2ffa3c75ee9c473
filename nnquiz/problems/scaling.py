"""Question 10, normalising data: with the statistics of the training set alone."""

from random import Random

from nnquiz.problems.digits import number, significant
from nnquiz.problems.draws import choose, decimal, integer
from nnquiz.problems.problem import Draft, DrawAgain

# Mean and deviation of ImageNet's channels, of pixels in 0..1, as torchvision's models expect them.
_IMAGENET = (("Red", 0.485, 0.229), ("Green", 0.456, 0.224), ("Blue", 0.406, 0.225))


def zscore(rng: Random) -> Draft:
    """Standardise a test value with the mean and deviation of the training set."""
    mean, deviation = decimal(rng, 20, 90), decimal(rng, 4, 25)
    x = decimal(rng, mean - 3 * deviation, mean + 3 * deviation)
    z = (x - mean) / deviation
    if abs(z) < 0.1 or x == 0:
        raise DrawAgain
    return Draft(
        params={"mean": mean, "deviation": deviation, "x": x},
        text=f"Training mean {number(mean)}, standard deviation {number(deviation)}. Standardise "
        f"the test value {number(x)}.",
        answer=z,
        steps=(
            r"$z = \frac{x - \mu}{\sigma}$ with the statistics of the training set",
            f"({number(x)} - {number(mean)})/{number(deviation)} = {significant(z)}",
        ),
        mistakes=(
            (-z, "wrong sign"),
            (z / deviation, "divided by the variance"),
            (x / deviation, "forgot the mean"),
            (x - mean, "forgot to divide by the standard deviation"),
        ),
    )


def minmax(rng: Random) -> Draft:
    """Scale a test value by the range of the training set, beyond which it may lie."""
    low, high = decimal(rng, 1, 12), decimal(rng, 18, 60)
    span = high - low
    x = decimal(rng, max(low - 0.4 * span, 0.1), high + 0.4 * span)
    y = (x - low) / span
    if min(abs(y), abs(y - 1)) < 0.03:
        raise DrawAgain
    mistakes: list[tuple[float, str]] = [
        ((x - low) / high, "divided by the maximum instead of the range"),
        (x / high, "left out the minimum"),
        ((high - x) / span, "measured from the maximum"),
    ]
    if 0 < y < 1:
        mistakes.append((100 * y, "percent for fraction"))
    else:
        mistakes.insert(0, (0 if y < 0 else 1, "clipped"))
    return Draft(
        params={"low": low, "high": high, "x": x},
        text=f"Training minimum {number(low)}, maximum {number(high)}. Min-max scale the test "
        f"value {number(x)} (no clipping).",
        answer=y,
        steps=(
            r"$\frac{x - x_{\min}}{x_{\max} - x_{\min}}$, beyond 0 or 1 for some test values",
            f"({number(x)} - {number(low)})/({number(high)} - {number(low)}) = {significant(y)}",
        ),
        mistakes=tuple(mistakes),
    )


def imagenet_norm(rng: Random) -> Draft:
    """Normalise a pixel as networks pretrained on ImageNet expect it."""
    colour, mean, deviation = choose(rng, _IMAGENET)
    pixel = integer(rng, 5, 255)
    value = (pixel / 255 - mean) / deviation
    if abs(value) < 0.05:
        raise DrawAgain
    return Draft(
        params={"pixel": pixel, "mean": mean, "deviation": deviation},
        text=f"{colour} pixel {pixel} of 255, mean {number(mean)}, standard deviation "
        f"{number(deviation)} (of pixels from 0 to 1). Normalised value?",
        answer=value,
        steps=(
            r"$\frac{p/255 - \mu}{\sigma}$",
            f"({pixel}/255 - {number(mean)})/{number(deviation)} = {significant(value)}",
        ),
        mistakes=(
            ((pixel - mean) / deviation, "forgot to divide the pixel by 255"),
            (pixel / 255 / deviation, "forgot the mean"),
            (pixel / 255 - mean, "forgot the standard deviation"),
            (value / deviation, "divided by the variance"),
            (-value, "wrong sign"),
        ),
    )
