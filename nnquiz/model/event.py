"""One record of the review log, which is the truth that all state is computed from."""

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

REVIEW = "review"
CRAM = "cram"
UNDO = "undo"
BURY = "bury"
UNBURY = "unbury"
SUSPEND = "suspend"
UNSUSPEND = "unsuspend"
LEECH = "leech"
MOVE = "move"
FORGET = "forget"
WEIGHTS = "weights"

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4  # the grades

KINDS = (REVIEW, CRAM, UNDO, BURY, UNBURY, SUSPEND, UNSUSPEND, LEECH, MOVE, FORGET, WEIGHTS)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, to which card, when, and on which device.

    Attributes:
        id: unique, and ordered by time where one device made them.
        kind: one of `KINDS`; a kind this version does not know is kept and passed on.
        card: `bank/question/name`; empty where the event is about no card.
        time: UTC, ms since 1970: the clock, but later than the card's newest event.
        clock: UTC, ms since 1970, as the clock had it.
        offset: minutes that local time was ahead of UTC.
        day: study day, as the ordinal of its date (`datetime.date.toordinal`), taken when the
            card was shown and never computed again.
        device: who wrote it.
        model: the memory model in force, as `name/version`, and a checksum of weights of one's own.
        content: hash of the card's text when it was shown.
        grade: 1 Again, 2 Hard, 3 Good, 4 Easy.
        seconds: from the card shown to the grade given.
        typed: what was typed as an answer.
        problem: `name@version:seed` of the numbers that were drawn.
        retention: desired retention in force.
        due: due day that was shown on the button, as an ordinal.
        target: undo: the event taken back; move: the new card id.
        extra: other fields as JSON: the weights of a choice of weights; and what a newer version
            wrote, passed on untouched.
    """

    id: str
    kind: str
    card: str
    time: int
    clock: int
    offset: int
    day: int
    device: str
    model: str
    content: str = ""
    grade: int | None = None
    seconds: float | None = None
    typed: str | None = None
    problem: str | None = None
    retention: float | None = None
    due: int | None = None
    target: str | None = None
    extra: str = "{}"


class Outline(NamedTuple):
    """As much of an event as its effect on memory and the statistics need: fields of `Event`.

    A log of any length is read in a fraction of the time that whole events take.
    """

    id: str
    kind: str
    card: str
    time: int
    day: int
    grade: int | None = None
    seconds: float | None = None
    retention: float | None = None
    target: str | None = None


AnyEvent = TypeVar("AnyEvent", Event, Outline)
"""An event as a whole or in outline; those of one log are all of one kind."""
