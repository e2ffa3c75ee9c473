r"""The one-line form: Unicode that reads well, copies well and keeps its meaning.

Where a page shows structure by size and place, one line needs brackets: a fraction is
`(a + b)/(2c)`, two fractions side by side are `(∂L/∂a)·(∂a/∂z)`, a root is `√(dₖ)`. Scripts use
Unicode's raised and lowered signs only where every sign has one; else `x_B`, `x_(i,j)`,
`e^(x²)`. After a script written with `_` or `^` a space comes before the next factor, so that
such a script ends where its letters and digits end. The letters of U+1D400 are never used, for
poor fonts and screen readers stumble on them.
"""

from typing import Final, Literal, NamedTuple
from unicodedata import normalize

from nnquiz.tex.spacing import OF_ROLE, Kind, gap, leads
from nnquiz.tex.symbols import DOUBLE_STRUCK, SCRIPT
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

# How tightly a piece of text holds together, loosest first.
_SUM, _QUOTIENT, _PRODUCT, _SCRIPTED, _ATOM = range(5)


class Piece(NamedTuple):
    """Text of one node, and what its neighbours need to know about it.

    `open_end` is the `_`, `^` or `*` of a script without brackets at its end: letters that
    touched it would be read as part of that script.
    """

    text: str
    kind: Kind
    level: int = _ATOM
    open_end: str = ""


class Mark(NamedTuple):
    """A script as text, and how it is written.

    "signs" are raised or lowered signs, a "star" or a "bare" name follows its `_` or `^` and ends
    with its letters, a "bracket" and a "square" one end themselves. `inside` is the script on a
    line of its own.
    """

    text: str
    way: Literal["signs", "star", "bare", "bracket", "square"]
    lead: str = ""
    inside: str = ""

    @property
    def open_end(self) -> str:
        """The sign after which letters would be read as more of this script."""
        return {"star": "*", "bare": self.lead}.get(self.way, "")

    def in_brackets(self) -> "Mark":
        """Return the script so that its end is seen."""
        if self.way == "square":
            return self
        inside = tight(self.inside) if self.lead == "_" else self.inside
        return self._replace(text=f"{self.lead}({inside})", way="bracket")


_RAISED: Final = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤∘′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ°′",
        strict=True,
    )
)
_LOWERED: Final = dict(
    zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
# Longer runs of small signs are hard to read: e^(-kt + n) beats them.
LONGEST_RUN: Final = 6
_TIGHT: Final = frozenset("+-±=<>≤≥≠≈∼~∈∉→←|‖,;·×*/…")
# These stand by themselves after a base: θ*; as an operator the asterisk has spaces around it.
_STARS: Final = frozenset("*∗⋆†")
_COMBINING: Final = {
    "hat": "\u0302",
    "bar": "\u0304",
    "overline": "\u0304",
    "tilde": "\u0303",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
}
_ROOTS: Final = {"2": "√", "3": "∛", "4": "∜"}
# Beside these an upright fraction needs no brackets; beside all others it does.
_FREE_BEFORE: Final = frozenset({"sign", "minus", "relation", "comma", "open", "text"})
_FREE_AFTER: Final = frozenset({"sign", "relation", "comma", "close", "text"})
_CONDITIONS: Final = ("if ", "for ", "when ", "where ", "otherwise", "else")


def linear(node: Node, *, ascii: bool = False) -> str:  # noqa: A002 -- the name of the form
    r"""Return a formula as one line.

    Args:
        node: what `parse` returned.
        ascii: write Greek as words and scripts as in LaTeX, for a terminal without Unicode.

    >>> from nnquiz.tex import parse
    >>> linear(parse(r"\frac{\partial L}{\partial a}\frac{\partial a}{\partial z}"))
    '(∂L/∂a)·(∂a/∂z)'
    >>> normalised = parse(r"\hat{x} = \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}")
    >>> linear(normalised)
    'x̂ = (x - μ_B)/√(σ²_B + ε)'
    >>> linear(normalised, ascii=True)
    'hat(x) = (x - mu_B)/sqrt(sigma_B^2 + epsilon)'
    >>> linear(parse(r"\frac{1}{n}\sum_{i=1}^n |y_i - \hat y_i|"))
    '(1/n) ∑ᵢ₌₁ⁿ |yᵢ - ŷᵢ|'
    """
    if ascii:
        from nnquiz.tex.ascii import AsciiLine, transliterated

        return AsciiLine().of(transliterated(node))
    return _UNICODE.of(node)


class Line:
    """Writes a tree as one line of Unicode; what differs in another alphabet is overridden."""

    dot = "·"  # between two factors that need it
    prime = "′"

    def of(self, node: Node) -> str:
        """Return a formula as one line."""
        return self.piece(node).text.strip()

    def piece(self, node: Node) -> Piece:
        """Return the text of one node, with what its neighbours need to know about it."""
        piece: Piece = getattr(self, _METHODS[type(node)])(node)
        return piece

    def symbol(self, node: Symbol) -> Piece:
        """Return a leaf."""
        if node.role == "text":
            return self._join(self.words(node.text))
        return Piece(node.text, OF_ROLE[node.role])

    def row(self, node: Row) -> Piece:
        """Return nodes side by side."""
        return self._join(self._pieces(node))

    # -- rows ---------------------------------------------------------------------------------

    def _pieces(self, node: Node) -> list[Piece]:
        """Return the pieces of a row; a row within a row sets its items beside the others."""
        if isinstance(node, Symbol) and node.role == "text":
            return self.words(node.text)
        if not isinstance(node, Row):
            return [self.piece(node)]
        if len(node.items) == 1 and isinstance(node.items[0], Symbol):
            return [self.symbol(node.items[0])._replace(kind="glue")]
        return [piece for item in node.items for piece in self._pieces(item)]

    def words(self, text: str) -> list[Piece]:
        """Return words, and their spaces as spaces; a word that stands alone is a name."""
        words = " ".join(text.split())
        space = [Piece(" ", "space")]
        before, after = text[:1].isspace(), text[-1:].isspace()
        level = _SUM if " " in words else _ATOM
        word = Piece(words, "text" if after and words else "word", level)
        return [
            *(space if before else []),
            *([word] if words else []),
            *(space if after else []),
        ]

    def _join(self, pieces: list[Piece]) -> Piece:
        """Set pieces side by side, with the spaces, dots and brackets that keep them apart."""
        visible = [piece for piece in pieces if piece.kind != "space"]
        if not visible:
            return Piece("", "operand")
        if len(visible) == 1:
            return visible[0]
        written: list[str] = []
        before: Piece | None = None
        space, spaced, number = "", False, 0
        for piece in pieces:
            if piece.kind == "space":
                space = max(space, piece.text, key=len)
                continue
            number += 1
            after = visible[number] if number < len(visible) else None
            current = _settled(before, piece, after)
            between = self._gap(before, current, space)
            spaced = spaced or " " in between
            written += (between, current.text)
            before, space = current, ""
        kinds = [piece.kind for piece in visible]
        first = kinds[0]
        joined: Kind = (
            first if first in ("fence", "bars", "bracketed", "number", "word") else "operand"
        )
        last = visible[-1]
        return Piece("".join(written), joined, _level_of_row(kinds, spaced), last.open_end)

    def _gap(self, before: Piece | None, piece: Piece, space: str) -> str:
        """Return what stands between two pieces; `space` is what the author put there."""
        if before is None:
            return ""
        between = gap(before.kind, piece.kind, space)
        return self._gap_of_factors(before, piece, space) if between is None else between

    def _gap_of_factors(self, before: Piece, piece: Piece, space: str) -> str:
        """Return what keeps two factors apart, that a page shows by their shapes."""
        if "bracketed" in (before.kind, piece.kind):
            return self.dot
        if before.text[-1:] in ("|", "‖") and piece.text[:1] == before.text[-1:]:
            return self.dot
        if before.kind == piece.kind == "scripted" and piece.open_end:
            return " "
        named = "word" in (before.kind, piece.kind) and piece.kind != "fence"
        if before.open_end and not (before.open_end == "_" and piece.kind == "fence"):
            return " "
        if named or piece.kind == "number":
            return " "
        return space

    # -- constructs ---------------------------------------------------------------------------

    def fraction(self, node: Fraction) -> Piece:
        """Return one half, a slash and the other half, in the brackets that they need."""
        top, bottom = self.piece(node.top), self.piece(node.bottom)
        whole = top.level >= _PRODUCT or _is_differential(node.top, node)
        above = top.text if whole else f"({top.text})"
        bare = bottom.level >= _SCRIPTED or _is_differential(node.bottom, node)
        below = bottom.text if bare else f"({bottom.text})"
        return Piece(f"{above}/{below}", "quotient", _QUOTIENT)

    def root(self, node: Root) -> Piece:
        """Return a root with its radicand in brackets."""
        radicand = self.of(node.radicand)
        degree = "2" if node.degree is None else self.of(node.degree)
        if degree in _ROOTS:
            return Piece(f"{_ROOTS[degree]}({radicand})", "operand")
        # A raised index before the sign would be read as the exponent of what stands before it.
        return Piece(f"root({radicand}, {degree})", "word")

    def fence(self, node: Fence) -> Piece:
        """Return what stands between two delimiters, with them."""
        return Piece(f"{node.left}{self.of(node.body)}{node.right}", kind_of_fence(node))

    def accent(self, node: Accent) -> Piece:
        """Return a letter under its mark; more than a letter goes into brackets."""
        text = self.of(node.body)
        if len(text) == 1 and text.isalnum():
            return Piece(normalize("NFC", text + _COMBINING[node.mark]), "operand")
        return Piece(f"{node.mark}({text})", "word")

    def styled(self, node: Styled) -> Piece:
        """Return letters of another style, where Unicode has them below U+1D400."""
        body = self.piece(node.body)
        letters = {"blackboard": DOUBLE_STRUCK, "calligraphic": SCRIPT}.get(node.style, {})
        return body._replace(text=letters.get(body.text, body.text))

    def brace(self, node: Brace) -> Piece:
        """Return what a brace holds, and the label at its tip behind it."""
        body = self.piece(node.body)
        text = body.text if body.level >= _PRODUCT else f"({body.text})"
        if node.label is None:
            return body._replace(text=text)
        return Piece(f"{text} {self.label(self.of(node.label))}", "operand", _SUM, open_end="*")

    def label(self, text: str) -> str:
        """Return the label of a brace."""
        return f"⟨{text}⟩"

    def grid(self, node: Grid) -> Piece:
        """Return a matrix, cases or aligned lines."""
        if node.shape == "aligned":
            return Piece(
                "; ".join(self._join(line).text for line in self._lines(node)), "operand", _SUM
            )
        return Piece(self._cells(node), "operand")

    def _cells(self, node: Grid) -> str:
        """Return cases in braces, or a matrix as rows in brackets, as numpy writes it."""
        rows = [[self.of(cell) for cell in row] for row in node.rows]
        if node.shape == "cases":
            return "{" + "; ".join(_case(row) for row in rows) + "}"
        if len(rows) == 1 and node.shape != "vmatrix":
            inside = ", ".join(rows[0])
            return f"({inside})" if node.shape == "pmatrix" else f"[{inside}]"
        inside = ", ".join(f"[{', '.join(row)}]" for row in rows)
        left, right = {"pmatrix": ("(", ")"), "vmatrix": ("|", "|")}.get(node.shape, ("[", "]"))
        return f"{left}{inside}{right}"

    def _lines(self, node: Grid) -> list[list[Piece]]:
        """Return aligned lines; a line without a left side continues the one before."""
        lines: list[list[Piece]] = []
        for cells in node.rows:
            pieces = [piece for cell in cells for piece in self._pieces(cell)]
            if lines and (not self._pieces(cells[0]) or lines[-1][-1:] == [Piece(",", "comma")]):
                lines[-1] += pieces
            else:
                lines.append(pieces)
        return lines

    # -- scripts ------------------------------------------------------------------------------

    def script(self, node: Script) -> Piece:
        """Return a base with its scripts, or an arrow with its labels."""
        if isinstance(node.base, Symbol) and node.base.name == "\\xrightarrow":
            labels = [self.of(label) for label in (node.above, node.below) if label is not None]
            label = "; ".join(label for label in labels if label)
            return Piece(self.arrow(label) if label else node.base.text, "relation")
        base = self.piece(node.base)
        if base.level < _ATOM:
            base = _in_brackets(base)
        marks = self._marks(node, limits=base.kind in ("function", "large"))
        kept = ("operand", "close", "postfix", "glue", "comma", "open", "dots")
        kind: Kind = "scripted" if base.kind in kept else base.kind
        text = base.text + "".join(mark.text for mark in marks)
        return Piece(text, kind, _SCRIPTED, marks[-1].open_end)

    def arrow(self, label: str) -> str:
        """Return an arrow that carries a label."""
        return f"─({label})→"

    def _marks(self, node: Script, *, limits: bool) -> tuple[Mark, ...]:
        """Return the scripts of a base in the order that lets nobody read one as the other's."""
        if node.below is None or node.above is None:
            if node.below is not None:
                return (self.mark(node.below, "_"),)
            return (self.mark(node.above, "^"),) if node.above is not None else (Mark("", "signs"),)
        return self.both_marks(
            self.mark(node.below, "_"), self.mark(node.above, "^"), limits=limits
        )

    def both_marks(self, below: Mark, above: Mark, *, limits: bool) -> tuple[Mark, ...]:
        """Return a subscript and a superscript of one base in the order to write them in."""
        if below.way == "signs":
            return (below, above)
        if above.way in ("signs", "star") and not limits:
            return (above, below)
        return (below.in_brackets(), above.in_brackets())

    def mark(self, node: Node, lead: Literal["_", "^"]) -> Mark:
        """Return a script: small signs where every sign has one, else text behind its lead."""
        if isinstance(node, Row) and len(node.items) > 1 and _is_prime(node.items[0]):
            rest = node.items[1] if len(node.items) == 2 else Row(node.items[1:], node.column)
            mark = self.mark(rest, lead)
            return mark._replace(text=self.prime + mark.text, inside=self.prime + mark.inside)
        return self.plain_mark(node, lead)

    def plain_mark(self, node: Node, lead: Literal["_", "^"]) -> Mark:
        """Return a script that does not begin with a prime."""
        text = self.of(node)
        if lead == "^" and text in _STARS:
            return Mark(text, "star", lead, text)
        named = _is_named(node)
        if not named:
            signs = _RAISED if lead == "^" else _LOWERED
            packed = tight(text)
            if packed and len(packed) <= LONGEST_RUN and all(sign in signs for sign in packed):
                return Mark("".join(signs[sign] for sign in packed), "signs", lead, text)
        one = isinstance(node, Symbol) and node.role == "letter"
        name = text.isascii() and text.isalnum() and (named or lead == "_")
        mark = Mark(lead + text, "bare", lead, text)
        # Square brackets end a script as well as round ones do.
        if isinstance(node, Fence) and (node.left, node.right) == ("[", "]"):
            return mark._replace(text=lead + (tight(text) if lead == "_" else text), way="square")
        return mark if one or name else mark.in_brackets()


def kind_of_fence(node: Fence) -> Kind:
    """Return what a pair of delimiters is to its neighbours; in ASCII `floor(` is a word."""
    if node.left[:1].isalpha():
        return "word"
    return "bars" if node.left[:1] in ("|", "‖") else "fence"


def _settled(before: Piece | None, piece: Piece, after: Piece | None) -> Piece:
    """Return a piece as its neighbours make it: a sign may be a minus, a fraction needs brackets.

    Explicit factors count as neighbours too: `(a/b) × c` is what the page shows, and `a/b × c`
    has to be thought about.
    """
    if piece.kind == "sign" and leads(before.kind if before is not None else None):
        return piece._replace(kind="minus")
    if piece.kind == "quotient":
        free = before is None or before.kind in _FREE_BEFORE
        if not free or not (after is None or after.kind in _FREE_AFTER):
            return _in_brackets(piece)
    return piece


def _in_brackets(piece: Piece) -> Piece:
    return Piece(f"({piece.text})", "bracketed")


def _level_of_row(kinds: list[Kind], spaced: bool) -> int:  # noqa: FBT001 -- a fact of the row
    if kinds == ["function", "fence"]:
        return _SCRIPTED
    loose = {"sign", "relation", "comma", "binary", "slash", "function", "large", "quotient"}
    return _SUM if spaced or loose.intersection(kinds) else _PRODUCT


def _is_differential(half: Node, node: Fraction) -> bool:
    """Say whether a half is like ∂a, or like dx where both have a d: nobody misreads it."""
    if not isinstance(half, Row) or len(half.items) != 2:
        return False
    first, second = half.items
    one = second.body if isinstance(second, (Styled, Accent)) else second
    if not isinstance(first, Symbol) or not isinstance(one, (Symbol, Script, Fence)):
        return False
    return first.name in ("\\partial", "∂") or (first.text == "d" == _first_sign(node.top))


def _first_sign(node: Node) -> str:
    while isinstance(node, (Row, Script)):
        if isinstance(node, Script):
            node = node.base
        elif node.items:
            node = node.items[0]
        else:
            return ""
    return node.text if isinstance(node, Symbol) else ""


def _case(cells: list[str]) -> str:
    """Return a value with its condition, which says "if" by itself or is given one."""
    value, condition = cells[0], " ".join(cells[1:]).strip()
    if not condition:
        return value
    if condition.startswith(_CONDITIONS):
        return f"{value} {condition}"
    return f"{value.rstrip(',')} if {condition}"


def tight(text: str) -> str:
    """Take out the spaces around operators, as TeX does in scripts, but not those of words."""
    return "".join(
        sign
        for at, sign in enumerate(text)
        if sign != " " or not (text[at - 1] in _TIGHT or text[at + 1] in _TIGHT)
    )


def _is_prime(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name in ("'", "\\prime", "′")


def _is_named(node: Node) -> bool:
    """Say whether a name of several letters is in it: its letters would look like factors."""
    match node:
        case Symbol():
            return node.role in ("word", "text", "function", "limit")
        case Row():
            return any(_is_named(item) for item in node.items)
        case Styled() | Fence():
            return _is_named(node.body)
        case Accent():
            return True
        case _:
            return False


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
_UNICODE: Final = Line()
