"""One drill over the real review log: nothing is lost, undo is exact, the shown state is saved."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards import grade
from nnquiz.errors import NnquizError
from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.event import REVIEW, Event
from nnquiz.model.moment import Moment
from nnquiz.model.question import Passage, Question
from nnquiz.model.state import CardState
from nnquiz.model.written import Body, Numeric
from nnquiz.study.replay import replay
from nnquiz.study.sitting import Asked, Sitting

EMPTY = Passage("", [])
CARDS = [Card(f"b/q{n}/explain", f"b/q{n}", "explain", "", f"hash{n}") for n in range(8)]


NUMERIC = Card("b/q0/z", "b/q0", "numeric", "", "hash")


class Shelf:
    """A bank of eight questions without a file."""

    def __init__(self, problem: str = "neuron_preactivation") -> None:
        self._problem = problem

    def question(self, name: str) -> Question:
        """Return a question with nothing but its name."""
        bank, _, own = name.partition("/")
        return Question(
            bank, 1, own, EMPTY, "", "", (), EMPTY, EMPTY, (), (), (), (), (), (), "", 1
        )

    def card(self, card: str) -> Card | None:
        """Return a card by its id."""
        return next((one for one in [*CARDS, NUMERIC] if one.id == card), None)

    def body(self, card: str) -> Body:
        """Return the problem of the one card that is not an explanation."""
        assert card == NUMERIC.id
        return Numeric(self._problem)

    def is_answer(self, bank: str, text: str) -> bool:
        """Know no answers."""
        del bank, text
        return False


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.clock, self.day = 1_790_000_000_000, 739_942

    def __call__(self) -> Moment:
        """Read it, a second after the last time."""
        self.clock += 1000
        return Moment(self.clock, 0, self.day)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[History]:
    """Return an empty review log."""
    with History.open(str(tmp_path / "history.db")) as history:
        yield history


def sit(log: History, clock: Clock | None = None, cards: Sequence[Card] = CARDS) -> Sitting:
    """Return a drill of all cards."""
    return Sitting(
        cards, log.states(), bank=Shelf(), log=log, clock=clock or Clock(), retention=0.9
    )


def give(sitting: Sitting, number: int, seconds: float = 5.0) -> CardState:
    """Grade the next card, and return the state that its button stood for."""
    asked = sitting.next()
    assert asked is not None
    assert sitting.save(asked, number, seconds) is not None
    return asked.choices[number - 1]


def test_the_state_shown_is_the_state_saved(log: History) -> None:
    """What `choices` said when the card was shown is in the log, with nothing but time and id."""
    sitting = sit(log)
    for number in (1, 2, 3, 4):
        promised = give(sitting, number)
        stored = log.state(promised.card)
        assert (stored.stability, stored.difficulty) == (promised.stability, promised.difficulty)
        assert (stored.due, stored.day, stored.reviews) == (promised.due, promised.day, 1)


def test_the_study_day_is_the_one_on_which_the_card_was_shown(log: History) -> None:
    """An answer given after the day turned belongs to the day of the question."""
    clock = Clock()
    sitting = sit(log, clock)
    asked = sitting.next()
    assert asked is not None
    clock.day += 1
    assert sitting.save(asked, 3, 5.0) is not None
    (event,) = log.events()
    assert (event.day, event.due) == (asked.shown.day, asked.choices[2].due)


def test_undo_asks_the_card_again_and_then_the_one_it_interrupted(log: History) -> None:
    """After the undo the state is that of a new card, and no card is lost or doubled."""
    sitting = sit(log)
    give(sitting, 1)
    interrupted = sitting.next()
    assert interrupted is not None
    taken_back = sitting.undo()
    assert taken_back is not None
    event, asked = taken_back
    assert asked is not None
    assert asked.card.id == event.card == CARDS[0].id
    assert asked.before == CardState(CARDS[0].id)
    assert sitting.queue.coming_again == 0
    assert sitting.left == 8
    assert sitting.save(asked, 3, 5.0) is not None
    following = sitting.next()
    assert following is not None
    assert following.card == interrupted.card
    assert sitting.summary().answered == 1


def test_redo_gives_the_answer_again(log: History) -> None:
    """Undo and redo leave the log's state, the summary and what comes again as they were."""
    sitting = sit(log)
    give(sitting, 1)
    before = log.states()
    sitting.next()
    sitting.undo()
    assert sitting.can_redo
    redone = sitting.redo()
    assert redone is not None
    assert {key: value.due for key, value in log.states().items()} == {
        key: value.due for key, value in before.items()
    }
    assert sitting.queue.coming_again == 1
    assert sitting.summary().grades == (1, 0, 0, 0)
    assert not sitting.can_redo
    following = sitting.next()
    assert following is not None
    assert following.card == CARDS[1]


def test_nothing_to_take_back(log: History) -> None:
    """Without an answer of today undo and redo say so and change nothing."""
    sitting = sit(log)
    assert (sitting.can_undo, sitting.can_redo) == (False, False)
    sitting.next()
    assert sitting.undo() is None
    assert sitting.redo() is None
    assert sitting.left == 8


def test_a_card_that_was_set_aside_comes_back_by_undo(log: History) -> None:
    """Burying and suspending are taken back like an answer."""
    for set_aside in (Sitting.bury, Sitting.suspend):
        sitting = sit(log)
        asked = sitting.next()
        assert asked is not None
        set_aside(sitting, asked)
        assert log.state(asked.card.id) != CardState(asked.card.id)
        sitting.next()
        taken_back = sitting.undo()
        assert taken_back is not None
        assert taken_back[1] is not None
        assert taken_back[1].card == asked.card
        assert log.state(asked.card.id) == CardState(asked.card.id)


def test_an_answer_of_another_drill_is_not_written_over(log: History, tmp_path: Path) -> None:
    """The second answer to what was shown twice is refused, and then given to the new state."""
    clock = Clock()
    with History.open(str(tmp_path / "history.db")) as other_log:
        one, other = sit(log, clock), sit(other_log, clock)
        first, second = one.next(), other.next()
        assert first is not None
        assert second is not None
        assert one.save(first, 3, 5.0) is not None
        assert other.save(second, 4, 5.0) is None
        shown_again = other.again(second)
        assert shown_again.before.reviews == 1
        assert other.save(shown_again, 4, 5.0) is not None
        assert [event.grade for event in log.events()] == [3, 4]


def test_a_card_answered_elsewhere_is_passed_over(log: History, tmp_path: Path) -> None:
    """Two drills side by side share the cards."""
    clock = Clock()
    with History.open(str(tmp_path / "history.db")) as other_log:
        one, other = sit(log, clock), sit(other_log, clock)
        for _ in range(3):
            give(one, 3)
        asked = other.next()
        assert asked is not None
        assert asked.card == CARDS[3]


def test_an_error_of_the_log_is_not_swallowed(
    log: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written the answer is not taken as given."""

    def full(*_: object, **__: object) -> NoReturn:
        raise NnquizError("the disk is full")

    monkeypatch.setattr(log, "answer", full)
    sitting = sit(log)
    asked = sitting.next()
    assert asked is not None
    with pytest.raises(NnquizError, match="the disk is full"):
        sitting.save(asked, 3, 5.0)
    assert sitting.summary().answered == 0


def test_the_summary_counts_cards_where_they_come_back(log: History) -> None:
    """A card answered twice counts once under its last day; the times add up."""
    sitting = sit(log, cards=CARDS[:2])
    for number in (1, 4, 3):
        give(sitting, number, seconds=10.0)
    result = sitting.summary()
    assert result.grades == (1, 0, 1, 1)
    assert result.seconds == 30
    assert (result.today, result.left) == (0, 0)
    assert result.tomorrow + result.week + result.later == 2


def test_what_was_typed_is_in_the_log_with_its_numbers(log: History) -> None:
    """An undone problem comes back with the same numbers, the next review has others."""
    sitting = sit(log, cards=[NUMERIC])
    labels = []
    for typed in ("0", "1"):
        asked = sitting.next()
        assert asked is not None
        assert sitting.save(asked, 1, 5.0, grade(asked.exercise, typed)) is not None
        labels.append(asked.exercise.problem)
    events = list(log.events())
    assert [(event.typed, event.problem) for event in events] == list(
        zip("01", labels, strict=True)
    )
    assert labels[0] != labels[1]
    taken_back = sitting.undo()
    assert taken_back is not None
    assert taken_back[1] is not None
    assert taken_back[1].exercise.problem == labels[1]
    assert sitting.save(taken_back[1], 3, 5.0, taken_back[1].exercise.shown()) is not None
    assert (last(log).typed, last(log).problem) == (None, labels[1])


def crammed(log: History) -> Sitting:
    """Return a drill of all cards that leaves the schedule as it is."""
    known = log.states_of([card.id for card in CARDS])
    return Sitting(CARDS, known, bank=Shelf(), log=log, clock=Clock(), retention=0.9, cram=True)


def test_a_cram_leaves_every_schedule_as_it_was(log: History) -> None:
    """Memory and due days stay whatever the grades; an Again comes back in this drill."""
    give(sit(log), 3)
    before = {card: (s.due, s.stability, s.reviews) for card, s in log.states().items()}
    sitting = crammed(log)
    for number in (1, 2, 3, 4):
        asked = sitting.next()
        assert asked is not None
        assert asked.days(number) is None
        assert sitting.save(asked, number, 5.0) is not None
    after = {card: (s.due, s.stability, s.reviews) for card, s in log.states().items()}
    assert {card: after[card] for card in before} == before
    assert all(values == (None, None, 0) for card, values in after.items() if card not in before)
    assert [event.kind for event in log.events()] == ["review", *["cram"] * 4]
    assert sitting.queue.coming_again == 1
    result = sitting.summary()
    assert (result.crammed, result.answered, result.today, result.later) == (4, 4, 0, 0)
    assert log.verify() == []


def test_a_cram_is_undone_as_a_cram(log: History) -> None:
    """Undo asks its card again, still as a cram, and redo gives the answer back."""
    sitting = crammed(log)
    give(sitting, 1)
    taken_back = sit(log).undo()
    assert taken_back is not None
    assert taken_back[1] is not None
    assert taken_back[1].cram
    other = crammed(log)
    assert other.redo() is not None
    assert other.summary().crammed == 1
    assert other.queue.coming_again == 1


def to_a_leech(log: History) -> Sitting:
    """Return a drill of one card that was forgotten five times and now a sixth time."""
    clock, card = Clock(), CARDS[0]
    for _ in range(6):
        clock.day += 40
        give(sit(log, clock, [card]), 3)
        clock.day += 40
        sitting = sit(log, clock, [card])
        give(sitting, 1)
    return sitting


def test_the_sixth_lapse_sets_a_card_aside(log: History) -> None:
    """The leech is marked, suspended, in the log as an event of its own, and comes back no more."""
    sitting = to_a_leech(log)
    state = log.state(CARDS[0].id)
    assert (state.lapses, state.leech, state.suspended) == (6, True, True)
    assert [event.kind for event in log.events()][-2:] == ["review", "leech"]
    assert sitting.answers[-1].leech
    assert (sitting.summary().leeches, sitting.summary().today) == (1, 0)
    assert sitting.queue.coming_again == 0
    assert log.verify() == []


def test_a_leech_is_undone_with_its_answer(log: History) -> None:
    """One undo takes back both, one redo gives both back, as often as one likes."""
    sitting = to_a_leech(log)
    before = log.state(CARDS[0].id)
    for _ in range(2):
        taken_back = sitting.undo()
        assert taken_back is not None
        event, asked = taken_back
        assert asked is not None
        assert (event.kind, event.grade) == (REVIEW, 1)
        state = log.state(CARDS[0].id)
        assert (state.lapses, state.leech, state.suspended) == (5, False, False)
        redone = sitting.redo()
        assert redone == event
        assert replace(log.state(CARDS[0].id), time=0) == replace(before, time=0)
        assert sitting.queue.coming_again == 0
        assert sitting.redo() is None
    assert log.verify() == []


def test_time_that_is_up_ends_the_drill_after_the_card(log: History) -> None:
    """A drill of one minute asks until the answers have taken one, and undo gives time back."""
    known = log.states_of([card.id for card in CARDS])
    sitting = Sitting(CARDS, known, bank=Shelf(), log=log, clock=Clock(), retention=0.9, minutes=1)
    give(sitting, 3, seconds=59.0)
    assert not sitting.time_is_up
    give(sitting, 3, seconds=2.0)
    assert sitting.time_is_up
    assert sitting.next() is None
    assert sitting.left == 6
    taken_back = sitting.undo()
    assert taken_back is not None
    assert not sitting.time_is_up


def last(log: History) -> Event:
    """Return the newest event."""
    return log.recent(1)[0]


def test_a_card_that_cannot_be_asked_is_left_out(log: History) -> None:
    """A problem that does not exist is told of, and the drill goes on with the next card."""
    sitting = Sitting(
        [NUMERIC, CARDS[1]], {}, bank=Shelf("levitation"), log=log, clock=Clock(), retention=0.9
    )
    asked = sitting.next()
    assert asked is not None
    assert asked.card == CARDS[1]
    assert sitting.faults == ["b/q0/z was left out: no problem 'levitation'"]


presses = st.lists(st.sampled_from(["1", "2", "3", "4", "s", "b", "!", "u", "U", "day"]))


def press(sitting: Sitting, asked: Asked | None, key: str) -> Asked | None:
    """Do what a key asks for, and return the card that is shown then."""
    if key == "u":
        taken_back = sitting.undo()
        return asked if taken_back is None else taken_back[1] or sitting.next()
    if key == "U":
        return asked if sitting.redo() is None else sitting.next()
    if asked is None:
        return None
    if key in "1234":
        assert sitting.save(asked, int(key), 1.0) is not None
    else:
        {"s": sitting.skip, "b": sitting.bury, "!": sitting.suspend}[key](asked)
    return sitting.next()


@given(presses)
@settings(max_examples=60, deadline=None)
def test_whatever_is_pressed_the_log_replays_to_its_state(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str]
) -> None:
    """Answers, skips, undo and redo in any order: state equals replay, and the answers stand."""
    clock = Clock()
    with History.open(str(tmp_path_factory.mktemp("log") / "history.db")) as log:
        sitting = sit(log, clock)
        asked = sitting.next()
        for key in keys:
            if key == "day":
                clock.day += 1
            else:
                asked = press(sitting, asked, key)
        events = list(log.events())
        assert log.states() == replay(events)
        ours = {answer.event.id for answer in sitting.answers}
        assert len(ours) == len(sitting.answers)
        assert ours <= {event.id for event in events if event.kind == REVIEW}
        assert sum(state.reviews for state in log.states().values()) == len(ours)
