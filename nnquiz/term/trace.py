"""A worked example on the screen: the idea, what is given, the steps, the result, what to change.

It reads from top to bottom like a page of a textbook. Nothing is ever cut: long lines are folded,
and wide tables continue below.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from shlex import quote
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np
from rich.console import Console
from rich.text import Text

from nnquiz.examples.trace import Array, Axes, Plot, Step, Trace, Value
from nnquiz.term.console import is_piped, takes_ascii_only, takes_shades
from nnquiz.term.forms import fold_formula
from nnquiz.term.heat import are_weights, shade
from nnquiz.term.matrix import GAP, laid_out, table, written, written_by_column
from nnquiz.tex import linear, lines, parse

MARGIN = "   "
WIDEST = 96  # longer lines are hard to follow
NARROWEST = 24

HANGING = "  "


class Look(NamedTuple):
    """How a trace is shown.

    Attributes:
        boxed: formulas in two dimensions, for a window, and not on one line.
        ascii: all of it with the signs of a typewriter; the trace is to be `in_ascii` then.
        shaded: weights on the backgrounds that `nnquiz.term.heat` gives them.
    """

    boxed: bool = False
    ascii: bool = False
    shaded: bool = False


PLAIN = Look()


def look_of(console: Console) -> Look:
    """Return the look that a console on standard output takes."""
    return Look(boxed=not is_piped(), ascii=takes_ascii_only(), shaded=takes_shades(console))


def in_ascii(trace: Trace) -> Trace:
    """Return a trace whose words are ASCII; its formulas are still LaTeX."""
    from nnquiz.term.typewriter import typed

    return replace(
        trace,
        idea=typed(trace.idea),
        steps=tuple(step._replace(note=typed(step.note)) for step in trace.steps),
        axes={
            name: tuple(tuple(map(typed, names)) for names in axes)
            for name, axes in trace.axes.items()
        },
        plots=tuple(_plot_in_ascii(plot, typed) for plot in trace.plots),
        invariants=tuple(
            held._replace(statement=typed(held.statement)) for held in trace.invariants
        ),
        conventions=tuple(map(typed, trace.conventions)),
        tries=tuple(change._replace(shows=typed(change.shows)) for change in trace.tries),
    )


def _plot_in_ascii(plot: Plot, typed: Callable[[str], str]) -> Plot:
    return plot._replace(
        title=typed(plot.title),
        x_label=typed(plot.x_label),
        y_label=typed(plot.y_label),
        series=tuple(series._replace(label=typed(series.label)) for series in plot.series),
        x_ticks=tuple(map(typed, plot.x_ticks)),
    )


def draw(
    trace: Trace, width: int, *, look: Look = PLAIN, pictures: Sequence[Text] = ()
) -> list[Text]:
    """Draw a trace in lines of at most `width` cells, without trailing blanks.

    The lines of pictures, which `nnquiz.term.plots` draws, come after the steps.
    """
    width = max(min(width, WIDEST), NARROWEST)
    steps = _steps(trace, width, look)
    return [*opening(trace, width, look), *steps, *pictures, *closing(trace, width, look)]


def opening(trace: Trace, width: int, look: Look = PLAIN) -> list[Text]:
    """Draw what comes before the steps: the idea, and what is given."""
    width = max(min(width, WIDEST), NARROWEST)
    return [*_heading(trace, width), *_given(trace, width, look)]


def closing(trace: Trace, width: int, look: Look = PLAIN) -> list[Text]:
    """Draw what comes after the steps: the result, what was checked, what to change."""
    width = max(min(width, WIDEST), NARROWEST)
    return [
        *_result(trace, width, look),
        *_checked(trace, width),
        *_conventions(trace, width),
        *_changes(trace, width, look),
    ]


def _heading(trace: Trace, width: int) -> Iterator[Text]:
    seed = "" if trace.seed is None else f", seed {trace.seed}"
    place = f"(question {trace.question}{seed})"
    apart = "\n" if len(f"{trace.name} {place}") > width else " "
    yield from Text.assemble((trace.name, "bold"), apart, place).split()
    yield from folded(trace.idea, width)


def _given(trace: Trace, width: int, look: Look) -> Iterator[Text]:
    yield from _section("Given")
    yield from _values(trace, trace.inputs, width, look)
    settings = [f"{name} = {setting(value)}" for name, value in trace.params.items()]
    yield from folded(", ".join(settings), width, MARGIN)


def _steps(trace: Trace, width: int, look: Look) -> Iterator[Text]:
    formulas = _boxes if look.boxed else _one_liners
    for place, step in enumerate(trace.steps, start=1):
        yield from step_title(place, step)
        yield from folded(step.note, width, MARGIN)
        yield Text()
        yield from formulas(step.formula, step.substituted, width, look)
        if np.ndim(step.value):
            yield Text()
            yield from step_value(trace, step, width, look)


def step_title(place: int, step: Step) -> Iterator[Text]:
    """Yield a step's number and name, below an empty line."""
    yield from _section(f"{place}. {step.name.replace('_', ' ')}")


def step_value(trace: Trace, step: Step, width: int, look: Look = PLAIN) -> Iterator[Text]:
    """Yield the value of a step that is an array."""
    yield from _matrix(step.value, trace.axes.get(step.name, ()), width, look)


def one_formula(latex: str, width: int, look: Look) -> Iterator[Text]:
    """Yield a formula on one line, or in two dimensions."""
    if not look.boxed:
        yield from _formula(latex, width, look)
        return
    for line in lines(parse(latex), width - len(MARGIN), ascii=look.ascii):
        yield Text(f"{MARGIN}{line}".rstrip())


def _result(trace: Trace, width: int, look: Look) -> Iterator[Text]:
    """Yield what came out; of an array that a step shows, the step."""
    yield from _section("Result")
    shown = {step.name: place for place, step in enumerate(trace.steps, start=1)}
    above = [name for name, value in trace.results.items() if np.ndim(value) and name in shown]
    rest = {name: value for name, value in trace.results.items() if name not in above}
    yield from _values(trace, rest, width, look)
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


def _changes(trace: Trace, width: int, look: Look) -> Iterator[Text]:
    yield from _section("Change it")
    dots = "..." if look.ascii else "…"
    yield from folded(f"nnquiz run-example {trace.name} {dots}", width, MARGIN)
    for change in trace.tries:
        options = " ".join(f"--set {quote(setting)}" for setting in change.settings)
        yield from folded(f"{options}: {change.shows}", width, MARGIN, hanging=HANGING)
    yield from folded("--seed 1: fresh numbers", width, MARGIN)
    names = ", ".join([*trace.inputs, *trace.params])
    yield from folded(f"You may set {names}.", width, MARGIN)


def _section(title: str) -> Iterator[Text]:
    yield Text()
    yield Text(title, "bold")


def _values(trace: Trace, values: Mapping[str, Value], width: int, look: Look) -> Iterator[Text]:
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
                yield from _matrix(values[name], axes, width, look, MARGIN * 2)


def _matrix(
    value: Value, axes: Axes, width: int, look: Look, margin: str = MARGIN
) -> Iterator[Text]:
    """Yield a vector as a row below its names, a matrix as rows, more dimensions as slices."""
    if np.ndim(value) > 2:
        yield from _slices(np.asarray(value), axes, width, look, margin)
        return
    rows, columns = axes if len(axes) == 2 else ((), *(axes or [()]))
    matrix = np.atleast_2d(value)
    cells = written_by_column(matrix.tolist())
    if not (look.shaded and are_weights(matrix)):
        yield from _table(cells, (rows, columns), width, margin)
        return
    for line in laid_out(cells, (rows, columns), width - len(margin)):
        shaded = [Text(c.text, shade(matrix[c.place]) if c.place else "") for c in line]
        drawn = Text(margin).append_text(Text(GAP).join(shaded))
        drawn.rstrip()
        yield drawn


def _slices(value: Array, axes: Axes, width: int, look: Look, margin: str) -> Iterator[Text]:
    """Yield the matrices of the last two dimensions, each below its place in the others."""
    axes = axes or ((),) * value.ndim
    for place in np.ndindex(*value.shape[:-2]):
        names = [axis[i] if axis else str(i + 1) for i, axis in zip(place, axes, strict=False)]
        yield Text(f"{margin}{', '.join(names)}:")
        yield from _matrix(value[place], axes[-2:], width, look, margin + HANGING)


def _table(
    rows: Sequence[Sequence[str]],
    names: tuple[Sequence[str], Sequence[str]],
    width: int,
    margin: str = MARGIN,
) -> Iterator[Text]:
    for line in table(rows, names, width - len(margin)):
        yield Text(f"{margin}{line}".rstrip())


def _boxes(formula: str, substituted: str, width: int, look: Look) -> Iterator[Text]:
    """Yield both formulas in two dimensions, apart where one of them has several lines."""
    room = width - len(MARGIN)
    above, below = (lines(parse(latex), room, ascii=look.ascii) for latex in (formula, substituted))
    apart = [""] if len(above) > 1 or len(below) > 1 else []
    for line in (*above, *apart, *below):
        yield Text(f"{MARGIN}{line}".rstrip())


def _one_liners(formula: str, substituted: str, width: int, look: Look) -> Iterator[Text]:
    yield from _formula(formula, width, look)
    yield from _formula(substituted, width, look)


def _formula(latex: str, width: int, look: Look) -> Iterator[Text]:
    """Yield a formula; one that is too long goes on where a reader would part it."""
    text = linear(parse(latex), ascii=look.ascii)
    for line in fold_formula(text, width - len(MARGIN)):
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
