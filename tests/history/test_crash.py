"""What was acknowledged is there, whatever happens to the process afterwards."""

import os
import random
import signal
import subprocess
import sys
import time

from nnquiz.history.log import History

_ANSWER_FOR_EVER = """
import itertools, sys
from nnquiz.clock import now
from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.study.schedule import choices
sys.stdin.readline()
history = History.open(sys.argv[1])
for i in itertools.count():
    name = f"bank/question/{sys.argv[2]}-{i % 7}"
    card = Card(name, "bank/question", "explain", "", "")
    moment, before = now(4), history.state(name)
    after = choices(before, moment.day, 0.9)[i % 4]
    event = history.answer(card, before, after, moment=moment, day=moment.day, grade=i % 4 + 1,
                           seconds=1, retention=0.9)
    print(event.id, flush=True)
    if i == int(sys.argv[3]):
        break
"""


def start(path: str, name: str, last: int = -1) -> subprocess.Popen[str]:
    """Start somebody who answers without end, or up to a number."""
    return subprocess.Popen(
        [sys.executable, "-c", _ANSWER_FOR_EVER, path, name, str(last)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def begin(process: subprocess.Popen[str]) -> None:
    """Let a process go on that waits for its start."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_killed_at_any_moment_it_keeps_every_acknowledged_answer(path: str) -> None:
    """After SIGKILL each answer whose method returned is in the log, and the states agree."""
    chance = random.Random(3)
    acknowledged: list[str] = []
    for _ in range(6):
        process = start(path, "killed")
        assert process.stdout is not None
        begin(process)
        acknowledged.append(process.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.05))
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += process.stdout.read().split()  # what readline has buffered among it
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        with History.open(path) as history:
            kept = {event.id for event in history.events()}
            assert set(acknowledged) <= kept
            assert len(kept) <= len(acknowledged) + 6  # one a kill may be there unannounced
            assert history.verify() == []


def test_four_programs_at_once_lose_nothing(path: str) -> None:
    """Programs that make the log together and write to it together all get through."""
    processes = [start(path, str(number), last=14) for number in range(4)]
    for process in processes:
        begin(process)
    ids = [line for process in processes for line in process.communicate()[0].split()]
    assert [process.returncode for process in processes] == [0] * 4
    with History.open(path) as history:
        assert sorted(event.id for event in history.events()) == sorted(ids)
        assert len(ids) == 60
        assert history.verify() == []
