r"""The tree of a formula: what was written, before anybody decides how to show it.

The tree keeps the structure of the page, not of the algebra: `2x` is a row of two symbols, and
`\sum_i x_i` is a row of a script and a script. Every node knows the `column` it began at,
counted from 1. A form (one line, boxes, ASCII, speech) is a function over these ten classes.
They are named tuples, because ten frozen dataclasses cost eight times their import.
"""

from typing import Literal, NamedTuple, TypeAlias

Role = Literal[
    "letter",  # x, θ, ∂, ∞: one sign that stands for itself
    "number",  # 3, 0.25
    "word",  # \mathrm{KL}: a name of several letters
    "text",  # \text{ if }: words, with their own spaces
    "function",  # log, tanh, \operatorname{softmax}: scripts stand beside it
    "limit",  # max, lim: a function whose scripts may stand above and below
    "large",  # ∑, ∏, ∫
    "sign",  # +, -, ±: an operator that may also stand before its operand
    "binary",  # ·, ×, ⊙
    "slash",  # /
    "relation",  # =, <, ∈, →, and the | of a condition
    "comma",  # , and ;
    "open",  # a bracket without its partner, in a cell of a grid
    "close",
    "postfix",  # !, %, ′
    "dots",  # …, ⋯
    "space",
]
Shape = Literal["matrix", "bmatrix", "pmatrix", "vmatrix", "cases", "aligned"]


class Symbol(NamedTuple):
    r"""A leaf: the sign to show, its role, and its name in LaTeX (`\mu`, or the sign itself)."""

    text: str
    role: Role
    name: str
    column: int


class Row(NamedTuple):
    """Nodes side by side: a whole formula or a group."""

    items: "tuple[Node, ...]"
    column: int


class Fraction(NamedTuple):
    """One node over another."""

    top: "Node"
    bottom: "Node"
    column: int


class Root(NamedTuple):
    """A root; `degree` is None for a square root."""

    radicand: "Node"
    degree: "Node | None"
    column: int


class Script(NamedTuple):
    r"""A base with a subscript, a superscript or both.

    On a large operator or a limit they are its limits; on the relation `\xrightarrow` they are
    the labels of the arrow.
    """

    base: "Node"
    below: "Node | None"
    above: "Node | None"
    column: int


class Fence(NamedTuple):
    r"""Something between two delimiters, of which `\left.` makes one empty."""

    left: str
    body: "Node"
    right: str
    column: int


class Accent(NamedTuple):
    """A mark over its body: hat, bar, tilde, vec, dot, ddot or overline."""

    mark: str
    body: "Node"
    column: int


class Styled(NamedTuple):
    """Letters of another style: bold, roman, calligraphic, blackboard or sans."""

    style: str
    body: "Node"
    column: int


class Brace(NamedTuple):
    """A brace under or over its body, with what is written at its tip."""

    body: "Node"
    label: "Node | None"
    side: Literal["under", "over"]
    column: int


class Grid(NamedTuple):
    """Cells in rows: a matrix, cases, or aligned lines."""

    shape: Shape
    rows: "tuple[tuple[Node, ...], ...]"
    column: int


Node: TypeAlias = Symbol | Row | Fraction | Root | Script | Fence | Accent | Styled | Brace | Grid
