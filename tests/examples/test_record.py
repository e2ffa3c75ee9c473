"""A trace as JSON."""

import json
from typing import Any

import numpy as np
import pytest

from nnquiz.examples.attention import attention
from nnquiz.examples.catalogue import ENTRIES, load
from nnquiz.examples.metrics import confusion, roc_auc
from nnquiz.examples.record import record, records

KEYS = ["schema", "name", "question", "params", "seed"]
KEYS += ["inputs", "steps", "result", "axes", "plots"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
@pytest.mark.parametrize("seed", [None, 5])
def test_json_gives_the_trace_back(entry: Any, seed: int | None) -> None:
    """Through strict JSON and back, every number is the same."""
    trace = load(entry)(seed=seed)
    shape = json.loads(json.dumps(record(trace), allow_nan=False))
    assert list(shape) == KEYS
    assert shape["schema"] == "nnquiz.example/1"
    assert (shape["name"], shape["question"]) == (entry.name, entry.question)
    assert shape["seed"] == seed
    for group, values in (("inputs", trace.inputs), ("result", trace.results)):
        for name, value in values.items():
            back = np.array(shape[group][name], dtype=float)  # reads "inf" and "nan" too
            np.testing.assert_array_equal(back, value)
    for step, written in zip(trace.steps, shape["steps"], strict=True):
        assert list(written) == ["name", "formula", "substituted", "value", "note"]
        np.testing.assert_array_equal(np.array(written["value"], dtype=float), step.value)


def test_a_run_can_be_repeated_from_its_json() -> None:
    """Inputs and params together are all that it takes to run the example again."""
    first = record(attention(causal=True, seed=4))
    again = record(attention(**first["params"], **first["inputs"]))
    assert again | {"seed": 4} == first


def test_numbers_that_are_not_finite_are_words() -> None:
    """JSON has no infinity; the words inf, -inf and nan stand for it."""
    assert record(attention(causal=True))["result"]["scores"][0] == [1.0, "-inf", "-inf"]
    assert record(roc_auc())["result"]["thresholds"][0] == "inf"
    assert record(confusion(threshold=2))["result"]["precision"] == "nan"


def test_axes_name_rows_and_columns() -> None:
    """For each dimension a list of names, empty where there are none."""
    axes = record(attention())["axes"]
    assert axes["weights"] == [["the", "cat", "sat"], ["the", "cat", "sat"]]
    assert axes["V"] == [["the", "cat", "sat"], []]


def test_plots_are_data() -> None:
    """A heat map is a series a row, a curve is x against y."""
    (heat,) = record(attention())["plots"]
    assert heat["kind"] == "heatmap"
    assert [series["label"] for series in heat["series"]] == heat["x_ticks"]
    (curve,) = record(roc_auc())["plots"]
    assert curve["series"][0]["x"] == record(roc_auc())["result"]["fpr"]


def test_several_traces_have_a_shape_of_their_own() -> None:
    """What one name runs together is a list of examples."""
    shape = records([confusion(), roc_auc()])
    assert shape["schema"] == "nnquiz.examples-run/1"
    assert [part["name"] for part in shape["examples"]] == ["confusion", "roc-auc"]
