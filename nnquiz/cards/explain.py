"""The explain card: answer the question aloud, then tick the key points that you said."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from nnquiz.model.event import AGAIN, GOOD, HARD
from nnquiz.model.question import KeyPoint, Question

if TYPE_CHECKING:
    from nnquiz.cards.exercise import Exercise, Turn
    from nnquiz.cards.result import Result

# Letters that mean nothing else in a drill; the second half is for decks with many points.
LETTERS = "acdgjklw" + "imnoprvyz"

ESSENTIAL = 3  # the weight of a point that must be said


class Sheet(NamedTuple):
    """An explain card in front of someone.

    `points` pairs a letter with each key point. What goes beyond the letters cannot be ticked
    and is not counted.
    """

    question: Question
    points: tuple[tuple[str, KeyPoint], ...]

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that tick a point."""
        return tuple(letter for letter, _ in self.points)


def ask(question: Question) -> Sheet:
    """Return the explain card of a question."""
    return Sheet(question, tuple(zip(LETTERS, question.key_points, strict=False)))


def grade(sheet: Sheet, ticked: AbstractSet[str]) -> int:
    """Return the grade that the ticked letters suggest.

    Coverage is the ticked share of the points' weights: under .5 is Again, under .75 Hard, and
    Hard is the most where a point of weight 3 is missing. Easy is never suggested, and a question
    without key points suggests Good.
    """
    total = sum(point.weight for _, point in sheet.points)
    if not total:
        return GOOD
    said = sum(point.weight for letter, point in sheet.points if letter in ticked)
    # Twice and four times the share, so that exactly half and three quarters stay exact.
    if 2 * said < total:
        return AGAIN
    complete = all(letter in ticked for letter, point in sheet.points if point.weight >= ESSENTIAL)
    return GOOD if complete and 4 * said >= 3 * total else HARD


def read(sheet: Sheet, typed: str) -> frozenset[str]:
    """Return the letters of the key points that a typed answer names by one of their phrases."""
    from nnquiz.cards import phrases

    explanation = phrases.read(typed)
    return frozenset(
        letter
        for letter, point in sheet.points
        if any(phrases.mentions(explanation, phrase) for phrase in point.accept)
    )


def exercise(question: Question, turn: "Turn") -> "Exercise[Sheet]":
    """Return the card as all kinds are asked; it is the same at every turn.

    Its hints are the key points, in their order.
    """
    from nnquiz.cards.exercise import Exercise, Prompt

    del turn
    hints = tuple(point.point.blocks for point in question.key_points)
    prompt = Prompt(question.question.blocks, hints=hints)
    return Exercise("explain", prompt, question.short.blocks, ask(question))


def grade_typed(exercise: "Exercise[Sheet]", typed: str) -> "Result":
    """Tick the key points that a typed answer names; nothing typed ticks none.

    They are a proposal: whoever typed knows better, and ticks on by `grade`.
    """
    sheet = exercise.key
    ticked = read(sheet, typed)
    result = exercise.shown(" ".join(typed.split()))
    return result._replace(ticked=ticked, suggested=grade(sheet, ticked))
