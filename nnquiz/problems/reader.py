"""What was typed as an answer, read as a number: digits, a unit, arithmetic, and nothing else.

Python's own parser reads the arithmetic; only numbers, six operators and the functions and
constants named here are evaluated, and their size is looked at before they are computed.
"""

import ast
import math
import operator
import re
from collections.abc import Callable

EXPECTED = "I read numbers like 0.25, 1/4, 25%, 2.5e-1 or 7*7*16*32+32"

_LONGEST = 200  # characters
_LARGEST = 10**100
_TOKEN = re.compile(
    r"""\s* (?:
        (?P<grouped> [1-9]\d{0,2} (?:,\d{3})+ (?:\.\d*)? )   # 2,362,368: three digits a comma
      | (?P<number> (?:\d+\.?\d*|\.\d+) (?:e[-+]?\d+)? )
      | (?P<name> [a-z][a-z0-9]* )
      | (?P<operator> \*\*|//|[-+*/^()] )
    )""",
    re.VERBOSE | re.ASCII,
)
_SIGNS = str.maketrans({"−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "÷": "/"})
_CONSTANTS = {"e": math.e, "pi": math.pi}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "ceil": math.ceil,
    "exp": math.exp,
    "floor": math.floor,
    "ln": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
}


class Unreadable(ValueError):  # noqa: N818 -- says what the text is
    """What was typed is no number and no arithmetic; it does not count as an answer."""

    def __init__(self) -> None:
        super().__init__(EXPECTED)


def read(typed: str, unit: str = "") -> float:
    """Return the number that was typed; whole numbers come back exact, as `int`.

    A `%` behind a number divides it by 100, unless percent is the unit that was asked for.

    Args:
        typed: a line as it was typed.
        unit: the unit of the answer wanted, which may stand behind what is typed.

    Raises:
        Unreadable: anything but a number or arithmetic within the limits.

    >>> read("7*7*16*32 + 32"), read("1/4"), read("25%"), read("4.09%", unit="%")
    (25120, 0.25, 0.25, 4.09)
    """
    if len(typed) > _LONGEST:
        raise Unreadable
    text = _without_unit(typed.strip().translate(_SIGNS), unit)
    percent = text.endswith("%")
    tokens = _tokens(text.removesuffix("%").rstrip())
    if percent and "".join(tokens[:-1]) not in {"", "+", "-"}:
        raise Unreadable  # 1/4% could be 0.25 or 0.0025
    try:
        value = _value(ast.parse(" ".join(tokens), mode="eval").body)
        return value / 100 if percent else value
    except (ArithmeticError, SyntaxError, ValueError, MemoryError, RecursionError):
        raise Unreadable from None


def _without_unit(text: str, unit: str) -> str:
    """Take the unit away from the end, in either case, singular or plural."""
    names = {unit.casefold()} - {""}
    if len(unit) > 3:  # s behind a shorter one makes another unit: m and ms
        names |= {unit.casefold().removesuffix("s"), f"{unit.casefold()}s"}
    for name in sorted(names, key=len, reverse=True):
        if text.casefold().endswith(name):
            return text[: -len(name)].rstrip()
    return text


def _tokens(text: str) -> list[str]:
    """Cut the text into numbers, known names and operators, as Python writes them."""
    tokens: list[str] = []
    position, lowered = 0, text.lower()
    while position < len(lowered):
        found = _TOKEN.match(lowered, position)
        if found is None:
            raise Unreadable
        position, token = found.end(), found[found.lastgroup or 0]
        if found.lastgroup == "name" and token not in _FUNCTIONS and token not in _CONSTANTS:
            raise Unreadable
        tokens.append("**" if token == "^" else token.replace(",", ""))  # noqa: S105 -- an operator
    return tokens


def _value(node: ast.expr) -> float:
    """Evaluate one node of the tree, or refuse it."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return _limited(value)
        case ast.Name(id=name) if name in _CONSTANTS:
            return _CONSTANTS[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=symbol, right=right) if type(symbol) in _OPERATIONS:
            return _limited(_OPERATIONS[type(symbol)](_value(left), _value(right)))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _FUNCTIONS:
            return _limited(_FUNCTIONS[name](_value(argument)))
    raise Unreadable


def _limited(value: float) -> float:
    if isinstance(value, complex) or not abs(value) <= _LARGEST:  # also refuses nan
        raise Unreadable
    return value


def _divide(dividend: float, divisor: float) -> float:
    """Divide; two whole numbers that go into each other give a whole number, exactly."""
    if isinstance(dividend, int) and isinstance(divisor, int) and dividend % divisor == 0:
        return dividend // divisor
    return dividend / divisor


def _power(base: float, exponent: float) -> float:
    """Raise to a power whose size is known to be harmless before it is computed."""
    if abs(base) > 1 and exponent * math.log10(abs(base)) > 100:
        raise Unreadable
    power: float = base**exponent
    return power


_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _divide,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: _power,
}
