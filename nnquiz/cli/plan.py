"""`nnquiz plan`: the interview, the minutes until then, and what they are best spent on."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from nnquiz.bank.index import Index
    from nnquiz.model.goal import Goal
    from nnquiz.study.campaign import Campaign
    from nnquiz.study.forecast import Forecast
    from nnquiz.study.learner import Learner

_SCHEMA = "nnquiz.plan/1"
_NONE = ("No interview is planned. To plan one:", "nnquiz plan --interview 2026-12-15 --minutes 20")

_UNPLANNED: dict[str, object] = {"schema": _SCHEMA, "interview": None}


def _weighable(incomplete: str) -> list[str]:
    """Return the topics and tags that a shell may complete, each ready for its number."""
    from nnquiz.cli.banks import tags, topics

    names = [name for name, _ in topics(incomplete)] + tags(incomplete)
    return [f"{name}=" for name in names]


def plan(
    interview: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of the interview: 2026-12-15.")
    ] = None,
    minutes: Annotated[
        str | None,
        typer.Option(metavar="M", help="Minutes a day: 20, or mon=30,sat=60, or 20,sat=60."),
    ] = None,
    off: Annotated[
        list[str] | None,
        typer.Option(metavar="DATE", help="A day without study; several may be given."),
    ] = None,
    on: Annotated[
        list[str] | None, typer.Option(metavar="DATE", help="Study on that day after all.")
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=W",
            help="How much a topic, tag or question matters: 1 is usual, 0 leaves it out.",
            autocompletion=_weighable,
        ),
    ] = None,
    clear: Annotated[
        bool, typer.Option("--clear", help="Plan no longer: ordinary spaced repetition.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Plan the days until an interview, and see what to expect of it.

    With a date set, `nnquiz drill` asks what brings most on that day for the minutes there are.
    Alone, the command shows the plan again as it looks today.
    """
    from nnquiz.cli.banks import open_index
    from nnquiz.cli.goals import Wish, agree
    from nnquiz.cli.logs import this_moment
    from nnquiz.config.goal import load_goal
    from nnquiz.config.load import file_of
    from nnquiz.config.save import set_goal
    from nnquiz.paths import locate

    folder = locate(os.environ).config
    wish = Wish(interview, minutes, off or (), on or (), weight or ())
    if clear:
        if wish:
            raise BadInput("--clear goes with nothing else", "nnquiz plan --clear, then plan anew")
        _clear(file_of(folder), as_json=as_json)
        return
    goal, today = load_goal(folder), this_moment().day
    with open_index() as index:
        if wish:
            goal = agree(wish, goal, today, index)
            set_goal(file_of(folder), goal)
        if goal is None:
            _say(_NONE, _UNPLANNED, as_json=as_json)
        else:
            _show(goal, today, index, as_json=as_json)


def _clear(path: str, *, as_json: bool) -> None:
    from nnquiz.config.options import PLAN
    from nnquiz.config.save import unset

    gone = unset(path, PLAN)
    dropped = "The plan is dropped: drill goes back to ordinary spaced repetition."
    _say([dropped if gone else "No interview was planned."], _UNPLANNED, as_json=as_json)


def _show(goal: "Goal", today: int, index: "Index", *, as_json: bool) -> None:
    """Show what is to be expected, or say why nothing is."""
    from nnquiz.cli.campaigns import read_campaign, read_learner, read_trials
    from nnquiz.cli.goals import unknown_names
    from nnquiz.cli.logs import open_log
    from nnquiz.cli.prices import load_prices, save_prices
    from nnquiz.model.visible import visible
    from nnquiz.paths import locate
    from nnquiz.study.forecast import foresee
    from nnquiz.study.readiness import posterior, widening
    from nnquiz.term.wording import NO_CARD_COUNTS

    # The arrays are small, and to start OpenBLAS's threads costs 10 ms of numpy's 90.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cache = locate(os.environ).cache
    for name in unknown_names(goal, index):
        sys.stderr.write(visible(f'no topic, tag or question "{name}": its weight does nothing\n'))
    with open_log() as log:
        campaign = read_campaign(index, log, goal, today)
        learner = read_learner(log, campaign)
        belief = posterior(read_trials(log), learner.weights)
    if campaign.days < 0 or not campaign.cards:
        lines = _over(goal) if campaign.days < 0 else NO_CARD_COUNTS
        _say(lines, {**_shape(campaign, learner), "share": None}, as_json=as_json)
        return
    known = load_prices(cache, campaign)
    forecast = foresee(campaign, learner, known, belief, wider=widening(campaign.studied))
    if forecast.prices:
        save_prices(cache, campaign, forecast.prices)
    if as_json:
        _say((), {**_shape(campaign, learner), **_expected(forecast)}, as_json=True)
    else:
        _print(campaign, learner, forecast)


def _over(goal: "Goal") -> list[str]:
    from nnquiz.term.wording import date_of

    return [
        f"The interview was on {date_of(goal.interview)}.",
        "To plan for the next one: nnquiz plan --interview DATE",
        "To go on with ordinary repetition: nnquiz plan --clear",
    ]


def _print(campaign: "Campaign", learner: "Learner", forecast: "Forecast") -> None:
    from rich.text import Text

    from nnquiz.term.console import console
    from nnquiz.term.plan import draw_plan, when_is

    page = console()
    if sum(campaign.budgets()) > 0:
        lines = draw_plan(campaign, learner, forecast, page.width)
        page.print(Text("\n").join(lines))
        return
    expected, low, high = (f"{100 * share:.0f}" for share in forecast.stop)
    stop = f"{expected} %" + (f", roughly {low} to {high} %" if low != high else "")
    if not campaign.days:
        _write([f"The interview is today. Expected share recalled: {stop}. Good luck."])
        return
    said = f"No time is left until then. Expected share recalled without another review: {stop}."
    _write([when_is(campaign.goal, campaign.day), said, "To find some: nnquiz plan --minutes 20"])


def _shape(campaign: "Campaign", learner: "Learner") -> dict[str, object]:
    """Return what a plan is made from, as JSON has it."""
    from nnquiz.model.goal import WEEKDAYS
    from nnquiz.term.wording import date_of

    goal = campaign.goal
    return {
        "schema": _SCHEMA,
        "interview": date_of(goal.interview),
        "today": date_of(campaign.day),
        "minutes": dict(zip(WEEKDAYS, goal.minutes, strict=True)),
        "off": [date_of(day) for day in sorted(goal.off)],
        "weights": dict(goal.weights),
        "cards": len(campaign.cards),
        "seconds": learner.seconds._asdict(),
        "kinds": {kind: seconds._asdict() for kind, seconds in learner.kinds.items()},
        "known": {kind: round(known.mean, 4) for kind, known in learner.known.items()},
        "answers": learner.answers,
    }


def _expected(forecast: "Forecast") -> dict[str, object]:
    """Return what is to be expected, as JSON has it."""
    from nnquiz.term.wording import date_of

    shares = {
        "kept": forecast.kept,
        "double": forecast.double,
        "half": forecast.half,
        "stop": forecast.stop,
    }
    return {
        "share": {name: round(share.expected, 4) for name, share in shares.items()},
        "interval": {
            name: [round(share.low, 4), round(share.high, 4)] for name, share in shares.items()
        },
        "unbegun": round(forecast.unbegun, 1),
        "days": [
            {
                "day": date_of(day.ordinal),
                "new": round(day.new, 1),
                "reviews": round(day.reviews, 1),
                "minutes": round(day.seconds / 60, 1),
                "available": round(day.budget / 60, 1),
            }
            for day in forecast.days
        ],
        "topics": [
            {
                "topic": topic.topic,
                "cards": topic.cards,
                "stop": round(topic.without, 4),
                "kept": round(topic.kept, 4),
                "unbegun": round(topic.unbegun, 1),
            }
            for topic in forecast.topics
        ],
    }


def _say(lines: "list[str] | tuple[str, ...]", shape: dict[str, object], *, as_json: bool) -> None:
    """Print lines, or in their place JSON."""
    if as_json:
        from json import dumps

        sys.stdout.write(dumps(shape, ensure_ascii=False, indent=2) + "\n")
    else:
        _write(lines)


def _write(lines: "list[str] | tuple[str, ...]") -> None:
    from nnquiz.term.console import console
    from nnquiz.term.flow import folded

    page = console()
    for line in lines:
        for row in folded(line, page.width):
            page.print(row)
