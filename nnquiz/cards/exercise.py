"""A card in front of someone: what is shown of it, and what its answer is held against."""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from nnquiz.cards.result import NOTHING, Outcome, Result
from nnquiz.model.document import Document
from nnquiz.model.event import AGAIN, GOOD, HARD

Key = TypeVar("Key")


class Line(NamedTuple):
    """Something with a label to answer by: an option, an item, one side of a pair."""

    label: str
    text: Document


class Prompt(NamedTuple):
    """What is shown before the answer.

    Attributes:
        text: what is asked.
        lines: options, items to order, or the left sides of pairs, in the order to show.
        partners: the right sides of pairs, in the order to show.
        wanted: what to type, in a sentence; empty where the answer is said and not typed.
        keys: keys that are whole answers by themselves.
        hints: what may be told on the way, one after the other.
    """

    text: Document
    lines: tuple[Line, ...] = ()
    partners: tuple[Line, ...] = ()
    wanted: str = ""
    keys: tuple[str, ...] = ()
    hints: tuple[Document, ...] = ()


class Turn(NamedTuple):
    """The circumstances under which a card is asked; with the same ones it looks the same.

    Attributes:
        card: the id of the card.
        reviews: how many reviews it has had.
        is_answer: tells whether a text answers some other card of the bank, or is one of its tags.
    """

    card: str
    reviews: int
    is_answer: Callable[[str], bool]

    def shuffled(self, count: int) -> tuple[int, ...]:
        """Return the numbers below `count` in an order that changes with each review."""
        from random import Random

        rng = Random(f"{self.card}#{self.reviews}")  # noqa: S311 -- practice, not cryptography
        # Sorted by random(), the one method whose numbers Python promises to keep.
        return tuple(sorted(range(count), key=lambda _: rng.random()))


class Exercise(NamedTuple, Generic[Key]):
    """A card as it is asked this time.

    Attributes:
        kind: the kind of the card.
        prompt: what is shown before the answer.
        right: what is right.
        key: what an answer is held against, each kind's own affair.
        worked: the way to the answer of a problem, step by step.
        problem: `name@version:seed` of the numbers that were drawn.
    """

    kind: str
    prompt: Prompt
    right: Document
    key: Key
    worked: Document = NOTHING
    problem: str = ""

    def shown(self, typed: str = "") -> Result:
        """Return the result where nothing is judged, and one grades oneself; Good as a rule."""
        return self._result(Outcome.SHOWN, GOOD, "", None, typed)

    def close(self, said: str, typed: str) -> Result:
        """Return the result of a near miss."""
        return self._result(Outcome.CLOSE, HARD, said, None, typed)

    def marked(
        self, marks: int, best: int, said: str, typed: str, why: Document = NOTHING
    ) -> Result:
        """Return the result of an answer that has so many marks of the best.

        All of them are right, at least half of them Hard, and less is Again.
        """
        if marks == best:
            outcome, suggested = Outcome.RIGHT, GOOD
        else:
            outcome = Outcome.PARTLY if marks else Outcome.WRONG
            suggested = HARD if 2 * marks >= best else AGAIN
        return self._result(outcome, suggested, said, marks / best, typed)._replace(why=why)

    def _result(
        self, outcome: Outcome, suggested: int, said: str, share: float | None, typed: str
    ) -> Result:
        return Result(
            outcome=outcome,
            suggested=suggested,
            said=said,
            share=share,
            right=self.right,
            worked=self.worked,
            typed=typed,
            problem=self.problem,
        )
