"""What one measurement of `benchmarks.scale` prints."""

import json
import re
import statistics
from collections.abc import Sequence
from pathlib import Path


def print_figures(
    opened: float, answers: Sequence[float], nexts: Sequence[float], undos: Sequence[float]
) -> None:
    """Print times, given in seconds, as milliseconds and their medians, and megabytes, as JSON."""
    figures = {
        "open": 1000 * opened,
        "answer": 1000 * statistics.median(answers),
        "next": 1000 * statistics.median(nexts),
        "undo": 1000 * statistics.median(undos),
        "memory": _peak_memory(),
    }
    print(json.dumps(figures))


def _peak_memory() -> float:
    """Return the peak of the resident memory in MB, since the program was loaded.

    `getrusage` would also count what the parent had when it forked; Linux keeps this one apart.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024
