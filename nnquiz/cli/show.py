"""`nnquiz show`: a question with its answer, as a page or as JSON."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from nnquiz.model.question import Question
    from nnquiz.term.question import Section


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
        str,
        typer.Argument(
            help="A number, an id or the beginning of one.",
            show_default=False,
            autocompletion=names_of_questions,
        ),
    ],
    short: Annotated[bool, typer.Option("--short", help="Only the 30-second answer.")] = False,
    points: Annotated[bool, typer.Option("--points", help="Only the key points.")] = False,
    follow_ups: Annotated[
        bool, typer.Option("--follow-ups", help="Only what is asked next.")
    ] = False,
    pitfalls: Annotated[
        bool, typer.Option("--pitfalls", help="Only what people get wrong.")
    ] = False,
    sources: Annotated[bool, typer.Option("--sources", help="Only the references.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all of it as JSON (docs/json.md).")
    ] = False,
) -> None:
    """Print a question with its answer.

    The short answer, the full one, the key points an interviewer listens for, what is asked
    next, and the sources; for instance `nnquiz show 12` or `nnquiz show attention`. Options that
    name a part may be combined.
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
    if as_json and sections:
        hint = "leave out the options that choose a part"
        raise BadInput("--json prints the whole question", hint)
    with open_index() as index:
        question = index.question(name)
    if as_json:
        _print_json(question)
    else:
        _print_page(question, sections)


def _print_page(question: "Question", sections: "list[Section]") -> None:
    from rich.text import Text

    from nnquiz.term.console import console, is_piped
    from nnquiz.term.question import SECTIONS, draw_question

    page = console()
    lines = draw_question(question, page.width, sections or SECTIONS, whole=is_piped())
    page.print(Text("\n").join(lines))


def _print_json(question: "Question") -> None:
    from json import dumps
    from sys import stdout

    stdout.write(dumps(shape(question), ensure_ascii=False, indent=2) + "\n")


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
