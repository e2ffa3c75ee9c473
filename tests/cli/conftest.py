"""A person who has studied for some days, with a bank of their own."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nnquiz.clock import now
from nnquiz.history.log import History
from nnquiz.model.event import AGAIN, CRAM, GOOD, REVIEW, UNDO, Event
from nnquiz.model.state import CardState
from nnquiz.study.memory import retrievability
from nnquiz.study.schedule import answered

Course = Callable[..., list[Event]]

QUESTIONS = 12
_NEW_A_DAY = 4


def write_bank(home: Path) -> list[str]:
    """Write a bank of two topics into a home, and return the ids of its cards."""
    folder = home / "banks"
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["questions:"]
    for number in range(1, QUESTIONS + 1):
        topic = "odd" if number % 2 else "even"
        lines += [
            f"  - id: q{number}",
            f"    question: What is {number}?",
            f"    answer: It is {number}, the number before {number + 1}.",
            f"    topic: {topic}",
        ]
    (folder / "mine.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [f"mine/q{number}/explain" for number in range(1, QUESTIONS + 1)]


def write_course(home: Path, days: int, *, seed: int = 1, forgets: float = 1.0) -> list[Event]:
    """Study a bank for `days` days until yesterday, and return the events that were logged.

    Every day holds one answer that was taken back and one cram. `forgets` says how many times as
    fast everything is forgotten as FSRS-6 believes.
    """
    chance = random.Random(seed)
    cards = write_bank(home)
    moment = now(4)
    states: dict[str, CardState] = {}
    log: list[Event] = []

    def put(kind: str, card: str, day: int, **fields: object) -> Event:
        clock = moment.clock - (moment.day - day) * 86_400_000 + len(log)
        identifier = f"{clock:012x}{len(log):020x}"
        made = Event(identifier, kind, card, clock, clock, 0, day, "device", "fsrs-6/1")
        log.append(replace(made, **fields))  # type: ignore[arg-type]
        return log[-1]

    for number in range(days):
        day = moment.day - days + number
        due = [card for card, state in states.items() if state.due is not None and state.due <= day]
        for card in [*due, *cards[len(states) : len(states) + _NEW_A_DAY]]:
            before = states.get(card, CardState(card))
            forgotten = before.day is None or before.stability is None
            if before.day is not None and before.stability is not None:
                elapsed = forgets * (day - before.day)
                forgotten = chance.random() > retrievability(elapsed, before.stability)
            for grade in (AGAIN, GOOD) if forgotten else (GOOD,):
                states[card] = answered(states.get(card, CardState(card)), grade, day, 0.9)
                taken = {"grade": grade, "seconds": 10.0 + 5 * (grade == AGAIN)}
                put(REVIEW, card, day, retention=0.9, due=states[card].due, **taken)
        undone = put(REVIEW, cards[0], day, grade=AGAIN, seconds=99.0, retention=0.9, due=day)
        put(UNDO, cards[0], day, target=undone.id)
        put(CRAM, cards[0], day, grade=GOOD, seconds=7.0, retention=0.9)
    with History.open(str(home / "history.db")) as history:
        history.merge(log)
    return log


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Return who studies in the test's own folder: `course(days=10)`."""
    return lambda days, **more: write_course(tmp_path, days, **more)
