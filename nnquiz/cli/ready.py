"""`nnquiz ready`: the share of the cards that would be recalled on a day, honestly."""

import os
import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from nnquiz.cli.banks import open_index, shown_name, shown_number
from nnquiz.cli.logs import open_log, this_moment
from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnquiz.model.event import Outline
    from nnquiz.model.goal import Goal
    from nnquiz.model.listing import QuestionLine, Topic
    from nnquiz.study.calibration import Calibration
    from nnquiz.study.campaign import Campaign
    from nnquiz.study.learner import Learner
    from nnquiz.study.outlook import Part
    from nnquiz.study.readiness import Posterior

_NAMED = 3  # questions that a command for a topic asks
_SHORT = 30  # letters of such a command, unless one name alone takes more
_LISTED = 40  # questions that were not begun and are named

_NOTHING_YET = """\
Nothing has been answered yet, so there is nothing to go by.
Ten minutes of `nnquiz drill` are a beginning: from then on this page says how ready you are.
"""
_NONE_COUNTS = """\
Every card is set aside or weighs 0, so there is nothing to be ready for.
`nnquiz cards --suspended` lists those aside, and `nnquiz cards --unsuspend CARD` takes one back.
`nnquiz plan` shows the weights, and `nnquiz plan --weight transformers=1` lets a topic count.
"""


class _Past(NamedTuple):
    """What the log says: the events of each card, and the weights in force since a study day."""

    histories: "dict[str, list[Outline]]"
    weights: tuple[float, ...]
    tuned_on: int


class _Report(NamedTuple):
    """All that the page says.

    `aside` and `weightless` cards do not count; `guessed` says whether a card that was never asked
    may count as known.
    """

    today: int
    day: int
    whole: "Part | None"
    aside: int
    weightless: int
    guessed: bool
    topics: "dict[str, Part]"
    questions: "dict[str, Part]"
    forecasts: "Calibration | None"
    trials: int
    belief: "Posterior"


def ready(
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day in question, as 2026-12-15."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Say how ready you are, and what to do about it.

    The share of the cards that you would recall on the day if you stopped studying now, and an
    interval that holds it roughly four times out of five. The day is that of the interview that
    is planned, else tomorrow, unless --on names another one.

    Cards weigh as in a plan: one of a core question as much as two of advanced ones, times the
    weights of `nnquiz plan`. Cards that are set aside do not count.
    """
    from nnquiz.cli.campaigns import read_campaign, read_learner
    from nnquiz.config.goal import load_goal
    from nnquiz.model.goal import Goal
    from nnquiz.paths import locate
    from nnquiz.study.replay import histories

    # The arrays are small, and to start OpenBLAS's threads costs 10 ms of numpy's 90.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    today = this_moment().day
    goal = load_goal(locate(os.environ).config)
    day = _usual_day(goal, today) if on is None else _day(on, today)
    goal = Goal(day) if goal is None else goal._replace(interview=day)
    with open_index() as index, open_log() as log:
        lines, topics = index.lines(), index.topics()
        campaign = read_campaign(index, log, goal, today)
        learner = read_learner(log, campaign)
        past = _Past(histories(log.outlines()), learner.weights, log.tuned_on())
        ids = [card.id for card in index.cards()]
    report = _report(campaign, learner, past, ids)
    if as_json:
        _print_json(report, lines, topics)
    else:
        _print(report, lines, topics)


def _usual_day(goal: "Goal | None", today: int) -> int:
    """Return the day of the interview that is planned; tomorrow where none is to come."""
    return goal.interview if goal is not None and goal.interview >= today else today + 1


def _day(text: str, today: int) -> int:
    """Return the study day of a date that was typed.

    Raises:
        BadInput: it is none, or is past.
    """
    from datetime import date

    try:
        day = date.fromisoformat(text.strip()).toordinal()
    except ValueError:
        message = f"--on: {text} is no date"
        raise BadInput(message, "a date is written 2026-12-15") from None
    if day < today:
        message = f"--on: {text} is past"
        raise BadInput(message, f"today is {date.fromordinal(today)}")
    return day


def _report(campaign: "Campaign", learner: "Learner", past: _Past, ids: "Sequence[str]") -> _Report:
    """Return all that the page says; the day in question is that of the campaign.

    `ids` are those of all cards that there are.
    """
    from nnquiz.study.outlook import divide, left_without_study
    from nnquiz.study.past import find_trials
    from nnquiz.study.readiness import posterior, widening

    cards, states = campaign.cards, campaign.states
    memories = left_without_study(campaign, learner)
    wider = widening(campaign.studied)
    trials = find_trials(past.histories, past.weights)
    belief = posterior(trials, past.weights)
    by = ([""] * len(cards), campaign.topics, [card.question for card in cards])
    whole, topics, questions = (
        divide(cards, states, memories, belief, keys, wider=wider) for keys in by
    )
    aside = sum(id_ in states and states[id_].suspended for id_ in ids)
    return _Report(
        today=campaign.day,
        day=campaign.goal.interview,
        whole=whole.get(""),
        aside=aside,
        weightless=len(ids) - len(cards) - aside,
        guessed=bool(learner.known),
        topics=topics,
        questions=questions,
        forecasts=_judge(past),
        trials=len(trials),
        belief=belief,
    )


def _judge(past: _Past) -> "Calibration | None":
    """Return how forecasts of all long-term reviews did, if there are enough of them.

    Weights of one's own were fitted to what was before them: they are judged on later days alone.
    """
    import numpy as np

    from nnquiz.study.calibration import calibrate
    from nnquiz.study.past import find_trials
    from nnquiz.study.readiness import foretell
    from nnquiz.term.ready import ENOUGH

    trials = find_trials(past.histories)
    if len(trials) < ENOUGH:
        return None
    said = foretell(trials)
    if past.tuned_on:
        own = foretell(find_trials(past.histories, past.weights), past.weights)
        later = np.array([trial.day > past.tuned_on for trial in trials])
        said = np.where(later, own, said)
    return calibrate(said, [trial.recalled for trial in trials])


def _print(report: _Report, lines: "Sequence[QuestionLine]", topics: "Sequence[Topic]") -> None:
    from rich.text import Text

    from nnquiz.model.visible import visible_line
    from nnquiz.term.console import console, takes_ascii_only
    from nnquiz.term.flow import folded
    from nnquiz.term.ready import Row, draw_forecasts, draw_opening, draw_rows

    out = console()
    if report.whole is None or not report.whole.begun:
        said = _NONE_COUNTS if report.whole is None else _NOTHING_YET
        for text in said.splitlines():
            out.print(Text("\n").join(folded(text, out.width)))
        return
    listed = {f"{line.bank}/{line.id}": line for line in lines}
    titles = {topic.id: topic.title for topic in topics}
    by_topic = [
        Row(
            visible_line(titles.get(key) or key or "no topic"),
            part,
            _for_topic(key, report, listed),
        )
        for key, part in report.topics.items()
    ]
    by_question = [
        Row(_title(listed[key]), part, _for_question(listed[key], part))
        for key, part in report.questions.items()
        if part.begun
    ]
    width, ascii_only = out.width, takes_ascii_only()
    page = [
        *draw_opening(_opening(report), width),
        *draw_rows("Topics, the weakest first", by_topic, width, ascii_only=ascii_only),
        *draw_rows("Questions, the weakest first", by_question, width, ascii_only=ascii_only),
        *draw_opening(["", _not_begun(report, listed)], width),
        *draw_forecasts(report.forecasts, report.trials, width),
    ]
    out.print(Text("\n").join(page))


def _opening(report: _Report) -> list[str]:
    """Return what comes first: the number, and what it is made of."""
    from nnquiz.term.ready import between, percent
    from nnquiz.term.wording import count, date_of, when

    whole = report.whole
    if whole is None:
        return []
    share = whole.share
    then = "today" if report.day == report.today else when(report.day, report.today)
    said = (
        f"If you stopped now, you would recall roughly {percent(share.expected)} of the cards "
        f"{then} ({between(share)})."
    )
    new = whole.cards - whole.begun
    parts = [f"{whole.begun} of {count(whole.cards, 'card')} begun"]
    known = "by how first answers went" if report.guessed else "as not known"
    parts += [f"{new} never asked, which count {known}"] if new else []
    parts += [f"{report.aside} set aside, which do not count"] if report.aside else []
    parts += [f"{report.weightless} of weight 0, which do not either"] if report.weightless else []
    days = report.day - report.today
    hint = [] if days != 1 else ["For another day: nnquiz ready --on " + date_of(report.today + 14)]
    weighed = "Shares are weighted: a card of the core counts as two advanced ones."
    return [said, "; ".join(parts) + ".", weighed, *hint]


def _not_begun(report: _Report, listed: "dict[str, QuestionLine]") -> str:
    """Return which questions none of whose cards was ever asked."""
    names = [_argument(listed[key]) for key, part in report.questions.items() if not part.begun]
    if not names:
        return ""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"Not begun: {', '.join(names[:_LISTED])}{more}. To begin: nnquiz drill"


def _title(line: "QuestionLine") -> str:
    number = shown_number(line)
    return f"{number:>2}  {shown_name(line)}" if number else f"    {shown_name(line)}"


def _argument(line: "QuestionLine") -> str:
    """Return the shortest name that a command finds a question by."""
    return shown_number(line) or shown_name(line)


def _for_question(line: "QuestionLine", part: "Part") -> str:
    """Return the command that helps most: to read what was forgotten twice, else to be asked."""
    return f"nnquiz {'show' if part.lapsing else 'drill'} {_argument(line)}"


def _for_topic(topic: str, report: _Report, listed: "dict[str, QuestionLine]") -> str:
    """Return the command that asks the weakest questions of a topic."""
    weakest = [_argument(listed[key]) for key in report.questions if listed[key].topic == topic]
    commands = [" ".join(["nnquiz drill", *weakest[:named]]) for named in range(1, _NAMED + 1)]
    return max((one for one in commands[1:] if len(one) <= _SHORT), key=len, default=commands[0])


def _print_json(
    report: _Report, lines: "Sequence[QuestionLine]", topics: "Sequence[Topic]"
) -> None:
    from json import dumps

    from nnquiz.term.wording import date_of

    listed = {f"{line.bank}/{line.id}": line for line in lines}
    titles = {topic.id: topic.title for topic in topics}
    forecasts = report.forecasts
    shape = {
        "schema": "nnquiz.ready/1",
        "today": date_of(report.today),
        "day": date_of(report.day),
        **({} if report.whole is None else _shape(report.whole)),
        "set_aside": report.aside,
        "topics": [
            {
                "topic": key,
                "title": titles.get(key, ""),
                **_shape(part),
                "command": _for_topic(key, report, listed),
            }
            for key, part in report.topics.items()
        ],
        "questions": [
            {
                "question": listed[key].number,
                "id": listed[key].id,
                **_shape(part),
                "command": _for_question(listed[key], part),
            }
            for key, part in report.questions.items()
        ],
        "memory": _memory(report.belief),
        "answers": report.trials,
        "forecasts": None if forecasts is None else _forecasts(forecasts),
    }
    sys.stdout.write(dumps(shape, ensure_ascii=False, indent=2) + "\n")


def _shape(part: "Part") -> dict[str, object]:
    share = part.share
    return {
        "expected": round(share.expected, 4),
        "low": round(share.low, 4),
        "high": round(share.high, 4),
        "cards": part.cards,
        "begun": part.begun,
    }


def _memory(belief: "Posterior") -> dict[str, float]:
    """Return what is believed of this memory: medians, as nearly as the grid has them."""
    import numpy as np

    m = float(np.exp(belief.weight @ np.log(belief.m)))
    d = float(np.exp(belief.weight @ np.log(belief.d)))
    return {"factor": round(m, 4), "decay": round(d, 4)}


def _forecasts(found: "Calibration") -> dict[str, object]:
    return {
        "answers": found.answers,
        "foretold": round(found.foretold, 4),
        "recalled": round(found.recalled, 4),
        "brier": round(found.brier, 6),
        "log_loss": round(found.log_loss, 6),
        "plain_brier": round(found.plain_brier, 6),
        "plain_log_loss": round(found.plain_log_loss, 6),
        "bins": [
            {
                "low": one.low,
                "high": one.high,
                "answers": one.answers,
                "foretold": round(one.foretold, 4),
                "recalled": round(one.recalled, 4),
            }
            for one in found.bins
        ],
    }
