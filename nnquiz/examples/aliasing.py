"""Question 9: why max pooling with a stride is not shift-invariant, and a blur helps."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import dot, equals, number, row
from nnquiz.examples.parameters import Tensor, Vector, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# The one-dimensional example of Zhang (2019), and his triangle filter.
SIGNAL = np.array([0.0, 0, 1, 1, 0, 0, 1, 1])
TAPS = np.array([1.0, 2, 1])

Stride = Annotated[int, Whole(1, 10)]
Taps = Annotated[Array, Tensor(1, low=0.0, drawn=(0.1, 2.0))]


def max_pool(x: Array, window: int, stride: int) -> Array:
    """Take the largest of every window of a circular signal, at each stride."""
    largest: Array = np.max([np.roll(x, -k) for k in range(window)], axis=0)
    return largest[::stride]


def blur(x: Array, taps: Array) -> Array:
    """Average a circular signal with weights that sum to 1, centred on each place."""
    weights = taps / taps.sum()
    centre = (taps.size - 1) // 2
    mixed: Array = np.sum([w * np.roll(x, centre - k) for k, w in enumerate(weights)], axis=0)
    return mixed


@example
def aliasing(*, x: Vector = SIGNAL, stride: Stride = 2, taps: Taps = TAPS) -> Working:
    """Max pooling of a circular signal and of its neighbour, one place on; then with a blur.

    The windows are as wide as the stride. `taps` are the weights of the blur, which are divided by
    their sum.
    """
    given = f"stride={stride} does not divide the {x.size} places of x"
    require(x.size % stride == 0, given)
    require(bool(taps.sum() > 0), "taps are all 0; one weight at least is above it")

    shifted = np.roll(x, -1)
    pooled, pooled_shifted = (max_pool(signal, stride, stride) for signal in (x, shifted))
    change = np.abs(pooled_shifted - pooled).max()

    dense = max_pool(x, stride, 1)  # every window: shift-equivariant so far
    smooth = blur(dense, taps)
    blurred = smooth[::stride]
    blurred_shifted = blur(max_pool(shifted, stride, 1), taps)[::stride]
    change_blurred = np.abs(blurred_shifted - blurred).max()

    centre = (taps.size - 1) // 2
    around = dense[np.arange(taps.size) % dense.size - centre]
    return Working(
        inputs={"x": x, "taps": taps},
        steps=(
            Step(
                "shifted",
                "x'_i = x_{i+1}",
                f"x'_0 = x_1 = {number(shifted[0])}",
                shifted,
                "The same signal, one step to the left.",
            ),
            Step(
                "pooled",
                r"y_j = \max_{k < s} x_{s j + k}",
                rf"y_0 = \max {row(x[:stride])} {equals(pooled[0])}",
                pooled,
                f"The largest of every {stride}, windows side by side.",
            ),
            Step(
                "pooled_shifted",
                r"y'_j = \max_{k < s} x'_{s j + k}",
                rf"y'_0 = \max {row(shifted[:stride])} {equals(pooled_shifted[0])}",
                pooled_shifted,
                "The same for the shifted signal: the windows cut it elsewhere.",
            ),
            Step(
                "change",
                r"\delta = \max_j |y'_j - y_j|",
                rf"\delta {equals(change)}",
                change,
                "How much one step changes the answer.",
            ),
            Step(
                "dense",
                r"d_i = \max_{k < s} x_{i + k}",
                rf"d_0 = \max {row(x[:stride])} {equals(dense[0])}",
                dense,
                "Now in two parts: the maximum of every window first, at stride 1.",
            ),
            Step(
                "smooth",
                r"b_i = \frac{\sum_k t_k d_{i + k - c}}{\sum_k t_k}",
                rf"b_0 = \frac{{{dot(taps, around)}}}{{{number(taps.sum())}}} "
                f"{equals(smooth[0])}",
                smooth,
                "Then a blur, which takes out what is too fast for the stride.",
            ),
            Step(
                "blurred",
                "y_j = b_{s j}",
                f"y_0 = b_0 {equals(blurred[0])}",
                blurred,
                "Then every s-th of them: blur-pool.",
            ),
            Step(
                "blurred_shifted",
                "y'_j = b'_{s j}",
                f"y'_0 {equals(blurred_shifted[0])}",
                blurred_shifted,
                "The same for the shifted signal.",
            ),
            Step(
                "change_blurred",
                r"\delta = \max_j |y'_j - y_j|",
                rf"\delta {equals(change_blurred)}",
                change_blurred,
                "Less than before: blurring reduces the aliasing, and does not remove it."
                if 0 < change_blurred < change
                else "How much one step changes the answer now.",
            ),
        ),
        results={
            "pooled": pooled,
            "pooled_shifted": pooled_shifted,
            "change": change,
            "blurred": blurred,
            "blurred_shifted": blurred_shifted,
            "change_blurred": change_blurred,
        },
        axes={
            "x": (_names("x", x),),
            "shifted": (_names("x'", x),),
            "dense": (_names("d", x),),
            "smooth": (_names("b", x),),
            **dict.fromkeys(("pooled", "blurred"), (_names("y", pooled),)),
            **dict.fromkeys(("pooled_shifted", "blurred_shifted"), (_names("y'", pooled),)),
        },
        plots=(
            Plot(
                "line",
                "one step to the left, pooled",
                "place",
                "pooled",
                tuple(
                    Series(label, np.arange(len(pooled)), values)
                    for label, values in (
                        ("max-pool", pooled),
                        ("max-pool, shifted", pooled_shifted),
                        ("blur-pool", blurred),
                        ("blur-pool, shifted", blurred_shifted),
                    )
                ),
            ),
        ),
        invariants=(
            same(
                "a shift by a whole stride only moves the output, blurred or not",
                [
                    max_pool(np.roll(x, stride), stride, stride),
                    blur(max_pool(np.roll(x, stride), stride, 1), taps)[::stride],
                ],
                [np.roll(pooled, 1), np.roll(blurred, 1)],
                scale=np.abs(x).max(),
            ),
            same("the blur keeps the mean", smooth.mean(), dense.mean(), scale=np.abs(dense).max()),
        ),
        conventions=(
            "Places count from 0, and the signal is circular: what leaves comes back.",
            "Zhang's MaxBlurPool: maximum at stride 1, blur, then every s-th value.",
        ),
        tries=(
            Try(("taps=1",), "no blur: max pooling again"),
            Try(("taps=1,4,6,4,1",), "a wider blur changes still less"),
            Try(("stride=1",), "without a stride a shift only shifts"),
        ),
    )


def _names(letter: str, values: Array) -> tuple[str, ...]:
    return tuple(f"{letter}{place}" for place in range(len(values)))
