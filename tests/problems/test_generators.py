"""What every generator of the catalogue promises."""

import math
import re
from collections.abc import Iterator
from functools import cache

import pytest

from nnquiz.problems.catalogue import PROBLEMS, Row, problem
from nnquiz.problems.digits import last_digit, number, significant
from nnquiz.problems.grading import grade
from nnquiz.problems.problem import Problem, Value
from nnquiz.problems.reader import read
from nnquiz.tex import linear, parse

every_generator = pytest.mark.parametrize("row", PROBLEMS, ids=lambda row: row.name)


@cache
def draws(row: Row) -> tuple[Problem, ...]:
    """The problems of 300 seeds."""
    return tuple(problem(row.name, seed) for seed in range(300))


def numbers(value: Value) -> Iterator[float]:
    """Every number of a parameter, out of its lists."""
    if isinstance(value, tuple):
        for item in value:
            yield from numbers(item)
    elif not isinstance(value, str):
        yield value


@every_generator
def test_the_stated_answer_is_right(row: Row) -> None:
    """The answer is a finite number of its kind and is graded right, as it is and as typed."""
    for drawn in draws(row):
        assert math.isfinite(drawn.answer)
        assert isinstance(drawn.answer, int) or drawn.kind == "real"
        assert drawn.answer == 0 or abs(drawn.answer) > 1e-9, "noise of binary fractions"
        assert grade(drawn, drawn.answer).right
        assert grade(drawn, read(number(drawn.answer), drawn.unit)).right


@every_generator
def test_an_answer_rounded_to_the_digits_wanted_is_right(row: Row) -> None:
    """Nobody is marked down for giving just as many digits as were asked for."""
    for drawn in draws(row):
        if drawn.kind == "real":
            assert grade(drawn, float(significant(drawn.answer, drawn.digits))).right


@every_generator
def test_every_mistake_is_wrong_and_named(row: Row) -> None:
    """A usual error is told by its number, exact or rounded, and never passes for the answer."""
    for drawn in draws(row):
        assert drawn.mistakes
        for value, mistake in drawn.mistakes:
            assert math.isfinite(value)
            verdict = grade(drawn, value)
            assert not verdict.right
            assert verdict.mistake == mistake
            if drawn.kind == "real":
                assert not grade(drawn, float(significant(value, drawn.digits))).right


@every_generator
def test_mistakes_have_short_names(row: Row) -> None:
    """A mistake is a phrase that follows `wrong:`, not a sentence."""
    for drawn in draws(row):
        for mistake in (name for _, names in drawn.mistakes for name in names.split(", or ")):
            assert 3 < len(mistake) <= 80
            assert not mistake.endswith(".")


@every_generator
def test_draws_vary(row: Row) -> None:
    """300 seeds give at least 30 texts and 15 answers that differ."""
    assert len({drawn.text for drawn in draws(row)}) >= 30
    assert len({drawn.answer for drawn in draws(row)}) >= 15


@every_generator
def test_a_seed_always_draws_the_same(row: Row) -> None:
    """Drawn again, a problem is what it was, down to its steps."""
    for seed in (0, 1, 299, 999_999):
        assert problem(row.name, seed) == problem(row.name, seed)
    assert problem(row.name, 0).label == f"{row.name}@{row.version}:0"


@every_generator
def test_the_text_states_the_numbers(row: Row) -> None:
    """Each parameter's number stands in the question, so that text and answer agree."""
    for drawn in draws(row):
        shown = set(re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?", drawn.text))
        for value in drawn.params.values():
            assert {number(abs(item)) for item in numbers(value)} <= shown


@every_generator
def test_the_answer_is_worked_out_in_steps(row: Row) -> None:
    """There are steps, and the last one ends in the answer."""
    for drawn in draws(row):
        assert all(step.strip() == step and step for step in drawn.steps)
        found = re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", drawn.steps[-1])
        error = abs(float(found[-1]) - drawn.answer)
        exact = drawn.kind == "integer"
        assert error <= (0 if exact else last_digit(drawn.answer, drawn.digits))


@every_generator
def test_formulas_are_readable(row: Row) -> None:
    """Formulas between dollar signs parse; dollar signs come in pairs; a text is one paragraph."""
    for drawn in draws(row)[:50]:
        assert "\n" not in drawn.text
        for line in (drawn.text, *drawn.steps):
            pieces = line.split("$")
            assert len(pieces) % 2 == 1
            for formula in pieces[1::2]:
                assert linear(parse(formula))
