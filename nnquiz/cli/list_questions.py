"""`nnquiz list`: a line a question, or all of them as JSON."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nnquiz.cli.banks import open_index, shape, shown_name, shown_number, tags, topics

if TYPE_CHECKING:
    from nnquiz.model.listing import QuestionLine

_WIDEST_BESIDE = 24  # cells of an id beside which the question still stands
_NARROWEST_BESIDE = 60  # columns of a window in which it does


def list_questions(
    topic: Annotated[
        str | None,
        typer.Option(metavar="TOPIC", help="Only this topic.", autocompletion=topics),
    ] = None,
    tag: Annotated[
        str | None, typer.Option(metavar="TAG", help="Only this tag.", autocompletion=tags)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """List the questions.

    Each with its number, its id and its text; `nnquiz show` takes the number or the id.
    """
    with open_index() as index:
        lines = index.lines(topic=topic, tag=tag)
    if as_json:
        from json import dumps

        listed = {"schema": "nnquiz.questions/1", "questions": [shape(line) for line in lines]}
        sys.stdout.write(dumps(listed, ensure_ascii=False, indent=2) + "\n")
        return
    _print(lines)


def _print(lines: "list[QuestionLine]") -> None:
    """Print the questions beside their ids, or below them in a narrow window."""
    from shutil import get_terminal_size
    from textwrap import wrap

    columns = get_terminal_size().columns
    widest = max((len(shown_name(line)) for line in lines), default=0)
    digits = max((len(shown_number(line)) for line in lines), default=0)
    beside = columns >= _NARROWEST_BESIDE and widest <= _WIDEST_BESIDE
    for line in lines:
        head = f"{shown_number(line):>{digits}}  {shown_name(line)}"
        if not beside:
            typer.echo(head)
        start = f"{head:<{digits + widest + 4}}" if beside else " " * (digits + 2)
        indent = " " * len(start)
        for row in wrap(line.question, columns, initial_indent=start, subsequent_indent=indent):
            typer.echo(row)
