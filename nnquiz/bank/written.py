"""Builds what is asked on the written cards of a question that was validated."""

from collections.abc import Iterator
from typing import Any

from nnquiz.bank import cloze
from nnquiz.bank.texts import NOTHING, Texts
from nnquiz.model.question import Passage
from nnquiz.model.written import Choice, Cloze, Match, Numeric, Option, Order, Written


def written(raw: dict[str, Any], texts: Texts) -> dict[str, Written]:
    """Return what is asked on each written card, by its name within the question.

    Of two cards with one name, the first counts.

    Args:
        raw: the plain value of the question.
        texts: parses its texts.
    """
    bodies: dict[str, Written] = {}
    for i, row in enumerate(raw.get("cards", ())):
        cards = _clozes if row["kind"] == "cloze" else _card
        for name, body in cards(row, i, texts):
            bodies.setdefault(name, body)
    return bodies


def _clozes(row: dict[str, Any], i: int, texts: Texts) -> Iterator[tuple[str, Cloze]]:
    """Yield the name and the card of each blank."""
    path = ("cards", i, "text")
    blanks, marked = cloze.read(row["text"])
    blocks, flaws = cloze.parse(marked)
    for flaw in (*flaws, *cloze.flaws(blocks, blanks)):
        texts.flaw(flaw, *path)
    for name, answer in {blank.name: blank.answer for blank in reversed(blanks)}.items():
        yield (
            f"{row['id']}/{name}",
            Cloze(
                gapped=Passage(*(cloze.gapped(form, blanks, name) for form in (marked, blocks))),
                filled=Passage(*(cloze.filled(form, blanks, name) for form in (marked, blocks))),
                answer=answer,
                accept=tuple(row.get("accept", {}).get(name, ())),
                maths=name in row.get("maths", ()),
            ),
        )


def _card(row: dict[str, Any], i: int, texts: Texts) -> Iterator[tuple[str, Written]]:
    """Yield the name and the card of a row that is one card only."""
    yield row["id"], _body(row, i, texts)


def _body(row: dict[str, Any], i: int, texts: Texts) -> Written:
    if row["kind"] == "numeric":
        return Numeric(row["problem"])
    prompt = texts.passage("cards", i, "prompt")
    match row["kind"]:
        case "choice":
            options = range(len(row["options"]))
            return Choice(prompt, tuple(_option(row, i, j, texts) for j in options))
        case "order":
            items = range(len(row["items"]))
            return Order(prompt, tuple(texts.passage("cards", i, "items", j) for j in items))
        case _:  # "match", the only kind left
            pairs = [
                (
                    Passage(left, texts.parse(left, "cards", i, "pairs")),
                    texts.passage("cards", i, "pairs", left),
                )
                for left in row["pairs"]
            ]
            return Match(prompt, tuple(pairs))


def _option(row: dict[str, Any], i: int, j: int, texts: Texts) -> Option:
    path = ("cards", i, "options", j)
    option = row["options"][j]
    why = texts.passage(*path, "why") if "why" in option else NOTHING
    return Option(texts.passage(*path, "text"), option.get("right", False), why)
