"""Builds a Question out of the plain values of a file that was validated."""

from dataclasses import dataclass, field
from typing import Any

from nnquiz.bank.cards import cards_of
from nnquiz.bank.markdown import Flaw
from nnquiz.bank.source import Path
from nnquiz.bank.texts import NOTHING, Texts
from nnquiz.bank.written import written
from nnquiz.model.card import Card
from nnquiz.model.document import Document
from nnquiz.model.listing import Topic
from nnquiz.model.question import (
    CardLine,
    FollowUp,
    KeyPoint,
    Pitfall,
    Question,
    Source,
)
from nnquiz.model.written import Written


@dataclass(frozen=True, slots=True)
class Header:
    """What holds for all questions of a bank: bank.yaml, or its defaults, and sources.yaml.

    `topics` is empty where a bank names none, and `sources` is None where it has no such file:
    then any topic goes, and sources are references in the author's own words. `least` is how many
    cards, kinds, numeric cards, follow-ups and pitfalls each question must have.
    """

    id: str
    complete: bool = False
    topics: tuple[Topic, ...] = ()
    sources: dict[str, Source] | None = None
    least: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Built:
    """A question with its cards; its parsed texts and their flaws, each with the text's path.

    `bodies` has what is asked on the written cards, by the card's id.
    """

    question: Question
    cards: tuple[Card, ...]
    bodies: dict[str, Written]
    documents: list[tuple[Path, Document]] = field(default_factory=list)
    flaws: list[tuple[Path, Flaw]] = field(default_factory=list)


def build(raw: dict[str, Any], at: Path, header: Header, file: str, line: int) -> Built:
    """Return the question whose plain value `raw` stands at the path `at` of a file."""
    texts = Texts(raw, at)
    answer = raw["answer"]
    parts = ("answer", "short") if isinstance(answer, dict) else ("answer",)
    cards = cards_of(header.id, raw)
    question = Question(
        bank=header.id,
        number=raw.get("number"),
        id=raw["id"],
        question=texts.passage("question"),
        topic=raw.get("topic", ""),
        level=raw.get("level", ""),
        tags=tuple(raw.get("tags", ())),
        short=texts.passage(*parts),
        full=texts.passage("answer", "full") if isinstance(answer, dict) else NOTHING,
        key_points=_key_points(raw, texts),
        follow_ups=_follow_ups(raw, texts),
        pitfalls=_pitfalls(raw, texts),
        examples=tuple(raw.get("examples", ())),
        cards=tuple(
            CardLine(card.id.removeprefix(f"{card.question}/"), card.kind) for card in cards
        ),
        sources=tuple(_source(key, header) for key in raw.get("sources", ())),
        file=file,
        line=line,
    )
    bodies = {f"{header.id}/{raw['id']}/{name}": body for name, body in written(raw, texts).items()}
    return Built(question, cards, bodies, texts.documents, texts.flaws)


def _key_points(raw: dict[str, Any], texts: Texts) -> tuple[KeyPoint, ...]:
    return tuple(
        KeyPoint(
            id=row["id"],
            point=texts.passage("key_points", i, "point"),
            weight=row["weight"],
            accept=tuple(row.get("accept", ())),
        )
        for i, row in enumerate(raw.get("key_points", ()))
    )


def _follow_ups(raw: dict[str, Any], texts: Texts) -> tuple[FollowUp, ...]:
    return tuple(
        FollowUp(
            id=row["id"],
            question=texts.passage("follow_ups", i, "question"),
            answer=texts.passage("follow_ups", i, "answer"),
        )
        for i, row in enumerate(raw.get("follow_ups", ()))
    )


def _pitfalls(raw: dict[str, Any], texts: Texts) -> tuple[Pitfall, ...]:
    return tuple(
        Pitfall(
            claim=texts.passage("pitfalls", i, "claim"),
            kind=row["kind"],
            holds=texts.passage("pitfalls", i, "holds"),
            sources=tuple(row.get("sources", ())),
        )
        for i, row in enumerate(raw.get("pitfalls", ()))
    )


def _source(key: str, header: Header) -> Source:
    """Return the reference of a key; a reference in the author's own words is its own title."""
    found = (header.sources or {}).get(key)
    return found or Source(key, (), None, key, "", "", "")
