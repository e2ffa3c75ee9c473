"""What `nnquiz cards` changes: one record in the log for each, and a line that says so."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

import typer

from nnquiz.cli.card_names import find_card, find_recorded
from nnquiz.cli.history import short
from nnquiz.errors import BadInput
from nnquiz.model.event import FORGET, MOVE, SUSPEND, UNBURY, UNSUSPEND

if TYPE_CHECKING:
    from nnquiz.bank.index import Index
    from nnquiz.history.log import History
    from nnquiz.model.moment import Moment
    from nnquiz.model.state import CardState


class Change(NamedTuple):
    """A record that changes how a card stands.

    Attributes:
        kind: of the record.
        due_to: whether a card in this state can be changed so.
        done: what is said of the card afterwards.
        idle: what is said of a card that cannot be changed so.
    """

    kind: str
    due_to: "Callable[[CardState], bool]"
    done: str
    idle: str


CHANGES = {
    "suspend": Change(
        SUSPEND,
        lambda state: not state.suspended,
        "is set aside; nnquiz cards --unsuspend takes it back",
        "was set aside already",
    ),
    "unsuspend": Change(
        UNSUSPEND, lambda state: state.suspended, "is asked again", "was not set aside"
    ),
    "unbury": Change(
        UNBURY, lambda state: state.buried_on is not None, "is asked today", "was not buried"
    ),
    "forget": Change(
        FORGET, lambda state: state.due is not None, "begins anew", "was never answered"
    ),
}


def change(
    wanted: Iterable[tuple[str, Iterable[str]]], index: "Index", log: "History", moment: "Moment"
) -> None:
    """Record the changes, each of `CHANGES` with its cards, and say what was done.

    Raises:
        BadInput: a name is not a card's; then nothing was changed.
    """
    found = [(CHANGES[name], find_card(card, index)) for name, cards in wanted for card in cards]
    for row, card in found:
        if row.due_to(log.state(card.id)):
            log.record(row.kind, card.id, moment=moment, content=card.content)
            typer.echo(f"{short(card.id)} {row.done}")
        else:
            typer.echo(f"{short(card.id)} {row.idle}")


def move(old: str, new: str, index: "Index", log: "History", moment: "Moment") -> None:
    """Hand the answers of one card over to another one, which may have its own.

    Raises:
        BadInput: one of them is not known, or both are one; then nothing was changed.
    """
    source, target = find_recorded(old, index, log), find_card(new, index).id
    if source == target:
        message = f"{short(source)} cannot be moved to itself"
        raise BadInput(message, "nnquiz cards --move OLD NEW")
    if not log.state(source).event:
        message = f"{short(source)} has no answers to move"
        raise BadInput(message, "the old card comes first: nnquiz cards --move OLD NEW")
    log.record(MOVE, source, moment=moment, target=target)
    reviews = log.state(target).reviews
    answers = "1 answer" if reviews == 1 else f"{reviews} answers"
    typer.echo(f"{short(target)} has {answers} now, with those of {short(source)}")
