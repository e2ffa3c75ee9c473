"""Numbers in rows and columns: aligned, named, and folded into blocks where they are too wide."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

SIGNIFICANT = 4
MOST_DECIMALS = 7
_LARGE = 1e7  # from here on in scientific notation
GAP = "  "

# Against numbers of this relative size, smaller ones are the rounding of float64 and shown as 0.
_NOISE = 1e-12

Number = float | int


def written(numbers: Sequence[Number]) -> list[str]:
    """Write numbers that stand below each other, with as many decimals each.

    The largest gets four significant digits, the smallest at least two; zeros that all of them
    end in are left out where nothing was rounded off. Where the sizes lie too far apart for that,
    or the numbers are very large or small, all are written in scientific notation.

    >>> written([0.5, 0.25, 1]), written([3.0, 4]), written([float("-inf"), -0.0])
    (['0.50', '0.25', '1.00'], ['3', '4'], ['-inf', '0'])
    """
    sizes = [abs(number) for number in numbers if number and math.isfinite(number)]
    largest = max(sizes, default=1.0)
    smallest = min((size for size in sizes if size > largest * _NOISE), default=1.0)
    if all(float(size).is_integer() for size in sizes) and largest < _LARGE:
        return [f"{_unsigned(number):.0f}" for number in numbers]
    decimals = max(SIGNIFICANT - 1 - _exponent(largest), 1 - _exponent(smallest), 0)
    if decimals > MOST_DECIMALS or largest >= _LARGE:
        return [f"{_unsigned(number):.{SIGNIFICANT - 1}e}" for number in numbers]
    while decimals and all(_exact(number, decimals - 1) for number in numbers):
        decimals -= 1
    return [f"{_unsigned(round(number, decimals)):.{decimals}f}" for number in numbers]


class Cell(NamedTuple):
    """A text that is as wide as its column, and the row and column of the number in it, if any."""

    text: str
    place: tuple[int, int] | None = None


def table(
    rows: Sequence[Sequence[str]], names: tuple[Sequence[str], Sequence[str]], width: int
) -> list[str]:
    """Draw rows of written numbers in lines of at most `width` cells.

    Args:
        rows: the numbers as texts, row by row; there is one at least.
        names: of the rows and of the columns; empty where they have none.
        width: cells a line may take. Columns that do not fit follow in a block below; without
            names they are numbered then.
    """
    lines = laid_out(rows, names, width)
    return [GAP.join(cell.text for cell in line).rstrip() for line in lines]


def laid_out(
    rows: Sequence[Sequence[str]], names: tuple[Sequence[str], Sequence[str]], width: int
) -> list[list[Cell]]:
    """Return the lines of a `table` as cells, `GAP` apart; a line between blocks has none."""
    row_names, heads = names
    columns = [_justified(column) for column in zip(*rows, strict=True)]
    numbered = [str(place) for place in range(1, len(columns) + 1)]
    if not heads and len(_blocks(columns, row_names, width)) > 1:
        heads = numbered
    if heads:
        columns = [_justified([head, *column]) for head, column in zip(heads, columns, strict=True)]
        row_names = ["", *row_names] if row_names else row_names
    margin = max(map(cell_len, row_names), default=0)
    labels = [name + " " * (margin - cell_len(name)) for name in row_names]
    lines: list[list[Cell]] = []
    first = 0
    for block in _blocks(columns, row_names, width):
        lines += [[]] if lines else []
        for at, texts in enumerate(zip(*block, strict=True)):
            row = at - bool(heads)
            label = [Cell(labels[at])] if labels else []
            places = [(row, column) if row >= 0 else None for column in range(first, len(columns))]
            lines.append([*label, *map(Cell, texts, places)])
        first += len(block)
    return lines


def written_by_column(rows: Sequence[Sequence[Number]]) -> list[tuple[str, ...]]:
    """Write a matrix whose columns are aligned each for itself."""
    return list(zip(*map(written, zip(*rows, strict=True)), strict=True))


def _blocks(
    columns: Sequence[list[str]], row_names: Sequence[str], width: int
) -> list[list[list[str]]]:
    """Share columns out to blocks that fit beside the row names; each has a column at least."""
    margin = max((cell_len(name) + len(GAP) for name in row_names), default=0)
    blocks: list[list[list[str]]] = []
    used = 0
    for column in columns:
        needed = cell_len(column[0]) + len(GAP)
        if not blocks or used + needed - len(GAP) > width:
            blocks.append([])
            used = margin
        blocks[-1].append(column)
        used += needed
    return blocks


def _justified(texts: Sequence[str]) -> list[str]:
    widest = max(map(cell_len, texts))
    return [" " * (widest - cell_len(text)) + text for text in texts]


def _exponent(size: float) -> int:
    """Return the power of ten of the first digit."""
    return math.floor(math.log10(size))


def _exact(number: Number, decimals: int) -> bool:
    """Whether so many decimals show all of a number; words need none."""
    shown = round(number, decimals) if math.isfinite(number) else number
    return shown == number or math.isclose(shown, number, rel_tol=_NOISE, abs_tol=_NOISE)


def _unsigned(number: Number) -> Number:
    """Turn -0.0 into 0.0."""
    return number + 0.0
