"""The state of every card as a function of the log alone.

Events may come in any order and from any number of devices: they are put in order by time and
id, what was taken back is left out, and the rest is applied one by one. Kinds that this version
does not know change nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

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
    AnyEvent,
    Event,
)
from nnquiz.model.state import CardState
from nnquiz.study.memory import DEFAULT_WEIGHTS
from nnquiz.study.schedule import answered


def replay(
    events: Iterable[Event], weights: Sequence[float] = DEFAULT_WEIGHTS
) -> dict[str, CardState]:
    """Return the state of each card that has standing events, by its id.

    Args:
        events: of some cards, and all of those.
        weights: of the memory model, which the whole log chose (`nnquiz.study.weights`).
    """
    return {card: _fold(card, history, weights) for card, history in histories(events).items()}


def histories(events: Iterable[AnyEvent]) -> dict[str, list[AnyEvent]]:
    """Return the standing events that make the state of each card, in order, by the card's id.

    A move hands the whole history of the old id to the new one, which may have its own: both
    are then one history. What is recorded under the old id afterwards belongs to the old id.
    """
    found: dict[str, list[AnyEvent]] = {}
    for event in standing(events):
        if event.kind == MOVE and event.target is not None:
            carried = found.pop(event.card, []) + found.get(event.target, [])
            found[event.target] = sorted(carried, key=order)
            found[event.target].append(event)
        elif event.kind == REVIEW or event.kind in _CHANGES:
            found.setdefault(event.card, []).append(event)
    return found


def apply(state: CardState, event: Event, weights: Sequence[float] = DEFAULT_WEIGHTS) -> CardState:
    """Return the state after an event that is newer than all that `state` was made of.

    It is not for undo, whose effect needs the whole history, nor for a move to a card that has a
    history of its own; `replay` knows both.
    """
    if event.kind == REVIEW:
        changed = _review(state, event, weights)
    else:
        changed = _CHANGES[event.kind](state, event)
    return replace(changed, time=event.time, event=event.id)


def standing(events: Iterable[AnyEvent]) -> list[AnyEvent]:
    """Return the events that are not taken back, undos among them, in their order.

    An undo takes back one earlier event of its own card, which may be an undo as well: then what
    that one took back stands again.
    """
    kept: list[AnyEvent] = []
    taken_back: set[tuple[str, str | None]] = set()
    # From the newest, so that whether an undo stands is known before its target is reached.
    for event in sorted(events, key=order, reverse=True):
        if (event.card, event.id) in taken_back:
            continue
        kept.append(event)
        if event.kind == UNDO:
            taken_back.add((event.card, event.target))
    kept.reverse()
    return kept


def order(event: AnyEvent) -> tuple[int, str]:
    """Return what events are ordered by, on every device: their time, then their id."""
    return event.time, event.id


def _fold(card: str, history: list[Event], weights: Sequence[float]) -> CardState:
    """Return the state of `card` after its history, in order and without undos."""
    state = CardState(card)
    for event in history:
        if state.card != event.card:
            # Before a move the card went by another id, and its fuzz came from that.
            state = replace(state, card=event.card)
        state = apply(state, event, weights)
    return state


def _review(state: CardState, event: Event, weights: Sequence[float]) -> CardState:
    if event.grade is None or event.retention is None:
        message = f"review {event.id} has no grade or no retention"
        raise ValueError(message)
    return answered(state, event.grade, event.day, event.retention, weights)


def _forget(state: CardState, _: Event) -> CardState:
    return CardState(state.card, reviews=state.reviews, suspended=state.suspended)


# What each kind but a review does to the card, apart from the time and id of its newest event.
_CHANGES: dict[str, Callable[[CardState, Event], CardState]] = {
    CRAM: lambda state, _: state,
    BURY: lambda state, event: replace(state, buried_on=event.day),
    UNBURY: lambda state, _: replace(state, buried_on=None),
    SUSPEND: lambda state, _: replace(state, suspended=True),
    UNSUSPEND: lambda state, _: replace(state, suspended=False),
    LEECH: lambda state, _: replace(state, leech=True, suspended=True),
    MOVE: lambda state, event: replace(state, card=event.target or state.card),
    FORGET: _forget,
}
