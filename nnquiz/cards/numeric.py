"""The numeric card: a problem with fresh numbers at each review, which names the mistake made."""

from nnquiz.cards.exercise import Exercise, Prompt, Turn
from nnquiz.cards.result import NOTHING, Result, Unreadable
from nnquiz.model.document import Document, Paragraph, Span
from nnquiz.model.written import Numeric
from nnquiz.problems import grading, reader
from nnquiz.problems.catalogue import card_seed, problem
from nnquiz.problems.problem import Problem


def ask(numeric: Numeric, turn: Turn) -> Exercise[Problem]:
    """Return the card with the numbers of this review.

    Raises:
        BadInput: there is no problem of that name.
    """
    drawn = problem(numeric.problem, card_seed(turn.card, turn.reviews))
    return Exercise(
        kind="numeric",
        prompt=Prompt(text=[paragraph(drawn.text)], wanted=f"{drawn.wanted} Arithmetic will do."),
        right=[paragraph(f"The answer is {drawn.written(drawn.answer)}.")],
        key=drawn,
        worked=[{"kind": "list", "start": 1, "items": [[paragraph(step)] for step in drawn.steps]}],
        problem=drawn.label,
    )


def grade(exercise: Exercise[Problem], typed: str) -> Result:
    """Judge the number that was typed; a wrong one is compared with the usual mistakes.

    Raises:
        Unreadable: what was typed is no number and no arithmetic.
    """
    drawn = exercise.key
    try:
        value = reader.read(typed, drawn.unit)
    except reader.Unreadable as error:
        raise Unreadable(str(error)) from None
    verdict = grading.grade(drawn, value)
    said = f"{drawn.written(value)} is {'right' if verdict.right else 'wrong'}."
    why: Document = [paragraph(f"The mistake: {verdict.mistake}.")] if verdict.mistake else NOTHING
    return exercise.marked(int(verdict.right), 1, said, " ".join(typed.split()), why)


def paragraph(text: str) -> Paragraph:
    """Return the words of a problem, with formulas where they stand between dollar signs."""
    pieces = text.split("$")
    spans = [_maths(piece) if place % 2 else _text(piece) for place, piece in enumerate(pieces)]
    return {"kind": "paragraph", "spans": spans}


def _text(words: str) -> Span:
    return {"kind": "text", "text": words}


def _maths(formula: str) -> Span:
    # Most questions have no formula, and the reader of formulas is not free to import.
    from nnquiz.tex import linear, parse

    return {"kind": "maths", "tex": formula, "linear": linear(parse(formula))}
