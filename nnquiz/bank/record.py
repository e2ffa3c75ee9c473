"""A question as one JSON text in the index, and back.

The values are tuples, so they are JSON lists in the order of their attributes.
"""

import json
from collections.abc import Sequence
from typing import Any

from nnquiz.model.question import (
    CardLine,
    FollowUp,
    KeyPoint,
    Passage,
    Pitfall,
    Question,
    Source,
)


def to_json(question: Question) -> str:
    """Return a question as JSON."""
    return json.dumps(question, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Question:
    """Return the question that `to_json` wrote."""
    raw = Question(*json.loads(text))
    return raw._replace(
        question=Passage(*raw.question),
        tags=tuple(raw.tags),
        short=Passage(*raw.short),
        full=Passage(*raw.full),
        key_points=tuple(
            KeyPoint(name, Passage(*point), weight, tuple(accept))
            for name, point, weight, accept in raw.key_points
        ),
        follow_ups=tuple(
            FollowUp(name, Passage(*question), Passage(*answer))
            for name, question, answer in raw.follow_ups
        ),
        pitfalls=tuple(
            Pitfall(Passage(*claim), kind, Passage(*holds), tuple(sources))
            for claim, kind, holds, sources in raw.pitfalls
        ),
        examples=tuple(raw.examples),
        cards=tuple(CardLine(*row) for row in raw.cards),
        sources=tuple(_source(row) for row in raw.sources),
    )


def _source(row: Sequence[Any]) -> Source:
    source = Source(*row)
    return source._replace(authors=tuple(source.authors))
