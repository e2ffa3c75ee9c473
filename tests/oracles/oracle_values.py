"""What the oracles said of runs that can be repeated without them: kept for the ordinary tests.

A run is repeated by its example's name, its settings and its seed. Every number in the file was
given to `agree` by an oracle; none is an example's own.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from nnquiz.examples.trace import Trace

FILE = Path(__file__).parents[1] / "examples" / "oracle_values.json"
DIGITS = 13  # more than any comparison looks at; the last ones differ between machines
USUAL_TOLERANCE = 1e-10

Run = tuple[str, str]  # an example and, as JSON, its settings and seed
Values = dict[Run, dict[str, tuple[np.ndarray[Any, Any], float]]]


class OracleValues:
    """Collects, while the oracle tests run, what oracles say of each repeatable run.

    Attributes:
        values: what they said.
        seed: the one that the inputs of this round are drawn with, or None for the defaults.
    """

    def __init__(self) -> None:
        self.values: Values = {}
        self._runs: dict[int, tuple[Trace, dict[str, Any]]] = {}  # by the trace's identity
        self.seed: int | None = None
        self._open = True

    def note(self, trace: Trace, settings: dict[str, Any]) -> None:
        """Remember with which settings a run was made."""
        if self._open:
            self._runs[id(trace)] = trace, settings

    def add(self, trace: Trace, name: str, value: np.ndarray[Any, Any], tolerance: float) -> None:
        """Keep what an oracle says of a result, unless the inputs are random ones of a test."""
        if id(trace) in self._runs:
            _, settings = self._runs[id(trace)]
            run = trace.name, json.dumps({"settings": _plain(settings), "seed": trace.seed})
            self.values.setdefault(run, {})[name] = value, tolerance

    @contextmanager
    def of_seed(self, seed: int | None) -> Iterator[None]:
        """Draw the inputs of every run in here with a seed."""
        self.seed = seed
        self._runs.clear()
        try:
            yield
        finally:
            self.seed = None

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Keep nothing of the runs in here."""
        self._runs.clear()
        self._open = False
        try:
            yield
        finally:
            self._open = True


VALUES = OracleValues()


def write(values: Values) -> None:
    """Write values to the file, a line each, so that differences read well."""
    examples: dict[str, list[str]] = {}
    for (name, run), results in sorted(values.items()):
        rows = []
        for result, (value, tolerance) in sorted(results.items()):
            shown = json.dumps({"is": _rounded(value.tolist()), **_looser(tolerance)})
            rows.append(f"      {json.dumps(result)}: {shown}")
        body = ",\n".join(rows)
        examples.setdefault(name, []).append(f'    {run[:-1]}, "results": {{\n{body}\n    }}}}')
    blocks = [
        f"  {json.dumps(name)}: [\n" + ",\n".join(runs) + "\n  ]" for name, runs in examples.items()
    ]
    FILE.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


def differences(values: Values, *, complete: bool) -> Iterator[str]:
    """Say where the file is not what the oracles said.

    Args:
        values: what they said in this run.
        complete: whether every oracle test ran, so that nothing else may stand in the file.
    """
    stored = read()
    for run in values.keys() | (stored.keys() if complete else set()):
        said, kept = values.get(run, {}), stored.get(run, {})
        for name in said.keys() | (kept.keys() if complete else set()):
            if name not in said or name not in kept:
                yield f"{run}: {name} is {'not ' * (name not in kept)}in the file"
                continue
            (left, tolerance), (right, _) = said[name], kept[name]
            if left.shape != right.shape or not np.allclose(
                left, right, rtol=tolerance, atol=tolerance, equal_nan=True
            ):
                yield f"{run}: {name} is {right.tolist()}; the oracle says {left.tolist()}"


def read() -> Values:
    """Return what is in the file."""
    content = json.loads(FILE.read_text("utf-8"))
    return {
        (name, json.dumps({"settings": row["settings"], "seed": row["seed"]})): {
            result: (np.array(value["is"], float), value.get("tolerance", USUAL_TOLERANCE))
            for result, value in row["results"].items()
        }
        for name, rows in content.items()
        for row in rows
    }


def _looser(tolerance: float) -> dict[str, float]:
    return {} if tolerance == USUAL_TOLERANCE else {"tolerance": tolerance}


def _rounded(value: Any) -> Any:
    """Shorten every number of nested lists; what is not finite becomes a text."""
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    if not np.isfinite(value):
        return str(value)
    short = float(f"{value:.{DIGITS}g}")
    return int(short) if short == int(short) and abs(short) < 1e9 else short


def _plain(value: Any) -> Any:
    """Settings as JSON has them."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value
