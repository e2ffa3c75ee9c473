"""The sheet for the last evening: of each question its formulas and what must be said."""

from typing import Final

from rich.text import Text

from nnquiz.model.digest import digest
from nnquiz.model.document import Formula
from nnquiz.model.question import Question
from nnquiz.model.visible import visible
from nnquiz.term.blocks import draw
from nnquiz.term.forms import Form, fold_formula, in_form
from nnquiz.term.question import Ink, head
from nnquiz.term.spans import fold, hang

_INDENT: Final = "    "
_WIDE: Final = 60  # cells; a narrower page has no room for the indent


def draw_sheet(question: Question, width: int, form: Form) -> list[Text]:
    """Return a question, its formulas on one line each, and its weightiest key points.

    Args:
        question: what it is about.
        width: cells of a line.
        form: how formulas are shown, and whether all of it is ASCII.
    """
    indent = _INDENT if width >= _WIDE else _INDENT[:2]
    room = max(width - len(indent), 1)
    lines = head(question, width, Ink(whole=True, form=form), len(_INDENT))
    kept = digest(question)
    for formula in kept.formulas:
        lines += [Text(f"{indent}{line}") for line in _one_line(formula, room, form)]
    mark = Text("* " if form.ascii else "• ")
    for point in kept.points:
        body = draw(point.point.blocks, max(room - len(mark), 1), whole=True, form=form)
        lines += hang(Text(indent) + mark, body, Text(indent + " " * len(mark)))
    return lines


def _one_line(formula: Formula, room: int, form: Form) -> list[str]:
    """Return a formula on one line, or folded where a reader would fold it."""
    [shown] = in_form([formula], form)
    line = visible(shown["linear"] if shown["kind"] == "formula" else "").replace("\n", " ")
    if form.formulas == "drawn":
        return fold_formula(line, room)
    return [folded.plain for folded in fold(Text(line.expandtabs()), room)]
