"""Links into worked examples: the number that a text quotes is the one that the example gives."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from string import ascii_letters, digits
from typing import Any, NamedTuple
from urllib.parse import unquote

from nnquiz.bank.markdown import span_words
from nnquiz.bank.problem import Problem
from nnquiz.bank.source import Path, Source
from nnquiz.errors import NnquizError
from nnquiz.model.document import Document

SCHEME = "example:"

# A number as people print it: -0.65, 235,146, 94.9 %, 3.5e-07, 3.5 × 10^-7 (superscripts too).
_PRINTED = re.compile(
    r"(?P<digits>[-+]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{1,30})?)"
    r"(?:e(?P<e>[-+]?[0-9]{1,3})| ?[×·*] ?10\^?(?P<ten>[-+]?[0-9]{1,3}))?"
    r"(?P<percent> ?%)?",
    re.IGNORECASE,
)
_LETTERS = frozenset(ascii_letters + digits + "_-=[.&")  # what a longer address goes on with
_BROKEN = f"]({SCHEME}"  # of a link that Markdown did not take for one
_NOISE = Decimal("1e-12")  # of float64, where a number lies half way between two printed ones


class Printed(NamedTuple):
    """A printed number: its value, and what one more in its last digit would be."""

    value: Decimal
    unit: Decimal

    def agrees(self, exact: float) -> bool:
        """Say whether a finite number is printed so when it is rounded to these digits.

        Half way between two printed numbers, both are right.
        """
        gap = abs(Decimal(exact) - self.value)
        return gap <= self.unit / 2 + abs(Decimal(exact)) * _NOISE


def printed(words: str) -> Printed | None:
    """Read a number as it is printed; None where the words are something else.

    >>> printed("94.9 %")
    Printed(value=Decimal('0.949'), unit=Decimal('0.001'))
    """
    plain = unicodedata.normalize("NFKC", words).replace("−", "-").strip()
    found = _PRINTED.fullmatch(plain)
    if found is None:
        return None
    value = Decimal(re.sub("[, ]", "", found["digits"]))
    shift = int(found["e"] or found["ten"] or 0) - 2 * bool(found["percent"])
    last = -len(found["digits"].partition(".")[2])
    return Printed(value.scaleb(shift), Decimal(1).scaleb(last + shift))


def check_links(
    source: Source,
    texts: Iterable[tuple[Path, Document]],
    number: Callable[[str], float],
) -> Iterator[Problem]:
    """Yield what is wrong with the links into worked examples.

    Args:
        source: the file.
        texts: its parsed texts, each with its path.
        number: returns what an example gives for the address behind `example:`; raises
            `NnquizError` where there is no such number.
    """
    seen: dict[tuple[Path, str], int] = {}
    for path, blocks in texts:
        for span in _spans(blocks):
            words, found = _judged(span, number)
            index = _find(source, path, words, seen.get((path, words), 0))
            seen[path, words] = index + 1
            if found is not None:
                yield source.problem_within(path, (index, 0), *found)


def _judged(span: Any, number: Callable[[str], float]) -> tuple[str, tuple[str, str] | None]:
    """Return an address, and what is wrong with it and the way out, if anything is."""
    if span["kind"] == "text":
        return _unlinked(span["text"])
    address = unquote(span["href"])
    return address, _wrong(span_words(span["spans"]), address.removeprefix(SCHEME), number)


def _spans(node: Any) -> Iterator[Any]:
    """Yield the links into examples, and the words that were meant to be one, in their order."""
    if isinstance(node, dict):
        if (node["kind"] == "link" and node["href"].startswith(SCHEME)) or (
            node["kind"] == "text" and _BROKEN in node["text"]
        ):
            yield node
        for value in node.values():
            yield from _spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from _spans(value)


def _unlinked(text: str) -> tuple[str, tuple[str, str]]:
    """Return how an address begins that Markdown took for words, what is wrong, and the way out."""
    address = text[text.index(_BROKEN) + 2 :].split(maxsplit=1)[0]
    hint = f"one with a blank in it goes in angle brackets: [1](<{SCHEME}...>)"
    return address, (f"no link comes of ]({address}", hint)


def _wrong(words: str, address: str, number: Callable[[str], float]) -> tuple[str, str] | None:
    """Return what is wrong with a link and the way out; None where the number is right."""
    try:
        exact = number(address)
    except NnquizError as error:
        return f"{SCHEME}{address}: {error}", error.hint
    shown = printed(words)
    if shown is None:
        hint = f"{SCHEME}{address} gives {exact:.6g}"
        return f'"{words}" leads into an example and is no number', hint
    if not _is_finite(exact) or not shown.agrees(exact):
        return f'"{words}" is not what {SCHEME}{address} gives: {exact:.10g}', ""
    return None


def _is_finite(exact: float) -> bool:
    return abs(exact) < float("inf")


def _find(source: Source, path: Path, words: str, start: int) -> int:
    """Return where an address stands as a whole, and not as the beginning of a longer one."""
    index = source.find(path, words, start)
    while index >= 0 and source.text[index + len(words) : index + len(words) + 1] in _LETTERS:
        index = source.find(path, words, index + 1)
    return index
