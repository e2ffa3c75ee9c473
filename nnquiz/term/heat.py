"""Weights as shades: the more of the whole a number is, the hotter its background.

Text is black on every shade, and a cell without much weight keeps the colours of the terminal, so
that the numbers are read as well on a light background as on a dark one, and without any colour.
"""

from typing import Any, Final

import numpy as np
from rich.style import Style

# Pale yellow to red, of the 256 colours that xterm numbers.
_SHADES: Final = tuple(
    Style(color="color(16)", bgcolor=f"color({number})")
    for number in (230, 223, 216, 209, 203, 196)
)
_LEAST: Final = 0.05  # a smaller weight has no shade
_ROUNDING: Final = 1e-9


def are_weights(value: Any) -> bool:
    """Say whether each row of an array shares out one whole, and not all to a single entry.

    >>> are_weights([[0.5, 0.5], [0.9, 0.1]]), are_weights([[1, 2]]), are_weights(np.eye(2))
    (True, False, False)
    """
    array = np.atleast_2d(value)
    if array.shape[-1] < 2 or array.dtype.kind != "f" or not np.isfinite(array).all():
        return False
    is_shared = abs(array.sum(axis=-1) - 1) <= _ROUNDING
    return bool(is_shared.all() and (array >= 0).all() and ((array > 0) & (array < 1)).any())


def shade(weight: float) -> Style:
    """Return the style of a weight from 0 to 1."""
    if weight < _LEAST:
        return Style.null()
    return _SHADES[min(int(weight * len(_SHADES)), len(_SHADES) - 1)]
