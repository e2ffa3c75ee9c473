"""The follow-up card: the question that an interviewer asks next."""

from nnquiz.cards.exercise import Exercise, Prompt, Turn
from nnquiz.cards.result import Result
from nnquiz.model.question import FollowUp


def ask(follow_up: FollowUp, turn: Turn) -> Exercise[None]:
    """Return the card; it is the same at every turn."""
    del turn
    return Exercise("follow-up", Prompt(follow_up.question.blocks), follow_up.answer.blocks, None)


def grade(exercise: Exercise[None], typed: str) -> Result:
    """Show the answer, for one to grade oneself, whatever was typed."""
    return exercise.shown(" ".join(typed.split()))
