"""A question as one JSON text in the index, and back."""

import json
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
    from dataclasses import asdict

    return json.dumps(asdict(question), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Question:
    """Return the question that `to_json` wrote."""
    raw: dict[str, Any] = json.loads(text)
    for name in ("question", "short", "full"):
        raw[name] = _passage(raw[name])
    raw["tags"] = tuple(raw["tags"])
    raw["examples"] = tuple(raw["examples"])
    raw["key_points"] = tuple(
        KeyPoint(row["id"], _passage(row["point"]), row["weight"], tuple(row["accept"]))
        for row in raw["key_points"]
    )
    raw["follow_ups"] = tuple(
        FollowUp(row["id"], _passage(row["question"]), _passage(row["answer"]))
        for row in raw["follow_ups"]
    )
    raw["pitfalls"] = tuple(
        Pitfall(_passage(row["claim"]), row["kind"], _passage(row["holds"]), tuple(row["sources"]))
        for row in raw["pitfalls"]
    )
    raw["cards"] = tuple(CardLine(**row) for row in raw["cards"])
    raw["sources"] = tuple(
        Source(**{**row, "authors": tuple(row["authors"])}) for row in raw["sources"]
    )
    return Question(**raw)


def _passage(raw: dict[str, Any]) -> Passage:
    return Passage(raw["source"], raw["blocks"])
