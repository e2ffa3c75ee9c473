"""`nnquiz due`: the counts alone, quick enough for a prompt or a status bar."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nnquiz.cli.kinds import chosen_kinds, kind_names

if TYPE_CHECKING:
    from nnquiz.study.agenda import Agenda


def due(
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="Count cards of this kind only, such as cloze; several may be given.",
            autocompletion=kind_names,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Count what is waiting, on one line.

    Reviews that are due, new cards that today allows, and how long they take. With an interview
    planned, the time that the plan has left for today.
    """
    from nnquiz.bank.index import Index
    from nnquiz.clock import now
    from nnquiz.config.goal import load_goal
    from nnquiz.config.load import load_settings
    from nnquiz.history.log import History
    from nnquiz.paths import locate
    from nnquiz.study.agenda import look_ahead, make_agenda

    kinds = chosen_kinds(kind)
    paths = locate(os.environ)
    settings = load_settings(paths.config, os.environ)
    day = now(settings.rollover).day
    with Index.open(paths) as index, History.open(paths.history) as log:
        for warning in index.warnings:
            sys.stderr.write(f"{warning}\n")
        shelf, today = index.shelf(kinds=kinds), log.today(day)
        agenda = make_agenda(shelf, today, settings)
        empty = agenda.empty or as_json
        outlook = look_ahead(shelf, today, settings, agenda) if empty else None
        spent = today.seconds()
    next_day = None if outlook is None else outlook.next_day
    goal = load_goal(paths.config)
    planned = goal is not None and goal.interview > day
    left = max(0.0, goal.seconds(day) - spent) if goal is not None and planned else None
    if as_json:
        typer.echo(_json(agenda, day, next_day, left))
    elif goal is not None and left is not None and not kind:
        from nnquiz.term.wording import plan_left

        typer.echo(plan_left(goal.interview - day, left))
    else:
        typer.echo(_line(agenda, next_day))


def _line(agenda: "Agenda", next_day: int | None) -> str:
    from nnquiz.term import wording

    if not agenda.empty:
        return wording.waiting(agenda.reviews, len(agenda.waiting.new), agenda.seconds)
    if next_day is None:
        return "nothing due"
    return f"nothing due until {wording.date_of(next_day)}"


def _json(agenda: "Agenda", day: int, next_day: int | None, planned: float | None) -> str:
    import json

    from nnquiz.term import wording

    shape = {
        "schema": "nnquiz.due/1",
        "day": wording.date_of(day),
        "due": agenda.reviews,
        "new": len(agenda.waiting.new),
        "seconds": round(agenda.seconds),
        "next": None if next_day is None else wording.date_of(next_day),
        "planned": None if planned is None else round(planned),
    }
    return json.dumps(shape, indent=2)
