"""Draws the texts of a bank: blocks become styled lines for a width in cells."""

from itertools import chain
from typing import Final

from rich.style import Style
from rich.text import Text

from nnquiz.model.document import Block, Document, Fence, Formula, List
from nnquiz.model.visible import visible
from nnquiz.term.forms import USUAL, Form, displayed, fold_formula, in_form
from nnquiz.term.spans import cells, fold, hang, words
from nnquiz.term.tables import draw_table

CROPPED: Final = "(a wider window shows what … cuts off)"
"""The hint below code or a diagram that is wider than the window."""

_INDENT: Final = 4
_BULLETS: Final = ("•", "◦", "▪")
_TAB: Final = 4
_HEADING: Final = Style(bold=True)
_FAINT: Final = Style(dim=True)


def draw(document: Document, width: int, *, whole: bool = False, form: Form = USUAL) -> list[Text]:
    """Return a document as lines of at most `width` cells, without blanks at their ends.

    Args:
        document: the compiled blocks of a text.
        width: cells of a line; 20 is the least that makes sense.
        whole: for a pipe or a file: formulas on one line, and code and diagrams uncut where they
            are wider than that.
        form: how formulas are shown, whether all of it is ASCII, and whether code has colours.

    Every word of the document is in the lines, save what is cut off code and diagrams; such a
    line ends in "…", and the hint `CROPPED` follows the block.
    """
    lines = _Pen(whole=whole, form=form).blocks(in_form(document, form), max(width, 1))
    return [form.marks(line) for line in lines]


class _Pen:
    """Draws blocks, for a window or, `whole`, for a pipe or a file."""

    def __init__(self, *, whole: bool, form: Form) -> None:
        self._whole = whole
        self._form = form

    def blocks(self, document: Document, width: int, depth: int = 0) -> list[Text]:
        """Draw blocks below each other, a blank line between two of them."""
        lines: list[Text] = []
        previous = ""
        for block in document:
            drawn = self.block(block, width, depth)
            # A heading stands close to what it heads.
            if lines and drawn and previous != "heading":
                lines.append(Text())
            lines.extend(drawn)
            previous = block["kind"]
        return lines

    def block(self, block: Block, width: int, depth: int) -> list[Text]:
        """Draw one block, which lies in `depth` lists."""
        match block["kind"]:
            case "paragraph":
                lines = fold(words(block["spans"]), width)
            case "heading":
                text = words(block["spans"])
                text.stylize(_HEADING)
                lines = fold(text, width)
                # A rule as well, because a pipe knows no bold.
                lines.append(Text("─" * max(line.cell_len for line in lines), _FAINT))
            case "list":
                lines = self.items(block, width, depth)
            case "table":
                lines = draw_table(block, width)
            case "fence":
                lines = self.fence(block, width)
            case "formula":
                lines = self.formula(block, width)
            case "quote":
                bar = Text("│ ", _FAINT)
                lines = hang(bar, self.blocks(block["blocks"], max(width - 2, 1), depth), bar)
            case "rule":
                lines = [Text("─" * width, _FAINT)]
        return lines

    def items(self, block: List, width: int, depth: int) -> list[Text]:
        """Draw a list; items of one paragraph each stand close together."""
        start = block["start"]
        marks = [
            _BULLETS[depth % len(_BULLETS)] if start is None else f"{start + number}."
            for number in range(len(block["items"]))
        ]
        indent = max(map(len, marks), default=0) + 1
        room = max(width - indent, 1)
        close = all(_is_short(item) for item in block["items"])
        lines: list[Text] = []
        for mark, item in zip(marks, block["items"], strict=True):
            if close:
                parts = [self.block(inner, room, depth + 1) for inner in item]
                drawn = list(chain.from_iterable(parts))
            else:
                drawn = self.blocks(item, room, depth + 1)
                lines.extend([Text()] if lines else [])
            lines.extend(hang(Text(f"{mark:>{indent - 1}} "), drawn, Text(" " * indent)))
        return lines

    def formula(self, block: Formula, width: int) -> list[Text]:
        """Draw a formula in two dimensions; on one line where no window is looked through."""
        indent = _INDENT if width >= 3 * _INDENT else 0
        room = width - indent
        lines = None if self._whole else displayed(block["tex"], room, self._form)
        if lines is None:
            lines = self.one_line(visible(block["linear"]), room)
        return [Text(f"{' ' * indent}{line}".rstrip()) for line in lines]

    def one_line(self, formula: str, width: int) -> list[str]:
        """Fold the one-line form of a formula where a reader would, its source as words are."""
        formula = formula.expandtabs(_TAB)
        if self._form.formulas == "drawn":
            return fold_formula(formula.replace("\n", " "), width)
        return [line.plain for line in fold(Text(formula), width)]

    def fence(self, block: Fence, width: int) -> list[Text]:
        """Draw code or a diagram as it stands: lines are cut, never folded."""
        source = [line.expandtabs(_TAB).rstrip() for line in visible(block["text"]).split("\n")]
        widest = max(map(cells, source))
        indent = max(min(_INDENT, width - widest), 0)
        lines = [Text(f"{' ' * indent}{line}".rstrip()) for line in source]
        if self._form.coloured and block["language"]:
            from nnquiz.term.code import highlighted

            lines = highlighted([line.plain for line in lines], block["language"])
        if self._whole or widest <= width:
            return lines
        for line in lines:
            line.truncate(width, overflow="ellipsis")
        return [*lines, *fold(Text(CROPPED, _FAINT), width)]


def _is_short(item: Document) -> bool:
    kinds = [inner["kind"] for inner in item]
    return kinds in ([], ["paragraph"], ["paragraph", "list"])
