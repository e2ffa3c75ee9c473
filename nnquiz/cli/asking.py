"""Asks the cards of a drill: key by key on a terminal, or line by line without one."""

import os
import sys
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from nnquiz.study.sitting import Sitting
    from nnquiz.term.conversation import EditCard

INTERRUPTED = 130  # 128 + SIGINT, as shells count it

# Another nnquiz, by this interpreter, that finds what this one found, and nothing in the folder
# that a person happens to be in. In a process of its own, so that numpy is not imported here.
_EXAMPLE = """\
import sys
sys.path.append({folder!r})
from nnquiz.__main__ import main
main()
"""


def ask(
    sitting: "Sitting", screen: "Console", edit_card: "EditCard", *, plain: bool, typing: bool
) -> int:
    """Ask the cards, end with a summary and what could not be asked, and return the exit code."""
    from nnquiz.term import wording

    drawn = not plain and _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
    ask_all = _ask_on_screen if drawn and os.environ.get("TERM") != "dumb" else _ask_in_lines
    interrupted = ask_all(sitting, screen, edit_card, typing=typing)
    say(screen, wording.summary(sitting.summary()))
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


def say(console: "Console", lines: "Sequence[str]") -> None:
    """Print lines, folded to the window."""
    from rich.text import Text

    from nnquiz.term.flow import folded

    for line in lines:
        for row in folded(line, console.width) or [Text()]:
            console.print(row)
