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

    Reviews that are due, new cards that today allows, and how long they take.
    """
    from nnquiz.bank.index import Index
    from nnquiz.clock import now
    from nnquiz.config.load import load_settings
    from nnquiz.history.log import History
    from nnquiz.paths import locate
    from nnquiz.study.agenda import RECENT_EVENTS, make_agenda

    kinds = chosen_kinds(kind)
    paths = locate(os.environ)
    settings = load_settings(paths.config, os.environ)
    day = now(settings.rollover).day
    with Index.open(paths) as index, History.open(paths.history) as log:
        for warning in index.warnings:
            sys.stderr.write(f"{warning}\n")
        cards = index.cards(kinds=kinds)
        agenda = make_agenda(cards, log.states(), log.recent(RECENT_EVENTS), day, settings)
    typer.echo(_json(agenda, day) if as_json else _line(agenda))


def _line(agenda: "Agenda") -> str:
    from nnquiz.term import wording

    if not agenda.empty:
        reviews, new = agenda.waiting.reviews, len(agenda.waiting.new)
        return wording.waiting(reviews, new, agenda.seconds)
    if agenda.next_day is None:
        return "nothing due"
    return f"nothing due until {wording.date_of(agenda.next_day)}"


def _json(agenda: "Agenda", day: int) -> str:
    import json

    from nnquiz.term import wording

    next_day = agenda.next_day
    shape = {
        "schema": "nnquiz.due/1",
        "day": wording.date_of(day),
        "due": agenda.waiting.reviews,
        "new": len(agenda.waiting.new),
        "seconds": round(agenda.seconds),
        "next": None if next_day is None else wording.date_of(next_day),
    }
    return json.dumps(shape, indent=2)
