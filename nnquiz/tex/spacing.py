"""What stands beside what: the spaces between two neighbours in a row, in every form."""

from typing import Final, Literal

Kind = Literal[
    "operand",
    "scripted",
    "number",
    "word",
    "fence",  # begins with a bracket that the author wrote
    "bars",  # begins with a bar: a size or a norm
    "bracketed",  # begins with a bracket that a form added
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

OF_ROLE: "Final[dict[str, Kind]]" = {
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
"""The kind of a symbol by its role in the tree; a text has one by its own spaces."""

_LEADS_TO_AN_OPERAND: Final = frozenset(
    {"sign", "minus", "binary", "slash", "relation", "comma", "open", "function", "large", "text"}
)
_SPACED: Final = frozenset({"sign", "binary", "relation", "dots"})


def leads(before: Kind | None) -> bool:
    """Say whether a plus or minus after it belongs to the operand that follows."""
    return before is None or before in _LEADS_TO_AN_OPERAND


def gap(before: Kind | None, after: Kind, space: str) -> str | None:  # noqa: PLR0911 -- a table
    """Return what stands between two neighbours, or None between two factors.

    What keeps factors apart depends on how they are drawn, so that a form decides it.

    Args:
        before: the left one; None at the beginning of a row.
        after: the right one.
        space: the blanks that the author put there.
    """
    if before is None or before in ("minus", "open") or after == "close":
        return ""
    wide = space if len(space) > 1 else ""
    if after in ("comma", "postfix") or "glue" in (before, after):
        return ""
    if before == "relation" and after == "relation" and not space:
        return ""  # := and the like are one sign
    if "slash" in (before, after):
        return ""
    if before == "comma" or before in _SPACED or after in _SPACED:
        return wide or " "
    if "text" in (before, after):
        return wide or " "
    if before in ("function", "large") or after in ("function", "large"):
        holds = before == "function" and after in ("fence", "bracketed")
        return "" if holds else wide or " "
    return wide or None
