"""Texts in other forms: as LaTeX, in words, and in ASCII."""

import os
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from nnquiz.bank.load import load_bank
from nnquiz.bank.markdown import parse_markdown
from nnquiz.model.document import Document
from nnquiz.model.question import Question
from nnquiz.paths import locate
from nnquiz.term.blocks import draw
from nnquiz.term.forms import USUAL, Form, in_form
from nnquiz.term.question import draw_question
from nnquiz.tex.ascii import spelt

ASCII = Form(ascii=True)
SOURCE = Form("source")
SPOKEN = Form("spoken")
FORMS = [USUAL, SOURCE, SPOKEN, ASCII, Form("source", ascii=True), Form("spoken", ascii=True)]
WIDTHS = (40, 60, 80, 120)
QUESTIONS = [built.question for built in load_bank(locate(os.environ).shipped).built]


def compiled(markdown: str) -> Document:
    """Return Markdown as a bank compiles it."""
    return parse_markdown(markdown).blocks


def plain(markdown: str, width: int, form: Form, *, whole: bool = False) -> list[str]:
    """Return a text as it is drawn in a form, without its styles."""
    return [line.plain for line in draw(compiled(markdown), width, whole=whole, form=form)]


def words_of(markdown: str) -> Counter[str]:
    """Count the words of a Markdown source, formulas and marks left out, spelt in ASCII."""
    text = re.sub(r"\$\$.*?\$\$|\$(?:\\.|[^$\\])+\$", " ", markdown, flags=re.DOTALL)
    text = re.sub(r"\]\(example:[^)]*\)|^ *```\w*", " ", text, flags=re.MULTILINE)
    return Counter(spelt(word) for word in re.findall(r"[^\W_]+", text))


def texts_of(question: Question) -> list[str]:
    """Return all the sources of a question that its page shows."""
    passages = [question.question, question.short, question.full]
    passages += [point.point for point in question.key_points]
    passages += [part for item in question.follow_ups for part in (item.question, item.answer)]
    passages += [part for item in question.pitfalls for part in (item.claim, item.holds)]
    return [passage.source for passage in passages]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.id))
def test_no_word_of_the_bank_is_lost_in_ascii(question: Question, width: int) -> None:
    """Every page is pure ASCII, in a window and in a pipe, and has every word of its source."""
    cut = [line.plain for line in draw_question(question, width, form=ASCII)]
    lines = [line.plain for line in draw_question(question, width, whole=True, form=ASCII)]
    for line in [*cut, *lines]:
        assert line.isascii()
        assert line.isprintable()
        assert line == line.rstrip()
    assert max(map(len, cut)) <= width
    printed = Counter(re.findall(r"[^\W_]+", "\n".join(lines)))
    for source in texts_of(question):
        assert words_of(source) - printed == Counter()
    for name in [author for source in question.sources for author in source.authors[:1]]:
        assert not Counter(re.findall(r"\w+", spelt(name))) - printed


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("form", [SOURCE, SPOKEN])
def test_no_word_of_the_bank_is_lost_beside_other_formulas(form: Form, width: int) -> None:
    """Formulas as source or in words leave the prose alone, and every line fits."""
    for question in QUESTIONS:
        lines = [line.plain for line in draw_question(question, width, whole=True, form=form)]
        printed = Counter(re.findall(r"[^\W_]+", spelt("\n".join(lines).replace("·", " "))))
        for source in texts_of(question):
            assert words_of(source) - printed == Counter()
        cut = [line.plain for line in draw_question(question, width, form=form)]
        assert max(map(cell_len, cut)) <= width


def test_the_source_of_formulas_is_what_the_author_wrote() -> None:
    """Among words it stands between dollar signs, on lines of its own as it is."""
    source = "With $\\mu_B$ small:\n\n$$\n\\hat x = \\frac{x - \\mu_B}{\\sigma}\n$$"
    lines = ["With $\\mu_B$ small:", "", "    \\hat x = \\frac{x - \\mu_B}{\\sigma}"]
    assert plain(source, 60, SOURCE) == lines
    assert plain(source, 60, SOURCE, whole=True) == lines


def test_every_formula_of_the_bank_can_be_copied() -> None:
    """The source of each formula is on the page, letter by letter, whatever the blanks."""
    for question in QUESTIONS:
        page = draw_question(question, 400, form=SOURCE)
        drawn = re.sub(r"\s", "", "".join(line.plain for line in page))
        for source in texts_of(question):
            for formula in re.findall(r"\$\$(.*?)\$\$", source, flags=re.DOTALL):
                assert re.sub(r"\s", "", formula) in drawn


def test_formulas_are_said_in_words() -> None:
    """Among words and on lines of their own, folded as words are."""
    source = "With $\\mu_B$ small:\n\n$$\\hat x = \\frac{x}{\\sigma}$$"
    assert plain(source, 40, SPOKEN) == [
        "With mu sub B small:",
        "",
        "    x hat equals the fraction x over",
        "    sigma, end fraction",
    ]


def test_ascii_has_boxes_in_a_window_and_lines_in_a_pipe() -> None:
    """A displayed formula is drawn with hyphens; on one line it is typed as in a program."""
    source = "$$\\hat x = \\frac{x - \\mu}{\\sigma}$$"
    assert plain(source, 40, ASCII, whole=True) == ["    hat(x) = (x - mu)/sigma"]
    drawn = plain(source, 40, ASCII)
    assert len(drawn) == 3
    assert "------" in drawn[1]


def test_a_wide_formula_is_parted_in_a_pipe() -> None:
    """On one line where it fits; else it goes on, indented, before a relation or an operator."""
    source = r"$$loss = \frac{aaaa}{bbbb} + c - d$$"
    assert plain(source, 40, USUAL, whole=True) == ["    loss = aaaa/(bbbb) + c - d"]
    lines = plain(source, 22, USUAL, whole=True)
    assert lines == ["    loss = aaaa/(bbbb)", "        + c - d"]


def test_the_usual_form_costs_nothing() -> None:
    """A document that is to be drawn as ever is the document itself."""
    document = compiled("one $x$")
    assert in_form(document, USUAL) is document


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(FORMS), st.integers(8, 80), st.booleans())
def test_any_text_is_drawn_in_any_form(text: str, form: Form, width: int, whole: bool) -> None:
    """Nothing raises, ASCII is ASCII, and no control character is sent."""
    document: Document = [
        {"kind": "paragraph", "spans": [{"kind": "text", "text": text}]},
        {"kind": "paragraph", "spans": [{"kind": "maths", "tex": text, "linear": text}]},
        {"kind": "formula", "tex": text, "linear": text},
        {"kind": "fence", "language": "", "text": text},
    ]
    for line in draw(document, width, whole=whole, form=form):
        assert line.plain.isascii() or not form.ascii
        assert not re.search(r"[\x00-\x1f\x7f-\x9f]", line.plain)
