"""What the README shows is made here, by running the commands: `cog -r -I docs README.md`.

Pictures are real sessions on a pseudo-terminal, drawn from the cells of its screen.
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pexpect
import pyte
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
COLUMNS, ROWS = 80, 48  # higher than most windows, so that a whole card is in the picture
# What rich and pyte call the same thing.
_STYLES = {"bold": "bold", "italic": "italics", "underline": "underscore", "reverse": "reverse"}
HIGHEST = 500  # rows of a window that holds all that a command prints
_home = tempfile.TemporaryDirectory()


def _environment() -> dict[str, str]:
    """Return an environment in which every run looks the same, on every machine."""
    return {
        "COLUMNS": str(COLUMNS),
        "HOME": _home.name,
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "TZ": "UTC",
        "PYTHONUTF8": "1",
    }


def shell(command: str, last: int | None = None, typed: str = "") -> str:
    """Run `nnquiz ...`, type something to it, and return the first lines as a console block."""
    program = [sys.executable, "-m", *command.split()]
    result = subprocess.run(
        program,
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
        cwd=ROOT,
        input=typed,
    )
    lines = _anywhere(result.stdout + result.stderr).rstrip().splitlines()
    shown = f'echo "{typed}" | {command}' if typed else command
    cut = ["..."] if last is not None and last < len(lines) else []
    return "\n".join(["```console", f"$ {shown}", *lines[:last], *cut, "```"])


def _anywhere(output: str) -> str:
    """Return output as it would look in anybody's home."""
    return output.replace(_home.name, "/home/you").replace(str(ROOT), "/home/you/nnquiz")


def drill(keys: str) -> pyte.Screen:
    """Play `keys` to a drill on a terminal, one after another; return its screen."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "nnquiz", "drill", "attention"],
        env=_environment(),
        cwd=str(ROOT),
        dimensions=(ROWS, COLUMNS),
    )
    stream.feed(child.read_nonblocking(1, timeout=60))
    _drain(child, stream)
    for key in keys:
        child.send(key)
        _drain(child, stream)
    child.terminate(force=True)
    return screen


def _drain(child: "pexpect.spawn[bytes]", stream: pyte.ByteStream) -> None:
    """Feed the screen until nothing has come for a while: the program waits for a key."""
    quiet = 1.0
    while True:
        try:
            stream.feed(child.read_nonblocking(65536, timeout=quiet))
        except (pexpect.TIMEOUT, pexpect.EOF):
            return


def picture(name: str, keys: str) -> str:
    """Draw the drill's screen after `keys` into docs/`name`; return the Markdown that shows it."""
    screen = drill(keys)
    rows = range(_last_row(screen) + 1)
    about = "nnquiz drill: a card is answered, and its reason is shown"
    return _svg(name, screen, rows, "nnquiz drill", about)


def printed(name: str, command: str, about: str, *, first: str = "", last: str = "") -> str:
    """Draw what `nnquiz ...` prints in a window into docs/`name`; return the Markdown for it.

    Args:
        name: of the picture.
        command: what is run.
        about: what is to be seen, for whoever sees no pictures.
        first: how the line begins that is the first one shown; the first of all without it.
        last: likewise for the first line that is not shown any more.
    """
    screen = pyte.Screen(COLUMNS, HIGHEST)
    stream = pyte.ByteStream(screen)
    child = pexpect.spawn(
        sys.executable,
        ["-m", *command.split()],
        env=_environment(),
        cwd=str(ROOT),
        dimensions=(HIGHEST, COLUMNS),
        timeout=60,
    )
    stream.feed(child.read())
    child.close()
    lines = screen.display
    start = next(row for row, line in enumerate(lines) if line.startswith(first))
    end = _last_row(screen) + 1
    if last:
        end = next(row for row in range(start, end) if lines[row].startswith(last))
    while not lines[end - 1].strip():
        end -= 1
    return _svg(name, screen, range(start, end), command, about)


def _svg(name: str, screen: pyte.Screen, rows: range, title: str, about: str) -> str:
    """Draw rows of a screen into docs/`name`."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    for row in rows:
        console.print(_row(screen, row), no_wrap=True, overflow="crop")
    console.save_svg(str(ROOT / "docs" / name), title=title, unique_id="nnquiz")
    return f"![{about}](docs/{name})"


def _last_row(screen: pyte.Screen) -> int:
    """Return the last row with anything on it."""
    return max(row for row, line in enumerate(screen.display) if line.strip())


def _row(screen: pyte.Screen, row: int) -> Text:
    """Return one row of the screen with its colours."""
    text = Text()
    for column in range(screen.columns):
        cell = screen.buffer[row][column]
        style = [word for word, name in _STYLES.items() if getattr(cell, name)]
        style += [_colour(cell.fg)] if cell.fg != "default" else []
        style += [f"on {_colour(cell.bg)}"] if cell.bg != "default" else []
        text.append(cell.data, " ".join(style) or None)
    text.rstrip()
    return text


def _colour(name: str) -> str:
    """Return a colour of a screen by the name that rich has for it."""
    is_hex = len(name) == 6 and all(letter in "0123456789abcdef" for letter in name)
    return f"#{name}" if is_hex else {"brown": "yellow"}.get(name, name)


def broken_bank() -> str:
    """Check a bank with the usual mistakes in it and return what is said about them."""
    text = (
        "questions:\n"
        "  - id: residual\n"
        "    question: Why do residual connections help?\n"
        '    answer: "The gradient of $x + \\\\fraq{1}{2}$ has a direct path."\n'
        "    topc: training\n"
        "    tags: [no, depth]\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        program = [sys.executable, "-m", "nnquiz", "check", "mine.yaml"]
        result = subprocess.run(
            program, capture_output=True, text=True, check=False, env=_environment(), cwd=folder
        )
    output = (result.stdout + result.stderr).rstrip()
    return f"```console\n$ nnquiz check mine.yaml\n{output}\n```"
