"""Long-term reviews: which answers test a memory, and which memory they test."""

from dataclasses import replace

from nnquiz.model.event import AGAIN, CRAM, FORGET, GOOD, MOVE, REVIEW, UNDO, Event
from nnquiz.study.memory import first, next_memory
from nnquiz.study.past import find_trials
from nnquiz.study.replay import histories

CARD, OTHER = "b/q/one", "b/q/two"


def event(time: int, day: int, grade: int = GOOD, **fields: object) -> Event:
    """Return a review of a card at a time of a day, or what `fields` make of it."""
    made = Event(f"{time:04}", REVIEW, CARD, time, time, 0, day, "device", "fsrs-6/1", grade=grade)
    return replace(made, retention=0.9, **fields)  # type: ignore[arg-type]


def test_the_first_answer_of_a_later_day_is_a_trial() -> None:
    """The first answer ever and repeats on a day test nothing; they change the memory all the same.

    The stability that is tested is that after all answers of the earlier days.
    """
    log = [event(1, 10, AGAIN), event(2, 10), event(3, 13, AGAIN), event(4, 13), event(5, 20)]
    trials = find_trials(histories(log))
    memory = next_memory(first(AGAIN), GOOD, 0)
    assert [(one.day, one.elapsed, one.recalled) for one in trials] == [
        (13, 3, False),
        (20, 7, True),
    ]
    assert trials[0].stability == memory.stability
    later = next_memory(next_memory(memory, AGAIN, 3), GOOD, 0)
    assert trials[1].stability == later.stability


def test_what_was_taken_back_or_crammed_is_no_trial() -> None:
    """An undone answer and a cram leave no trace, in the trials as in the memory."""
    log = [event(1, 10), event(2, 12), event(3, 12, kind=UNDO, target="0002")]
    log += [event(4, 13, AGAIN, kind=CRAM), event(5, 14)]
    trials = find_trials(histories(log))
    assert [(one.day, one.elapsed) for one in trials] == [(14, 4)]
    assert trials[0].stability == first(GOOD).stability


def test_a_forgotten_card_begins_anew() -> None:
    """After a forget the next answer is a first one again."""
    log = [event(1, 10), event(2, 12, kind=FORGET), event(3, 14), event(4, 15)]
    assert [one.day for one in find_trials(histories(log))] == [15]


def test_a_moved_card_keeps_its_past() -> None:
    """Trials before a move belong to the new name."""
    log = [event(1, 10), event(2, 12), event(3, 12, kind=MOVE, target=OTHER)]
    log += [event(4, 15, card=OTHER)]
    trials = find_trials(histories(log))
    assert [(one.card, one.day, one.elapsed) for one in trials] == [(OTHER, 12, 2), (OTHER, 15, 3)]


def test_trials_come_by_day() -> None:
    """Trials of all cards are in the order of their study days and times."""
    log = [event(1, 10), event(2, 10, card=OTHER), event(3, 12, card=OTHER), event(4, 11)]
    assert [(one.card, one.day) for one in find_trials(histories(log))] == [(CARD, 11), (OTHER, 12)]


def test_a_flight_west_makes_a_repeat() -> None:
    """An answer on an earlier study day than the last one tests nothing."""
    log = [event(1, 10), event(2, 9), event(3, 11)]
    assert [(one.day, one.elapsed) for one in find_trials(histories(log))] == [(11, 2)]
