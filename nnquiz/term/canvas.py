"""A canvas of characters with eight dots each, on which series draw over one another."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

DOTS_ACROSS: Final = 2  # of a braille character
DOTS_UP: Final = 4

_BLANK: Final = 0x2800  # the braille character without dots; each dot is a bit more
# The bits of a character's dots, by column and then from the lowest dot up (Unicode, chapter 21).
_BITS: Final = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))

Point = tuple[float, float]  # in dots from the lower left corner


class Canvas:
    """Cells that hold dots or a marker, each with the series that drew there last.

    Dots join those that are there, a marker covers them, and no dot covers a marker.
    """

    def __init__(self, width: int, height: int) -> None:
        """Make an empty canvas of so many characters across and up."""
        self._width, self._height = width, height
        self._dots: dict[tuple[int, int], int] = {}
        self._markers: dict[tuple[int, int], str] = {}
        self._owners: dict[tuple[int, int], int] = {}

    def line(self, start: Point, end: Point, owner: int) -> None:
        """Draw the dots from one point to another."""
        (x0, y0), (x1, y1) = map(_dot, (start, end))
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        across, up = (x1 - x0) / steps, (y1 - y0) / steps
        for step in range(steps + 1):
            x, y = x0 + round(across * step), y0 + round(up * step)
            cell = x // DOTS_ACROSS, y // DOTS_UP
            if cell not in self._markers:
                bit = _BITS[x % DOTS_ACROSS][y % DOTS_UP]
                self._dots[cell] = self._dots.get(cell, 0) | bit
                self._owners[cell] = owner

    def mark(self, point: Point, marker: str, owner: int) -> None:
        """Put a marker, one character wide, where a point is."""
        x, y = _dot(point)
        cell = x // DOTS_ACROSS, y // DOTS_UP
        self._markers[cell] = marker
        self._owners[cell] = owner

    def rows(self, *, dots_as: str = "") -> Iterator[Sequence[tuple[str, int | None]]]:
        """Yield the rows from above: runs of characters with their series, None where none drew.

        Args:
            dots_as: what stands for dots on a terminal without braille, if anything.
        """
        for row in reversed(range(self._height)):
            cells = [(column, row) for column in range(self._width)]
            yield [
                ("".join(self._character(cell, dots_as) for cell in run), owner)
                for owner, run in groupby(cells, key=self._owners.get)
            ]

    def _character(self, cell: tuple[int, int], dots_as: str) -> str:
        if cell in self._markers:
            return self._markers[cell]
        if cell in self._dots:
            return dots_as or chr(_BLANK + self._dots[cell])
        return " "


def _dot(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])
