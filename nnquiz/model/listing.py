"""Questions as lists and searches show them: apart from Question, so that a list starts faster."""

from typing import NamedTuple


class Topic(NamedTuple):
    """A topic of a bank."""

    id: str
    title: str


class QuestionLine(NamedTuple):
    """A question as a list shows it.

    Attributes:
        question: the question in plain words, formulas in their linear form.
        source: the question as it was written, in Markdown.
        cards: how many cards of each kind it has.
    """

    bank: str
    number: int | None
    id: str
    question: str
    source: str
    topic: str
    level: str
    tags: tuple[str, ...]
    cards: dict[str, int]


class Hit(NamedTuple):
    """A question that a search found, best first.

    `snippet` is a piece of its text around the words looked for, as (text, whether it matches).
    """

    line: QuestionLine
    snippet: tuple[tuple[str, bool], ...]
