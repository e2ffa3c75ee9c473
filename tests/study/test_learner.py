"""What a log says about a person: their seconds, first grades, and what they know unseen."""

import pytest

from nnquiz.model.card import Card
from nnquiz.model.event import AGAIN, EASY, GOOD, REVIEW, UNDO, Event
from nnquiz.study.learner import Known, Learner, Seconds, measure_learner

CARDS = [
    Card("b/q/c1", "b/q", "cloze", "", ""),
    Card("b/q/c2", "b/q", "cloze", "", ""),
    Card("b/q/explain", "b/q", "explain", "", ""),
    Card("b/q/order", "b/q", "order", "", ""),
]


def answers(*given: tuple[str, int, float | None]) -> list[Event]:
    """Return reviews of cards, with grades and seconds, in order."""
    return [
        Event(f"e{at}", REVIEW, card, at, at, 0, 739_000 + at, "d", "m", grade=grade, seconds=taken)
        for at, (card, grade, taken) in enumerate(given)
    ]


def test_nobody_is_known_before_they_answer() -> None:
    """All numbers are the guesses."""
    assert measure_learner([], CARDS) == Learner()
    assert sum(Learner().first_grades) == pytest.approx(1)
    assert sum(Learner().recalled_grades) == pytest.approx(1)


def test_seconds_lean_on_their_guesses_and_are_rounded_up() -> None:
    """Ten guesses and the answers, each of at most 120 s; first answers count apart."""
    found = measure_learner(
        answers(("b/q/c1", GOOD, 52), ("b/q/c1", GOOD, 6), ("b/q/c1", AGAIN, 9999)), CARDS
    )
    assert found.seconds == Seconds(again=34, recalled=12, first=32)
    assert found.answers == 3


def test_kinds_have_seconds_of_their_own() -> None:
    """An explanation that takes long makes explanations dear, and no clozes."""
    given = [("b/q/explain", GOOD, 100.0)] * 21 + [("b/q/c1", GOOD, 9.0)] * 21
    found = measure_learner(answers(*given), CARDS)
    assert found.kinds["explain"].recalled == 71
    assert found.kinds["cloze"].recalled == 10
    assert found.cost("explain") > 1 > found.cost("cloze")
    assert found.cost("numeric") == 1
    assert found.cost("explain") == pytest.approx(1.4)
    assert found.cost("cloze") == pytest.approx(1.4**-3)


def test_kinds_that_take_nearly_as_long_cost_the_same() -> None:
    """A difference of a few seconds is no better known than that, and decides nothing."""
    given = [("b/q/c1", GOOD, 14.0), ("b/q/explain", GOOD, 10.0)] * 10
    found = measure_learner(answers(*given), CARDS)
    assert found.kinds["explain"].recalled < found.kinds["cloze"].recalled
    assert found.cost("explain") == found.cost("cloze") == 1


def test_first_grades_are_shares_that_lean_on_a_guess() -> None:
    """Ten answers weigh as much as the guess; repeats do not count."""
    given = [(f"b/q/{n}", EASY, 5.0) for n in range(10)] + [("b/q/0", AGAIN, 5.0)]
    found = measure_learner(answers(*given), CARDS)
    assert found.first_grades == pytest.approx((0.15, 0.075, 0.225, 0.55))


def test_what_is_known_unseen_is_believed_late() -> None:
    """Beta(1, 4) and the answers, for a kind whose first grade is a test; nothing for others.

    It is planned with a deviation less than expected, in tenths, and never less than nothing.
    """
    found = measure_learner(
        answers(("b/q/c1", GOOD, 5), ("b/q/c2", AGAIN, 5), ("b/q/explain", EASY, 5)), CARDS
    )
    # Beta(2, 5): mean 2/7, variance 2*5 / (7^2 * 8).
    known = found.known["cloze"]
    assert known.mean == pytest.approx(2 / 7)
    assert known.deviation == pytest.approx((10 / 392) ** 0.5)
    assert known.at_least == pytest.approx(2 / 7 - (10 / 392) ** 0.5)
    assert found.unseen("cloze") == pytest.approx(0.1)
    # The same answers have moved the guess of a kind that was never asked: five guesses at 2/7.
    assert found.known["order"] == pytest.approx((10 / 7, 25 / 7))
    assert set(found.known) == {"cloze", "order"}
    assert measure_learner(answers(("b/q/explain", EASY, 5)), CARDS).known == {}
    assert Known(0.1, 9).at_least == 0
    assert found.unseen("explain") == 0


def test_what_was_taken_back_does_not_count() -> None:
    """An undone answer is no first answer either."""
    given = answers(("b/q/c1", AGAIN, 100), ("b/q/c1", GOOD, 40))
    undo = Event("e9", UNDO, "b/q/c1", 0, 0, 0, 739_000, "d", "m", target="e0")
    found = measure_learner([*given, undo], CARDS)
    assert found.answers == 1
    assert found.seconds == Seconds(first=31)
