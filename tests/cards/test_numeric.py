"""The numeric card: fresh numbers at each review, and the mistake named."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards.exercise import Turn
from nnquiz.cards.numeric import ask, grade
from nnquiz.cards.result import NOTHING, Outcome, Unreadable
from nnquiz.errors import BadInput
from nnquiz.model.event import AGAIN, GOOD
from nnquiz.model.written import Numeric
from nnquiz.problems.catalogue import PROBLEMS, redraw

MakeTurn = Callable[..., Turn]
NAMES = [row.name for row in PROBLEMS]


@given(name=st.sampled_from(NAMES), reviews=st.integers(0, 20))
@settings(max_examples=40)
def test_answers_and_mistakes(turn: MakeTurn, name: str, reviews: int) -> None:
    """The answer is right; every usual mistake is wrong, and is named."""
    exercise = ask(Numeric(name), turn(reviews))
    drawn = exercise.key
    result = grade(exercise, repr(drawn.answer))
    assert (result.outcome, result.suggested, result.why) == (Outcome.RIGHT, GOOD, NOTHING)
    for value, mistake in drawn.mistakes:
        wrong = grade(exercise, repr(value))
        assert (wrong.outcome, wrong.suggested) == (Outcome.WRONG, AGAIN)
        assert mistake in str(wrong.why)
    assert result.right == wrong.right if drawn.mistakes else result.right
    assert len(result.worked) == 1


def test_the_numbers_belong_to_the_turn(turn: MakeTurn) -> None:
    """The same review has the same numbers, the next has others, and all can be drawn again."""
    first, same, second = (ask(Numeric("conv_params"), turn(n)) for n in (0, 0, 1))
    assert first == same
    assert first.problem != second.problem
    assert redraw(second.problem) == second.key
    assert grade(second, "1").problem == second.problem


def test_the_value_that_was_read_is_told(turn: MakeTurn) -> None:
    """Arithmetic is worked out and shown; the log keeps what was typed."""
    exercise = ask(Numeric("conv_params"), turn())
    result = grade(exercise, f"  {exercise.key.answer} +  0 ")
    assert result.said == f"{exercise.key.answer} is right."
    assert result.typed == f"{exercise.key.answer} + 0"
    assert grade(exercise, "1+1").said == "2 is wrong."


@pytest.mark.parametrize("typed", ["", "no idea", "0,25", "__import__('os')", "1/0"])
def test_what_is_no_number_is_no_answer(turn: MakeTurn, typed: str) -> None:
    """Anything that is not read does not count, and it is told what is."""
    with pytest.raises(Unreadable, match="I read numbers like"):
        grade(ask(Numeric("conv_params"), turn()), typed)


def test_what_is_wanted_is_told(turn: MakeTurn) -> None:
    """A whole number or so many digits, with the unit."""
    assert "whole number" in ask(Numeric("conv_params"), turn()).prompt.wanted
    drawn = ask(Numeric("adam_memory"), turn())
    assert f"in {drawn.key.unit}" in drawn.prompt.wanted
    assert f" {drawn.key.unit}." in str(drawn.right)


def test_a_problem_that_does_not_exist(turn: MakeTurn) -> None:
    """A bank that names no known problem gets one clear line."""
    with pytest.raises(BadInput, match="no problem 'conv_parms'"):
        ask(Numeric("conv_parms"), turn())
