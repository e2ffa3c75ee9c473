"""The explain card: answer the question aloud, then tick the key points that you said."""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from nnquiz.model.event import AGAIN, GOOD, HARD
from nnquiz.model.question import KeyPoint, Question

# Letters that mean nothing else in a drill; the second half is for decks with many points.
LETTERS = "acdgjklw" + "imnoprtvyz"

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
