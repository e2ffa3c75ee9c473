"""A large bank with a long history: files, an index, and a log with the states it leads to."""

import os
import random
import sqlite3
from dataclasses import replace
from pathlib import Path

from nnquiz.bank.index import Index
from nnquiz.clock import now
from nnquiz.history.log import History
from nnquiz.history.tables import Tables
from nnquiz.model.event import AGAIN, GOOD, HARD, REVIEW, Event
from nnquiz.model.state import CardState
from nnquiz.paths import Paths, locate
from nnquiz.study.memory import MODEL
from nnquiz.study.queue import recall
from nnquiz.study.schedule import answered

FILES = 100
PER_QUESTION = 10  # cards: the explanation and nine written ones
REVIEWS = 10  # a card
RETENTION = 0.9
OVERDUE = 0.02  # share of the cards that are due, a day or two late
_FIRST_DAY = 700_000


def make_home(home: Path, cards: int) -> Paths:
    """Write a bank of `cards` cards in 100 files, compile it, and return where all is."""
    os.environ["NNQUIZ_HOME"] = str(home)
    bank = home / "banks" / "large"
    bank.mkdir(parents=True)
    (bank / "bank.yaml").write_text("id: large\ntitle: Large\n", encoding="utf-8")
    for file in range(FILES):
        questions = cards // FILES // PER_QUESTION
        text = "".join(_question(f"q{file:02}-{n}") for n in range(questions))
        (bank / f"{file:02}.yaml").write_text(f"questions:\n{text}", encoding="utf-8")
    paths = locate(os.environ)
    Index.open(paths).close()
    return paths


def _question(name: str) -> str:
    rows = "".join(
        f"""
      - id: c{n}
        kind: choice
        prompt: Which of these is the value of card {n} of {name}?
        options: [{{text: the value {n}, right: true}}, {{text: another}}, {{text: a third}}]"""
        for n in range(PER_QUESTION - 1)
    )
    return f"""
  - id: {name}
    question: What is there to say about {name}?
    answer: It has {PER_QUESTION} cards, and this is its answer.
    cards: {rows}
"""


def fill_log(paths: Paths, seed: int) -> int:
    """Give every card of the large bank ten reviews, and return how many events that makes.

    Each card is reviewed when it is due, recalled with its own probability, and moved in time so
    that its last interval lies around today; a share is due.
    """
    chance = random.Random(seed)  # noqa: S311 -- a benchmark, not a secret
    today = now(4).day
    with Index.open(paths) as index:
        cards = [card for card in index.cards() if card.id.startswith("large/")]
    log = History.open(paths.history)
    log.close()
    database = sqlite3.connect(paths.history, isolation_level=None)
    database.executescript("PRAGMA synchronous = OFF; BEGIN")
    tables = Tables(database)
    number = 0
    for card in cards:
        reviews = _reviews(card.id, today, chance, number)
        for event, _ in reviews:
            tables.insert(event)
        tables.store(reviews[-1][1])
        number += len(reviews)
    database.execute("COMMIT")
    database.close()
    return number


def _reviews(
    card: str, today: int, chance: random.Random, number: int
) -> list[tuple[Event, CardState]]:
    """Return ten reviews of a card, each with the state after it."""
    given: list[tuple[int, int]] = []
    state, day = CardState(card), _FIRST_DAY
    for at in range(REVIEWS):
        known = at == REVIEWS - 1 or state.due is None or chance.random() < recall(state, day)
        grade = (GOOD if chance.random() < 0.85 else HARD) if known else AGAIN
        given.append((day, grade))
        state = answered(state, grade, day, RETENTION)
        day = max(day + 1, state.due or 0)
    last = given[-1][0]
    late = chance.random() < OVERDUE
    days = chance.randint(-2, 0) if late else chance.randint(1, 1 + day - last)
    shift = min(today - day + days, today - 1 - last)
    made = []
    state = CardState(card)
    for at, (planned, grade) in enumerate(given):
        reviewed = planned + shift
        time = (reviewed - 719_163) * 86_400_000 + 43_200_000 + at
        name = f"{time:012x}{number + at:020x}"
        state = answered(state, grade, reviewed, RETENTION)
        state = replace(state, time=time, event=name)
        event = Event(
            name, REVIEW, card, time, time, 0, reviewed, "benchmark", MODEL,
            grade=grade, seconds=9.0, retention=RETENTION, due=state.due,
        )  # fmt: skip
        made.append((event, state))
    return made
