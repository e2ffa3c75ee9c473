"""What the answers of a log have shown: each long-term review, with the memory that it tested.

A long-term review is the first answer of a study day to a card that was answered on an earlier
one. Repeats on the same day say nothing about how long something is remembered.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from nnquiz.model.event import AGAIN, FORGET, REVIEW, AnyEvent
from nnquiz.study.memory import DEFAULT_WEIGHTS, Memory, next_memory


class Trial(NamedTuple):
    """A long-term review: what was known before it, and what came of it.

    Attributes:
        card: the card's id.
        day: study day, as an ordinal.
        elapsed: whole study days since the last answer, at least 1.
        stability: in days, before this answer.
        recalled: whether the grade was Hard, Good or Easy.
        time: of the answer, in ms.
    """

    card: str
    day: int
    elapsed: int
    stability: float
    recalled: bool
    time: int


def find_trials(
    histories: Mapping[str, Iterable[AnyEvent]], weights: Sequence[float] = DEFAULT_WEIGHTS
) -> list[Trial]:
    """Return the long-term reviews of all cards, by study day and then by time.

    Args:
        histories: the standing events of each card, as `nnquiz.study.replay.histories` has them.
        weights: w0 to w20 of the memory model.
    """
    found = [
        trial for card, history in histories.items() for trial in _of_card(card, history, weights)
    ]
    return sorted(found, key=lambda trial: (trial.day, trial.time, trial.card))


def _of_card(card: str, history: Iterable[AnyEvent], weights: Sequence[float]) -> list[Trial]:
    trials: list[Trial] = []
    memory: Memory | None = None
    last = 0
    for event in history:
        if event.kind == FORGET:
            memory = None
        if event.kind != REVIEW or event.grade is None:
            continue
        elapsed = event.day - last
        if memory is not None and elapsed > 0:
            recalled = event.grade != AGAIN
            trials.append(Trial(card, event.day, elapsed, memory.stability, recalled, event.time))
        memory, last = next_memory(memory, event.grade, elapsed, weights), event.day
    return trials
