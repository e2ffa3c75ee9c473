"""The one-line form on several lines, parted where a reader would part it."""

from typing import Final

from nnquiz.tex.cells import cells, fitting

INDENT: Final = 4
"""How far what continues an equation is indented, in cells."""

_RELATIONS: Final = frozenset(
    {*"=<>≤≥≠≈∼∝≡≪≫∈→⇒⇔~", ":=", "<=", ">=", "!=", "~=", "<<", ">>", "->", "=>", "in"}
)
_OPERATORS: Final = frozenset({*"+-±∓", "+-", "-+"})
_CONDITIONS: Final = frozenset({"if", "for", "when", "where", "otherwise"})
_OPENING: Final = frozenset("([{⌊⌈⟨")
_CLOSING: Final = frozenset(")]}⌋⌉⟩")
_BARS: Final = frozenset("|‖")
# What it costs to begin a line at a place; every bracket around it costs as much as all of them.
_EQUATION, _CONDITION, _RELATION, _OPERATOR, _BRACKET, _WORD, _OPERAND = range(7)
_DEEPER: Final = 7


def folded(line: str, width: int) -> list[str]:
    """Return a line of the linear form as lines of at most `width` cells.

    Equations beside each other come apart first. One that is still too wide goes on, indented,
    from a relation, an operator or a space, as far outside of brackets as possible.

    >>> folded("loss = aaaa + bbbb - cccc", 14)
    ['loss = aaaa', '    + bbbb', '    - cccc']
    """
    if cells(line) <= width:
        return [line]
    starts = [at for at, cost in _starts(line) if cost == _EQUATION]
    equations = [line[a:b].strip() for a, b in zip([0, *starts], [*starts, None], strict=True)]
    return [part for equation in equations for part in _folded_equation(equation, width)]


def indent_for(width: int) -> int:
    """Return how far a continued line is indented on a screen of some width."""
    return INDENT if width > 3 * INDENT else 0


def _folded_equation(equation: str, width: int) -> list[str]:
    lines: list[str] = []
    rest, indent = equation, ""
    while cells(rest) > (room := max(width - len(indent), 1)):
        at = _best_start(rest, room)
        lines.append(indent + rest[:at].rstrip())
        rest, indent = rest[at:].lstrip(), " " * indent_for(width)
    return [*lines, indent + rest]


def _starts(line: str) -> list[tuple[int, int]]:
    """Return the offsets at which a line may begin, with what each costs."""
    found: list[tuple[int, int]] = []
    before, word = "", 0  # the word before the blank that was passed last, and where one began
    for at, (sign, depth) in enumerate(zip(line, _depths(line), strict=True)):
        if sign == " ":
            before, word = line[word:at] or before, at + 1
            after = line[at + 1 :].partition(" ")[0]
            if at and after:
                cost = _cost(before, after, is_wide=line[at - 1] == " ")
                found.append((at + 1, cost + _DEEPER * depth if depth else cost))
        elif line[at - 1 : at] == ")" and sign in "/(·*":
            found.append((at, _BRACKET + _DEEPER * depth))
    return found


def _depths(line: str) -> list[int]:
    """Return how many brackets are open before every sign; bars open and close by turns."""
    depths: list[int] = []
    depth = 0
    open_bars: set[str] = set()
    for at, sign in enumerate(line):
        depths.append(depth)
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(depth - 1, 0)
        elif sign in _BARS and line[at + 1 : at + 2] != sign and not _is_between(line, at):
            depth += -1 if sign in open_bars else 1
            open_bars ^= {sign}
    return depths


def _is_between(line: str, at: int) -> bool:
    """Say whether a bar is a relation: there are blanks on both of its sides."""
    left = line[:at].rstrip(line[at])
    return left.endswith(" ") and line[at + 1 : at + 2] == " "


def _cost(before: str, after: str, *, is_wide: bool) -> int:
    """Return what it costs to begin a line between two words."""
    if before in _RELATIONS or before in _OPERATORS:
        return _OPERAND  # the operator belongs to the line that it begins
    if is_wide or before.endswith(";"):
        return _EQUATION
    if after in _CONDITIONS:
        return _CONDITION
    if after in _RELATIONS:
        return _RELATION
    return _OPERATOR if after in _OPERATORS else _WORD


def _best_start(line: str, width: int) -> int:
    """Return where the next line begins best, within `width` cells, or where the width ends."""
    fits = [(at, cost, cells(line[:at].rstrip())) for at, cost in _starts(line)]
    fits = [start for start in fits if start[2] <= width]
    fits = [start for start in fits if start[1] % _DEEPER != _OPERAND] or fits
    # A line that is left nearly empty costs more than a place inside brackets.
    full = [start for start in fits if start[2] * 3 >= width] or fits
    if full:
        return min(full, key=lambda start: (start[1], -start[0]))[0]
    return max(fitting(line, width), 1)
