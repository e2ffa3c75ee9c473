r"""The spoken form: a formula in words, aloud or for a screen reader.

Whatever opens is closed: a fraction ends with "end fraction", a script of more than one sign with
"end index" or "end power". A sum reaches to the next plus, minus or relation, as on the page.
Brackets are said as they stand, for nobody can tell from `f(x)` and `a(1 - a)` which is a product.
"""

from collections.abc import Iterator
from typing import Any, Final, TypeGuard

from nnquiz.tex.ascii import NAMES
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
from nnquiz.tex.wording import (
    AROUND,
    BLACKBOARD,
    DELIMITERS,
    FUNCTIONS,
    LARGE,
    LETTERS,
    LIMITS,
    MARKS,
    OPERATORS,
    POWERS,
    RELATIONS,
    TAKING,
)

Words = list[str]

_TABLES: Final = {
    **dict.fromkeys(("sign", "binary", "slash"), OPERATORS),
    **dict.fromkeys(("function", "limit"), FUNCTIONS),
    **dict.fromkeys(("open", "close"), DELIMITERS),
    "relation": RELATIONS,
    "large": LARGE,
}
_PAUSES: Final = frozenset(",;:")
# After these a function has no operand, unless it is a sign in front of one.
_NO_OPERAND: Final = frozenset({"relation", "binary", "slash", "comma", "close", "postfix", "text"})
_ENDS_A_TERM: Final = frozenset({"relation", "comma", "close", "text"})
_BEFORE_A_MINUS: Final = frozenset({"binary", "slash", "function", "limit", "large"})
_NAMES: Final = frozenset({"word", "text", "function", "limit"})


def spoken(node: Node) -> str:
    """Return a formula in words, with a comma or a semicolon where one pauses."""
    written: list[str] = []
    for word in _Speaker(node).words(node):
        if word not in _PAUSES:
            written.append(word)
        elif written and written[-1][-1] not in _PAUSES:
            written[-1] += word
        elif written and word != ",":
            written[-1] = written[-1][:-1] + word
    return " ".join(written).rstrip(",;:")


class _Speaker:
    """Finds the words for a formula; it says "capital" where the small letter is in it too."""

    def __init__(self, formula: Node) -> None:
        letters = set(_letters(formula))
        self.capitals = {letter for letter in letters if letter.lower() in letters - {letter}}

    def words(self, node: Node) -> Words:
        """Return the words for one node."""
        words: Words = getattr(self, _METHODS[type(node)])(node)
        return words

    # -- rows ---------------------------------------------------------------------------------

    def row(self, node: Row) -> Words:
        """Return the words for nodes side by side."""
        return self.items(_flat(node))

    def items(self, items: list[Node]) -> Words:
        """Return the words for the nodes of a row."""
        words: Words = []
        at = 0
        while at < len(items):
            passed, said = self.next(items, at)
            words += said
            at += passed
        return words

    def next(self, items: list[Node], at: int) -> tuple[int, Words]:
        """Return how many nodes of a row are said next, and the words for them."""
        node, rest = items[at], items[at + 1 :]
        base = _base(node)
        match _role(base):
            case "large":
                reach = _reach(rest)
                return 1 + reach, self.large(node, rest[:reach])
            case "function" if _text(base) == "arg" and rest and _role(_base(rest[0])) == "limit":
                _, _, *limited = self.function(rest[0], rest[1:])
                return 2, ["the", f"arg {_text(_base(rest[0]))}", *limited]
            case "relation" if _text(node) == ":" and rest and _text(rest[0]) == "=":
                return 2, ["is defined as"]
            case "function" | "limit":
                return 1, self.function(node, rest)
        return 1, self.taking(node, rest) if _is_taking(base) else self.operand(items, at)

    def operand(self, items: list[Node], at: int) -> Words:
        """Return the words for a node of a row that does not reach beyond itself."""
        node, after = items[at], items[at + 1 : at + 2]
        if _role(node) == "comma" and (not after or _is_wide(after[0])):
            return [";"]  # it parts formulas, or ends one
        if _text(node) == "·" and _has_number_beside(items, at):
            return ["times"]
        return self.words(node)

    def symbol(self, node: Symbol) -> Words:
        """Return the words for a leaf."""
        if node.role == "text":
            return node.text.split()
        if node.role == "space":
            return [";"] if _is_wide(node) else []
        table = _TABLES.get(node.role)
        return [self.letter(node.text) if table is None else table.get(node.text, node.text)]

    def letter(self, sign: str) -> str:
        """Return the word for a letter, or for a sign that stands by itself."""
        if sign in self.capitals:
            return f"capital {sign}"
        if sign in LETTERS or sign.isascii():
            return LETTERS.get(sign, sign)
        name = NAMES.get(sign, sign)
        return f"capital {name.lower()}" if name.istitle() and name != sign else name

    # -- what has an operand ------------------------------------------------------------------

    def large(self, node: Node, operand: list[Node]) -> Words:
        """Return the words for a sum, its limits and what it reaches to."""
        name = LARGE.get(_text(_base(node)), _text(_base(node)))
        limits: Words = []
        if isinstance(node, Script):
            below, above = self.optional(node.below), self.optional(node.above)
            if below and above:
                limits = ["from", *below, "to", *above]
            else:
                limits = ["over", *below] if below else ["up to", *above]
        return ["the", name, *limits, "of", *self.items(operand), *_end(name)]

    def optional(self, node: Node | None) -> Words:
        """Return the words for a node that may be missing."""
        return [] if node is None else self.words(node)

    def function(self, node: Node, rest: list[Node]) -> Words:
        """Return the words for a function, with an "of" where an operand follows."""
        base = _base(node)
        text = _text(base)
        is_limit = _role(base) == "limit" and text in LIMITS
        takes = _has_operand(rest)
        words = ["the", LIMITS[text]] if is_limit and takes else [FUNCTIONS.get(text, text)]
        if isinstance(node, Script):
            if node.below is not None and _role(base) == "limit":
                words += ["as" if text == "lim" else "over", *self.words(node.below)]
            elif node.below is not None:
                words += self.sub(node.below)
            words += [] if node.above is None else self.power(node.above)
        return [*words, "of"] if takes else words

    def taking(self, node: Node, rest: list[Node]) -> Words:
        """Return the words for an expectation, a probability or an indicator."""
        words = self.words(_base(node))
        if isinstance(node, Script):
            if node.below is not None:
                words += ["over", *self.words(node.below)]
            words += [] if node.above is None else self.power(node.above)
        return [*words, "of"] if _has_operand(rest) else words

    # -- constructs ---------------------------------------------------------------------------

    def fraction(self, node: Fraction) -> Words:
        """Return the words for a fraction."""
        halves = [*self.words(node.top), "over", *self.words(node.bottom)]
        return ["the fraction", *halves, *_end("fraction")]

    def root(self, node: Root) -> Words:
        """Return the words for a root."""
        degree = self.optional(node.degree) or ["2"]
        names = {"2": ["the square root of"], "3": ["the cube root of"]}
        words = names.get(" ".join(degree), ["the root of degree", *degree, "of"])
        return [*words, *self.words(node.radicand), *_end("root")]

    def fence(self, node: Fence) -> Words:
        """Return the words for brackets and what they hold."""
        words = self.words(node.body)
        if (node.left, node.right) == ("{", "}"):
            words = ["such that" if word == RELATIONS["|"] else word for word in words]
        name = AROUND.get((node.left, node.right))
        if name is not None:
            return [f"the {name} of", *words, *_end(name)]
        return [*_delimiter(node.left), *words, *_delimiter(node.right)]

    def accent(self, node: Accent) -> Words:
        """Return the words for a letter with a mark."""
        return [*self.quantity(node.body), MARKS[node.mark]]

    def styled(self, node: Styled) -> Words:
        """Return the words for letters of another style, where that is part of their name."""
        text = _text(node.body)
        if node.style == "blackboard":
            if _is_taking(node):
                return [f"the {TAKING[text]}"]
            if text in BLACKBOARD:
                return [BLACKBOARD[text]]
        words = self.words(node.body)
        return ["script", *words] if node.style == "calligraphic" else words

    def brace(self, node: Brace) -> Words:
        """Return the words for what a brace holds, and for its label."""
        body = self.quantity(node.body)
        if node.label is None:
            return body
        return [*body, ",", "labelled", *self.words(node.label), *_end("label")]

    def grid(self, node: Grid) -> Words:
        """Return the words for a matrix, cases or aligned lines, row by row."""
        rows = [[self.words(cell) for cell in row] for row in node.rows]
        if node.shape == "aligned":
            return [word for row in rows for cell in ([";"], *row) for word in cell]
        if node.shape == "cases":
            words = [word for at, row in enumerate(rows, 1) for word in _case(at, row)]
            return ["the cases", *words, ";", "end cases", ","]
        name = "determinant" if node.shape == "vmatrix" else "matrix"
        words = [f"the {len(rows)} by {max(map(len, rows))} {name}", ";"]
        for at, row in enumerate(rows, 1):
            cells = [word for cell in row for word in (",", "next", ",", *cell)][3:]
            words += [f"row {at}", ":", *cells, ";"]
        return [*words, f"end {name}", ","]

    # -- scripts ------------------------------------------------------------------------------

    def script(self, node: Script) -> Words:
        """Return the words for a base and its scripts."""
        if isinstance(node.base, Symbol) and node.base.name == "\\xrightarrow":
            labels = [*self.optional(node.above), ",", *self.optional(node.below)]
            return ["arrow labelled", *labels, *_end("label")]
        words = self.quantity(node.base)
        words += [] if node.below is None else self.sub(node.below)
        return words + ([] if node.above is None else self.power(node.above))

    def sub(self, node: Node) -> Words:
        """Return the words for a subscript; one of several signs opens and ends in other words."""
        words = self.words(node)
        return ["sub", *words] if _is_single(node) else ["with index", *words, *_end("index")]

    def power(self, node: Node) -> Words:
        """Return the words for a superscript."""
        if isinstance(node, Row) and len(node.items) > 1 and _text(node.items[0]) == "′":
            return ["prime", *self.power(_tail(node))]
        text = _text(node)
        if text in POWERS:
            return [POWERS[text]]
        words = self.words(node)
        if _role(node) in _NAMES or isinstance(node, Fence):
            name, single, several = "superscript", "superscript", "with superscript"
        else:
            name, single, several = "power", "to the", "to the power of"
        return [single, *words] if _is_single(node) else [several, *words, *_end(name)]

    def quantity(self, node: Node) -> Words:
        """Return the words for what a script or a mark stands on, so that its reach is heard."""
        if _is_single(node) or not isinstance(node, (Row, Script, Symbol, Styled)):
            return self.words(node)
        if isinstance(node, Script) and node.above is None and _is_single(node.base):
            return self.words(node)
        return ["the quantity", *self.words(node), *_end("quantity")]


def _end(name: str) -> Words:
    return [",", f"end {name}", ","]


def _case(number: int, cells: list[Words]) -> Words:
    """Return a value with its condition, which says "if" by itself or is given one."""
    value, condition = cells[0], [word for cell in cells[1:] for word in cell]
    said = condition[:1] in ([], ["if"], ["for"], ["when"], ["where"], ["otherwise"], ["else"])
    return [";", f"case {number}", ":", *value, ",", *([] if said else ["if"]), *condition]


def _delimiter(sign: str) -> Words:
    return [DELIMITERS[sign]] if sign else []


# -- questions about nodes --------------------------------------------------------------------


def _letters(value: Any) -> Iterator[str]:
    """Return every letter of a tree."""
    if isinstance(value, Symbol):
        if value.role == "letter" and value.text.isascii():
            yield value.text
    elif isinstance(value, tuple):
        for part in value:
            yield from _letters(part)


def _flat(row: Row) -> list[Node]:
    """Return the nodes of a row and of the rows in it; digits about `{,}` are one number."""
    items: list[Node] = []
    for item in row.items:
        if isinstance(item, Row) and len(item.items) != 1:
            items += _flat(item)
        elif _role(item) == "number" and len(items) > 1 and _is_point(items[-1]):
            *items, whole, point = items
            text = f"{_text(whole)}{_text(point)}{_text(item)}"
            items.append(Symbol(text, "number", text, item.column))
        else:
            items.append(item)
    return items


def _is_point(node: Node) -> bool:
    return isinstance(node, Row) and _text(node) in (",", ".")


def _base(node: Node) -> Node:
    return node.base if isinstance(node, Script) else node


def _tail(row: Row) -> Node:
    return row.items[1] if len(row.items) == 2 else Row(row.items[1:], row.column)


def _one(node: Node) -> Node:
    """Return the symbol of a group that holds one, else the node itself."""
    while isinstance(node, Row) and len(node.items) == 1:
        node = node.items[0]
    return node


def _role(node: Node) -> str:
    node = _one(node)
    return node.role if isinstance(node, Symbol) else ""


def _text(node: Node) -> str:
    node = _one(node)
    return node.text if isinstance(node, Symbol) else ""


def _is_single(node: Node) -> bool:
    """Say whether a node is one sign or one word, after which nobody waits for an end."""
    node = _one(node)
    if isinstance(node, Styled):
        return _is_single(node.body)
    return isinstance(node, Symbol) and " " not in node.text.strip()


def _is_wide(node: Node) -> bool:
    return _role(node) == "space" and len(_text(node)) > 1


def _is_taking(node: Node) -> TypeGuard[Styled]:
    return isinstance(node, Styled) and node.style == "blackboard" and _text(node.body) in TAKING


def _has_number_beside(items: list[Node], at: int) -> bool:
    return any(_role(item) == "number" for item in (*items[:at][-1:], *items[at + 1 :][:1]))


def _has_operand(rest: list[Node]) -> bool:
    """Say whether something follows that a function can be of."""
    role = next((_role(_base(node)) for node in rest if _role(node) != "space"), "comma")
    return role not in _NO_OPERAND


def _reach(rest: list[Node]) -> int:
    """Return how many of the nodes that follow a sum are its term."""
    before = "large"
    for at, node in enumerate(rest):
        role = _role(_base(node))
        if role in _ENDS_A_TERM or _is_wide(node):
            return at
        if role == "sign" and before not in _BEFORE_A_MINUS:
            return at
        before = before if role == "space" else role
    return len(rest)


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
