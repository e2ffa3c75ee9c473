"""`nnquiz drill`: what is waiting, on a terminal or line by line."""

import os
import sys
from functools import partial
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from nnquiz.cli.banks import tags, topics
from nnquiz.cli.kinds import chosen_kinds, kind_names
from nnquiz.cli.show import names_of_questions
from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from nnquiz.bank.index import Index
    from nnquiz.model.card import Card
    from nnquiz.study.agenda import Agenda
    from nnquiz.study.sitting import Sitting

INTERRUPTED = 130  # 128 + SIGINT, as shells count it

_GREETING = (
    "Welcome. Choose some answers, type some, and say the others aloud; then grade yourself.",
    "Every answer is saved at once; ? lists the keys, and q ends whenever you have had enough.",
)
_ALL_SET_ASIDE = ("All cards of these questions are set aside for today.",)
_ANY_TIME = 36500  # days ahead: all that was ever begun

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
    from nnquiz.clock import now
    from nnquiz.config.load import load_settings
    from nnquiz.history.log import History
    from nnquiz.paths import locate
    from nnquiz.study.agenda import RECENT_EVENTS, make_agenda
    from nnquiz.study.queue import line_up
    from nnquiz.study.sitting import Sitting
    from nnquiz.term.console import console

    if names and (ahead or new is not None):
        raise BadInput(
            "--ahead and --new choose among what is waiting, but named questions are always asked",
            "leave out either the options or the names",
        )
    kinds = chosen_kinds(kind)
    given = (("--topic", [topic]), ("--tag", [tag]), ("--kind", kind or []))
    filters = [f"{option} {value}" for option, values in given for value in values if value]
    paths = locate(os.environ)
    settings = load_settings(paths.config, os.environ)
    clock, screen = partial(now, settings.rollover), console()
    with Index.open(paths) as index, History.open(paths.history) as log:
        for warning in index.warnings:
            sys.stderr.write(f"{warning}\n")
        cards = _candidates(index, names or [], topic, tag, kinds)
        states, recent, day = log.states(), log.recent(RECENT_EVENTS), clock().day
        if names:
            new, ahead = len(cards), _ANY_TIME
        agenda = make_agenda(cards, states, recent, day, settings, new=new, ahead=ahead)
        order = line_up(agenda.waiting, limit)
        if not order:
            _say(screen, _ALL_SET_ASIDE if names else _nothing_due(agenda, day, filters))
            return 0
        opening = [*(() if states else _GREETING), *(() if names else [_waiting(agenda, order)])]
        _say(screen, [*opening, ""] if opening else [])
        retention = settings.retention
        sitting = Sitting(order, states, bank=index, log=log, clock=clock, retention=retention)
        code = _ask(sitting, screen, plain=plain, typing=not no_typing)
        for fault in sitting.faults:
            sys.stderr.write(f"{fault}\n")
        return code


def _candidates(
    index: "Index",
    names: "Sequence[str]",
    topic: str | None,
    tag: str | None,
    kinds: "Sequence[str]",
) -> "list[Card]":
    """Return the cards to choose from: those of the named questions in that order, or all."""
    questions = list(dict.fromkeys(index.resolve(name) for name in names))
    cards = index.cards(questions=questions or None, topic=topic, tag=tag, kinds=kinds)
    if not cards:
        raise BadInput(
            "there is no such card to ask", "leave out --kind, --topic, --tag or the names"
        )
    if questions:
        cards.sort(key=lambda card: questions.index(card.question))
    return cards


def _waiting(agenda: "Agenda", order: "Sequence[Card]") -> str:
    """Say what is waiting, and how much of it is asked now where that is less."""
    from nnquiz.term import wording

    reviews, new = agenda.waiting.reviews, len(agenda.waiting.new)
    line = wording.waiting(reviews, new, agenda.seconds)
    return line if len(order) == reviews + new else f"{line}; {len(order)} of them now"


def _nothing_due(agenda: "Agenda", today: int, filters: "Sequence[str]") -> list[str]:
    """Say when something is due next, and how to study now all the same."""
    from nnquiz.term import wording

    command = " ".join(["nnquiz drill", *filters])
    lines = ["Nothing is due."]
    if agenda.next_due is not None:
        days = agenda.next_due - today
        when = wording.when(agenda.next_due, today)
        lines += [f"The next card is due {when}. To ask it now:", f"{command} --ahead {days}"]
    if agenda.held_back:
        new = wording.count(agenda.held_back, "new card")
        lines += [f"{new} for the next days. To begin some now:", f"{command} --new 5"]
    return lines


def _ask(sitting: "Sitting", screen: "Console", *, plain: bool, typing: bool) -> int:
    """Ask the cards, end with a summary, and return the exit code."""
    from nnquiz.term import wording

    drawn = not plain and _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
    ask = _ask_on_screen if drawn and os.environ.get("TERM") != "dumb" else _ask_in_lines
    interrupted = ask(sitting, screen, typing=typing)
    _say(screen, wording.summary(sitting.summary()))
    return INTERRUPTED if interrupted else 0


def _ask_on_screen(sitting: "Sitting", console: "Console", *, typing: bool) -> bool:
    """Ask key by key; return whether Ctrl-C ended it."""
    from nnquiz.term.drill import Screen
    from nnquiz.term.keys import open_keys
    from nnquiz.term.page import Page

    with open_keys() as keys:
        screen = Screen(sitting, Page(console), keys, _run_examples, typing=typing)
        screen.run()
    return screen.interrupted


def _ask_in_lines(sitting: "Sitting", console: "Console", *, typing: bool) -> bool:
    """Ask line by line; return whether Ctrl-C ended it."""
    from nnquiz.term.plain import Lines

    try:
        Lines(sitting, console, _standard_input(), _run_examples, typing=typing).run()
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
