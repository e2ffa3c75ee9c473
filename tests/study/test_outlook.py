"""What is expected of each part of a deck."""

import numpy as np
import pytest

from nnquiz.model.card import Card
from nnquiz.model.state import CardState
from nnquiz.study.outlook import divide
from nnquiz.study.readiness import chances, expected_share, prior, remembered

DAY = 100


def deck(*cards: CardState | None) -> tuple[list[Card], dict[str, CardState]]:
    """Return cards with their states; None for one that was never answered."""
    made = [Card(f"b/q/{place}", "b/q", "cloze", "", "") for place in range(len(cards))]
    states = {card.id: state for card, state in zip(made, cards, strict=True) if state is not None}
    return made, states


def state(stability: float, lapses: int = 0, elapsed: int = 5) -> CardState:
    """Return the state of a card that was answered some days ago."""
    day = DAY - elapsed
    return CardState("", stability, 5.0, day, day + 1, 3, reviews=3, lapses=lapses, first_day=50)


def test_parts_are_shares_of_their_cards() -> None:
    """Each part is what a deck of its cards alone would be, the weakest part first."""
    cards, states = deck(state(20), state(4), None, state(9), state(2))
    memories = remembered([states.get(card.id) for card in cards], DAY)
    keys = ["a", "b", "b", "a", "a"]
    parts = divide(cards, states, memories, prior(), keys)
    assert list(parts) == ["b", "a"]
    for key, part in parts.items():
        own = [states.get(c.id) for c, k in zip(cards, keys, strict=True) if k == key]
        assert part.share == pytest.approx(expected_share(remembered(own, DAY), prior()))
        assert part.cards == len(own)
        assert part.begun == len([one for one in own if one is not None])


def test_the_whole_is_the_mean_of_the_chances() -> None:
    """With one key for all there is one part, whose share is the mean chance."""
    cards, states = deck(state(20), state(4), None)
    memories = remembered([states.get(card.id) for card in cards], DAY)
    (part,) = divide(cards, states, memories, prior(), [""] * 3).values()
    assert part.share.expected == pytest.approx(float(chances(memories, prior()).mean()))


def test_cards_of_weight_0_belong_to_no_part() -> None:
    """They are not counted, and a part of such cards alone is not there."""
    cards, states = deck(state(20), state(4), state(3))
    memories = remembered([states.get(card.id) for card in cards], DAY)
    memories = memories._replace(weight=np.array([1.0, 0.0, 0.0]))
    parts = divide(cards, states, memories, prior(), ["a", "a", "b"])
    assert {key: part.cards for key, part in parts.items()} == {"a": 1}


def test_lapsing_are_many_shaky_cards_that_were_forgotten_twice() -> None:
    """One of four is many; a card that is learnt again does not count."""
    for lapsed, lapsing in ((state(2, lapses=2), True), (state(30, lapses=4), False)):
        cards, states = deck(lapsed, state(9), state(9), state(9))
        memories = remembered([states.get(card.id) for card in cards], DAY)
        (part,) = divide(cards, states, memories, prior(), [""] * 4).values()
        assert part.lapsing is lapsing


def test_no_cards_have_no_parts() -> None:
    """An empty deck divides into nothing."""
    assert divide([], {}, remembered([], DAY), prior(), []) == {}
