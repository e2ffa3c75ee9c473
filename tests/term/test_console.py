"""The console for standard output, in the program itself and on a real terminal."""

import os
import subprocess
import sys

import pexpect
import pytest

PROBE = (
    "from nnquiz.term.console import console, is_piped; from rich.text import Text;"
    "c = console(); c.print(Text('[b]:smile: 12 ') + Text('red', 'bold red') + Text('x' * 90));"
    "print(c.width, c.color_system, is_piped())"
)
CLEAN = {
    name: value
    for name, value in os.environ.items()
    if name not in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "COLORTERM")
}


def piped(**environment: str) -> list[str]:
    """Run the probe with its output in a pipe, and return its lines."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env={**CLEAN, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def on_a_terminal(columns: int, **environment: str) -> str:
    """Run the probe on a pseudo-terminal of that width, and return what it sent."""
    return str(
        pexpect.run(
            f'{sys.executable} -c "{PROBE}"',
            env={**CLEAN, **environment},
            encoding="utf-8",
            dimensions=(24, columns),
        )
    )


@pytest.mark.parametrize(
    ("environment", "width"),
    [({}, 80), ({"COLUMNS": "57"}, 57), ({"COLUMNS": "many"}, 80), ({"COLUMNS": "0"}, 80)],
)
def test_a_pipe_is_80_cells_wide_and_plain(environment: dict[str, str], width: int) -> None:
    """Without a terminal there is no colour, no folding, no markup, and 80 cells unless told."""
    text, facts = piped(**environment)
    assert text == "[b]:smile: 12 red" + "x" * 90
    assert facts == f"{width} None True"


def test_colour_can_be_forced_through_a_pipe() -> None:
    """FORCE_COLOR colours what goes into a pager."""
    assert "\x1b[1;31mred" in piped(FORCE_COLOR="1", TERM="xterm-256color")[0]


def test_a_terminal_has_its_own_width_and_colour() -> None:
    """On a terminal the window decides, and COLUMNS above it."""
    sent = on_a_terminal(63, TERM="xterm-256color")
    assert "\x1b[1;31mred" in sent
    assert "63 256 False" in sent
    assert "50 256 False" in on_a_terminal(63, TERM="xterm-256color", COLUMNS="50")


def test_no_color_keeps_weights_and_drops_colours() -> None:
    """NO_COLOR leaves bold, which is no colour."""
    sent = on_a_terminal(63, TERM="xterm-256color", NO_COLOR="1")
    assert "\x1b[1mred" in sent


def test_a_dumb_terminal_gets_no_escape_sequences() -> None:
    """TERM=dumb is obeyed, with the window's true width."""
    sent = on_a_terminal(63, TERM="dumb")
    assert "\x1b" not in sent
    assert "63 None False" in sent
