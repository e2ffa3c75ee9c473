"""Where the axes of a picture begin and end, and the round numbers along them."""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from nnquiz.examples.trace import Array

SHORTEST = 1e-300  # halves and tenths of shorter axes are lost in float64


class Axis(NamedTuple):
    """An axis from `low` to `high`, which is more than `low`."""

    low: float
    high: float

    def part(self, value: float) -> float:
        """Return how far along the axis a value lies: 0 at its beginning, 1 at its end."""
        # Halves, since the length of an axis may be more than float64 holds.
        return (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)

    def ticks(self, most: int) -> list[float]:
        """Return round numbers on the axis, at most so many: multiples of 1, 2 or 5.

        >>> Axis(0, 1).ticks(6)
        [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
        """
        length = self.high / most - self.low / most
        power = math.floor(math.log10(length))
        for factor in (1, 2, 5, 10, 20):
            # Written out and read back, a tick has no digits of rounding behind its last one.
            step = float(f"{factor}e{power}")
            first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
            if last - first < most:
                return [float(f"{place * factor}e{power}") for place in range(first, last + 1)]
        return []


def spanning(values: Iterable[Array]) -> Axis:
    """Return the axis that reaches from the least to the greatest of finite numbers.

    Where they are one number, it stands in the middle; where there are none, the axis is 0 to 1.
    """
    finite = [array[np.isfinite(array)] for array in values]
    joined = np.concatenate([*finite, np.array([])])
    if not joined.size:
        return Axis(0.0, 1.0)
    low, high = float(joined.min()), float(joined.max())
    if high - low > max(1e-12 * max(abs(low), abs(high)), SHORTEST):
        return Axis(low, high)
    around = abs(low) / 2 or 0.5
    return Axis(low - around, low + around)
