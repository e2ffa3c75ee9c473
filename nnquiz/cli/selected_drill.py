"""A drill of what is waiting, or of what somebody chose instead, and what is said before it."""

from typing import TYPE_CHECKING

from nnquiz.study.agenda import look_ahead
from nnquiz.study.selection import select

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nnquiz.bank.shelf import Shelf
    from nnquiz.history.log import History
    from nnquiz.model.settings import Settings
    from nnquiz.study.agenda import Outlook
    from nnquiz.study.selection import Selection, Wish
    from nnquiz.study.sitting import Sitting

_ALL_SET_ASIDE = ["All cards of these questions are set aside for today."]
_NONE_FAILED = ["No answer of today was Again."]
_NONE_BEGUN = ["No card has been begun yet; `nnquiz drill` begins some."]


def selected_drill(
    wish: "Wish",
    shelf: "Shelf",
    log: "History",
    day: int,
    *,
    settings: "Settings",
    filters: "Sequence[str]",
    begin: "Callable[..., Sitting]",
) -> "tuple[Sitting | None, list[str]]":
    """Return the drill, or None where there is nothing to ask, and what is said before it.

    Args:
        wish: what somebody asked for.
        shelf: the cards to choose from.
        log: the review log.
        day: the study day, as an ordinal.
        settings: minutes and new cards a day, desired retention.
        filters: the options that chose the shelf, as they were said.
        begin: begins a sitting with cards and their states.
    """
    today = log.today(day)
    chosen = select(
        wish,
        shelf,
        today,
        states=log.states_of,
        settings=settings,
    )
    agenda = chosen.agenda
    if not chosen.order:
        if agenda is None:
            return None, _NONE_FAILED if wish.failed else _NONE_BEGUN
        if wish.named:
            return None, _ALL_SET_ASIDE
        return None, _nothing_due(look_ahead(shelf, today, settings, agenda), day, filters)
    states = log.states_of([card.id for card in chosen.order])
    sitting = begin(chosen.order, states, minutes=wish.minutes, cram=wish.cram)
    said = (
        [] if agenda is None or wish.named else _waiting(chosen, wish.minutes or settings.minutes)
    )
    return sitting, said


def _waiting(chosen: "Selection", minutes: int) -> list[str]:
    """Say what is waiting, and how much of it is asked now where that is less."""
    from nnquiz.term import wording

    agenda, asked = chosen.agenda, len(chosen.order)
    assert agenda is not None  # noqa: S101 -- for mypy: what is waiting was looked at
    new = len(agenda.waiting.new)
    line = wording.waiting(agenda.reviews, new, agenda.seconds)
    if chosen.tonight is not None and chosen.tonight <= asked:
        elsewhere = wording.waiting_elsewhere(minutes, chosen.tonight, helping=chosen.helping)
        return [line, elsewhere]
    return [line if asked >= agenda.reviews + new else f"{line}; {asked} of them now"]


def _nothing_due(outlook: "Outlook", today: int, filters: "Sequence[str]") -> list[str]:
    """Say when something is due next, and how to study now all the same."""
    from nnquiz.term import wording

    command = " ".join(["nnquiz drill", *filters])
    lines = ["Nothing is due."]
    if outlook.next_due is not None:
        when = wording.when(outlook.next_due, today)
        lines += [f"The next card is due {when}. To go over the weakest now:", f"{command} --weak"]
    if outlook.held_back:
        new = wording.count(outlook.held_back, "new card")
        lines += [f"{new} for the next days. To begin some now:", f"{command} --new 5"]
    return lines
