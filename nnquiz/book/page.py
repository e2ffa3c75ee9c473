"""Whole pages: one file each, with nothing to fetch and nothing to run.

What makes a page safe to open says so to the browser too: its policy allows styles that stand in
the page, and forbids everything else.
"""

from collections.abc import Collection, Sequence
from typing import Final

from nnquiz.book.markup import element, words
from nnquiz.book.question import Ideas, anchor, article, brief, heading
from nnquiz.book.style import STYLE
from nnquiz.model.question import Question
from nnquiz.model.section import SECTIONS, Section

GENERATOR: Final = '<meta name="generator" content="nnquiz"/>'
"""By this a page is known for one of ours, which a newer one may replace."""

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_TITLE: Final = "Questions and answers"
_SHEET: Final = "Formulas, and what must be said"


def page(question: Question, sections: Collection[Section] = SECTIONS, *, ideas: Ideas) -> str:
    """Return the page of one question.

    Args:
        question: what is shown.
        sections: the parts of the answer to show.
        ideas: what the worked examples show, by their names.
    """
    title = " ".join(question.question.source.split())
    return _document(title, element("main", article(question, sections, ideas=ideas)))


def book(
    questions: Sequence[Question], sections: Collection[Section] = SECTIONS, *, ideas: Ideas
) -> str:
    """Return all questions as one page behind a table of contents.

    Args:
        questions: what is shown, in this order.
        sections: the parts of the answers to show.
        ideas: what the worked examples show, by their names.
    """
    entries = [element("a", heading(item), href=f"#{anchor(item)}") for item in questions]
    contents = element("nav", element("ul", *(element("li", entry) for entry in entries), ""))
    articles = [article(question, sections, level=2, ideas=ideas) for question in questions]
    front = element("header", element("h1", _TITLE), contents)
    return _document(_TITLE, element("main", front, *articles))


def sheet(questions: Sequence[Question]) -> str:
    """Return the formulas of all questions and what must be said, dense enough to be printed."""
    articles = [brief(question) for question in questions]
    front = element("h1", _SHEET)
    return _document(_SHEET, element("main", front, element("div", *articles), class_="sheet"))


def _document(title: str, body: str) -> str:
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        GENERATOR,
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", words(title)),
        element("style", STYLE),
    )
    html = element("html", head, element("body", body), lang="en")
    return f"<!DOCTYPE html>\n{html}\n"
