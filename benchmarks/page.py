"""How long pages and formulas take, in this process; the limits are those of docs/design.md.

`python -m benchmarks.page` prints the best of several rounds beside its limit. What is measured is
the processor's time; both keep out what other programs do. Exit status 1 if a limit is missed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from nnquiz.bank.index import Index
from nnquiz.book.page import book
from nnquiz.paths import locate
from nnquiz.term.question import draw_question
from nnquiz.tex import linear, lines, mathml, parse, speech

ROUNDS = 9
WIDTH = 80
FIELD = Path(__file__).parents[1] / "tests" / "tex" / "field.txt"
# Import time in a fresh interpreter that has what every command has anyway.
_IMPORT = (
    "import re, typing, time, functools, unicodedata; start = time.process_time();"
    "import nnquiz.tex, nnquiz.tex.display; print(time.process_time() - start)"
)


class Figure(NamedTuple):
    """A figure that was promised, what it came to, and whether less is better."""

    name: str
    value: float
    limit: float
    unit: str
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the promise was kept."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def best(work: Callable[[], object]) -> float:
    """Return the milliseconds that something takes, after one round that is not counted."""
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return 1000 * min(taken)


def formulas() -> list[str]:
    """Return the LaTeX of the golden set."""
    entries = FIELD.read_text(encoding="utf-8").split("## ")[1:]
    return [entry.partition("\n")[2].strip() for entry in entries]


def import_time() -> float:
    """Return the milliseconds that the package of formulas takes to import."""
    taken = []
    for _ in range(ROUNDS):
        command = [sys.executable, "-c", _IMPORT]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        taken.append(float(done.stdout))
    return 1000 * min(taken)


def figures() -> list[Figure]:
    """Measure all of it."""
    with Index.open(locate(os.environ)) as index:
        questions = list(index.questions())
    golden = formulas()
    trees = [parse(source) for source in golden]
    each = [
        (name, best(lambda form=form: [form(tree) for tree in trees]) / len(golden))  # type: ignore[misc]
        for name, form in (
            ("linear", linear),
            ("drawn", lambda tree: lines(tree, WIDTH)),
            ("spoken", speech),
            ("MathML", mathml),
        )
    ]
    read = best(lambda: list(map(parse, golden))) / len(golden)
    return [
        Figure(
            f"all {len(questions)} answers at {WIDTH} columns",
            best(lambda: [draw_question(question, WIDTH) for question in questions]),
            150,
            "ms",
        ),
        Figure("all of them as a book", best(lambda: book(questions, ideas={})), 150, "ms"),
        Figure("importing the package of formulas", import_time(), 10, "ms"),
        *(Figure(f"a formula read and {name}", read + taken, 0.5, "ms") for name, taken in each),
        Figure("formulas in the golden set", len(golden), 100, "", at_least=True),
    ]


def main() -> int:
    """Print a line a figure."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(NNQUIZ_HOME=home, TERM="xterm-256color")
        for name in ("NNQUIZ_BANK", "PYTHONDONTWRITEBYTECODE"):
            os.environ.pop(name, None)
        measured = figures()
    for figure in measured:
        sign = ">=" if figure.at_least else "<="
        mark = "" if figure.kept else "  MISSED"
        print(f"{figure.name:42}{figure.value:>9.3g} {figure.unit:2} {sign} {figure.limit:g}{mark}")
    return 0 if all(figure.kept for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
