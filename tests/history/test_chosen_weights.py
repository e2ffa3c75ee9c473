"""Weights of the memory model in the log: chosen, merged and exported."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nnquiz.history.log import History, Stale
from nnquiz.history.transfer import export_history, import_history
from nnquiz.model.card import Card
from nnquiz.model.event import GOOD, WEIGHTS, Event
from nnquiz.model.moment import Moment
from nnquiz.study.memory import DEFAULT_WEIGHTS, MODEL
from nnquiz.study.schedule import choices
from nnquiz.study.weights import model_of, replay_whole

At = Callable[..., Moment]
Answer = Callable[..., Event]

OWN = tuple(w * 3 for w in DEFAULT_WEIGHTS[:4]) + DEFAULT_WEIGHTS[4:]
OTHER = tuple(w / 3 for w in DEFAULT_WEIGHTS[:4]) + DEFAULT_WEIGHTS[4:]


def test_a_choice_computes_every_state_anew(history: History, answer: Answer, at: At) -> None:
    """States become those of a replay with the weights, and verify finds nothing."""
    answer(history, "one", GOOD, at(0))
    answer(history, "two", GOOD, at(1))
    before = history.states()
    assert history.tune(OWN, at(2)) == 2
    after = history.states()
    assert after == replay_whole(history.events())
    for card, state in after.items():
        assert state.stability == pytest.approx(3 * (before[card].stability or 0))
    assert history.verify() == []
    assert history.rebuild() == 2
    assert history.states() == after


def test_later_answers_use_the_weights_and_say_so(
    history: History, card: Callable[[str], Card], at: At
) -> None:
    """The choices that weights lead to are saved, under the name of the model with them."""
    history.tune(OWN, at(0))
    asked, before = card("one"), history.state("bank/question/one")
    after = choices(before, at(1).day, 0.9, history.weights())[GOOD - 1]
    made = {"moment": at(1), "day": at(1).day, "grade": GOOD, "seconds": 5.0, "retention": 0.9}
    event = history.answer(asked, before, after, **made)  # type: ignore[arg-type]
    assert event.model == model_of(OWN) != MODEL
    assert history.state(asked.id).stability == OWN[GOOD - 1]
    assert history.verify() == []


def test_a_card_shown_under_other_weights_is_shown_again(
    history: History, card: Callable[[str], Card], at: At, path: str
) -> None:
    """A choice in another window makes what stands on the buttons stale; nothing is saved."""
    asked, before = card("one"), history.state("bank/question/one")
    after = choices(before, at(0).day, 0.9, history.weights())[GOOD - 1]
    with History.open(path) as elsewhere:
        elsewhere.tune(OWN, at(1))
    made = {"moment": at(2), "day": at(0).day, "grade": GOOD, "seconds": 5.0, "retention": 0.9}
    with pytest.raises(Stale):
        history.answer(asked, before, after, **made)  # type: ignore[arg-type]
    assert [event.kind for event in history.events()] == [WEIGHTS]


def test_undo_passes_over_a_choice(history: History, answer: Answer, at: At) -> None:
    """What u takes back in a drill is an answer; the weights stay until others are chosen."""
    given = answer(history, "one", GOOD, at(0))
    history.tune(OWN, at(1))
    assert history.undo(at(2)) == given
    assert history.weights() == OWN
    history.tune(DEFAULT_WEIGHTS, at(3))
    assert history.weights() == DEFAULT_WEIGHTS
    assert history.tuned_on() == at(3).day
    assert history.verify() == []


def test_logs_merge_with_their_weights(
    history: History, answer: Answer, at: At, tmp_path: Path
) -> None:
    """The newest choice holds on both devices, for the cards of both, whoever merges first."""
    answer(history, "one", GOOD, at(0))
    history.tune(OWN, at(3))
    with History.open(str(tmp_path / "other" / "history.db")) as other:
        other._machine = "another machine"
        answer(other, "two", GOOD, at(1))
        other.tune(OTHER, at(2))
        mine, theirs = list(history.events()), list(other.events())
        history.merge(theirs)
        other.merge(mine)
        assert history.weights() == other.weights() == OWN
        assert history.states() == other.states() == replay_whole([*mine, *theirs])
        assert history.verify() == other.verify() == []


def test_an_export_carries_the_weights(
    history: History, answer: Answer, at: At, tmp_path: Path
) -> None:
    """Exported and imported, a choice is the same event, and the states are the same."""
    answer(history, "one", GOOD, at(0))
    history.tune(OWN, at(1))
    export_history(history, str(tmp_path / "log.jsonl"))
    with History.open(str(tmp_path / "other" / "history.db")) as other:
        import_history(other, str(tmp_path / "log.jsonl"))
        assert list(other.events()) == list(history.events())
        assert other.states() == history.states()
        assert other.verify() == []


def test_weights_out_of_bounds_are_refused(history: History, at: At) -> None:
    """What no fit may give never enters the log."""
    with pytest.raises(ValueError, match="no weights"):
        history.tune((*OWN[:20], 7.0), at(0))
    assert list(history.events()) == []
