"""Right or wrong, and where wrong, which of the usual mistakes was made."""

from dataclasses import dataclass

from nnquiz.problems.digits import last_digit
from nnquiz.problems.problem import Mistake, Problem

# A difference that equals the tolerance may come out of the subtraction a little larger.
_SLACK = 1 + 1e-9


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer is right; `mistake` names the usual error that leads to a wrong one."""

    right: bool
    mistake: str = ""


def grade(problem: Problem, value: float) -> Verdict:
    """Judge an answer that was read as `value`."""
    if abs(value - problem.answer) <= tolerance(problem) * _SLACK:
        return Verdict(right=True)
    return Verdict(right=False, mistake=_mistake(problem, value))


def tolerance(problem: Problem) -> float:
    """Return how far from the answer is still right; an integer answer must be met exactly.

    A real one may be off by one unit of the last significant digit wanted, and never by more
    than a fifth of the distance to the nearest mistake.
    """
    if problem.kind == "integer":
        return 0.0
    distances = [abs(value - problem.answer) / 5 for value, _ in problem.mistakes]
    return min([last_digit(problem.answer, problem.digits), *distances])


def _mistake(problem: Problem, value: float) -> str:
    """Name the mistake nearest to a wrong answer, or return an empty text where none is near."""
    near = [made for made in problem.mistakes if _is_near(problem, made, value)]
    return min(near, key=lambda made: abs(made.value - value)).mistake if near else ""


def _is_near(problem: Problem, made: Mistake, value: float) -> bool:
    if problem.kind == "integer" and isinstance(made.value, int):
        return value == made.value
    unit = last_digit(made.value or problem.answer, problem.digits)
    return abs(value - made.value) <= unit * _SLACK
