"""The first card of a planned drill, at once: the plan needs numpy, whose import takes time."""

from collections.abc import Mapping, Sequence

from nnquiz.model.card import Card
from nnquiz.model.event import AGAIN, EASY, GOOD, HARD
from nnquiz.model.state import CardState
from nnquiz.study.learner import Learner
from nnquiz.study.memory import Memory, first, next_memory, retrievability
from nnquiz.study.planned_queue import Worth

_GRADES = (AGAIN, HARD, GOOD, EASY)


def greedy_worths(
    cards: Sequence[Card],
    states: Mapping[str, CardState],
    weights: Sequence[float],
    *,
    day: int,
    interview: int,
    learner: Learner,
) -> list[Worth]:
    """Return what cards are worth today if each is reviewed for the last time.

    The best of them is nearly always one that the plan wants today as well.

    Args:
        cards: the candidates.
        states: card id to state; a card without one is new.
        weights: importance of each card.
        day: today, as an ordinal.
        interview: the day of the interview.
        learner: whose seconds and grades they are.
    """
    left = interview - day
    begun = {kind: _begun(kind, left, learner) for kind in {card.kind for card in cards}}
    worths = []
    for card, weight in zip(cards, weights, strict=True):
        state = states.get(card.id)
        if state is None or state.stability is None or state.day is None:
            gain, seconds = begun[card.kind]
        else:
            memory = Memory(state.stability, state.difficulty or 5.0)
            gain, seconds = _reviewed(memory, day - state.day, left, learner)
        seconds *= learner.cost(card.kind)
        worths.append(Worth(card, weight * gain / seconds, seconds))
    return worths


def _begun(kind: str, left: int, learner: Learner) -> tuple[float, float]:
    """Return what a first answer gains in recall `left` days from now, and its seconds."""
    weights = learner.weights
    after = sum(
        chance * retrievability(left, first(grade, weights).stability, weights)
        for grade, chance in zip(_GRADES, learner.first_grades, strict=True)
    )
    return after - learner.unseen(kind), learner.seconds.first


def _reviewed(memory: Memory, elapsed: int, left: int, learner: Learner) -> tuple[float, float]:
    """Return what a review gains in recall `left` days from now, and its seconds."""
    weights, taken = learner.weights, learner.seconds
    recall = retrievability(elapsed, memory.stability, weights)
    seconds = recall * taken.recalled + (1 - recall) * taken.again
    if elapsed <= 0:
        return -1.0, seconds  # a repeat on the same day is worth next to nothing
    shares = (1 - recall, *(recall * share for share in learner.recalled_grades))
    after = sum(
        chance
        * retrievability(left, next_memory(memory, grade, elapsed, weights).stability, weights)
        for grade, chance in zip(_GRADES, shares, strict=True)
    )
    return after - retrievability(elapsed + left, memory.stability, weights), seconds
