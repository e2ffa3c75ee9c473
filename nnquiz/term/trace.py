"""A worked example on the screen: the idea, what is given, the steps, the result, what to change.

It reads from top to bottom like a page of a textbook. Nothing is ever cut: long lines are folded,
and wide tables continue below.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from shlex import quote
from textwrap import wrap
from typing import Any

import numpy as np
from rich.text import Text

from nnquiz.examples.trace import Array, Axes, Step, Trace, Value
from nnquiz.term.forms import fold_formula
from nnquiz.term.matrix import table, written, written_by_column
from nnquiz.tex import linear, lines, parse

MARGIN = "   "
WIDEST = 96  # longer lines are hard to follow
NARROWEST = 24

HANGING = "  "


def draw(
    trace: Trace, width: int, *, boxed: bool = False, pictures: Sequence[Text] = ()
) -> list[Text]:
    """Draw a trace in lines of at most `width` cells, without trailing blanks.

    Formulas stand on one line, or `boxed` in two dimensions, for a window. The lines of pictures,
    which `nnquiz.term.plots` draws, come after the steps.
    """
    width = max(min(width, WIDEST), NARROWEST)
    steps = _steps(trace, width, boxed=boxed)
    return [*opening(trace, width), *steps, *pictures, *closing(trace, width)]


def opening(trace: Trace, width: int) -> list[Text]:
    """Draw what comes before the steps: the idea, and what is given."""
    width = max(min(width, WIDEST), NARROWEST)
    return [*_heading(trace, width), *_given(trace, width)]


def closing(trace: Trace, width: int) -> list[Text]:
    """Draw what comes after the steps: the result, what was checked, what to change."""
    width = max(min(width, WIDEST), NARROWEST)
    return [
        *_result(trace, width),
        *_checked(trace, width),
        *_conventions(trace, width),
        *_changes(trace, width),
    ]


def _heading(trace: Trace, width: int) -> Iterator[Text]:
    seed = "" if trace.seed is None else f", seed {trace.seed}"
    place = f"(question {trace.question}{seed})"
    apart = "\n" if len(f"{trace.name} {place}") > width else " "
    yield from Text.assemble((trace.name, "bold"), apart, place).split()
    yield from folded(trace.idea, width)


def _given(trace: Trace, width: int) -> Iterator[Text]:
    yield from _section("Given")
    yield from _values(trace, trace.inputs, width)
    settings = [f"{name} = {setting(value)}" for name, value in trace.params.items()]
    yield from folded(", ".join(settings), width, MARGIN)


def _steps(trace: Trace, width: int, *, boxed: bool) -> Iterator[Text]:
    formulas = _boxes if boxed else _one_liners
    for place, step in enumerate(trace.steps, start=1):
        yield from step_title(place, step)
        yield from folded(step.note, width, MARGIN)
        yield Text()
        yield from formulas(step.formula, step.substituted, width)
        if np.ndim(step.value):
            yield Text()
            yield from step_value(trace, step, width)


def step_title(place: int, step: Step) -> Iterator[Text]:
    """Yield a step's number and name, below an empty line."""
    yield from _section(f"{place}. {step.name.replace('_', ' ')}")


def step_value(trace: Trace, step: Step, width: int) -> Iterator[Text]:
    """Yield the value of a step that is an array."""
    yield from _matrix(step.value, trace.axes.get(step.name, ()), width)


def one_formula(latex: str, width: int, *, boxed: bool) -> Iterator[Text]:
    """Yield a formula on one line, or `boxed` in two dimensions."""
    if not boxed:
        yield from _formula(latex, width)
        return
    for line in lines(parse(latex), width - len(MARGIN)):
        yield Text(f"{MARGIN}{line}".rstrip())


def _result(trace: Trace, width: int) -> Iterator[Text]:
    """Yield what came out; of an array that a step shows, the step."""
    yield from _section("Result")
    shown = {step.name: place for place, step in enumerate(trace.steps, start=1)}
    above = [name for name, value in trace.results.items() if np.ndim(value) and name in shown]
    rest = {name: value for name, value in trace.results.items() if name not in above}
    yield from _values(trace, rest, width)
    pointers = ", ".join(f"{name} (step {shown[name]})" for name in above)
    yield from folded(pointers, width, MARGIN)


def _checked(trace: Trace, width: int) -> Iterator[Text]:
    if trace.invariants:
        yield from _section("Checked")
        held = "; ".join(invariant.statement for invariant in trace.invariants)
        yield from folded(f"{held}.", width, MARGIN)


def _conventions(trace: Trace, width: int) -> Iterator[Text]:
    if trace.conventions:
        yield from _section("Conventions")
    for sentence in trace.conventions:
        yield from folded(f"- {sentence}", width, MARGIN, hanging=HANGING)


def _changes(trace: Trace, width: int) -> Iterator[Text]:
    yield from _section("Change it")
    yield from folded(f"nnquiz run-example {trace.name} …", width, MARGIN)
    for change in trace.tries:
        options = " ".join(f"--set {quote(setting)}" for setting in change.settings)
        yield from folded(f"{options}: {change.shows}", width, MARGIN, hanging=HANGING)
    yield from folded("--seed 1: fresh numbers", width, MARGIN)
    names = ", ".join([*trace.inputs, *trace.params])
    yield from folded(f"You may set {names}.", width, MARGIN)


def _section(title: str) -> Iterator[Text]:
    yield Text()
    yield Text(title, "bold")


def _values(trace: Trace, values: Mapping[str, Value], width: int) -> Iterator[Text]:
    """Yield numbers and arrays by name; vectors along the same axis stand in one table."""

    def kind(name: str) -> tuple[tuple[int, ...], Axes]:
        return np.shape(values[name]), trace.axes.get(name, ())

    for (shape, axes), group in groupby(values, key=kind):
        names = list(group)
        if not shape:
            for name in names:
                yield from folded(f"{name} = {written([float(values[name])])[0]}", width, MARGIN)
        elif len(shape) == 1:
            rows = [written(np.asarray(values[name]).tolist()) for name in names]
            yield from _table(rows, (names, *(axes or [()])), width)
        else:
            for name in names:
                yield Text(f"{MARGIN}{name}")
                yield from _matrix(values[name], axes, width, MARGIN * 2)


def _matrix(value: Value, axes: Axes, width: int, margin: str = MARGIN) -> Iterator[Text]:
    """Yield a vector as a row below its names, a matrix as rows, more dimensions as slices."""
    if np.ndim(value) > 2:
        yield from _slices(np.asarray(value), axes, width, margin)
        return
    rows, columns = axes if len(axes) == 2 else ((), *(axes or [()]))
    cells = written_by_column(np.atleast_2d(value).tolist())
    yield from _table(cells, (rows, columns), width, margin)


def _slices(value: Array, axes: Axes, width: int, margin: str) -> Iterator[Text]:
    """Yield the matrices of the last two dimensions, each below its place in the others."""
    axes = axes or ((),) * value.ndim
    for place in np.ndindex(*value.shape[:-2]):
        names = [axis[i] if axis else str(i + 1) for i, axis in zip(place, axes, strict=False)]
        yield Text(f"{margin}{', '.join(names)}:")
        yield from _matrix(value[place], axes[-2:], width, margin + HANGING)


def _table(
    rows: Sequence[Sequence[str]],
    names: tuple[Sequence[str], Sequence[str]],
    width: int,
    margin: str = MARGIN,
) -> Iterator[Text]:
    for line in table(rows, names, width - len(margin)):
        yield Text(f"{margin}{line}".rstrip())


def _boxes(formula: str, substituted: str, width: int) -> Iterator[Text]:
    """Yield both formulas in two dimensions, apart where one of them has several lines."""
    above, below = (lines(parse(latex), width - len(MARGIN)) for latex in (formula, substituted))
    apart = [""] if len(above) > 1 or len(below) > 1 else []
    for line in (*above, *apart, *below):
        yield Text(f"{MARGIN}{line}".rstrip())


def _one_liners(formula: str, substituted: str, width: int) -> Iterator[Text]:
    yield from _formula(formula, width)
    yield from _formula(substituted, width)


def _formula(latex: str, width: int) -> Iterator[Text]:
    """Yield a formula on one line, or parted where a reader would part it."""
    for line in fold_formula(linear(parse(latex)), width - len(MARGIN)):
        yield Text(f"{MARGIN}{line}")


def folded(text: str, width: int, margin: str = "", hanging: str = "") -> Iterator[Text]:
    """Fold a text into lines of at most `width` cells, the first behind the margin."""
    lines = wrap(
        text,
        width,
        initial_indent=margin,
        subsequent_indent=margin + hanging,
        break_on_hyphens=False,
    )
    yield from map(Text, lines)


def setting(value: Any) -> str:
    """Write the value of a setting as it may be typed after `--set name=`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (str, int)):
        return str(value)
    return ",".join(str(part) for part in value) or "none"
