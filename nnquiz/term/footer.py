"""What is drawn anew at every key: the boxes to tick, the buttons, and the keys that act now."""

from functools import partial
from typing import NamedTuple

from rich.text import Text

from nnquiz.study.session import Action, Session, Stage, actions
from nnquiz.term import wording
from nnquiz.term.bindings import BINDINGS, Binding
from nnquiz.term.card import heading, point, points, reading_width
from nnquiz.term.flow import flow, folded
from nnquiz.term.line import PROMPT
from nnquiz.term.page import Part, Size
from nnquiz.term.spans import hang
from nnquiz.term.wording import Days

NOTICE_ROWS = 2

_PAUSE = (
    "Enough for now? The cards that are left came back often enough; "
    "they come first in the next drill."
)
_LAST = "That was the last card."
_TIME_UP = "The time is up; what is left waits."


class Status(NamedTuple):
    """What a footer tells besides the keys.

    Attributes:
        left: cards not asked yet.
        coming_again: cards that come back.
        days: intervals of the four buttons; None where a grade does not change the schedule.
        thinking: seconds to the answer, or so far.
        typed: what stands in the line that is being typed.
        notice: one line about what just happened, or nothing.
    """

    left: int
    coming_again: int
    days: Days
    thinking: float = 0.0
    typed: str = ""
    notice: str = ""


# As high as it gets, but for rare numbers, for which the room of a notice is enough.
_LONGEST = Status(left=99, coming_again=9, days=(36500,) * 4, thinking=3600.0)


def live(session: Session, status: Status) -> Part:
    """Return the live part of the page."""

    def lines(size: Size) -> list[Text]:
        width = reading_width(size)
        drawn = folded(size.form.words(_refusal(session) or status.notice), width)[:NOTICE_ROWS]
        for line in drawn:
            line.stylize("bold")
        if session.stage is Stage.REVEALED:
            drawn += [] if session.more else ticks(session, status, size)
            drawn += _buttons(session, status, width)
        elif session.stage in _ENDINGS:
            drawn += folded(_ENDINGS[session.stage], width)
        drawn += _footer(session, status, width)
        if session.stage is Stage.ASKING and status.typed:
            typed = folded(size.form.words(status.typed), width - len(PROMPT))
            drawn += hang(Text(PROMPT), typed, Text("  "))
        return drawn

    return lines


def _refusal(session: Session) -> str:
    """Return that what was typed is no answer, where it is none."""
    if session.exercise is None or not session.complaint:
        return ""
    return wording.refusal(session.complaint, session.exercise.prompt.wanted)


_ENDINGS = {Stage.PAUSED: _PAUSE, Stage.FINISHED: _LAST, Stage.TIME_UP: _TIME_UP}


def boxes(session: Session, status: Status) -> Part:
    """Return the key points with their boxes, as they stay when the card is done."""
    return lambda size: ticks(session, status, size)


def ticks(session: Session, status: Status, size: Size) -> list[Text]:
    """Return the key points with their boxes, or where they do not fit one line of letters."""
    sheet = session.sheet
    if sheet is None or not sheet.points:
        return []
    if fits(session, size):
        return points(sheet, session.ticked, status.thinking, size)
    marks = [
        Text(f"[{'x' if letter in session.ticked else ' '}]{letter}") for letter in sheet.letters
    ]
    return [*flow([Text("You said:"), *marks], reading_width(size), gap=1), Text()]


def points_above(session: Session, thinking: float) -> list[Part]:
    """Return the key points as parts to print, which are empty where they can be drawn anew.

    Where there are none, it is said how long the answer took.
    """
    sheet = session.sheet
    if sheet is None:
        return []
    if not sheet.points:
        return [lambda size: [*folded(wording.took(thinking), reading_width(size)), Text()]]

    def unless_drawn(lines: Part) -> Part:
        return lambda size: [] if fits(session, size) else lines(size)

    return [
        unless_drawn(lambda size: heading(thinking, reading_width(size))),
        *(unless_drawn(partial(point, sheet, letter, None)) for letter in sheet.letters),
        unless_drawn(lambda _: [Text()]),
    ]


def fits(session: Session, size: Size) -> bool:
    """Say whether the window can hold the points with all that is drawn anew below them."""
    sheet, width = session.sheet, reading_width(size)
    if sheet is None:
        return True
    highest = session._replace(
        stage=Stage.REVEALED, full=False, more=False, can_undo=True, can_redo=True
    )
    rows = points(sheet, frozenset(), _LONGEST.thinking, size)
    rows += _buttons(highest, _LONGEST, width) + _footer(highest, _LONGEST, width)
    return len(rows) + NOTICE_ROWS < size.height


def key_list(session: Session, size: Size) -> list[Text]:
    """Return every key that acts now, with what it does."""
    acting = actions(session)
    lines = [Text("Keys", style="bold")]
    for binding in BINDINGS:
        if binding.action in acting:
            head = Text(f"  {_key(binding, session):<9}", style="bold")
            body = folded(binding.meaning, reading_width(size) - head.cell_len)
            lines += hang(head, body, Text(" " * head.cell_len))
    return [*lines, Text()]


def _buttons(session: Session, status: Status, width: int) -> list[Text]:
    suggested = session.suggested
    texts = []
    for grade, button in enumerate(wording.buttons(status.days), 1):
        chosen = grade == suggested
        text = f"{grade} {button}"
        texts.append(Text(f"[{text}]" if chosen else f" {text} ", style="bold" if chosen else ""))
    return flow(texts, width, gap=1)


def _footer(session: Session, status: Status, width: int) -> list[Text]:
    """Return the keys that act now, how much there is to come, and the stopwatch."""
    acting = actions(session)
    items = [
        Text.assemble(
            (_key(binding, session), "bold"), " ", (_label(binding, session, status), "dim")
        )
        for binding in BINDINGS
        if binding.action in acting
    ]
    if session.stage is not Stage.FINISHED:
        items.append(Text(wording.remaining(status.left, status.coming_again)))
    if session.sheet is not None and session.stage is not Stage.REVEALED:
        items.append(Text(wording.stopwatch(status.thinking), style="bold"))
    return flow(items, width, gap=3)


def _key(binding: Binding, session: Session) -> str:
    """Return the key that is shown for an action."""
    if binding.action is Action.CHOOSE and session.exercise is not None:
        return " ".join(session.exercise.prompt.keys)
    if binding.action is Action.END and session.stage in {Stage.FINISHED, Stage.TIME_UP}:
        return "Enter"
    return binding.key


def _label(binding: Binding, session: Session, status: Status) -> str:
    """Return what a footer says of a key."""
    if binding.action is Action.ACCEPT:
        return wording.GRADES[session.suggested - 1]
    unknown = binding.action is Action.REVEAL or (
        binding.action is Action.SUBMIT and not status.typed.strip()
    )
    return "I don't know" if unknown and session.expected else binding.label
