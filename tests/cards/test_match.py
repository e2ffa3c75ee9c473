"""The match card: a letter for each number, and the share that is matched."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards.exercise import Exercise, Turn
from nnquiz.cards.match import Partners, ask, grade
from nnquiz.cards.result import Outcome, Unreadable
from nnquiz.model.event import AGAIN, GOOD, HARD
from nnquiz.model.question import Passage
from nnquiz.model.written import Match

MakeTurn = Callable[..., Turn]
MakeMatch = Callable[[int], Match]


@pytest.fixture(scope="session")
def match(passage: Callable[[str], Passage]) -> MakeMatch:
    """Return a function that makes a card with so many pairs."""

    def make(count: int) -> Match:
        pairs = tuple((passage(f"left {n}"), passage(f"right {n}")) for n in range(count))
        return Match(passage("Match"), pairs)

    return make


def right(exercise: Exercise[Partners]) -> list[str]:
    """Return the letter that belongs to each number, found by the texts that are shown."""
    partners = sorted(exercise.prompt.partners, key=lambda line: str(line.text))
    return [line.label for line in partners]


@given(count=st.integers(2, 9), reviews=st.integers(0, 99), data=st.data())
@settings(max_examples=60)
def test_the_share_is_that_of_pairs(
    match: MakeMatch, turn: MakeTurn, count: int, reviews: int, data: st.DataObject
) -> None:
    """Of any answer, the share of numbers with their own letter is its share."""
    exercise = ask(match(count), turn(reviews))
    assert exercise == ask(match(count), turn(reviews))
    best = right(exercise)
    letters = data.draw(st.permutations(best))
    well = sum(map(str.__eq__, letters, best))
    result = grade(exercise, " ".join(letters))
    assert result.share == well / count
    assert result.typed == " ".join(str(best.index(letter) + 1) for letter in letters)
    assert result.suggested == (GOOD if well == count else HARD if 2 * well >= count else AGAIN)


def test_partial_credit_is_told(match: MakeMatch, turn: MakeTurn) -> None:
    """All matched, two of four, and none: each with its words."""
    exercise = ask(match(4), turn())
    a, b, c, d = right(exercise)
    results = [grade(exercise, typed) for typed in (a + b + c + d, b + a + c + d, b + a + d + c)]
    assert [(result.outcome, result.said) for result in results] == [
        (Outcome.RIGHT, "Right."),
        (Outcome.PARTLY, "2 of 4 matched."),
        (Outcome.WRONG, "0 of 4 matched."),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "1b 2a 3c",
        "b a c",
        "bac",
        "2a, 1b, 3c",
        "1=b; 2=a; 3=c",
        "3C 1B 2A",
        "1b2a3c",
        "1-b 2-a 3-c",
    ],
)
def test_the_ways_to_type_a_match(match: MakeMatch, turn: MakeTurn, typed: str) -> None:
    """Letters in the order of the numbers, or pairs in any order, mean the same."""
    exercise = ask(match(3), turn())
    assert grade(exercise, typed) == grade(exercise, "1b 2a 3c")


@pytest.mark.parametrize(
    "typed",
    ["", "b a", "b b c", "1b 2a", "1b 1a 3c", "1b 2b 3c", "b a c d", "1b 2a c", "321", "1d 2a 3c"],
)
def test_what_is_no_match_is_no_answer(match: MakeMatch, turn: MakeTurn, typed: str) -> None:
    """Every number needs its own letter; anything else does not count, and is told what to type."""
    with pytest.raises(Unreadable, match="a letter for each number, like 1b 2a 3c or b a c"):
        grade(ask(match(3), turn()), typed)


def test_equal_right_sides_may_change_places(
    passage: Callable[[str], Passage], turn: MakeTurn
) -> None:
    """Where a bank gives two left sides the same partner, either letter is right."""
    pairs = (("a", "same"), ("b", "same"), ("c", "other"))
    exercise = ask(Match(passage("?"), tuple((passage(x), passage(y)) for x, y in pairs)), turn())
    by_letter = {line.label: str(line.text) for line in exercise.prompt.partners}
    one, two = (letter for letter, text in by_letter.items() if "same" in text)
    (three,) = {"a", "b", "c"} - {one, two}
    assert grade(exercise, one + two + three).outcome is Outcome.RIGHT
    assert grade(exercise, two + one + three).outcome is Outcome.RIGHT


def test_the_pairs_are_shown_side_by_side(match: MakeMatch, turn: MakeTurn) -> None:
    """What is right is a list with each left side and its partner on one line."""
    (block,) = ask(match(2), turn()).right
    assert block["kind"] == "list"
    assert [len(item) for item in block["items"]] == [1, 1]
    assert "left 0" in str(block["items"][0])
    assert "right 0" in str(block["items"][0])
