"""The cards of a plan as arrays: what is remembered, what it is worth, and what it costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from nnquiz.model.card import Card
from nnquiz.model.state import CardState
from nnquiz.study.learner import Learner

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Deck:
    """N cards on one study day, each attribute an array (N,).

    Attributes:
        stability: in days; 1 where the card is new, and then without meaning.
        difficulty: 1 to 10; likewise.
        elapsed: whole study days since the last answer; 0 was answered today.
        new: whether it was never answered.
        weight: importance, above 0.
        cost: how many times the usual seconds it takes.
        unseen: the chance of knowing it without ever having been asked.
    """

    stability: Array
    difficulty: Array
    elapsed: Array
    new: Array
    weight: Array
    cost: Array
    unseen: Array

    def __len__(self) -> int:
        return len(self.new)

    def __getitem__(self, chosen: Array) -> "Deck":
        """Return the cards of an index array or a mask."""
        return Deck(
            self.stability[chosen],
            self.difficulty[chosen],
            self.elapsed[chosen],
            self.new[chosen],
            self.weight[chosen],
            self.cost[chosen],
            self.unseen[chosen],
        )

    @classmethod
    def of(
        cls,
        cards: Sequence[Card],
        states: Mapping[str, CardState],
        weights: Sequence[float],
        day: int,
        learner: Learner,
    ) -> Self:
        """Return the deck of some cards on the study day `day`.

        Args:
            cards: in the order in which new ones are begun: it decides between equals.
            states: card id to state; a card without one is new.
            weights: importance of each card, above 0.
            day: the study day, as an ordinal.
            learner: whose seconds and knowledge it is.
        """
        rows = []
        for card in cards:
            state = states.get(card.id)
            if state is None or state.stability is None or state.day is None:
                rows.append((1.0, 5.0, 0, True))
            else:
                elapsed = max(0, day - state.day)
                rows.append((state.stability, state.difficulty or 5.0, elapsed, False))
        return cls(
            stability=np.array([row[0] for row in rows]),
            difficulty=np.array([row[1] for row in rows]),
            elapsed=np.array([row[2] for row in rows], dtype=np.int64),
            new=np.array([row[3] for row in rows], dtype=bool),
            weight=np.array(weights, dtype=float),
            cost=np.array([learner.cost(card.kind) for card in cards]),
            unseen=np.array([learner.unseen(card.kind) for card in cards]),
        )
