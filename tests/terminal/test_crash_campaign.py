"""The campaign of kills that `benchmarks.crash` runs at length, in short."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_few_kills_lose_nothing() -> None:
    """Killed at five random moments, the real program keeps all that its screen had said."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.crash", "5"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("5 kills: everything acknowledged is there (")
    assert " review" in done.stdout
