"""Which cards a drill asks: the day's share of what is waiting, or what somebody chose instead."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.model.card import Card
from nnquiz.model.event import AGAIN, GOOD
from nnquiz.model.settings import Settings
from nnquiz.model.state import CardState
from nnquiz.study.queue import recall
from nnquiz.study.selection import Selection, Wish, select

TODAY = 739_942
CARDS = [Card(f"b/q{n:03}/c", f"b/q{n:03}", "choice", "", "") for n in range(400)]
DEFAULTS = Settings()
Chooser = Callable[..., Selection]


def begun(number: int, *, days: int = 10, due: int = TODAY, grade: int = GOOD) -> CardState:
    """Return the state of a card reviewed so many days ago; the higher its number the weaker."""
    return CardState(
        CARDS[number].id, 5 + 0.05 * (400 - number), 5.0, TODAY - days, due, grade, 2,
        first_day=TODAY - 40, event="e",
    )  # fmt: skip


@pytest.fixture(scope="module")
def choose(shelf_of: Callable[..., Any], day_of: Callable[..., Any]) -> Chooser:
    """Return what selects among the cards, with the states in memory."""

    def chosen(
        wish: Wish,
        states: list[CardState],
        *,
        cards: list[Card] = CARDS,
        failed: tuple[str, ...] = (),
        spent: float = 0.0,
        advanced: tuple[str, ...] = (),
        narrow: bool = False,
        own: Settings = DEFAULTS,
    ) -> Selection:
        known = {state.card: state for state in states}
        shelf = shelf_of(cards, advanced)
        shelf.narrow = narrow
        return select(
            wish,
            shelf,
            day_of(known, TODAY, failed, spent),
            states=lambda ids: {name: known.get(name) or CardState(name) for name in ids},
            settings=own,
        )

    return chosen


def names(selection: Selection) -> list[int]:
    """Return the numbers of the chosen cards."""
    return [CARDS.index(card) for card in selection.order]


def test_what_fits_about_is_asked_whole(choose: Chooser) -> None:
    """A day a little over its minutes is not cut: 78 reviews and 15 new take nearly 25 minutes."""
    selection = choose(Wish(), [begun(n) for n in range(78)])
    assert (len(selection.order), selection.tonight) == (93, None)


def test_after_days_away_the_day_is_not_longer(choose: Chooser) -> None:
    """Of 300 due and 15 new cards 20 minutes are asked: the weakest, and new ones in their share.

    At 13.3 s and 30 s all of it takes 74 minutes, so that 27 % of each kind fit.
    """
    selection = choose(Wish(), [begun(n) for n in range(300)])
    chosen = names(selection)
    new = [n for n in chosen if n >= 300]
    due = [n for n in chosen if n < 300]
    assert (len(due), len(new), selection.tonight) == (81, 4, 85)
    assert due == list(range(299, 299 - 81, -1)), "the weakest, and the weakest of them first"
    assert not selection.helping
    assert selection.agenda is not None
    assert selection.agenda.reviews == 300


def test_the_core_comes_before_the_advanced(choose: Chooser) -> None:
    """A card of an advanced question weighs half: of two equally weak ones the core is asked."""
    advanced = tuple(f"b/q{n:03}" for n in range(0, 300, 2))
    due = names(choose(Wish(), [begun(n) for n in range(300)], advanced=advanced))
    core = sum(n % 2 for n in due if n < 300)
    assert core == 81, "forgetting differs by less than the weight here"


def test_what_was_answered_today_is_taken_off(choose: Chooser) -> None:
    """After 15 of 20 minutes a quarter is left; after all of them there is another helping."""
    states = [begun(n) for n in range(300)]
    whole = len(choose(Wish(), states).order)
    assert len(choose(Wish(), states, spent=900).order) == pytest.approx(whole / 4, abs=1)
    more = choose(Wish(), states, spent=1200)
    assert (len(more.order), more.helping) == (whole, True)


def test_an_again_comes_first_however_much_waits(choose: Chooser) -> None:
    """What was left at Again leads, and even of that no more than the minutes hold."""
    again = [begun(n, days=1, due=TODAY - 1, grade=AGAIN) for n in range(5)]
    chosen = names(choose(Wish(), [*again, *(begun(n) for n in range(5, 300))]))
    assert sorted(chosen[:5]) == [0, 1, 2, 3, 4]
    many = [begun(n, days=1, due=TODAY - 1, grade=AGAIN) for n in range(300)]
    assert len(choose(Wish(), many).order) == int(20 * 60 / 13.3)


def test_given_minutes_are_filled_with_the_weakest(choose: Chooser) -> None:
    """With `--minutes` all that waits is lined up, and then what is weakest though not due."""
    states = [begun(0), begun(1, due=TODAY + 9), begun(2, due=TODAY + 9)]
    chosen = names(choose(Wish(minutes=10), states, own=Settings(new_cards=1)))
    assert sorted(chosen[:2]) == [0, 3]
    assert chosen[2:] == [2, 1]
    many = [begun(n) for n in range(300)]
    selection = choose(Wish(minutes=5), many)
    assert len(set(names(selection))) == len(selection.order) > 5 * 60 / 13.3 * 3
    assert selection.tonight is not None
    assert selection.tonight < 25


def test_the_weakest_are_asked_whether_due_or_not(choose: Chooser) -> None:
    """`--weak` leaves out what was never begun, and asks as many as the minutes hold."""
    states = [begun(n, due=TODAY + 5) for n in range(300)]
    chosen = names(choose(Wish(weak=True), states))
    assert chosen == list(range(299, 299 - len(chosen), -1))
    assert len(chosen) == 1 + int(20 * 60 / 13.3)
    assert len(choose(Wish(weak=True), states, narrow=True).order) == 300
    assert names(choose(Wish(weak=True, limit=3), states)) == [299, 298, 297]


def test_cramming_covers_what_was_never_seen(choose: Chooser) -> None:
    """`--cram` asks the weakest first and then the unseen; of chosen questions all."""
    states = [begun(n, due=TODAY + 5) for n in range(3)]
    chosen = names(choose(Wish(cram=True), states, narrow=True))
    assert chosen[:3] == [2, 1, 0]
    assert len(chosen) == 400


def test_what_failed_today_is_asked_unless_set_aside(choose: Chooser) -> None:
    """`--failed` asks those cards and no others."""
    aside = CardState(CARDS[1].id, 5.0, 5.0, TODAY, TODAY, AGAIN, 1, suspended=True)
    failed = (CARDS[1].id, CARDS[0].id, "b/gone/c")
    assert names(choose(Wish(failed=True), [begun(0), aside], failed=failed)) == [0]
    assert names(choose(Wish(failed=True), [begun(0)])) == []


@settings(max_examples=30)
@given(st.integers(0, 999))
def test_a_seed_gives_an_order_of_its_own(choose: Chooser, seed: int) -> None:
    """The same seed gives the same order of the same cards."""
    states = [begun(n) for n in range(20)]
    once = names(choose(Wish(seed=seed), states))
    assert once == names(choose(Wish(seed=seed), states))
    assert sorted(once) == sorted(names(choose(Wish(), states)))


@settings(max_examples=60)
@given(st.integers(0, 399), st.integers(1, 40), st.integers(0, 30))
def test_no_day_is_longer_than_its_minutes_or_wastes_them(
    choose: Chooser, due: int, minutes: int, new: int
) -> None:
    """Whatever is waiting, what is asked takes at most a quarter more, and nearly all of it."""
    own = Settings(minutes=minutes, new_cards=new)
    selection = choose(Wish(), [begun(n) for n in range(due)], own=own)
    agenda = selection.agenda
    assert agenda is not None
    fresh = sum(n >= due for n in names(selection))
    takes = agenda.pace.seconds(len(selection.order) - fresh, fresh)
    assert takes <= 60 * minutes * 1.25 + agenda.pace.new
    if selection.tonight is not None:
        assert takes >= 60 * minutes - agenda.pace.new - agenda.pace.review


def test_the_share_is_the_weakest_by_chance_of_recall(choose: Chooser) -> None:
    """No due card that waits is weaker than one that is asked."""
    states = [begun(n, days=3 + n % 40) for n in range(300)]
    chosen = {n for n in names(choose(Wish(), states)) if n < 300}
    chances = [recall(state, TODAY) for state in states]
    assert max(chances[n] for n in chosen) <= min(chances[n] for n in set(range(300)) - chosen)
