"""Golden screens: the formulas of the field in every form, as somebody looked at them.

`NNQUIZ_GOLDEN=write` draws them anew; look at every one before it is kept.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from nnquiz.tex import Node, linear, lines, parse, speech
from nnquiz.tex.cells import cells

GOLDEN = Path(__file__).parent / "golden"
FORMS: dict[str, Callable[[Node], list[str]]] = {
    "linear": lambda node: [linear(node)],
    "linear-ascii": lambda node: [linear(node, ascii=True)],
    "speech": lambda node: [speech(node)],
    "screen-40": lambda node: lines(node, 40),
    "screen-80": lambda node: lines(node, 80),
    "screen-120": lambda node: lines(node, 120),
    "ascii-40": lambda node: lines(node, 40, ascii=True),
    "ascii-80": lambda node: lines(node, 80, ascii=True),
    "ascii-120": lambda node: lines(node, 120, ascii=True),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_field_reads_as_it_did(form: str, field_formulas: dict[str, str]) -> None:
    """Every formula of the collection keeps the form that was looked at."""
    screens = [
        "\n".join([f"## {name}", "", *FORMS[form](parse(source))])
        for name, source in field_formulas.items()
    ]
    shown = "\n\n".join(screens) + "\n"
    path = GOLDEN / f"{form}.txt"
    if os.environ.get("NNQUIZ_GOLDEN") == "write":
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_the_collection_is_large(field_formulas: dict[str, str]) -> None:
    """The screens show a hundred formulas at least."""
    assert len(field_formulas) >= 100
    assert len(set(field_formulas.values())) == len(field_formulas)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_of_a_screen_is_too_wide(width: int, field_name: str, field_source: str) -> None:
    """Whatever the form, a screen shows all of a line, and no blanks at its end."""
    for ascii_only in (False, True):
        for line in lines(parse(field_source), width, ascii=ascii_only):
            assert cells(line) <= width
            assert line == line.rstrip()
