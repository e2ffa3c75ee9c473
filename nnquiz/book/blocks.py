"""The texts of a bank as markup: blocks of a document and the spans of a line."""

from collections.abc import Sequence
from typing import Final

from nnquiz.book.markup import element, link, words
from nnquiz.model.document import Block, Document, Link, List, Span, Table
from nnquiz.tex import TexError, mathml, parse

_LOWEST: Final = 6  # there is no h7
_HELD: Final = ",.;:!?)"  # stays with the formula before it
_SIDES: Final = {"left": "", "centre": "text-align:center", "right": "text-align:right"}


def blocks(document: Document, level: int) -> str:
    """Return a document as markup; its headings stand below one of `level`."""
    return "".join(_block(block, level) for block in document)


def line(document: Document) -> str:
    """Return a document as markup for a place that holds words alone, such as a heading."""
    spans = [
        inline(block["spans"]) for block in document if block["kind"] in ("paragraph", "heading")
    ]
    return " ".join(spans)


def inline(spans: Sequence[Span]) -> str:
    """Return what stands in a line as markup; no line ends between a formula and its comma."""
    written: list[str] = []
    before = ""
    for span in spans:
        shown = _span(span)
        if before == "maths" and span["kind"] == "text":
            rest = span["text"].lstrip(_HELD)
            held = span["text"][: len(span["text"]) - len(rest)]
            if held:
                written[-1] = element("span", written[-1], words(held), class_="held")
            shown = words(rest)
        written.append(shown)
        before = span["kind"]
    return "".join(written)


def _block(block: Block, level: int) -> str:  # noqa: PLR0911 -- a table
    match block["kind"]:
        case "paragraph":
            return element("p", inline(block["spans"]))
        case "heading":
            return element(f"h{min(level + block['level'], _LOWEST)}", inline(block["spans"]))
        case "list":
            return _list(block, level)
        case "table":
            return _table(block)
        case "fence":
            return element("pre", element("code", words(block["text"])))
        case "formula":
            return element("div", _maths(block["tex"], display=True), class_="formula")
        case "quote":
            return element("blockquote", blocks(block["blocks"], level))
        case "rule":
            return element("hr")


def _list(block: List, level: int) -> str:
    items = [element("li", _item(item, level)) for item in block["items"]]
    start = block["start"]
    if start is None:
        return element("ul", *items)
    return element("ol", *items, start=str(start) if start != 1 else "")


def _item(item: Document, level: int) -> str:
    """Return an item; the words of a short one stand in it without a paragraph around them."""
    if item and item[0]["kind"] == "paragraph" and all(part["kind"] == "list" for part in item[1:]):
        return inline(item[0]["spans"]) + blocks(item[1:], level)
    return blocks(item, level)


def _table(table: Table) -> str:
    """Return a table, which scrolls by itself where the window is too narrow for it."""

    def row(cells: Sequence[Sequence[Span]], name: str) -> str:
        # A row may be shorter or longer than the head; Markdown pads the one and drops the other.
        kept = [*cells, *[[]] * len(table["head"])][: len(table["head"])]
        sides = [*table["align"], *["left"] * len(kept)]
        return element(
            "tr",
            *(
                element(name, inline(cell), style=_SIDES[side])
                for cell, side in zip(kept, sides, strict=False)
            ),
        )

    head = element("thead", row(table["head"], "th"))
    body = element("tbody", *(row(cells, "td") for cells in table["rows"]), "")
    return element("div", element("table", head, body), class_="scroll")


def _span(span: Span) -> str:  # noqa: PLR0911 -- a table
    match span["kind"]:
        case "text":
            return words(span["text"])
        case "code":
            return element("code", words(span["text"]))
        case "maths":
            return _maths(span["tex"])
        case "emphasis":
            return element("em", inline(span["spans"]))
        case "strong":
            return element("strong", inline(span["spans"]))
        case "link":
            return _link(span)
        case "break":
            return element("br")


def _link(span: Link) -> str:
    """Return words that lead somewhere; one into an example leads nowhere outside the program."""
    address = span["href"]
    shown = inline(span["spans"]) or words(address)
    return link(address, shown)


def _maths(tex: str, *, display: bool = False) -> str:
    """Return a formula; one that `nnquiz check` complains about stays as it was written."""
    try:
        return mathml(parse(tex), display=display)
    except TexError:
        return element("code", words(tex))
