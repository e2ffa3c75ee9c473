"""Cards that are forgotten time and again: to ask them once more is time lost for the others."""

from nnquiz.model.state import CardState

LAPSES = 6
"""Lapses after which a card is set aside as a leech."""

_FURTHER = 3  # lapses after which one that was taken back is set aside again: half, as in Anki


def becomes_leech(before: CardState, after: CardState) -> bool:
    """Say whether an answer makes a card a leech, or again one after it was taken back."""
    lapsed = after.lapses > before.lapses
    return lapsed and after.lapses >= LAPSES and (after.lapses - LAPSES) % _FURTHER == 0
