"""One example run for several values of one parameter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnquiz.errors import BadInput
from nnquiz.examples.example import Example
from nnquiz.examples.parameters import Parameter, Seed
from nnquiz.examples.trace import Trace, Value

MOST_RUNS = 20
LONGEST_SHOWN = 6  # entries of an array that are compared one by one

SEED = Parameter("seed", Seed(), 0)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Runs that differ in one parameter: `traces[i]` is the run with `values[i]`."""

    parameter: str
    values: tuple[Any, ...]
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One number of every run.

    Attributes:
        result: the result that it belongs to.
        entry: which number of an array it is; empty where the result is a number.
        numbers: in the order of the runs; None where a run has no such number.
    """

    result: str
    entry: str
    numbers: tuple[float | None, ...]


def compare(
    example: Example,
    parameter: str,
    values: Sequence[Any],
    settings: Mapping[str, Any],
    seed: int | None,
) -> Comparison:
    """Run an example once with each of the values; all else stays the same.

    The parameter `seed`, which every example has, draws the numbers anew for each run.

    Raises:
        BadInput: fewer than two values or too many, a parameter that is set as well, or anything
            that the example refuses.
    """
    if not 2 <= len(values) <= MOST_RUNS:
        message = f"{parameter}: expected 2 to {MOST_RUNS} values to compare; came {len(values)}"
        raise BadInput(message)
    if parameter in settings or (parameter == SEED.name and seed is not None):
        message = f"{parameter} is set and compared at once"
        raise BadInput(message, "leave one of them out")
    if parameter == SEED.name:
        seeds = [SEED.read(value) for value in values]
        runs = [example(seed=one, **settings) for one in seeds]
    else:
        runs = [example(seed=seed, **settings, **{parameter: value}) for value in values]
    return Comparison(parameter, tuple(_taken(run, parameter) for run in runs), tuple(runs))


def rows(comparison: Comparison) -> list[Row]:
    """Return what came out, a row for each number, those of one result together.

    The entries of a short array have a row each, by name; of an array that is summarised, the
    least and the greatest entry have one.
    """
    results = [trace.results for trace in comparison.traces]
    names = dict.fromkeys(name for result in results for name in result)
    return [row for name in names for row in _rows_of(comparison, name)]


def is_summarised(comparison: Comparison, result: str) -> bool:
    """Say whether a result is a long array, or one whose shape is not the same in every run."""
    shapes = {np.shape(value) for value in _values(comparison, result) if value is not None}
    return len(shapes) > 1 or any(np.prod(shape) > LONGEST_SHOWN for shape in shapes)


def is_constant(comparison: Comparison, result: str) -> bool:
    """Say whether a result is the same in every run, shape and all; nan is the same as nan."""
    first, *others = _values(comparison, result)
    if first is None or any(value is None for value in others):
        return False
    return all(np.array_equal(first, np.asarray(value), equal_nan=True) for value in others)


def entry_names(place: Sequence[int], axes: Sequence[Sequence[str]]) -> list[str]:
    """Name where an entry of an array stands: by the names along its axes, or counted from 1."""
    axes = axes or ((),) * len(place)
    return [names[i] if names else str(i + 1) for i, names in zip(place, axes, strict=True)]


def _rows_of(comparison: Comparison, result: str) -> list[Row]:
    values = _values(comparison, result)
    if is_summarised(comparison, result):
        return [
            Row(result, "least", tuple(_extreme(value, np.min) for value in values)),
            Row(result, "greatest", tuple(_extreme(value, np.max) for value in values)),
        ]
    shape = next(np.shape(value) for value in values if value is not None)
    axes = {trace.axes.get(result, ()) for trace in comparison.traces if result in trace.results}
    # A parameter may name the axes; where it is compared, the entries are numbered.
    named = next(iter(axes)) if len(axes) == 1 else ()
    return [
        Row(
            result,
            ", ".join(entry_names(place, named)),
            tuple(None if value is None else np.asarray(value)[place].item() for value in values),
        )
        for place in np.ndindex(*shape)
    ]


def _values(comparison: Comparison, result: str) -> list[Value | None]:
    return [trace.results.get(result) for trace in comparison.traces]


def _extreme(value: Value | None, choose: Callable[[Value], Any]) -> float | None:
    return None if value is None or not np.size(value) else float(choose(value))


def _taken(run: Trace, parameter: str) -> Any:
    """Return a parameter's value as the run took it."""
    if parameter == SEED.name:
        return run.seed
    return run.params[parameter] if parameter in run.params else run.inputs[parameter]
