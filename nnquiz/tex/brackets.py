"""Brackets as tall as what they hold."""

from typing import Final

from nnquiz.tex.boxes import Box, beside, line
from nnquiz.tex.cells import cells

# The top, the middle that repeats and the bottom; a brace has its point between two middles.
_PIECES: Final[dict[str, tuple[str, str, str]]] = {
    "(": ("⎛", "⎜", "⎝"),
    ")": ("⎞", "⎟", "⎠"),
    "[": ("⎡", "⎢", "⎣"),
    "]": ("⎤", "⎥", "⎦"),
    "⌊": ("⎢", "⎢", "⎣"),
    "⌋": ("⎥", "⎥", "⎦"),
    "⌈": ("⎡", "⎢", "⎢"),
    "⌉": ("⎤", "⎥", "⎥"),
    "|": ("│", "│", "│"),
    "‖": ("║", "║", "║"),
    "{": ("⎧", "⎪", "⎩"),
    "}": ("⎫", "⎪", "⎭"),
}
_POINTS: Final = {"{": "⎨", "}": "⎬"}
_ANGLES: Final[dict[str, tuple[str, str, str]]] = {"⟨": ("╱", "⟨", "╲"), "⟩": ("╲", "⟩", "╱")}


def bracket(sign: str, above: int, below: int, *, ascii: bool = False) -> Box:  # noqa: A002 -- the form
    """Return a bracket that reaches that many rows above and below the baseline.

    In ASCII every row has the sign, so that each row reads by itself; a call such as `floor(` has
    its name on the baseline alone.

    Args:
        sign: a delimiter, in Unicode or in ASCII; empty for none.
        above: the rows above the baseline.
        below: the rows below it.
        ascii: draw with ASCII signs.

    >>> print(*bracket("{", 1, 1).rows, sep="")
    ⎧⎨⎩
    """
    if not sign or not (above or below):
        return line(sign)
    if ascii:
        name, repeated = (sign[:-1], sign[-1]) if sign[0].isalpha() else ("", sign)
        rows = (repeated,) * (above + below + 1)
        return beside((line(name), _box(rows, above)))
    if sign in _ANGLES:
        return _box(_angle(sign, above + below + 1), above)
    if sign in _POINTS and above + below == 1:
        above = below = 1  # a brace needs a row for its point
    return _box(_tall(sign, above, below), above)


def _box(rows: tuple[str, ...], above: int) -> Box:
    return Box(rows, above, cells(rows[0]), 0, len(rows) - 1)


def _tall(sign: str, above: int, below: int) -> tuple[str, ...]:
    top, middle, bottom = _PIECES[sign]
    rows = [top, *[middle] * (above + below - 1), bottom]
    if sign in _POINTS:
        # The point is level with the baseline, unless that is where an end is.
        rows[min(max(above, 1), len(rows) - 2)] = _POINTS[sign]
    return tuple(rows)


def _angle(sign: str, height: int) -> tuple[str, ...]:
    """Return two strokes that meet halfway."""
    upper, point, lower = _ANGLES[sign]
    reach = (height - 1) // 2
    rows = []
    for at in range(height):
        off = 2 * at - (height - 1)
        stroke = point if off == 0 else upper if off < 0 else lower
        column = abs(off) // 2 if sign == "⟨" else reach - abs(off) // 2
        rows.append((" " * column + stroke).ljust(reach + 1))
    return tuple(rows)
