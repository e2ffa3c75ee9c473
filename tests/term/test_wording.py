"""What a drill says in words."""

import pytest

from nnquiz.study.sitting import Summary
from nnquiz.term import wording


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (89, "89 s"),
        (90, "2 min"),
        (540, "9 min"),
        (7199, "2 h 0 min"),
        (9000, "2 h 30 min"),
    ],
)
def test_durations_are_said_as_people_say_them(seconds: float, words: str) -> None:
    """Seconds, then minutes, then hours."""
    assert wording.duration(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0:00"),
        (29.9, "0:29"),
        (30, "0:30, past 30 s"),
        (119, "1:59, past 30 s"),
        (120, "2:00, past 2 min"),
        (3700, "61:40, past 2 min"),
    ],
)
def test_the_stopwatch_says_which_mark_is_passed(seconds: float, words: str) -> None:
    """At half a minute and at two minutes a word is added."""
    assert wording.stopwatch(seconds) == words


def test_what_is_waiting_leaves_out_what_is_not() -> None:
    """No "0 due", and never less than a minute."""
    assert wording.waiting(12, 5, 540) == "12 due, 5 new, about 9 min"
    assert wording.waiting(1, 0, 13) == "1 due, about 1 min"
    assert wording.waiting(0, 3, 90) == "3 new, about 2 min"


def test_the_summary_says_what_comes_back_when() -> None:
    """Grades, days and what is left; what is nought is not mentioned."""
    result = Summary((1, 0, 5, 1), 400, today=1, tomorrow=2, week=3, later=1, left=1)
    assert wording.summary(result) == [
        "7 answers in 7 min: 1 Again, 5 Good, 1 Easy.",
        "Coming back: 1 again today, 2 tomorrow, 3 this week, 1 later.",
        "Left for another time: 1 card.",
    ]
    nothing = Summary((0, 0, 0, 0), 0, 0, 0, 0, 0, left=9)
    assert wording.summary(nothing) == ["Nothing answered this time."]


def test_days_are_dates_people_can_read() -> None:
    """Tomorrow is called so; later days have their date."""
    assert wording.date_of(739_944) == "2026-11-24"
    assert wording.when(739_943, 739_942) == "tomorrow"
    assert wording.when(739_944, 739_942) == "in 2 days, on 2026-11-24"
    assert wording.outcome(3, 1) == "Good: back tomorrow"
    assert wording.outcome(1, 0) == "Again: comes again today"
