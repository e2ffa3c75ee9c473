r"""The alphabet of a plain terminal: a tree in ASCII, and its one-line form.

Greek letters and operators become words or the digraphs that programmers type (`mu`, `<=`,
`->`), scripts are written as in LaTeX (`x_{i,j}`, `e^{-z}`), roots and accents as calls
(`sqrt(x)`, `hat(x)`), and `*` stands for every multiplication.
"""

from typing import Any, Final, Literal, get_args
from unicodedata import combining, name, normalize

from nnquiz.tex.linear import LONGEST_RUN, Line, Mark, Piece, tight
from nnquiz.tex.symbols import SYMBOLS
from nnquiz.tex.tree import Accent, Node, Root, Row, Script, Styled, Symbol

_TYPED: Final = (
    "≤ <= ≥ >= ≠ != ≈ ~= ∼ ~ → -> ← <- ⇒ => ⇐ <== ⇔ <=> ↔ <-> ↦ |-> ⟶ --> ≡ === ≪ << ≫ >> "
    "∥ || ‖ || ∈ in ∋ contains ≢ !== ≁ !~ ≉ !~= ≮ !< ≯ !> "
    "± +- ∓ -+ · * × * ÷ / ∗ (*) ⋆ * ⊙ (.) ⊕ (+) ⊖ (-) ⊗ (x) ∖ minus ∧ and ∨ or "
    "… ... ⋯ ... ⋮ : ⋱ ... ∑ SUM ∏ PROD ∫ INT "
    "∂ partial ∇ nabla ∞ infinity ⊤ T ⊥ perp ¬ not ′ ' ✓ check √ sqrt "
    "⌊ floor( ⌋ ) ⌈ ceil( ⌉ ) ⟨ < ⟩ > − - – - — -- ‘ ' ’ ' “ \" ” \""
)
_SPELT: Final = dict(zip(_TYPED.split()[::2], _TYPED.split()[1::2], strict=True)) | {
    "∉": "not in",
    "∤": "not |",
}
_NODES: Final = get_args(Node)
NAMES: Final = {
    sign: command[1:]
    for command, (sign, _) in reversed(SYMBOLS.items())
    if command[:1] == "\\" and not sign.isascii()
}


def spelt(text: str) -> str:
    """Return a text in ASCII: signs as they are typed, letters without marks, else names.

    >>> spelt("μ ≤ naïve")
    'mu <= naive'
    """
    return text if text.isascii() else "".join(map(_spelt_sign, text))


def _spelt_sign(sign: str) -> str:
    known = sign if sign.isascii() else _SPELT.get(sign) or NAMES.get(sign)
    if known is not None:
        return known
    parts = normalize("NFKD", sign)
    plain = "".join(part for part in parts if not combining(part))
    if plain.isascii():
        return plain
    return f"<{name(sign, f'U+{ord(sign):04X}').lower()}>"


def transliterated(node: Node) -> Node:
    r"""Return a tree whose every sign is ASCII; its structure is the same, but for letter styles.

    >>> from nnquiz.tex import parse
    >>> transliterated(parse(r"\mu")).text
    'mu'
    """
    if isinstance(node, Symbol):
        return _symbol(node)
    if isinstance(node, Styled):
        return transliterated(node.body)
    if isinstance(node, Script) and _is_ring(node.above):
        node = node._replace(above=Symbol("deg", "word", "\\circ", node.column))
    return type(node)(*map(_field, node))


def _field(value: Any) -> Any:
    """Return what stands in a new node for a value of the old one: a node, nodes, or a word."""
    if isinstance(value, str):
        return spelt(value)
    if isinstance(value, tuple):
        return transliterated(value) if isinstance(value, _NODES) else tuple(map(_field, value))
    return value


def _is_ring(node: Node | None) -> bool:
    """Say whether a superscript is the sign of degrees."""
    single = node.items[0] if isinstance(node, Row) and len(node.items) == 1 else node
    return isinstance(single, Symbol) and single.text == "∘"


def _symbol(node: Symbol) -> Symbol:
    if node.text.isascii():
        return node
    text = spelt(node.text).upper() if node.role == "large" else spelt(node.text)
    role = "word" if node.role == "letter" and len(text) > 1 else node.role
    return Symbol(text, role, node.name, node.column)


class AsciiLine(Line):
    """Writes a transliterated tree as one line of ASCII."""

    dot = "*"
    prime = "'"

    def _gap_of_factors(self, before: Piece, piece: Piece, space: str) -> str:
        between = super()._gap_of_factors(before, piece, space)
        if between == self.dot and before.text.endswith("*"):
            return f" {self.dot} "  # the star of an optimum is no part of a product
        # `Wx_t` would be one name to a programmer.
        joins = piece.kind == "scripted" and before.text[-1:].isalnum()
        return between or " " * joins

    def root(self, node: Root) -> Piece:
        """Return a root as a call."""
        radicand = self.of(node.radicand)
        if node.degree is None:
            return Piece(f"sqrt({radicand})", "word")
        return Piece(f"root({radicand}, {self.of(node.degree)})", "word")

    def accent(self, node: Accent) -> Piece:
        """Return a marked letter as a call."""
        return Piece(f"{node.mark}({self.of(node.body)})", "word")

    def label(self, text: str) -> str:
        """Return the label of a brace."""
        return f"<{text}>"

    def arrow(self, label: str) -> str:
        """Return an arrow that carries a label."""
        return f"--({label})-->"

    def both_marks(self, below: Mark, above: Mark, *, limits: bool) -> tuple[Mark, ...]:
        """Return both scripts, the lower one first: their braces say where each ends."""
        del limits
        return (below, above)

    def plain_mark(self, node: Node, lead: Literal["_", "^"]) -> Mark:
        """Return a script behind its lead, in braces where it is more than one sign or name."""
        text = self.of(node)
        if text == "'" and lead == "^":
            return Mark(text, "signs", lead, text)
        single = node.items[0] if isinstance(node, Row) and len(node.items) == 1 else node
        if (len(text) == 1 or isinstance(single, Symbol)) and (text.isalnum() or text == "*"):
            return Mark(f"{lead}{text}", "bare", lead, text)
        packed = tight(text)
        short = lead == "_" or (len(packed) <= LONGEST_RUN and " " not in packed)
        return Mark(f"{lead}{{{packed if short else text}}}", "bare", lead, text)
