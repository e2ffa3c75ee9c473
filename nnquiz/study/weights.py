"""The weights of the memory model as the log has them: those of its newest choice, or the usual.

A choice is an event of the kind `weights`. It holds for every card and for all of its past: the
states are then what a replay with these weights gives, so that they stay a function of the log
alone, whatever the order in which logs are merged. Events say by their `model` which weights
were in force when they were written.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nnquiz.model.event import WEIGHTS, Event
from nnquiz.model.state import CardState
from nnquiz.study.memory import BOUNDS, DEFAULT_WEIGHTS, MODEL
from nnquiz.study.replay import replay, standing

_FIELD = "weights"


class Choice(NamedTuple):
    """Weights, and the study day on which they were chosen; 0 for the default ones."""

    weights: tuple[float, ...]
    day: int


def in_force(events: Iterable[Event]) -> Choice:
    """Return the newest standing choice of weights among events, or the default ones."""
    events = [event for event in events if not event.card]
    for event in reversed(standing(events)):
        if event.kind == WEIGHTS and (weights := _read(event.extra)):
            return Choice(weights, event.day)
    return Choice(DEFAULT_WEIGHTS, 0)


def replay_whole(events: Iterable[Event]) -> dict[str, CardState]:
    """Return the state of every card of a whole log, as the weights that it chose have it."""
    events = list(events)
    return replay(events, in_force(events).weights)


def written(weights: Sequence[float]) -> str:
    """Return weights as an event keeps them, in its `extra`."""
    import json

    return json.dumps({_FIELD: list(weights)})


def model_of(weights: Sequence[float]) -> str:
    """Return how an event names the model with these weights: "fsrs-6/1", or with a checksum.

    >>> model_of(DEFAULT_WEIGHTS)
    'fsrs-6/1'
    """
    if tuple(weights) == DEFAULT_WEIGHTS:
        return MODEL
    import zlib

    return f"{MODEL}+{zlib.crc32(repr(tuple(weights)).encode()):08x}"


def are_allowed(weights: Sequence[object]) -> bool:
    """Say whether these may be weights: 21 numbers within the bounds of the model."""
    return len(weights) == len(BOUNDS) and all(
        isinstance(weight, int | float) and low <= weight <= high
        for weight, (low, high) in zip(weights, BOUNDS, strict=True)
    )


def _read(extra: str) -> tuple[float, ...] | None:
    """Return the weights of an event; None where a newer version has written something else."""
    import json

    try:
        found = json.loads(extra).get(_FIELD)
    except (ValueError, AttributeError, RecursionError):
        return None
    if isinstance(found, list) and are_allowed(found):
        return tuple(float(weight) for weight in found)
    return None
