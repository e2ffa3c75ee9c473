"""A numeric problem as it is drawn: the question, the reply to an answer, the worked solution."""

from rich.text import Text

from nnquiz.model.document import Document, Paragraph, Span
from nnquiz.problems.digits import number
from nnquiz.problems.grading import Verdict
from nnquiz.problems.problem import Problem
from nnquiz.term.blocks import draw


def title(problem: Problem) -> Text:
    """Return the line above a problem: its name, its question, and the seed of its numbers."""
    parts = (problem.name, f"question {problem.question}", f"seed {problem.seed}")
    return Text(" · ".join(parts), style="dim")


def question(problem: Problem, width: int) -> list[Text]:
    """Return the question, and below it what kind of number is wanted."""
    return [
        *draw([_paragraph(problem.text)], width),
        *_dim(draw([_paragraph(wanted(problem))], width)),
    ]


def wanted(problem: Problem) -> str:
    """Return what kind of number is wanted, in words."""
    unit = f", in {problem.unit}" if problem.unit else ""
    if problem.kind == "integer":
        return f"Answer with a whole number{unit}."
    return f"Answer to {problem.digits} significant digits{unit}."


def reply(problem: Problem, value: float, verdict: Verdict, width: int) -> list[Text]:
    """Return whether the value that was read is right, the mistake made, and the answer."""
    read = _with_unit(number(value), problem)
    if verdict.right:
        said = Text(f"{read} is right.", style="green")
    else:
        said = Text(f"{read} is wrong{': ' if verdict.mistake else ''}{verdict.mistake}.", "red")
    lines = draw([_paragraph(said.plain)], width)
    for line in lines:
        line.stylize(said.style)
    return [*lines, *answer(problem, width)]


def answer(problem: Problem, width: int) -> list[Text]:
    """Return the answer, to more digits than were wanted where it has them."""
    value = problem.answer
    exact = value if isinstance(value, int) else float(f"{value:.{problem.digits + 3}g}")
    return draw([_paragraph(f"The answer is {_with_unit(number(exact), problem)}.")], width)


def solution(problem: Problem, width: int) -> list[Text]:
    """Return the worked steps, numbered."""
    steps: Document = [
        {"kind": "list", "start": 1, "items": [[_paragraph(step)] for step in problem.steps]}
    ]
    return draw(steps, width)


def _paragraph(text: str) -> Paragraph:
    """Return a paragraph of words, with formulas where they stand between dollar signs."""
    pieces = text.split("$")
    spans = [_maths(piece) if place % 2 else _text(piece) for place, piece in enumerate(pieces)]
    return {"kind": "paragraph", "spans": spans}


def _text(words: str) -> Span:
    return {"kind": "text", "text": words}


def _maths(formula: str) -> Span:
    # Most questions have no formula, and the reader of formulas is not free to import.
    from nnquiz.tex import linear, parse

    return {"kind": "maths", "tex": formula, "linear": linear(parse(formula))}


def _with_unit(written: str, problem: Problem) -> str:
    space = "" if problem.unit in {"", "%"} else " "
    return f"{written}{space}{problem.unit}"


def _dim(lines: list[Text]) -> list[Text]:
    for line in lines:
        line.stylize("dim")
    return lines
