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
    path: str,
    questions: "Sequence[Question]",
    sections: "Sequence[Section]",
    *,
    as_book: bool,
    as_sheet: bool,
) -> None:
    """Write one page, in the place of an older one of ours if there is one.

    Args:
        path: where to; "-" is standard output.
        questions: what is shown; one, unless it is a book or a sheet.
        sections: the parts of the answers to show; all, where none is named.
        as_book: whether there is a table of contents.
        as_sheet: whether it is formulas and what must be said, and nothing else.
    """
    from nnquiz.book.page import GENERATOR, book, page, sheet
    from nnquiz.examples.catalogue import ENTRIES
    from nnquiz.model.section import SECTIONS

    ideas = {entry.name: entry.idea for entry in ENTRIES}
    chosen = sections or SECTIONS
    if as_sheet:
        written = sheet(questions)
    elif as_book:
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
