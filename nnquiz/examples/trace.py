"""A trace: everything a worked example computed, in the order in which one would say it.

A trace holds data and prints nothing: `nnquiz.term.trace` draws it, `nnquiz.examples.record`
turns it into JSON, and a test compares it with an independent implementation. Its arrays are
copies that cannot be written to. The small values are named tuples, which are made in a fraction
of the time that a frozen dataclass takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnquiz.errors import NnquizError

Array = NDArray[Any]
Value = Array | float | int
Names = tuple[str, ...]
Axes = tuple[Names, ...]

TOLERANCE = 1e-9  # float64 keeps about 16 digits; a broken formula is off by far more than 1e-9


class BrokenInvariant(NnquizError):  # noqa: N818 -- reads as what it is: a broken invariant
    """What must hold of every run does not: a fault of ours, and never a number to print."""


class Step(NamedTuple):
    """One line of the working.

    Attributes:
        name: what the step computes. Where the value is also a result, the result's name.
        formula: the formula, as LaTeX.
        substituted: the same formula with the numbers put in, as LaTeX; where the value is an
            array, for one of its entries.
        value: an array or a number.
        note: one sentence on what to see in it.
    """

    name: str
    formula: str
    substituted: str
    value: Value
    note: str


class Series(NamedTuple):
    """Points of a plot that belong together: `x` and `y` are as long as each other."""

    label: str
    x: Array
    y: Array


class Plot(NamedTuple):
    """A picture as data.

    Attributes:
        kind: `line` joins the points of a series, `scatter` does not, `bar` draws each as a bar,
            and `heatmap` draws each series as a row of cells coloured by `y`.
        title: what it shows.
        x_label: what runs along the horizontal axis.
        y_label: what runs along the vertical axis; for a heat map, what its rows are.
        series: the data.
        x_ticks: names for x = 0, 1, 2, ... in place of the numbers; empty where there are none.
    """

    kind: Literal["line", "scatter", "bar", "heatmap"]
    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    x_ticks: Names = ()


class Invariant(NamedTuple):
    """Something that holds whatever the numbers are, and by how much it was missed.

    Attributes:
        statement: what holds, as the predicate of a sentence.
        gap: the largest deviation, in proportion to the numbers where they are larger than 1.
    """

    statement: str
    gap: float

    @property
    def holds(self) -> bool:
        """Whether the gap is one of rounding; nan does not hold."""
        return self.gap <= TOLERANCE


def same(statement: str, left: ArrayLike, right: ArrayLike, scale: ArrayLike = 1.0) -> Invariant:
    """State that two ways lead to the same numbers.

    `scale` is the size of the numbers that were added or subtracted on the way, where it is
    larger than the outcome: rounding leaves a gap in proportion to it.

    >>> same("one half twice is one", 0.5 + 0.5, 1).holds
    True
    """
    gap = np.abs(np.subtract(left, right)) / np.maximum(np.maximum(1.0, np.abs(right)), scale)
    return Invariant(statement, float(np.max(gap, initial=0.0)))


class Try(NamedTuple):
    """A change worth making: what to `--set`, and what to look for then."""

    settings: tuple[str, ...]
    shows: str


@dataclass(frozen=True, slots=True, eq=False)
class Working:
    """What an example's function returns: a trace that has no heading yet.

    Attributes:
        inputs: the numbers that went in, by the symbols of the formulas.
        steps: the working, in order.
        results: what came out, by name.
        axes: for an array of that name among inputs, steps and results, the names along each of
            its dimensions; an empty tuple where a dimension has none.
        plots: pictures as data.
        invariants: what was checked of this run.
        conventions: choices on which libraries and textbooks differ, a sentence each.
        tries: changes worth making.

    Raises:
        BrokenInvariant: one of the invariants does not hold.
        ValueError: axes that fit no array of theirs, or a series with an x and no y.
    """

    inputs: Mapping[str, Value]
    steps: tuple[Step, ...]
    results: Mapping[str, Value]
    axes: Mapping[str, Axes] = field(default_factory=dict)
    plots: tuple[Plot, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    conventions: tuple[str, ...] = ()
    tries: tuple[Try, ...] = ()

    def __post_init__(self) -> None:
        """Freeze the arrays; check the invariants, the axes and the plots."""
        for group in ("inputs", "results"):
            values = {name: _frozen(value) for name, value in getattr(self, group).items()}
            object.__setattr__(self, group, MappingProxyType(values))
        steps = tuple(step._replace(value=_frozen(step.value)) for step in self.steps)
        object.__setattr__(self, "steps", steps)
        for invariant in self.invariants:
            if not invariant.holds:
                broken = f"it does not hold that {invariant.statement}"
                raise BrokenInvariant(broken, f"off by {invariant.gap:.3g}; please report it")
        self._check_axes()
        for series in (series for plot in self.plots for series in plot.series):
            if np.ndim(series.x) != 1 or np.shape(series.x) != np.shape(series.y):
                misfit = f"series {series.label}: {np.shape(series.x)} against {np.shape(series.y)}"
                raise ValueError(misfit)

    def _check_axes(self) -> None:
        shapes: dict[str, set[tuple[int, ...]]] = {}
        named = [*self.inputs.items(), *self.results.items()]
        for name, value in [*named, *((step.name, step.value) for step in self.steps)]:
            shapes.setdefault(name, set()).add(np.shape(value))
        for name, axes in self.axes.items():
            for shape in shapes.get(name, {()}):
                lengths = tuple(
                    len(names) or size for names, size in zip(axes, shape, strict=False)
                )
                if len(axes) != len(shape) or lengths != shape or not shape:
                    misfit = f"axes of {name}: {axes} do not fit the shape {shape}"
                    raise ValueError(misfit)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Trace(Working):
    """A worked example that was run: its heading and its working.

    Attributes:
        name: the example's name.
        question: the number of the question it belongs to.
        idea: the idea in a line.
        params: the settings that are no inputs (switches, thresholds, names), by name.
        seed: with which the inputs were drawn; None where they were not.
    """

    name: str
    question: int
    idea: str
    params: Mapping[str, Any]
    seed: int | None = None


def _frozen(value: Value) -> Value:
    """Return a copy that cannot be written to; a number as Python's own float or int."""
    if np.ndim(value) == 0:
        return value.item() if isinstance(value, (np.ndarray, np.generic)) else value
    copy = np.array(value)
    copy.flags.writeable = False
    return copy
