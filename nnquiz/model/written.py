"""What is asked on a card that somebody wrote, read from the index for one card at a time."""

from typing import NamedTuple, TypeAlias

from nnquiz.model.question import FollowUp, Passage, Question


class Cloze(NamedTuple):
    """A text with one answer left out.

    Attributes:
        gapped: the text with `[…]`, or with a hint in the brackets, where the answer belongs.
        filled: the text with the answer in its place.
        answer: what belongs there.
        accept: what is as good.
        maths: whether it is a formula, in which every sign counts.
    """

    gapped: Passage
    filled: Passage
    answer: str
    accept: tuple[str, ...]
    maths: bool


class Option(NamedTuple):
    """An answer to choose, and why it is right, or the mistake behind it; that may be empty."""

    text: Passage
    right: bool
    why: Passage


class Choice(NamedTuple):
    """A question with its options, of which one is right."""

    prompt: Passage
    options: tuple[Option, ...]


class Order(NamedTuple):
    """Items to put in order; they stand in the right one."""

    prompt: Passage
    items: tuple[Passage, ...]


class Match(NamedTuple):
    """Pairs to put together: each left side with its right side."""

    prompt: Passage
    pairs: tuple[tuple[Passage, Passage], ...]


class Numeric(NamedTuple):
    """A problem with fresh numbers each time, by its name in `nnquiz.problems.catalogue`."""

    problem: str


Written: TypeAlias = Cloze | Choice | Order | Match | Numeric
Body: TypeAlias = Question | FollowUp | Written
