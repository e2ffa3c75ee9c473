r"""The two-dimensional form: a tree is drawn as a box of text, as a book would set it.

Fractions have bars, roots a roof, sums their limits above and below, brackets grow with what they
hold. A script whose every sign exists as a small one stays on the line (`xᵢ`, `σ²`); any other
stands in a row of its own, raised or lowered. In ASCII the same is drawn with the signs that a
typewriter has.
"""

from typing import Final, Literal, NamedTuple

from nnquiz.tex.boxes import Box, beside, blank, line, stacked
from nnquiz.tex.brackets import bracket
from nnquiz.tex.grids import grid
from nnquiz.tex.linear import Line, Piece, kind_of_fence, tight
from nnquiz.tex.spacing import OF_ROLE, Kind, gap, leads
from nnquiz.tex.tree import (
    Accent,
    Brace,
    Fence,
    Fraction,
    Grid,
    Node,
    Root,
    Row,
    Script,
    Styled,
    Symbol,
)

_TIGHT: Final = frozenset({"sign", "binary", "relation", "comma", "dots"})
_BARS: Final = frozenset("|‖│║")
_LONGEST_SLASHED: Final = 24  # a fraction in a script that is longer is drawn as one
_ROOTS: Final = {"": "√", "2": "√", "3": "∛", "4": "∜"}


class Roof(NamedTuple):
    """A mark over several letters: its ends and its middle, or one sign over the middle."""

    left: str
    middle: str
    right: str
    single: str

    def over(self, width: int) -> str:
        """Return the mark as wide as its body, if it stretches."""
        if width == 1 or not self.middle:
            return self.single
        return self.left + self.middle * (width - 2) + self.right


class LyingBrace(NamedTuple):
    """The signs of a brace that lies: its ends, what repeats, and the point at its label."""

    left: str
    middle: str
    point: str
    right: str

    def across(self, width: int) -> str:
        """Return a brace of a width, three cells at least."""
        inside = width - 2
        drawn = self.middle * ((inside - 1) // 2) + self.point
        return self.left + drawn.ljust(inside, self.middle) + self.right


class Art(NamedTuple):
    """The signs that lines are drawn with."""

    bar: str
    shaft: str
    head: str
    under: LyingBrace
    over: LyingBrace
    corner: str
    ridge: str
    wall: str
    marks: "dict[str, Roof]"


_LINE: Final = Roof("_", "_", "_", "_")
_WAVE: Final = Roof("~", "~", "~", "~")
_UNICODE: Final = Art(
    bar="─",
    shaft="─",
    head="→",
    under=LyingBrace("╰", "─", "┬", "╯"),
    over=LyingBrace("╭", "─", "┴", "╮"),
    corner="┌",
    ridge="─",
    wall="│",
    marks={
        "hat": Roof("╱", "‾", "╲", "^"),
        "tilde": _WAVE,
        "vec": Roof("─", "─", "→", "→"),
        "dot": Roof("", "", "", "˙"),
        "ddot": Roof("", "", "", "¨"),
        "bar": _LINE,
        "overline": _LINE,
    },
)
_ASCII: Final = Art(
    bar="-",
    shaft="-",
    head=">",
    under=LyingBrace("\\", "_", "|", "/"),
    over=LyingBrace("/", "-", "|", "\\"),
    corner=" ",
    ridge="_",
    wall="|",
    marks={
        "hat": Roof("/", "-", "\\", "^"),
        "tilde": _WAVE,
        "vec": Roof("-", "-", ">", ">"),
        "dot": Roof("", "", "", "."),
        "ddot": Roof("", "", "", ":"),
        "bar": _LINE,
        "overline": _LINE,
    },
)
_SHORTEST_BAR: Final = 3  # a shorter one looks like a minus


class Item(NamedTuple):
    """A box in a row, and what its neighbours need to know about it.

    Attributes:
        box: what is drawn.
        kind: what it is to its neighbours.
        node: what it was drawn from, where its neighbours can change how it is drawn.
        alone: whether it has a bar that must not touch a neighbour.
        space: the blanks before it, once its place in the row is known.
    """

    box: Box
    kind: Kind
    node: Node | None = None
    alone: bool = False
    space: str = ""


def prepared(node: Node, *, ascii: bool = False) -> "tuple[Drawing, Node]":  # noqa: A002 -- the form
    """Return who draws a formula, and the formula in its alphabet."""
    if not ascii:
        return Drawing(Line()), node
    from nnquiz.tex.ascii import AsciiLine, transliterated

    return Drawing(AsciiLine(), ascii=True), transliterated(node)


class Drawing:
    """Draws trees in one alphabet; `small` draws what stands in scripts."""

    def __init__(self, line: Line, *, ascii: bool = False, is_small: bool = False) -> None:  # noqa: A002 -- the form
        self.line = line
        self.ascii = ascii
        self.is_small = is_small
        self.art = _ASCII if ascii else _UNICODE
        self.small: Drawing = self if is_small else Drawing(line, ascii=ascii, is_small=True)

    def box(self, node: Node) -> Box:
        """Return a formula, or a part of one, as a box."""
        return joined(self.placed(self.items(node)))

    def item(self, node: Node) -> Item:
        """Return one node as a box, with what its neighbours need to know about it."""
        drawn: Item = getattr(self, _METHODS[type(node)])(node)
        return drawn

    def script_box(self, node: Node) -> Box:
        """Return what stands in a script; a fraction has a slash there where that fits a line."""
        if _holds_fraction(node) and self._is_linear(node):
            text = tight(self.line.of(node))
            if len(text) <= _LONGEST_SLASHED and not {"_", "^"}.intersection(text):
                return line(text)
        return self.small.box(node)

    def _is_linear(self, node: Node) -> bool:
        """Say whether the linear form of a node has no words for what is drawn."""
        match node:
            case Row():
                return all(map(self._is_linear, node.items))
            case Fraction():
                return self._is_linear(node.top) and self._is_linear(node.bottom)
            case Fence() | Styled():
                return self._is_linear(node.body)
            case Accent():
                return isinstance(node.body, Symbol) and not self.ascii
            case _:
                return isinstance(node, (Symbol, Script))

    # -- rows ---------------------------------------------------------------------------------

    def items(self, node: Node) -> list[Item]:
        """Return the items of a row; a row within a row sets its items beside the others."""
        if isinstance(node, Symbol) and node.role == "text":
            return [_of_words(piece) for piece in self.line.words(node.text)]
        if not isinstance(node, Row):
            return [self.item(node)]
        if len(node.items) == 1 and isinstance(node.items[0], Symbol):
            return [self.symbol(node.items[0])._replace(kind="glue")]
        return [item for part in node.items for item in self.items(part)]

    def placed(self, items: list[Item], *, goes_on: bool = False) -> list[Item]:
        """Return the visible items of a row, each with the blanks that it needs before it.

        `goes_on` says that the row continues another one: a sign at its start has two operands.
        """
        visible: list[Item] = []
        before: Item | None = None
        space = ""
        for at, item in enumerate(items):
            if item.kind == "space":
                space = max(space, item.box.rows[0], key=len)
                continue
            placed = self._settled(before, item, items[at + 1 :], goes_on=goes_on)
            between = self._gap(before, placed, space) if before else ""
            visible.append(placed._replace(space=between))
            before, space = placed, ""
        return visible

    def _settled(self, before: Item | None, item: Item, rest: list[Item], *, goes_on: bool) -> Item:
        """Return an item as its neighbours make it: a minus, or a root that needs its roof."""
        if item.kind == "sign" and leads(before.kind if before else None):
            return item if goes_on and not before else item._replace(kind="minus")
        if isinstance(item.node, Root) and not item.alone:
            after = next((other for other in rest if other.kind != "space"), None)
            if after and gap(item.kind, after.kind, "") is None:
                radicand = self.box(item.node.radicand)  # one sign, so that this costs nothing
                degree = "" if item.node.degree is None else self.line.of(item.node.degree)
                box = self._roofed(item.node, degree, radicand)
                return item._replace(box=box, alone=True)
        return item

    def _gap(self, before: Item, item: Item, space: str) -> str:
        between = gap(before.kind, item.kind, space)
        if between is None:
            between = _gap_of_factors(before, item, space)
        if self.is_small and between == " " and _TIGHT.intersection((before.kind, item.kind)):
            sign = (item if item.kind in _TIGHT else before).box.rows[0]
            between = " " if sign[:1].isalpha() else ""
        if not between and _must_part(before, item):
            return " "
        return between

    def symbol(self, node: Symbol) -> Item:
        """Return a leaf."""
        if node.role == "text":
            return Item(joined(self.placed(self.items(node))), "word")
        return Item(line(node.text), OF_ROLE[node.role], node)

    def row(self, node: Row) -> Item:
        """Return nodes side by side as one item."""
        return Item(self.box(node), "operand")

    # -- constructs ---------------------------------------------------------------------------

    def fraction(self, node: Fraction) -> Item:
        """Return one half over the other, with a bar between them."""
        top, bottom = self.box(node.top), self.box(node.bottom)
        width = max(top.width, bottom.width, _SHORTEST_BAR)
        if isinstance(node.top, Fraction) or isinstance(node.bottom, Fraction):
            width += 2  # the bar of the whole is the longest
        bar = line(self.art.bar * width)
        return Item(stacked((top, bar, bottom), len(top.rows)), "quotient", alone=True)

    def root(self, node: Root) -> Item:
        """Return a root, without a roof where what is under it is one sign."""
        degree = "" if node.degree is None else self.line.of(node.degree)
        radicand = self.box(node.radicand)
        if self.ascii or degree not in _ROOTS or not _is_one_sign(node.radicand, radicand):
            return Item(self._roofed(node, degree, radicand), "operand", alone=True)
        return Item(beside((line(_ROOTS[degree]), radicand)), "operand", node)

    def _roofed(self, node: Root, degree: str, radicand: Box) -> Box:
        """Return a root whose roof reaches over all that is under it."""
        sign = "\\/" if self.ascii else _ROOTS.get(degree, "√")
        if radicand.above or radicand.core[1]:
            box = self._house(sign, radicand)
        else:
            roof = line(" " * len(sign) + "_" * radicand.width)
            hung = beside((line(sign), radicand))
            box = stacked((roof, hung), 1).around(*hung.core)
        if node.degree is None or degree == "2" or sign == _ROOTS.get(degree):
            return box
        # In the corner over the sign, clear of the baseline.
        index = self.script_box(node.degree)
        corner = len(index.rows) - 1 + box.baseline
        return beside((index._replace(baseline=corner).around(0, 0), box))

    def _house(self, sign: str, radicand: Box) -> Box:
        """Return a tall root: a wall on the left, the sign at its foot, a roof."""
        margin, last = " " * len(sign), radicand.last
        rows = [f"{margin}{self.art.corner}{self.art.ridge * radicand.width}"]
        for at, row in enumerate(radicand.rows):
            wall = self.art.wall if at <= last else " "
            rows.append(f"{sign if at == last else margin}{wall}{row}")
        return Box(
            tuple(rows), radicand.baseline + 1, len(margin) + 1 + radicand.width, 0, last + 1
        )

    def fence(self, node: Fence) -> Item:
        """Return what stands between two delimiters, which are as tall as it."""
        items = self.placed(self.items(node.body))
        above, below = joined([item for item in items if not _is_middle(item)]).core
        items = [
            item._replace(box=bracket(item.box.rows[0], above, below, ascii=self.ascii))
            if _is_middle(item)
            else item
            for item in items
        ]
        body = joined(items)
        left, right = (
            bracket(sign, above, below, ascii=self.ascii) for sign in (node.left, node.right)
        )
        if above + below and node.left[:1] in _BARS:
            body = beside((blank(1), body, blank(1)))
        return Item(beside((left, body, right)), kind_of_fence(node))

    def accent(self, node: Accent) -> Item:
        """Return a letter with its mark on it, or more than a letter under a wide one."""
        body = self.box(node.body)
        if not self.ascii and len(body.rows) == 1 and len(text := body.rows[0].strip()) == 1:
            written = self.line.accent(node).text if text.isalnum() else ""
            if written:
                return Item(line(written), "operand")
        mark = self.art.marks[node.mark].over(body.width)
        box = stacked((line(mark), body), body.baseline + 1).around(*body.core)
        return Item(box, "operand", alone=body.width > 1)

    def styled(self, node: Styled) -> Item:
        """Return letters of another style, where Unicode has them below U+1D400."""
        if isinstance(node.body, Symbol) and node.body.role != "text":
            return Item(line(self.line.styled(node).text), self.item(node.body).kind)
        return self.item(node.body)

    def brace(self, node: Brace) -> Item:
        """Return what a brace holds, the brace, and the label at its tip."""
        body = self.box(node.body)
        under = node.side == "under"
        tip = self.art.under if under else self.art.over
        parts = [body, line(tip.across(max(body.width, 3)))]
        if node.label is not None:
            parts.append(self.script_box(node.label))
        if under:
            return Item(stacked(parts, body.baseline), "operand", alone=True)
        over = sum(len(part.rows) for part in parts[1:])
        return Item(stacked(parts[::-1], over + body.baseline), "operand", alone=True)

    def grid(self, node: Grid) -> Item:
        """Return a matrix, cases or aligned lines."""
        goes_on = node.shape == "aligned"
        cells = [
            [
                joined(self.placed(self.items(cell), goes_on=goes_on and at % 2 == 1))
                for at, cell in enumerate(row)
            ]
            for row in node.rows
        ]
        box = grid(node.shape, cells, ascii=self.ascii)
        return Item(box, "operand", alone=node.shape in ("matrix", "aligned", "cases"))

    # -- scripts ------------------------------------------------------------------------------

    def script(self, node: Script) -> Item:
        """Return a base with its scripts or limits, or an arrow with its labels."""
        base = self.item(node.base)
        if isinstance(node.base, Symbol):
            if node.base.name == "\\xrightarrow":
                return Item(self._arrow(node), "relation", alone=True)
            if node.base.role in ("large", "limit") and not self.is_small:
                return self._with_limits(base, node, holds=node.base.role == "large")
        if not _is_whole(node.base):
            base = Item(self._in_brackets(base.box), "fence")
        kept = ("fence", "word", "number", "function", "large", "sign", "binary", "relation")
        kind = base.kind if base.kind in kept else "scripted"
        return Item(self._with_scripts(base.box, node), kind, alone=base.alone)

    def _in_brackets(self, box: Box) -> Box:
        left, right = (bracket(sign, *box.core, ascii=self.ascii) for sign in "()")
        return beside((left, box, right))

    def _with_limits(self, base: Item, node: Script, *, holds: bool) -> Item:
        """Return an operator with its limits above and below, which brackets hold if `holds`."""
        above, below = self._labels(node.above), self._labels(node.below)
        baseline = len(above[0].rows) if above else 0
        box = stacked((*above, base.box, *below), baseline)
        return base._replace(box=box if holds else box.around(0, 0), node=None)

    def _with_scripts(self, base: Box, node: Script) -> Box:
        """Return a base with what is raised and lowered behind it.

        Small signs stand in the first and the last row of the base, other scripts outside of it.
        """
        above, below = base.core
        rows: dict[int, str] = {}
        if node.below is not None:
            small = self._small_signs(node.below, "_")
            box = line(small) if small else self.script_box(node.below)
            rows |= enumerate(box.rows, below if small else below + 1)
        if node.above is not None:
            small = self._small_signs(node.above, "^")
            box = line(small) if small else self.script_box(node.above)
            top = (-above if small else -above - 1) - len(box.rows) + 1
            for at, row in enumerate(box.rows, top):
                rows[at] = rows.get(at, "") + row
        top, bottom = min(*rows, 0), max(*rows, 0)
        lines = [line(rows.get(at, "")) for at in range(top, bottom + 1)]
        scripts = stacked(lines, -top, "left").around(0, 0)
        return beside((base, scripts)).around(above, below)

    def _small_signs(self, node: Node, lead: Literal["_", "^"]) -> str:
        """Return a script as signs that stay on the line, or nothing where there are none."""
        mark = self.line.mark(node, lead)
        return mark.text if mark.way in ("signs", "star") else ""

    def _labels(self, node: Node | None) -> list[Box]:
        """Return what stands over or under a sign: a box, or none."""
        box = line("") if node is None else self.script_box(node)
        return [box] if box.width else []

    def _arrow(self, node: Script) -> Box:
        """Return an arrow as long as its labels."""
        over, under = self._labels(node.above), self._labels(node.below)
        width = max((label.width for label in (*over, *under)), default=0) + 2
        shaft = line(self.art.shaft * (width - 1) + self.art.head)
        return stacked((*over, shaft, *under), sum(len(box.rows) for box in over)).around(0, 0)


def joined(items: list[Item]) -> Box:
    """Return items as one box, each with its blanks before it but for the first."""
    boxes: list[Box] = []
    for item in items:
        if item.space and boxes:
            boxes.append(blank(len(item.space)))
        boxes.append(item.box)
    return beside(boxes) if boxes else line("")


def _of_words(piece: Piece) -> Item:
    return Item(line(piece.text), piece.kind)


def _gap_of_factors(before: Item, item: Item, space: str) -> str:
    """Return what keeps two factors apart; most are as on the page, side by side."""
    named = "word" in (before.kind, item.kind) and item.kind != "fence"
    if before.alone or item.alone or named or item.kind == "number":
        return " "
    ends, begins = (each.box.rows[each.box.baseline] for each in (before, item))
    return " " if ends[-1:] in _BARS and begins[:1] in _BARS else space


def _must_part(before: Item, item: Item) -> bool:
    """Say whether a bar would touch a neighbour: a minus would look like a longer bar."""
    if item.alone and before.kind != "open":
        return True
    return before.alone and item.kind not in ("comma", "postfix", "close")


def _is_middle(item: Item) -> bool:
    return isinstance(item.node, Symbol) and item.node.name == "\\middle"


def _is_one_sign(node: Node, box: Box) -> bool:
    """Say whether a root needs no roof over it: nobody misreads √n or √dₖ."""
    if isinstance(node, Script):
        return node.above is None and len(box.rows) == 1 and _is_one_sign(node.base, box)
    if isinstance(node, Accent):
        return _is_one_sign(node.body, box)
    return isinstance(node, Symbol) and node.role in ("letter", "number") and len(box.rows) == 1


def _is_whole(node: Node) -> bool:
    """Say whether a script behind a node cannot be taken for one of its last sign."""
    match node:
        case Symbol():
            return node.role != "text" or " " not in node.text.strip()
        case Styled():
            return _is_whole(node.body)
        case Row():
            return not node.items or (len(node.items) == 1 and _is_whole(node.items[0]))
        case _:
            return isinstance(node, (Fence, Grid, Accent))


def _holds_fraction(node: Node) -> bool:
    match node:
        case Row():
            return any(_holds_fraction(item) for item in node.items)
        case Fence() | Styled():
            return _holds_fraction(node.body)
        case _:
            return isinstance(node, Fraction)


_METHODS: Final[dict[type, str]] = {
    Symbol: "symbol",
    Row: "row",
    Fraction: "fraction",
    Root: "root",
    Script: "script",
    Fence: "fence",
    Accent: "accent",
    Styled: "styled",
    Brace: "brace",
    Grid: "grid",
}
