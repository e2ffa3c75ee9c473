"""Sums over the log: what counts, on which day, and for which card."""

from dataclasses import replace
from datetime import date

import pytest

from nnquiz.model.card import Card
from nnquiz.model.event import AGAIN, CRAM, FORGET, GOOD, MOVE, REVIEW, UNDO, Outline
from nnquiz.model.state import CardState
from nnquiz.study.replay import histories
from nnquiz.study.stats import Day, Stats, days_in_a_row, monday_of, summarise

MONDAY = date(2026, 11, 23).toordinal()
ONE, TWO = (Card(f"b/q{n}/a", f"b/q{n}", kind, "", "") for n, kind in ((1, "cloze"), (2, "match")))


def event(time: int, day: int, grade: int = GOOD, card: Card = ONE, **fields: object) -> Outline:
    """Return an answer of ten seconds, or what `fields` make of it."""
    made = Outline(f"{time:04}", REVIEW, card.id, time, day, grade, 10.0, 0.9)
    return made._replace(**fields)


def sums(*log: Outline, states: tuple[CardState, ...] = (), today: int = MONDAY + 7) -> Stats:
    """Return the sums of a log over two cards of two topics."""
    return summarise(
        histories(log),
        {state.card: state for state in states},
        [ONE, TWO],
        {"b/q1": "x", "b/q2": "y"},
        today,
        ahead=5,
    )


def test_days_count_answers_and_their_time() -> None:
    """Each study day has its answers; one that was left open counts as two minutes."""
    found = sums(event(1, 10), event(2, 10, seconds=3600.0), event(3, 12, seconds=None))
    assert found.days == (Day(10, 2, 130.0, 0, 0.0), Day(12, 1, 0.0, 0, 0.0))
    assert (found.answers, found.seconds) == (3, 130.0)


def test_undone_answers_do_not_count_and_crams_are_apart() -> None:
    """An answer that was taken back is nowhere, and a cram only where crams are."""
    log = [event(1, 10), event(2, 12, AGAIN), event(3, 12, kind=UNDO, target="0002")]
    found = sums(*log, event(4, 12, kind=CRAM), event(5, 13, kind=CRAM))
    assert found.days == (
        Day(10, 1, 10.0, 0, 0.0),
        Day(12, 0, 0.0, 1, 10.0),
        Day(13, 0, 0.0, 1, 10.0),
    )
    assert found.weeks == ()
    assert found.kinds["cloze"].answers == 1


def test_retention_is_that_of_long_term_reviews() -> None:
    """First answers of a later day count, by their week; repeats and first answers ever do not."""
    log = [event(1, MONDAY, AGAIN), event(2, MONDAY), event(3, MONDAY + 2, AGAIN)]
    log += [event(4, MONDAY + 2), event(5, MONDAY + 7, retention=0.8)]
    log += [event(6, MONDAY + 8, card=TWO), event(7, MONDAY + 13, card=TWO)]
    found = sums(*log)
    assert [(week.day, week.reviews, week.recalled) for week in found.weeks] == [
        (MONDAY, 1, 0),
        (MONDAY + 7, 2, 2),
    ]
    assert [week.desired for week in found.weeks] == pytest.approx([0.9, 0.85])


def test_a_forgotten_card_begins_anew_and_a_moved_one_goes_on() -> None:
    """After a forget the next answer is a first one; after a move it is a review."""
    log = [event(1, MONDAY), event(2, MONDAY + 1, kind=FORGET), event(3, MONDAY + 2)]
    assert sums(*log).weeks == ()
    log = [event(1, MONDAY), event(2, MONDAY + 1, kind=MOVE, target=TWO.id)]
    found = sums(*log, event(3, MONDAY + 2, card=TWO))
    assert [week.reviews for week in found.weeks] == [1]
    assert (found.kinds["cloze"].answers, found.kinds["match"].answers) == (0, 2)


def test_what_is_due_and_how_it_is_spread() -> None:
    """Overdue cards are due today, set aside ones never, buried ones tomorrow."""
    today = MONDAY
    state = CardState(ONE.id, 3.0, 4.6, today - 9, today - 2, GOOD, 2, first_day=today - 20)
    other = replace(state, card=TWO.id, due=today + 3, difficulty=10.0)
    found = sums(states=(state, other), today=today)
    assert found.due == (1, 0, 0, 1, 0)
    assert found.intervals == (0, 0, 0, 1, 1, 0, 0, 0)
    assert found.difficulties == (0, 0, 0, 1, 0, 0, 0, 0, 0, 1)
    aside = (replace(state, suspended=True), replace(other, due=today, buried_on=today))
    assert sums(states=aside, today=today).due == (0, 1, 0, 0, 0)


def test_kinds_and_topics_have_their_cards() -> None:
    """Each kind and topic counts its cards, those that were begun, and what they took."""
    found = sums(event(1, 10), event(2, 11), event(3, 11, AGAIN))
    cloze, match = found.kinds["cloze"], found.kinds["match"]
    assert (cloze.cards, cloze.begun, cloze.answers, cloze.seconds) == (1, 1, 3, 30.0)
    assert (cloze.reviews, cloze.recalled) == (1, 1)
    assert (match.cards, match.begun, match.answers) == (1, 0, 0)
    assert list(found.topics) == ["x", "y"]
    assert found.topics["x"] == cloze


def test_cards_that_no_bank_has_count_in_the_days_only() -> None:
    """Answers to a card that is gone were given all the same."""
    found = sums(event(1, 10, card=Card("b/gone/a", "b/gone", "cloze", "", "")))
    assert found.answers == 1
    assert found.kinds["cloze"].answers == 0


def test_the_hardest_were_forgotten_twice_at_least() -> None:
    """Cards come by how often they were forgotten on a later day."""
    log = [event(n, 10 + n, AGAIN) for n in range(4)]
    log += [event(10 + n, 10 + n, AGAIN if n == 1 else GOOD, card=TWO) for n in range(3)]
    states = tuple(CardState(card.id, 1.0, 8.5, 13, 14, AGAIN, 4) for card in (ONE, TWO))
    found = sums(*log, states=states)
    assert [(hard.card, hard.reviews, hard.lapses) for hard in found.hardest] == [(ONE, 3, 3)]
    assert found.hardest[0].seconds == 10.0


@pytest.mark.parametrize(
    ("studied", "row"),
    [((9, 10), 2), ((8, 9), 2), ((7, 8), 0), ((10,), 1), ((), 0), ((7, 9, 10), 2)],
)
def test_days_in_a_row(studied: tuple[int, ...], row: int) -> None:
    """They reach to today or, before today's drill, to yesterday."""
    days = [Day(day, 1, 10.0, 0, 0.0) for day in studied]
    assert days_in_a_row(days, today=10) == row


def test_weeks_begin_on_monday() -> None:
    """All seven days of a week lead to its Monday."""
    assert {monday_of(MONDAY + ahead) for ahead in range(7)} == {MONDAY}
    assert monday_of(MONDAY + 7) == MONDAY + 7
