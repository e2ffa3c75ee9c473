"""Every numeric problem's answer against an independent computation, over a hundred draws.

The oracles of a topic are in `problems/<module>.py` beside this file: a dictionary `ORACLES`
from the problem's name to a function of its parameters.
"""

import runpy
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nnquiz.problems.catalogue import PROBLEMS, Row, problem

Oracle = Callable[[dict[str, Any]], float]


@cache
def oracles(module: str) -> dict[str, Oracle]:
    """The oracles of a topic."""
    file = Path(__file__).parent / "problems" / f"{module}.py"
    found: dict[str, Oracle] = runpy.run_path(str(file))["ORACLES"]
    return found


@pytest.mark.parametrize("row", PROBLEMS, ids=lambda row: row.name)
def test_answers_equal_the_oracle(row: Row) -> None:
    """The answer follows from the parameters by a way that shares no code with the generator."""
    oracle = oracles(row.module)[row.name]
    for seed in range(100):
        drawn = problem(row.name, seed)
        assert drawn.answer == pytest.approx(oracle(dict(drawn.params)), rel=1e-9, abs=1e-12), seed


def test_no_oracle_is_left_over() -> None:
    """Each oracle belongs to a problem of the catalogue."""
    files = (Path(__file__).parent / "problems").glob("*.py")
    named = {name for file in files for name in oracles(file.stem)}
    assert named == {row.name for row in PROBLEMS}
