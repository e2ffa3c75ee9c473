"""The cloze card: right, close and wrong words, and formulas in which every sign counts."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards.cloze import ask, grade
from nnquiz.cards.exercise import Turn
from nnquiz.cards.result import Outcome, Unreadable
from nnquiz.model.event import AGAIN, GOOD, HARD
from nnquiz.model.question import Passage
from nnquiz.model.written import Cloze

MakePassage = Callable[[str], Passage]
MakeTurn = Callable[..., Turn]


@pytest.fixture(scope="session")
def make(passage: MakePassage) -> Callable[..., Cloze]:
    """Return a function that makes a cloze card."""

    def cloze(answer: str, *accept: str, maths: bool = False) -> Cloze:
        return Cloze(passage("A [...]."), passage(f"A {answer}."), answer, accept, maths)

    return cloze


@pytest.mark.parametrize(
    ("typed", "judged"),
    [
        ("Softmax", (Outcome.RIGHT, GOOD, 1.0)),
        ("  normalised   exponentials ", (Outcome.RIGHT, GOOD, 1.0)),
        ("softmx", (Outcome.CLOSE, HARD, None)),
        ("sigmoid", (Outcome.WRONG, AGAIN, 0.0)),
    ],
)
def test_words(
    make: Callable[..., Cloze],
    turn: MakeTurn,
    typed: str,
    judged: tuple[Outcome, int, float | None],
) -> None:
    """An accepted answer is right, a slip is close and suggests Hard, the rest is wrong."""
    exercise = ask(make("softmax", "normalised exponential"), turn())
    result = grade(exercise, typed)
    assert (result.outcome, result.suggested, result.share) == judged
    assert result.typed == " ".join(typed.split())
    assert result.said
    assert result.right == exercise.right == make("softmax").filled.blocks


def test_the_answer_to_something_else_is_no_near_miss(
    make: Callable[..., Cloze], turn: MakeTurn
) -> None:
    """What is near and answers another card of the bank is wrong, and not close."""
    cloze = make("covariance")
    assert grade(ask(cloze, turn()), "covariate").outcome is Outcome.CLOSE
    assert grade(ask(cloze, turn(others=("covariate",))), "covariate").outcome is Outcome.WRONG


def test_formulas_are_right_or_wrong(make: Callable[..., Cloze], turn: MakeTurn) -> None:
    """In a formula another case, sign or letter is wrong, however near it is."""
    exercise = ask(make("(a-y)·x_i", "√(abcdef)", maths=True), turn())
    outcomes = [grade(exercise, typed).outcome for typed in ("(a - y)*x_i", "sqrt(abcdef)")]
    assert outcomes == [Outcome.RIGHT, Outcome.RIGHT]
    for typed in ("(A-y)*x_i", "(a+y)*x_i", "√(abcdeg)", "(a-y)x_i"):
        assert grade(exercise, typed).outcome is Outcome.WRONG


@pytest.mark.parametrize("typed", ["", "  ", "\t\n"])
def test_nothing_is_no_answer(make: Callable[..., Cloze], turn: MakeTurn, typed: str) -> None:
    """An empty line does not count as an answer: it is told what to type."""
    exercise = ask(make("softmax"), turn())
    with pytest.raises(Unreadable, match="Type what belongs in the gap"):
        grade(exercise, typed)


def test_a_hint_is_how_the_answer_begins(make: Callable[..., Cloze], turn: MakeTurn) -> None:
    """Words give their first letter and length, unless that gives them away; formulas nothing."""
    hints = ask(make("softmax"), turn()).prompt.hints
    assert "begins with s and has 7" in str(hints)
    assert ask(make("No"), turn()).prompt.hints == ()
    assert ask(make("a(1-a)", maths=True), turn()).prompt.hints == ()


@given(
    answer=st.text(min_size=1, max_size=30).filter(lambda text: bool(text.split())),
    maths=st.booleans(),
)
@settings(max_examples=80)
def test_the_stated_answer_is_right(
    make: Callable[..., Cloze], turn: MakeTurn, answer: str, *, maths: bool
) -> None:
    """Whatever the answer is, typing it is right."""
    exercise = ask(make(answer, maths=maths), turn())
    assert grade(exercise, answer).outcome is Outcome.RIGHT
    assert grade(exercise, f" {answer} ").outcome is Outcome.RIGHT


@given(
    typed=st.text(max_size=60).filter(lambda text: bool(text.split())),
    answer=st.text(min_size=1, max_size=30),
)
@settings(max_examples=80)
def test_any_text_is_graded(
    make: Callable[..., Cloze], turn: MakeTurn, typed: str, answer: str
) -> None:
    """Anything but an empty line is judged, and Easy is never suggested."""
    assert grade(ask(make(answer), turn()), typed).suggested in {AGAIN, HARD, GOOD}
