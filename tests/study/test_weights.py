"""Weights of the memory model, as a log chooses them."""

import json
from dataclasses import replace

import pytest

from nnquiz.model.event import GOOD, REVIEW, UNDO, WEIGHTS, Event
from nnquiz.study.memory import BOUNDS, DEFAULT_WEIGHTS, MODEL
from nnquiz.study.replay import replay
from nnquiz.study.weights import are_allowed, in_force, model_of, replay_whole, written

OWN = tuple(w * 2 for w in DEFAULT_WEIGHTS[:4]) + DEFAULT_WEIGHTS[4:]
OTHER = tuple(w / 2 for w in DEFAULT_WEIGHTS[:4]) + DEFAULT_WEIGHTS[4:]


def choice(time: int, weights: object = OWN, **fields: object) -> Event:
    """Return a choice of weights at a time, or what `fields` make of it."""
    extra = json.dumps({"weights": weights})
    made = Event(f"{time:04}", WEIGHTS, "", time, time, 0, 100 + time, "device", MODEL, extra=extra)
    return replace(made, **fields)  # type: ignore[arg-type]


def test_the_newest_choice_is_in_force() -> None:
    """Whatever the order of the events, the one with the latest time counts, from its day on."""
    events = [choice(2, OTHER), choice(1)]
    assert in_force(events) == in_force(reversed(events)) == (OTHER, 102)
    assert in_force([]) == (DEFAULT_WEIGHTS, 0)


def test_a_choice_that_was_taken_back_does_not_count() -> None:
    """An undo of a choice brings back the one before it."""
    undo = choice(3, kind=UNDO, target="0002", extra="{}")
    assert in_force([choice(1), choice(2, OTHER), undo]).weights == OWN


@pytest.mark.parametrize(
    "strange",
    [None, [], [1.0] * 34, [-1.0] * 21, ["1"] * 21, [float("nan")] * 21, {"w": 1}, "weights"],
)
def test_what_a_newer_version_wrote_is_passed_over(strange: object) -> None:
    """Weights of another model, or no weights at all, leave those from before in force."""
    assert in_force([choice(1), choice(2, strange)]).weights == OWN
    assert in_force([choice(1), choice(2, extra="[1]"), choice(3, extra="no")]).weights == OWN


def test_weights_survive_being_written() -> None:
    """What an event keeps is read back to the last bit."""
    assert in_force([choice(1, extra=written(OWN))]).weights == OWN


def test_a_whole_log_is_replayed_with_its_weights() -> None:
    """Also what was answered before the choice."""
    answer = Event("0001", REVIEW, "b/q/one", 1, 1, 0, 100, "device", MODEL, grade=GOOD)
    log = [replace(answer, retention=0.9), choice(2)]
    assert replay_whole(log) == replay(log, OWN) != replay(log)


def test_a_model_is_named_by_its_weights() -> None:
    """Different weights have different names, behind that of the model."""
    assert model_of(DEFAULT_WEIGHTS) == MODEL
    names = {model_of(weights) for weights in (DEFAULT_WEIGHTS, OWN, OTHER)}
    assert len(names) == 3
    assert all(name.startswith(MODEL) for name in names)


def test_bounds() -> None:
    """The default weights are allowed, and so are the bounds; a step beyond is not."""
    lows, highs = zip(*BOUNDS, strict=True)
    for weights in (DEFAULT_WEIGHTS, lows, highs):
        assert are_allowed(weights)
    assert not are_allowed((*highs[:20], 0.81))
    assert not are_allowed((float("nan"), *highs[1:]))
