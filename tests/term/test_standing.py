"""How a card stands: one word, a few words, and a curve that fits its window."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnquiz.model.card import Card
from nnquiz.model.state import CardState
from nnquiz.study.queue import Waiting
from nnquiz.study.schedule import answered
from nnquiz.term.standing import curve, describe, standing

DAY = 738_000
CARD = CardState("b/q/c")
GOOD = answered(CARD, 3, DAY, 0.9)
AGAIN = answered(CARD, 1, DAY, 0.9)


@pytest.mark.parametrize(
    ("state", "later", "word", "words"),
    [
        (CARD, 0, "new", "new"),
        (AGAIN, 0, "again", "again today, recall 100 %"),
        (AGAIN, 3, "again", "again today, recall 66 %"),
        (GOOD, 0, "waiting", "due in 2 days, recall 100 %"),
        (GOOD, 1, "waiting", "due tomorrow, recall 95 %"),
        (GOOD, 2, "due", "due today, recall 91 %"),
        (GOOD, 3, "due", "overdue by 1 day, recall 88 %"),
        (GOOD, 9, "due", "overdue by 7 days, recall 78 %"),
    ],
)
def test_every_state_has_its_words(state: CardState, later: int, word: str, words: str) -> None:
    """From new to overdue, with the chance of recall today."""
    assert standing(state, DAY + later) == word
    assert describe(state, DAY + later) == words


def test_what_is_set_aside_says_so_first() -> None:
    """Suspended, buried and leech come before when the card is due."""
    buried = CardState("c", buried_on=DAY)
    assert (standing(buried, DAY), standing(buried, DAY + 1)) == ("buried", "new")
    assert describe(buried, DAY) == "set aside until tomorrow"
    suspended = CardState("c", buried_on=DAY, suspended=True)
    assert (standing(suspended, DAY), describe(suspended, DAY)) == ("suspended", "set aside")
    assert describe(CardState("c", suspended=True, leech=True), DAY) == "set aside as a leech"


@given(
    st.lists(st.integers(1, 4), max_size=4),
    st.integers(0, 40),
    st.booleans(),
    st.none() | st.integers(0, 40),
)
def test_the_word_is_what_the_queue_does(
    find_waiting: Callable[..., Waiting],
    grades: list[int],
    later: int,
    suspended: bool,
    buried: int | None,
) -> None:
    """Due and again are asked, new ones may begin, and all others wait."""
    state = CARD
    for at, grade in enumerate(grades):
        state = answered(state, grade, DAY + at, 0.9)
    state = replace(state, suspended=suspended, buried_on=None if buried is None else DAY + buried)
    card = Card(state.card, "b/q", "explain", "", "")
    waiting = find_waiting([card], {card.id: state}, DAY + later)
    expected = {"again": waiting.again, "due": waiting.due, "new": waiting.new}
    word = standing(state, DAY + later)
    assert {name for name, cards in expected.items() if cards} == {word} & set(expected)


CHANCES = [0.98**day for day in range(21)]


@given(st.integers(17, 120), st.integers(2, 12), st.none() | st.integers(-3, 30), st.booleans())
def test_a_curve_fits_its_window_and_falls(
    width: int, height: int, due: int | None, unicode: bool
) -> None:
    """No line is too wide, the first column is full, and none is higher than the one before."""
    lines = curve(CHANCES, due, width, height, unicode=unicode)
    assert len(lines) == height + 1
    assert all(len(line) <= width for line in lines[:-1])
    columns = [[line.ljust(width)[7 + at] for line in lines[:-1]] for at in range(width - 7)]
    assert set(columns[0]) == {"█" if unicode else "#"}
    filled = [sum(cell != " " for cell in column) for column in columns]
    assert filled == sorted(filled, reverse=True)
    if not unicode:
        assert "".join(lines).isascii()


def test_a_curve_names_its_ends_and_the_day_on_which_the_card_is_due() -> None:
    """The scale is in per cent, and the mark stands below its day."""
    assert curve(CHANCES, 10, 37, 3) == [
        "100 %  █▇▆▆▅▄▃▂▂▁",
        "       ███████████▇▇▆▅▅▄▃▃▂▁▁",
        " 60 %  ████████████████████████▇▆▆▅▅▄",
        "       today         ^ due in 10 days",
    ]
    assert curve(CHANCES, None, 37, 3)[-1] == "       today               in 20 days"
    assert curve(CHANCES, 1, 37, 3)[-1] == "        ^ due tomorrow     in 20 days"


def test_a_long_life_is_still_a_picture() -> None:
    """Where hardly anything is forgotten the scale ends at 90 %."""
    assert curve([1.0, 0.9999], None, 37, 2) == [
        "100 %  ██████████████████████████████",
        " 90 %  ██████████████████████████████",
        "       today                 tomorrow",
    ]
