r"""From LaTeX to the tree: recursive descent over the tokens, one method a construct.

What a formula of this field needs is read; everything else is a `TexError` with its column, so
that a mistake is found when a bank is checked and no reader ever meets it. Macros, colours and
catcodes do not exist here.
"""

import re
from typing import Final

from nnquiz.tex.errors import TexError
from nnquiz.tex.symbols import (
    ACCENTS,
    BARS,
    CLOSERS,
    FRACTIONS,
    NEGATED,
    OPENERS,
    PARTNERS,
    SHAPES,
    SIZES,
    STYLES,
    SYMBOLS,
    TEXTS,
    commands,
)
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

LONGEST: Final = 4000  # characters; a formula that fills a page is a mistake
DEEPEST: Final = 60  # constructs within constructs, so that hostile input exhausts no stack

_TOKEN = re.compile(r"[ \t\r\n]*(\\[A-Za-z]+|\\.|[^\\ \t\r\n])", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_DELIMITERS: Final = OPENERS | CLOSERS | BARS
_TEXT_ESCAPES: Final = {"\\" + sign: sign for sign in "%_&#${} "} | {"\\,": " ", "\\;": " "}
# A plus after one of these is a binary operator; after anything else it is a sign.
_BEFORE_AN_OPERAND: Final = frozenset(
    {"sign", "binary", "slash", "relation", "comma", "open", "function", "limit", "large"}
)
_NO_ARGUMENTS: Final = frozenset({"^", "_", "'", *SIZES, *OPENERS, *BARS})
# Where a row of items ends; whoever asked for the row judges whether it may end there.
_ENDS: Final = frozenset({"", "}", "&", "\\\\", "\\end", "\\right", "\\middle", *CLOSERS})


def parse(source: str) -> Node:
    r"""Read a formula, without its dollars.

    Args:
        source: LaTeX of the subset that `nnquiz.tex` documents.

    Returns:
        The tree. It is the only node where there is only one, else a `Row`.

    Raises:
        TexError: the formula is empty, broken, or uses something outside the subset.

    >>> parse(r"\frac{1}{n}").bottom.text
    'n'
    >>> parse("x^^2")
    Traceback (most recent call last):
    nnquiz.tex.errors.TexError: column 3: '^' has nothing to stand on
    """
    if len(source) > LONGEST:
        raise _too_long()
    for index, sign in enumerate(source):
        if not sign.isprintable() and sign not in " \t\r\n":
            raise TexError("a character that cannot be printed", index + 1, sign)
    parser = _Parser(source)
    items = parser.items()
    if parser.here:
        raise parser.misplaced()
    if not items:
        raise TexError("an empty formula", 1, "")
    return _row(items, 1)


def _row(items: list[Node], column: int) -> Node:
    return items[0] if len(items) == 1 else Row(tuple(items), column)


def _ends_an_operand(items: list[Node]) -> bool:
    """Say whether what was read last can stand on the left of a binary operator."""
    for last in reversed(items):
        bare = last.base if isinstance(last, Script) else last
        if not isinstance(bare, Symbol):
            return True
        if bare.role != "space":
            return bare.role not in _BEFORE_AN_OPERAND
    return False


def _too_long() -> TexError:
    return TexError(f"longer than {LONGEST} characters", LONGEST + 1, "")


def _never_closed(token: str, column: int) -> TexError:
    return TexError(f"'{token}' is never closed", column, token)


def _in_text(sign: str, column: int) -> TexError:
    return TexError(f"'{sign}' inside a text", column, sign)


def _unknown_environment(name: str, column: int) -> TexError:
    known = ", ".join(sorted(SHAPES))
    return TexError(f"unknown environment '{name}'; there are {known}", column, name)


def _ends_as_another(begun: str, ended: str, column: int) -> TexError:
    return TexError(f"'{begun}' ends as '{ended}'", column, ended)


class _Parser:
    """A place in the source: `here` is the next token, at `column`, and ends at offset `end`."""

    __slots__ = ("column", "depth", "end", "here", "in_cell", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.here = ""
        self.column = 1
        self.end = 0
        self.depth = 0
        self.in_cell = False
        self.advance()

    def advance(self) -> str:
        """Step over the token, and return it."""
        passed = self.here
        match = _TOKEN.match(self.source, self.end)
        if match is None:
            rest = self.source[self.end :]
            if rest.strip(" \t\r\n"):
                raise TexError("a lone backslash", self.source.rindex("\\") + 1, "\\")
            self.here, self.column = "", len(self.source) + 1
            self.end = len(self.source)
        else:
            self.here = match[1]
            self.column = match.start(1) + 1
            self.end = match.end()
        return passed

    def misplaced(self) -> TexError:
        """Return the error for a token that ends something which was never begun."""
        said = {
            "": "the formula ends too early",
            "}": "'}' closes nothing",
            "&": "'&' stands outside an environment",
            "\\\\": "'\\\\' stands outside an environment",
            "\\end": "'\\end' without '\\begin'",
            "\\right": "'\\right' without '\\left'",
            "\\middle": "'\\middle' outside '\\left' and '\\right'",
        }
        return self.error(said.get(self.here, f"'{self.here}' closes nothing"))

    def error(self, message: str) -> TexError:
        """Return an error about the token that is next."""
        return TexError(message, self.column, self.here)

    def deeper(self) -> None:
        """Enter a construct; whoever does lowers the depth again at its end."""
        if self.depth == DEEPEST:
            raise self.error("nested too deep")
        self.depth += 1

    def baseless(self) -> TexError:
        """Return the error for a script at the start of a row."""
        return self.error(f"'{self.here}' has nothing to stand on")

    def missing(self, what: str) -> TexError:
        """Return the error for an argument that is not there."""
        return self.error(f"{what} is missing")

    def unfit(self, what: str) -> TexError:
        """Return the error for a token that cannot be an argument."""
        return self.error(f"'{self.here}' cannot be {what}")

    # -- rows ---------------------------------------------------------------------------------

    def items(self, bar: str = "") -> list[Node]:
        """Read nodes up to a token that ends a row, or up to the bar that closes a fence."""
        self.deeper()
        items: list[Node] = []
        while True:
            if self.here in _ENDS:
                if not (self.in_cell and self.here in CLOSERS):
                    break
                sign, column = CLOSERS[self.here], self.column
                items.append(Symbol(sign, "close", self.advance(), column))
            elif self.here in SIZES:
                self.advance()
                if self.here not in _DELIMITERS:
                    raise self.error("a size is for a bracket")
            elif bar and BARS.get(self.here) == bar and _ends_an_operand(items):
                break
            elif self.here in ("^", "_", "'"):
                self.scripts_of_last(items)
            else:
                items.extend(self.next_items(items))
        self.depth -= 1
        return items

    def next_items(self, before: list[Node]) -> list[Node]:
        """Read what is next: one node, or several where a bracket of a cell has no partner."""
        if self.here in OPENERS:
            return self.fence(OPENERS[self.here])
        if self.here in BARS:
            return self.bar(before)
        return [self.atom()]

    def scripts_of_last(self, items: list[Node]) -> None:
        """Read scripts and primes, and hang them on the node read last."""
        column = self.column
        if not items or (isinstance(items[-1], Symbol) and items[-1].role == "space"):
            raise self.baseless()
        base = items.pop()
        below: Node | None = None
        above: list[Node] = []
        raised = False
        while self.here in ("^", "_", "'"):
            if self.here == "'":
                if raised:
                    raise self.error("a prime after a superscript")
                above.append(Symbol("′", "postfix", "'", self.column))
                self.advance()
            elif self.here == "_":
                if below is not None:
                    raise self.error("two subscripts on one base")
                below = self.script()
            else:
                if raised:
                    raise self.error("two superscripts on one base")
                above.append(self.script())
                raised = True
        items.append(Script(base, below, _row(above, column) if above else None, base.column))

    def script(self) -> Node:
        """Read what follows `^` or `_`."""
        self.advance()
        if self.here in ("^", "_", "'"):
            raise self.baseless()
        return self.argument("a script")

    # -- arguments ----------------------------------------------------------------------------

    def argument(self, what: str) -> Node:
        """Read a group in braces, or the one token or command that stands for it."""
        if self.here == "{":
            return self.group()
        if self.here in _ENDS:
            raise self.missing(what)
        _, role = SYMBOLS.get(self.here, ("", "letter"))
        if role == "space" or self.here in _NO_ARGUMENTS:
            raise self.unfit(what)
        return self.atom(single_digit=True)

    def group(self) -> Node:
        """Read `{...}`."""
        column, in_cell = self.column, self.in_cell
        self.in_cell = False
        self.advance()
        items = self.items()
        if self.here != "}":
            if self.here == "":
                raise _never_closed("{", column)
            raise self.misplaced()
        self.in_cell = in_cell
        self.advance()
        # A symbol keeps its braces: `{=}` and `{,}` lose the spaces of a relation and a comma.
        return Row(tuple(items), column) if len(items) != 1 else self.grouped(items[0], column)

    @staticmethod
    def grouped(node: Node, column: int) -> Node:
        """Return the one node of a group, in a row where its braces change how it is set."""
        plain = isinstance(node, Symbol) and node.role in ("letter", "number", "word", "text")
        return node if plain or not isinstance(node, Symbol) else Row((node,), column)

    def raw(self) -> tuple[str, int]:
        """Read `{...}` as plain text, and return it with its column; braces must pair."""
        self.advance()
        if self.here != "{":
            raise self.error("the text stands in braces")
        opened, at, depth = self.column, self.end, 1
        pieces: list[str] = []
        while True:
            sign = self.source[at : at + 1]
            if sign == "":
                raise _never_closed("{", opened)
            if sign == "\\":
                sign = self.source[at : at + 2]
                if sign not in _TEXT_ESCAPES:
                    raise _in_text(sign, at + 1)
                pieces.append(_TEXT_ESCAPES[sign])
                at += 2
                continue
            if sign == "$":
                raise _in_text(sign, at + 1)
            depth += (sign == "{") - (sign == "}")
            at += 1
            if depth == 0:
                break
            if sign not in "{}":
                pieces.append(" " if sign in "~\t\r\n" else sign)
        self.end = at
        self.advance()
        return "".join(pieces), opened + 1

    # -- atoms --------------------------------------------------------------------------------

    def atom(self, *, single_digit: bool = False) -> Node:
        """Read one node that is no bracket and no script."""
        name, column = self.here, self.column
        if name in SYMBOLS:
            sign, role = SYMBOLS[name]
            self.advance()
            return Symbol(sign, role, name, column)
        if name == "{":
            return self.group()
        if name.isdecimal() and name.isascii():
            return self.number(single_digit=single_digit)
        if len(name) == 1 and name.isalpha():
            self.advance()
            return Symbol(name, "letter", name, column)
        return self.structure()

    def number(self, *, single_digit: bool) -> Node:
        """Read digits that stand together, with one decimal point inside them."""
        column, start = self.column, self.column - 1
        stop = start + 1
        if not single_digit:
            found = _NUMBER.match(self.source, start)
            stop = found.end() if found is not None else stop
        text = self.source[start:stop]
        self.end = stop
        self.advance()
        return Symbol(text, "number", text, column)

    def structure(self) -> Node:
        """Read a command that takes arguments."""
        read = _STRUCTURES.get(self.here)
        if read is None:
            raise self.unknown()
        self.deeper()
        node = read(self)
        self.depth -= 1
        return node

    def fraction(self) -> Node:
        r"""Read `\frac` or one of its sizes."""
        column = self.column
        self.advance()
        return Fraction(self.argument("a numerator"), self.argument("a denominator"), column)

    def accent(self) -> Node:
        """Read a hat, a bar or another mark, and what carries it."""
        mark, column = ACCENTS[self.here], self.column
        self.advance()
        return Accent(mark, self.argument("what carries the accent"), column)

    def styled(self) -> Node:
        """Read letters of another style."""
        style, column = STYLES[self.here], self.column
        self.advance()
        return Styled(style, self.argument("what is styled"), column)

    def text(self) -> Node:
        """Read words."""
        name, column = self.here, self.column
        words, _ = self.raw()
        return Symbol(words, "text", name, column)

    def unknown(self) -> TexError:
        """Return the error for a token outside the subset, with a likely meaning."""
        if not self.here.startswith("\\"):
            written = " (write '\\%')" if self.here == "%" else ""
            return self.error(f"'{self.here}' has no meaning here{written}")
        from difflib import get_close_matches

        near = get_close_matches(self.here, commands(), n=1)
        asked = f"; did you mean '{near[0]}'?" if near else ""
        return self.error(f"unknown command '{self.here}'{asked}")

    def root(self) -> Node:
        r"""Read `\sqrt`, with an index in square brackets."""
        column = self.column
        self.advance()
        degree: Node | None = None
        if self.here == "[":
            opened, in_cell = self.column, self.in_cell
            self.in_cell = False
            self.advance()
            items = self.items()
            if self.here != "]":
                raise _never_closed("[", opened)
            if not items:
                raise self.error("the root's index is missing")
            self.in_cell = in_cell
            self.advance()
            degree = _row(items, opened)
        return Root(self.argument("what is under the root"), degree, column)

    def roman(self) -> Node:
        r"""Read `\mathrm`: a name, a unit, or a formula set upright."""
        column = self.column
        self.advance()
        if self.here != "{":
            return Styled("roman", self.argument("what is styled"), column)
        close = self.source.find("}", self.end)
        name = self.source[self.end : close].strip() if close >= 0 else ""
        if not _NAME.fullmatch(name):
            return Styled("roman", self.argument("what is styled"), column)
        self.end = close + 1
        self.advance()
        return Symbol(name, "word" if len(name) > 1 else "letter", "\\mathrm", column)

    def operator(self) -> Node:
        r"""Read `\operatorname` or `\operatorname*`, whose scripts are limits."""
        column = self.column
        starred = self.source[self.end : self.end + 1] == "*"
        if starred:
            self.end += 1
        text, at = self.raw()
        name = " ".join(text.split())
        if not name:
            raise TexError("an operator without a name", at, "}")
        return Symbol(name, "limit" if starred else "function", "\\operatorname", column)

    def brace(self) -> Node:
        r"""Read `\underbrace` or `\overbrace` with the label at its tip."""
        column, under = self.column, self.here == "\\underbrace"
        self.advance()
        body = self.argument("what the brace holds")
        label: Node | None = None
        if self.here == ("_" if under else "^"):
            label = self.script()
        return Brace(body, label, "under" if under else "over", column)

    def arrow(self) -> Node:
        r"""Read `\xrightarrow[below]{above}`."""
        column = self.column
        self.advance()
        below: Node | None = None
        if self.here == "[":
            opened, in_cell = self.column, self.in_cell
            self.in_cell = False
            self.advance()
            below = _row(self.items(), opened)
            if self.here != "]":
                raise _never_closed("[", opened)
            self.in_cell = in_cell
            self.advance()
        above = self.argument("what stands over the arrow")
        return Script(Symbol("→", "relation", "\\xrightarrow", column), below, above, column)

    def negation(self) -> Node:
        r"""Read `\not` and the relation it denies."""
        column = self.column
        self.advance()
        sign, role = SYMBOLS.get(self.here, ("", "letter"))
        if self.here in BARS:
            sign, role = BARS[self.here], "relation"
        if role != "relation" or sign not in NEGATED:
            raise self.error("'\\not' is for a relation")
        self.advance()
        return Symbol(NEGATED[sign], "relation", "\\not", column)

    # -- brackets -----------------------------------------------------------------------------

    def fence(self, left: str) -> list[Node]:
        """Read a bracket and what it holds."""
        token, column = self.here, self.column
        in_cell, self.in_cell = self.in_cell, False
        self.advance()
        items = self.items()
        self.in_cell = in_cell
        right = CLOSERS.get(self.here, "")
        if right and right in PARTNERS[left]:
            self.advance()
            return [Fence(left, _row(items, column), right, column)]
        if in_cell and self.here in ("&", "\\\\", "\\end"):
            return [Symbol(left, "open", token, column), *items]
        raise _never_closed(token, column)

    def bar(self, before: list[Node]) -> list[Node]:
        """Read a bar: an absolute value or a norm where it can be one, else a condition."""
        token, column, sign = self.here, self.column, BARS[self.here]
        if _ends_an_operand(before) and not self.bar_ahead(sign):
            self.advance()
            return [Symbol(sign, "relation", token, column)]
        self.advance()
        items = self.items(bar=sign)
        if BARS.get(self.here) != sign:
            raise _never_closed(token, column)
        self.advance()
        return [Fence(sign, _row(items, column), sign, column)]

    def bar_ahead(self, sign: str) -> bool:
        """Say whether another such bar follows within the same brackets."""
        depth, at = 0, self.end
        while (match := _TOKEN.match(self.source, at)) is not None:
            token, at = match[1], match.end()
            if BARS.get(token) == sign and depth == 0:
                return True
            if token in OPENERS or token in ("{", "\\left", "\\begin"):
                depth += 1
            elif token in CLOSERS or token in ("}", "\\right", "\\end"):
                depth -= 1
            if depth < 0 or (depth == 0 and token in ("&", "\\\\")):
                break
        return False

    def stretched(self) -> Node:
        r"""Read `\left ... \right`."""
        column, in_cell = self.column, self.in_cell
        self.in_cell = False
        self.advance()
        left = self.delimiter()
        items = self.items()
        while self.here == "\\middle":
            at = self.column
            self.advance()
            items.append(Symbol(self.delimiter(), "relation", "\\middle", at))
            items.extend(self.items())
        if self.here != "\\right":
            raise TexError("'\\left' without '\\right'", column, "\\left")
        self.in_cell = in_cell
        self.advance()
        return Fence(left, _row(items, column), self.delimiter(), column)

    def delimiter(self) -> str:
        r"""Read what follows `\left`, `\middle` or `\right`; a point is an empty one."""
        sign = "" if self.here == "." else _DELIMITERS.get(self.here)
        if sign is None:
            raise self.error("a delimiter is missing")
        self.advance()
        return sign

    # -- grids --------------------------------------------------------------------------------

    def grid(self) -> Node:
        r"""Read `\begin{...} ... \end{...}`."""
        column = self.column
        name, at = self.raw()
        shape = SHAPES.get(name)
        if shape is None:
            raise _unknown_environment(name, at)
        in_cell, self.in_cell = self.in_cell, True
        rows: list[tuple[Node, ...]] = []
        cells: list[Node] = []
        while True:
            start = self.column
            cells.append(_row(self.items(), start))
            if self.here == "&":
                self.advance()
                continue
            rows.append(tuple(cells))
            cells = []
            if self.here != "\\\\":
                break
            self.advance()
        if self.here != "\\end":
            raise TexError("'\\begin' without '\\end'", column, "\\begin")
        ended, at = self.raw()
        if ended != name:
            raise _ends_as_another(name, ended, at)
        self.in_cell = in_cell
        if len(rows) > 1 and rows[-1] == (Row((), rows[-1][0].column),):
            rows.pop()
        return Grid(shape, tuple(rows), column)


_STRUCTURES: Final = {
    **dict.fromkeys(FRACTIONS, _Parser.fraction),
    **dict.fromkeys(ACCENTS, _Parser.accent),
    **dict.fromkeys(STYLES, _Parser.styled),
    **dict.fromkeys(TEXTS, _Parser.text),
    "\\sqrt": _Parser.root,
    "\\left": _Parser.stretched,
    "\\begin": _Parser.grid,
    "\\mathrm": _Parser.roman,
    "\\operatorname": _Parser.operator,
    "\\underbrace": _Parser.brace,
    "\\overbrace": _Parser.brace,
    "\\xrightarrow": _Parser.arrow,
    "\\not": _Parser.negation,
}
