"""Clocks that are set back and time zones that change in the middle of a drill."""

from collections.abc import Callable

import pytest

from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.event import Event
from nnquiz.model.moment import Moment
from nnquiz.model.state import CardState
from nnquiz.study.replay import replay
from nnquiz.study.schedule import choices

At = Callable[..., Moment]
Answer = Callable[..., Event]
MakeCard = Callable[[str], Card]

# What may lie between a card shown at 22:13 UTC and its answer: minutes, days, offset in minutes.
JUMPS = {
    "a minute": (1, 0, 0),
    "clock set back an hour": (-60, 0, 0),
    "clock set back a year": (0, -365, 0),
    "clock set ahead a month": (0, 30, 0),
    "landed in Tokyo, where it is tomorrow": (1, 0, 540),
    "landed in Honolulu": (1, 0, -600),
    "summer time ends": (1, 0, -60),
    "past four in the morning": (350, 0, 0),
}


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_the_day_of_showing_holds(
    history: History, at: At, card: MakeCard, jump: tuple[int, int, int]
) -> None:
    """The interval that the button promised is saved, whatever the clock does until then."""
    shown, (minutes, days, offset) = at(0), jump
    answered = at(minutes, days, offset)
    one = card("one")
    promised = choices(CardState(one.id), shown.day, 0.9)[2]
    event = history.answer(
        one,
        CardState(one.id),
        promised,
        moment=answered,
        day=shown.day,
        grade=3,
        seconds=1,
        retention=0.9,
    )
    assert (event.day, event.due) == (shown.day, promised.due)
    assert (event.clock, event.offset) == (answered.clock, offset)
    assert history.states() == replay(history.events())
    assert history.verify() == []


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_a_drill_goes_on_and_can_be_taken_back(
    history: History, at: At, answer: Answer, jump: tuple[int, int, int]
) -> None:
    """After a jump further answers come later in the log, and an undo takes the last one back."""
    answer(history, "one", 3, at(0))
    before = history.states()
    minutes, days, offset = jump
    answer(history, "one", 3, at(minutes, days, offset))
    last = answer(history, "one", 1, at(minutes + 1, days, offset))
    events = list(history.events())
    times = [event.time for event in events]
    assert times == sorted(set(times))
    assert events[-1] == last
    state = history.state("bank/question/one")
    assert (state.reviews, state.grade) == (3, 1)
    assert state.stability is not None
    assert 0 < state.stability < 100
    assert history.undo(at(minutes + 2, days, offset)) == last
    assert history.undo(at(minutes + 2, days, offset)) == events[1]
    assert {name: state.reviews for name, state in history.states().items()} == {
        name: state.reviews for name, state in before.items()
    }
    assert history.verify() == []
