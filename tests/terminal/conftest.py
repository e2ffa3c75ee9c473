"""The real program on a real pseudo-terminal, with a screen that can be read."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from nnquiz.history.log import History
from nnquiz.model.event import Event

NNQUIZ = [sys.executable, "-m", "nnquiz"]
PATIENCE = 15.0  # seconds; a test fails after that, and otherwise never waits for a clock


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which nothing of this machine's user shows."""
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "LANG", "LC_ALL"}}
    terminal = {"TERM": "xterm-256color", "PYTHONUTF8": "1"}
    return {**kept, **terminal, "HOME": str(home), "NNQUIZ_HOME": str(home), **more}


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which the bank is compiled, as it is from the second start on."""
    home = tmp_path_factory.mktemp("compiled")
    subprocess.run([*NNQUIZ, "due"], env=environment(home), check=True, capture_output=True)
    return home


DECK = """\
id: all
question: What does attention compute?
answer: {short: A weighted average of values., full: "First part.\\n\\nSecond part."}
key_points:
  - {id: average, point: A weighted average of values., weight: 3, accept: [weighted average]}
  - {id: weights, point: The weights come from a softmax., weight: 2, accept: [softmax weights]}
follow_ups:
  - {id: why, question: Why are scores scaled?, answer: Because their variance grows.}
cards:
  - id: pick
    kind: choice
    prompt: Which one?
    options: [{text: the right one, right: true, why: it is}, {text: the other, why: it is not}]
  - {id: pairs, kind: match, prompt: Match., pairs: {query: asks, key: offers}}
  - {id: gap, kind: cloze, text: "The weights come from a {{c1::softmax}}."}
  - {id: steps, kind: order, prompt: Put in order., items: [first, second, third]}
  - {id: sum, kind: numeric, problem: neuron_preactivation}
"""


@pytest.fixture(scope="session")
def compiled_deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which a deck with one card of each kind is compiled too."""
    home = tmp_path_factory.mktemp("deck")
    deck = home / "deck.yaml"
    deck.write_text(DECK, encoding="utf-8")
    more = {"NNQUIZ_BANK": str(deck)}
    subprocess.run([*NNQUIZ, "due"], env=environment(home, **more), check=True, capture_output=True)
    return home


@pytest.fixture
def deck(compiled_deck: Path, home: Path) -> dict[str, str]:
    """Let one's home have that deck; return the settings under which it is found."""
    shutil.rmtree(home / "cache")
    shutil.copytree(compiled_deck / "cache", home / "cache")
    return {"NNQUIZ_BANK": str(compiled_deck / "deck.yaml")}


@pytest.fixture
def home(compiled: Path, tmp_path: Path) -> Path:
    """Return a home of one's own, without a review log."""
    shutil.copytree(compiled / "cache", tmp_path / "home" / "cache")
    return tmp_path / "home"


class Terminal:
    """A program on a pseudo-terminal, and the screen it has drawn."""

    def __init__(
        self, command: list[str], home: Path, columns: int = 80, rows: int = 40, **more: str
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=2000)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            env=environment(home, **more),
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )
        self.child.delaybeforesend = None

    def send(self, keys: str) -> None:
        """Type keys, all at once."""
        self.child.send(keys)

    def read(self, seconds: float = 0.05) -> None:
        """Draw what the program has written within a moment."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                written = self.child.read_nonblocking(65536, timeout=left)
            except pexpect.TIMEOUT:
                return
            except pexpect.EOF:
                return
            self.raw += written
            self._stream.feed(written)

    @property
    def lines(self) -> list[str]:
        """The lines on the screen, without blanks at their ends."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    def wait(self, condition: str | Callable[[], bool]) -> None:
        """Wait until the screen shows a text, or a condition holds."""
        end = time.monotonic() + PATIENCE
        while not (condition in self.text if isinstance(condition, str) else condition()):
            assert time.monotonic() < end, f"waited for {condition!r} in:\n{self.text}"
            self.read()

    def end(self) -> int:
        """Wait for the program's end and return its exit code, as shells count it."""
        end = time.monotonic() + PATIENCE
        while self.child.isalive():
            assert time.monotonic() < end, f"still running:\n{self.text}"
            self.read()
        self.read()
        self.child.close()
        if self.child.signalstatus is not None:
            return 128 + int(self.child.signalstatus)
        return int(self.child.exitstatus)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)


Start = Callable[..., Terminal]


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Return a function that starts `nnquiz drill` with arguments on a terminal of its own."""
    started = []

    def starter(*arguments: str, command: list[str] | None = None, **settings: object) -> Terminal:
        terminal = Terminal(command or [*NNQUIZ, "drill", *arguments], home, **settings)  # type: ignore[arg-type]
        started.append(terminal)
        return terminal

    yield starter
    for terminal in started:
        terminal.child.close(force=True)


@pytest.fixture
def drill(home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs `nnquiz drill` with lines on standard input."""

    def run(
        *arguments: str, typed: str | bytes = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        raw = typed.encode() if isinstance(typed, str) else typed
        done = subprocess.run(
            [sys.executable, "-m", "nnquiz", "drill", *arguments],
            input=raw,
            capture_output=True,
            check=False,
            env={**os.environ, "NNQUIZ_HOME": str(home), "COLUMNS": "80", **more},
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


def events(home: Path) -> list[Event]:
    """Return what the review log holds."""
    with History.open(str(home / "history.db")) as log:
        return list(log.events())


@pytest.fixture
def recorded(home: Path) -> Callable[[], list[Event]]:
    """Return a function that reads the review log."""
    return lambda: events(home)
