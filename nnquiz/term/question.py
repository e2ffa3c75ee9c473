"""A question with its answer, drawn as a page."""

from collections.abc import Callable, Collection
from typing import Final, NamedTuple, TypeAlias

from rich.style import Style
from rich.text import Text

from nnquiz.model.question import FollowUp, KeyPoint, Passage, Pitfall, Question, Source
from nnquiz.model.section import SECTIONS, TITLES, WEIGHTS, Section
from nnquiz.term.blocks import draw
from nnquiz.term.forms import USUAL, Form
from nnquiz.term.spans import fold, hang

WIDEST: Final = 100
"""Cells of a line where no width is asked for; longer lines are hard to read."""

_INDENT: Final = "  "
_BOLD: Final = Style(bold=True)
_FAINT: Final = Style(dim=True)


class Ink(NamedTuple):
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
    edited: bool = False,
) -> list[Text]:
    """Return a page for a question: its head and the chosen sections, for a width in cells.

    `whole` leaves code and diagrams uncut where they are wider than that, `form` is how
    formulas are shown (`blocks.draw`), and `edited` says that it is somebody's own copy.
    """
    ink = Ink(whole, form)
    room = max(width - len(_INDENT), 1)
    indent = 0 if question.number is None else len(str(question.number)) + 2
    lines = head(question, width, ink, indent)
    facts = [question.topic, question.level, ", ".join(question.tags)]
    facts += ["your edited copy"] if edited else []
    dot = " | " if form.ascii else " · "
    below = dot.join(ink.words(fact) for fact in facts if fact)
    if below:
        margin = Text(" " * indent)
        lines += hang(margin, fold(Text(below, _FAINT), max(width - indent, 1)), margin)
    for section in SECTIONS:
        body = _BODIES[section](question, room, ink) if section in sections else []
        if body:
            lines += [Text(), Text(TITLES[section], _BOLD)]
            lines += hang(Text(_INDENT), body, Text(_INDENT))
    return lines


def _apart(items: list[list[Text]], blank: int) -> list[Text]:
    """Return the lines of all items with so many blank lines between two of them."""
    lines: list[Text] = []
    for item in items:
        lines += [Text() for _ in range(blank)] if lines else []
        lines += item
    return lines


def head(question: Question, width: int, ink: Ink, indent: int) -> list[Text]:
    """Return the question behind its number, which takes so many cells with its blanks."""
    number = "" if question.number is None else f"{question.number:<{indent}}"
    lines = _bold(ink.text(question.question, max(width - indent, 1)))
    return hang(Text(number, _BOLD), lines, Text(" " * indent))


def _point(point: KeyPoint, room: int, ink: Ink) -> list[Text]:
    """Return a key point behind the word for its weight."""
    word = f"{WEIGHTS.get(point.weight, str(point.weight)):<8}"
    style = _BOLD if point.weight == max(WEIGHTS) else Style.null()
    return hang(
        Text(word, style), ink.text(point.point, max(room - len(word), 1)), Text(" " * len(word))
    )


def _follow_up(item: FollowUp, room: int, ink: Ink) -> list[Text]:
    return [*_bold(ink.text(item.question, room)), *ink.text(item.answer, room)]


def _pitfall(item: Pitfall, room: int, ink: Ink) -> list[Text]:
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


def _example(name: str, room: int, ink: Ink) -> list[Text]:
    """Return the command that runs an example."""
    lines = fold(Text(f"nnquiz run-example {ink.words(name)}"), max(room - len(_INDENT), 1))
    return hang(Text(), lines, Text(_INDENT))


def _source(source: Source, room: int, ink: Ink) -> list[Text]:
    """Return a reference as authors, year and title."""
    authors = list(source.authors)
    names = " and ".join(authors) if len(authors) < 3 else f"{authors[0]} et al."
    year = "" if source.year is None else f" ({source.year})"
    said = ". ".join(part for part in (f"{names}{year}".strip(), source.title) if part)
    lines = fold(Text(ink.words(said)), max(room - len(_INDENT), 1))
    return hang(Text(), lines, Text(_INDENT))


_Draws: TypeAlias = Callable[[Question, int, Ink], list[Text]]
_BODIES: Final[dict[Section, _Draws]] = {
    "short": lambda of, room, ink: ink.text(of.short, room),
    "full": lambda of, room, ink: ink.text(of.full, room),
    "points": lambda of, room, ink: _apart([_point(it, room, ink) for it in of.key_points], 0),
    "follow-ups": lambda of, room, ink: _apart(
        [_follow_up(it, room, ink) for it in of.follow_ups], 1
    ),
    "pitfalls": lambda of, room, ink: _apart([_pitfall(it, room, ink) for it in of.pitfalls], 1),
    "examples": lambda of, room, ink: _apart([_example(it, room, ink) for it in of.examples], 0),
    "sources": lambda of, room, ink: _apart([_source(it, room, ink) for it in of.sources], 0),
}
