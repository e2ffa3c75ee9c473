"""The blanks of a cloze text, and the text with one of them empty or filled in.

Every blank is parsed as a mark that no file can contain, so that neither an answer nor a gap is
ever taken for Markdown.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from nnquiz.bank.cards import BLANK
from nnquiz.bank.markdown import Flaw, parse_markdown
from nnquiz.model.document import Document, Span

_OPEN, _CLOSE = "\ufffe", "\uffff"  # noncharacters: YAML has no place for them
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_GAP = "…"

# Closing braces come with some words before them, to be found among those of the blanks.
_LEFT_OVER = re.compile(r"\{\{(?:(?!\}\}).){0,30}(?:\}\})?|[^\uffff{]{0,20}\}\}")
_MEANT = re.compile(r"\{\{c[0-9]+:{1,2}")
_FORM = "a blank is written {{c1::answer}}"


class Blank(NamedTuple):
    """One blank as it was written."""

    name: str
    answer: str
    hint: str


def read(text: str) -> tuple[list[Blank], str]:
    """Return the blanks of a cloze text, and the text with a mark in the place of each."""
    found = [Blank(*groups) for groups in BLANK.findall(text)]
    places = iter(range(len(found)))
    return found, BLANK.sub(lambda _: f"{_OPEN}{next(places)}{_CLOSE}", text)


def parse(marked: str) -> tuple[Document, list[Flaw]]:
    """Return the blocks of a marked text and its flaws; a mark in a formula is not one of them."""
    parsed = parse_markdown(marked)
    return parsed.blocks, [flaw for flaw in parsed.flaws if not _MARK.search(flaw.what)]


def gapped(marked: Any, blanks: list[Blank], name: str) -> Any:
    """Return marked text or blocks with one blank empty, or holding its hint, and the rest filled.

    A name may stand twice: then all blanks of that name are empty.
    """
    words = [f"[{blank.hint or _GAP}]" if blank.name == name else blank.answer for blank in blanks]
    return _replace(marked, words, lambda at: blanks[at].name == name)


def filled(marked: Any, blanks: list[Blank], name: str) -> Any:
    """Return marked text or blocks with every answer in its place, that of one blank set off."""
    words = [blank.answer for blank in blanks]
    return _replace(marked, words, lambda at: blanks[at].name == name)


def flaws(marked: Document, blanks: list[Blank]) -> Iterator[Flaw]:
    """Yield what is wrong with the blanks: braces left over, and names with two answers."""
    for text, is_prose in _strings(marked):
        for found in _LEFT_OVER.findall(text) if is_prose else _MEANT.findall(text):
            if found.endswith("}}") and "{{" not in found:
                yield Flaw(found, len(found) - 2, f"two closing braces without a blank; {_FORM}")
            else:
                yield Flaw(found, 0, f"this is no blank; {_FORM}")
    answers: dict[str, str] = {}
    for blank in blanks:
        if answers.setdefault(blank.name, blank.answer) != blank.answer:
            words = f"{{{{{blank.name}::{blank.answer}"
            yield Flaw(words, 0, f"the blank {blank.name} has two different answers")


def _replace(node: Any, words: list[str], set_off: Callable[[int], bool]) -> Any:
    """Return text, a block or a list with words for the marks; in prose some are set off."""
    if isinstance(node, str):
        return _MARK.sub(lambda found: words[int(found[1])], node)
    if isinstance(node, dict):
        return {key: _replace(value, words, set_off) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    items: list[Any] = []
    for item in node:
        if isinstance(item, dict) and item["kind"] == "text":
            items += _spans(item["text"], words, set_off)
        else:
            items.append(_replace(item, words, set_off))
    return items


def _spans(text: str, words: list[str], set_off: Callable[[int], bool]) -> Iterator[Span]:
    """Yield the pieces of a text, words for its marks, and those that are set off by themselves."""
    plain = ""
    for i, piece in enumerate(_MARK.split(text)):
        if i % 2 and set_off(int(piece)):
            if plain:
                yield {"kind": "text", "text": plain}
            yield {"kind": "strong", "spans": [{"kind": "text", "text": words[int(piece)]}]}
            plain = ""
        else:
            plain += words[int(piece)] if i % 2 else piece
    if plain:
        yield {"kind": "text", "text": plain}


def _strings(node: Any) -> Iterator[tuple[str, bool]]:
    """Yield the texts of blocks, and whether each is prose; code may have braces of its own."""
    if isinstance(node, list):
        for item in node:
            yield from _strings(item)
    elif isinstance(node, dict):
        if node["kind"] in {"text", "code", "fence"}:
            yield node["text"], node["kind"] == "text"
        else:
            for value in node.values():
                yield from _strings(value)
