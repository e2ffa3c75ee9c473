"""A card as it is drawn: what is asked, what came of the answer, and the key points."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.text import Text

from nnquiz.cards.exercise import Exercise, Line, Prompt
from nnquiz.cards.explain import Sheet
from nnquiz.cards.result import Outcome, Result
from nnquiz.model.document import Document
from nnquiz.study.session import Session
from nnquiz.study.sitting import Asked
from nnquiz.term import wording
from nnquiz.term.blocks import draw
from nnquiz.term.flow import folded
from nnquiz.term.line import PROMPT
from nnquiz.term.page import Part, Size
from nnquiz.term.spans import hang

_WIDEST = 100  # longer lines are hard to read

_WEIGHTS = {3: "(must)", 1: "(bonus)"}  # what is usual needs no word

_INDENT = Text("   ")  # below a label

_COLOURS = {
    Outcome.RIGHT: "green",
    Outcome.CLOSE: "yellow",
    Outcome.PARTLY: "yellow",
    Outcome.WRONG: "red",
    Outcome.SHOWN: "",
}

# Their answers say themselves that they are the right ones.
_SELF_EVIDENT = {"explain", "follow-up", "numeric"}


def reading_width(size: Size) -> int:
    """Return the width of text in a window."""
    return min(size.width, _WIDEST)


def _draw(blocks: Document, size: Size, before: int = 0, *, whole: bool = False) -> list[Text]:
    """Return a text for a window in which so many cells of a line are taken."""
    return draw(blocks, max(1, reading_width(size) - before), whole=whole, form=size.form)


def passage(blocks: Document, *, whole: bool = False) -> Part:
    """Return a text of the bank with a blank line below; `whole` leaves wide code uncut."""
    return lambda size: [*_draw(blocks, size, whole=whole), Text()]


def question(asked: Asked, *, wanted: bool, ruled: bool = True) -> Part:
    """Return what is asked.

    Args:
        asked: the card.
        wanted: whether to say what is to be typed.
        ruled: whether its head, with number, kind, topic and level, is a rule or plain.
    """
    exercise, of = asked.exercise, asked.question
    number = "" if of.number is None else f"Question {of.number}"
    parts = (number, exercise.kind, of.topic, of.level)

    def lines(size: Size) -> list[Text]:
        width = reading_width(size)
        dot = " | " if size.form.ascii else " · "
        title = dot.join(size.form.words(part) for part in parts if part)
        head = Text(f"── {title} " if ruled else title, style="dim")
        head.truncate(width, overflow="ellipsis")
        head.append("─" * (width - head.cell_len) if ruled else "")
        return [head, *_prompt(exercise, size, wanted=wanted)]

    return lines


def _prompt(exercise: Exercise[object], size: Size, *, wanted: bool) -> list[Text]:
    """Return a prompt with its options, items or pairs, and a blank line below each part."""
    prompt = exercise.prompt
    text = _draw(prompt.text, size)
    if exercise.kind != "cloze":  # in which the gap alone is set off
        for line in text:
            line.stylize("bold")
    lines = [*text, Text()]
    if prompt.lines:
        lines += _columns(prompt, size) or _stacked(prompt, size)
    if wanted and prompt.wanted:
        drawn = folded(size.form.words(prompt.wanted), reading_width(size))
        for line in drawn:
            line.stylize("dim")
        lines += [*drawn, Text()]
    return lines


def _stacked(prompt: Prompt, size: Size) -> list[Text]:
    """Return what has labels, one below the other."""
    lines: list[Text] = []
    for group in (prompt.lines, prompt.partners):
        if group:
            lines += [row for line in group for row in _labelled(line, size)]
            lines.append(Text())
    return lines


def _columns(prompt: Prompt, size: Size) -> list[Text]:
    """Return both sides of pairs next to each other; nothing where a side needs two lines."""
    left, right = (
        [_labelled(line, size) for line in group] for group in (prompt.lines, prompt.partners)
    )
    if not right or any(len(rows) > 1 for rows in [*left, *right]):
        return []
    room = max(rows[0].cell_len for rows in left) + 4
    if room + max(rows[0].cell_len for rows in right) > reading_width(size):
        return []
    lines = []
    for one, other in zip_longest(left, right):
        line = one[0]
        line.append(" " * (room - line.cell_len)).append_text(other[0])
        lines.append(line)
    return [*lines, Text()]


def _labelled(line: Line, size: Size) -> list[Text]:
    """Return a text behind the label to answer by."""
    head = Text.assemble((line.label, "bold"), "  ")
    return hang(head, _draw(line.text, size, 3), _INDENT)


def hint(session: Session) -> Part:
    """Return the hint that was taken last."""
    hints: Sequence[Document] = session.exercise.prompt.hints if session.exercise else ()
    taken = hints[: session.hints][-1]
    head = Text("Hint: ", style="bold")

    def lines(size: Size) -> list[Text]:
        body = _draw(taken, size, head.cell_len)
        return [*hang(head, body, Text(" " * head.cell_len)), Text()]

    return lines


def answer(session: Session, *, echo: bool = True, whole: bool = False) -> list[Part]:
    """Return what follows an answer, part by part, without the key points.

    What was typed, whether that is right and why not, what is right, and the way there.

    Args:
        session: the card with its answer.
        echo: whether to repeat what was typed.
        whole: whether to leave wide code uncut.
    """
    exercise, result = session.exercise, session.result
    if exercise is None or result is None:
        return []
    parts: list[Part] = []
    if echo and session.given:
        parts.append(lambda size: _echo(session.given, size))
    if result.said:
        parts.append(lambda size: _verdict(result, size))
    parts.append(lambda size: _right(exercise, result, size, whole=whole))
    if result.worked:
        parts.append(passage(result.worked))
    return parts


def _echo(given: str, size: Size) -> list[Text]:
    """Return what was typed, as it stood in its line."""
    indent = " " * len(PROMPT)
    room = reading_width(size) - len(PROMPT)
    return hang(Text(PROMPT), folded(size.form.words(given), room), Text(indent))


def _verdict(result: Result, size: Size) -> list[Text]:
    """Return whether an answer is right, and the mistake behind a wrong one."""
    said = folded(size.form.words(result.said), reading_width(size))
    for line in said:
        line.stylize(f"bold {_COLOURS[result.outcome]}")
    return [*said, *_draw(result.why, size), Text()] if result.why else said


def _right(exercise: Exercise[object], result: Result, size: Size, *, whole: bool) -> list[Text]:
    """Return what is right; of an option its letter, or once it was chosen the reason alone."""
    lines = _draw(result.right, size, whole=whole)
    for line in exercise.prompt.lines:
        if line.text == result.right[: len(line.text)]:
            why = result.right[len(line.text) :]
            if result.outcome is Outcome.RIGHT:
                lines = _draw(why, size)
            else:
                lines = [*_labelled(line, size), *hang(_INDENT, _draw(why, size, 3), _INDENT)]
    if result.outcome is not Outcome.RIGHT and exercise.kind not in _SELF_EVIDENT:
        lines = [Text("The answer:", style="bold"), *lines]
    return [*lines, Text()]


def full(session: Session) -> Iterator[Part]:
    """Yield the full answer in parts that belong together: a heading and what it heads."""
    blocks = session.question.full.blocks if session.question else []
    held: Document = []
    for block in blocks:
        held = [*held, block]
        if block["kind"] != "heading":
            yield passage(held)
            held = []
    if held:
        yield passage(held)


def points(sheet: Sheet, ticked: frozenset[str] | None, thinking: float, size: Size) -> list[Text]:
    """Return the key points, with a blank line below.

    Args:
        sheet: the points with the letters that tick them.
        ticked: those letters whose boxes are ticked; None for no boxes.
        thinking: the seconds to the answer.
        size: the window.
    """
    if not sheet.points:
        return []
    lines = heading(thinking, reading_width(size))
    for letter, _ in sheet.points:
        lines += point(sheet, letter, ticked, size)
    return [*lines, Text()]


def heading(thinking: float, width: int) -> list[Text]:
    """Return the line above the key points."""
    return folded(f"{wording.took(thinking)} Which of these did you say?", width)


def point(sheet: Sheet, letter: str, ticked: frozenset[str] | None, size: Size) -> list[Text]:
    """Return the key point of a letter."""
    of = dict(sheet.points)[letter]
    head = Text("" if ticked is None else "[x] " if letter in ticked else "[ ] ")
    head.append(f"{letter}  ", style="bold")
    room = reading_width(size) - head.cell_len
    body = _draw(of.point.blocks, size, head.cell_len) or [Text()]
    weight = Text(_WEIGHTS.get(of.weight, ""), style="dim")
    return hang(head, _add_word(body, weight, room), Text(" " * head.cell_len))


def outcome(text: str) -> Part:
    """Return one line about what became of a card."""
    return lambda size: [*_bold(folded(size.form.words(text), reading_width(size))), Text()]


def _bold(lines: list[Text]) -> list[Text]:
    for line in lines:
        line.stylize("bold")
    return lines


def _add_word(body: list[Text], word: Text, width: int) -> list[Text]:
    """Add a word to the last line, or below it where it does not fit."""
    if not word:
        return body
    if body[-1].cell_len + 1 + word.cell_len <= width:
        return [*body[:-1], Text.assemble(body[-1], " ", word)]
    return [*body, word]
