"""Kills drills at random moments, and looks whether anything that was acknowledged is lost.

`python -m benchmarks.crash 200` starts the real program on a pseudo-terminal so many times over
one and the same log, answers, takes back and sets aside by keys, and ends it with SIGKILL at a
random moment. What the screen had said to be done by then has to be in the log, the log has to
agree with its states, and the next start has to work. Exit status 1 at the first loss.
"""

import argparse
import os
import pty
import random
import re
import select
import signal
import sys
import tempfile
import time
from collections import Counter

from nnquiz.history.log import History
from nnquiz.paths import locate

READY = b" left"  # the end of the footer below a card
# What the screen says once something is in the log, and the kind of record that it then has.
SAID = {
    "review": re.compile(rb"(?:Again|Hard|Good|Easy): (?:back|comes again)"),
    "undo": re.compile(rb"(?:Taken back|Stands again):"),
    "bury": re.compile(rb"Buried until tomorrow"),
}
DRILL = ("nnquiz", "drill", "--new", "9999", "--ahead", "36500", "--no-typing")
KEYS = (b" 3", b" 3", b" 1", b" 4", b" 2", b"u", b"U", b"b")
LONGEST = 0.6  # seconds of drilling before the kill
PATIENCE = 30.0


def drill_and_kill(chance: random.Random) -> Counter[str]:
    """Drill for a random time, kill, and return how many of each kind were acknowledged."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", *DRILL])
    seen = bytearray()
    try:
        _read_until_ready(terminal, seen)
        end = time.monotonic() + chance.uniform(0, LONGEST)
        while time.monotonic() < end:
            os.write(terminal, chance.choice(KEYS))
            _read(terminal, seen, chance.uniform(0, 0.04))
    finally:
        os.kill(child, signal.SIGKILL)
        _read(terminal, seen, 0.05)  # what it had written before it died
        os.waitpid(child, 0)
        os.close(terminal)
    return Counter({kind: len(said.findall(seen)) for kind, said in SAID.items()})


def _read_until_ready(terminal: int, seen: bytearray) -> None:
    end = time.monotonic() + PATIENCE
    while READY not in seen:
        if time.monotonic() > end:
            message = f"no card came; the screen has {bytes(seen[-400:])!r}"
            raise TimeoutError(message)
        _read(terminal, seen, 0.1)


def _read(terminal: int, seen: bytearray, seconds: float) -> None:
    """Collect what is written within some seconds, or until the terminal is gone."""
    end = time.monotonic() + seconds
    while True:
        ready, _, _ = select.select([terminal], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return
        try:
            written = os.read(terminal, 65536)
        except OSError:
            return
        if not written:
            return
        seen += written


def lost(acknowledged: Counter[str]) -> str:
    """Say what is missing from the log, or does not agree; nothing where all is well."""
    with History.open(locate(os.environ).history) as log:
        kept = Counter(event.kind for event in log.events())
        missing = acknowledged - kept
        if missing:
            return f"acknowledged but not in the log: {dict(missing)}"
        differences = log.verify()
        return f"{len(differences)} states differ from the log" if differences else ""


def main() -> int:
    """Kill as often as asked, and tell what was kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, acknowledged = random.Random(given.seed), Counter[str]()  # noqa: S311 -- no secret
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(NNQUIZ_HOME=home, TERM="xterm-256color")
        for number in range(1, given.kills + 1):
            acknowledged += drill_and_kill(chance)
            problem = lost(acknowledged)
            if problem:
                print(f"kill {number}: {problem}")
                return 1
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(acknowledged.items()))
    print(f"{given.kills} kills: everything acknowledged is there ({said}), and the states agree")
    return 0


if __name__ == "__main__":
    sys.exit(main())
