"""A trace as plain values for JSON: the shape `nnquiz.example/1` of docs/json.md."""

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from nnquiz.examples.trace import Plot, Step, Trace

if TYPE_CHECKING:
    from nnquiz.examples.comparison import Comparison

SCHEMA = "nnquiz.example/1"
SCHEMA_OF_SEVERAL = "nnquiz.examples-run/1"
SCHEMA_OF_COMPARISON = "nnquiz.comparison/1"


def record(trace: Trace) -> dict[str, Any]:
    """Return a trace as dictionaries, lists, texts and finite numbers.

    A number that is not finite becomes "inf", "-inf" or "nan", which JSON has no other way to say.
    """
    return {
        "schema": SCHEMA,
        "name": trace.name,
        "question": trace.question,
        "params": _plain(trace.params),
        "seed": trace.seed,
        "inputs": _plain(trace.inputs),
        "steps": [_step(step) for step in trace.steps],
        "result": _plain(trace.results),
        "axes": _plain(trace.axes),
        "plots": [_plot(plot) for plot in trace.plots],
    }


def records(traces: Iterable[Trace]) -> dict[str, Any]:
    """Return several traces, as one name may stand for several examples."""
    return {"schema": SCHEMA_OF_SEVERAL, "examples": [record(trace) for trace in traces]}


def comparison_record(comparison: "Comparison") -> dict[str, Any]:
    """Return runs that differ in one parameter: what each was given, and what came out."""
    first = comparison.traces[0]
    return {
        "schema": SCHEMA_OF_COMPARISON,
        "name": first.name,
        "question": first.question,
        "parameter": comparison.parameter,
        "runs": [
            {
                "value": _plain(value),
                "params": _plain(trace.params),
                "seed": trace.seed,
                "inputs": _plain(trace.inputs),
                "result": _plain(trace.results),
            }
            for value, trace in zip(comparison.values, comparison.traces, strict=True)
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "formula": step.formula,
        "substituted": step.substituted,
        "value": _plain(step.value),
        "note": step.note,
    }


def _plot(plot: Plot) -> dict[str, Any]:
    return {
        "kind": plot.kind,
        "title": plot.title,
        "x_label": plot.x_label,
        "y_label": plot.y_label,
        "x_ticks": list(plot.x_ticks),
        "series": [
            {"label": series.label, "x": _plain(series.x), "y": _plain(series.y)}
            for series in plot.series
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        return _plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
