"""What a sheet for the last evening keeps of a question: its formulas and what must be said."""

from collections.abc import Iterator
from typing import NamedTuple

from nnquiz.model.document import Document, Formula
from nnquiz.model.question import KeyPoint, Question
from nnquiz.model.section import WEIGHTS


class Digest(NamedTuple):
    """The displayed formulas of an answer, in their order, and its weightiest key points."""

    formulas: tuple[Formula, ...]
    points: tuple[KeyPoint, ...]


def digest(question: Question) -> Digest:
    """Return what to keep of a question."""
    formulas = _formulas([*question.short.blocks, *question.full.blocks])
    points = (point for point in question.key_points if point.weight == max(WEIGHTS))
    return Digest(tuple(formulas), tuple(points))


def _formulas(document: Document) -> Iterator[Formula]:
    """Yield the displayed formulas of a document, also those in lists and quotations."""
    for block in document:
        match block["kind"]:
            case "formula":
                yield block
            case "list":
                for item in block["items"]:
                    yield from _formulas(item)
            case "quote":
                yield from _formulas(block["blocks"])
