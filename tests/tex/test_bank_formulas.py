"""Every formula of the shipped bank is read."""

import os
import re
from pathlib import Path

import pytest

from nnquiz.paths import locate
from nnquiz.tex import linear, parse

FORMULA = re.compile(
    r"\$\$(.+?)\$\$|(?<![\\$\w])\$(?! )((?:\\.|[^$\\\n])+?)(?<! )\$(?!\d)", re.DOTALL
)


def formulas() -> list[str]:
    """Return every formula between dollars in the bank's files, once each."""
    found: dict[str, None] = {}
    for path in sorted(Path(locate(os.environ).shipped).glob("[0-9]*.yaml")):
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for displayed, inline in FORMULA.findall(text):
            # In a table a bar is written with a backslash, lest it end the cell.
            found[" ".join((displayed or inline.replace(r"\|", "|")).split())] = None
    return list(found)


@pytest.mark.parametrize("source", formulas())
def test_a_formula_of_the_bank_is_one_printable_line(source: str) -> None:
    """The one-line form is printable and holds no LaTeX."""
    shown = linear(parse(source))
    assert shown.isprintable()
    assert shown
    assert not re.search(r"\\|[$&]", shown)


def test_the_bank_has_formulas() -> None:
    """The scan finds them at all, the best known one among them."""
    found = formulas()
    assert len(found) > 150
    assert any(r"\operatorname{softmax}\left(\frac{QK^\top}" in source for source in found)
