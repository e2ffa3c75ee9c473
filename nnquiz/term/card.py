"""A card as it is drawn: its question, its answer, its key points and what acts now."""

from collections.abc import Iterable, Sequence

from rich.text import Text

from nnquiz.cards.explain import Sheet
from nnquiz.model.question import Passage
from nnquiz.study.session import Session, Stage, actions
from nnquiz.study.sitting import Asked
from nnquiz.term import wording
from nnquiz.term.bindings import BINDINGS
from nnquiz.term.blocks import draw
from nnquiz.term.page import Part, Size

_WIDEST = 100  # longer lines are hard to read

_NOTICE_ROWS = 2

_WEIGHTS = {3: "(must)", 1: "(bonus)"}  # what is usual needs no word


def reading_width(size: Size) -> int:
    """Return the width of text in a window."""
    return min(size.width, _WIDEST)


def passage(text: Passage, *, whole: bool = False) -> Part:
    """Return a text of the bank with a blank line below; `whole` leaves wide code uncut."""
    return lambda size: [*draw(text.blocks, reading_width(size), whole=whole), Text()]


def question(asked: Asked, *, ruled: bool = True) -> Part:
    """Return a card's head: number, topic and level, in a rule or plain, and the question."""
    of = asked.question
    number = "" if of.number is None else f"Question {of.number}"
    title = " · ".join(part for part in (number, of.topic, of.level) if part)

    def lines(size: Size) -> list[Text]:
        width = reading_width(size)
        head = Text(f"── {title} " if ruled else title, style="dim")
        head.truncate(width, overflow="ellipsis")
        head.append("─" * (width - head.cell_len) if ruled else "")
        body = draw(of.question.blocks, width)
        for line in body:
            line.stylize("bold")
        return [head, *body, Text()]

    return lines


def points(sheet: Sheet, ticked: frozenset[str] | None, width: int) -> list[Text]:
    """Return the key points with the letters that tick them, and their boxes unless `None`."""
    if not sheet.points:
        return []
    lines = [Text("Which of these did you say?")]
    for letter, point in sheet.points:
        said = ticked is not None and letter in ticked
        head = Text("" if ticked is None else "[x] " if said else "[ ] ")
        head.append(f"{letter}  ", style="bold")
        body = draw(point.point.blocks, width - head.cell_len) or [Text()]
        weight = Text(_WEIGHTS.get(point.weight, ""), style="dim")
        lines.extend(_hang(head, _add_word(body, weight, width - head.cell_len)))
    return [*lines, Text()]


def points_above(session: Session) -> Part:
    """Return the key points as a static part, for windows too low to draw them anew."""
    sheet = session.sheet
    if sheet is None:
        return lambda _: []
    return lambda size: [] if _fits(session, size) else points(sheet, None, reading_width(size))


def live(session: Session, left: int, coming_again: int, days: Sequence[int], notice: str) -> Part:
    """Return what is drawn anew at every key: boxes, buttons, and the keys that act now.

    Args:
        session: the state.
        left: cards not asked yet.
        coming_again: cards that come back.
        days: intervals of the four buttons.
        notice: one line about what just happened, or nothing.
    """

    def lines(size: Size) -> list[Text]:
        width = reading_width(size)
        drawn = folded(notice, width)[:_NOTICE_ROWS]
        for line in drawn:
            line.stylize("bold")
        if session.stage is Stage.REVEALED:
            drawn += _ticks(session, size) + _buttons(session, days, width)
        elif session.stage is Stage.PAUSED:
            drawn += folded(_PAUSE, width)
        return [*drawn, *_footer(session, wording.remaining(left, coming_again), width)]

    return lines


_PAUSE = (
    "Enough for now? The cards that are left came back often enough; "
    "they come first in the next drill."
)


def outcome(text: str) -> Part:
    """Return one line about what became of a card."""
    return lambda _: [Text(text, style="bold"), Text()]


def boxes(session: Session) -> Part:
    """Return the key points with their boxes, as they stay when the card is done."""
    return lambda size: _ticks(session, size)


def key_list(session: Session, size: Size) -> list[Text]:
    """Return every key that acts now, with what it does."""
    acting = actions(session)
    rows = [binding for binding in BINDINGS if binding.action in acting]
    lines = [Text("Keys", style="bold")]
    for row in rows:
        head = Text(f"  {row.key:<9}", style="bold")
        lines.extend(_hang(head, folded(row.meaning, reading_width(size) - head.cell_len)))
    return [*lines, Text()]


def _ticks(session: Session, size: Size) -> list[Text]:
    """Return the key points with their boxes, or where they do not fit one line of letters."""
    sheet = session.sheet
    if sheet is None or not sheet.points:
        return []
    if _fits(session, size):
        return points(sheet, session.ticked, reading_width(size))
    marks = [
        Text(f"[{'x' if letter in session.ticked else ' '}]{letter}") for letter in sheet.letters
    ]
    return [*_flow([Text("said:"), *marks], reading_width(size), gap=1), Text()]


def _fits(session: Session, size: Size) -> bool:
    """Say whether the window can hold the points with all that is drawn anew below them."""
    sheet, width = session.sheet, reading_width(size)
    if sheet is None:
        return True
    # As high as it can get: the answer shown, everything possible, the longest words.
    highest = session._replace(stage=Stage.REVEALED, full=False, can_undo=True, can_redo=True)
    longest = (36500,) * 4
    rows = points(sheet, frozenset(), width) + _buttons(highest, longest, width)
    rows += _footer(highest, wording.remaining(100, 100), width)
    return len(rows) + _NOTICE_ROWS < size.height


def _buttons(session: Session, days: Sequence[int], width: int) -> list[Text]:
    suggested = session.suggested
    texts = []
    for grade, due in enumerate(days, 1):
        chosen = grade == suggested
        text = f"{grade} {wording.GRADES[grade - 1]}: {wording.interval(due)}"
        texts.append(Text(f"[{text}]" if chosen else f" {text} ", style="bold" if chosen else ""))
    return _flow(texts, width, gap=1)


def _footer(session: Session, remaining: str, width: int) -> list[Text]:
    """Return the keys that act now, and how much there is to come."""
    acting = actions(session)
    items = []
    for binding in BINDINGS:
        if binding.action in acting:
            label = binding.label or wording.GRADES[session.suggested - 1]
            items.append(Text.assemble((binding.key, "bold"), " ", (label, "dim")))
    return _flow([*items, Text(remaining)], width, gap=3)


def _flow(items: Iterable[Text], width: int, gap: int) -> list[Text]:
    """Set items side by side, and begin a new line where the next one does not fit."""
    lines: list[Text] = []
    for item in items:
        if lines and lines[-1].cell_len + gap + item.cell_len <= width:
            lines[-1].append(" " * gap).append_text(item)
        else:
            lines.append(item.copy())
    for line in lines:
        line.rstrip()
    return lines


def _hang(head: Text, body: Sequence[Text]) -> list[Text]:
    """Put `head` before the first line and as much room before the others."""
    room = " " * head.cell_len
    return [
        Text.assemble(head if at == 0 else room, line) for at, line in enumerate(body or [Text()])
    ]


def _add_word(body: list[Text], word: Text, width: int) -> list[Text]:
    """Add a word to the last line, or below it where it does not fit."""
    if not word:
        return body
    if body[-1].cell_len + 1 + word.cell_len <= width:
        return [*body[:-1], Text.assemble(body[-1], " ", word)]
    return [*body, word]


def folded(text: str, width: int) -> list[Text]:
    """Fold plain words into lines; no words are no line."""
    return _flow([Text(word) for word in text.split()], width, gap=1)
