"""`nnquiz stats`: what was done, what is remembered, and what is coming."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nnquiz.cli.banks import open_index
from nnquiz.cli.logs import open_log, this_moment

if TYPE_CHECKING:
    from nnquiz.study.stats import Effort, Stats


def stats(
    svg: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write the plots to a new file, as an SVG picture."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Show what you have done, what you remember, and what is coming.

    Minutes a day, recall by week against the desired one, the cards due in the next days, how
    intervals and difficulty are spread, the time that kinds and topics take, the hardest cards.
    Answers that were taken back do not count, and an answer counts as two minutes at most.
    """
    from nnquiz.study.replay import histories
    from nnquiz.study.stats import summarise

    # The arrays are small, and to start OpenBLAS's threads costs 10 ms of numpy's 90.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    today = this_moment().day
    with open_index() as index, open_log() as log:
        cards, topics = index.cards(), {topic.id: topic.title for topic in index.topics()}
        topic_of = {f"{line.bank}/{line.id}": line.topic for line in index.lines()}
        past, states = histories(log.outlines()), log.states()
    found = summarise(past, states, cards, topic_of, today)
    if svg is not None:
        _write_svg(svg, found, today)
    if as_json:
        _print_json(found, today, topics)
    elif not found.days:
        typer.echo("No answers yet. Ten minutes of `nnquiz drill` are a beginning.")
    else:
        _print(found, today, topics)


def _print(found: "Stats", today: int, topics: dict[str, str]) -> None:
    from rich.text import Text

    from nnquiz.cli.history import short
    from nnquiz.term.console import console, takes_ascii_only
    from nnquiz.term.stats import Page

    out = console()
    page = Page(found, today, out.width, ascii_only=takes_ascii_only())
    names = [short(hard.card.id) for hard in found.hardest]
    out.print(Text("\n").join(page.draw(topics, names)))


def _write_svg(path: str, found: "Stats", today: int) -> None:
    from nnquiz.cli.pictures import write_new
    from nnquiz.errors import BadInput
    from nnquiz.term.stats import plots

    drawn = plots(found, today)
    if not drawn:
        raise BadInput("--svg: there are no answers yet to draw", "nnquiz drill")
    write_new(path, drawn)


def _print_json(found: "Stats", today: int, topics: dict[str, str]) -> None:
    from json import dumps

    from nnquiz.study.stats import DIFFICULTIES, INTERVALS
    from nnquiz.term.wording import date_of

    shape = {
        "schema": "nnquiz.stats/1",
        "today": date_of(today),
        "answers": found.answers,
        "seconds": round(found.seconds, 1),
        "days": [
            {
                "day": date_of(one.day),
                "answers": one.answers,
                "seconds": round(one.seconds, 1),
                "crammed": one.crammed,
                "crammed_seconds": round(one.crammed_seconds, 1),
            }
            for one in found.days
        ],
        "weeks": [
            {
                "monday": date_of(one.day),
                "reviews": one.reviews,
                "recalled": one.recalled,
                "desired": round(one.desired, 4),
            }
            for one in found.weeks
        ],
        "due": [
            {"day": date_of(today + ahead), "cards": cards} for ahead, cards in enumerate(found.due)
        ],
        "intervals": _bins(INTERVALS, found.intervals),
        "difficulties": _bins(DIFFICULTIES, found.difficulties),
        "kinds": [{"kind": key, **_effort(one)} for key, one in found.kinds.items()],
        "topics": [
            {"topic": key, "title": topics.get(key, ""), **_effort(one)}
            for key, one in found.topics.items()
        ],
        "hardest": [
            {
                "card": hard.card.id,
                "reviews": hard.reviews,
                "lapses": hard.lapses,
                "difficulty": hard.difficulty,
                "seconds": round(hard.seconds, 1),
            }
            for hard in found.hardest
        ],
    }
    sys.stdout.write(dumps(shape, ensure_ascii=False, indent=2) + "\n")


def _bins(starts: tuple[int, ...], counts: tuple[int, ...]) -> list[dict[str, int]]:
    return [{"from": start, "cards": cards} for start, cards in zip(starts, counts, strict=True)]


def _effort(one: "Effort") -> dict[str, object]:
    return {**one._asdict(), "seconds": round(one.seconds, 1)}
