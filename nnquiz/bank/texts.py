"""The texts of a question on their way from Markdown to blocks, with the flaws found in them."""

from collections.abc import Iterator
from typing import Any

from nnquiz.bank.markdown import Flaw, parse_markdown
from nnquiz.bank.source import Path
from nnquiz.model.document import Document
from nnquiz.model.question import Passage

NOTHING = Passage("", [])

# The keys whose values are Markdown, wherever they stand in a question.
_MARKDOWN = frozenset(
    {"question", "answer", "short", "full", "point", "claim", "holds", "prompt", "why"}
)


def flaws_of_broken(raw: Any, at: Path) -> Iterator[tuple[Path, Flaw]]:
    """Yield the flaws of the texts of a question that is broken elsewhere and cannot be built."""
    rows = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in rows:
        path = (*at, key)
        if isinstance(value, str) and key in _MARKDOWN:
            yield from ((path, flaw) for flaw in parse_markdown(value).flaws)
        else:
            yield from flaws_of_broken(value, path)


class Texts:
    """Parses the Markdown of a question.

    Attributes:
        documents: the blocks of every text but a cloze, each with the path of its text.
        flaws: what is wrong in the texts, each with the path of its text.
    """

    def __init__(self, raw: dict[str, Any], at: Path) -> None:
        self._raw = raw
        self._at = at
        self.documents: list[tuple[Path, Document]] = []
        self.flaws: list[tuple[Path, Flaw]] = []

    def passage(self, *path: str | int) -> Passage:
        """Return the text at a path within the question."""
        text: Any = self._raw
        for part in path:
            text = text[part]
        return Passage(text, self.parse(text, *path))

    def parse(self, text: str, *path: str | int) -> Document:
        """Return the blocks of a text that stands, or was made from one that stands, at a path."""
        parsed = parse_markdown(text)
        for flaw in parsed.flaws:
            self.flaw(flaw, *path)
        self.documents.append(((*self._at, *path), parsed.blocks))
        return parsed.blocks

    def flaw(self, flaw: Flaw, *path: str | int) -> None:
        """Note what is wrong in the text at a path."""
        self.flaws.append(((*self._at, *path), flaw))
