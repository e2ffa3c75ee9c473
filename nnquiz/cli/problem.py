"""`nnquiz problem`: one numeric problem at any time, outside the schedule."""

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from nnquiz.problems.problem import Problem


def _names(incomplete: str) -> list[str]:
    """Return the problems' names that a shell may complete."""
    from nnquiz.problems.catalogue import PROBLEMS

    return [row.name for row in PROBLEMS if row.name.startswith(incomplete)]


def problem(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A problem, the beginning of its name, or name@version:seed.",
            autocompletion=_names,
        ),
    ],
    seed: Annotated[
        int | None, typer.Option(metavar="S", help="Draw the numbers of this seed again.")
    ] = None,
    answer: Annotated[
        bool, typer.Option("--answer", help="Show the worked solution without asking.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask one numeric problem with fresh numbers.

    Answers are numbers or arithmetic, such as 0.25, 1/4, 25% or 7*7*16*32+32. An empty line shows
    the solution. Nothing is recorded.
    """
    drawn = _drawn(name, seed)
    if as_json:
        _print_json(drawn)
    else:
        _ask(drawn, given_up=answer)


def _drawn(name: str, seed: int | None) -> "Problem":
    """Draw the problem: of the seed, of the seed that a label names, or with fresh numbers."""
    from random import randrange

    from nnquiz.problems.catalogue import find, problem, redraw

    if seed is None and "@" in name:
        return redraw(name)
    fresh = randrange(1_000_000) if seed is None else seed  # noqa: S311 -- not cryptography
    return problem(find(name).name, fresh)


def _print_json(drawn: "Problem") -> None:
    import json
    from dataclasses import asdict

    fields = asdict(drawn)
    mistakes = [made._asdict() for made in drawn.mistakes]
    shape = {"schema": "nnquiz.problem/1", **fields, "mistakes": mistakes}
    typer.echo(json.dumps(shape, allow_nan=False))


def _ask(drawn: "Problem", *, given_up: bool) -> None:
    """Print the problem, judge the first answer that can be read, and work the problem out."""
    from rich.text import Text

    from nnquiz.problems.grading import grade
    from nnquiz.term import problem as page
    from nnquiz.term.console import console, form_of

    screen = console()

    def show(*lines: Text) -> None:
        for line in lines:
            screen.print(line, soft_wrap=True)
        screen.file.flush()  # before the hint that an answer cannot be read, on the other stream

    width, form = screen.width, form_of(screen)
    show(page.title(drawn, form), Text(), *page.question(drawn, width, form), Text())
    value = None if given_up else _typed(drawn.unit)
    if value is None:
        show(*page.answer(drawn, width, form))
    else:
        show(*page.reply(drawn, value, grade(drawn, value), width, form))
    show(Text(), *page.solution(drawn, width, form))


def _typed(unit: str) -> float | None:
    """Read lines until one is a number; None for an empty line or the end of the input."""
    from nnquiz.problems.reader import Unreadable, read

    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # what is no text is no number either
    at_terminal = sys.stdin.isatty()
    while True:
        if at_terminal:
            typer.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line.strip():
            return None
        try:
            return read(line, unit)
        except Unreadable as unreadable:
            typer.echo(str(unreadable), err=True)
