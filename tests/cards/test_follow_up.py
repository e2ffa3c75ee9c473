"""The follow-up card: one answers aloud and grades oneself."""

from collections.abc import Callable

from nnquiz.cards.exercise import Turn
from nnquiz.cards.follow_up import ask, grade
from nnquiz.cards.result import Outcome
from nnquiz.model.event import GOOD
from nnquiz.model.question import FollowUp, Passage


def test_the_answer_is_shown(passage: Callable[[str], Passage], turn: Callable[..., Turn]) -> None:
    """The question is asked, any answer is shown the right one, and Good is suggested."""
    follow_up = FollowUp("why", passage("Why?"), passage("So."))
    exercise = ask(follow_up, turn())
    assert exercise == ask(follow_up, turn(5)), "it is the same at every turn"
    assert exercise.prompt.text == follow_up.question.blocks
    assert exercise.prompt.wanted == "", "nothing needs to be typed"
    for typed in ("", "because  of that"):
        result = grade(exercise, typed)
        assert (result.outcome, result.suggested, result.share) == (Outcome.SHOWN, GOOD, None)
        assert result.right == follow_up.answer.blocks
        assert result.typed == " ".join(typed.split())
