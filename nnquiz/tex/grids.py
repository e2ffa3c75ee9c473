"""Cells in rows and columns: matrices, cases and aligned lines as boxes."""

import re
from collections.abc import Sequence
from typing import Final

from nnquiz.tex.boxes import Box, Side, beside, blank, line, stacked, widened
from nnquiz.tex.brackets import bracket
from nnquiz.tex.tree import Shape

_NUMBER: Final = re.compile(r" *-?[0-9.]*%? *")
_SIDES: "Final[dict[Shape, tuple[str, str]]]" = {
    "bmatrix": ("[", "]"),
    "pmatrix": ("(", ")"),
    "vmatrix": ("|", "|"),
    "cases": ("{", ""),
}


def grid(
    shape: Shape,
    cells: Sequence[Sequence[Box]],
    *,
    ascii: bool,  # noqa: A002 -- the form
) -> Box:
    """Return cells as a table with the brackets of its shape.

    Args:
        shape: what the table is.
        cells: boxes, row by row; a short row has empty cells at its end.
        ascii: draw the brackets with ASCII signs.
    """
    longest = max(map(len, cells))
    table = [[*row, *[line("")] * (longest - len(row))] for row in cells]
    columns = [list(column) for column in zip(*table, strict=True)]
    if shape not in ("cases", "aligned"):
        columns = [_pointed(column) for column in columns]
    drawn = _columns(shape, columns)
    # Rows that are tall are kept apart, and two cases are, so that their brace has a point.
    is_loose = any(len(row.rows) > 1 for row in drawn) or (shape == "cases" and len(drawn) == 2)
    parts: list[Box] = []
    for row in drawn:
        parts += [blank(row.width), row] if parts and is_loose else [row]
    height = sum(len(part.rows) for part in parts)
    baseline = drawn[0].baseline if len(drawn) == 1 else (height - 1) // 2
    inside = stacked(parts, baseline, "left")
    left, right = _SIDES.get(shape, ("", ""))
    above, below = inside.core
    sides = [bracket(sign, above, below, ascii=ascii) for sign in (left, right)]
    if shape in ("cases", "vmatrix"):
        inside = beside((blank(1), inside, blank(int(shape == "vmatrix"))))
    return beside((sides[0], inside, sides[1]))


def _pointed(column: list[Box]) -> list[Box]:
    """Return numbers with their decimal points below each other; other cells as they are."""
    if not _are_numbers(column):
        return column
    # What stands from the point on, which a whole number has room for as well.
    behind = [len("".join(cell.rows[0].strip().partition(".")[1:])) for cell in column]
    missing = [max(behind) - digits for digits in behind]
    return [beside((cell, blank(room))) for cell, room in zip(column, missing, strict=True)]


def _are_numbers(column: list[Box]) -> bool:
    return all(len(cell.rows) == 1 and _NUMBER.fullmatch(cell.rows[0]) for cell in column)


def _columns(shape: Shape, columns: list[list[Box]]) -> list[Box]:
    """Return rows whose cells are as wide as their column, with the gaps between."""
    widths = [max(cell.width for cell in column) for column in columns]
    sides = [_side(shape, at, column) for at, column in enumerate(columns)]
    gaps = [_gap(shape, at, widths) for at in range(len(columns))]
    rows = []
    for cells in zip(*columns, strict=True):
        parts: list[Box] = []
        for cell, width, side, gap in zip(cells, widths, sides, gaps, strict=True):
            parts += [blank(gap), widened(cell, width, side)]
        rows.append(beside(parts))
    return rows


def _side(shape: Shape, at: int, column: list[Box]) -> Side:
    if shape == "cases":
        return "left"
    if shape == "aligned":
        return "left" if at % 2 else "right"
    return "right" if _are_numbers(column) else "centre"


def _gap(shape: Shape, at: int, widths: list[int]) -> int:
    """Return how many blanks stand before a column."""
    if at == 0:
        return 0
    if shape == "aligned":
        return 3 if at % 2 == 0 else int(any(widths[:at]))
    return 3 if shape == "cases" else 2
