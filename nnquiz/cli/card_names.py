"""Cards by the names that people type: `attention/explain`, `12/explain`, or the whole id."""

from typing import TYPE_CHECKING

from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from nnquiz.bank.index import Index
    from nnquiz.history.log import History
    from nnquiz.model.card import Card

_LISTED = 12  # cards that a message names


def find_card(name: str, index: "Index") -> "Card":
    """Return the card of a name.

    A name is a whole id, or that of a question followed by the card's or its beginning; a
    question that has one card stands for it, and so does a card's name that only one card has.

    Raises:
        BadInput: there is no such card, or more than one.
    """
    parts = name.strip().strip("/").split("/")
    refusal = None
    behind_bank = len(parts) > 1 and parts[0] in {line.bank for line in index.lines()}
    for split in (2, 1) if behind_bank else (1,):
        try:
            question = index.resolve("/".join(parts[:split]))
        except BadInput as error:
            refusal = refusal or error
            continue
        return _among(index.cards(questions=[question]), "/".join(parts[split:]), name)
    named = [card for card in index.cards() if _within(card) == name]
    if len(named) == 1:
        return named[0]
    raise refusal or BadInput("a card has a name", "nnquiz cards")


def find_recorded(name: str, index: "Index", log: "History") -> str:
    """Return the id of a card that the log knows, whether or not a bank still has it.

    Raises:
        BadInput: there is no such card, or more than one.
    """
    known = log.states()
    if name in known:
        return name
    gone = [card for card in known if card.endswith(f"/{name}")]
    if len(gone) == 1:
        return gone[0]
    if gone:
        raise _ambiguous(name, gone)
    return find_card(name, index).id


def _among(cards: "list[Card]", wanted: str, name: str) -> "Card":
    """Return the card of one question that is wanted, or begins so."""
    for card in cards:
        if _within(card) == wanted:
            return card
    found = [card for card in cards if _within(card).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(name, [card.id for card in found])
    raise _unknown(name, wanted, [_within(card) for card in cards])


def _within(card: "Card") -> str:
    """Return the name of a card within its question."""
    return card.id.removeprefix(f"{card.question}/")


def _ambiguous(name: str, cards: list[str]) -> BadInput:
    listed = " or ".join(cards[:_LISTED]) + (" or others" if len(cards) > _LISTED else "")
    return BadInput(f'"{name}" may be {listed}')


def _unknown(name: str, wanted: str, names: list[str]) -> BadInput:
    from nnquiz.bank.names import did_you_mean

    near = did_you_mean(wanted, names)
    what = f'no card "{name}"'
    listed = ", ".join(names[:_LISTED]) + (", ..." if len(names) > _LISTED else "")
    return BadInput(f"{what}; {near}" if near else what, f"cards of the question: {listed}")
