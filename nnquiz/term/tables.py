"""Tables: folded inside their cells, or as lists of `label: value` where columns get too narrow."""

from collections.abc import Sequence
from typing import Final

from rich.style import Style
from rich.text import Text

from nnquiz.model.document import Span, Table
from nnquiz.term.spans import cells, fold, hang, longest_word, natural_width, words

NARROWEST: Final = 12
"""Cells below which a column that has to fold is no longer pleasant to read."""

_GAP: Final = "   "
_WIDEST_WORD: Final = 24  # a longer word may be parted, so that it does not rule the layout
_HEAD: Final = Style(bold=True)
_RULE: Final = Style(dim=True)


def draw_table(table: Table, width: int) -> list[Text]:
    """Return a table as lines of at most `width` cells."""
    head = [_cell(cell) for cell in table["head"]]
    for cell in head:
        cell.stylize(_HEAD)
    # A row may be shorter or longer than the head; Markdown pads the one and drops the other.
    rows = [[_cell(cell) for cell in row][: len(head)] for row in table["rows"]]
    for row in rows:
        row.extend(Text() for _ in head[len(row) :])
    widths = _widths([head, *rows], width)
    if widths is None:
        return _as_list(head, rows, width)
    align: list[str] = [*table["align"], *["left"] * (len(head) - len(table["align"]))]
    return _in_columns(head, rows, widths, align)


def _cell(spans: Sequence[Span]) -> Text:
    """Return the text of a cell; one of nothing but blanks is empty."""
    text = words(spans)
    return text if text.plain.strip() else Text()


def _widths(rows: Sequence[Sequence[Text]], width: int) -> list[int] | None:
    """Share the width among the columns, or return None where they do not fit side by side.

    A column gets what its widest cell takes, if all do; else the narrow columns keep that and the
    wide ones share what is left evenly, each with room for its longest word.
    """
    columns = list(zip(*rows, strict=True))
    room = width - len(_GAP) * (len(columns) - 1)
    natural = [max(natural_width(cell) for cell in column) for column in columns]
    if sum(natural) <= room:
        return natural
    least = [
        min(wide, max(NARROWEST, min(_WIDEST_WORD, max(longest_word(cell) for cell in column))))
        for wide, column in zip(natural, columns, strict=True)
    ]
    if sum(least) > room:
        return None
    widths = list(least)
    # The remaining cells go one by one to the folded column that is narrowest.
    for _ in range(room - sum(least)):
        folded = [i for i, wide in enumerate(natural) if widths[i] < wide]
        if not folded:
            break
        widths[min(folded, key=lambda i: widths[i])] += 1
    return widths


def _in_columns(
    head: Sequence[Text], rows: Sequence[Sequence[Text]], widths: list[int], align: list[str]
) -> list[Text]:
    drawn = [_row(row, widths, align) for row in rows]
    lines = _row(head, widths, align)
    lines.append(Text(_GAP.join("─" * wide for wide in widths), _RULE))
    apart = any(len(row) > 1 for row in drawn)
    for number, row in enumerate(drawn):
        if apart and number:
            lines.append(Text())
        lines.extend(row)
    return lines


def _row(cells: Sequence[Text], widths: list[int], align: list[str]) -> list[Text]:
    """Return one row as lines, each cell folded to its column."""
    folded = [fold(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, folded), default=0)):
        line = Text()
        for column, cell in enumerate(folded):
            piece = cell[number] if number < len(cell) else Text()
            line.append(_GAP if column else "")
            line.append_text(_aligned(piece, widths[column], align[column]))
        line.rstrip()
        lines.append(line)
    return lines


def _aligned(piece: Text, width: int, align: str) -> Text:
    """Return a piece of a cell padded to its column, counted in cells and not in characters."""
    missing = max(width - cells(piece.plain), 0)
    left = {"right": missing, "centre": missing // 2}.get(align, 0)
    padded = Text(" " * left)
    padded.append_text(piece)
    padded.append(" " * (missing - left))
    return padded


def _as_list(head: Sequence[Text], rows: Sequence[Sequence[Text]], width: int) -> list[Text]:
    """Return each row as lines of `label: value`, the first one standing out."""
    lines: list[Text] = []
    for row in rows:
        if lines:
            lines.append(Text())
        for column, (label, value) in enumerate(zip(head, row, strict=True)):
            if not value.plain and column:
                continue
            entry = Text()
            if label.plain:
                entry.append_text(label).append(": ", _HEAD)
            entry.append_text(value)
            if not column:
                entry.stylize(_HEAD)
            indent = "  " if column else ""
            folded = fold(entry, max(width - 2 * len(indent), 1))
            lines += hang(Text(indent), folded, Text(indent * 2))
    return lines
