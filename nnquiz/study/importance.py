"""How much a card matters: what an interview begins with, and what its owner says of their own."""

from collections.abc import Iterable, Mapping

from nnquiz.model.card import Card
from nnquiz.model.listing import QuestionLine

CORE, ADVANCED = 2.0, 1.0
"""An interview begins with the core, and only some go on from there."""


def importances(
    cards: Iterable[Card], lines: Iterable[QuestionLine], weights: Mapping[str, float]
) -> list[float]:
    """Return the importance of each card: that of its question's level times the owner's weight.

    The owner's weight is the one given to the question, else the greatest of those given to its
    tags, else that of its topic, else 1.

    Args:
        cards: of the questions in `lines`.
        lines: the questions.
        weights: by topic, tag or `bank/question`.
    """
    known = {f"{line.bank}/{line.id}": _importance(line, weights) for line in lines}
    return [known[card.question] for card in cards]


def _importance(line: QuestionLine, weights: Mapping[str, float]) -> float:
    level = ADVANCED if line.level == "advanced" else CORE
    own = weights.get(f"{line.bank}/{line.id}")
    if own is None:
        own = max((weights[tag] for tag in line.tags if tag in weights), default=None)
    return level * (weights.get(line.topic, 1.0) if own is None else own)
