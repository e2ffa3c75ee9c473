"""The order card: permutations in, the share of pairs out."""

from collections.abc import Callable
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards.exercise import Exercise, Turn
from nnquiz.cards.order import ask, grade
from nnquiz.cards.result import Outcome, Unreadable
from nnquiz.model.event import AGAIN, GOOD, HARD
from nnquiz.model.question import Passage
from nnquiz.model.written import Order

MakeTurn = Callable[..., Turn]
MakeOrder = Callable[[int], Order]


@pytest.fixture(scope="session")
def order(passage: Callable[[str], Passage]) -> MakeOrder:
    """Return a function that makes a card with so many items."""

    def make(count: int) -> Order:
        return Order(passage("Sort"), tuple(passage(f"item {n}") for n in range(count)))

    return make


def right(exercise: Exercise[tuple[int, ...]]) -> list[str]:
    """Return the labels in their right order, found by the texts that are shown."""
    lines = sorted(exercise.prompt.lines, key=lambda line: str(line.text))
    return [line.label for line in lines]


@given(count=st.integers(3, 9), reviews=st.integers(0, 99))
@settings(max_examples=60)
def test_it_is_never_shown_in_order(
    order: MakeOrder, turn: MakeTurn, count: int, reviews: int
) -> None:
    """All items are shown, the same at the same turn, and never already right."""
    exercise = ask(order(count), turn(reviews))
    assert exercise == ask(order(count), turn(reviews))
    assert sorted(right(exercise)) == [line.label for line in exercise.prompt.lines]
    assert right(exercise) != [line.label for line in exercise.prompt.lines]


@given(count=st.integers(3, 9), reviews=st.integers(0, 99), data=st.data())
@settings(max_examples=60)
def test_the_share_is_that_of_pairs(
    order: MakeOrder, turn: MakeTurn, count: int, reviews: int, data: st.DataObject
) -> None:
    """Of any answer, the share of pairs that stand the right way round is its share."""
    exercise = ask(order(count), turn(reviews))
    best = right(exercise)
    given_order = data.draw(st.permutations(best))
    places = [best.index(label) for label in given_order]
    well = sum(one < other for one, other in combinations(places, 2))
    pairs = count * (count - 1) // 2
    result = grade(exercise, " ".join(given_order))
    assert result.share == well / pairs
    assert result.typed == " ".join(str(place + 1) for place in places)
    assert result.suggested == (GOOD if well == pairs else HARD if 2 * well >= pairs else AGAIN)


def test_partial_credit_is_told(order: MakeOrder, turn: MakeTurn) -> None:
    """All right, two neighbours swapped, and everything reversed: each with its words."""
    exercise = ask(order(4), turn())
    a, b, c, d = right(exercise)
    results = [
        grade(exercise, "".join(typed)) for typed in ((a, b, c, d), (b, a, c, d), (d, c, b, a))
    ]
    assert [(result.outcome, result.said) for result in results] == [
        (Outcome.RIGHT, "Right."),
        (Outcome.PARTLY, "5 of 6 pairs in the right order."),
        (Outcome.WRONG, "0 of 6 pairs in the right order."),
    ]
    assert results[0].right == [
        {"kind": "list", "start": 1, "items": [item.blocks for item in order(4).items]}
    ]


@pytest.mark.parametrize("typed", ["3 1 2", "312", "3,1,2", "3 > 1 > 2", "3-1-2", "c a b", "CAB"])
def test_the_ways_to_type_an_order(order: MakeOrder, turn: MakeTurn, typed: str) -> None:
    """Numbers or letters, together or apart, mean the same."""
    exercise = ask(order(3), turn())
    assert grade(exercise, typed) == grade(exercise, "3 1 2")


@pytest.mark.parametrize(
    "typed", ["", "1 2", "1 1 2", "1 2 3 4", "1 2 4", "1 b 3", "no idea", "²13"]
)
def test_what_is_no_order_is_no_answer(order: MakeOrder, turn: MakeTurn, typed: str) -> None:
    """Each number must stand once; anything else does not count, and is told what to type."""
    with pytest.raises(Unreadable, match="all 3 numbers in their order, like 2 1 3"):
        grade(ask(order(3), turn()), typed)


def test_exactly_one_order_is_right(order: MakeOrder, turn: MakeTurn) -> None:
    """Of all 24 orders of four items one is right."""
    exercise = ask(order(4), turn(7))
    answers = [grade(exercise, "".join(typed)) for typed in permutations("1234")]
    assert sum(answer.outcome is Outcome.RIGHT for answer in answers) == 1
