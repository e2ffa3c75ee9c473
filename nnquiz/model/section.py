"""The parts of a page below the question, and what each is called."""

from typing import Final, Literal

Section = Literal["short", "full", "points", "follow-ups", "pitfalls", "examples", "sources"]

TITLES: "Final[dict[Section, str]]" = {
    "short": "The short answer",
    "full": "The full answer",
    "points": "Key points",
    "follow-ups": "What they ask next",
    "pitfalls": "What people get wrong",
    "examples": "See also",
    "sources": "Sources",
}
"""The title of each part, in their order on a page."""

SECTIONS: "Final[tuple[Section, ...]]" = tuple(TITLES)

WEIGHTS: Final = {3: "must", 2: "should", 1: "bonus"}
"""What the weight of a key point says of it: it must, or should, be said, or is a bonus."""
