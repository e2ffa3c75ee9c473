"""`nnquiz drill`: what is waiting, on a terminal or line by line."""

import os
import sys
from functools import partial
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from nnquiz.cli.banks import levels, tags, topics
from nnquiz.cli.kinds import chosen_kinds, kind_names
from nnquiz.cli.show import names_of_questions
from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from nnquiz.bank.shelf import Shelf
    from nnquiz.model.goal import Goal
    from nnquiz.study.agenda import Outlook
    from nnquiz.study.selection import Selection, Wish
    from nnquiz.study.sitting import Sitting
    from nnquiz.term.conversation import EditCard

INTERRUPTED = 130  # 128 + SIGINT, as shells count it

_GREETING = (
    "Welcome. Choose some answers, type some, and say the others aloud; then grade yourself.",
    "Every answer is saved at once; ? lists the keys, and q ends whenever you have had enough.",
)
_ALL_SET_ASIDE = ("All cards of these questions are set aside for today.",)
_NONE_FAILED = ("No answer of today was Again.",)
_NONE_BEGUN = ("No card has been begun yet; `nnquiz drill` begins some.",)

# Another nnquiz, by this interpreter, that finds what this one found, and nothing in the folder
# that a person happens to be in. In a process of its own, so that numpy is not imported here.
_EXAMPLE = """\
import sys
sys.path.append({folder!r})
from nnquiz.__main__ import main
main()
"""


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
    from nnquiz.cli.editor import Workshop
    from nnquiz.clock import now
    from nnquiz.config.load import load_settings
    from nnquiz.history.log import History
    from nnquiz.paths import locate
    from nnquiz.study.agenda import RECENT_EVENTS, look_ahead
    from nnquiz.study.selection import Wish, select
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
        recent, day = log.recent(RECENT_EVENTS), clock().day
        begin = partial(Sitting, bank=index, log=log, clock=clock, retention=settings.retention)
        opening = [] if recent else list(_GREETING)
        if (goal := _goal(paths.config, wish, day)) is not None:
            from nnquiz.cli.planned_drill import PlannedDrill

            planned = PlannedDrill(wish, goal, index, log, day)
            queue = planned.queue(shelf, paths)
            if queue is None:
                _say(screen, planned.why_not())
                return 0
            _say(screen, [*opening, planned.announcement(queue), ""])
            sitting = begin(queue, dict(planned.campaign.states))
            return _ask(sitting, screen, workshop.edit, plain=plain, typing=not no_typing)
        today = log.today(day)
        chosen = select(wish, shelf, today, recent=recent, states=log.states_of, settings=settings)
        if not chosen.order:
            if chosen.agenda is None:
                _say(screen, _NONE_FAILED if failed else _NONE_BEGUN)
            elif names:
                _say(screen, _ALL_SET_ASIDE)
            else:
                outlook = look_ahead(shelf, today, settings, chosen.agenda)
                _say(screen, _nothing_due(outlook, day, filters))
            return 0
        if chosen.agenda is not None and not names:
            opening += _waiting(chosen, settings.minutes)
        _say(screen, [*opening, ""] if opening else [])
        states = log.states_of([card.id for card in chosen.order])
        sitting = begin(chosen.order, states, minutes=minutes, cram=cram)
        return _ask(sitting, screen, workshop.edit, plain=plain, typing=not no_typing)


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
    if next(shelf.introduced(), None) is None:
        raise BadInput(
            "there is no such card to ask",
            "leave out --kind, --level, --topic, --tag or the names",
        )


def _waiting(chosen: "Selection", minutes: int) -> list[str]:
    """Say what is waiting, and how much of it is asked now where that is less."""
    from nnquiz.term import wording

    agenda, asked = chosen.agenda, len(chosen.order)
    assert agenda is not None  # noqa: S101 -- for mypy: what is waiting was looked at
    new = len(agenda.waiting.new)
    line = wording.waiting(agenda.reviews, new, agenda.seconds)
    if chosen.tonight is not None and chosen.tonight <= asked:
        elsewhere = wording.waiting_elsewhere(minutes, chosen.tonight, helping=chosen.helping)
        return [line, elsewhere]
    return [line if asked >= agenda.reviews + new else f"{line}; {asked} of them now"]


def _nothing_due(outlook: "Outlook", today: int, filters: "Sequence[str]") -> list[str]:
    """Say when something is due next, and how to study now all the same."""
    from nnquiz.term import wording

    command = " ".join(["nnquiz drill", *filters])
    lines = ["Nothing is due."]
    if outlook.next_due is not None:
        when = wording.when(outlook.next_due, today)
        lines += [f"The next card is due {when}. To go over the weakest now:", f"{command} --weak"]
    if outlook.held_back:
        new = wording.count(outlook.held_back, "new card")
        lines += [f"{new} for the next days. To begin some now:", f"{command} --new 5"]
    return lines


def _ask(
    sitting: "Sitting", screen: "Console", edit_card: "EditCard", *, plain: bool, typing: bool
) -> int:
    """Ask the cards, end with a summary and what could not be asked, and return the exit code."""
    from nnquiz.term import wording

    drawn = not plain and _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
    ask = _ask_on_screen if drawn and os.environ.get("TERM") != "dumb" else _ask_in_lines
    interrupted = ask(sitting, screen, edit_card, typing=typing)
    _say(screen, wording.summary(sitting.summary()))
    for fault in sitting.faults:
        sys.stderr.write(f"{fault}\n")
    return INTERRUPTED if interrupted else 0


def _ask_on_screen(
    sitting: "Sitting", console: "Console", edit_card: "EditCard", *, typing: bool
) -> bool:
    """Ask key by key; return whether Ctrl-C ended it."""
    from nnquiz.term.console import form_of
    from nnquiz.term.drill import Screen
    from nnquiz.term.keys import open_keys
    from nnquiz.term.page import Page

    with open_keys() as keys:
        screen = Screen(
            sitting,
            Page(console, form_of(console)),
            keys,
            _run_examples,
            edit_card=edit_card,
            typing=typing,
        )
        screen.run()
    return screen.interrupted


def _ask_in_lines(
    sitting: "Sitting", console: "Console", edit_card: "EditCard", *, typing: bool
) -> bool:
    """Ask line by line; return whether Ctrl-C ended it. To edit, the lines must be typed."""
    from nnquiz.term.console import form_of
    from nnquiz.term.plain import Lines

    edit = edit_card if _is_terminal(sys.stdin) else None
    try:
        Lines(
            sitting,
            console,
            _standard_input(),
            _run_examples,
            edit_card=edit,
            typing=typing,
            form=form_of(console),
        ).run()
    except KeyboardInterrupt:
        console.print()
        return True
    return False


def _standard_input() -> TextIO:
    """Return the lines of standard input; none where it was closed, and any bytes read as text."""
    if sys.stdin is None:
        return StringIO()
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _run_examples(names: "Sequence[str]") -> None:
    """Print worked examples, each in a process of its own."""
    import subprocess

    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    code = _EXAMPLE.format(folder=os.path.dirname(folder))
    for name in names:
        command = [sys.executable, "-P", "-c", code, "run-example", name]
        subprocess.run(command, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 -- our own


def _say(console: "Console", lines: "Sequence[str]") -> None:
    from rich.text import Text

    from nnquiz.term.flow import folded

    for line in lines:
        for row in folded(line, console.width) or [Text()]:
            console.print(row)
