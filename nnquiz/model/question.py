"""A question of a bank, as it was checked and compiled."""

from dataclasses import dataclass

from nnquiz.model.document import Document


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in both its forms: the Markdown that was written and the blocks that are drawn."""

    source: str
    blocks: Document


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One idea an interviewer listens for. Weight 3 must be said, 2 should be, 1 is a bonus."""

    id: str
    point: Passage
    weight: int
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is asked next, with its answer."""

    id: str
    question: Passage
    answer: Passage


@dataclass(frozen=True, slots=True)
class Pitfall:
    """What people say, what holds instead, and on what that rests."""

    claim: Passage
    kind: str  # wrong | disputed | dated | missing
    holds: Passage
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A reference that was checked."""

    key: str
    authors: tuple[str, ...]
    year: int | None
    title: str
    venue: str
    doi: str
    arxiv: str


@dataclass(frozen=True, slots=True)
class Question:
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
    cards: tuple["CardLine", ...]
    sources: tuple[Source, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card of a question as a list shows it: its name within the question, and its kind."""

    id: str
    kind: str
