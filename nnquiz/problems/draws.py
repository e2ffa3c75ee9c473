"""Numbers taken from a random generator, the same on every version of Python.

Only `Random.random` and the seeding by a string are promised to stay as they are for ever
(docs.python.org/3/library/random.html, "Notes on Reproducibility"), so everything here is built
on `random` alone.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def integer(rng: Random, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`, both included."""
    return low + int(rng.random() * (high - low + 1))


def decimal(rng: Random, low: float, high: float, step: float = 0.1) -> float:
    """Return a multiple of `step` from `low` to `high`, both included, as one would write it."""
    steps = integer(rng, round(low / step), round(high / step))
    return round(steps * step, 9) + 0.0  # adding 0.0 turns -0.0 into 0.0


def decimals(
    rng: Random, count: int, low: float, high: float, step: float = 0.1
) -> tuple[float, ...]:
    """Return `count` multiples of `step` from `low` to `high`; they may repeat."""
    return tuple(decimal(rng, low, high, step) for _ in range(count))


def signed(rng: Random, low: float, high: float, step: float = 0.1) -> float:
    """Return a multiple of `step` whose size is from `low` to `high`, positive or negative."""
    size = decimal(rng, low, high, step)
    return size if rng.random() < 0.5 else -size


def choose(rng: Random, options: Sequence[T]) -> T:
    """Return one of `options`."""
    return options[int(rng.random() * len(options))]


def shuffled(rng: Random, items: Sequence[T]) -> tuple[T, ...]:
    """Return `items` in a random order (Fisher and Yates)."""
    order = list(items)
    for last in range(len(order) - 1, 0, -1):
        other = integer(rng, 0, last)
        order[last], order[other] = order[other], order[last]
    return tuple(order)


def distinct(rng: Random, options: Sequence[T], count: int) -> tuple[T, ...]:
    """Return `count` different members of `options`, in a random order."""
    return shuffled(rng, options)[:count]
