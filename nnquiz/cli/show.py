"""`nnquiz show`: a question with its answer, as a page or as JSON."""

from os import environ
from os.path import dirname
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.text import Text

    from nnquiz.model.question import Question
    from nnquiz.model.section import Section
    from nnquiz.term.forms import Form

NARROWEST: Final = 20
"""Cells of the narrowest page; below that, words are parted all over."""

BROADEST: Final = 400
"""Cells of the broadest page, wider than any screen."""


def names_of_questions(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids and numbers that begin so, each with its question, for shell completion."""
    from nnquiz.cli.banks import open_index

    with open_index() as index:
        lines = index.lines()
    named = [(line.id, line.question) for line in lines]
    # Numbers only where one is begun: 22 of them would bury the ids.
    if incomplete:
        named += [(str(line.number), line.question) for line in lines if line.number is not None]
    return [(name, about) for name, about in named if name.startswith(incomplete)]


def show(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A number, an id or the beginning of one.",
            show_default=False,
            autocompletion=names_of_questions,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All questions, one after another.")] = False,
    short: Annotated[bool, typer.Option("--short", help="Only the 30-second answer.")] = False,
    points: Annotated[bool, typer.Option("--points", help="Only the key points.")] = False,
    follow_ups: Annotated[
        bool, typer.Option("--follow-ups", help="Only what is asked next.")
    ] = False,
    pitfalls: Annotated[
        bool, typer.Option("--pitfalls", help="Only what people get wrong.")
    ] = False,
    sources: Annotated[bool, typer.Option("--sources", help="Only the references.")] = False,
    sheet: Annotated[
        bool,
        typer.Option("--sheet", help="For the last evening: formulas, and what must be said."),
    ] = False,
    html: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help='As a page for a browser, in one file; "-" is standard output.',
        ),
    ] = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="As a pipe gets it: formulas on one line, no colour, nothing cut.",
        ),
    ] = False,
    as_ascii: Annotated[
        bool,
        typer.Option(
            "--ascii",
            help="In ASCII alone; by itself where Unicode does not arrive.",
        ),
    ] = False,
    tex: Annotated[bool, typer.Option("--tex", help="Formulas as their LaTeX source.")] = False,
    speak: Annotated[
        bool, typer.Option("--speak", help="Formulas in the words in which one says them.")
    ] = False,
    width: Annotated[
        int | None,
        typer.Option(
            "--width",
            metavar="N",
            min=NARROWEST,
            max=BROADEST,
            show_default=False,
            help="Cells of a line, instead of the window's.",
        ),
    ] = None,
    pager: Annotated[
        bool,
        typer.Option("--pager", help="On a terminal through $PAGER, or less."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all of it as JSON (docs/json.md).")
    ] = False,
) -> None:
    """Print a question with its answer.

    The short answer, the full one, the key points an interviewer listens for, what is asked
    next, and the sources; for instance `nnquiz show 12` or `nnquiz show attention`. Options that
    name a part may be combined. `nnquiz show --all --sheet` is for the last evening, and
    `nnquiz show --all --html book.html` makes a book.
    """
    from nnquiz.cli.banks import open_index

    wanted: dict[Section, bool] = {
        "short": short,
        "points": points,
        "follow-ups": follow_ups,
        "pitfalls": pitfalls,
        "sources": sources,
    }
    sections = [section for section, chosen in wanted.items() if chosen]
    if (name is None) != every:
        message = "--all shows every question" if every else "which question?"
        raise BadInput(message, "nnquiz show NAME, or nnquiz show --all")
    layout = {
        "--plain": plain,
        "--ascii": as_ascii,
        "--tex": tex,
        "--speak": speak,
        "--width": width is not None,
        "--pager": pager,
    }
    chosen = [option for option, given in layout.items() if given]
    if sheet and sections:
        hint = "leave out the options that choose a part"
        raise BadInput("--sheet has parts of its own", hint)
    if html is not None:
        _refuse_beside_html(chosen, as_json=as_json)
    elif as_json:
        _refuse_beside_json(sections, [*chosen, *(["--sheet"] if sheet else [])])
    form = _form(as_ascii=as_ascii, tex=tex, speak=speak)
    with open_index() as index:
        # One after another, so that the first is there before the last is read.
        questions = index.questions() if name is None else iter([index.question(name)])
        if html is not None:
            from nnquiz.cli.html import write_html

            write_html(html, list(questions), sections, as_book=every, as_sheet=sheet)
        elif as_json:
            shapes = list(map(shape, questions))
            _print_json({"schema": "nnquiz.book/1", "questions": shapes} if every else shapes[0])
        else:
            pages = _pages(questions, sections, form, width, plain=plain, sheet=sheet)
            _print_pages(pages, plain=plain, pager=pager)


def _refuse_beside_json(sections: "list[Section]", layout: list[str]) -> None:
    if sections:
        hint = "leave out the options that choose a part"
        raise BadInput("--json prints the whole question", hint)
    if layout:
        message = f"--json prints data, and {layout[0]} is about a page"
        raise BadInput(message, "leave out one of them")


def _refuse_beside_html(layout: list[str], *, as_json: bool) -> None:
    if as_json or layout:
        other = "--json" if as_json else layout[0]
        message = f"--html writes for a browser, and {other} is for a terminal or a script"
        raise BadInput(message, "leave out one of them")


def _form(*, as_ascii: bool, tex: bool, speak: bool) -> "Form":
    """Return the form that the options ask for, in ASCII where nothing else would arrive."""
    from nnquiz.term.console import takes_ascii_only
    from nnquiz.term.forms import Form

    if as_ascii + tex + speak > 1:
        hint = "choose one of them"
        raise BadInput("--ascii, --tex and --speak are three forms of a formula", hint)
    formulas: Literal["drawn", "source", "spoken"] = (
        "source" if tex else "spoken" if speak else "drawn"
    )
    return Form(formulas, as_ascii or takes_ascii_only())


def _pages(
    questions: "Iterable[Question]",
    sections: "list[Section]",
    form: "Form",
    width: int | None,
    *,
    plain: bool,
    sheet: bool,
) -> "Iterator[Text]":
    """Yield the page of each question, each but the first below a blank line or a rule."""
    from rich.text import Text

    from nnquiz.model.section import SECTIONS
    from nnquiz.paths import locate
    from nnquiz.term.console import console, is_piped, takes_colour
    from nnquiz.term.question import WIDEST, draw_question

    out, own = console(plain=plain), locate(environ).overrides
    form = form._replace(coloured=takes_colour(out))
    room = width or min(out.width, WIDEST)
    whole = plain or is_piped()
    rule = Text(("-" if form.ascii else "─") * room, "dim")
    for place, question in enumerate(questions):
        if sheet:
            from nnquiz.term.sheet import draw_sheet

            lines = [*([Text()] if place else []), *draw_sheet(question, room, form)]
        else:
            between = [Text(), rule, Text()] if place else []
            chosen = sections or SECTIONS
            edited = dirname(question.file) == own
            lines = draw_question(question, room, chosen, whole=whole, form=form, edited=edited)
            lines = [*between, *lines]
        yield Text("\n").join(lines)


def _print_pages(pages: "Iterable[Text]", *, plain: bool, pager: bool) -> None:
    """Print pages one after another, or hand all of them to a pager."""
    from nnquiz.term.console import console, is_piped

    out = console(plain=plain)
    if pager and not is_piped():
        from nnquiz.term.pager import run_pager

        pages = list(pages)
        with out.capture() as captured:
            for page in pages:
                out.print(page)
        if run_pager(captured.get(), out.encoding):
            return
    for page in pages:
        out.print(page)


def _print_json(data: dict[str, Any]) -> None:
    from json import dumps
    from sys import stdout

    is_utf8 = stdout.encoding.lower() == "utf-8"
    stdout.write(dumps(data, ensure_ascii=not is_utf8, indent=2) + "\n")


def shape(question: "Question") -> dict[str, Any]:
    """Return a question as `nnquiz.question/1`: texts as their Markdown, references whole."""
    return {
        "schema": "nnquiz.question/1",
        "number": question.number,
        "id": question.id,
        "question": question.question.source,
        "topic": question.topic,
        "level": question.level,
        "tags": list(question.tags),
        "answer": {"short": question.short.source, "full": question.full.source},
        "key_points": [
            {
                "id": point.id,
                "point": point.point.source,
                "weight": point.weight,
                "accept": list(point.accept),
            }
            for point in question.key_points
        ],
        "follow_ups": [
            {"id": item.id, "question": item.question.source, "answer": item.answer.source}
            for item in question.follow_ups
        ],
        "pitfalls": [
            {
                "claim": item.claim.source,
                "kind": item.kind,
                "holds": item.holds.source,
                "sources": list(item.sources),
            }
            for item in question.pitfalls
        ],
        "examples": list(question.examples),
        "cards": [{"id": card.id, "kind": card.kind} for card in question.cards],
        "sources": [
            {
                "key": source.key,
                "authors": list(source.authors),
                "year": source.year,
                "title": source.title,
                "venue": source.venue,
                "doi": source.doi,
                "arxiv": source.arxiv,
            }
            for source in question.sources
        ],
    }
