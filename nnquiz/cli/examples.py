"""`nnquiz examples`: what can be run."""

from shutil import get_terminal_size
from textwrap import wrap
from typing import Annotated

import typer

from nnquiz.examples import catalogue


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
    longest = max(len(entry.name) for entry in entries)
    for entry in entries:
        head = f"{entry.question:>2}  {entry.name:<{longest}}  "
        room = max(get_terminal_size().columns, len(head) + 20)
        for line in wrap(entry.idea, room, initial_indent=head, subsequent_indent=" " * len(head)):
            typer.echo(line)
