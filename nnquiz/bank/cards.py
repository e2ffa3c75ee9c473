"""The cards of a question: their ids, which progress hangs on, and the hash of what they ask."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from nnquiz.model.card import Card

# {{c1::answer}}, or {{c1::answer::hint}} as Anki has it; an answer ends at the first }}.
BLANK = re.compile(r"\{\{(c[1-9][0-9]*)::((?:(?!::|\}\}).)+)(?:::((?:(?!\}\}).)*))?\}\}", re.DOTALL)


def content_hash(kind: str, prompt: str, answer: str) -> str:
    """Return 16 hexadecimal digits that change when kind, prompt or answer do.

    White space is normalised first: wrapping a line anew changes nothing.
    """
    words = [" ".join(text.split()) for text in (kind, prompt, answer)]
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]


def blanks(text: str) -> dict[str, str]:
    """Return the answer of each blank of a cloze text, by name, in the order of the text.

    >>> blanks("A {{c1::softmax}} over the {{c2::keys}}.")
    {'c1': 'softmax', 'c2': 'keys'}
    """
    found: dict[str, list[str]] = {}
    for name, answer, _ in BLANK.findall(text):
        found.setdefault(name, []).append(answer)
    return {name: "; ".join(answers) for name, answers in found.items()}


def cards_of(bank: str, raw: dict[str, Any]) -> tuple[Card, ...]:
    """Return the cards of a question that was validated, in the bank's order.

    Every question has an explain card and one card a follow-up; then come the written cards,
    each blank of a cloze being its own. Of two with one name, the first counts.
    """
    question = f"{bank}/{raw['id']}"
    cards: dict[str, Card] = {}
    for name, kind, group, prompt, answer in _rows(bank, raw):
        card = Card(f"{question}/{name}", question, kind, group, content_hash(kind, prompt, answer))
        cards.setdefault(card.id, card)
    return tuple(cards.values())


def _rows(bank: str, raw: dict[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (name, kind, group, prompt, answer) of each card."""
    answer = raw["answer"]
    if isinstance(answer, dict):
        answer = f"{answer['short']}\n{answer['full']}"
    yield "explain", "explain", "", raw["question"], answer
    for row in raw.get("follow_ups", ()):
        name = f"follow-up/{row['id']}"
        yield name, "follow-up", _group(bank, row), row["question"], row["answer"]
    for row in raw.get("cards", ()):
        for name, prompt, right in _written(row):
            yield name, row["kind"], _group(bank, row), prompt, right


def _group(bank: str, row: dict[str, Any]) -> str:
    """Return the full name of the group of a follow-up or card; none is empty."""
    return f"{bank}/{row['group']}" if "group" in row else ""


def _written(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (name, prompt, answer) of a written card; of each blank where it is a cloze."""
    match row["kind"]:
        case "cloze":
            for blank, answer in blanks(row["text"]).items():
                yield f"{row['id']}/{blank}", _with_gap(row["text"], blank), answer
        case "choice":
            options = row["options"]
            right = next(option["text"] for option in options if option.get("right"))
            others = sorted(option["text"] for option in options if not option.get("right"))
            yield row["id"], "\n".join([row["prompt"], *others]), right
        case "order":
            yield row["id"], row["prompt"], "\n".join(row["items"])
        case "match":
            pairs = sorted(f"{left}: {right}" for left, right in row["pairs"].items())
            yield row["id"], row["prompt"], "\n".join(pairs)
        case "numeric":
            yield row["id"], row["problem"], ""


def _with_gap(text: str, name: str) -> str:
    """Return a cloze text with one blank empty and the others filled in."""
    return BLANK.sub(lambda found: "{{}}" if found[1] == name else found[2], text)
