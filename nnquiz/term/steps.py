"""A worked example one step at a time: a value of each is asked for before it is shown."""

from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

import numpy as np
from rich.text import Text

from nnquiz.examples.comparison import entry_names
from nnquiz.examples.trace import Step, Trace
from nnquiz.problems.problem import Problem
from nnquiz.term.trace import (
    MARGIN,
    NARROWEST,
    PLAIN,
    WIDEST,
    Look,
    folded,
    one_formula,
    step_title,
    step_value,
)

_ROUNDING = 1e-12  # what is smaller came out of numbers around 1 that cancel: it counts as 0
_FORESEEN = {-1.0, 0.0, 1.0}


class Prediction(NamedTuple):
    """What is asked of a step: a number by its name, graded as a numeric problem is."""

    name: str
    problem: Problem


def prediction(trace: Trace, step: Step) -> Prediction | None:
    """Return what to ask of a step; None where it has no number that could be typed.

    Of an array the last entry is asked that is not 0, 1 or -1, which need no calculation, and by
    the names along its axes.
    """
    value = np.asarray(step.value)
    places = [place for place in np.ndindex(*value.shape) if isfinite(value[place])]
    if not places:
        return None
    telling = [place for place in places if value[place] not in _FORESEEN]
    place = (telling or places)[-1]
    answer = value[place].item()
    whole = isinstance(answer, int)
    if not whole and abs(answer) < _ROUNDING:
        answer = 0.0
    names = entry_names(place, trace.axes.get(step.name, ())) if place else []
    problem = Problem(
        name=step.name,
        version=1,
        seed=trace.seed or 0,
        question=trace.question,
        params={},
        text="",
        answer=int(answer) if whole else answer,
        kind="integer" if whole else "real",
        digits=3,
        unit="",
        steps=(),
        mistakes=(),
    )
    return Prediction(f"{step.name}[{', '.join(names)}]" if names else step.name, problem)


def ask(
    place: int, step: Step, asked: Prediction | None, width: int, look: Look = PLAIN
) -> Iterator[Text]:
    """Yield a step without its numbers, and what is asked of it."""
    width = max(min(width, WIDEST), NARROWEST)
    yield from step_title(place, step)
    yield from one_formula(step.formula, width, look)
    if asked is not None:
        yield Text()
        yield from folded(f"{asked.name} = ? {asked.problem.wanted}", width, MARGIN)


def reveal(trace: Trace, step: Step, width: int, look: Look = PLAIN) -> Iterator[Text]:
    """Yield the numbers of a step, and what to see in them."""
    width = max(min(width, WIDEST), NARROWEST)
    yield from one_formula(step.substituted, width, look)
    yield from folded(step.note, width, MARGIN)
    if np.ndim(step.value):
        yield Text()
        yield from step_value(trace, step, width, look)


def count(right: int, asked: int) -> Text:
    """Return how many values were predicted."""
    return Text(f"{right} of {asked} predicted", "bold")
