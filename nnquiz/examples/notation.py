"""Numbers written as LaTeX, for the formulas of a step with the numbers put in."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Number = float | NDArray[Any]  # an array of no dimensions is a number too

SIGNIFICANT = 4
MOST_TERMS = 6


def number(value: Number) -> str:
    r"""Write a number to four significant digits, without trailing zeros.

    >>> number(0.50648), number(-2.0), number(1.25e-7), number(float("-inf"))
    ('0.5065', '-2', '1.25 \\times 10^{-7}', '-\\infty')
    """
    value = float(value)
    if math.isnan(value):
        return r"\text{undefined}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    if value.is_integer() and abs(value) < 1e7:
        return str(int(value))
    text = f"{value:.0f}" if 1e4 <= abs(value) < 1e7 else f"{value:.{SIGNIFICANT}g}"
    mantissa, e, exponent = text.partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if e else text


def equals(value: Number) -> str:
    r"""Write what a calculation comes to: `=` where the digits shown are all there are.

    >>> equals(0.7), equals(1 / 3)
    ('= 0.7', '\\approx 0.3333')
    """
    value = float(value)
    shown = float(f"{value:.{SIGNIFICANT}g}")
    exact = not math.isfinite(value) or math.isclose(shown, value, rel_tol=1e-12)
    return ("= " if exact else r"\approx ") + number(value)


def operand(value: Number) -> str:
    r"""Write a number that follows an operator or bears an exponent, bracketed where it must be.

    >>> operand(2), operand(-2), operand(1.25e-7)
    ('2', '(-2)', '(1.25 \\times 10^{-7})')
    """
    text = number(value)
    return f"({text})" if text.startswith("-") or r"\times" in text else text


def total(terms: Iterable[str]) -> str:
    r"""Write a sum; of a long one the first terms and the last.

    >>> total(["1", "2", "3"])
    '1 + 2 + 3'
    """
    written = list(terms)
    if len(written) > MOST_TERMS:
        written = [*written[: MOST_TERMS - 2], r"\cdots", written[-1]]
    return " + ".join(written)


def addition(values: Iterable[Number]) -> str:
    """Write the sum of some numbers.

    >>> addition([1, -2, 0.5])
    '1 + (-2) + 0.5'
    """
    first, *rest = values
    return total([number(first), *(operand(value) for value in rest)])


def put(formula: str, numbers: Mapping[str, Number | str]) -> str:
    r"""Put numbers in the place of the symbols of a formula; a text stands as it is.

    >>> put(r"z = \frac{s}{n} + b_1", {"s": -3, "n": 4, "b_1": -0.5})
    'z = \\frac{-3}{4} + (-0.5)'
    """
    symbols = sorted(numbers, key=len, reverse=True)
    # A letter of a command or of a longer name is not the symbol.
    found = rf"(?<![A-Za-z\\])({'|'.join(map(re.escape, symbols))})(?![A-Za-z])"

    def written(match: re.Match[str]) -> str:
        value = numbers[match[1]]
        if isinstance(value, str):
            return value
        before, after = formula[: match.start()].rstrip(), formula[match.end() :].lstrip()
        if after.startswith("^"):
            return operand(value)
        text = number(value)
        free = before.endswith(("(", "{", "=", ",")) or not text.startswith("-")
        return text if free else f"({text})"

    return re.sub(found, written, formula)


def dot(left: Iterable[Number], right: Iterable[Number]) -> str:
    r"""Write a dot product out.

    >>> dot([1, 2], [0.5, -1])
    '1 \\cdot 0.5 + 2 \\cdot (-1)'
    """
    pairs = zip(left, right, strict=True)
    return total(
        rf"{number(a) if i == 0 else operand(a)} \cdot {operand(b)}"
        for i, (a, b) in enumerate(pairs)
    )


def row(values: ArrayLike) -> str:
    r"""Write a vector as a row; of a long one the first entries and the last.

    >>> row([1, 0.5])
    '\\begin{bmatrix} 1 & 0.5 \\end{bmatrix}'
    """
    entries = [number(value) for value in np.asarray(values, float)]
    if len(entries) > MOST_TERMS:
        entries = [*entries[: MOST_TERMS - 2], r"\cdots", entries[-1]]
    return rf"\begin{{bmatrix}} {' & '.join(entries)} \end{{bmatrix}}"
