"""Finds phrases in an explanation that somebody typed, however the words are bent or ordered."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nnquiz.cards.spelling import words

_SPREAD = 2  # other words that may stand among those of a phrase
_SENTENCE = 100  # places from one sentence to the next: no phrase reaches over

_SQUARED = re.compile(r"²|\^2\b")
_SIGNS = str.maketrans({"√": " root ", "’": "'"})
_END = re.compile(r"[.!?;:](?=\s|$)|\n|,(?=\s+(?:not|never)\b)")
_WORD = re.compile(r"\w+(?:'\w+)?")

_SHORTEST = 3  # letters that an ending leaves
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("ss", "ss"), ("es", ""), ("s", ""),
    ("e", ""),
)  # fmt: skip

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
        tokens = list(_tokens(sentence))
        for place, token in enumerate(tokens, start):
            if token[-1] in _NEGATIONS:
                negations.add(place)
            for spelling in {*token, "".join(token)}:
                places.setdefault(_stem(spelling), []).append(place)
        for place, (one, other) in enumerate(pairwise(tokens), start):
            places.setdefault(_stem("".join((*one, *other))), []).append(place)
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
    tokens = list(_tokens(_spelt_out(phrase)))
    denies = any(token[-1] in _NEGATIONS for token in tokens)
    joined = ["".join(token) for token in tokens]
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
    rarest = min(places, key=len)
    for place in rarest:
        nearest = [min(others, key=lambda other: abs(other - place)) for others in places]
        first, last = min(nearest), max(nearest)
        if last - first < len(stems) + _SPREAD:
            yield first, last


def _spelt_out(text: str) -> str:
    return _SQUARED.sub(" squared ", text).translate(_SIGNS)


def _tokens(sentence: str) -> Iterator[tuple[str, ...]]:
    """Yield the words that carry ideas, folded; one with hyphens in its parts."""
    for chunk in sentence.split():
        parts = [_WORD.findall(part) for part in words(chunk)]
        if len(parts) > 1 and all(len(part) == 1 for part in parts):
            yield tuple(part[0] for part in parts)
            continue
        for word in (word for part in parts for word in part):
            plain = "not" if word.endswith("n't") else word.removesuffix("'s")
            if plain not in _EMPTY:
                yield (_SPELLINGS.get(plain, plain),)


def _stem(word: str) -> str:
    """Return a word without the endings that a sentence gives it; crude, but so on both sides.

    >>> [_stem(word) for word in ("queries", "query", "dividing", "divided", "divide", "losses")]
    ['query', 'query', 'divid', 'divid', 'divid', 'loss']
    """
    if not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word.removesuffix(ending) + instead
            doubled = ending in {"ed", "ing"} and stem[-1] == stem[-2] and stem[-1] not in "ls"
            return stem[:-1] if doubled else stem  # summed: sum
    return word
