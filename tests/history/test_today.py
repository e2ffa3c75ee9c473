"""What indexes answer about a study day is what reading all states would."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.event import BURY, FORGET, REVIEW, SUSPEND, Event
from nnquiz.model.moment import Moment
from nnquiz.model.state import CardState
from nnquiz.study.schedule import choices

DAY = 738_000
TIME = 1_700_000_000_000
NAMES = [f"b/q{number % 5}/c{number}" for number in range(14)]
OTHERS = [f"b/q/{number}" for number in range(2100)]


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Draw what happened to some of the cards in the days before and, after a flight, behind."""
    made = []
    for number in range(draw(st.integers(0, 40))):
        kind = draw(st.sampled_from((REVIEW,) * 7 + (BURY, SUSPEND, FORGET)))
        made.append(
            Event(
                f"{number:03}",
                kind,
                draw(st.sampled_from(NAMES[:11])),
                TIME + number,
                TIME,
                0,
                DAY + draw(st.integers(-12, 1)),
                "d",
                "m",
                grade=draw(st.integers(1, 4)),
                retention=0.9,
            )
        )
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.integers(0, 9), st.integers(1, 5))
def test_both_ways_give_the_same_cards(
    day_of: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
    made: list[Event],
    ahead: int,
    limit: int,
) -> None:
    """Whatever indexes answer equals what looking at every state gives, in the same order."""
    with History.open(str(tmp_path_factory.mktemp("log") / "history.db")) as history:
        history.merge(made)
        states, today = history.states(), history.today(DAY)
        plain = day_of(states, DAY)
        for question in ("again", "met", "begun", "weakest"):
            assert getattr(today, question)() == getattr(plain, question)(), question
        assert sorted(today.buried()) == sorted(plain.buried())
        assert today.due(ahead) == plain.due(ahead)
        assert today.due(ahead, limit) == plain.due(ahead, limit)
        assert today.weakest(limit) == plain.weakest(limit)
        assert today.count_due(ahead) == plain.count_due(ahead)
        assert today.new([*OTHERS, *NAMES]) == plain.new([*OTHERS, *NAMES])
        assert list(today.upcoming()) == list(plain.upcoming())
        assert history.states_of(NAMES) == {
            name: states.get(name) or CardState(name) for name in NAMES
        }


def answer(log: History, card: str, grade: int, clock: int, seconds: float = 5.0) -> Event:
    """Answer a card on the day."""
    before = log.state(card)
    return log.answer(
        Card(card, card.rpartition("/")[0], "explain", "", ""),
        before,
        choices(before, DAY, 0.9)[grade - 1],
        moment=Moment(TIME + clock, 0, DAY),
        day=DAY,
        grade=grade,
        seconds=seconds,
        retention=0.9,
    )


def test_what_failed_today_stands(history: History) -> None:
    """An Again of today counts on whatever device, once a card, and not when it is undone."""
    answer(history, "b/q/a", 1, 1)
    answer(history, "b/q/b", 3, 2)
    answer(history, "b/q/a", 1, 3)
    elsewhere = Event("e", REVIEW, "b/q/c", TIME, TIME, 0, DAY, "x", "m", grade=1, retention=0.9)
    history.merge([elsewhere, replace(elsewhere, id="y", card="b/q/d", day=DAY - 1)])
    assert history.today(DAY).failed() == ["b/q/c", "b/q/a"]
    answer(history, "b/q/e", 1, 4)
    history.undo(Moment(TIME + 5, 0, DAY))
    assert history.today(DAY).failed() == ["b/q/c", "b/q/a"]
    assert history.today(DAY + 1).failed() == []


def test_the_seconds_of_a_day(history: History) -> None:
    """All answers of the day count, and an absence counts as two minutes."""
    assert history.today(DAY).seconds() == 0
    answer(history, "b/q/a", 3, 1, seconds=7)
    answer(history, "b/q/b", 3, 2, seconds=4000)
    assert history.today(DAY).seconds() == 127
    assert history.today(DAY + 1).seconds() == 0


def test_a_start_reads_no_table_of_states(history: History) -> None:
    """Every question but that for new cards is answered by an index alone."""
    plans: list[str] = []
    database = history._database

    def explain(sql: str) -> None:
        if sql.startswith("SELECT"):
            plans.extend(row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {sql}"))

    seen: list[str] = []
    database.set_trace_callback(seen.append)
    today = history.today(DAY)
    today.again()
    today.due(3, 5)
    today.count_due()
    today.met()
    today.begun()
    database.set_trace_callback(None)
    for sql in seen:
        explain(sql)
    assert len(seen) == 5
    assert all("COVERING INDEX" in plan or "TEMP B-TREE" in plan for plan in plans), plans


def test_the_seconds_of_the_last_records(history: History) -> None:
    """Answers that took a known time count, the newest first, whatever else was recorded."""
    answer(history, "b/q/a", 3, 1, seconds=7)
    answer(history, "b/q/b", 1, 2, seconds=9)
    history.record(BURY, "b/q/c", moment=Moment(TIME + 3, 0, DAY))
    assert history.today(DAY + 5).recent(10) == [9, 7]
    assert history.today(DAY).recent(2) == [9]


def test_how_far_new_cards_are_begun_is_remembered_while_it_holds(history: History) -> None:
    """Any way in which a card stops being begun makes it forgotten; other changes do not."""
    today = history.today(DAY)
    moment = Moment(TIME + 50, 0, DAY)

    def remembered() -> int:
        today.remember_introduced("banks", 7)
        answer(history, "b/q/other", 3, 60)
        return today.introduced("banks")

    answer(history, "b/q/a", 3, 1)
    assert remembered() == 7
    assert today.introduced("other banks") == 0
    history.record(FORGET, "b/q/a", moment=moment)
    assert today.introduced("banks") == 0
    answer(history, "b/q/b", 3, 100)
    assert remembered() == 7
    history.undo(Moment(TIME + 200, 0, DAY))  # the answer to the other card, its second
    assert today.introduced("banks") == 7
    for _ in range(8):
        history.undo(Moment(TIME + 300, 0, DAY))
    assert today.introduced("banks") == 0
    answer(history, "b/q/c", 3, 400)
    assert remembered() == 7
    history.rebuild()
    assert today.introduced("banks") == 0
