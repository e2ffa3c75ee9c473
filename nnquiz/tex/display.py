"""Displayed mathematics for a screen of some width.

A formula is drawn as one box where that fits. Else it is parted at its outermost relations and
operators into several boxes, the later ones indented; and where that does not fit either, it is
the linear form, folded.
"""

from itertools import pairwise
from typing import Final

from nnquiz.tex.boxes import Box, beside, blank
from nnquiz.tex.drawing import Drawing, Item, joined, prepared
from nnquiz.tex.folding import folded, indent_for
from nnquiz.tex.spacing import Kind
from nnquiz.tex.tree import Grid, Node

# What a line may begin with, the best places first.
_STARTS: "Final[tuple[frozenset[Kind], ...]]" = (
    frozenset({"relation"}),
    frozenset({"sign", "text"}),
    frozenset({"binary"}),
)


def displayed(node: Node, width: int, *, ascii: bool = False) -> list[str]:  # noqa: A002 -- the form
    """Return a formula as lines of at most `width` cells, without blanks at their ends."""
    drawing, node = prepared(node, ascii=ascii)
    box = drawing.box(node)
    boxes = [box] if box.width <= width else _parted(_equations(drawing, node), width)
    if boxes is None:
        return folded(drawing.line.of(node), width)
    lines: list[str] = []
    for before, after in pairwise([None, *boxes]):
        # Limits of one line and numerators of the next would look like one thing.
        if before and after and len(before.rows) + len(after.rows) > 2:
            lines.append("")
        lines += [row.rstrip() for row in after.rows] if after else []
    return lines


def _equations(drawing: Drawing, node: Node) -> list[list[Item]]:
    """Return what stands beside each other far apart, or what is aligned, line by line."""
    equations: list[list[Item]] = []
    if isinstance(node, Grid) and node.shape == "aligned":
        for cells in node.rows:
            items = [item for cell in cells for item in drawing.items(cell)]
            if equations and (not drawing.items(cells[0]) or equations[-1][-1].kind == "comma"):
                equations[-1] += items
            else:
                equations.append(items)
        return [drawing.placed(items) for items in equations]
    for item in drawing.placed(drawing.items(node)):
        if equations and len(item.space) < 2:
            equations[-1].append(item)
        else:
            equations.append([item])
    return equations


def _parted(equations: list[list[Item]], width: int) -> list[Box] | None:
    """Return equations as boxes of at most `width` cells; None where an operand is wider."""
    indent = indent_for(width)
    boxes: list[Box] = []
    for equation in equations:
        lines = _lines_of(equation, width, indent)
        boxes += [joined(lines[0]), *(beside((blank(indent), joined(line))) for line in lines[1:])]
    return None if any(box.width > width for box in boxes) else boxes


def _lines_of(equation: list[Item], width: int, indent: int) -> list[list[Item]]:
    """Return an equation as lines, as few as the places where it may be parted allow."""
    lines: list[list[Item]] = []
    for part in _parts(equation, width - indent) if _width(equation) > width else [equation]:
        room = width if len(lines) == 1 else width - indent
        if lines and _width(lines[-1] + part) <= room:
            lines[-1] += part
        else:
            lines.append(part)
    return lines


def _parts(items: list[Item], width: int, level: int = 0) -> list[list[Item]]:
    """Part items where a line may begin, at lesser places only where they are still too wide."""
    if _width(items) <= width or level == len(_STARTS):
        return [items]
    parts: list[list[Item]] = [items[:1]]
    for before, item in pairwise(items):
        if _may_begin(before, item, _STARTS[level]):
            parts.append([item])
        else:
            parts[-1].append(item)
    return [piece for part in parts for piece in _parts(part, width, level + 1)]


def _may_begin(before: Item, item: Item, starts: frozenset[Kind]) -> bool:
    if before.kind == "comma":
        return "relation" in starts
    return item.kind in starts and before.kind != "relation"


def _width(items: list[Item]) -> int:
    """Return how wide items are on a line of their own."""
    return sum(item.box.width + len(item.space) for item in items) - len(items[0].space)
