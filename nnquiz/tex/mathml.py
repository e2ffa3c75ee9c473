r"""MathML Core: the form for a browser, which sets it as a book would and reads it aloud.

The result is well-formed XML of the elements that browsers know (https://www.w3.org/TR/mathml-core/),
with every sign escaped. What the operator dictionary of the standard spaces well is left to it;
attributes say only what it cannot know: that a minus has one operand, that a bar is a condition,
that braces took the spaces of a relation away. As in the other forms there are no letters of
U+1D400: bold is a weight, and calligraphic letters that Unicode lacks below it are italic.
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Final, TypeAlias

from nnquiz.tex.spacing import OF_ROLE, Kind, leads
from nnquiz.tex.symbols import DOUBLE_STRUCK, SCRIPT
from nnquiz.tex.tree import (
    Accent,
    Brace,
    Fence,
    Fraction,
    Grid,
    Node,
    Role,
    Root,
    Row,
    Script,
    Styled,
    Symbol,
)

_NAMESPACE: Final = "http://www.w3.org/1998/Math/MathML"
_MARKS: Final = {
    "hat": "^",
    "bar": "¯",
    "overline": "¯",
    "tilde": "~",
    "vec": "→",
    "dot": "˙",
    "ddot": "¨",
}
_WIDE_HAT: Final = "\u0302"  # the one that fonts stretch
# Signs that stand high in their line already: set as accents they would touch the letter.
_HIGH: Final = frozenset({"bar", "overline", "dot", "ddot"})
# Few fonts have a bar that stretches.
_RULE: Final = "border-top:0.06em solid;padding-top:0.12em"
_BRACES: Final = {"under": "⏟", "over": "⏞"}
_BRACKETS: Final = {
    "bmatrix": ("[", "]"),
    "pmatrix": ("(", ")"),
    "vmatrix": ("|", "|"),
    "cases": ("{", ""),
}
# In em, after chapter 18 of The TeXbook: thin, medium and thick spaces, a blank and quads.
_SPACES: Final = {
    "\\,": 0.167,
    "\\:": 0.222,
    "\\;": 0.278,
    "\\ ": 0.25,
    "~": 0.25,
    "\\!": -0.167,
    "\\quad": 1.0,
    "\\qquad": 2.0,
}
_THIN: Final = "0.167em"
_CLOSE: Final = 'lspace="0" rspace="0"'
_THICK: Final = 'lspace="0.278em" rspace="0.278em"'
# What a letter style is to an element; MathML Core itself knows upright and italic.
_UPRIGHT: Final = 'mathvariant="normal"'
_STYLES: Final = {
    "bold": f'{_UPRIGHT} style="font-weight:bold"',
    "roman": _UPRIGHT,
    "sans": f'{_UPRIGHT} style="font-family:sans-serif"',
}
_INTEGRALS: Final = frozenset("∫∬∮")
_LETTERS_THAT_SLOPE: Final = frozenset("∂ϵϑϰϕϱϖℓ")
_ALIGNED: Final = (
    "text-align:right;padding-left:0;padding-right:0",
    "text-align:left;padding-left:0;padding-right:1em",
)


def written(node: Node, *, display: bool) -> str:
    """Return a formula as one `math` element."""
    block = ' display="block"' if display else ""
    return f'<math xmlns="{_NAMESPACE}"{block}>{_row(_items(node))}</math>'


def _items(node: Node) -> list[Node]:
    """Return what stands side by side; a row within a row sets its items beside the others."""
    if not isinstance(node, Row) or _is_glued(node):
        return [node]
    return [item for part in node.items for item in _items(part)]


def _is_glued(node: Node) -> bool:
    """Say whether a node is a sign in braces, which loses the spaces around it."""
    return isinstance(node, Row) and len(node.items) == 1 and isinstance(node.items[0], Symbol)


def _element(node: Node, style: str) -> str:
    """Return a node as exactly one element, as an argument of another one has to be."""
    items = _items(node)
    if len(items) == 1:
        return _single(items[0], style)
    return f"<mrow>{_row(items, style)}</mrow>"


# -- rows -------------------------------------------------------------------------------------


def _row(items: Sequence[Node], style: str = "", *, goes_on: bool = False) -> str:
    """Return nodes side by side; `goes_on` says that another row stands before them."""
    shown: list[str] = []
    before: Node | None = None
    for at, item in enumerate(items):
        after = items[at + 1] if at + 1 < len(items) else None
        if _is_space(item):
            shown.append(_space(item))
            continue
        if before is not None and _needs_thin_space(before, item, items[at - 1]):
            shown.append(f'<mspace width="{_THIN}"/>')
        if _is_sign(item):
            first = before is None and goes_on
            prefix = not first and leads(None if before is None else _kind(before))
            shown.append(_sign(item, is_prefix=prefix))
        elif _is_part_of_relation(before, item, after):
            shown.append(_half(item, is_second=_is_relation(before)))
        else:
            shown.append(_single(item, style))
        before = item
    return "".join(shown)


def _kind(node: Node) -> Kind:
    """Return what a node is to its neighbours, scripts or not."""
    bare = node.base if isinstance(node, Script) else node
    if isinstance(bare, Symbol):
        return "word" if bare.role == "text" else OF_ROLE[bare.role]
    return "fence" if isinstance(bare, Fence) else "operand"


def _needs_thin_space(before: Node, node: Node, beside: Node) -> bool:
    """Say whether the name of a function needs a space to its neighbour; brackets hold it."""
    if beside is not before:
        return False  # the author put one there
    left, right = _kind(before), _kind(node)
    if right == "function":
        return left in ("operand", "number", "word", "fence", "function", "close", "postfix")
    return left == "function" and right in ("operand", "number", "word")


def _is_space(node: Node) -> bool:
    return isinstance(node, Symbol) and node.role == "space"


def _is_sign(node: Node) -> bool:
    return isinstance(node, Symbol) and node.role == "sign"


def _is_relation(node: Node | None) -> bool:
    return isinstance(node, Symbol) and node.role == "relation"


def _is_part_of_relation(before: Node | None, node: Node, after: Node | None) -> bool:
    """Say whether a node is one half of a relation such as `:=`."""
    return _is_relation(node) and (_is_relation(before) or _is_relation(after))


def _half(node: Node, *, is_second: bool) -> str:
    """Return one half of a relation of two signs, without a space between them."""
    text = node.text if isinstance(node, Symbol) else ""
    sides = 'lspace="0" rspace="0.278em"' if is_second else 'lspace="0.278em" rspace="0"'
    return _mo(text, sides)


def _sign(node: Node, *, is_prefix: bool) -> str:
    """Return a plus or minus, with one operand or with two."""
    text = node.text if isinstance(node, Symbol) else ""
    return _mo(text, 'form="prefix"' if is_prefix else 'form="infix"')


# -- leaves -----------------------------------------------------------------------------------


def _mo(text: str, attributes: str = "") -> str:
    sign = "−" if text == "-" else text
    return f"<mo{' ' * bool(attributes)}{attributes}>{escape(sign)}</mo>"


def _space(node: Node) -> str:
    width = _SPACES.get(node.name if isinstance(node, Symbol) else "", 0.0)
    return f'<mspace width="{width:g}em"/>'


def _symbol(node: Symbol, style: str) -> str:
    """Return a leaf: a letter, a number, words or an operator."""
    return _LEAVES[node.role](node, style)


def _word(node: Symbol, style: str) -> str:
    """Return a name; one of a single letter would slope."""
    kept = _STYLES.get(style, _UPRIGHT if len(node.text) == 1 else "")
    return f"<mi{' ' * bool(kept)}{kept}>{escape(node.text)}</mi>"


def _function(node: Symbol, style: str) -> str:
    return _word(node, "" if style in ("blackboard", "calligraphic") else style)


def _comma(node: Symbol) -> str:
    """Return a comma or semicolon, or the colon of a map."""
    return _mo(node.text, f'lspace="0" rspace="{_THIN}"' if node.text == ":" else "")


def _relation(node: Symbol) -> str:
    """Return a relation; the bar of a condition is none to the dictionary of operators."""
    if node.name == "\\middle":
        return _mo(node.text, f'fence="true" form="infix" stretchy="true" {_THICK}')
    if node.text in "|‖:":
        return _mo(node.text, f'form="infix" fence="false" stretchy="false" {_THICK}')
    return _mo(node.text)


def _binary(text: str) -> str:
    """Return the attributes of an operator that the dictionary does not space."""
    return 'lspace="0.222em" rspace="0.222em"' if text in ("mod", "@", "•", "*") else ""


def _letter(node: Symbol, style: str) -> str:
    """Return a letter in its style."""
    text = node.text
    table = {"blackboard": DOUBLE_STRUCK, "calligraphic": SCRIPT}.get(style, {})
    if text in table:
        return f"<mi>{table[text]}</mi>"
    # What blackboards imitate is bold.
    wanted = _STYLES.get("bold" if style == "blackboard" else style)
    if wanted is not None:
        return f"<mi {wanted}>{escape(text)}</mi>"
    # A single sign slopes by itself; TeX sets capital Greek and nabla upright.
    upright = not text.isascii() and text not in _LETTERS_THAT_SLOPE and not text.islower()
    return f"<mi{f' {_UPRIGHT}' if upright else ''}>{escape(text)}</mi>"


def _number(node: Symbol, style: str) -> str:
    weight = ' style="font-weight:bold"' if style in ("bold", "blackboard") else ""
    return f"<mn{weight}>{escape(node.text)}</mn>"


def _kept(text: str) -> str:
    """Return words whose outer blanks are kept, which XML would drop."""
    inside = text.strip()
    before = len(text) - len(text.lstrip())
    after = len(text) - before - len(inside)
    return "\u00a0" * bool(before) + inside + "\u00a0" * bool(after)


# -- constructs -------------------------------------------------------------------------------


def _single(node: Node, style: str) -> str:
    """Return one node as one element."""
    if _is_glued(node):
        return _glued(node, style)
    return _WRITERS[type(node)](node, style)


def _glued(node: Node, style: str) -> str:
    """Return a sign in braces, without spaces around it."""
    [sign] = node.items if isinstance(node, Row) else ()
    if isinstance(sign, Symbol) and sign.role in ("sign", "binary", "relation", "comma", "dots"):
        return _mo(sign.text, f'{_CLOSE} stretchy="false"')
    return _single(sign, style)


def _fraction(node: Fraction, style: str) -> str:
    return f"<mfrac>{_element(node.top, style)}{_element(node.bottom, style)}</mfrac>"


def _root(node: Root, style: str) -> str:
    if node.degree is None:
        return f"<msqrt>{_element(node.radicand, style)}</msqrt>"
    return f"<mroot>{_element(node.radicand, style)}{_element(node.degree, style)}</mroot>"


def _fence(node: Fence, style: str) -> str:
    """Return what stands between two delimiters, which grow with it where it is tall."""
    tall = any(map(_is_tall, _items(node.body)))
    left = _delimiter(node.left, "prefix", tall=tall)
    right = _delimiter(node.right, "postfix", tall=tall)
    return f"<mrow>{left}{_row(_items(node.body), style)}{right}</mrow>"


def _is_tall(node: Node) -> bool:
    """Say whether a node is clearly taller than a letter with its scripts."""
    match node:
        case Symbol():
            return node.role == "large"
        case Row():
            return any(map(_is_tall, node.items))
        case Root():
            return _is_tall(node.radicand)
        case Script():
            return any(part is not None and _is_tall(part) for part in node[:3])
        case Fence() | Accent() | Styled():
            return _is_tall(node.body)
        case _:
            return True


def _delimiter(sign: str, form: str, *, tall: bool = True) -> str:
    """Return a bracket; browsers set one that may grow wider apart from its neighbours."""
    return _mo(sign, f'form="{form}" stretchy="{str(tall).lower()}"') if sign else ""


def _accent(node: Accent, style: str) -> str:
    """Return a mark over its body; a bar and a hat are as wide as more than a letter."""
    body = _element(node.body, style)
    is_wide = len(_items(node.body)) > 1
    if is_wide and node.mark in ("bar", "overline"):
        return f'<mrow style="{_RULE}">{body}</mrow>'
    sign = _WIDE_HAT if is_wide and node.mark == "hat" else _MARKS[node.mark]
    mark = _mo(sign, f'stretchy="{str(is_wide).lower()}"')
    return f'<mover accent="{str(node.mark not in _HIGH).lower()}">{body}{mark}</mover>'


def _styled(node: Styled, style: str) -> str:
    del style  # the innermost style counts
    return _element(node.body, node.style)


def _brace(node: Brace, style: str) -> str:
    """Return a brace with what it holds, and with its label where it has one."""
    kind, accent = ("munder", "accentunder") if node.side == "under" else ("mover", "accent")
    sign = _mo(_BRACES[node.side], 'stretchy="true"')
    held = f'<{kind} {accent}="true">{_element(node.body, style)}{sign}</{kind}>'
    if node.label is None:
        return held
    return f"<{kind}>{held}{_element(node.label, style)}</{kind}>"


def _script(node: Script, style: str) -> str:
    """Return a base with its scripts; those of a sum or a maximum stand above and below it."""
    base = node.base
    if isinstance(base, Symbol) and base.name == "\\xrightarrow":
        return _arrow(node, style)
    limits = isinstance(base, Symbol) and (
        base.role == "limit" or (base.role == "large" and base.text not in _INTEGRALS)
    )
    below, both, above = ("under", "underover", "over") if limits else ("sub", "subsup", "sup")
    scripts = [part for part in (node.below, node.above) if part is not None]
    name = both if len(scripts) == 2 else below if node.above is None else above
    parts = "".join(_element(part, style) for part in scripts)
    return f"<m{name}>{_element(base, style)}{parts}</m{name}>"


def _arrow(node: Script, style: str) -> str:
    """Return an arrow as long as its labels."""
    room = '<mspace width="0.4em"/>'
    labels = [
        (name, f"<mrow>{room}{_row(_items(part), style)}{room}</mrow>")
        for name, part in (("under", node.below), ("over", node.above))
        if part is not None and _items(part)
    ]
    arrow = _mo("→", f'stretchy="true" {_THICK}')
    if not labels:
        return arrow
    name = "".join(which for which, _ in labels)
    return f"<m{name}>{arrow}{''.join(label for _, label in labels)}</m{name}>"


def _grid(node: Grid, style: str) -> str:
    """Return a table of cells in its brackets."""
    rows = "".join(f"<mtr>{_cells(node, row, style)}</mtr>" for row in node.rows)
    full = ' displaystyle="true"' if node.shape == "aligned" else ""
    table = f"<mtable{full}>{rows}</mtable>"
    left, right = _BRACKETS.get(node.shape, ("", ""))
    if not left:
        return table
    return f"<mrow>{_delimiter(left, 'prefix')}{table}{_delimiter(right, 'postfix')}</mrow>"


def _cells(node: Grid, row: Sequence[Node], style: str) -> str:
    """Return the cells of a row; aligned lines meet at their relations."""
    aligned = node.shape == "aligned"
    cells = []
    for at, cell in enumerate(row):
        place = _ALIGNED[at % 2] if aligned else "text-align:left" * (node.shape == "cases")
        kept = f' style="{place}"' if place else ""
        inside = _row(_items(cell), style, goes_on=aligned and at % 2 == 1)
        cells.append(f"<mtd{kept}>{inside}</mtd>")
    return "".join(cells)


def _bare_row(node: Row, style: str) -> str:
    return f"<mrow>{_row(_items(node), style)}</mrow>"


_Writes: TypeAlias = Callable[[Any, str], str]
_LEAVES: Final[dict[Role, _Writes]] = {
    "letter": _letter,
    "number": _number,
    "word": _word,
    "text": lambda node, _: f"<mtext>{escape(_kept(node.text))}</mtext>",
    "function": _function,
    "limit": lambda node, _: _mo(node.text, f'movablelimits="true" {_CLOSE}'),
    "large": lambda node, _: _mo(node.text),
    "sign": lambda node, _: _mo(node.text),
    "binary": lambda node, _: _mo(node.text, _binary(node.text)),
    "slash": lambda node, _: _mo(node.text, _CLOSE),
    "relation": lambda node, _: _relation(node),
    "comma": lambda node, _: _comma(node),
    "open": lambda node, _: _mo(node.text, 'form="prefix" stretchy="false"'),
    "close": lambda node, _: _mo(node.text, 'form="postfix" stretchy="false"'),
    "postfix": lambda node, _: _mo(node.text, _CLOSE),
    "dots": lambda node, _: _mo(node.text, f'lspace="{_THIN}" rspace="{_THIN}"'),
    "space": lambda node, _: _space(node),
}
_WRITERS: Final[dict[type, _Writes]] = {
    Symbol: _symbol,
    Row: _bare_row,
    Fraction: _fraction,
    Root: _root,
    Script: _script,
    Fence: _fence,
    Accent: _accent,
    Styled: _styled,
    Brace: _brace,
    Grid: _grid,
}
