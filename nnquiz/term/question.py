"""A question with its answer, drawn as a page."""

from collections.abc import Collection, Iterator
from typing import Final, Literal, NamedTuple, get_args

from rich.style import Style
from rich.text import Text

from nnquiz.model.question import FollowUp, KeyPoint, Passage, Pitfall, Question, Source
from nnquiz.term.blocks import draw
from nnquiz.term.forms import USUAL, Form
from nnquiz.term.spans import fold, hang

WIDEST: Final = 100
"""Cells of a line where no width is asked for; longer lines are hard to read."""

WEIGHTS: Final = {3: "must", 2: "should", 1: "bonus"}
"""What the weight of a key point says of it: it must, or should, be said, or is a bonus."""

Section = Literal["short", "full", "points", "follow-ups", "pitfalls", "examples", "sources"]
SECTIONS: Final[tuple[Section, ...]] = get_args(Section)
"""The parts of a page below its head, in their order."""

_INDENT: Final = "  "
_BOLD: Final = Style(bold=True)
_FAINT: Final = Style(dim=True)


class _Ink(NamedTuple):
    """Draws the texts and the words of a page, all in one form."""

    whole: bool
    form: Form

    def text(self, passage: Passage, room: int) -> list[Text]:
        """Return a text as lines."""
        return draw(passage.blocks, room, whole=self.whole, form=self.form)

    def words(self, words: str) -> str:
        """Return words that have no blocks."""
        return self.form.words(words)


def draw_question(
    question: Question,
    width: int,
    sections: Collection[Section] = SECTIONS,
    *,
    whole: bool = False,
    form: Form = USUAL,
) -> list[Text]:
    """Return a page for a question: its head and the chosen sections, for a width in cells.

    `whole` leaves code and diagrams uncut where they are wider than that, and `form` is how
    formulas are shown (`blocks.draw`).
    """
    ink = _Ink(whole, form)
    room = max(width - len(_INDENT), 1)
    lines = _head(question, width, ink)
    for title, body in _sections(question, room, sections, ink):
        if body:
            lines += [Text(), Text(title, _BOLD)]
            lines += hang(Text(_INDENT), body, Text(_INDENT))
    return lines


def _sections(
    question: Question, room: int, chosen: Collection[Section], ink: _Ink
) -> Iterator[tuple[str, list[Text]]]:
    """Yield each section's title with its lines; one without lines is left out."""
    if "short" in chosen:
        yield "The short answer", ink.text(question.short, room)
    if "full" in chosen:
        yield "The full answer", ink.text(question.full, room)
    if "points" in chosen:
        yield "Key points", _apart([_point(point, room, ink) for point in question.key_points], 0)
    if "follow-ups" in chosen:
        follow_ups = [_follow_up(item, room, ink) for item in question.follow_ups]
        yield "What they ask next", _apart(follow_ups, 1)
    if "pitfalls" in chosen:
        pitfalls = [_pitfall(item, room, ink) for item in question.pitfalls]
        yield "What people get wrong", _apart(pitfalls, 1)
    if "examples" in chosen:
        yield "See also", _apart([_example(name, room, ink) for name in question.examples], 0)
    if "sources" in chosen:
        yield "Sources", _apart([_source(source, room, ink) for source in question.sources], 0)


def _apart(items: list[list[Text]], blank: int) -> list[Text]:
    """Return the lines of all items with so many blank lines between two of them."""
    lines: list[Text] = []
    for item in items:
        lines += [Text() for _ in range(blank)] if lines else []
        lines += item
    return lines


def _head(question: Question, width: int, ink: _Ink) -> list[Text]:
    """Return the number and the question, and below them where it belongs."""
    number = "" if question.number is None else f"{question.number}  "
    indent = " " * len(number)
    lines = _bold(ink.text(question.question, max(width - len(number), 1)))
    facts = [question.topic, question.level, ", ".join(question.tags)]
    dot = " | " if ink.form.ascii else " · "
    below = dot.join(ink.words(fact) for fact in facts if fact)
    if below:
        lines += fold(Text(below, _FAINT), max(width - len(number), 1))
    return hang(Text(number, _BOLD), lines, Text(indent))


def _point(point: KeyPoint, room: int, ink: _Ink) -> list[Text]:
    """Return a key point behind the word for its weight."""
    word = f"{WEIGHTS.get(point.weight, str(point.weight)):<8}"
    style = _BOLD if point.weight == max(WEIGHTS) else Style.null()
    return hang(
        Text(word, style), ink.text(point.point, max(room - len(word), 1)), Text(" " * len(word))
    )


def _follow_up(item: FollowUp, room: int, ink: _Ink) -> list[Text]:
    return [*_bold(ink.text(item.question, room)), *ink.text(item.answer, room)]


def _pitfall(item: Pitfall, room: int, ink: _Ink) -> list[Text]:
    """Return what people say, what is the matter with it, and what holds instead."""
    said = _bold(ink.text(item.claim, room))
    judged = Text(f"({ink.words(item.kind)})", _FAINT)
    if said and said[-1].cell_len + 1 + judged.cell_len <= room:
        said[-1].append(" ").append_text(judged)
    else:
        said += fold(judged, room)
    return [*said, *ink.text(item.holds, room)]


def _bold(lines: list[Text]) -> list[Text]:
    for line in lines:
        line.stylize(_BOLD)
    return lines


def _example(name: str, room: int, ink: _Ink) -> list[Text]:
    """Return the command that runs an example."""
    lines = fold(Text(f"nnquiz run-example {ink.words(name)}"), max(room - len(_INDENT), 1))
    return hang(Text(), lines, Text(_INDENT))


def _source(source: Source, room: int, ink: _Ink) -> list[Text]:
    """Return a reference as authors, year and title."""
    authors = list(source.authors)
    names = " and ".join(authors) if len(authors) < 3 else f"{authors[0]} et al."
    year = "" if source.year is None else f" ({source.year})"
    said = ". ".join(part for part in (f"{names}{year}".strip(), source.title) if part)
    lines = fold(Text(ink.words(said)), max(room - len(_INDENT), 1))
    return hang(Text(), lines, Text(_INDENT))
