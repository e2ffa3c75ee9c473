"""The examples give what independent implementations said of the same runs.

`oracle_values.json` is written by the oracle tests (`pytest -c tests/oracles/pytest.ini
tests/oracles --store`), and CI compares it with what the oracles say again. So the ordinary tests
hold every example to torch, scikit-learn and scipy without any of them being there.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnquiz.examples.catalogue import ENTRIES, Entry, load

TOLERANCE = 1e-10
STORED: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("oracle_values.json").read_text("utf-8")
)


def of(name: str) -> list[dict[str, Any]]:
    """Return the stored runs of an example."""
    return STORED.get(name, [])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_an_example_equals_its_oracle(entry: Entry) -> None:
    """Every number that an oracle gave is the example's, to 1e-10 unless the oracle is looser.

    Why it is looser stands beside the comparison in `tests/oracles`.
    """
    example = load(entry)
    for row in of(entry.name):
        trace = example(seed=row["seed"], **row["settings"])
        values = {**{step.name: step.value for step in trace.steps}, **trace.results}
        for name, wanted in row["results"].items():
            tolerance = wanted.get("tolerance", TOLERANCE)
            np.testing.assert_allclose(
                np.array(values[name], float),
                np.array(wanted["is"], float),
                rtol=tolerance,
                atol=tolerance,
                err_msg=f"{entry.name} {row['settings']} seed {row['seed']}: {name}",
            )


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_an_oracle_speaks_of_the_defaults(entry: Entry) -> None:
    """Every example has at least one run with the inputs that everybody sees."""
    assert any(row["seed"] is None and row["results"] for row in of(entry.name))


def test_nothing_else_is_stored() -> None:
    """An example that is gone leaves no numbers behind."""
    assert STORED.keys() <= {entry.name for entry in ENTRIES}
