"""`nnquiz search`: the questions in which some words stand, best first."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nnquiz.cli.banks import open_index, shape, shown_name, shown_number, tags, topics

if TYPE_CHECKING:
    from rich.text import Text

    from nnquiz.model.listing import Hit

_INDENT = "    "


def search(
    words: Annotated[
        list[str], typer.Argument(help="Words, or beginnings of words.", show_default=False)
    ],
    topic: Annotated[
        str | None,
        typer.Option(metavar="TOPIC", help="Only this topic.", autocompletion=topics),
    ] = None,
    tag: Annotated[
        str | None, typer.Option(metavar="TAG", help="Only this tag.", autocompletion=tags)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Find questions by the words in them.

    All of the words stand somewhere in each question that is found, in its text, answer, key
    points or follow-ups; the best is first. -ise and -ize are one spelling.
    """
    wanted = " ".join(words)
    with open_index() as index:
        hits = index.search(wanted, topic=topic, tag=tag)
    if as_json:
        from json import dumps

        rows = [{**shape(hit.line), "snippet": _bracketed(hit)} for hit in hits]
        found = {"schema": "nnquiz.hits/1", "questions": rows}
        sys.stdout.write(dumps(found, ensure_ascii=False, indent=2) + "\n")
    elif hits:
        _print(hits)
    else:
        _print_nothing(wanted, filtered=topic is not None or tag is not None)


def _bracketed(hit: "Hit") -> str:
    return "".join(f"[{text}]" if matches else text for text, matches in hit.snippet)


def _print(hits: "list[Hit]") -> None:
    from rich.text import Text

    from nnquiz.term.console import console

    page = console()
    styled = page.is_terminal and not page.is_dumb_terminal
    for hit in hits:
        head = f"{shown_number(hit.line):>2}  {shown_name(hit.line)}"
        page.print(Text(head, style="bold"))
        snippet = Text(_bracketed(hit))
        if styled:
            snippet = Text.assemble(
                *((text, "bold underline" if matches else "") for text, matches in hit.snippet)
            )
        for text in (Text(hit.line.question), snippet):
            for row in _folded(text, page.width - len(_INDENT)):
                page.print(Text(_INDENT) + row)


def _folded(text: "Text", width: int) -> "list[Text]":
    from rich.console import Console

    rows = list(text.wrap(Console(width=width), width))
    for row in rows:
        row.rstrip()
    return rows


def _print_nothing(wanted: str, *, filtered: bool) -> None:
    """Say that nothing was found, and what may find more."""
    from nnquiz.model.visible import visible_line

    more = "fewer or shorter words find more"
    if filtered:
        more = "without --topic and --tag there may be some"
    typer.echo(f'no question has all of "{visible_line(wanted)}"; {more}')
