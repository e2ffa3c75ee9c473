"""What is asked on a written card as one JSON text in the index, and back.

The values are tuples, so they are JSON lists in the order of their attributes.
"""

import json
from typing import Any

from nnquiz.model.question import Passage
from nnquiz.model.written import Choice, Cloze, Match, Numeric, Option, Order, Written


def encode(body: Written) -> str:
    """Return what is asked on a card as JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def decode(kind: str, text: str) -> Written:
    """Return what `encode` wrote of a card of this kind."""
    raw: list[Any] = json.loads(text)
    match kind:
        case "cloze":
            shown, filled, answer, accept, maths = raw
            return Cloze(Passage(*shown), Passage(*filled), answer, tuple(accept), maths)
        case "choice":
            options = [Option(Passage(*text), right, Passage(*why)) for text, right, why in raw[1]]
            return Choice(Passage(*raw[0]), tuple(options))
        case "order":
            return Order(Passage(*raw[0]), tuple(Passage(*item) for item in raw[1]))
        case "match":
            pairs = [(Passage(*left), Passage(*right)) for left, right in raw[1]]
            return Match(Passage(*raw[0]), tuple(pairs))
        case _:  # "numeric", the only kind left
            return Numeric(*raw)
