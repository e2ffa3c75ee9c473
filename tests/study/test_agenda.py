"""What a day holds: the allowance of new cards, the time it takes, and the next day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.model.card import Card
from nnquiz.model.event import GOOD
from nnquiz.model.settings import Settings
from nnquiz.model.state import CardState
from nnquiz.study.agenda import Agenda, Outlook, look_ahead, make_agenda, new_cards
from nnquiz.study.pace import measure

TODAY = 739_942
CARDS = [Card(f"b/q{n}/explain", f"b/q{n}", "explain", "", "") for n in range(30)]


class Look(NamedTuple):
    """What is waiting on a day, and when there is more."""

    agenda: Agenda
    outlook: Outlook


Looker = Callable[..., Look]


@pytest.fixture
def look(shelf_of: Callable[..., Any], day_of: Callable[..., Any]) -> Looker:
    """Return what looks at a day over cards and states in memory."""

    def looked(
        cards: Iterable[Card],
        states: Mapping[str, CardState],
        own: Settings,
        new: int | None = None,
    ) -> Look:
        shelf, day = shelf_of(cards), day_of(states, TODAY)
        agenda = make_agenda(shelf, day, own, new=new)
        return Look(agenda, look_ahead(shelf, day, own, agenda))

    return looked


def state(card: Card, due: int, *, day: int = TODAY - 3, first: int = TODAY - 9) -> CardState:
    """Return the state of a card that is due on a day."""
    return CardState(card.id, 5.0, 5.0, day, due, GOOD, reviews=2, first_day=first, event="e")


def test_the_allowance_is_what_today_left_of_it(look: Looker) -> None:
    """Cards begun today count, whatever they are due; those of other days do not."""
    states = {
        CARDS[0].id: state(CARDS[0], TODAY + 3, day=TODAY, first=TODAY),
        CARDS[1].id: state(CARDS[1], TODAY + 3, day=TODAY, first=TODAY),
        CARDS[2].id: state(CARDS[2], TODAY + 3),
    }
    agenda, outlook = look(CARDS, states, Settings(new_cards=5))
    assert agenda.waiting.new == tuple(CARDS[3:6])
    assert outlook.held_back == 24


def test_more_new_cards_can_be_asked_for(look: Looker) -> None:
    """A number given for this drill counts as it stands, used allowance or not; 0 is none."""
    states = {card.id: state(card, TODAY + 3, day=TODAY, first=TODAY) for card in CARDS[:5]}
    own = Settings(new_cards=5)
    for new, expected in ((None, 0), (0, 0), (4, 4), (99, 25)):
        agenda = look(CARDS, states, own, new).agenda
        assert len(agenda.waiting.new) == expected


def test_new_cards_are_those_that_are_begun_first(look: Looker) -> None:
    """The allowance counts cards, and takes them in the order of introduction."""
    cards = [
        Card(f"b/q{q}/{kind}", f"b/q{q}", kind, "", "")
        for q in range(3)
        for kind in ("explain", "numeric", "choice")
    ]
    agenda, outlook = look(cards, {}, Settings(new_cards=4))
    names = [card.id for card in agenda.waiting.new]
    assert names == ["b/q0/choice", "b/q1/choice", "b/q2/choice", "b/q0/explain"]
    assert outlook.held_back == 5


def test_the_next_day_is_the_earliest_with_anything_on_it(look: Looker) -> None:
    """New cards that wait make it tomorrow; else the earliest due day, the suspended aside."""
    states = {card.id: state(card, TODAY + 4 + n) for n, card in enumerate(CARDS)}
    own = Settings()
    agenda, outlook = look(CARDS, states, own)
    assert agenda.empty
    assert (outlook.next_due, outlook.next_day) == (TODAY + 4, TODAY + 4)
    early = CardState(CARDS[0].id, 5.0, 5.0, TODAY, TODAY + 1, GOOD, 1, suspended=True)
    agenda, outlook = look(CARDS, {**states, early.card: early}, own)
    assert outlook.next_due == TODAY + 5
    del states[CARDS[0].id]
    agenda, outlook = look(CARDS, states, own, 0)
    assert (outlook.next_due, outlook.next_day) == (TODAY + 5, TODAY + 1)


def test_a_buried_card_is_due_tomorrow(look: Looker) -> None:
    """What is buried today and overdue waits again on the next day."""
    card = CARDS[0]
    buried = CardState(card.id, 5.0, 5.0, TODAY - 9, TODAY - 2, GOOD, 1, buried_on=TODAY)
    agenda, outlook = look([card], {card.id: buried}, Settings())
    assert agenda.empty
    assert outlook.next_due == TODAY + 1


def test_nothing_at_all(look: Looker) -> None:
    """Without cards there is no next day."""
    agenda, outlook = look([], {}, Settings())
    assert agenda.empty
    assert (outlook.next_due, outlook.next_day, outlook.held_back) == (None, None, 0)


def test_a_guess_of_the_pace_stands_until_there_are_answers() -> None:
    """30 s for a new card; nine in ten reviews at 12 s and one at 25 s make 13.3 s."""
    pace = measure([], retention=0.9)
    assert pace.review == pytest.approx(13.3)
    assert pace.new == 30
    assert pace.seconds(reviews=10, new=2) == pytest.approx(193)


def test_own_seconds_pull_the_pace_and_long_absences_do_not() -> None:
    """Ten answers of 60 s weigh as much as the guess, and an hour counts as two minutes."""
    assert measure([60.0] * 10, 0.9).review == pytest.approx((13.3 + 60) / 2)
    assert measure([3600.0], 0.9) == measure([120.0], 0.9)
    slow = measure([100.0] * 100, 0.9)
    assert slow.new == slow.review > 90


@given(st.lists(st.sampled_from(("begun", "new", "aside", "begun aside")), max_size=60))
@settings(max_examples=60, deadline=None)
def test_what_is_remembered_spares_looks_and_changes_nothing(
    shelf_of: Callable[..., Any], day_of: Callable[..., Any], kinds: list[str]
) -> None:
    """The second start yields the same new cards, without the begun ones before them."""
    cards = [Card(f"b/q{n}/c", f"b/q{n}", "choice", "", "") for n in range(2600 + len(kinds))]
    stands = dict(zip(cards[2600:], kinds, strict=True))
    states = {}
    for card in cards:
        kind = stands.get(card, "begun")
        if kind != "new":
            begun = state(card, TODAY + 3) if "begun" in kind else CardState(card.id)
            states[card.id] = replace(begun, suspended="aside" in kind)
    shelf, day = shelf_of(cards), day_of(states, TODAY)
    shelf.order = "order"
    expected = [card for card, kind in stands.items() if kind == "new"]
    assert list(new_cards(shelf, day)) == expected
    assert 2000 <= day.remembered["order"] <= len(cards)
    assert all("begun" in stands.get(card, "begun") for card in cards[: day.remembered["order"]])
    assert list(new_cards(shelf, day)) == expected
