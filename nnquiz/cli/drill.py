"""`nnquiz drill`: what is waiting, on a terminal or line by line."""

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from nnquiz.cli.banks import levels, tags, topics
from nnquiz.cli.kinds import chosen_kinds, kind_names
from nnquiz.cli.show import names_of_questions
from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nnquiz.bank.shelf import Shelf
    from nnquiz.model.goal import Goal
    from nnquiz.study.selection import Wish

_GREETING = (
    "Welcome. Choose some answers, type some, and say the others aloud; then grade yourself.",
    "Every answer is saved at once; ? lists the keys, and q ends whenever you have had enough.",
)


def drill(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUESTION]...",
            help="Ask these, due or not: numbers or ids.",
            autocompletion=names_of_questions,
        ),
    ] = None,
    *,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Ask at most N different cards.")
    ] = None,
    new: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Begin up to N new cards now.")
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option(metavar="TOPIC", help="Ask cards of this topic only.", autocompletion=topics),
    ] = None,
    tag: Annotated[
        str | None,
        typer.Option(metavar="TAG", help="Ask cards with this tag only.", autocompletion=tags),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="Ask cards of this kind only, such as cloze; several may be given.",
            autocompletion=kind_names,
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="Ask cards of this level only: core or advanced.",
            autocompletion=levels,
        ),
    ] = None,
    minutes: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=1440,
            metavar="M",
            help="Stop after the card that passes M minutes; spare time goes to the weakest.",
        ),
    ] = None,
    weak: Annotated[
        bool, typer.Option("--weak", help="Ask what you are likeliest to have forgotten.")
    ] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="Ask what was graded Again today.")
    ] = False,
    cram: Annotated[
        bool, typer.Option("--cram", help="Go over everything, and leave the schedule as it is.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Ask in an order drawn from N.")
    ] = None,
    no_typing: Annotated[
        bool,
        typer.Option("--no-typing", help="Type nothing: think, look, and grade yourself."),
    ] = False,
    ahead: Annotated[
        int, typer.Option(min=0, max=36500, metavar="DAYS", help="Ask what is due within DAYS too.")
    ] = 0,
    plain: Annotated[
        bool, typer.Option("--plain", help="Ask line by line, as without a terminal.")
    ] = False,
) -> int:
    """Study what is waiting, card by card.

    Some answers are chosen by a letter, some typed, and some said aloud: space shows those, and
    letters tick the key points that you said. Then space takes the grade in brackets, and 1 to 4
    give another. Every answer is saved at once. ? lists the keys, behind Esc while you type, and
    q ends.

    Kinds of cards: choice, match, cloze, order, numeric, follow-up, explain.
    """
    from nnquiz.bank.index import Index
    from nnquiz.cli.asking import ask, say
    from nnquiz.cli.editor import Workshop
    from nnquiz.cli.selected_drill import selected_drill
    from nnquiz.clock import now
    from nnquiz.config.load import load_settings
    from nnquiz.history.log import History
    from nnquiz.paths import locate
    from nnquiz.study.selection import Wish
    from nnquiz.study.sitting import Sitting
    from nnquiz.term.console import console

    wish = Wish(
        named=bool(names),
        weak=weak,
        failed=failed,
        cram=cram,
        minutes=minutes,
        limit=limit,
        new=new,
        ahead=ahead,
        seed=seed,
    )
    _expect_consistent(wish)
    kinds = chosen_kinds(kind)
    filters = _said({"topic": [topic], "tag": [tag], "kind": kind or [], "level": [level]})
    paths = locate(os.environ)
    settings = load_settings(paths.config, os.environ)
    clock, screen = partial(now, settings.rollover), console()
    with (
        Index.open(paths) as index,
        History.open(paths.history) as log,
        Workshop(paths, index) as workshop,
    ):
        for warning in index.warnings:
            sys.stderr.write(f"{warning}\n")
        questions = list(dict.fromkeys(index.resolve(name) for name in names or ()))
        shelf = index.shelf(questions or None, topic, tag, kinds if kind else None, level)
        _expect_some(shelf)
        day = clock().day
        begin = partial(Sitting, bank=index, log=log, clock=clock, retention=settings.retention)
        goal = _goal(paths.config, wish, day)
        if goal is None:
            sitting, opening = selected_drill(
                wish, shelf, log, day, settings=settings, filters=filters, begin=begin
            )
        else:
            from nnquiz.cli.planned_drill import planned_drill

            sitting, opening = planned_drill(
                wish, goal, index, log, day, shelf=shelf, paths=paths, begin=begin
            )
        if sitting is None:
            say(screen, opening)
            return 0
        greeting = () if log.recent(1) else _GREETING
        say(screen, [*greeting, *opening, ""] if greeting or opening else [])
        return ask(sitting, screen, workshop.edit, plain=plain, typing=not no_typing)


def _goal(folder: str, wish: "Wish", day: int) -> "Goal | None":
    """Return the goal of a drill that follows the plan: an interview to come."""
    from nnquiz.config.goal import load_goal

    goal = load_goal(folder) if wish.follows_plan else None
    return goal if goal is not None and goal.interview > day else None


def _said(options: "Mapping[str, Sequence[str | None]]") -> list[str]:
    """Return options as they were said on the command line."""
    return [f"--{name} {value}" for name, values in options.items() for value in values if value]


def _expect_consistent(wish: "Wish") -> None:
    """Refuse options of which one would do nothing beside the other."""
    chosen = [
        name
        for name, given in (
            ("named questions", wish.named),
            ("--weak", wish.weak),
            ("--failed", wish.failed),
            ("--cram", wish.cram),
        )
        if given
    ]
    if chosen and (wish.ahead or wish.new is not None):
        what = f"--ahead and --new choose among what is waiting, but {chosen[0]} are always asked"
        raise BadInput(what.replace("--weak are", "--weak cards are"), "leave out one or the other")
    if wish.weak and wish.failed:
        raise BadInput("--weak and --failed choose different cards", "leave one of them out")
    if wish.cram and wish.weak:
        raise BadInput("--cram asks the weakest first already", "leave out --weak")


def _expect_some(shelf: "Shelf") -> None:
    if shelf.is_empty():
        raise BadInput(
            "there is no such card to ask",
            "leave out --kind, --level, --topic, --tag or the names",
        )
