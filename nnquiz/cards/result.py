"""What came of an answer, the same for all kinds of cards."""

from enum import Enum
from typing import NamedTuple

from nnquiz.model.document import Document
from nnquiz.model.event import HARD

NOTHING: Document = []


class Unreadable(ValueError):  # noqa: N818 -- says what the text is
    """What was typed is no answer to this card, right or wrong; the message says what is read."""


class Outcome(Enum):
    """What an answer is."""

    RIGHT = "right"
    CLOSE = "close"  # right but for the spelling
    PARTLY = "partly right"
    WRONG = "wrong"
    SHOWN = "shown"  # nothing was typed, or nothing that can be judged: one grades oneself


class Result(NamedTuple):
    """The judgement of an answer, with all that is shown after it.

    Attributes:
        outcome: right, close, partly right, wrong, or only shown.
        suggested: the grade that follows: Again, Hard or Good. Easy is never suggested.
        said: the judgement in a sentence; empty where the answer is only shown.
        share: how much of the answer is right, 0 to 1; None where that is not measured, as for a
            near miss.
        right: what is right.
        why: the mistake behind a wrong answer, where it is known.
        worked: the way to the answer of a problem, step by step.
        typed: the answer for the log, in a form that does not depend on how things were shuffled.
        problem: `name@version:seed` of the numbers that were drawn, for the log.
        ticked: letters of the key points that a typed explanation has named.
    """

    outcome: Outcome
    suggested: int
    said: str
    share: float | None
    right: Document
    why: Document = NOTHING
    worked: Document = NOTHING
    typed: str = ""
    problem: str = ""
    ticked: frozenset[str] = frozenset()

    def after_hint(self) -> "Result":
        """Return the result with what is suggested after a hint was taken: Hard at most."""
        return self._replace(suggested=min(self.suggested, HARD))
