"""A numeric problem as it is drawn: the question, the reply to an answer, the worked solution."""

from rich.text import Text

from nnquiz.cards.numeric import paragraph
from nnquiz.problems.grading import Verdict
from nnquiz.problems.problem import Problem
from nnquiz.term.blocks import draw
from nnquiz.term.forms import USUAL, Form


def title(problem: Problem, form: Form = USUAL) -> Text:
    """Return the line above a problem: its name, its question, and the seed of its numbers."""
    parts = (problem.name, f"question {problem.question}", f"seed {problem.seed}")
    return Text((" | " if form.ascii else " · ").join(parts), style="dim")


def question(problem: Problem, width: int, form: Form = USUAL) -> list[Text]:
    """Return the question, and below it what kind of number is wanted."""
    return [
        *draw([paragraph(problem.text)], width, form=form),
        *_dim(draw([paragraph(problem.wanted)], width, form=form)),
    ]


def reply(
    problem: Problem, value: float, verdict: Verdict, width: int, form: Form = USUAL
) -> list[Text]:
    """Return whether the value that was read is right, the mistake made, and the answer."""
    read = problem.written(value)
    if verdict.right:
        said = Text(f"{read} is right.", style="green")
    else:
        said = Text(f"{read} is wrong{': ' if verdict.mistake else ''}{verdict.mistake}.", "red")
    lines = draw([paragraph(said.plain)], width, form=form)
    for line in lines:
        line.stylize(said.style)
    return [*lines, *answer(problem, width, form)]


def answer(problem: Problem, width: int, form: Form = USUAL) -> list[Text]:
    """Return the answer, to more digits than were wanted where it has them."""
    said = f"The answer is {problem.written(problem.answer)}."
    return draw([paragraph(said)], width, form=form)


def solution(problem: Problem, width: int, form: Form = USUAL) -> list[Text]:
    """Return the worked steps, numbered."""
    return draw(
        [{"kind": "list", "start": 1, "items": [[paragraph(step)] for step in problem.steps]}],
        width,
        form=form,
    )


def _dim(lines: list[Text]) -> list[Text]:
    for line in lines:
        line.stylize("dim")
    return lines
