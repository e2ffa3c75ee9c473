"""In which order new cards are begun, so that every question is met early and gently."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from nnquiz.cards import EASIER_FIRST
from nnquiz.model.card import Card

EASY = tuple(kind.name for kind in EASIER_FIRST[:3])
"""The kinds that a question begins with: choice, match, cloze."""

AT_ONCE = 8
"""Questions begun side by side: as many as keep two cards of one question 8 turns apart."""

_CORE = "explain"
_LATER = ("order", "numeric", "follow-up", *EASY)


def introduce(cards: Iterable[Card]) -> list[Card]:
    """Return cards in the order in which they are begun.

    A question begins with one card of each easy kind, and then asks for the explanation, which is
    what an interview asks for. Eight questions at a time get that far, taking turns; when all of
    them have, their other cards follow, again by turns. Neighbours begin with different kinds.

    Args:
        cards: all cards of some questions, begun already or not: the order of those to come does
            not depend on what has been begun.
    """
    lines: dict[str, list[Card]] = {}
    for card in cards:
        lines.setdefault(card.question, []).append(card)
    first: list[list[Card]] = []
    later: list[list[Card]] = []
    for at, line in enumerate(lines.values()):
        begun, others = _divide(line, at)
        first.append(begun)
        later.append(others)
    order: list[Card] = []
    for start in range(0, len(first), AT_ONCE):
        order += _in_turn(first[start : start + AT_ONCE])
    return order + _in_turn(later)


def _divide(line: list[Card], at: int) -> tuple[list[Card], list[Card]]:
    """Return the cards that the question in place `at` begins with, and its others by turns."""
    kinds: dict[str, list[Card]] = {}
    for card in line:
        kinds.setdefault(card.kind, []).append(card)
    begun = [kinds[kind].pop(0) for kind in _rotated(EASY, at) if kind in kinds]
    begun += kinds.pop(_CORE, [])
    others = [kinds.pop(kind) for kind in _rotated(_LATER, at) if kind in kinds]
    return begun, _in_turn([*others, *kinds.values()])


def _rotated(kinds: Sequence[str], by: int) -> Sequence[str]:
    by %= len(kinds)
    return [*kinds[by:], *kinds[:by]]


def _in_turn(lines: Iterable[Sequence[Card]]) -> list[Card]:
    """Return the first of each line, then the second of each, and so on."""
    return [card for turn in zip_longest(*lines) for card in turn if card is not None]
