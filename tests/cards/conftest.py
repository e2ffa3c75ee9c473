"""Texts and turns for cards made in a test; session-wide, as Hypothesis wants its fixtures."""

from collections.abc import Callable

import pytest

from nnquiz.cards.exercise import Turn
from nnquiz.model.question import Passage


@pytest.fixture(scope="session")
def passage() -> Callable[[str], Passage]:
    """Return a function that makes a text without any markup."""

    def make(text: str) -> Passage:
        return Passage(text, [{"kind": "paragraph", "spans": [{"kind": "text", "text": text}]}])

    return make


@pytest.fixture(scope="session")
def turn() -> Callable[..., Turn]:
    """Return a function that makes a turn of a card whose bank has these other answers."""

    def make(reviews: int = 0, *, card: str = "b/q/c", others: tuple[str, ...] = ()) -> Turn:
        return Turn(card, reviews, lambda text: text in others)

    return make
