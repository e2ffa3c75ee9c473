"""The log records what happened, takes it back exactly, and never forgets."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest

from nnquiz.history.log import History, Stale
from nnquiz.model.card import Card
from nnquiz.model.event import BURY, CRAM, FORGET, MOVE, REVIEW, SUSPEND, UNDO, UNSUSPEND, Event
from nnquiz.model.moment import Moment
from nnquiz.model.state import CardState
from nnquiz.study.memory import MODEL
from nnquiz.study.replay import replay
from nnquiz.study.schedule import choices

At = Callable[..., Moment]
Answer = Callable[..., Event]
MakeCard = Callable[[str], Card]

ONE, TWO, THREE = (f"bank/question/{name}" for name in ("one", "two", "three"))


def test_an_answer_is_recorded_whole(history: History, at: At, card: MakeCard) -> None:
    """The event holds all that was known at the answer, and comes back equal from the disk."""
    asked, shown, moment = card("one"), at(0, offset=60), at(1, offset=60)
    before = history.state(asked.id)
    good = choices(before, shown.day, 0.87)[2]
    event = history.answer(
        asked,
        before,
        good,
        moment=moment,
        day=shown.day,
        grade=3,
        seconds=12.25,
        retention=0.87,
        typed="42 ␛[31m",
        problem="conv-output@1:7",
    )
    assert event == Event(
        id=event.id,
        kind=REVIEW,
        card=asked.id,
        time=moment.clock,
        clock=moment.clock,
        offset=60,
        day=shown.day,
        device=event.device,
        model=MODEL,
        content="hash one",
        grade=3,
        seconds=12.25,
        typed="42 ␛[31m",
        problem="conv-output@1:7",
        retention=0.87,
        due=good.due,
    )
    assert list(history.events()) == history.recent(5) == [event]
    assert history.state(asked.id) == replace(good, time=event.time, event=event.id)


def test_everything_is_there_after_a_restart(path: str, at: At, answer: Answer) -> None:
    """A log that is closed and opened again has the same events, states and device."""
    with History.open(path) as history:
        answer(history, "one", 3, at(0))
        answer(history, "two", 1, at(1))
        events, states = list(history.events()), history.states()
    with History.open(path) as history:
        assert list(history.events()) == events
        assert history.states() == states == replay(events)
        assert answer(history, "one", 3, at(2)).device == events[0].device


def test_the_shown_day_is_kept(history: History, at: At, card: MakeCard) -> None:
    """A card shown before the day turns counts for that day, however late the answer comes."""
    asked, yesterday, moment = card("one"), at(0).day, at(0, days=1)
    before = history.state(asked.id)
    after = choices(before, yesterday, 0.9)[0]
    event = history.answer(
        asked, before, after, moment=moment, day=yesterday, grade=1, seconds=1, retention=0.9
    )
    assert event.day == event.due == yesterday == moment.day - 1


def test_time_moves_on_where_the_clock_does_not(history: History, at: At, answer: Answer) -> None:
    """With the clock set back, a card's next event still comes after its last, clock kept."""
    first = answer(history, "one", 3, at(0))
    second = answer(history, "one", 3, at(-500))
    elsewhere = answer(history, "two", 3, at(-500))
    assert second.time == first.time + 1
    assert second.clock == elsewhere.clock == elsewhere.time == at(-500).clock
    assert history.verify() == []


def test_a_cram_leaves_the_schedule_alone(history: History, at: At, card: MakeCard) -> None:
    """A cram is in the log with its grade, and the card's schedule is as it was."""
    asked, moment = card("one"), at(0)
    before = history.state(asked.id)
    event = history.answer(
        asked,
        before,
        before,
        moment=moment,
        day=moment.day,
        grade=1,
        seconds=1,
        retention=0.9,
        kind=CRAM,
    )
    assert (event.kind, event.grade, event.due) == (CRAM, 1, None)
    assert history.state(asked.id) == replace(before, time=event.time, event=event.id)


def test_two_drills_do_not_overwrite_each_other(
    path: str, at: At, card: MakeCard, answer: Answer
) -> None:
    """A card that another drill answered in the meantime is stale, and nothing is saved."""
    with History.open(path) as here, History.open(path) as there:
        asked, before = card("one"), here.state(ONE)
        shown = choices(before, at(0).day, 0.9)
        answer(there, "one", 4, at(1))
        states = here.states()
        with pytest.raises(Stale, match=ONE):
            here.answer(
                asked,
                before,
                shown[2],
                moment=at(2),
                day=at(0).day,
                grade=3,
                seconds=1,
                retention=0.9,
            )
        assert here.states() == states
        assert len(list(here.events())) == 1
        assert answer(here, "one", 3, at(3)).grade == 3  # shown again, it can be answered


def test_a_state_that_was_not_shown_is_refused(history: History, at: At, card: MakeCard) -> None:
    """What is saved must be what replay will make of the event."""
    before, day = history.state(ONE), at(0).day
    easy = choices(before, day, 0.9)[3]
    with pytest.raises(ValueError, match="not the one"):
        history.answer(
            card("one"), before, easy, moment=at(0), day=day, grade=3, seconds=1, retention=0.9
        )
    assert list(history.events()) == []


def test_undo_goes_back_step_by_step_and_redo_forward(
    history: History, at: At, answer: Answer
) -> None:
    """Any number of answers is taken back, the last first, and brought back in their order."""
    states = [history.states()]
    events = []
    for i, (name, grade) in enumerate([("one", 1), ("two", 3), ("one", 3), ("three", 4)]):
        events.append(answer(history, name, grade, at(i)))
        states.append(history.states())
    for i in reversed(range(4)):
        assert history.undo(at(10)) == events[i]
        assert history.states() == states[i]
    assert history.undo(at(10)) is None
    for i in range(4):
        assert history.redo(at(11)) == events[i]
        assert history.states() == states[i + 1]
    assert history.redo(at(11)) is None
    assert history.verify() == []


def test_undo_and_redo_survive_a_restart(path: str, at: At, answer: Answer) -> None:
    """What was answered before a restart of the same day can be taken back after it."""
    with History.open(path) as history:
        event = answer(history, "one", 3, at(0))
    with History.open(path) as history:
        assert history.undo(at(5)) == event
    with History.open(path) as history:
        assert history.redo(at(6)) == event
        assert history.redo(at(6)) is None


def test_redo_ends_where_something_new_began(history: History, at: At, answer: Answer) -> None:
    """After an undo and a new answer there is nothing to redo, until that is undone as well."""
    first = answer(history, "one", 3, at(0))
    history.undo(at(1))
    second = answer(history, "two", 3, at(2))
    assert history.redo(at(3)) is None
    assert history.undo(at(4)) == second
    assert history.redo(at(5)) == second
    assert history.redo(at(6)) is None
    assert first.card not in history.states()


def test_undo_takes_back_anything(history: History, at: At, answer: Answer) -> None:
    """Burying, suspending, moving and forgetting are taken back like answers."""
    answer(history, "one", 3, at(0))
    for i, (kind, target) in enumerate(
        [(BURY, None), (SUSPEND, None), (FORGET, None), (MOVE, TWO)]
    ):
        before = history.states()
        event = history.record(kind, ONE, moment=at(i + 1), target=target)
        assert history.states() != before
        assert history.undo(at(i + 1)) == event
        assert history.states() == before
        assert history.redo(at(i + 1)) == event
        if kind == SUSPEND:
            history.record(UNSUSPEND, ONE, moment=at(i + 1))
    assert history.verify() == []


def test_undo_keeps_to_this_day(history: History, at: At, answer: Answer) -> None:
    """Yesterday's answers stay."""
    answer(history, "one", 3, at(0))
    assert history.undo(at(0, days=1)) is None
    assert history.undo(at(0, days=2)) is None
    assert history.redo(at(0)) is None


def test_undo_reaches_an_answer_across_the_turn_of_the_day(
    history: History, at: At, card: MakeCard
) -> None:
    """What was shown before four o'clock and answered after it can be taken back for an hour."""
    shown, answered, soon, late = at(346), at(348), at(350), at(420)
    assert (shown.day, answered.day) == (at(0).day, at(0).day + 1)
    before = history.state(ONE)
    after = choices(before, shown.day, 0.9)[2]
    event = history.answer(
        card("one"),
        before,
        after,
        moment=answered,
        day=shown.day,
        grade=3,
        seconds=1,
        retention=0.9,
    )
    assert history.undo(late) is None
    assert history.undo(soon) == event


def test_undo_finds_the_last_answer_when_the_clock_was_set_back(
    history: History, at: At, answer: Answer
) -> None:
    """The last answer is the last that was given, not the one with the latest time."""
    answer(history, "one", 3, at(0))
    last = answer(history, "two", 3, at(-300))
    assert history.undo(at(-299)) == last


def test_undo_leaves_other_devices_alone(history: History, at: At, answer: Answer) -> None:
    """An answer that came from another device is not taken back here."""
    mine = answer(history, "one", 3, at(0))
    other = replace(mine, id=f"{at(5).clock:012x}", time=at(5).clock, device="other")
    assert history.merge([other]) == 1
    assert history.undo(at(6)) == mine
    assert history.undo(at(6)) is None
    assert history.state(ONE).event == other.id


def test_a_copied_folder_writes_under_a_new_name(
    path: str, at: At, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another machine the same file gets another device id, and each keeps its own."""
    with History.open(path) as history:
        home = answer(history, "one", 3, at(0)).device
    with monkeypatch.context() as patch, History.open(path) as history:
        patch.setattr("nnquiz.history.log.machine", lambda: "another")
        away = answer(history, "two", 3, at(1)).device
        assert history.undo(at(2)).card == TWO  # type: ignore[union-attr]
        assert history.undo(at(2)) is None
    with History.open(path) as history:
        assert answer(history, "three", 3, at(3)).device == home != away


def test_a_move_carries_the_card_on(history: History, at: At, answer: Answer) -> None:
    """After a move, answers under the new id go on from the old one's memory."""
    answer(history, "one", 3, at(0))
    old = history.state(ONE)
    history.record(MOVE, ONE, moment=at(1), target=TWO)
    assert history.state(TWO).stability == old.stability
    assert history.state(ONE) == CardState(ONE)
    answer(history, "two", 3, at(0, days=3))
    assert history.state(TWO).reviews == 2
    assert history.verify() == []


def test_records_have_their_own_methods(history: History, at: At) -> None:
    """An undo or an answer cannot be slipped in as a record, nor a move without a target."""
    for kind, target in [(UNDO, None), (REVIEW, None), ("hum", None), (MOVE, None), (BURY, TWO)]:
        with pytest.raises(ValueError, match=r"of their own|a target"):
            history.record(kind, ONE, moment=at(0), target=target)
    assert list(history.events()) == []


def test_bytes_that_are_no_text_do_not_lose_an_answer(
    history: History, at: At, answer: Answer
) -> None:
    """What a terminal sent outside of UTF-8 is kept as question marks."""
    assert answer(history, "one", 3, at(0), typed="na\udcefve").typed == "na?ve"


def test_event_ids_are_unique_and_ordered_by_time(history: History, at: At, answer: Answer) -> None:
    """Ids of one device sort as their times do."""
    events = [answer(history, f"card {i}", 3, at(i // 3)) for i in range(12)]
    assert len({event.id for event in events}) == 12
    assert [e.id[:12] for e in events] == [f"{e.time:012x}" for e in events]


def test_events_can_be_asked_for_by_card(history: History, at: At, answer: Answer) -> None:
    """One card's events come in their order, undone ones and undos among them."""
    first = answer(history, "one", 3, at(0))
    answer(history, "two", 3, at(1))
    second = answer(history, "one", 1, at(2))
    history.undo(at(3))
    kinds = [(event.id, event.kind, event.target) for event in history.events(ONE)]
    assert kinds[:2] == [(first.id, REVIEW, None), (second.id, REVIEW, None)]
    assert kinds[2][1:] == (UNDO, second.id)


def test_the_log_cannot_be_changed(history: History, path: str, at: At, answer: Answer) -> None:
    """The file itself refuses to alter or delete a record."""
    answer(history, "one", 3, at(0))
    with sqlite3.connect(path) as other:
        for statement in ("UPDATE events SET grade = 4", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError, match="the log is never"):
                other.execute(statement)
    other.close()


def test_verify_finds_what_rebuild_repairs(
    history: History, path: str, at: At, answer: Answer
) -> None:
    """A state that was tampered with, lost or invented is reported and put right."""
    for name in ("one", "two", "three"):
        answer(history, name, 3, at(0))
    good = history.states()
    other = sqlite3.connect(path)
    other.execute("UPDATE states SET stability = stability * 1.001 WHERE card = ?", (ONE,))
    other.execute("DELETE FROM states WHERE card = ?", (TWO,))
    other.execute("UPDATE states SET card = 'bank/question/ghost' WHERE card = ?", (THREE,))
    other.commit()
    other.close()
    differences = {d.replayed.card: d for d in history.verify()}
    assert set(differences) == {ONE, TWO, THREE, "bank/question/ghost"}
    assert differences[TWO].stored == CardState(TWO)
    assert differences[ONE].replayed == good[ONE]
    assert history.rebuild() == 3
    assert history.states() == good
    assert history.verify() == []


def test_the_last_digit_of_another_machine_is_no_difference(
    history: History, path: str, at: At, answer: Answer
) -> None:
    """Logarithms differ in their last digit between machines; verify does not call that damage."""
    answer(history, "one", 3, at(0))
    other = sqlite3.connect(path)
    other.execute("UPDATE states SET stability = stability * (1 + 1e-15)")
    other.commit()
    other.close()
    assert history.verify() == []
