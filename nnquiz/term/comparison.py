"""Several runs of one example side by side: a column for each value, a row for each result."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from nnquiz.examples.comparison import SEED, Comparison, Row, is_constant, is_summarised, rows
from nnquiz.term.matrix import table, written
from nnquiz.term.trace import HANGING, MARGIN, NARROWEST, WIDEST, folded, in_ascii, setting

LONGEST_HEAD = 10  # cells; where a value is longer, all are listed above the table and numbered
MISSING = "-"


def draw(comparison: Comparison, width: int, *, ascii_only: bool = False) -> list[Text]:
    """Draw a comparison in lines of at most `width` cells, without trailing blanks.

    Results that are the same in every run are named below the table.
    """
    if ascii_only:
        comparison = replace(comparison, traces=tuple(map(in_ascii, comparison.traces)))
    width = max(min(width, WIDEST), NARROWEST)
    changing: list[Row] = []
    constant: list[str] = []
    for result, group in groupby(rows(comparison), key=lambda row: row.result):
        members = list(group)
        if is_constant(comparison, result):
            constant.append(result if members[0].entry else f"{result} = {_cells(members[0])[0]}")
        else:
            changing += members
    trace = comparison.traces[0]
    return [
        Text(trace.name, "bold"),
        *folded(trace.idea, width),
        Text(),
        Text(f"Results by {comparison.parameter}", "bold"),
        *_table(comparison, changing, width),
        *_notes(
            comparison,
            {row.result for row in changing},
            constant,
            width,
            dots="..." if ascii_only else "…",
        ),
    ]


def _table(comparison: Comparison, changing: Sequence[Row], width: int) -> Iterator[Text]:
    heads = [_value(value) for value in comparison.values]
    if max(map(cell_len, heads)) > LONGEST_HEAD:
        for place, value in enumerate(heads, start=1):
            yield from folded(f"({place}) {value}", width, MARGIN, HANGING)
        heads = [f"({place})" for place in range(1, len(heads) + 1)]
        yield Text()
    names: list[str] = []
    cells: list[list[str]] = []
    for result, group in groupby(changing, key=lambda row: row.result):
        for place, row in enumerate(group):
            if row.entry and not place:
                names.append(result)
                cells.append([""] * len(heads))
            names.append(f"{HANGING}{row.entry}" if row.entry else result)
            cells.append(_cells(row))
    if cells:
        for line in table(cells, (names, heads), width - len(MARGIN)):
            yield Text(f"{MARGIN}{line}".rstrip())


def _notes(
    comparison: Comparison, changing: set[str], constant: Sequence[str], width: int, *, dots: str
) -> Iterator[Text]:
    """Yield what the table leaves out."""
    if constant:
        yield Text()
        yield from folded(f"The same in every run: {', '.join(constant)}.", width)
    if any(is_summarised(comparison, result) for result in changing):
        parameter = comparison.parameter
        option = f"--seed {dots}" if parameter == SEED.name else f"--set {parameter}={dots}"
        run = f"nnquiz run-example {comparison.traces[0].name} {option}"
        note = f"Of larger arrays the least and the greatest entry are compared. Whole: {run}"
        yield Text()
        yield from folded(note, width)


def _cells(row: Row) -> list[str]:
    """Write the numbers of a row with as many decimals each."""
    cells = iter(written([number for number in row.numbers if number is not None]))
    return [MISSING if number is None else next(cells) for number in row.numbers]


def _value(value: object) -> str:
    """Write a value as it may be typed: a number, a word, or lists in brackets."""
    tolist = getattr(value, "tolist", None)
    return str(tolist()).replace(" ", "") if tolist else setting(value)
