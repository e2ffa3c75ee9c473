"""State as a function of the log: order, tombstones, moves and kinds of the future."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.model.event import (
    BURY,
    CRAM,
    FORGET,
    LEECH,
    MOVE,
    REVIEW,
    SUSPEND,
    UNBURY,
    UNDO,
    UNSUSPEND,
    Event,
)
from nnquiz.model.state import CardState
from nnquiz.study.replay import apply, order, replay, standing
from nnquiz.study.schedule import answered

CARDS = ("b/q/one", "b/q/two", "b/q/three")


def event(time: int, kind: str = REVIEW, card: str = CARDS[0], **fields: object) -> Event:
    """Return an event whose id is its time and whose day follows from it."""
    made = Event(
        f"{time:04}", kind, card, time, time, 0, 739_000 + time // 10, "device", "fsrs-6/1"
    )
    if kind in {REVIEW, CRAM}:
        made = replace(made, grade=3, retention=0.9)
    return replace(made, **fields)  # type: ignore[arg-type]


kinds = st.sampled_from(
    (REVIEW, REVIEW, REVIEW, CRAM, BURY, UNBURY, SUSPEND, UNSUSPEND, FORGET, LEECH, "hum")
)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Draw a log over three cards with undos, undos of undos, moves and unknown kinds."""
    log: list[Event] = []
    for _ in range(draw(st.integers(0, 25))):
        time = draw(st.integers(len(log) * 4, len(log) * 4 + 3))  # in order, with gaps
        card = draw(st.sampled_from(CARDS))
        undoable = [e for e in log if e.card == card]
        choice = draw(st.integers(0, 9))
        if choice < 2 and undoable:
            log.append(event(time, UNDO, card, target=draw(st.sampled_from(undoable)).id))
        elif choice == 2:
            log.append(event(time, MOVE, card, target=draw(st.sampled_from(CARDS))))
        else:
            grade = draw(st.sampled_from((1, 2, 3, 4)))
            log.append(event(time, draw(kinds), card, grade=grade, retention=0.9))
    return log


@given(logs(), st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(log: list[Event], random: object) -> None:
    """Shuffled events replay to the same states."""
    shuffled = list(log)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert replay(shuffled) == replay(log)


@given(logs())
def test_what_was_taken_back_never_happened(log: list[Event]) -> None:
    """A log replays as if it held its standing events alone, without any undo."""
    plain = [e for e in standing(log) if e.kind != UNDO]
    assert replay(plain) == replay(log)


@given(logs())
def test_taking_back_and_again_changes_nothing(log: list[Event]) -> None:
    """An undo of the last event gives the log without it, and a redo the whole log again."""
    if not log:
        return
    last = log[-1]
    undo = event(900, UNDO, last.card, target=last.id)
    redo = event(901, UNDO, last.card, target=undo.id)
    assert replay([*log, undo]) == replay(log[:-1])
    assert replay([*log, undo, redo]) == replay(log)


@given(logs())
def test_state_grows_event_by_event(log: list[Event]) -> None:
    """Without undos and moves, applying each new event to the last state is the whole replay."""
    plain = [e for e in log if e.kind not in {UNDO, MOVE, "hum"}]
    states: dict[str, CardState] = {}
    for e in plain:
        states[e.card] = apply(states.get(e.card, CardState(e.card)), e)
    assert replay(plain) == states


@given(logs())
@settings(max_examples=50)
def test_kinds_of_the_future_change_nothing(log: list[Event]) -> None:
    """Events of unknown kinds are passed over."""
    assert replay(log) == replay(e for e in log if e.kind != "hum")


def test_undo_reaches_only_back_and_only_its_own_card() -> None:
    """An undo that names a later event, itself or another card's event does nothing."""
    first, later, other = event(1), event(9), event(5, card=CARDS[1])
    useless = [
        event(3, UNDO, target=later.id),
        event(6, UNDO, target=other.id),
        event(7, UNDO, target="0007"),
    ]
    assert replay([first, later, other, *useless]) == replay([first, later, other])


def test_two_undos_of_one_event_are_one() -> None:
    """Two devices that take the same event back agree, and one redo alone does not restore it."""
    answer, one, two = event(1), event(2, UNDO, target="0001"), event(3, UNDO, target="0001")
    assert replay([answer, one, two]) == {}
    assert replay([answer, one, two, event(4, UNDO, target="0003")]) == {}


def test_cram_leaves_the_schedule_alone() -> None:
    """A cram changes nothing but the time and id of the newest event."""
    before = replay([event(1)])[CARDS[0]]
    after = replay([event(1), event(30, CRAM, grade=1)])[CARDS[0]]
    assert after == replace(before, time=30, event="0030")


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((BURY,), {"buried_on": 739_000}),
        ((BURY, UNBURY), {"buried_on": None}),
        ((BURY, REVIEW), {"buried_on": None}),
        ((SUSPEND,), {"suspended": True}),
        ((SUSPEND, REVIEW), {"suspended": True}),
        ((SUSPEND, UNSUSPEND), {"suspended": False}),
        ((LEECH,), {"suspended": True, "leech": True}),
        ((LEECH, UNSUSPEND), {"suspended": False, "leech": True}),
        ((REVIEW, FORGET), {"stability": None, "due": None, "first_day": None, "reviews": 1}),
        ((LEECH, FORGET), {"suspended": True, "leech": False}),
    ],
)
def test_each_kind_does_what_it_says(kinds: tuple[str, ...], expected: dict[str, object]) -> None:
    """Burying, suspending, marking and forgetting set and clear what they are named after."""
    state = replay(event(i, kind) for i, kind in enumerate(kinds))[CARDS[0]]
    assert {name: getattr(state, name) for name in expected} == expected


def test_a_move_takes_the_history_along() -> None:
    """The new id has the state the old one had, and the old one has none."""
    old, new = CARDS[:2]
    reviews = [event(1), event(45)]
    moved = replay([*reviews, event(50, MOVE, target=new)])
    assert moved == {new: replace(replay(reviews)[old], card=new, time=50, event="0050")}


def test_a_move_joins_two_histories() -> None:
    """Where the new id has answers of its own, both histories count, in the order of time."""
    old, new = CARDS[:2]
    log = [event(1), event(21, card=new, grade=2), event(48), event(50, MOVE, target=new)]
    state = answered(CardState(old), 3, 739_000, 0.9)
    state = answered(replace(state, card=new), 2, 739_002, 0.9)
    state = answered(replace(state, card=old), 3, 739_004, 0.9)
    assert replay(log) == {new: replace(state, card=new, time=50, event="0050")}


def test_cards_can_swap_their_names() -> None:
    """Three moves by way of a spare id exchange the histories of two cards."""
    one, two, spare = CARDS
    log = [event(1), event(2, card=two, grade=1)]
    swap = [
        event(3, MOVE, one, target=spare),
        event(4, MOVE, two, target=one),
        event(5, MOVE, spare, target=two),
    ]
    before, after = replay(log), replay(log + swap)
    assert after[one].stability == before[two].stability
    assert after[two].stability == before[one].stability
    assert set(after) == {one, two}


def test_a_review_without_a_grade_is_refused() -> None:
    """Replay does not guess what a review was graded."""
    with pytest.raises(ValueError, match="0001"):
        replay([event(1, grade=None)])


def test_equal_times_are_ordered_by_id() -> None:
    """Two devices that answer in the same millisecond are in the same order everywhere."""
    a, b = replace(event(1), id="a", grade=1), replace(event(1), id="b", grade=4)
    assert order(a) < order(b)
    assert replay([a, b]) == replay([b, a])
    assert replay([a, b])[CARDS[0]].grade == 4
