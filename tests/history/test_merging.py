"""Logs of several devices merge into one, whatever the order, and bad records stay out."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.history.admission import END_OF_TIME
from nnquiz.history.log import History, Stale
from nnquiz.model.card import Card
from nnquiz.model.event import BURY, MOVE, REVIEW, UNDO, Event
from nnquiz.model.moment import Moment
from nnquiz.study.replay import replay
from nnquiz.study.schedule import choices

At = Callable[..., Moment]
Answer = Callable[..., Event]

CARDS = ("b/q/one", "b/q/two", "b/q/three")
TIME = 1_700_000_000_000


@st.composite
def logs(draw: st.DrawFn) -> list[list[Event]]:
    """Draw the logs of three devices, each of which may have seen some of the others' events."""
    union: list[Event] = []
    for number in range(draw(st.integers(1, 18))):
        time = TIME + draw(st.integers(0, 8)) * 86_400_000
        kind = draw(st.sampled_from((REVIEW, REVIEW, REVIEW, BURY, UNDO, MOVE, "hum")))
        card = draw(st.sampled_from(CARDS))
        targets = [e.id for e in union if e.card == card] or ["nothing"]
        target = {UNDO: st.sampled_from(targets), MOVE: st.sampled_from(CARDS)}.get(kind, st.none())
        event = Event(
            f"{number:03}",
            kind,
            card,
            time,
            time,
            0,
            time // 86_400_000,
            f"device {draw(st.integers(0, 2))}",
            "fsrs-6/1",
            grade=draw(st.integers(1, 4)),
            retention=0.9,
            target=draw(target),
            extra='{"mood": "keen"}',
        )
        union.append(event)
    share = st.lists(st.sampled_from(union), unique=True)
    return [draw(share), draw(share), draw(share)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(logs())
def test_merging_is_a_union(
    tmp_path_factory: pytest.TempPathFactory, three: list[list[Event]]
) -> None:
    """Merged in any order, grouped in any way and repeated, three logs give the same states."""
    folder = tmp_path_factory.mktemp("logs")
    union = {event.id: event for log in three for event in log}
    expected = replay(union.values())
    for turn, some in enumerate(permutations(three)):
        with History.open(str(folder / f"{turn}.db")) as history:
            assert sum(history.merge(log) for log in some) == len(union)
            assert history.merge(reversed(list(union.values()))) == 0
            assert history.states() == expected
            assert {event.id: event for event in history.events()} == union
    with (
        History.open(str(folder / "pair.db")) as pair,
        History.open(str(folder / "all.db")) as whole,
    ):
        pair.merge(three[1])
        pair.merge(three[2])
        whole.merge(three[0])
        whole.merge(pair.events())
        assert whole.states() == expected


def test_what_newer_versions_wrote_is_passed_on(history: History, tmp_path: Path) -> None:
    """Kinds and fields that are unknown here survive a journey through this log."""
    event = Event(
        "1", "sing", "b/q/one", TIME, TIME, 0, 1, "d", "fsrs-9/1", extra='{"key": "D minor"}'
    )
    history.merge([event])
    with History.open(str(tmp_path / "next.db")) as onward:
        onward.merge(history.events())
        assert list(onward.events()) == [event]
        assert onward.states() == {}


def test_an_older_answer_from_elsewhere_counts_in_its_place(
    history: History, at: At, answer: Answer
) -> None:
    """An answer that arrives late is replayed at its time, and the card's next one comes last."""
    answer(history, "one", 3, at(0))
    mine = answer(history, "one", 3, at(0, days=9))
    late = replace(
        mine, id="0", device="other", time=at(0, days=4).clock, day=at(0, days=4).day, grade=1
    )
    history.merge([late])
    state = history.state(mine.card)
    assert (state.reviews, state.event, state.lapses) == (3, mine.id, 1)
    assert history.states() == replay(history.events())


def test_a_newer_answer_from_elsewhere_comes_before_the_next(
    history: History, at: At, answer: Answer
) -> None:
    """After a merge from a clock that is ahead, this device's next answer is still the newest."""
    ahead = at(0, days=2).clock
    first = answer(history, "one", 3, at(0))
    history.merge([replace(first, id="f", time=ahead, device="other")])
    assert answer(history, "one", 3, at(5)).time == ahead + 1
    assert history.verify() == []


GOOD = Event("1", REVIEW, "b/q/one", TIME, TIME, 0, 1, "d", "m", grade=3, retention=0.9)


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (replace(GOOD, grade=None), "grade"),
        (replace(GOOD, grade=5), "grade"),
        (replace(GOOD, retention=None), "retention"),
        (replace(GOOD, retention=1.0), "retention"),
        (replace(GOOD, time=-1), "time"),
        (replace(GOOD, time=END_OF_TIME), "time"),
        (replace(GOOD, day=1 << 70), "day is too large"),
        (replace(GOOD, seconds=float("nan")), "seconds is not a number"),
        (replace(GOOD, typed="\ud800"), "typed is not valid Unicode"),
        (replace(GOOD, id=""), "empty"),
        (replace(GOOD, kind=""), "empty"),
        (replace(GOOD, extra="[]"), "extra is no JSON object"),
        (replace(GOOD, extra='{"mood": NaN}'), "extra is no JSON object"),
        (replace(GOOD, kind=UNDO), "undo needs a target"),
        (replace(GOOD, kind=MOVE), "move needs a target"),
        (replace(GOOD, id="0", grade=1), "another event has this id"),
    ],
)
def test_a_bad_record_is_named_and_nothing_enters(history: History, bad: Event, what: str) -> None:
    """One malformed event, wherever it stands, keeps the whole import out."""
    known = replace(GOOD, id="0")
    history.merge([known])
    states = history.states()
    with pytest.raises(BadInput, match=what) as caught:
        history.merge([replace(GOOD, id="2"), bad, replace(GOOD, id="3")])
    assert repr(bad.id) in str(caught.value)
    assert list(history.events()) == [known]
    assert history.states() == states


def test_a_merge_makes_a_shown_card_stale(
    history: History, at: At, card: Callable[[str], Card], answer: Answer
) -> None:
    """Intervals that were computed before an older answer arrived are not saved after it."""
    answer(history, "one", 3, at(0))
    mine = answer(history, "one", 3, at(0, days=9))
    before, moment = history.state(mine.card), at(0, days=20)
    shown = choices(before, moment.day, 0.9)
    history.merge([replace(mine, id="0", time=at(0, days=4).clock, day=at(0, days=4).day)])
    with pytest.raises(Stale):
        history.answer(
            card("one"),
            before,
            shown[2],
            moment=moment,
            day=moment.day,
            grade=3,
            seconds=1,
            retention=0.9,
        )


def test_a_log_that_was_brought_back_can_be_undone(
    history: History, tmp_path: Path, at: At, answer: Answer
) -> None:
    """A device that reads its own events from elsewhere, in any order, undoes its last one."""
    events = [answer(history, name, 3, at(i)) for i, name in enumerate(("one", "two", "three"))]
    with History.open(str(tmp_path / "restored.db")) as restored:
        own = answer(restored, "four", 3, at(-1))
        restored.merge(replace(event, device=own.device) for event in reversed(events))
        assert restored.undo(at(5)) == replace(events[-1], device=own.device)
