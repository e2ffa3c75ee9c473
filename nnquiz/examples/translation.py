"""Question 9: what a shift of the image does to a convolution and to global pooling."""

from typing import Annotated, Literal

import numpy as np

from nnquiz.examples.convolution import correlate
from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number
from nnquiz.examples.parameters import Matrix, Tensor, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# A square with a bright corner on 8 x 8 pixels, and a filter for edges that fall to the right.
IMAGE = np.zeros((8, 8))
IMAGE[3:6, 3:6] = [[1, 1, 1], [1, 1, 1], [1, 1, 2]]
KERNEL = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])
SHIFT = np.array([2, 2])

Padding = Literal["circular", "zero"]
Pool = Literal["max", "mean"]
Shift = Annotated[Array, Tensor(1, whole=True, low=-100, high=100, drawn=(-3, 3))]


def respond(x: Array, kernel: Array, padding: Padding) -> Array:
    """Cross-correlate an image with an odd kernel; the map is as large as the image."""
    high, wide = (size // 2 for size in kernel.shape)
    mode: Literal["wrap", "constant"] = "wrap" if padding == "circular" else "constant"
    padded = np.pad(x, ((high, high), (wide, wide)), mode=mode)
    response: Array = correlate(padded[None], kernel[None, None])[0]
    return response


@example
def equivariance(
    *,
    x: Matrix = IMAGE,
    kernel: Matrix = KERNEL,
    shift: Shift = SHIFT,
    padding: Padding = "circular",
) -> Working:
    """Shift and convolve, in either order: circularly they commute, at a border of zeros not.

    `shift` is how many rows down and columns to the right; what leaves on one side comes back on
    the other.
    """
    _check_kernel(x, kernel)
    require(
        shift.size == 2, f"shift has {shift.size} entries; it takes rows down and columns right"
    )
    down, right = (int(s) for s in shift)

    def moved(image: Array) -> Array:
        return np.roll(image, (down, right), axis=(0, 1))

    response = respond(x, kernel, padding)
    conv_then_shift = moved(response)
    shift_then_conv = respond(moved(x), kernel, padding)
    diff = np.abs(shift_then_conv - conv_then_shift).max()

    scale = respond(np.abs(x), np.abs(kernel), "circular").max()
    gap = shift_then_conv - conv_then_shift
    statement = "shift and convolution commute"
    if padding == "zero":
        inside = _inside(x, kernel)
        gap = np.where(inside & moved(inside), gap, 0)
        statement = "shift and convolution commute wherever no window has met the border"
    return Working(
        inputs={"x": x, "kernel": kernel, "shift": shift},
        steps=(
            Step(
                "map",
                "f(x)_{ij} = \\sum_{u,v} w_{uv} x_{i+u,j+v}",
                rf"\max_{{ij}} f(x)_{{ij}} {equals(response.max())}",
                response,
                "The filter's response at every place, with the same weights everywhere.",
            ),
            Step(
                "conv_then_shift",
                "(T f(x))_{ij} = f(x)_{i-a,j-b}",
                rf"a = {down}, \quad b = {right}",
                conv_then_shift,
                "The map, shifted by a rows down and b columns to the right.",
            ),
            Step(
                "shifted",
                "(T x)_{ij} = x_{i-a,j-b}",
                rf"a = {down}, \quad b = {right}",
                moved(x),
                "The image itself, shifted as far.",
            ),
            Step(
                "shift_then_conv",
                r"f(T x)_{ij} = \sum_{u,v} w_{uv} (T x)_{i+u,j+v}",
                rf"\max_{{ij}} f(T x)_{{ij}} {equals(shift_then_conv.max())}",
                shift_then_conv,
                "The filter on the shifted image.",
            ),
            Step(
                "diff",
                r"\delta = \max_{ij} |f(T x) - T f(x)|_{ij}",
                rf"\delta {equals(diff)}",
                diff,
                _verdict(diff, scale),
            ),
        ),
        results={
            "conv_then_shift": conv_then_shift,
            "shift_then_conv": shift_then_conv,
            "diff": diff,
        },
        axes={"shift": (("down", "right"),)},
        plots=(
            _heatmap("the response", response),
            _heatmap("the response to the shifted image", shift_then_conv),
        ),
        invariants=(same(statement, gap, 0.0, scale=scale),),
        conventions=(
            "Convolution here is cross-correlation, at stride 1; the map is as large as the image.",
            "Equivariant: the response moves along. Invariant would mean that it stays.",
        ),
        tries=(
            Try(("padding=zero",), "where the square meets the border, they differ"),
            Try(("padding=zero", "shift=1,1"), "as long as it stays inside, they agree"),
            Try(("shift=0,5",), "a shift around the edge, which a circle does not have"),
        ),
    )


@example
def invariance(
    *,
    x: Matrix = IMAGE,
    kernel: Matrix = KERNEL,
    pool: Pool = "max",
    padding: Padding = "circular",
) -> Working:
    """Convolve, apply a ReLU and pool over the whole map, for every shift of the image."""
    _check_kernel(x, kernel)
    shape = x.shape

    def pooled_of(image: Array) -> Array:
        features = np.maximum(0, respond(image, kernel, padding))
        return np.asarray(features.max() if pool == "max" else features.mean())

    features = np.maximum(0, respond(x, kernel, padding))
    pooled = pooled_of(x)
    by_shift = np.array(
        [
            [pooled_of(np.roll(x, (down, right), axis=(0, 1))) for right in range(shape[1])]
            for down in range(shape[0])
        ]
    )
    diff = by_shift.max() - by_shift.min()

    where = np.unravel_index(features.argmax(), shape)
    scale = respond(np.abs(x), np.abs(kernel), "circular").max()
    if pool == "max":
        formula, numbers = r"g = \max_{ij} f_{ij}", f"g = f_{{{where[0] + 1},{where[1] + 1}}}"
    else:
        cells = rf"{shape[0]} \cdot {shape[1]}"
        formula = r"g = \frac{1}{H W} \sum_{i,j} f_{ij}"
        numbers = rf"g = \frac{{{number(features.sum())}}}{{{cells}}}"
    return Working(
        inputs={"x": x, "kernel": kernel},
        steps=(
            Step(
                "features",
                r"f_{ij} = \max(0, \sum_{u,v} w_{uv} x_{i+u,j+v})",
                rf"\max_{{ij}} f_{{ij}} {equals(features.max())}",
                features,
                "The filter's response to the image as it is, through a ReLU.",
            ),
            Step(
                "pooled",
                formula,
                f"{numbers} {equals(pooled)}",
                pooled,
                "One number for the whole map: where it came from is forgotten.",
            ),
            Step(
                "by_shift",
                "g(T_{ab} x)",
                f"g(T_{{11}} x) {equals(by_shift[1 % shape[0], 1 % shape[1]])}",
                by_shift,
                "The same number for the image a rows down and b columns to the right, from 0.",
            ),
            Step(
                "diff",
                r"\delta = \max_{ab} g(T_{ab} x) - \min_{ab} g(T_{ab} x)",
                rf"\delta = {number(by_shift.max())} - {number(by_shift.min())} {equals(diff)}",
                diff,
                "Invariant: no shift changes the answer."
                if diff <= 1e-12 * scale
                else "Not invariant: the border gives the position away.",
            ),
        ),
        results={"pooled": pooled, "by_shift": by_shift, "diff": diff},
        plots=(_heatmap("the pooled answer for every shift", by_shift),),
        invariants=(
            same("the answer without a shift is among them", by_shift[0, 0], pooled),
            *(
                (same("every shift gives the same answer", by_shift, pooled, scale=scale),)
                if padding == "circular"
                else ()
            ),
        ),
        conventions=(
            "Circular shifts and padding, stride 1: real networks have borders and strides.",
            "Global pooling is what makes it invariant; the convolution is only equivariant.",
        ),
        tries=(
            Try(("pool=mean",), "the mean forgets the place as well"),
            Try(("padding=zero",), "at a border of zeros some shifts give another answer"),
            Try(("kernel=[[0,0,0],[0,1,0],[0,0,0]]",), "no neighbours: the brightest pixel"),
        ),
    )


def _check_kernel(x: Array, kernel: Array) -> None:
    form = " x ".join(map(str, kernel.shape))
    require(all(size % 2 for size in kernel.shape), f"the kernel is {form}; expected odd sides")
    fits = all(size <= side for size, side in zip(kernel.shape, x.shape, strict=True))
    given = f"the kernel is {form} and x {' x '.join(map(str, x.shape))}; it must fit in"
    require(fits, given)


def _inside(x: Array, kernel: Array) -> Array:
    """Mark the places whose window does not reach over the border."""
    (height, width), (high, wide) = x.shape, (size // 2 for size in kernel.shape)
    inside = np.zeros(x.shape, dtype=bool)
    inside[high : height - high, wide : width - wide] = True
    return inside


def _verdict(diff: float, scale: float) -> str:
    if diff <= 1e-12 * scale:
        return "At most rounding: the order does not matter, so convolution is equivariant here."
    return "The border differs: zeros stand where the image would have gone on."


def _heatmap(title: str, image: Array) -> Plot:
    columns = np.arange(image.shape[1])
    rows = (Series(str(i), columns, row) for i, row in enumerate(image, start=1))
    return Plot("heatmap", title, "column", "row", tuple(rows))
