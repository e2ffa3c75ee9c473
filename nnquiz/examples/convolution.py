"""Question 2: a convolutional layer, and the dense layer that it is."""

from typing import Annotated

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals, number, operand, put
from nnquiz.examples.parameters import Batch, Matrix, Stack, Vector, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Two channels of 5 x 5: a bright square, and a diagonal.
IMAGE = np.array(
    [
        [[0.0, 0, 0, 0, 0], [0, 2, 2, 2, 0], [0, 2, 2, 2, 0], [0, 2, 2, 2, 0], [0, 0, 0, 0, 0]],
        [[1.0, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]],
    ]
)
NOTHING = [[0.0, 0, 0], [0, 0, 0], [0, 0, 0]]
ACROSS = [[-1.0, 0, 1], [-1, 0, 1], [-1, 0, 1]]
DOWN = [[-1.0, -1, -1], [0, 0, 0], [1, 1, 1]]
DIAGONAL = [[1.0, 0, 0], [0, 1, 0], [0, 0, 1]]
# Three filters: an edge across the square, an edge down it, and the diagonal with the square's.
FILTERS = np.array([[ACROSS, NOTHING], [DOWN, NOTHING], [ACROSS, DIAGONAL]])
BIASES = np.array([0.0, 1, -1])

PICTURE = IMAGE[0] + IMAGE[1]
KERNEL = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
MOST_PIXELS = 100  # the matrix has a column for each

Spread = Annotated[int, Whole(1, 10)]
Border = Annotated[int, Whole(0, 10)]


def windows_of(x: Array, kernel: tuple[int, int], stride: int = 1, dilation: int = 1) -> Array:
    """Return what each window sees, as (channels, rows, columns, kernel height, kernel width).

    No window reaches over the border of x, which is (channels, height, width); `dilation` is the
    distance between the cells that a window reads.
    """
    spans = tuple(dilation * (size - 1) + 1 for size in kernel)
    every = sliding_window_view(x, spans, axis=(1, 2))
    windows: Array = every[:, ::stride, ::stride, ::dilation, ::dilation]
    return windows


def correlate(
    x: Array, weight: Array, *, stride: int = 1, dilation: int = 1, groups: int = 1
) -> Array:
    """Slide filters over an image that is padded already; what deep learning calls convolution.

    Args:
        x: (channels in, height, width).
        weight: (channels out, channels in / groups, kernel height, kernel width).
        stride: the distance between windows.
        dilation: the distance between the cells that a window reads.
        groups: the parts into which the channels fall; an output sees the inputs of its part.

    Returns:
        (channels out, rows, columns).
    """
    kernel = (weight.shape[2], weight.shape[3])
    windows = np.split(windows_of(x, kernel, stride, dilation), groups)
    filters = np.split(weight, groups)
    parts = [
        np.einsum("cijuv,ocuv->oij", window, part)
        for window, part in zip(windows, filters, strict=True)
    ]
    return np.concatenate(parts)


@example
def conv2d(
    *,
    x: Stack = IMAGE,
    weight: Batch = FILTERS,
    bias: Vector = BIASES,
    stride: Spread = 2,
    padding: Border = 1,
    dilation: Spread = 1,
    groups: Spread = 1,
) -> Working:
    """A convolutional layer: each filter weighs one window after the other with the same weights.

    x is (channels, height, width), weight (filters, channels / groups, height, width).
    """
    _check_filters(x, weight, bias, groups)
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    kernel = (weight.shape[2], weight.shape[3])
    for size, side, axis in zip(kernel, padded.shape[1:], ("high", "wide"), strict=True):
        span = dilation * (size - 1) + 1
        given = f"a window is {span} {axis} and the padded input {side}; it must fit in"
        require(span <= side, given)

    seen = weight.shape[1]  # channels, of which the last filter sees the last ones
    window = windows_of(padded, kernel, stride, dilation)[-seen:, 0, 0]
    products = window * weight[-1]  # (channels / groups, height, width)
    layout = {"stride": stride, "dilation": dilation, "groups": groups}
    sums = correlate(padded, weight, **layout)
    y = sums + bias[:, None, None]  # (filters, rows, columns)

    channels = tuple(f"channel {i}" for i in range(1, len(x) + 1))
    filters = tuple(f"filter {i}" for i in range(1, len(weight) + 1))
    o = len(weight)
    side = {"n": x.shape[1], "p": padding, "d": dilation, "k": kernel[0], "s": stride}
    size = r"\left\lfloor \frac{n + 2 \cdot p - d \cdot (k - 1) - 1}{s} \right\rfloor + 1"
    scale = correlate(np.abs(padded), np.abs(weight), **layout)
    return Working(
        inputs={"x": x, "weight": weight, "bias": bias},
        steps=(
            Step(
                "padded",
                r"n \leftarrow n + 2 \cdot p",
                rf"n \leftarrow {side['n']} + 2 \cdot {padding} = {padded.shape[1]}",
                padded,
                "A frame of zeros, so that windows may begin at the border.",
            ),
            Step(
                "rows",
                rf"m = {size}",
                f"m = {put(size, side)} = {y.shape[1]}",
                y.shape[1],
                f"So many windows fit below each other; of the columns there are {y.shape[2]}.",
            ),
            Step(
                "products",
                rf"p_{{cuv}} = w_{{{o}cuv}} x_{{cuv}}",
                rf"p_{{{_place(products)}}} = {number(weight[-1, -1, -1, -1])} \cdot "
                f"{operand(window[-1, -1, -1])} {equals(products[-1, -1, -1])}",
                products,
                "The last filter times the first window, entry by entry.",
            ),
            Step(
                "sums",
                r"s_{oij} = \sum_{c,u,v} w_{ocuv} x_{cuv}^{(ij)}",
                f"s_{{{o}11}} = {_terms(products)} {equals(sums[-1, 0, 0])}",
                sums,
                "One number for each filter and window, over all channels; (ij) is the window.",
            ),
            Step(
                "y",
                r"y_{oij} = s_{oij} + b_o",
                f"y_{{{o}11}} = {number(sums[-1, 0, 0])} + {operand(bias[-1])} "
                f"{equals(y[-1, 0, 0])}",
                y,
                f"Shapes: {_by(x)} in, filters {_by(weight)}, {_by(y)} out.",
            ),
        ),
        results={"y": y},
        axes={
            **dict.fromkeys(("x", "padded"), (channels, (), ())),
            "weight": (filters, channels if groups == 1 else (), (), ()),
            "bias": (filters,),
            "products": (channels[-seen:], (), ()),
            **dict.fromkeys(("sums", "y"), (filters, (), ())),
        },
        invariants=(
            same(
                "shifted copies of the input, weighed and added, give the same sums",
                _by_taps(padded, weight, sums.shape, **layout),
                sums,
                scale=scale,
            ),
        ),
        conventions=(
            "Deep learning's convolution is cross-correlation: the filter is not flipped.",
            "The padding is of zeros, as much on all sides; what does not fill a stride is left.",
        ),
        tries=(
            Try(("stride=1",), "a map as large as the input"),
            Try(("stride=1", "padding=2", "dilation=2"), "the same weights see a wider field"),
            Try(("bias=0,0,0",), "maps without the constant"),
        ),
    )


def _check_filters(x: Array, weight: Array, bias: Array, groups: int) -> None:
    channels, filters, seen = len(x), len(weight), weight.shape[1]
    given = f"{groups} groups do not divide {channels} channels and {filters} filters"
    require(channels % groups == 0 and filters % groups == 0, given)
    wanted = channels // groups
    given = f"weight has {seen} channels a filter; x has {channels} in {groups} groups: {wanted}"
    require(seen == wanted, given)
    given = f"bias has {bias.size} entries and weight {filters} filters; each filter has one"
    require(bias.size == filters, given)


def _by_taps(
    padded: Array, weight: Array, shape: tuple[int, ...], *, stride: int, dilation: int, groups: int
) -> Array:
    """Add up one shifted copy of the input for each entry of the filters."""
    filters, rows, columns = shape
    sums = np.zeros(shape)
    for o, c, u, v in np.ndindex(*weight.shape):
        channel = o // (filters // groups) * weight.shape[1] + c
        top, left = dilation * u, dilation * v
        copy = padded[channel, top::stride, left::stride][:rows, :columns]
        sums[o] += weight[o, c, u, v] * copy
    return sums


def _terms(products: Array) -> str:
    """Write a sum without its zeros."""
    terms = products[products != 0]
    return addition(terms) if terms.size else "0"


def _place(array: Array) -> str:
    """Write the place of the last entry, counted from 1."""
    return "".join(map(str, array.shape))


def _by(array: Array) -> str:
    return " x ".join(map(str, array.shape))


@example
def conv_as_dense(*, x: Matrix = PICTURE, kernel: Matrix = KERNEL) -> Working:
    """A convolution written as a dense layer, whose weights are mostly 0 and otherwise shared.

    One channel, stride 1, no padding, no bias.
    """
    given = f"x has {x.size} entries; expected at most {MOST_PIXELS}: the matrix has a column each"
    require(x.size <= MOST_PIXELS, given)
    for size, side, axis in zip(kernel.shape, x.shape, ("high", "wide"), strict=True):
        require(size <= side, f"the kernel is {size} {axis} and x {side}; it must fit in")
    shape = (x.shape[0] - kernel.shape[0] + 1, x.shape[1] - kernel.shape[1] + 1)

    matrix = np.zeros((*shape, *x.shape))  # a picture of weights for each output
    for i, j in np.ndindex(*shape):
        matrix[i, j, i : i + kernel.shape[0], j : j + kernel.shape[1]] = kernel
    matrix = matrix.reshape(-1, x.size)  # (outputs, pixels)
    y = (matrix @ x.ravel()).reshape(shape)

    nonzeros, distinct = int(np.count_nonzero(matrix)), np.unique(matrix[matrix != 0]).size
    outputs = tuple(f"y{i}" for i in range(1, len(matrix) + 1))
    first = matrix[0] != 0
    pixels = np.arange(x.size)
    return Working(
        inputs={"x": x, "kernel": kernel},
        steps=(
            Step(
                "matrix",
                r"M_{(i,j),(i+u,j+v)} = w_{uv}",
                f"M_{{11}} = w_{{11}} = {number(matrix[0, 0])}",
                matrix,
                f"{nonzeros} of {matrix.size} weights are not 0, with {distinct} distinct values: "
                "each row is the kernel, one place further on.",
            ),
            Step(
                "y",
                r"\text{vec}(y) = M \, \text{vec}(x)",
                f"y_{{11}} = {dot(matrix[0][first], x.ravel()[first]) if first.any() else 0} "
                f"{equals(y[0, 0])}",
                y,
                "The picture as one long vector, times the matrix, folded into a map again.",
            ),
        ),
        results={"matrix": matrix, "y": y, "nonzeros": nonzeros, "distinct": distinct},
        axes={"matrix": (outputs, ())},
        plots=(
            Plot(
                "heatmap",
                "the convolution as a dense layer",
                "pixel",
                "output",
                tuple(
                    Series(name, pixels, weights)
                    for name, weights in zip(outputs, matrix, strict=True)
                ),
            ),
        ),
        invariants=(
            same(
                "the dense layer and the convolution agree",
                y,
                correlate(x[None], kernel[None, None])[0],
                scale=correlate(np.abs(x[None]), np.abs(kernel[None, None]))[0],
            ),
        ),
        conventions=("Pixels and outputs are counted row by row.",),
        tries=(
            Try(("kernel=[[0,0,0],[0,1,0],[0,0,0]]",), "one weight: the middle of the picture"),
            Try(("kernel=[[1,1],[1,1]]",), "a smaller kernel: more outputs, fewer weights"),
        ),
    )
