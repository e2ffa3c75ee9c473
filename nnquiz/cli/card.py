"""`nnquiz card`: one card with its answers, how it stands, and how it will be forgotten."""

import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from nnquiz.cli.banks import open_index
from nnquiz.cli.logs import open_log, this_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from nnquiz.model.card import Card
    from nnquiz.model.event import Event
    from nnquiz.model.question import Passage
    from nnquiz.model.state import CardState
    from nnquiz.model.written import Body

_LEAST_DAYS, _MOST_DAYS = 14, 365  # of a forgetting curve
_CURVE_HEIGHT, _CURVE_WIDTH = 6, 67  # lines, and at most so many cells


class _Seen(NamedTuple):
    """A card as it stands on a study day, with its chances of recall from then on."""

    card: "Card"
    state: "CardState"
    answers: "Sequence[tuple[Event, bool]]"
    day: int
    chances: list[float]


def _names(incomplete: str) -> list[tuple[str, str]]:
    """Return the cards that a shell may complete, each with its kind."""
    from nnquiz.cli.history import short

    with open_index() as index:
        named = [(short(card.id), card.kind) for card in index.cards()]
    return [(name, kind) for name, kind in named if name.startswith(incomplete)]


def card(
    name: Annotated[
        str,
        typer.Argument(
            metavar="CARD",
            help="A card, as attention/explain or 12/explain.",
            autocompletion=_names,
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (docs/json.md).")] = False,
) -> None:
    """Show a card, its answers and its forgetting curve.

    The curve is the chance of recall on the coming days, if the card is not asked before.
    """
    from nnquiz.cli.card_names import find_card
    from nnquiz.cli.cards import numbers_of, shape
    from nnquiz.term.standing import describe

    day = this_moment().day
    with open_index() as index, open_log() as log:
        found = find_card(name, index)
        body = index.body(found.id)
        state = log.state(found.id)
        answers = [(event, log.stands(event)) for event in log.answers_of(found.id)]
        numbers, weights = numbers_of(index), log.weights()
    seen = _Seen(found, state, answers, day, chances(state, day, weights))
    if as_json:
        _print_json(shape(found, state, numbers, day, weights), _prompt(body), seen)
    else:
        _print(seen, body, describe(state, day, weights))


def _prompt(body: "Body") -> "Passage | str":
    """Return what is asked: a text, or for a numeric card the name of its problem."""
    from nnquiz.model.question import FollowUp, Question
    from nnquiz.model.written import Cloze, Numeric

    match body:
        case Question() | FollowUp():
            return body.question
        case Cloze():
            return body.gapped
        case Numeric():
            return f"nnquiz problem {body.problem}"
        case _:
            return body.prompt


def chances(state: "CardState", day: int, weights: tuple[float, ...]) -> list[float]:
    """Return the chance of recall today and on each day of a while that shows when it is due."""
    from nnquiz.study.queue import recall

    if state.due is None:
        return []
    days = min(_MOST_DAYS, max(_LEAST_DAYS, 2 * (state.due - day)))
    return [recall(state, day + ahead, weights) for ahead in range(days + 1)]


def _print(seen: _Seen, body: "Body", standing: str) -> None:
    from rich.text import Text

    from nnquiz.cli.history import answer_line, short
    from nnquiz.term.console import console
    from nnquiz.term.spans import fold

    page = console()
    lines = [Text(short(seen.card.id), "bold"), *_drawn(_prompt(body), page.width), Text()]
    for fact in _facts(seen, standing):
        lines += fold(Text(fact), page.width)
    if seen.chances:
        lines += [Text(), Text("Chance of recall", "bold")]
        lines += [Text(line) for line in _curve(seen, page.width, page.encoding)]
    if seen.answers:
        lines += [Text(), Text("Answers", "bold")]
        lines += [Text(f"  {answer_line(event, stands=stands)}") for event, stands in seen.answers]
    page.print(Text("\n").join(lines))


def _drawn(prompt: "Passage | str", width: int) -> "list[Text]":
    from rich.text import Text

    from nnquiz.term.blocks import draw
    from nnquiz.term.question import WIDEST

    if isinstance(prompt, str):
        return [Text(prompt)]
    return draw(prompt.blocks, min(width, WIDEST))


def _facts(seen: _Seen, standing: str) -> list[str]:
    """Return in words how a card stands."""
    from nnquiz.term.wording import count, date_of

    card, state = seen.card, seen.state
    facts = [f"{card.kind}, {standing}"]
    if state.stability is not None and state.difficulty is not None:
        reviews, lapses = count(state.reviews, "review"), count(state.lapses, "lapse")
        memory = f"stability {state.stability:.1f} days, difficulty {state.difficulty:.1f} of 10"
        facts += [f"{reviews}, {lapses}, {memory}"]
    if state.due is not None and not state.suspended:
        facts.append(f"next due {date_of(max(state.due, seen.day))}")
    if any(event.content != card.content for event, _ in seen.answers[:1]):
        facts.append("its text has changed since the last answer")
    return facts


def _curve(seen: _Seen, width: int, encoding: str) -> list[str]:
    from nnquiz.term.standing import curve

    due = None if seen.state.due is None else seen.state.due - seen.day
    return curve(
        seen.chances,
        due,
        min(width, _CURVE_WIDTH),
        _CURVE_HEIGHT,
        unicode=encoding.lower().startswith("utf"),
    )


def _print_json(shape: dict[str, object], prompt: "Passage | str", seen: _Seen) -> None:
    from json import dumps

    from nnquiz.cli.history import answer_shape
    from nnquiz.term.wording import date_of

    whole = {
        "schema": "nnquiz.card/1",
        **shape,
        "prompt": prompt if isinstance(prompt, str) else prompt.source,
        "curve": [
            {"day": date_of(seen.day + ahead), "retrievability": round(chance, 4)}
            for ahead, chance in enumerate(seen.chances)
        ],
        "answers": [answer_shape(event, stands=stands) for event, stands in seen.answers],
    }
    sys.stdout.write(dumps(whole, ensure_ascii=False, indent=2) + "\n")
