"""What a drill can be asked to ask, played with the real program."""

import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nnquiz.history.log import History
from nnquiz.model.event import CRAM, REVIEW, Event

Recorded = Callable[[], list[Event]]
Start = Callable[..., Any]
Run = Callable[..., subprocess.CompletedProcess[str]]


def given(home: Path, cards: list[str], grade: int = 3, days: int = 60) -> None:
    """Put an answer of so many days ago into the log for each of the cards."""
    day = date.today().toordinal() - days
    time = 1_700_000_000_000
    with History.open(str(home / "history.db")) as log:
        log.merge(
            Event(f"{days:03}-{at}", REVIEW, card, time + at, time, 0, day, "d", "m", grade=grade,
                  seconds=12.0, retention=0.9)
            for at, card in enumerate(cards)
        )  # fmt: skip


NAMES = ("neuron", "dense-vs-conv", "batch-norm", "architecture", "optimizers")
EXPLAINED = [f"nnquiz/{name}/explain" for name in NAMES]


def test_cram_on_a_terminal_promises_no_interval(start: Start, recorded: Recorded) -> None:
    """The buttons carry grades alone, the outcome and the summary say that nothing changed."""
    terminal = start("attention", "--kind", "explain", "--cram")
    terminal.wait("Question 12")
    terminal.send(" ")
    terminal.wait("3 Good")
    assert not re.search(r"Good: \d+ d", terminal.text)
    terminal.send("3")
    terminal.wait("Good: the schedule stays as it is")
    terminal.send("q")
    assert terminal.end() == 0
    assert "The schedule is as it was before." in terminal.text
    assert [event.kind for event in recorded()] == [CRAM]


def test_what_failed_today_can_be_asked_alone(drill: Run) -> None:
    """`--failed` asks the cards of today's Again answers, and says so where there are none."""
    assert "No answer of today was Again." in drill("--failed").stdout
    drill("1", "--kind", "explain", typed="\n1\nq\n")
    done = drill("--failed", typed="q\n")
    assert "Question 1 · explain" in done.stdout
    assert "1 left" in done.stdout


def test_the_weakest_are_asked_though_not_due(drill: Run, home: Path) -> None:
    """`--weak` asks what was begun, the weakest first, and nothing new."""
    assert "No card has been begun yet" in drill("--weak").stdout
    given(home, EXPLAINED[:1], days=2)
    given(home, EXPLAINED[1:3], days=1)
    done = drill("--weak", "--no-typing", typed="s\n" * 3)
    assert re.findall(r"Question (\d+)", done.stdout)[:1] == ["1"]
    assert len(re.findall(r"Question (\d+)", done.stdout)) == 3


def test_days_away_are_met_kindly(drill: Run, home: Path) -> None:
    """What is more than the day's minutes hold is said to wait, and only the share is asked."""
    given(home, EXPLAINED, days=60)
    done = drill(typed="q\n", NNQUIZ_MINUTES="1")
    assert "5 due, 15 new" in done.stdout
    assert "more than fits into 1 minute a day" in done.stdout
    assert "nothing is lost" in done.stdout
    left = re.search(r"(\d+) left", done.stdout)
    assert left is not None
    assert int(left[1]) < 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--weak", "--failed"), "--weak and --failed choose different cards"),
        (("--cram", "--weak"), "--cram asks the weakest first already"),
        (("--failed", "--new", "3"), "--ahead and --new choose among what is waiting"),
        (("--level", "hard"), 'no level "hard"'),
    ],
)
def test_options_of_which_one_would_do_nothing(
    drill: Run, arguments: tuple[str, ...], said: str
) -> None:
    """They are refused in one line, with a way out and exit code 2."""
    done = drill(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert done.stderr.splitlines()[1].startswith("hint: ")


def test_the_same_seed_asks_in_the_same_order(drill: Run) -> None:
    """`--seed` draws an order of what is waiting; another seed gives another."""
    orders = [
        re.findall(r"Question (\d+)", drill("--seed", seed, typed="s\n:s\n" * 12).stdout)
        for seed in ("4", "4", "5")
    ]
    assert orders[0] == orders[1] != orders[2]
