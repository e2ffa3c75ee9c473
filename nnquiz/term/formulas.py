"""A formula on lines of its own, parted where a reader would part it."""

from itertools import pairwise
from typing import Final, NamedTuple

from nnquiz.term.spans import cells, fitting

_DEEPER: Final = "    "  # how far the second line of one equation is indented
_RELATIONS: Final = frozenset("=<>≤≥≠≈∼∝≡≪≫∈→⇒⇔")
_OPERATORS: Final = frozenset("+-±∓")
_OPENING: Final = frozenset("([{⌊⌈⟨")
_CLOSING: Final = frozenset(")]}⌋⌉⟩")


class _Place(NamedTuple):
    """Where a formula may be parted; the lower `cost` the better. A blank there is left out."""

    at: int
    cost: int


def fold_formula(line: str, width: int) -> list[str]:
    """Return the one-line form of a formula as lines of at most `width` cells.

    Equations beside each other come on lines of their own once one line is too narrow. One that
    is still too wide is parted before a relation, an operator or a space, as far outside of
    brackets as possible, and goes on indented.
    """
    if cells(line) <= width:
        return [line]
    equations = _parted(line, [place.at for place in _places(line) if place.cost < 0])
    lines: list[str] = []
    for equation in equations:
        rest, indent = equation, ""
        while cells(rest) > (room := max(width - len(indent), 1)):
            cut = _best(rest, room)
            lines.append(indent + rest[:cut].rstrip())
            rest, indent = rest[cut:].lstrip(), _DEEPER if width > 3 * len(_DEEPER) else ""
        lines.append(indent + rest)
    return lines


def _parted(line: str, cuts: list[int]) -> list[str]:
    edges = [0, *cuts, len(line)]
    return [line[a:b].strip() for a, b in pairwise(edges) if line[a:b].strip()]


def _places(line: str) -> list[_Place]:
    """Return where a formula may be parted: between equations (cost -1), else by depth."""
    places: list[_Place] = []
    depth = 0
    for at, sign in enumerate(line):
        before, after = line[at - 1 : at], line[at + 1 : at + 2]
        if sign == " " and before:
            between = depth <= 0 and (before == ";" or after == " ")
            places.append(_Place(at, -1 if between else _cost(before, after) + 10 * depth))
        elif before == ")" and sign in "/(":
            places.append(_Place(at, 2 + 10 * depth))
        depth += (sign in _OPENING) - (sign in _CLOSING)
    return places


def _cost(before: str, after: str) -> int:
    """Return what it costs to part a formula at the blank between two signs."""
    if before in _RELATIONS or before in _OPERATORS:
        return 9  # the operator belongs to the line that it begins
    if after in _RELATIONS:
        return 0
    return 1 if after in _OPERATORS else 3


def _best(line: str, width: int) -> int:
    """Return the offset of the best place within `width` cells, or where the width ends."""
    fits = [place for place in _places(line) if place.at and cells(line[: place.at]) <= width]
    # A line that is left nearly empty costs more than a place inside brackets.
    late = [place for place in fits if cells(line[: place.at]) * 3 >= width] or fits
    if late:
        return min(late, key=lambda place: (place.cost, -place.at)).at
    return fitting(line, width)
