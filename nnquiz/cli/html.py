"""Answers as pages for a browser, written to a file."""

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnquiz.model.question import Question
    from nnquiz.model.section import Section

STANDARD = "-"  # standard output, as a file's name


def write_html(
    path: str, questions: "Sequence[Question]", sections: "Sequence[Section]", *, as_book: bool
) -> None:
    """Write one page; a book has a table of contents, and may replace an older page of ours.

    Args:
        path: where to.
        questions: what is shown; one, unless it is a book.
        sections: the parts of the answers to show; all, where none is named.
        as_book: whether there is a table of contents.
    """
    from nnquiz.book.page import GENERATOR, book, page
    from nnquiz.examples.catalogue import ENTRIES
    from nnquiz.model.section import SECTIONS

    ideas = {entry.name: entry.idea for entry in ENTRIES}
    chosen = sections or SECTIONS
    if as_book:
        written = book(questions, chosen, ideas=ideas)
    else:
        written = page(questions[0], chosen, ideas=ideas)
    data = written.encode()  # the page says of itself that it is UTF-8
    if path == STANDARD:
        sys.stdout.buffer.write(data)
        return
    from nnquiz.cli.output_file import write_over

    write_over("--html", path, data, mark=GENERATOR.encode())
    typer.echo(f"wrote {path}", err=True)
