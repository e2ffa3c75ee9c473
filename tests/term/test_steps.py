"""A worked example one step at a time."""

import math
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len

from nnquiz.examples.attention import attention
from nnquiz.examples.catalogue import ENTRIES, load
from nnquiz.examples.trace import Step, Trace
from nnquiz.problems.digits import number
from nnquiz.problems.grading import grade
from nnquiz.problems.reader import read
from nnquiz.term.steps import ask, prediction, reveal


def trace(value: Any, **parts: Any) -> Trace:
    """A trace of one step with that value."""
    step = Step("s", "s = x", "s = 1", value, "A note.")
    heading: Any = {"name": "one", "question": 1, "idea": "An idea.", "params": {}}
    return Trace(**heading, inputs={}, steps=(step,), results={}, **parts)


def asked(value: Any, **parts: Any) -> Any:
    """What is asked of a step with that value."""
    made = trace(value, **parts)
    return prediction(made, made.steps[0])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_step_can_be_predicted(entry: Any) -> None:
    """What a step is asked for is in its value, its answer is graded right, and all of it fits."""
    for seed in (None, 1):
        run = load(entry)(seed=seed)
        for place, step in enumerate(run.steps, start=1):
            wanted = prediction(run, step)
            for width in (40, 80):
                drawn = ask(place, step, wanted, width)
                shown = [*drawn, *reveal(run, step, width)]
                assert all(cell_len(line.plain) <= width for line in shown)
            assert wanted is not None
            answer = wanted.problem.answer
            assert np.isclose(np.asarray(step.value, dtype=float), answer, atol=1e-11).any()
            assert grade(wanted.problem, read(number(answer))).right
            assert not grade(wanted.problem, answer * 1.1 + math.copysign(1, answer)).right


def test_an_entry_is_named_by_its_row_and_column() -> None:
    """The names along the axes say which entry is meant; without names it is counted from 1."""
    weights = attention().steps[2]
    wanted = prediction(attention(), weights)
    assert wanted is not None
    assert wanted.name == "weights[sat, sat]"
    assert wanted.problem.answer == weights.value[2, 2]  # type: ignore[index]
    assert asked(np.array([[2.5, 0.5]])).name == "s[1, 2]"
    assert asked(0.5).name == "s"


def test_what_needs_no_calculation_is_not_asked() -> None:
    """Zeros, ones and what is not finite are passed over while there is anything else."""
    assert asked(np.array([0.25, 1.0, 0.0, -1.0, np.nan, -np.inf])).name == "s[1]"
    assert asked(np.array([0.0, 1.0])).name == "s[2]"
    assert asked(float("nan")) is None
    assert asked(np.array([])) is None


def test_whole_numbers_must_be_met_exactly() -> None:
    """A count is right or wrong; a real number is right to three digits, and rounding is 0."""
    assert [grade(asked(4640).problem, value).right for value in (4640, 4641)] == [True, False]
    assert grade(asked(np.array([True, False])).problem, 0).right
    real = asked(0.34299).problem
    assert [grade(real, value).right for value in (0.343, 0.342, 0.345)] == [True, True, False]
    assert asked(9e-16).problem.answer == 0


def test_a_step_gives_nothing_away() -> None:
    """Before the answer there is the formula alone; the numbers and the note come after it."""
    run = trace(0.34299)
    wanted = prediction(run, run.steps[0])
    before = "\n".join(line.plain for line in ask(1, run.steps[0], wanted, 80))
    after = "\n".join(line.plain for line in reveal(run, run.steps[0], 80))
    assert "s = x" in before
    assert "s = ? Answer to 3 significant digits." in before
    assert "s = 1" not in before
    assert "s = 1" in after
    assert "A note." in after
