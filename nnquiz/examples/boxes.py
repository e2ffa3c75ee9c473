"""Boxes in an image: how they are given, and how much they overlap."""

from typing import Annotated, Literal

import numpy as np

from nnquiz.examples.notation import number
from nnquiz.examples.parameters import Tensor, require
from nnquiz.examples.trace import Array

Layout = Literal["xyxy", "xywh"]


class BoxTable(Tensor):
    """A table of boxes; a seed draws corners, and sizes of at least 1."""

    __slots__ = ()

    def draw(self, random: "np.random.Generator", shape: tuple[int, ...]) -> Array:
        """Draw boxes that overlap now and then, as two corners, to one decimal."""
        corners = random.uniform(0, 12, (*shape[:-1], 2))
        sizes = random.uniform(4, 12, (*shape[:-1], 2))
        return np.hstack([corners, corners + sizes]).round(1)


Boxes = Annotated[Array, BoxTable(2)]


def corners(name: str, boxes: Array, layout: Layout = "xyxy") -> Array:
    """Return boxes as (n, 4): left, top, right, bottom, in continuous coordinates.

    Raises:
        BadInput: a box has not four numbers, or no area.
    """
    width = boxes.shape[1]
    require(width == 4, f"{name} has {width} columns; a box has 4 numbers")
    xyxy = boxes if layout == "xyxy" else np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]])
    empty = ~(xyxy[:, 2:] > xyxy[:, :2]).all(axis=1)
    which = int(empty.argmax())
    shown = ", ".join(number(value) for value in boxes[which])
    expected = "x1 < x2 and y1 < y2" if layout == "xyxy" else "a width and a height above 0"
    require(not empty.any(), f"box {which + 1} of {name} is ({shown}); expected {expected}")
    return xyxy


def areas(boxes: Array) -> Array:
    """Return the areas (n,) of boxes given as corners."""
    return np.asarray((boxes[:, 2:] - boxes[:, :2]).prod(axis=1))


def overlaps(a: Array, b: Array) -> tuple[Array, Array]:
    """Return the intersections and the IoU of each box of a (n, 4) with each of b (m, 4).

    Returns:
        (n, m) and (n, m).
    """
    low = np.maximum(a[:, None, :2], b[:, :2])  # (n, m, 2)
    high = np.minimum(a[:, None, 2:], b[:, 2:])
    intersection = (high - low).clip(min=0).prod(axis=-1)  # (n, m)
    union = areas(a)[:, None] + areas(b) - intersection
    return intersection, intersection / union
