"""`nnquiz examples`: what can be run."""

from shutil import get_terminal_size
from textwrap import wrap
from typing import Annotated

import typer

from nnquiz.examples import catalogue

WIDEST_NAME = 18  # of the column; a longer name moves its own idea to the right


def _questions(incomplete: str) -> list[str]:
    return [id_ for id_ in catalogue.QUESTIONS if id_.startswith(incomplete)]


def examples(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUESTION]", help="A question's number or id.", autocompletion=_questions
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the worked examples.

    Each row has the number of the question, the name for `nnquiz run-example`, and the idea.
    """
    entries = catalogue.ENTRIES if question is None else catalogue.of_question(question)
    if as_json:
        import json

        rows = [
            {"name": entry.name, "question": entry.question, "idea": entry.idea}
            for entry in entries
        ]
        typer.echo(json.dumps({"schema": "nnquiz.examples/1", "examples": rows}))
        return
    column = min(max(len(entry.name) for entry in entries), WIDEST_NAME)
    indent = " " * len(f"    {'':<{column}}  ")
    room = max(get_terminal_size().columns, len(indent) + 20)
    for entry in entries:
        head = f"{entry.question:>2}  {entry.name:<{column}}  "
        if len(head) + 20 > room:  # a long name on a narrow terminal has a line of its own
            typer.echo(head.rstrip())
            head = indent
        for line in wrap(entry.idea, room, initial_indent=head, subsequent_indent=indent):
            typer.echo(line)
