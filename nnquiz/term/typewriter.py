"""The alphabet of a typewriter: prose, diagrams and the marks of a page in ASCII.

Formulas have an alphabet of their own (`nnquiz.tex.ascii`), whose spelling of signs is used here.
"""

import re
from itertools import pairwise
from typing import Final

from nnquiz.model.visible import visible
from nnquiz.term.spans import cells
from nnquiz.tex.ascii import spelt

# Marks of the page and lines of diagrams: each is one cell wide in either alphabet, so that
# nothing moves.
_MARKS: Final[dict[int, int | str]] = {
    **dict.fromkeys(map(ord, "─━═╌┄"), "-"),
    **dict.fromkeys(map(ord, "│┃║╎┆"), "|"),
    **dict.fromkeys(map(ord, "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬"), "+"),
    **dict.fromkeys(map(ord, "→▶►▷"), ">"),
    **dict.fromkeys(map(ord, "←◀◄◁"), "<"),
    **dict.fromkeys(map(ord, "↑▲△"), "^"),
    **dict.fromkeys(map(ord, "↓▼▽"), "v"),
    **dict.fromkeys(map(ord, "█▓▒░■"), "#"),
    **str.maketrans("╱╲•◦▪…", "/\\*o-~"),
}
_PROSE: Final = (
    "ø o Ø O ł l Ł L đ d Đ D ð d þ th ı i ß ss æ ae Æ AE œ oe Œ OE µ u ½ 1/2 ¼ 1/4 ¾ 3/4 ⁄ / "
    '• * ° deg © (c) ® (R) € EUR « " » " „ " ‚ \' ″ " \u2011 - \u2012 - ⁻ - ₋ -'
)
# What prose has and formulas do not, what is not seen at all, and control characters, which
# `visible` shows as pictures, by their codes.
_TYPED: Final[dict[int, str]] = {
    **dict(zip(map(ord, _PROSE.split()[::2]), _PROSE.split()[1::2], strict=True)),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\ufeff"), ""),
    **{0x2400 + code: f"\\x{code:02x}" for code in range(0x20)},
    ord("␡"): "\\x7f",
}
# Digits in the air would fall down: 10² is not 102.
_RAISED: Final = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿ]+")


def typed(text: str) -> str:
    """Return a text in ASCII: signs as they are typed, letters without marks."""
    return spelt(_RAISED.sub(r"^\g<0>", visible(text)).translate(_TYPED))


def typed_diagram(line: str) -> str:
    """Return a line of code or of a diagram in ASCII, with its columns where they were.

    A sign that takes more cells than before takes them from the blanks or dashes behind it.
    """
    signs: list[str] = []
    owed = 0
    for sign, after in pairwise(f"{line}\n"):
        if owed > 0 and sign == after and sign in " ─":
            owed -= 1
            continue
        plain = typed(sign.translate(_MARKS))
        signs.append(plain)
        owed += 0 if sign == "\t" else len(plain) - cells(visible(sign))
    return "".join(signs)


def typed_marks(text: str) -> str:
    """Return the marks that the program itself sets, in ASCII."""
    return text.translate(_MARKS)
