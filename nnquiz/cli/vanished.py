"""Cards that were answered and that no bank has any more, each with the way to its new id."""

import os
from typing import TYPE_CHECKING

from nnquiz.cli.banks import open_index
from nnquiz.cli.history import short
from nnquiz.cli.logs import open_log
from nnquiz.errors import NnquizError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnquiz.bank.index import Index
    from nnquiz.history.log import History


def vanished_note() -> list[str]:
    """Return what to say of vanished cards, a line each; nothing where all are there.

    Cards of banks that are not here at all are not missed. No log is made where there is none.
    """
    from nnquiz.paths import locate
    from nnquiz.term.wording import count

    if not os.path.exists(locate(os.environ).history):
        return []
    try:
        with open_index() as index, open_log() as log:
            lines = [
                f"  {short(old)}: nnquiz cards --move {short(old)} {short(new)}"
                for old, new in _vanished(index, log)
            ]
    except NnquizError as error:
        return [f"note: {error}"]
    if not lines:
        return []
    cards = count(len(lines), "card")
    verb = "is" if len(lines) == 1 else "are"
    return [f"note: {cards} that you have answered {verb} in no bank any more", *lines]


def _vanished(index: "Index", log: "History") -> "Iterator[tuple[str, str]]":
    """Yield each vanished card, and the one that has its text now, or NEW where none has."""
    cards, states = index.cards(), log.states()
    there = {card.id for card in cards}
    banks = {card.id.partition("/")[0] for card in cards}
    free = {card.content: card.id for card in cards if card.id not in states}
    for card, state in sorted(states.items()):
        if state.due is not None and card not in there and card.partition("/")[0] in banks:
            contents = [event.content for event in log.answers_of(card)]
            yield card, next((free[one] for one in contents if one in free), "NEW")
