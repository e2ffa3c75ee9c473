"""What will be recalled on a day: all cards, each topic and each question."""

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from nnquiz.model.card import Card
from nnquiz.model.state import CardState
from nnquiz.study.campaign import Campaign
from nnquiz.study.learner import Learner
from nnquiz.study.readiness import Memories, Posterior, Share, expected_shares, remembered

Key = TypeVar("Key", bound=Hashable)

_READ_AFTER = 2  # times that a card was forgotten
_MANY = 4  # one in so many
_SHAKY = 7.0  # days of stability below which it is not yet learnt again


class Part(NamedTuple):
    """Some of the cards, and what is expected of them.

    Attributes:
        cards: how many there are.
        begun: how many of them were ever answered.
        lapsing: whether many of them were forgotten time and again, so that to read what they ask
            helps more than to be asked once more.
        share: what will be recalled of them.
    """

    cards: int
    begun: int
    lapsing: bool
    share: Share


def left_without_study(campaign: Campaign, learner: Learner) -> Memories:
    """Return what is remembered of a campaign's cards on its day, if nothing is studied until then.

    They count by their importance, and one that was never asked is known as often as the first
    answers to its kind make likely. A plan errs to the harmless side there; this says what is.

    Args:
        campaign: its day may be any from today on; the minutes until then do not matter.
        learner: whose first answers they are.
    """
    states = [campaign.states.get(card.id) for card in campaign.cards]
    kinds = {kind: number for number, kind in enumerate(learner.known, start=1)}
    family = np.array([kinds.get(card.kind, 0) for card in campaign.cards], dtype=np.intp)
    means = [0.0, *(known.mean for known in learner.known.values())]
    deviations = [0.0, *(known.deviation for known in learner.known.values())]
    return remembered(states, campaign.goal.interview)._replace(
        unseen=np.array(means)[family],
        doubt=np.array(deviations)[family],
        family=family.astype(np.float64),
        weight=np.array(campaign.weights, dtype=np.float64),
    )


def divide(
    cards: Sequence[Card],
    states: Mapping[str, CardState],
    memories: Memories,
    belief: Posterior,
    keys: Sequence[Key],
    *,
    wider: float = 1.0,
) -> dict[Key, Part]:
    """Return what is expected of the cards that share a key, by the key, the weakest part first.

    Parts of which the same share is expected stay in the order of their first cards. A part whose
    cards all have the weight 0 is left out.

    Args:
        cards: what may be asked.
        states: card id to state; a card without one was never answered.
        memories: what is remembered of the cards, in their order.
        belief: about this person's memory.
        keys: the part that each card belongs to.
        wider: by which the intervals are stretched.
    """
    at = [place for place, weight in enumerate(memories.weight.tolist()) if weight > 0]
    if not at:
        return {}
    number = {key: place for place, key in enumerate(dict.fromkeys(keys[place] for place in at))}
    group = np.array([number[keys[place]] for place in at], dtype=np.intp)
    kept = Memories(*(column[at] for column in memories))
    shares = expected_shares(kept, group, belief, wider)
    counts = np.bincount(group).tolist()
    begun, lapsing = [0] * len(number), [0] * len(number)
    for place in at:
        state = states.get(cards[place].id)
        if state is not None and state.due is not None:
            begun[number[keys[place]]] += 1
            lapsing[number[keys[place]]] += _lapses(state)
    parts = {
        key: Part(
            counts[place], begun[place], 0 < begun[place] <= _MANY * lapsing[place], shares[place]
        )
        for key, place in number.items()
    }
    return dict(sorted(parts.items(), key=lambda item: item[1].share.expected))


def _lapses(state: CardState) -> bool:
    """Say whether a card was forgotten more than once, and is not learnt again."""
    shaky = state.stability is not None and state.stability < _SHAKY
    return state.lapses >= _READ_AFTER and shaky
