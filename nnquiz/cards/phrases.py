"""Finds phrases in an explanation that somebody typed, however the words are bent or ordered."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from nnquiz.cards.spelling import simplify

_SPREAD = 2  # other words that may stand among those of a phrase
_SENTENCE = 100  # places from one sentence to the next: no phrase reaches over

_SQUARED = re.compile(r"²|\^2\b")
_SIGNS = str.maketrans({"√": " root ", "’": "'", "‐": "-", "–": "-"})
_END = re.compile(r"[.!?;:](?=\s|$)|\n|,(?=\s+(?:not|never)\b)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+|\w+(?:'\w+)?")

_SHORTEST = 3  # letters that an ending leaves
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("ss", "ss"), ("es", ""), ("s", ""),
    ("e", ""),
)  # fmt: skip
_LAST_LETTERS = frozenset(ending[-1] for ending, _ in _ENDINGS)

_NEGATIONS = {"cannot", "neither", "never", "no", "nor", "not", "without"}

# Words that carry no idea by themselves.
_EMPTY = set(
    """
    a an and are as at be been being by can could did do does for from had has have if in into is
    it its may might must of on or our shall should so than that the their them then these they
    this those to was we were which will with would you your
    """.split()  # noqa: SIM905 -- a list of words is read as such
)
_SPELLINGS = {"sqrt": "root"}


class Explanation(NamedTuple):
    """A typed explanation, ready to be searched.

    Attributes:
        places: where each stem stands; places that are close are close in a sentence.
        negations: the places of words like "not".
    """

    places: dict[str, list[int]]
    negations: frozenset[int]


def read(text: str) -> Explanation:
    """Take an explanation apart into the stems of its words, empty words left out."""
    places: dict[str, list[int]] = {}
    negations = set()
    start = 0
    for sentence in _END.split(_spelt_out(text)):
        tokens = _tokens(sentence)
        for place, token in enumerate(tokens, start):
            if token in _NEGATIONS:
                negations.add(place)
            places.setdefault(_stem(token), []).append(place)
            if "-" in token:
                for spelling in (token.replace("-", ""), *token.split("-")):
                    places.setdefault(_stem(spelling), []).append(place)
        for place, (one, other) in enumerate(pairwise(tokens), start):
            places.setdefault(_stem(one + other), []).append(place)
        start += len(tokens) + _SENTENCE
    return Explanation(places, frozenset(negations))


def mentions(explanation: Explanation, phrase: str) -> bool:
    """Tell whether an explanation contains a phrase and does not deny it.

    All words of the phrase must stand in one sentence, whole and close together, in any order and
    with any ending; words like "the" count nowhere. A "not" among them, right before or right
    after denies the phrase, unless the phrase itself has one.

    >>> mentions(read("Scores are divided by the root of d_k"), "divide by root d_k")
    True
    >>> mentions(read("The weights don't sum to 1."), "weights sum to 1")
    False
    """
    tokens = _tokens(_spelt_out(phrase))
    denies = not _NEGATIONS.isdisjoint(tokens)
    joined = [token.replace("-", "") for token in tokens]
    for spelling in (joined, ["".join(joined)]):
        for first, last in _spans(explanation, [_stem(word) for word in spelling]):
            around = range(first - 1, last + 2)
            if denies or explanation.negations.isdisjoint(around):
                return True
    return False


def _spans(explanation: Explanation, stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last place of each group of close words that has all the stems."""
    places = [explanation.places.get(stem, []) for stem in stems]
    if not places or not all(places):
        return
    for place in min(places, key=len):
        nearest = [min(others, key=lambda other: abs(other - place)) for others in places]
        first, last = min(nearest), max(nearest)
        if last - first < len(stems) + _SPREAD:
            yield first, last


def _spelt_out(text: str) -> str:
    return simplify(_SQUARED.sub(" squared ", text).translate(_SIGNS))


def _tokens(sentence: str) -> list[str]:
    """Return the words that carry ideas, with the hyphens between their letters."""
    found = (_SPELLINGS.get(word, word) for word in _WORD.findall(sentence))
    words = ("not" if word.endswith("n't") else word.removesuffix("'s") for word in found)
    return [word for word in words if word not in _EMPTY]


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """Return a word without the endings that a sentence gives it; crude, but so on both sides.

    >>> [_stem(word) for word in ("queries", "query", "dividing", "divided", "divide", "losses")]
    ['query', 'query', 'divid', 'divid', 'divid', 'loss']
    """
    if word[-1:] not in _LAST_LETTERS or not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word.removesuffix(ending) + instead
            doubled = ending in {"ed", "ing"} and stem[-1] == stem[-2] and stem[-1] not in "ls"
            return stem[:-1] if doubled else stem  # summed: sum
    return word
