"""Question 22: a one-dimensional convolution over sensor readings."""
# ruff: noqa: N803 -- W is the name of the weights

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import dot, equals, number, operand
from nnquiz.examples.parameters import Matrix, Stack, Switch, Vector, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Two sensors over eight cycles; three filters of three readings each.
READINGS = np.array([[1.0, 2, 3, 4, 3, 2, 1, 0], [0, 1, 0, 1, 0, 1, 0, 5]])
FILTERS = np.array(
    [
        [[1.0, 0, -1], [0, 0, 0]],  # the slope of the first sensor
        [[0, 0, 0], [1, 1, 1]],  # how much the second one reads
        [[0.5, 0, 0.5], [0, -1, 0]],  # both against each other
    ]
)
BIASES = np.array([0.0, 0.0, 1.0])

Count = Annotated[int, Whole(1, 100)]


@example
def conv1d(
    *,
    x: Matrix = READINGS,
    W: Stack = FILTERS,
    b: Vector = BIASES,
    stride: Count = 2,
    dilation: Count = 1,
    causal: Switch = False,
) -> Working:
    """A convolution along time, as PyTorch's `nn.Conv1d`: a cross-correlation.

    x is (sensors, time), W (filters, sensors, kernel). `causal` pads the past with zeros, so that
    an output never sees a later input.
    """
    filters, sensors, k = W.shape
    given = f"W is for {sensors} sensors and x has {len(x)} rows; each sensor has its weights"
    require(len(x) == sensors, given)
    require(b.size == filters, f"b has {b.size} entries and W has {filters} filters")
    span = (k - 1) * dilation + 1
    padded = np.pad(x, ((0, 0), (span - 1, 0))) if causal else x  # (sensors, time)
    length = padded.shape[1]
    require(span <= length, f"the kernel spans {span} readings and x has {length}")

    starts = np.arange(0, length - span + 1, stride)  # (n,)
    index = starts[:, None] + dilation * np.arange(k)  # (n, k)
    windows = padded[:, index]  # (sensors, n, k)
    y = np.einsum("fsk,snk->fn", W, windows) + b[:, None]  # (filters, n)

    n = len(starts)
    sensor_names, filter_names = _numbered("s", sensors), _numbered("y", filters)
    outputs, places = _numbered("#", n), _numbered("j", k)
    flat = windows.transpose(1, 0, 2).reshape(n, -1)  # (n, sensors · k)
    sums = dot(W[0].ravel(), flat[0])
    padding = span - 1 if causal else 0
    return Working(
        inputs={"x": x, "W": W, "b": b},
        steps=(
            Step(
                "length",
                r"n = \left\lfloor \frac{T + p - d (k - 1) - 1}{s} \right\rfloor + 1",
                rf"n = \left\lfloor \frac{{{x.shape[1]} + {padding} - {dilation} \cdot {k - 1} "
                rf"- 1}}{{{stride}}} \right\rfloor + 1 = {n}",
                n,
                "How many windows fit, with padding p, dilation d and stride s.",
            ),
            Step(
                "index",
                r"\text{index}_{tj} = (t - 1) s + (j - 1) d + 1 - p",
                rf"\text{{index}}_{{{n}1}} = {n - 1} \cdot {stride} + 1 - {padding} "
                f"= {index[-1, 0] + 1 - padding}",
                index + 1 - padding,
                "Which readings each output sees, counted from 1; up to 0 they are padding."
                if causal
                else "Which readings each output sees, counted from 1.",
            ),
            Step(
                "windows",
                r"X_t = (x_{c,\text{index}_{tj}})_{cj}",
                r"X_1 = \begin{bmatrix} "
                + r" \\ ".join(" & ".join(map(number, row)) for row in windows[:, 0])
                + r" \end{bmatrix}",
                flat,
                "All sensors of a window side by side: a row for each output.",
            ),
            Step(
                "y",
                r"y_{ft} = \sum_c \sum_j w_{fcj} X_{tcj} + b_f",
                f"y_{{11}} = {sums} + {operand(b[0])} {equals(y[0, 0])}",
                y,
                f"The same weights at every time: {filters} filters, {n} outputs each.",
            ),
        ),
        results={"length": n, "y": y},
        axes={
            "x": (sensor_names, ()),
            "W": (filter_names, sensor_names, ()),
            "b": (filter_names,),
            "index": (outputs, places),
            "windows": (outputs, tuple(f"{s} {j}" for s in sensor_names for j in places)),
            "y": (filter_names, outputs),
        },
        plots=(_lines(y, filter_names),),
        invariants=(
            same(
                "it is a sum of one correlation for each sensor",
                np.stack([_correlated(padded, w, stride, dilation) for w in W]) + b[:, None],
                y,
                scale=np.abs(W).sum() * np.abs(x).max() + np.abs(b).max(),
            ),
        ),
        conventions=(
            "“Convolution” is cross-correlation: the kernel is not flipped.",
            "Zeros pad the past when causal; PyTorch's own padding adds to both ends.",
        ),
        tries=(
            Try(("causal=true",), "no output sees a later reading"),
            Try(("stride=1",), "an output for every start"),
            Try(("dilation=2",), "a longer view with as many weights"),
        ),
    )


def _correlated(x: Array, w: Array, stride: int, dilation: int) -> Array:
    """Correlate each sensor with its kernel, spread by the dilation, and add up."""
    spread = np.zeros((len(w), (w.shape[1] - 1) * dilation + 1))
    spread[:, ::dilation] = w
    pairs = zip(x, spread, strict=True)
    return np.asarray(sum(np.correlate(a, v)[::stride] for a, v in pairs))


def _lines(y: Array, names: tuple[str, ...]) -> Plot:
    places = np.arange(1, y.shape[1] + 1)
    series = tuple(Series(name, places, row) for name, row in zip(names, y, strict=True))
    return Plot("line", "what each filter sees", "output", "value", series)


def _numbered(name: str, count: int) -> tuple[str, ...]:
    return tuple(f"{name}{i}" for i in range(1, count + 1))
