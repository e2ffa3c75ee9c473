"""How wide a text is in a terminal: a cell a sign, none for a combining mark, two for a wide one.

Every measure of this package is in cells. The classes are those of Unicode Standard Annex 11.
"""

from unicodedata import category, east_asian_width


def cells(text: str) -> int:
    """Return the width of a text in cells.

    >>> cells("x\u0302 + 1")
    5
    >>> cells("組")
    2
    """
    return len(text) if text.isascii() else sum(map(_cells_of_sign, text))


def fitting(text: str, width: int) -> int:
    """Return how many signs of a text fit into a width; marks stay with their letter.

    >>> fitting("組組", 3)
    1
    """
    used = 0
    for at, sign in enumerate(text):
        used += _cells_of_sign(sign)
        if used > width:
            return at
    return len(text)


def _cells_of_sign(sign: str) -> int:
    if sign < "\u0300":
        return 1
    if east_asian_width(sign) in "WF":
        return 2
    return 0 if category(sign) in ("Mn", "Me", "Cf") else 1
