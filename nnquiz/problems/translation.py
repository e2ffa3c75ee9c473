"""Question 9, translation: convolutions shift with their input, pooling and strides only partly."""

import math
from random import Random

from nnquiz.problems.digits import vector
from nnquiz.problems.draws import choose, integer
from nnquiz.problems.problem import Draft


def conv_shift(rng: Random) -> Draft:
    """Where the peak of a circular convolution goes when its input is shifted."""
    width = choose(rng, (16, 24, 28, 32, 48, 64))
    peak, shift = integer(rng, 1, width - 1), integer(rng, 2, width - 2)
    answer = (peak + shift) % width
    mistakes: list[tuple[float, str]] = [
        (peak, "took it for invariant: equivariant means that the peak moves too"),
        ((peak - shift) % width, "shifted the wrong way"),
    ]
    if peak + shift >= width:
        mistakes.insert(0, (peak + shift, "forgot that it wraps around"))
    return Draft(
        params={"peak": peak, "shift": shift, "width": width},
        text=f"A stride-1 circular convolution of width {width} has its peak at column {peak} "
        f"(the first is 0). The input is shifted right by {shift}. New peak column?",
        answer=answer,
        kind="integer",
        steps=(
            "equivariance: the output shifts as far as the input, and wraps around",
            f"({peak} + {shift}) mod {width} = {answer}",
        ),
        mistakes=tuple(mistakes),
    )


def maxpool_shift(rng: Random) -> Draft:
    """How much max pooling with a stride changes when its input is shifted by one."""
    x = tuple(integer(rng, 1, 12) for _ in range(6))
    before, after = _pooled(x), _pooled((x[-1], *x[:-1]))
    differences = [a - b for a, b in zip(before, after, strict=True)]
    answer = sum(abs(difference) for difference in differences)
    left = _total_difference(before, _pooled((*x[1:], x[0])))
    cut_off = _total_difference(before, _pooled((0, *x[:-1])))
    mistakes: list[tuple[float, str]] = [(0, "took pooling for invariant")]
    if sum(differences) != answer:
        mistakes.append((sum(differences), "forgot the absolute values"))
    if left != answer:
        mistakes.append((left, "shifted left"))
    if cut_off != answer:
        mistakes.append((cut_off, "shifted without wrapping around"))
    return Draft(
        params={"x": x},
        text=f"1D max pooling (window two, stride two) of {vector(x)}, and of the same shifted "
        "right by one (circular): sum of the absolute differences?",
        answer=answer,
        kind="integer",
        steps=(
            f"pooled {vector(before)}, after the shift {vector(after)}",
            f"{' + '.join(str(abs(difference)) for difference in differences)} = {answer}",
        ),
        mistakes=tuple(mistakes),
    )


def stride_shift(rng: Random) -> Draft:
    """How far a feature map behind strided convolutions shifts with the input."""
    strides = (*(integer(rng, 1, 2) for _ in range(3)), choose(rng, (2, 4)))
    total = math.prod(strides)
    answer = integer(rng, 1, 20)
    shift = answer * total
    return Draft(
        params={"strides": strides, "shift": shift},
        text=f"Convolutions with strides {vector(strides)}, one behind the other. The input is "
        f"shifted by {shift} pixels: by how many cells does the last feature map shift, borders "
        "aside?",
        answer=answer,
        kind="integer",
        steps=(
            "the strides multiply, and the shift is a multiple of their product",
            f"{shift}/({'·'.join(str(stride) for stride in strides)}) = {answer}",
        ),
        mistakes=(
            (shift, "ignored the strides"),
            (shift / sum(strides), "added the strides instead of multiplying them"),
            (shift // strides[-1], "took the last stride alone"),
            (0, "took equivariance for invariance"),
        ),
    )


def _pooled(x: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(max(x[i : i + 2]) for i in range(0, len(x), 2))


def _total_difference(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    return sum(abs(first - second) for first, second in zip(a, b, strict=True))
