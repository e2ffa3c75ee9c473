"""The match card: find the partner of each."""

import re
from typing import NamedTuple

from nnquiz.cards.exercise import Exercise, Line, Prompt, Turn
from nnquiz.cards.result import Result, Unreadable
from nnquiz.model.document import Document, Span
from nnquiz.model.written import Match

_LETTERS = "abcdefghi"
_BETWEEN = re.compile(r"[\s,;:.=→)(-]+")
_PAIRS = re.compile("([1-9][a-i])+")


class Partners(NamedTuple):
    """The right sides as they are shown: their texts, and the place of each in the bank.

    `wanted` are the texts that belong to the left sides, one by one.
    """

    texts: tuple[str, ...]
    places: tuple[int, ...]
    wanted: tuple[str, ...]


def ask(match: Match, turn: Turn) -> Exercise[Partners]:
    """Return the card with its right sides shuffled anew for each review."""
    places = turn.shuffled(len(match.pairs))
    lefts, rights = zip(*match.pairs, strict=True)
    count = len(match.pairs)
    letters = _LETTERS[:count]
    moved = letters[1::-1] + letters[2:]  # b a c: no answer to any card in particular
    pairs = " ".join(f"{number}{letter}" for number, letter in enumerate(moved, 1))
    prompt = Prompt(
        text=match.prompt.blocks,
        lines=tuple(Line(str(number), left.blocks) for number, left in enumerate(lefts, 1)),
        partners=tuple(Line(_LETTERS[i], rights[at].blocks) for i, at in enumerate(places)),
        wanted=f"Type a letter for each number, like {pairs} or {' '.join(moved)}.",
    )
    right: Document = [
        {
            "kind": "list",
            "start": None,
            "items": [_side_by_side(left.blocks, right.blocks) for left, right in match.pairs],
        }
    ]
    sources = tuple(side.source for side in rights)
    key = Partners(tuple(sources[at] for at in places), places, sources)
    return Exercise("match", prompt, right, key)


def grade(exercise: Exercise[Partners], typed: str) -> Result:
    """Judge the partners that were named, by the share that is right.

    Raises:
        Unreadable: what was typed does not give each number its own letter.
    """
    texts, places, wanted = exercise.key
    chosen = _chosen(exercise, typed)
    well = sum(texts[i] == right for i, right in zip(chosen, wanted, strict=True))
    said = "Right." if well == len(wanted) else f"{well} of {len(wanted)} matched."
    return exercise.marked(well, len(wanted), said, " ".join(str(places[i] + 1) for i in chosen))


def _chosen(exercise: Exercise[Partners], typed: str) -> list[int]:
    """Return which of the shown right sides was given to each left side, counted from 0."""
    all_numbers = "".join(line.label for line in exercise.prompt.lines)
    all_letters = "".join(line.label for line in exercise.prompt.partners)
    named = _BETWEEN.sub("", typed.casefold())
    numbers, letters = all_numbers, named
    if _PAIRS.fullmatch(named):
        numbers, letters = named[::2], named[1::2]
    if sorted(numbers) != sorted(all_numbers) or sorted(letters) != sorted(all_letters):
        raise Unreadable(exercise.prompt.wanted)
    given = dict(zip(numbers, letters, strict=True))
    return [all_letters.index(given[number]) for number in all_numbers]


def _side_by_side(left: Document, right: Document) -> Document:
    """Return a pair on one line, or where a side has several paragraphs, one below the other."""
    if len(left) == len(right) == 1:
        one, other = left[0], right[0]
        if one["kind"] == "paragraph" and other["kind"] == "paragraph":
            colon: Span = {"kind": "text", "text": ": "}
            return [{"kind": "paragraph", "spans": [*one["spans"], colon, *other["spans"]]}]
    return [*left, *right]
