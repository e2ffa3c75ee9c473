"""How long a worked example takes, beside an interpreter that imports numpy and rich's tables.

`python -m benchmarks.examples` runs every example of the catalogue as a person does, on a
pseudo-terminal, in one interleaved run with the baseline, and prints the median ratio of each
beside its limit. Then all of them run in one process, which is a matter of seconds. Exit status 1
if a limit is missed.
"""

import argparse
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence

from benchmarks.startup import BASELINES, DRAWING, Promise, ratios, report, script
from nnquiz.examples.catalogue import ENTRIES

LIMIT = 1.35
ITERATING_LIMIT = 1.6
ITERATING = frozenset({"optimizer-race", "conditioning", "why-sqrt-dk"})  # loops of many steps
TOGETHER_LIMIT = 1.5  # seconds, for all of them in one process, imports and drawing included
TOGETHER = """
import sys
from nnquiz.cli.program import run
from nnquiz.examples.catalogue import ENTRIES
sys.exit(any(run(["run-example", entry.name]) for entry in ENTRIES))
"""


def on_a_terminal(*command: str) -> Callable[[], float]:
    """Return a clock that times a command whose output goes to a pseudo-terminal."""

    def measure() -> float:
        terminal, screen = pty.openpty()
        reader = threading.Thread(target=_drain, args=(terminal,))
        reader.start()
        start = time.perf_counter()
        try:
            subprocess.run(command, stdin=screen, stdout=screen, check=True)
            return time.perf_counter() - start
        finally:
            os.close(screen)
            reader.join()
            os.close(terminal)

    return measure


def _drain(terminal: int) -> None:
    """Read what is printed, so that the writer never waits, until the other end is closed."""
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:  # how Linux says so
        pass


def promises(names: Sequence[str]) -> tuple[Promise, ...]:
    """Return what is promised of each example."""
    return tuple(
        Promise(
            name,
            DRAWING,
            ITERATING_LIMIT if name in ITERATING else LIMIT,
            on_a_terminal(script(), "run-example", name),
        )
        for name in names
    )


def beside_the_baseline(rounds: int, wanted: Sequence[Promise]) -> dict[str, list[float]]:
    """Return every example's ratios, each to a baseline that was measured right before it.

    A round takes long enough for a machine to change its speed on the way.
    """
    found: dict[str, list[float]] = {promise.name: [] for promise in wanted}
    for _ in range(rounds):
        for promise in wanted:
            found[promise.name] += ratios(1, [promise])[promise.name]
    return found


def together(rounds: int) -> bool:
    """Print how long all examples take in one process; return whether the limit was kept."""
    measure = on_a_terminal(sys.executable, "-c", TOGETHER)
    times = [(measure(), BASELINES[DRAWING]()) for _ in range(rounds)]
    median = statistics.median(seconds for seconds, _ in times)
    base = statistics.median(seconds for _, seconds in times)
    kept = median <= TOGETHER_LIMIT
    print(
        f"all {len(ENTRIES)} in one process: {median:.2f} s, limit {TOGETHER_LIMIT:.2f} s, "
        f"{median / base:.1f} times the baseline{'' if kept else '  MISSED'}"
    )
    return kept


def main() -> int:
    """Measure in a home of its own, after one round that is not counted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="interleaved rounds (9)")
    parser.add_argument("names", nargs="*", metavar="NAME", help="examples; without any, all")
    arguments = parser.parse_args()
    wanted = promises(arguments.names or [entry.name for entry in ENTRIES])
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(NNQUIZ_HOME=home, TERM="xterm-256color", COLUMNS="80", LINES="24")
        # An installed program has its bytecode compiled already; one that is measured here too.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        beside_the_baseline(1, wanted)
        kept = report(beside_the_baseline(arguments.rounds, wanted), wanted)
        print(f"\nmeasured against {DRAWING}")
        return 0 if together(arguments.rounds) and kept else 1


if __name__ == "__main__":
    sys.exit(main())
