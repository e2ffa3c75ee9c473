"""The choice card: shuffled options, and the mistake behind a wrong one."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards.choice import ask, grade
from nnquiz.cards.exercise import Turn
from nnquiz.cards.result import NOTHING, Outcome, Unreadable
from nnquiz.model.event import AGAIN, GOOD
from nnquiz.model.question import Passage
from nnquiz.model.written import Choice, Option

MakeTurn = Callable[..., Turn]


@pytest.fixture(scope="session")
def choice(passage: Callable[[str], Passage]) -> Choice:
    """Four options, of which the last is right."""
    options = [
        Option(passage(f"wrong {n}"), right=False, why=passage(f"because {n}")) for n in "123"
    ]
    return Choice(
        passage("Which?"), (*options, Option(passage("right"), right=True, why=passage("so it is")))
    )


@given(reviews=st.integers(0, 50), place=st.integers(0, 3))
@settings(max_examples=40)
def test_each_option_is_judged_by_itself(
    choice: Choice, turn: MakeTurn, reviews: int, place: int
) -> None:
    """However they are shuffled, the right option is right and a wrong one names its own reason."""
    exercise = ask(choice, turn(reviews))
    option = next(o for o in choice.options if o.text.blocks == exercise.prompt.lines[place].text)
    result = grade(exercise, "acdg"[place])
    assert result.typed == option.text.source, "the log is free of the shuffling"
    if option.right:
        assert (result.outcome, result.suggested, result.why) == (Outcome.RIGHT, GOOD, NOTHING)
    else:
        assert (result.outcome, result.suggested) == (Outcome.WRONG, AGAIN)
        assert result.why == option.why.blocks
    right = choice.options[3]
    assert result.right == [*right.text.blocks, *right.why.blocks]


def test_the_shuffle_depends_on_card_and_review_only(choice: Choice, turn: MakeTurn) -> None:
    """The same turn looks the same, and every place has the right option at times."""
    places = set()
    for reviews in range(40):
        exercise = ask(choice, turn(reviews))
        assert exercise == ask(choice, turn(reviews))
        texts = [line.text for line in exercise.prompt.lines]
        assert sorted(map(str, texts)) == sorted(str(o.text.blocks) for o in choice.options)
        places.add(texts.index(choice.options[3].text.blocks))
    assert places == {0, 1, 2, 3}
    orders = {tuple(map(str, ask(choice, turn(card=f"b/q/{n}")).prompt.lines)) for n in range(10)}
    assert len(orders) > 1


@pytest.mark.parametrize("typed", ["c", " c. ", "(c)", "C)"])
def test_an_option_has_a_letter_that_means_nothing_else(
    choice: Choice, turn: MakeTurn, typed: str
) -> None:
    """The second option is c: digits are grades, and b buries a card."""
    exercise = ask(choice, turn())
    assert grade(exercise, typed) == grade(exercise, "c")
    assert exercise.prompt.keys == ("a", "c", "d", "g")


@pytest.mark.parametrize("typed", ["", "0", "2", "b", "j", "e", "12", "ac", "right", "²"])
def test_what_names_no_option_is_no_answer(choice: Choice, turn: MakeTurn, typed: str) -> None:
    """Anything else does not count, and the range is told."""
    with pytest.raises(Unreadable, match="a, c, d or g"):
        grade(ask(choice, turn()), typed)
