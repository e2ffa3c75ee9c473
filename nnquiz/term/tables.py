"""Tables: folded inside their cells, or as lists of `label: value` where columns get too narrow."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.style import Style
from rich.text import Text

from nnquiz.model.document import Span, Table
from nnquiz.model.visible import visible
from nnquiz.term.forms import fold_formula
from nnquiz.term.spans import cells, fold, hang, longest_word, natural_width, words

NARROWEST: Final = 12
"""Cells below which a column that has to fold is no longer pleasant to read."""

_GAP: Final = "   "
_WIDEST_WORD: Final = 24  # a longer word may be parted, so that it does not rule the layout
_HEAD: Final = Style(bold=True)
_RULE: Final = Style(dim=True)


class Cell(NamedTuple):
    """A cell as styled words; `formula` is its text where it holds one formula and nothing else."""

    text: Text
    formula: str

    def fold(self, width: int) -> list[Text]:
        """Return the cell as lines; a lone formula parts where formulas do."""
        if self.formula and cells(self.formula) > width:
            return [Text(line) for line in fold_formula(self.formula, width)]
        return fold(self.text, width)


def draw_table(table: Table, width: int) -> list[Text]:
    """Return a table as lines of at most `width` cells."""
    head = [_cell(spans) for spans in table["head"]]
    for cell in head:
        cell.text.stylize(_HEAD)
    # A row may be shorter or longer than the head; Markdown pads the one and drops the other.
    rows = [[_cell(spans) for spans in row][: len(head)] for row in table["rows"]]
    for row in rows:
        row.extend(_cell([]) for _ in head[len(row) :])
    widths = _widths([head, *rows], width)
    if widths is None:
        return _as_list(head, rows, width)
    align: list[str] = [*table["align"], *["left"] * (len(head) - len(table["align"]))]
    return _in_columns(head, rows, widths, align)


def _cell(spans: Sequence[Span]) -> Cell:
    """Return a cell; one of nothing but blanks is empty."""
    text = words(spans)
    if not text.plain.strip():
        text = Text()
    lone = spans[0]["linear"] if len(spans) == 1 and spans[0]["kind"] == "maths" else ""
    return Cell(text, visible(lone))


def _widths(rows: Sequence[Sequence[Cell]], width: int) -> list[int] | None:
    """Share the width among the columns, or return None where they do not fit side by side.

    A column gets what its widest cell takes, if all do; else the narrow columns keep that and the
    wide ones share what is left evenly, each with room for its longest word.
    """
    columns = [[cell.text for cell in column] for column in zip(*rows, strict=True)]
    room = width - len(_GAP) * (len(columns) - 1)
    natural = [max(map(natural_width, column)) for column in columns]
    if sum(natural) <= room:
        return natural
    least = [
        min(wide, max(NARROWEST, min(_WIDEST_WORD, max(map(longest_word, column)))))
        for wide, column in zip(natural, columns, strict=True)
    ]
    if sum(least) > room:
        return None
    widths = list(least)
    # The remaining cells go one by one to the folded column that is narrowest.
    for _ in range(room - sum(least)):
        folded = [i for i, wide in enumerate(natural) if widths[i] < wide]
        widths[min(folded, key=lambda i: widths[i])] += 1
    return widths


def _in_columns(
    head: Sequence[Cell], rows: Sequence[Sequence[Cell]], widths: list[int], align: list[str]
) -> list[Text]:
    drawn = [_row(row, widths, align) for row in rows]
    lines = _row(head, widths, align)
    lines.append(Text(_GAP.join("─" * wide for wide in widths), _RULE))
    # Rows begin where the first column does, unless it is folded itself, or most rows are.
    tall = sum(len(row) > 1 for row in drawn)
    unclear = any(len(row[0].fold(widths[0])) > 1 for row in rows)
    apart = unclear or 2 * tall > len(rows)
    for number, row in enumerate(drawn):
        lines += [Text()] if apart and number else []
        lines += row
    return lines


def _row(row: Sequence[Cell], widths: list[int], align: list[str]) -> list[Text]:
    """Return one row as lines, each cell folded to its column."""
    folded = [cell.fold(wide) for cell, wide in zip(row, widths, strict=True)]
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


def _as_list(head: Sequence[Cell], rows: Sequence[Sequence[Cell]], width: int) -> list[Text]:
    """Return each row as lines of `label: value`, the first one standing out."""
    lines: list[Text] = []
    for row in rows:
        lines += [Text()] if lines else []
        for column, (label, value) in enumerate(zip(head, row, strict=True)):
            if not value.text.plain and column:
                continue
            entry = Text()
            if label.text.plain:
                entry.append_text(label.text).append(": ", _HEAD)
            entry.append_text(value.text)
            if not column:
                entry.stylize(_HEAD)
            indent = "  " if column else ""
            folded = fold(entry, max(width - 2 * len(indent), 1))
            lines += hang(Text(indent), folded, Text(indent * 2))
    return lines
