"""A drill that follows the plan for an interview, on a pseudo-terminal."""

import re
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from nnquiz.clock import now
from nnquiz.history.log import History
from nnquiz.model.event import REVIEW, UNDO, Event
from nnquiz.study.replay import replay

Start = Callable[..., Any]
Recorded = Callable[[], list[Event]]

# In the place of numpy until somebody lets it pass; then it is numpy.
_BARRIER = """\
import os, sys, time
while not os.path.exists(os.environ["LET_PASS"]):
    time.sleep(0.01)
sys.path.remove(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
del sys.modules["numpy"]
import numpy
"""


def set_interview(
    home: Path, *, days: int = 5, minutes: float = 10, off: tuple[int, ...] = ()
) -> None:
    """Plan for an interview in so many days, with some of the days to come off."""
    today = now(4).day
    named = ", ".join(date.fromordinal(today + at).isoformat() for at in off)
    interview = date.fromordinal(today + days)
    text = f"[plan]\ninterview = {interview}\nminutes = {minutes}\noff = [{named}]\n"
    (home / "config.toml").write_text(text)


def test_the_first_card_comes_before_numpy(start: Start, home: Path, recorded: Recorded) -> None:
    """While numpy cannot be imported the first card is asked, answered and saved.

    The second one waits for the plan, which is made as soon as numpy is there.
    """
    set_interview(home)
    barrier, gate = home / "barrier", home / "gate"
    (barrier / "numpy").mkdir(parents=True)
    (barrier / "numpy" / "__init__.py").write_text(_BARRIER)
    terminal = start("--no-typing", PYTHONPATH=str(barrier), LET_PASS=str(gate))
    terminal.wait("? keys")
    assert re.search(r"Interview in 5 days: about \d+ cards in 10 min", terminal.text)
    terminal.send(" 3")
    terminal.wait(lambda: bool(recorded()))
    assert not (home / "cache" / "prices.json").exists()
    gate.touch()
    terminal.wait(lambda: terminal.text.count("Question ") == 2)
    terminal.send("q")
    assert terminal.end() == 0
    assert (home / "cache" / "prices.json").exists()


def test_killed_and_begun_again_it_goes_on(start: Start, home: Path, recorded: Recorded) -> None:
    """What was answered is there, is not asked again, and can be taken back by the next drill."""
    set_interview(home, minutes=2)
    terminal = start("--no-typing")
    terminal.wait("? keys")
    terminal.send(" 3")
    terminal.wait(lambda: terminal.text.count("Question ") == 2)
    terminal.child.kill(signal.SIGKILL)
    assert terminal.end() == 128 + signal.SIGKILL
    (first,) = recorded()

    terminal = start("--no-typing")
    terminal.wait("? keys")
    assert "Interview in 5 days" in terminal.text
    terminal.send(" 4")
    terminal.wait(lambda: len(recorded()) == 2)
    second = recorded()[1]
    assert second.card != first.card
    terminal.wait(lambda: terminal.text.count("Question ") == 2)
    terminal.send("u")
    terminal.wait("Taken back")
    terminal.send("u")
    terminal.wait(lambda: len(recorded()) == 4)
    terminal.send(" 1q")
    assert terminal.end() == 0
    events = recorded()
    assert [event.kind for event in events] == [REVIEW, REVIEW, UNDO, UNDO, REVIEW]
    assert [event.target for event in events[2:4]] == [second.id, first.id]
    assert events[4].card == first.card
    with History.open(str(home / "history.db")) as log:
        assert log.states() == replay(events)
        assert log.verify() == []


def test_the_day_ends_with_its_time(start: Start, home: Path, recorded: Recorded) -> None:
    """When less is left of a minute than a card takes, the drill says so, and u still undoes."""
    set_interview(home, minutes=0.5)
    terminal = start("--no-typing")
    terminal.wait("about 1 card in 30 s")
    terminal.read(3.0)  # seconds of thinking, after which no other card fits
    terminal.send(" 3")
    terminal.wait("The time is up; what is left waits.")
    assert len(recorded()) == 1
    terminal.send("u")
    terminal.wait("Taken back")
    terminal.send("3")
    terminal.wait(lambda: terminal.text.count("The time is up; what is left waits.") == 1)
    terminal.send("\r")
    assert terminal.end() == 0
    assert [event.kind for event in recorded()] == [REVIEW, UNDO, REVIEW]
    terminal = start()
    assert terminal.end() == 0
    assert "Today's time is used up: 30 s." in terminal.text


def test_a_day_off_says_so(start: Start, home: Path, recorded: Recorded) -> None:
    """Nothing is asked, and there is a way to study all the same, in the order of the plan."""
    set_interview(home, off=(0,))
    terminal = start()
    assert terminal.end() == 0
    assert "The plan leaves today free." in terminal.text
    assert "nnquiz drill --minutes 10" in terminal.text
    terminal = start("--minutes", "10", "--no-typing")
    terminal.wait("Interview in 5 days: about 20 cards in 10 min")
    terminal.wait("? keys")
    terminal.send("q")
    assert terminal.end() == 0
    assert recorded() == []
