"""What indexes answer about a study day is what reading all states would."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.event import BURY, FORGET, REVIEW, SUSPEND, Event
from nnquiz.model.settings import Settings
from nnquiz.study.agenda import make_agenda
from nnquiz.study.queue import find_waiting

DAY = 738_000
TIME = 1_700_000_000_000
NAMES = [f"b/q{number % 5}/c{number}" for number in range(14)]
OTHERS = [f"b/q/{number}" for number in range(2100)]
CARDS = [Card(name, name.rpartition("/")[0], "explain", "", "") for name in NAMES]


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
    tmp_path_factory: pytest.TempPathFactory, made: list[Event], ahead: int, limit: int
) -> None:
    """Again, due and new cards, in their order, and all counts equal those of the queue."""
    with History.open(str(tmp_path_factory.mktemp("log") / "history.db")) as history:
        history.merge(made)
        states, today = history.states(), history.today(DAY)
        waiting = find_waiting(CARDS, states, DAY, ahead=ahead)
        assert today.again() == [card.id for card in waiting.again]
        assert today.due(ahead) == [card.id for card in waiting.due]
        assert today.due(ahead, limit) == [card.id for card in waiting.due][:limit]
        assert today.count_due(ahead) == len(waiting.due)
        new = [card.id for card in waiting.new]
        assert list(today.new(NAMES)) == new
        assert list(today.new([*OTHERS, *NAMES])) == [*OTHERS, *new]
        assert today.met() == {card for card, state in states.items() if state.day == DAY}
        assert today.begun() == sum(state.first_day == DAY for state in states.values())
        assert today.begun_ever() == sum(state.due is not None for state in states.values())
        coming = [due for _, due in today.upcoming()]
        assert coming == sorted(coming)
        unburied = {name: replace(state, buried_on=None) for name, state in states.items()}
        agenda = make_agenda(CARDS, unburied, [], DAY, Settings())
        assert agenda.next_due == next(iter(coming), None)


def test_new_cards_are_looked_up_as_they_are_asked_for(history: History) -> None:
    """Of a hundred thousand cards, the first new ones cost one look."""
    asked: list[int] = []

    def names() -> Iterator[str]:
        for number in range(100_000):
            asked.append(number)
            yield f"b/q/{number}"

    assert list(islice(history.today(DAY).new(names()), 3)) == ["b/q/0", "b/q/1", "b/q/2"]
    assert len(asked) <= 2000


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
    today.begun_ever()
    database.set_trace_callback(None)
    for sql in seen:
        explain(sql)
    assert len(seen) == 6
    assert all("COVERING INDEX" in plan or "TEMP B-TREE" in plan for plan in plans), plans
