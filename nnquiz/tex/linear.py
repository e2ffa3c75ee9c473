r"""The one-line form: Unicode that reads well, copies well and keeps its meaning.

Where a page shows structure by size and place, one line needs brackets: a fraction is
`(a + b)/(2c)`, two fractions side by side are `(∂L/∂a)·(∂a/∂z)`, a root is `√(dₖ)`. Scripts use
Unicode's raised and lowered signs only where every sign has one; else `x_B`, `x_(i,j)`,
`e^(x²)`. After a script written with `_` or `^` a space comes before the next factor, so that
such a script ends where its letters and digits end. The letters of U+1D400 are never used, for
poor fonts and screen readers stumble on them.
"""

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple
from unicodedata import normalize

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

Kind = Literal[
    "operand",
    "scripted",
    "number",
    "word",
    "fence",  # begins with a bracket that the author wrote
    "bracketed",  # begins with a bracket that this form added
    "quotient",  # an upright fraction, without brackets so far
    "function",
    "large",
    "sign",
    "minus",  # a sign in front of its operand
    "binary",
    "slash",
    "relation",
    "text",
    "comma",
    "glue",  # a sign in braces, which loses the spaces around it
    "open",
    "close",
    "postfix",
    "dots",
    "space",
]


class Piece(NamedTuple):
    """Text of one node, and what its neighbours need to know about it.

    `open_end` is the `_`, `^` or `*` of a script without brackets at its end: letters that
    touched it would be read as part of that script.
    """

    text: str
    kind: Kind
    level: int = _ATOM
    open_end: str = ""


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
_LONGEST_RUN: Final = 6
_TIGHT: Final = frozenset("+-±=<>≤≥≠≈∼∈∉→←|‖,;·×/…")
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
_DOUBLE_STRUCK: Final = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
_SCRIPT: Final = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
_ROOTS: Final = {"2": "√", "3": "∛", "4": "∜"}
_OF_ROLE: "Final[dict[str, Kind]]" = {
    "letter": "operand",
    "number": "number",
    "word": "word",
    "function": "function",
    "limit": "function",
    "large": "large",
    "sign": "sign",
    "binary": "binary",
    "slash": "slash",
    "relation": "relation",
    "comma": "comma",
    "open": "open",
    "close": "close",
    "postfix": "postfix",
    "dots": "dots",
    "space": "space",
}
_LEADS_TO_AN_OPERAND: Final = frozenset(
    {"sign", "minus", "binary", "slash", "relation", "comma", "open", "function", "large", "text"}
)
_SPACED: Final = frozenset({"sign", "binary", "relation", "dots"})
# Beside these an upright fraction needs no brackets; beside all others it does.
_FREE_BEFORE: Final = frozenset({"sign", "minus", "relation", "comma", "open", "text"})
_FREE_AFTER: Final = frozenset({"sign", "relation", "comma", "close", "text"})
_CONDITIONS: Final = ("if ", "for ", "when ", "where ", "otherwise", "else")


def linear(node: Node) -> str:
    r"""Return a formula as one line of Unicode.

    >>> from nnquiz.tex import parse
    >>> linear(parse(r"\frac{\partial L}{\partial a}\frac{\partial a}{\partial z}"))
    '(∂L/∂a)·(∂a/∂z)'
    >>> linear(parse(r"\hat{x} = \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}"))
    'x̂ = (x - μ_B)/√(σ²_B + ε)'
    >>> linear(parse(r"\frac{1}{n}\sum_{i=1}^n |y_i - \hat y_i|"))
    '(1/n) ∑ᵢ₌₁ⁿ |yᵢ - ŷᵢ|'
    """
    return _piece(node).text.strip()


def _piece(node: Node) -> Piece:
    """Return the text of one node, with what its neighbours need to know about it."""
    return _FORMS[type(node)](node)


def _symbol(node: Symbol) -> Piece:
    if node.role == "text":
        return _join(_words(node.text))
    return Piece(node.text, _OF_ROLE[node.role])


def _row(node: Row) -> Piece:
    return _join(_pieces(node))


# -- rows -------------------------------------------------------------------------------------


def _pieces(node: Node) -> list[Piece]:
    """Return the pieces of a row; a row within a row sets its items beside the others."""
    if isinstance(node, Symbol) and node.role == "text":
        return _words(node.text)
    if not isinstance(node, Row):
        return [_piece(node)]
    if len(node.items) == 1 and isinstance(node.items[0], Symbol):
        return [Piece(node.items[0].text, "glue")]
    return [piece for item in node.items for piece in _pieces(item)]


def _words(text: str) -> list[Piece]:
    """Return words, and their spaces as spaces; a word that stands alone is a name."""
    words = " ".join(text.split())
    space = [Piece(" ", "space")]
    before, after = text[:1].isspace(), text[-1:].isspace()
    level = _SUM if " " in words else _ATOM
    word = Piece(words, "text" if after and words else "word", level)
    return [*(space if before else []), *([word] if words else []), *(space if after else [])]


def _join(pieces: list[Piece]) -> Piece:
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
        gap = _gap(before, current, space)
        spaced = spaced or " " in gap
        written += (gap, current.text)
        before, space = current, ""
    kinds = [piece.kind for piece in visible]
    first = kinds[0]
    joined: Kind = first if first in ("fence", "bracketed", "number", "word") else "operand"
    last = visible[-1]
    return Piece("".join(written), joined, _level_of_row(kinds, spaced), last.open_end)


def _level_of_row(kinds: list[Kind], spaced: bool) -> int:  # noqa: FBT001 -- a fact of the row
    if kinds == ["function", "fence"]:
        return _SCRIPTED
    loose = {"sign", "relation", "comma", "binary", "slash", "function", "large", "quotient"}
    return _SUM if spaced or loose.intersection(kinds) else _PRODUCT


def _settled(before: Piece | None, piece: Piece, after: Piece | None) -> Piece:
    """Return a piece as its neighbours make it: a sign may be a minus, a fraction needs brackets.

    Explicit factors count as neighbours too: `(a/b) × c` is what the page shows, and `a/b × c`
    has to be thought about.
    """
    leads = before is None or before.kind in _LEADS_TO_AN_OPERAND
    if piece.kind == "sign" and leads:
        return piece._replace(kind="minus")
    if piece.kind == "quotient":
        free = before is None or before.kind in _FREE_BEFORE
        if not free or not (after is None or after.kind in _FREE_AFTER):
            return _in_brackets(piece)
    return piece


def _in_brackets(piece: Piece) -> Piece:
    return Piece(f"({piece.text})", "bracketed")


def _gap(before: Piece | None, piece: Piece, space: str) -> str:  # noqa: PLR0911 -- a table
    """Return what stands between two pieces; `space` is what the author put there."""
    if before is None or before.kind in ("minus", "open") or piece.kind == "close":
        return ""
    wide = space if len(space) > 1 else ""
    if piece.kind in ("comma", "postfix") or "glue" in (before.kind, piece.kind):
        return ""
    if before.kind == "relation" and piece.kind == "relation" and not space:
        return ""  # := and the like are one sign
    if "slash" in (before.kind, piece.kind):
        return ""
    if before.kind == "comma" or before.kind in _SPACED or piece.kind in _SPACED:
        return wide or " "
    if "text" in (before.kind, piece.kind):
        return wide or " "
    if before.kind in ("function", "large") or piece.kind in ("function", "large"):
        holds = before.kind == "function" and piece.kind in ("fence", "bracketed")
        return "" if holds else wide or " "
    return wide or _gap_of_factors(before, piece, space)


def _gap_of_factors(before: Piece, piece: Piece, space: str) -> str:
    """Return what keeps two factors apart, that a page shows by their shapes."""
    if "bracketed" in (before.kind, piece.kind):
        return "·"
    if before.text[-1:] in ("|", "‖") and piece.text[:1] == before.text[-1:]:
        return "·"
    if before.kind == piece.kind == "scripted" and piece.open_end:
        return " "
    named = "word" in (before.kind, piece.kind) and piece.kind != "fence"
    if before.open_end and not (before.open_end == "_" and piece.kind == "fence"):
        return " "
    if named or piece.kind == "number":
        return " "
    return space


# -- constructs -------------------------------------------------------------------------------


def _fraction(node: Fraction) -> Piece:
    top, bottom = _piece(node.top), _piece(node.bottom)
    above = top.text if top.level >= _PRODUCT else f"({top.text})"
    bare = bottom.level >= _SCRIPTED or _is_differential(node)
    return Piece(f"{above}/{bottom.text if bare else f'({bottom.text})'}", "quotient", _QUOTIENT)


def _is_differential(node: Fraction) -> bool:
    """Say whether the lower half is like ∂a, or like dx under another d: nobody misreads it."""
    bottom = node.bottom
    if not isinstance(bottom, Row) or len(bottom.items) != 2:
        return False
    first, second = bottom.items
    if not isinstance(first, Symbol) or _piece(second).level < _SCRIPTED:
        return False
    return first.text == "∂" or (first.text == "d" and _first_sign(node.top) == "d")


def _first_sign(node: Node) -> str:
    while isinstance(node, (Row, Script)):
        if isinstance(node, Script):
            node = node.base
        elif node.items:
            node = node.items[0]
        else:
            return ""
    return node.text if isinstance(node, Symbol) else ""


def _root(node: Root) -> Piece:
    radicand = _piece(node.radicand).text
    degree = "2" if node.degree is None else _piece(node.degree).text
    if degree in _ROOTS:
        return Piece(f"{_ROOTS[degree]}({radicand})", "operand")
    # A raised index before the sign would be read as the exponent of what stands before it.
    return Piece(f"root({radicand}, {degree})", "word")


def _fence(node: Fence) -> Piece:
    return Piece(f"{node.left}{_piece(node.body).text}{node.right}", "fence")


def _accent(node: Accent) -> Piece:
    body = _piece(node.body)
    if len(body.text) == 1 and body.text.isalnum():
        return Piece(normalize("NFC", body.text + _COMBINING[node.mark]), "operand")
    return Piece(f"{node.mark}({body.text})", "word")


def _styled(node: Styled) -> Piece:
    body = _piece(node.body)
    letters = {"blackboard": _DOUBLE_STRUCK, "calligraphic": _SCRIPT}.get(node.style, {})
    return body._replace(text=letters.get(body.text, body.text))


def _brace(node: Brace) -> Piece:
    body = _piece(node.body)
    text = body.text if body.level >= _PRODUCT else f"({body.text})"
    if node.label is None:
        return body._replace(text=text)
    return Piece(f"{text} ⟨{linear(node.label)}⟩", "operand", _SUM, open_end="*")


def _grid(node: Grid) -> Piece:
    if node.shape == "aligned":
        return Piece(_lines(node), "operand", _SUM)
    return Piece(_cells(node), "operand")


def _cells(node: Grid) -> str:
    """Return cases in braces, or a matrix as rows in brackets, as numpy writes it."""
    rows = [[linear(cell) for cell in row] for row in node.rows]
    if node.shape == "cases":
        return "{" + "; ".join(_case(row) for row in rows) + "}"
    if len(rows) == 1 and node.shape != "vmatrix":
        inside = ", ".join(rows[0])
        return f"({inside})" if node.shape == "pmatrix" else f"[{inside}]"
    inside = ", ".join(f"[{', '.join(row)}]" for row in rows)
    left, right = {"pmatrix": ("(", ")"), "vmatrix": ("|", "|")}.get(node.shape, ("[", "]"))
    return f"{left}{inside}{right}"


def _case(cells: list[str]) -> str:
    """Return a value with its condition, which says "if" by itself or is given one."""
    value, condition = cells[0], " ".join(cells[1:]).strip()
    if not condition:
        return value
    if condition.startswith(_CONDITIONS):
        return f"{value} {condition}"
    return f"{value.rstrip(',')} if {condition}"


def _lines(node: Grid) -> str:
    """Return aligned lines one after another; a line without a left side continues the last."""
    lines: list[list[Piece]] = []
    for cells in node.rows:
        pieces = [piece for cell in cells for piece in _pieces(cell)]
        if lines and (not _pieces(cells[0]) or lines[-1][-1:] == [Piece(",", "comma")]):
            lines[-1] += pieces
        else:
            lines.append(pieces)
    return "; ".join(_join(pieces).text for pieces in lines)


# -- scripts ----------------------------------------------------------------------------------


class Mark(NamedTuple):
    """A script as text, and how it is written.

    "signs" are raised or lowered signs, a "star" or a "bare" name follows its `_` or `^` and ends
    with its letters, a "bracket" ends itself.
    """

    text: str
    way: Literal["signs", "star", "bare", "bracket"]


def _script(node: Script) -> Piece:
    base = _piece(node.base)
    if isinstance(node.base, Symbol) and node.base.name == "\\xrightarrow":
        return Piece(_arrow(node), "relation")
    if base.level < _ATOM:
        base = _in_brackets(base)
    marks = _marks(node, limits=base.kind in ("function", "large"))
    kept = ("operand", "close", "postfix", "glue", "comma", "open", "dots")
    kind: Kind = "scripted" if base.kind in kept else base.kind
    last = marks[-1]
    end = {"star": "*", "bare": last.text[:1]}.get(last.way, "")
    return Piece(base.text + "".join(mark.text for mark in marks), kind, _SCRIPTED, end)


def _marks(node: Script, *, limits: bool) -> tuple[Mark, ...]:
    """Return the scripts of a base in the order that lets nobody read one as the other's."""
    if node.below is None or node.above is None:
        if node.below is not None:
            return (_mark(node.below, "_"),)
        return (_mark(node.above, "^"),) if node.above is not None else (Mark("", "signs"),)
    below, above = _mark(node.below, "_"), _mark(node.above, "^")
    if below.way == "signs":
        return (below, above)
    if above.way in ("signs", "star") and not limits:
        return (above, below)
    return (_bracketed_mark(node.below, "_"), _bracketed_mark(node.above, "^"))


def _mark(node: Node, lead: Literal["_", "^"]) -> Mark:
    if isinstance(node, Row) and len(node.items) > 1 and _piece(node.items[0]).text == "′":
        rest = node.items[1] if len(node.items) == 2 else Row(node.items[1:], node.column)
        return (mark := _mark(rest, lead))._replace(text=f"′{mark.text}")
    text = linear(node)
    if lead == "^" and text in _STARS:
        return Mark(text, "star")
    named = _is_named(node)
    if not named:
        signs = _RAISED if lead == "^" else _LOWERED
        packed = _tight(text)
        if packed and len(packed) <= _LONGEST_RUN and all(sign in signs for sign in packed):
            return Mark("".join(signs[sign] for sign in packed), "signs")
    one = isinstance(node, Symbol) and node.role == "letter"
    name = text.isascii() and text.isalnum() and (named or lead == "_")
    return Mark(lead + text, "bare") if one or name else _bracketed_mark(node, lead)


def _bracketed_mark(node: Node, lead: str) -> Mark:
    text = _tight(linear(node)) if lead == "_" else linear(node)
    # Round brackets of its own would be taken for those that this form adds; others serve as well.
    square = isinstance(node, Fence) and (node.left, node.right) == ("[", "]")
    return Mark(f"{lead}{text}" if square else f"{lead}({text})", "bracket")


def _tight(text: str) -> str:
    """Take out the spaces around operators, as TeX does in scripts, but not those of words."""
    return "".join(
        sign
        for at, sign in enumerate(text)
        if sign != " " or not (text[at - 1] in _TIGHT or text[at + 1] in _TIGHT)
    )


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


def _arrow(node: Script) -> str:
    labels = [linear(label) for label in (node.above, node.below) if label is not None]
    return f"─({'; '.join(label for label in labels if label)})→"


# Any, because each function takes one of the ten classes.
_FORMS: Final[dict[type, Callable[[Any], Piece]]] = {
    Symbol: _symbol,
    Row: _row,
    Fraction: _fraction,
    Root: _root,
    Script: _script,
    Fence: _fence,
    Accent: _accent,
    Styled: _styled,
    Brace: _brace,
    Grid: _grid,
}
