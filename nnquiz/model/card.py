"""A card: the unit that is asked, graded and scheduled."""

from typing import NamedTuple


class Card(NamedTuple):
    """One thing to recall.

    `id` is `bank/question/name` and stable for ever. `question` is `bank/question`: cards that
    share it are siblings. Cards with the same `group` are variants of one fact and never share a
    day. `content` is a hash of kind, prompt and answer: it serves to say "changed since you last
    saw it" and to offer a move, and never alters the schedule.
    """

    id: str
    question: str
    kind: str
    group: str
    content: str
