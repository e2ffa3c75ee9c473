"""Prose, diagrams and the marks of a page, typed in ASCII."""

from typing import TYPE_CHECKING

from nnquiz.bank.markdown import parse_markdown
from nnquiz.term.blocks import draw
from nnquiz.term.forms import Form

if TYPE_CHECKING:
    from nnquiz.model.document import Document

ASCII = Form(ascii=True)


def plain(markdown: str, width: int) -> list[str]:
    """Return a text as it is drawn in ASCII, without its styles."""
    return [line.plain for line in draw(parse_markdown(markdown).blocks, width, form=ASCII)]


def test_marks_of_a_page_have_a_sign_in_ascii() -> None:
    """Bullets, rules, bars, the lines of a table and the cut mark are typed, each in its cell."""
    source = "# Über\n\n- a → b\n    - c\n\n> é\n\n|x|y|\n|-|-|\n|1|2|\n\n---\n\n"
    source += f"```\n{'x' * 30}\n```"
    assert plain(source, 20) == [
        *["Uber", "----", "* a -> b", "  o c", "", "| e", ""],
        *["x   y", "-   -", "1   2", "", "-" * 20, ""],
        *["x" * 19 + "~", "(a wider window", "shows what ~ cuts", "off)"],
    ]


def test_diagrams_keep_their_columns_in_ascii() -> None:
    """Lines become lines, and a sign that is spelt takes its cells from what follows."""
    diagram = "```\nσ    ──┐\n       ▼\nμ ────→│\n```"
    assert plain(diagram, 30) == ["    sigma -+", "           v", "    mu --->|"]


def test_raised_digits_stay_raised_in_ascii() -> None:
    """A power in the prose is still one when its digits are typed."""
    assert plain("10⁻³ m² of x₁ and x₋₁", 40) == ["10^-3 m^2 of x1 and x-1"]


def test_names_of_people_stay_readable_in_ascii() -> None:
    """Letters with marks lose them, other letters of Europe are spelt, what is unseen goes."""
    names = "Łukasz, Jørgensen, Weiß, Çağlar, co\u00adoperate, „½ µm“"
    said = 'Lukasz, Jorgensen, Weiss, Caglar, cooperate, "1/2 um"'
    assert plain(names, 80) == [said]


def test_control_characters_are_shown_in_ascii() -> None:
    """What would act on a terminal is its code, in words, code and formulas alike."""
    document: Document = [
        {"kind": "paragraph", "spans": [{"kind": "text", "text": "a\x1b[31mb\x7f\x9b"}]},
        {"kind": "fence", "language": "", "text": "\x07"},
        {"kind": "formula", "tex": "\x08", "linear": "\x08"},
    ]
    for form in (ASCII, Form("source", ascii=True), Form("spoken", ascii=True)):
        lines = [line.plain for line in draw(document, 40, form=form)]
        assert lines == ["a\\x1b[31mb\\x7f\\x9b", "", "    \\x07", "", "    \\x08"]
