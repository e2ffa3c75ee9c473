"""A log on the disk, and an evening spent with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nnquiz.clock import study_day
from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.event import Event
from nnquiz.model.moment import Moment
from nnquiz.study.schedule import choices

EVENING = 1_700_000_000_000  # 22:13 UTC on 14 November 2023


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Return where a log may be made, in a folder that is not there yet."""
    return str(tmp_path / "data" / "history.db")


@pytest.fixture
def history(path: str) -> Iterator[History]:
    """Yield a new log."""
    with History.open(path) as opened:
        yield opened


@pytest.fixture
def at() -> Callable[..., Moment]:
    """Return the clock: `at(5)` is five minutes into the evening, `at(0, days=3)` three later."""

    def moment(minutes: float = 0, days: int = 0, offset: int = 0) -> Moment:
        clock = EVENING + int(minutes * 60_000) + days * 86_400_000
        return Moment(clock, offset, study_day(clock, offset, rollover=4))

    return moment


@pytest.fixture
def card() -> Callable[[str], Card]:
    """Return what makes a card of a name."""
    return lambda name: Card(
        f"bank/question/{name}", "bank/question", "explain", "", f"hash {name}"
    )


@pytest.fixture
def answer(card: Callable[[str], Card]) -> Callable[..., Event]:
    """Return somebody who answers: `answer(history, "one", grade, moment)`."""

    def give(history: History, name: str, grade: int, moment: Moment, **more: str) -> Event:
        asked = card(name)
        before = history.state(asked.id)
        after = choices(before, moment.day, 0.9)[grade - 1]
        return history.answer(
            asked,
            before,
            after,
            moment=moment,
            day=moment.day,
            grade=grade,
            seconds=7.5,
            retention=0.9,
            **more,
        )

    return give
