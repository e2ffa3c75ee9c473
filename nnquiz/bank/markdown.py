r"""Parses the Markdown of a bank into the blocks that are drawn, with every formula read.

What is understood: CommonMark without HTML, tables, and mathematics between `$…$` and `$$…$$`.
In a table row that begins with `|`, a bar inside `$…$` belongs to the formula; so does an escaped
one (`\|` is a plain bar there, as on GitHub; a norm is written `\Vert` or `\lVert … \rVert`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, groupby
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin

from nnquiz.model.document import Block, Document, Formula, Maths, Span
from nnquiz.tex import TexError, linear, parse

MAX_DIAGRAM_COLUMNS = 76

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ROW_MATHS = re.compile(r"(?<![\\$])\$(?![\s$])((?:\\.|[^\\$])*?)(?<!\s)\$(?!\d)")
_BARE_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ALIGNMENTS: dict[str, Literal["left", "centre", "right"]] = {
    "text-align:center": "centre",
    "text-align:right": "right",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong inside a text.

    Attributes:
        words: how the flawed piece begins in the source, to find its place by.
        shift: columns from there to the very place.
        what: what is wrong.
        standard: whether it offends only against the standard of complete banks.
    """

    words: str
    shift: int
    what: str
    standard: bool = False


@dataclass(slots=True)
class Parsed:
    """A text that was parsed: its blocks, and what is wrong in it, in the text's order."""

    blocks: Document = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


def parse_markdown(source: str) -> Parsed:
    """Parse a text; a formula that cannot be read stays as its LaTeX and is a flaw."""
    root = SyntaxTreeNode(_parser().parse(_protect_bars(source)))
    reader = _Reader()
    return Parsed(reader.blocks(root), reader.flaws)


def plain(blocks: Document) -> str:
    """Return the words of a text on one line, formulas in their linear form."""
    return " ".join(" ".join(_block_words(blocks)).split())


def count_words(blocks: Document) -> int:
    """Count the words of the prose: not those of tables, code, diagrams and displayed formulas.

    A formula or a piece of code inside a sentence counts as one word.
    """
    return sum(len(prose.split()) for prose in _prose(blocks))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,  # "between $5 and $10" is about money
        double_inline=True,
    )


def _protect_bars(source: str) -> str:
    """Escape the bars inside formulas of table rows, which would otherwise end a cell."""
    lines = source.split("\n")
    fence = ""
    for i, line in enumerate(lines):
        opening = _FENCE.match(line)
        if opening and (not fence or opening[1].startswith(fence)):
            fence = "" if fence else opening[1]
        elif not fence and line.lstrip().startswith("|"):
            lines[i] = _ROW_MATHS.sub(lambda found: _BARE_BAR.sub(r"\1\\|", found[0]), line)
    return "\n".join(lines)


class _Reader:
    """Walks the library's tree and collects blocks and flaws."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []

    def blocks(self, node: SyntaxTreeNode) -> Document:
        """Return the blocks inside a node."""
        return [block for child in node.children for block in self._block(child)]

    def _block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        match node.type:
            case "paragraph":
                yield from self._paragraph(node)
            case "heading":
                yield {"kind": "heading", "level": int(node.tag[1]), "spans": self._spans(node)}
            case "bullet_list" | "ordered_list":
                yield self._list(node)
            case "table":
                yield self._table(node)
            case "fence" | "code_block":
                yield self._fence(node)
            case "math_block" | "math_block_label":
                yield self._formula(node)
            case "blockquote":
                yield {"kind": "quote", "blocks": self.blocks(node)}
            case _:  # "hr", the only kind left
                yield {"kind": "rule"}

    def _paragraph(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Return the paragraph, parted where `$$…$$` displays a formula."""
        leaves = [leaf for child in node.children for leaf in child.children]
        for displayed, group in groupby(leaves, lambda leaf: leaf.type == "math_inline_double"):
            if displayed:
                yield from map(self._formula, group)
            elif spans := _trimmed(self._joined(group)):
                yield {"kind": "paragraph", "spans": spans}

    def _list(self, node: SyntaxTreeNode) -> Block:
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        items = [self.blocks(item) for item in node.children]
        return {"kind": "list", "start": start, "items": items}

    def _table(self, node: SyntaxTreeNode) -> Block:
        rows = [row for part in node.children for row in part.children]
        head = rows[0].children
        align = [_ALIGNMENTS.get(str(cell.attrs.get("style", "")), "left") for cell in head]
        cells = [[self._spans(cell) for cell in row.children] for row in rows]
        return {"kind": "table", "align": align, "head": cells[0], "rows": cells[1:]}

    def _fence(self, node: SyntaxTreeNode) -> Block:
        language = node.info.split()[0] if node.info.split() else ""
        for line in node.content.split("\n"):
            if len(line) > MAX_DIAGRAM_COLUMNS:
                what = f"a line of {len(line)} columns; at most {MAX_DIAGRAM_COLUMNS} fit"
                self.flaws.append(Flaw(line, MAX_DIAGRAM_COLUMNS, what, standard=True))
        return {"kind": "fence", "language": language, "text": node.content.rstrip("\n")}

    def _formula(self, node: SyntaxTreeNode) -> Formula:
        tex = node.content.strip()
        return {"kind": "formula", "tex": tex, "linear": self._linear(tex)}

    def _spans(self, node: SyntaxTreeNode) -> list[Span]:
        """Return what stands in a line of text."""
        inline = [
            leaf for child in node.children if child.type == "inline" for leaf in child.children
        ]
        return self._joined(inline or node.children)

    def _joined(self, leaves: Iterable[SyntaxTreeNode]) -> list[Span]:
        """Return the spans of some leaves, neighbouring words joined."""
        spans: list[Span] = []
        for leaf in leaves:
            span = self._span(leaf)
            last = spans[-1] if spans else None
            if last is not None and last["kind"] == "text" and span["kind"] == "text":
                spans[-1] = {"kind": "text", "text": last["text"] + span["text"]}
            else:
                spans.append(span)
        return spans

    def _span(self, node: SyntaxTreeNode) -> Span:
        match node.type:
            case "em" | "strong":
                kind: Literal["emphasis", "strong"] = (
                    "strong" if node.type == "strong" else "emphasis"
                )
                return {"kind": kind, "spans": self._spans(node)}
            case "code_inline":
                return {"kind": "code", "text": node.content}
            case "math_inline" | "math_inline_double":
                return self._maths(node.content)
            case "link" | "image":
                # A terminal shows no picture: its description leads to it.
                href = str(node.attrs["href" if node.type == "link" else "src"])
                return {"kind": "link", "href": href, "spans": self._spans(node)}
            case "hardbreak":
                return {"kind": "break"}
            case _:
                return {"kind": "text", "text": node.content or " "}  # a soft break is a blank

    def _maths(self, tex: str) -> Maths:
        tex = tex.strip()
        return {"kind": "maths", "tex": tex, "linear": self._linear(tex)}

    def _linear(self, tex: str) -> str:
        try:
            return linear(parse(tex))
        except TexError as error:
            first = tex.split("\n", 1)[0]
            words, bar, _ = first.partition("|")
            exact = not bar and "\n" not in tex
            shift = error.column - 1 if exact else 0
            self.flaws.append(
                Flaw(words or first, shift, f"in the formula ${first}$: {error.message}")
            )
            return " ".join(tex.split())


def _trimmed(spans: list[Span]) -> list[Span]:
    """Return spans without the blanks and breaks that part them from a displayed formula."""
    while spans and _is_blank(spans[0]):
        spans = spans[1:]
    while spans and _is_blank(spans[-1]):
        spans = spans[:-1]
    if spans and spans[0]["kind"] == "text":
        spans = [{"kind": "text", "text": spans[0]["text"].lstrip()}, *spans[1:]]
    if spans and spans[-1]["kind"] == "text":
        spans = [*spans[:-1], {"kind": "text", "text": spans[-1]["text"].rstrip()}]
    return spans


def _is_blank(span: Span) -> bool:
    return span["kind"] == "break" or (span["kind"] == "text" and not span["text"].strip())


def _block_words(blocks: Document) -> Iterator[str]:
    for block in blocks:
        match block["kind"]:
            case "paragraph" | "heading":
                yield span_words(block["spans"])
            case "list":
                for item in block["items"]:
                    yield from _block_words(item)
            case "table":
                yield from map(span_words, chain(block["head"], *block["rows"]))
            case "fence":
                yield block["text"]
            case "formula":
                yield block["linear"]
            case "quote":
                yield from _block_words(block["blocks"])


def _prose(blocks: Document) -> Iterator[str]:
    for block in blocks:
        match block["kind"]:
            case "paragraph" | "heading":
                yield span_words(block["spans"], formula="x")
            case "list":
                for item in block["items"]:
                    yield from _prose(item)
            case "quote":
                yield from _prose(block["blocks"])
            case _:
                pass


def span_words(spans: list[Span], formula: str = "") -> str:
    """Return the words of a line; `formula`, where given, stands for each formula and code."""
    words: list[str] = []
    for span in spans:
        match span["kind"]:
            case "text":
                words.append(span["text"])
            case "code":
                words.append(formula or span["text"])
            case "maths":
                words.append(formula or span["linear"])
            case "break":
                words.append(" ")
            case _:
                inner: Any = span
                words.append(span_words(inner["spans"], formula))
    return "".join(words)
