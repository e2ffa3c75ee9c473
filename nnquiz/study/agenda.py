"""What a study day holds: how much is waiting, how long it takes, and when more is."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nnquiz.model.card import Card
from nnquiz.model.event import Event
from nnquiz.model.settings import Settings
from nnquiz.model.state import CardState
from nnquiz.study.introduction import introduce
from nnquiz.study.pace import measure
from nnquiz.study.queue import Waiting, find_waiting

RECENT_EVENTS = 300  # how many of the newest show the present pace


class Agenda(NamedTuple):
    """What is waiting on a study day.

    Attributes:
        waiting: the cards, in order; of the new ones (`nnquiz.study.introduction`) at most the
            day's allowance.
        seconds: how long they take at this person's pace (`nnquiz.study.pace`).
        held_back: new cards that the day's allowance leaves for other days.
        next_due: the study day after today on which a card that was begun is due.
        next_day: the study day after today on which anything waits, new cards among it.
    """

    waiting: Waiting
    seconds: float
    held_back: int
    next_due: int | None
    next_day: int | None

    @property
    def empty(self) -> bool:
        """Whether nothing is waiting."""
        return not self.waiting.reviews and not self.waiting.new


def make_agenda(
    cards: Iterable[Card],
    states: Mapping[str, CardState],
    recent: Iterable[Event],
    day: int,
    settings: Settings,
    *,
    new: int | None = None,
    ahead: int = 0,
) -> Agenda:
    """Return what is waiting on `day` among `cards`.

    Args:
        cards: the candidates, in the order of their bank.
        states: card id to state.
        recent: events that show how fast this person answers.
        day: the study day, as an ordinal.
        settings: new cards a day, desired retention.
        new: how many new cards may be begun now, whatever was begun today already; None for what
            the day's allowance leaves.
        ahead: days by which a card may be early.
    """
    cards = list(cards)
    begun_today = sum(state.first_day == day for state in states.values())
    allowance = settings.new_cards - begun_today if new is None else new
    found = find_waiting(introduce(cards), states, day, ahead=ahead)
    waiting = found._replace(new=found.new[: max(0, allowance)])
    held_back = len(found.new) - len(waiting.new)
    next_due = _next_due(cards, states, day)
    pace = measure(recent, settings.retention)
    return Agenda(
        waiting=waiting,
        seconds=pace.seconds(waiting.reviews, len(waiting.new)),
        held_back=held_back,
        next_due=next_due,
        next_day=day + 1 if held_back and settings.new_cards else next_due,
    )


def _next_due(cards: Iterable[Card], states: Mapping[str, CardState], day: int) -> int | None:
    """Return the first day after `day` on which one of `cards` is due; None where none is."""
    days = []
    for card in cards:
        state = states.get(card.id)
        if state is None or state.due is None or state.suspended:
            continue
        if state.due > day or state.buried_on is not None:
            days.append(max(state.due, day + 1))
    return min(days, default=None)
