"""`nnquiz history`: the last answers, and what keeps the log sound and lets it travel."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nnquiz.cli.logs import open_log
from nnquiz.errors import BadInput, NnquizError

if TYPE_CHECKING:
    from nnquiz.history.log import Difference
    from nnquiz.model.event import Event

_SHOWN = 20  # answers, unless it is said
_NAMED = 3  # cards of which a difference is told


def history(
    ctx: typer.Context,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Show the last N answers.")
    ] = _SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Show the last answers; verify or exchange the log.

    The newest answer comes first: when it was given, to which card, how it was graded, how long
    it took, and when the card was due then.
    """
    if ctx.invoked_subcommand is not None:
        if as_json or limit != _SHOWN:
            raise BadInput("--limit and --json are for the answers", "nnquiz history --json")
        return
    with open_log() as log:
        answers = [(event, log.stands(event)) for event in log.answers(limit)]
    if as_json:
        _print_json(answers)
    else:
        _print(answers)


def verify() -> None:
    """Replay the whole log and compare the states with it.

    The exit code is 1 where a state is not what the answers lead to.
    """
    from nnquiz.history.names import kept
    from nnquiz.term.wording import count

    with open_log() as log:
        differences = log.verify()
        states = len(log.states())
    if differences:
        raise NnquizError(_wrong(differences), "nnquiz history rebuild")
    typer.echo(f"{count(states, 'card')}: every state is what the log leads to")
    for name in kept(_path(), "damaged"):
        typer.echo(f"set aside when it was damaged: {name}")


def rebuild() -> None:
    """Compute every state anew from the log.

    The log itself stays as it is.
    """
    from nnquiz.term.wording import count

    with open_log() as log:
        states = log.rebuild()
    typer.echo(f"{count(states, 'state')} computed from the log")


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help='Where to; "-" is standard output.')],
    force: Annotated[bool, typer.Option("--force", help="Replace FILE whatever it holds.")] = False,
) -> None:
    """Write the log to a file, as JSON lines.

    An older export of the same log is replaced; any other file only with --force.
    """
    from nnquiz.history.transfer import STANDARD, export_history
    from nnquiz.term.wording import count

    with open_log() as log:
        events = export_history(log, file, force=force)
    if file != STANDARD:
        typer.echo(f"{count(events, 'event')} written to {file}")


def import_events(
    file: Annotated[str, typer.Argument(metavar="FILE", help='An export; "-" is standard input.')],
) -> None:
    """Add the events of an exported file.

    What is here already is passed over, so that it does no harm to import a file again. Where one
    line is wrong, nothing is imported.
    """
    from nnquiz.history.transfer import import_history
    from nnquiz.term.wording import count

    with open_log() as log:
        new, known = import_history(log, file)
    typer.echo(f"{count(new, 'new event')}, {known} here already")


def _path() -> str:
    from nnquiz.paths import locate

    return locate(os.environ).history


def _wrong(differences: "list[Difference]") -> str:
    """Say in one line which states are not what the log leads to."""
    names = [short(difference.replayed.card) for difference in differences[:_NAMED]]
    more = f" and {len(differences) - _NAMED} more" if len(differences) > _NAMED else ""
    verb = "state is" if len(differences) == 1 else "states are"
    return f"{len(differences)} {verb} not what the log leads to: {', '.join(names)}{more}"


def short(card: str) -> str:
    """Return a card's id as a person would type it: without the bank, where that is ours."""
    from nnquiz.bank.index import OURS
    from nnquiz.model.visible import visible_line

    return visible_line(card.removeprefix(f"{OURS}/"))


def _print(answers: "list[tuple[Event, bool]]") -> None:
    if not answers:
        typer.echo("no answers yet")
        return
    width = max(len(short(event.card)) for event, _ in answers)
    for event, stands in answers:
        typer.echo(answer_line(event, f"{short(event.card):<{width}}  ", stands=stands))


def answer_line(event: "Event", card: str = "", *, stands: bool) -> str:
    """Return an answer on one line: its time, its card where that is given, and what came of it."""
    line = f"{_when(event)}  {card}{_outcome(event)}"
    return line if stands else f"{line}  taken back"


def _when(event: "Event") -> str:
    """Return the time of an answer as the clock on the wall had it."""
    from time import gmtime, strftime

    return strftime("%Y-%m-%d %H:%M", gmtime(event.clock // 1000 + event.offset * 60))


def _outcome(event: "Event") -> str:
    from nnquiz.model.event import AGAIN, CRAM
    from nnquiz.term.wording import GRADES, date_of

    grade = GRADES[(event.grade or AGAIN) - 1]
    seconds = "" if event.seconds is None else f"{event.seconds:.0f} s"
    then = "cram" if event.kind == CRAM else ""
    if event.due is not None:
        then = "again today" if event.due <= event.day else f"due {date_of(event.due)}"
    return f"{grade:<5}  {seconds:>5}  {then}".rstrip()


def _print_json(answers: "list[tuple[Event, bool]]") -> None:
    from json import dumps

    shape = {
        "schema": "nnquiz.answers/1",
        "answers": [answer_shape(event, stands=stands) for event, stands in answers],
    }
    sys.stdout.write(dumps(shape, ensure_ascii=False, indent=2) + "\n")


def answer_shape(event: "Event", *, stands: bool) -> dict[str, object]:
    """Return an answer as JSON has it."""
    from nnquiz.term.wording import date_of

    return {
        "id": event.id,
        "kind": event.kind,
        "card": event.card,
        "time": _iso(event),
        "day": date_of(event.day),
        "grade": event.grade,
        "seconds": event.seconds,
        "due": None if event.due is None else date_of(event.due),
        "typed": event.typed,
        "problem": event.problem,
        "taken_back": not stands,
    }


def _iso(event: "Event") -> str:
    """Return when an event was, in UTC: 2026-11-22T18:03:00Z."""
    from time import gmtime, strftime

    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(event.clock // 1000))
