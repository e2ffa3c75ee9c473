"""How long a person waits before anything happens, as ratios to a bare interpreter.

`python -m benchmarks.startup` runs every command in turn, round after round, so that a machine
whose speed drifts slows all of them alike; it prints the median of each command's ratio to the
baseline of the same round, beside the limit from docs/design.md. Exit status 1 if one is missed.
"""

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

FIRST_CARD = b"space"  # the footer below the first question: the screen is ready for a key
BARE = "python -c pass"
DRAWING = 'python -c "import numpy, rich.console, rich.table"'


@dataclass(frozen=True, slots=True)
class Promise:
    """A command, what it is compared with, and the ratio that it must not pass."""

    name: str
    against: str
    limit: float
    seconds: Callable[[], float]


def whole_process(*arguments: str) -> Callable[[], float]:
    """Return a clock that times this interpreter with `arguments`, from start to exit."""

    def measure() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start

    return measure


def nnquiz(*arguments: str) -> Callable[[], float]:
    """Return a clock that times the installed console script, as a person starts it."""

    def measure() -> float:
        start = time.perf_counter()
        subprocess.run([script(), *arguments], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start

    return measure


def first_card() -> float:
    """Return the seconds from starting a drill on a pseudo-terminal to its first card."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execv(script(), ["nnquiz", "drill"])
    seen = b""
    try:
        while FIRST_CARD not in seen:
            ready, _, _ = select.select([terminal], [], [], 30)
            if not ready:
                raise TimeoutError("the first card did not come within 30 s")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - start
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)


def script() -> str:
    """Return the path of the installed console script."""
    return os.path.join(os.path.dirname(sys.executable), "nnquiz")


BASELINES = {
    BARE: whole_process("-c", "pass"),
    DRAWING: whole_process("-c", "import numpy, rich.console, rich.table"),
}
PROMISES = (
    Promise("nnquiz --version", BARE, 2.2, nnquiz("--version")),
    Promise("nnquiz --help", BARE, 6.5, nnquiz("--help")),
    Promise("nnquiz list --json", BARE, 6.5, nnquiz("list", "--json")),
    Promise("nnquiz show 12", BARE, 10.0, nnquiz("show", "12")),
    Promise("first card of nnquiz drill", BARE, 10.0, first_card),
    Promise("nnquiz run-example attention", DRAWING, 1.35, nnquiz("run-example", "attention")),
)


def ratios(rounds: int, promises: Sequence[Promise] = PROMISES) -> dict[str, list[float]]:
    """Return every promise's ratios to its baseline, one a round."""
    found: dict[str, list[float]] = {promise.name: [] for promise in promises}
    for _ in range(rounds):
        base = {name: seconds() for name, seconds in BASELINES.items()}
        for promise in promises:
            found[promise.name].append(promise.seconds() / base[promise.against])
    return found


def report(found: dict[str, list[float]], promises: Sequence[Promise] = PROMISES) -> bool:
    """Print a line a promise; return whether all of them were kept."""
    kept = True
    print(f"{'command':32}{'limit':>7}{'median':>8}{'lowest':>8}{'highest':>9}")
    for promise in promises:
        values = found[promise.name]
        median = statistics.median(values)
        kept = kept and median <= promise.limit
        mark = "" if median <= promise.limit else "  MISSED"
        print(
            f"{promise.name:32}{promise.limit:>7.2f}{median:>8.2f}"
            f"{min(values):>8.2f}{max(values):>9.2f}{mark}"
        )
    return kept


def main() -> int:
    """Measure in a home of its own, after one round that is not counted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=25, help="interleaved rounds (25)")
    parser.add_argument(
        "--cards", type=int, default=0, help="beside a bank of so many cards, all of them reviewed"
    )
    given = parser.parse_args()
    rounds = given.rounds
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(NNQUIZ_HOME=home, TERM="xterm-256color")
        # An installed program has its bytecode compiled already; one that is measured here too.
        for name in ("NNQUIZ_BANK", "PYTHONDONTWRITEBYTECODE"):
            os.environ.pop(name, None)
        if given.cards:
            from benchmarks.scale_deck import fill_log, make_home

            fill_log(make_home(Path(home), given.cards), seed=given.cards)
        ratios(1)
        kept = report(ratios(rounds))
        print(f"\nnnquiz run-example is measured against {DRAWING}, the rest against {BARE}.")
        return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
