"""A question of a bank, as it was checked and compiled."""

from typing import NamedTuple

from nnquiz.model.document import Document


class Passage(NamedTuple):
    """A text in both its forms: the Markdown that was written and the blocks that are drawn."""

    source: str
    blocks: Document


class KeyPoint(NamedTuple):
    """One idea an interviewer listens for. Weight 3 must be said, 2 should be, 1 is a bonus."""

    id: str
    point: Passage
    weight: int
    accept: tuple[str, ...]


class FollowUp(NamedTuple):
    """What is asked next, with its answer."""

    id: str
    question: Passage
    answer: Passage


class Pitfall(NamedTuple):
    """What people say, what holds instead, and on what that rests."""

    claim: Passage
    kind: str  # wrong | disputed | dated | missing
    holds: Passage
    sources: tuple[str, ...]


class Source(NamedTuple):
    """A reference that was checked."""

    key: str
    authors: tuple[str, ...]
    year: int | None
    title: str
    venue: str
    doi: str
    arxiv: str


class CardLine(NamedTuple):
    """A card of a question as a list shows it: its name within the question, and its kind."""

    id: str
    kind: str


class Question(NamedTuple):
    """One question with everything that belongs to it.

    `bank/id` never changes, for progress hangs on it; number, order, text and file may.
    A deck of one's own may leave out all but id, question and one answer text: then `short` is
    that text and `full` has no blocks.
    """

    bank: str
    number: int | None
    id: str
    question: Passage
    topic: str
    level: str
    tags: tuple[str, ...]
    short: Passage
    full: Passage
    key_points: tuple[KeyPoint, ...]
    follow_ups: tuple[FollowUp, ...]
    pitfalls: tuple[Pitfall, ...]
    examples: tuple[str, ...]
    cards: tuple[CardLine, ...]
    sources: tuple[Source, ...]
    file: str
    line: int
