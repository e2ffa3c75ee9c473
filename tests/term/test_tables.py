"""Tables in columns, folded, or as lists."""

from nnquiz.bank.markdown import parse_markdown
from nnquiz.term.blocks import draw

METRICS = """
| metric | definition | use it for |
|---|---|---:|
| Accuracy | $(TP+TN)/N$ | balanced classes |
| Recall | $TP/(TP+FN)$ | expensive misses |
"""


def drawn(markdown: str, width: int) -> list[str]:
    """Return a table's lines."""
    return [line.plain for line in draw(parse_markdown(markdown).blocks, width)]


def test_a_table_that_fits_stands_in_columns() -> None:
    """Columns are as wide as their widest cell, and aligned as the author says."""
    assert drawn(METRICS, 80) == [
        "metric     definition           use it for",
        "────────   ────────────   ────────────────",
        "Accuracy   (TP + TN)/N    balanced classes",
        "Recall     TP/(TP + FN)   expensive misses",
    ]


def test_cells_fold_where_a_line_is_too_short() -> None:
    """The widest column gives way first, and rows get a blank line between them."""
    assert drawn(METRICS, 38) == [
        "metric     definition       use it for",
        "────────   ────────────   ────────────",
        "Accuracy   (TP + TN)/N        balanced",
        "                               classes",
        "",
        "Recall     TP/(TP + FN)      expensive",
        "                                misses",
    ]


def test_rows_stay_close_where_few_of_them_fold() -> None:
    """The first column shows where a row begins, so that one folded row needs no blank lines."""
    table = "| a | b |\n|---|---|\n| 1 | short |\n| 2 | words that need a second line |\n| 3 | c |"
    assert drawn(table, 24) == [
        "a   b",
        "─   ────────────────────",
        "1   short",
        "2   words that need a",
        "    second line",
        "3   c",
    ]


def test_a_lone_formula_parts_as_formulas_do() -> None:
    """A cell that is one formula goes on before a slash or an operator, not just anywhere."""
    formula = r"1 - \frac{\sum_i (y_i-z_i)^2}{\sum_i y_i}"
    table = f"| a | b |\n|---|---|\n| R | ${formula}$ |"
    assert drawn(table, 28)[2:] == ["R   1 - (∑ᵢ (yᵢ - zᵢ)²)", "        /(∑ᵢ yᵢ)"]


def test_columns_that_would_be_too_narrow_become_a_list() -> None:
    """Below twelve cells a column, each row is told as labels with their values."""
    assert drawn(METRICS, 32) == [
        "metric: Accuracy",
        "  definition: (TP + TN)/N",
        "  use it for: balanced classes",
        "",
        "metric: Recall",
        "  definition: TP/(TP + FN)",
        "  use it for: expensive misses",
    ]


def test_an_empty_head_needs_no_label_and_an_empty_cell_no_line() -> None:
    """In a list, what is empty says nothing."""
    table = "| | some label | some other label |\n|---|---|---|\n| first row | | its value here |"
    assert drawn(table, 24) == ["first row", "  some other label:", "    its value here"]


def test_wide_characters_are_padded_by_their_cells() -> None:
    """A column lines up behind characters of two cells, and behind combining accents."""
    table = "| a | b |\n|---|---|\n| 組み | x |\n| $\\hat{x}$ | y |"
    assert drawn(table, 40) == ["a      b", "────   ─", "組み   x", "x̂      y"]


def test_rows_may_be_ragged() -> None:
    """Markdown pads a short row; one that came otherwise is padded or cut here."""
    cell: list[object] = [{"kind": "text", "text": "x"}]
    table = {"kind": "table", "align": ["left"], "head": [cell, cell], "rows": [[cell], [cell] * 3]}
    lines = [line.plain for line in draw([table], 40)]  # type: ignore[list-item]
    assert lines == ["x   x", "─   ─", "x", "x   x"]
