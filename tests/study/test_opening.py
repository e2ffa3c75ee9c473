"""The first card of a planned drill: what the plan's own tables say of a last review."""

import numpy as np
import pytest

from nnquiz.model.card import Card
from nnquiz.model.event import GOOD
from nnquiz.model.state import CardState
from nnquiz.study.deck import Deck
from nnquiz.study.learner import Learner
from nnquiz.study.opening import greedy_worths
from nnquiz.study.simulate import Indices, States
from nnquiz.study.value import Grid, tables

TODAY = 739_960
LEARNER = Learner()
CARDS = [Card(f"b/q{n}/c", f"b/q{n}", "cloze", "", "") for n in range(8)]
STATES = {
    card.id: CardState(card.id, 0.7 + 3.0 * n, 2.0 + n, TODAY - 1 - 2 * n, TODAY, GOOD, 2)
    for n, card in enumerate(CARDS[:5])
}


def test_the_opening_agrees_with_the_greedy_tables() -> None:
    """One by one in scalars, or all at once on the grid: the same gain for a second."""
    weights = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 1.0]
    opening = greedy_worths(CARDS, STATES, weights, day=TODAY, interview=TODAY + 6, learner=LEARNER)
    deck = Deck.of(CARDS, STATES, weights, TODAY, LEARNER)
    grid = Grid(6, 9, LEARNER)
    indices = Indices(deck, grid)
    today = np.arange(6) == 0
    greedy = tables(grid, np.full(6, np.inf), today, indices.ratios, indices.unseen)
    states = States(deck)
    expected = indices.priorities(greedy, 0, states)[0]
    assert [one.priority for one in opening] == pytest.approx(expected, rel=0.05, abs=2e-4)
    expected_seconds = states.seconds(states.recall(LEARNER), LEARNER)[0]
    assert [one.seconds for one in opening] == pytest.approx(expected_seconds)


def test_what_was_answered_today_is_not_worth_a_second() -> None:
    """Nor is anything on a card that is known as well without it."""
    state = CardState(CARDS[0].id, 5.0, 5.0, TODAY, TODAY + 5, GOOD, 1)
    found = greedy_worths(
        CARDS[:1], {state.card: state}, [1.0], day=TODAY, interview=TODAY + 6, learner=LEARNER
    )
    assert found[0].priority < 0
