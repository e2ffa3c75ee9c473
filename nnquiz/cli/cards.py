"""`nnquiz cards`: how the cards stand, and the way back for those that were set aside."""

import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from nnquiz.cli.banks import levels, open_index, tags, topics
from nnquiz.cli.history import short
from nnquiz.cli.kinds import chosen_kinds, kind_names
from nnquiz.cli.logs import open_log, this_moment
from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from nnquiz.bank.index import Index
    from nnquiz.model.card import Card
    from nnquiz.model.state import CardState


def cards(
    *,
    topic: Annotated[
        str | None,
        typer.Option(metavar="TOPIC", help="Only this topic.", autocompletion=topics),
    ] = None,
    tag: Annotated[
        str | None, typer.Option(metavar="TAG", help="Only this tag.", autocompletion=tags)
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Only this kind.", autocompletion=kind_names),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(metavar="LEVEL", help="Only core or advanced.", autocompletion=levels),
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Only what is due.")] = False,
    suspended: Annotated[
        bool, typer.Option("--suspended", help="Only what is set aside for good.")
    ] = False,
    buried: Annotated[
        bool, typer.Option("--buried", help="Only what is set aside for today.")
    ] = False,
    leech: Annotated[
        bool, typer.Option("--leech", help="Only what was forgotten time and again.")
    ] = False,
    suspend: Annotated[
        list[str] | None, typer.Option(metavar="CARD", help="Set this card aside.")
    ] = None,
    unsuspend: Annotated[
        list[str] | None, typer.Option(metavar="CARD", help="Take it back, a leech as well.")
    ] = None,
    unbury: Annotated[
        list[str] | None, typer.Option(metavar="CARD", help="Ask it today after all.")
    ] = None,
    forget: Annotated[
        list[str] | None, typer.Option(metavar="CARD", help="Let it begin anew, as a new card.")
    ] = None,
    move: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="OLD NEW", help="Hand the answers of one card over to another."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """List the cards and how they stand, or change that.

    A card is named by its id or shorter, as attention/explain or 12/explain. A change is one more
    record in the log: u in a drill takes it back on the same day.
    """
    changes = {"suspend": suspend, "unsuspend": unsuspend, "unbury": unbury, "forget": forget}
    stands = {"due": due, "suspended": suspended, "buried": buried, "leech": leech}
    if move is None and not any(changes.values()):
        chosen = [name for name, wanted in stands.items() if wanted]
        shown = _Filter(topic, tag, chosen_kinds(kind), level)
        _list(shown, chosen, as_json=as_json)
    elif topic or tag or kind or level or any(stands.values()) or as_json:
        raise BadInput("cards are either listed or changed", "leave out one or the other")
    else:
        _change({name: named or [] for name, named in changes.items()}, move)


def _change(changes: dict[str, list[str]], move: tuple[str, str] | None) -> None:
    from nnquiz.cli import card_changes

    moment = this_moment()
    with open_index() as index, open_log() as log:
        card_changes.change(changes.items(), index, log, moment)
        if move is not None:
            card_changes.move(*move, index, log, moment)


class _Filter(NamedTuple):
    """Which cards are listed."""

    topic: str | None
    tag: str | None
    kinds: "Sequence[str]"
    level: str | None


def _list(shown: _Filter, stands: "Collection[str]", *, as_json: bool) -> None:
    """Print the cards that stand in all of the ways asked for."""
    from nnquiz.model.state import CardState

    day = this_moment().day
    with open_index() as index, open_log() as log:
        found, states = index.cards(None, *shown), log.states()
        weights = log.weights()
        numbers = numbers_of(index) if as_json else {}
    rows = [(card, states.get(card.id) or CardState(card.id)) for card in found]
    rows = [row for row in rows if all(_stands(row[1], name, day) for name in stands)]
    if as_json:
        from json import dumps

        listed = [shape(card, state, numbers, day, weights) for card, state in rows]
        whole = {"schema": "nnquiz.cards/1", "cards": listed}
        sys.stdout.write(dumps(whole, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(rows, day, weights)


def _stands(state: "CardState", name: str, day: int) -> bool:
    """Say whether a card in this state is to be listed for an option."""
    from nnquiz.study.queue import is_set_aside, waits_again

    match name:
        case "due":
            waits = state.due is not None and (state.due <= day or waits_again(state))
            return waits and not is_set_aside(state, day)
        case "suspended":
            return state.suspended
        case "buried":
            return state.buried_on is not None and state.buried_on >= day
        case _:
            return state.leech


def _print(rows: "list[tuple[Card, CardState]]", day: int, weights: tuple[float, ...]) -> None:
    """Print the cards, each with how it stands beside or, in a narrow window, below it."""
    from shutil import get_terminal_size

    from nnquiz.term.standing import describe

    if not rows:
        typer.echo("no such card")
        return
    names = max(len(short(card.id)) for card, _ in rows)
    kinds = max(len(card.kind) for card, _ in rows)
    said = [describe(state, day, weights) for _, state in rows]
    beside = names + kinds + max(map(len, said)) + 4 <= get_terminal_size().columns
    for (card, _), standing in zip(rows, said, strict=True):
        if beside:
            typer.echo(f"{short(card.id):<{names}}  {card.kind:<{kinds}}  {standing}")
        else:
            typer.echo(f"{short(card.id)}\n  {card.kind}, {standing}")


def numbers_of(index: "Index") -> dict[str, int | None]:
    """Return the numbers of the questions, each named `bank/id`."""
    return {f"{line.bank}/{line.id}": line.number for line in index.lines()}


def shape(
    card: "Card",
    state: "CardState",
    numbers: dict[str, int | None],
    day: int,
    weights: tuple[float, ...],
) -> dict[str, object]:
    """Return a card and how it stands as JSON has it."""
    from nnquiz.study.queue import recall
    from nnquiz.term.standing import standing
    from nnquiz.term.wording import date_of

    return {
        "id": card.id,
        "question": numbers.get(card.question),
        "kind": card.kind,
        "state": standing(state, day),
        "due": None if state.due is None else date_of(state.due),
        "retrievability": None if state.due is None else round(recall(state, day, weights), 4),
        "stability": state.stability,
        "difficulty": state.difficulty,
        "reviews": state.reviews,
        "lapses": state.lapses,
        "leech": state.leech,
    }
