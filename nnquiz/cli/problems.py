"""`nnquiz problems`: which numeric problems there are."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from nnquiz.problems.catalogue import Row


def _ids(incomplete: str) -> list[str]:
    """Return the questions' ids that a shell may complete."""
    from nnquiz.examples.catalogue import QUESTIONS

    return [id_ for id_ in QUESTIONS if id_.startswith(incomplete)]


def problems(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUESTION]", help="A question's number or id.", autocompletion=_ids
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the numeric problems.

    Each row has the number of the question, the name for `nnquiz problem`, and what is asked.
    """
    from nnquiz.problems.catalogue import PROBLEMS, of_question

    rows = PROBLEMS if question is None else of_question(_number(question))
    if as_json:
        import json

        listed = [
            {"name": row.name, "question": row.question, "version": row.version, "title": row.title}
            for row in rows
        ]
        shape = {"schema": "nnquiz.problems/1", "problems": listed}
        typer.echo(json.dumps(shape))
        return
    _print(rows)


def _number(question: str) -> int:
    """Return the number of a question that is named by it, by its id or by the id's beginning."""
    from nnquiz.errors import BadInput
    from nnquiz.examples.catalogue import QUESTIONS

    wanted, last = question.strip().lower(), max(QUESTIONS.values())
    if wanted.isdecimal():
        number = int(wanted[:9])  # enough for any question, and never too long for an int
        if 1 <= number <= last:
            return number
        message = f"no question {number}; there are 1 to {last}"
        raise BadInput(message)
    begun = [id_ for id_ in QUESTIONS if wanted and id_.startswith(wanted)]
    if wanted in QUESTIONS:
        return QUESTIONS[wanted]
    if len(begun) == 1:
        return QUESTIONS[begun[0]]
    if begun:
        message = f"{question!r} is the beginning of {', '.join(begun)}"
        raise BadInput(message)
    message = f"no question {question!r}; there are 1 to {last}"
    raise BadInput(message, _nearest(wanted, QUESTIONS))


def _nearest(wanted: str, ids: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(wanted, ids, n=1)
    return f"did you mean {close[0]}?" if close else "`nnquiz list` shows their ids"


def _print(rows: "tuple[Row, ...]") -> None:
    """Print a line a problem, or two where the window is narrow; a number begins a question."""
    from shutil import get_terminal_size

    columns = get_terminal_size().columns
    widest = max((len(row.name) for row in rows), default=0)
    before = 0
    for row in rows:
        head = f"{'' if row.question == before else row.question:>2}  "
        line = f"{head}{row.name:<{widest}}  {row.title}"
        typer.echo(line if len(line) <= columns else f"{head}{row.name}\n      {row.title}")
        before = row.question
