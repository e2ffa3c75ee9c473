"""Boxes of text, and how they are set beside and above each other.

A box is a rectangle of cells with one row that is its baseline: on it stand the relation and the
signs that a fraction's bar is level with.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from nnquiz.tex.cells import cells

Side = Literal["left", "centre", "right"]


class Box(NamedTuple):
    """Rows of equal width, and where the baseline is.

    Attributes:
        rows: texts that are all `width` cells wide; one at least.
        baseline: the index of the row that is level with the baselines of neighbours.
        width: the width in cells.
        first: the index of the first row that brackets around this box have to hold; scripts
            may stand out of them.
        last: the index of the last such row.
    """

    rows: tuple[str, ...]
    baseline: int
    width: int
    first: int
    last: int

    @property
    def above(self) -> int:
        """How many rows stand above the baseline."""
        return self.baseline

    @property
    def below(self) -> int:
        """How many rows stand below the baseline."""
        return len(self.rows) - 1 - self.baseline

    @property
    def core(self) -> tuple[int, int]:
        """How many rows above and below the baseline brackets have to hold."""
        return self.baseline - self.first, self.last - self.baseline

    def around(self, above: int, below: int) -> "Box":
        """Return the box with another core: that many rows above and below the baseline."""
        return self._replace(first=self.baseline - above, last=self.baseline + below)


def line(text: str) -> Box:
    """Return a box of one row."""
    return Box((text,), 0, cells(text), 0, 0)


def blank(width: int) -> Box:
    """Return a box of one empty row."""
    return Box((" " * width,), 0, width, 0, 0)


def beside(boxes: Sequence[Box]) -> Box:
    r"""Return boxes side by side, their baselines level.

    >>> half = stacked((line("1"), line("─"), line("2")), 1)
    >>> print(*beside((line("x = "), half)).rows, sep="\n")
        1
    x = ─
        2
    """
    if len(boxes) == 1:
        return boxes[0]
    above = max((box.baseline for box in boxes), default=0)
    below = max((box.below for box in boxes), default=0)
    columns = [_stretched(box, above, below) for box in boxes]
    rows = tuple(map("".join, zip(*columns, strict=True))) if columns else ("",)
    high = max((box.baseline - box.first for box in boxes), default=0)
    low = max((box.last - box.baseline for box in boxes), default=0)
    width = sum(box.width for box in boxes)
    return Box(rows, above, width, above - high, above + low)


def _stretched(box: Box, above: int, below: int) -> Iterable[str]:
    missing = " " * box.width
    over, under = above - box.baseline, below - box.below
    return [*[missing] * over, *box.rows, *[missing] * under]


def stacked(boxes: Sequence[Box], baseline: int, side: Side = "centre") -> Box:
    """Return boxes one above the other; `baseline` is a row of the whole, all of it core."""
    width = max(box.width for box in boxes)
    rows = tuple(row for box in boxes for row in widened(box, width, side).rows)
    return Box(rows, baseline, width, 0, len(rows) - 1)


def widened(box: Box, width: int, side: Side = "centre") -> Box:
    """Return a box with blanks up to a width, its rows on one side or in the middle."""
    room = width - box.width
    if room <= 0:
        return box
    left = {"left": 0, "centre": room // 2, "right": room}[side]
    before, after = " " * left, " " * (room - left)
    return box._replace(rows=tuple(f"{before}{row}{after}" for row in box.rows), width=width)
