"""The drill's screen with keys, clock and window in the hands of a test."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pyte
import pytest
from rich.console import Console

from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.moment import Moment
from nnquiz.model.question import FollowUp, Passage, Question
from nnquiz.model.written import Body
from nnquiz.study.sitting import Asked, Sitting
from nnquiz.term import conversation
from nnquiz.term.drill import Screen
from nnquiz.term.keys import ENDED
from nnquiz.term.page import Page

MakeAsked = Callable[[str], Asked]

WAIT = "wait"  # no key: time passes until the screen wants to be drawn again


class Desk:
    """Keys to be pressed one after the other, a clock that stands still, and the window."""

    def __init__(self, keys: Sequence[str], file: io.StringIO, columns: int, rows: int) -> None:
        self.keys = list(keys)
        self.now = 1000.0
        self.waits: list[float | None] = []
        self.written: list[str] = []
        self.screen = pyte.HistoryScreen(columns, rows, history=500)
        self.screen.set_mode(pyte.modes.LNM)
        self._stream = pyte.Stream(self.screen)
        self._file = file

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def read(self, timeout: float | None = None) -> str:
        """Draw what was written, then press the next key; the input ends with the keys."""
        self.written.append(self._file.getvalue())
        self._stream.feed(self.written[-1])
        self._file.seek(0)
        self._file.truncate()
        self.waits.append(timeout)
        if not self.keys:
            return ENDED
        if (key := self.keys.pop(0)) != WAIT:
            self.now += 1.0  # pressed, not held down
            return key
        assert timeout is not None
        self.now += timeout
        return ""

    def lent(self) -> AbstractContextManager[None]:
        """Lend nothing."""
        return nullcontext()

    @property
    def text(self) -> str:
        """What the window shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)


class Shelf:
    """A bank of one question."""

    def __init__(self, asked: MakeAsked) -> None:
        self._asked = asked

    def question(self, name: str) -> Question:
        """Return the question."""
        assert name == "b/q"
        return self._asked("explain").question

    def card(self, card: str) -> Card | None:
        """Return the one card."""
        asked = self._asked("explain").card
        return asked if card == asked.id else None

    def body(self, card: str) -> Body:
        """Return the follow-up; an explanation needs none, for a question is its own body."""
        assert card == "b/q/follow-up"
        return FollowUp("follow-up", Passage("", []), Passage("", []))

    def is_answer(self, bank: str, text: str) -> bool:
        """Know no answers."""
        del bank, text
        return False


Drill = Callable[..., Desk]


@pytest.fixture
def drill(asked: MakeAsked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drill]:
    """Return a function that drills one explain card with some keys, and returns the desk."""
    with History.open(str(tmp_path / "history.db")) as log:

        def run(
            *keys: str,
            columns: int = 80,
            rows: int = 24,
            kinds: Sequence[str] = ("explain",),
            minutes: int | None = None,
        ) -> Desk:
            file = io.StringIO()
            desk = Desk(keys, file, columns, rows)
            monkeypatch.setattr(conversation.time, "monotonic", lambda: desk.now)
            monkeypatch.setenv("COLUMNS", str(columns))
            page = Page(Console(file=file, width=columns, highlight=False))
            page.size = page.size._replace(width=columns, height=rows)
            sitting = Sitting(
                [asked(kind).card for kind in kinds],
                {},
                bank=Shelf(asked),
                log=log,
                clock=lambda: Moment(1_790_000_000_000, 0, 739_942),
                retention=0.9,
                minutes=minutes,
            )
            Screen(sitting, page, desk, lambda _: None).run()
            return desk

        yield run


def test_the_stopwatch_asks_to_be_drawn_at_each_full_second(drill: Drill) -> None:
    """It shows every second, and only while one thinks."""
    desk = drill(WAIT, WAIT, WAIT)
    assert "0:03" in desk.text
    assert all(wait is not None and 0 < wait <= 1.01 for wait in desk.waits)
    assert drill("space").waits[-1] is None


def test_the_marks_come_at_half_a_minute_and_two_minutes(drill: Drill) -> None:
    """In words, beside the time."""
    assert "0:29\n" in drill(*[WAIT] * 29).text
    assert "0:30, past 30 s\n" in drill(*[WAIT] * 30).text
    assert "2:00, past 2 min\n" in drill(*[WAIT] * 120).text
    desk = drill(*[WAIT] * 40, "space")
    assert "You took 0:41, past 30 s. Which of these did you say?" in desk.text


def test_a_second_writes_one_row(drill: Drill) -> None:
    """Nothing but the row with the stopwatch is written again."""
    desk = drill(WAIT, WAIT)
    assert "0:02" in desk.written[-1]
    assert desk.written[-1].count("\x1b[2K") == 1
    assert "Why does it work?" not in desk.written[-1]


def test_the_time_to_the_answer_comes_back_with_an_undo(drill: Drill) -> None:
    """An answer that is taken back is shown with its ticks and with the time that it took."""
    desk = drill(*[WAIT] * 9, "space", "a", "c", "3", "u", rows=60)
    assert "Taken back: Good on q/explain." in desk.text
    assert desk.text.count("You took 0:10.") == 2
    assert desk.text.count("[x] c  point 1") == 2


@pytest.mark.parametrize("rows", [12, 16, 20, 24, 30, 38])
@pytest.mark.parametrize("columns", [40, 80])
def test_nothing_scrolls_away_unread(drill: Drill, columns: int, rows: int) -> None:
    """In a window of any size all parts are seen page by page, and then the grade is taken."""
    seen, pages = "", 1
    while "space more" in (desk := drill(*["space"] * pages, columns=columns, rows=rows)).text:
        seen += desk.text
        pages += 1
        assert pages < 12
    seen = " ".join((seen + desk.text).split())
    for words in ("The short answer: a formula", *(f"point {n}" for n in range(5)), "1-4 grade"):
        assert words in seen


def test_a_grade_needs_no_reading_on(drill: Drill) -> None:
    """1 to 4 grade at once, though more is waiting."""
    desk = drill("space", "3", rows=12)
    assert "space more" in desk.written[1]
    assert "That was the last card." in desk.text


def test_time_that_is_up_is_said(drill: Drill) -> None:
    """After the card that passes the minute no further one comes; Enter ends, u takes back."""
    kinds = ("explain", "follow-up")
    desk = drill(*[WAIT] * 61, "space", "3", kinds=kinds, minutes=1)
    assert "The time is up; what is left waits." in desk.text
    assert "Enter end" in desk.text
    assert "u undo" in desk.text
    assert "1 left" in desk.text


def test_a_drill_with_time_left_goes_on(drill: Drill) -> None:
    """Before the minute is over the next card follows."""
    desk = drill(*[WAIT] * 5, "space", "3", kinds=("explain", "follow-up"), minutes=1)
    assert "The time is up" not in desk.text
    assert "And then?" in desk.text or "1 left" in desk.text
