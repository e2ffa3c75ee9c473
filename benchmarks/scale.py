"""What a drill costs with a large bank and a long history, beside the library of Anki.

`python -m benchmarks.scale 10000 100000` makes a bank of so many cards in 100 files with ten
reviews a card, and measures in-process, in turn with Anki's library on a collection of the same
size (where it is installed: `pip install nnquiz[scale]`): opening everything and the first card,
an answer, the next card, an undo, and the peak memory of a process that does only this. Exit
status 1 if a promise is missed at 100,000 cards.
"""

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.scale_deck import REVIEWS, fill_log, make_home

ROUNDS = 5
PROMISES = {"open": 20.0, "answer": 1.0, "next": 0.3, "undo": 1.0, "memory": 100.0}
_UNITS = {"open": "ms", "answer": "ms", "next": "ms", "undo": "ms", "memory": "MB"}
_PROMISED_AT = 100_000

Figures = dict[str, float]


def measure(module: str, folder: Path) -> Figures:
    """Run one measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, str(folder)], capture_output=True, text=True, check=True
    )
    figures: Figures = json.loads(done.stdout)
    return figures


def compare(cards: int, folder: Path, *, anki: bool) -> dict[str, Figures]:
    """Measure both programs in turn, and return the medians of each."""
    ours = folder / "nnquiz"
    reviews = fill_log(make_home(ours, cards), seed=cards)
    assert reviews == cards * REVIEWS
    programs = {"nnquiz": ("benchmarks.scale_nnquiz", ours)}
    if anki:
        theirs = folder / "anki"
        theirs.mkdir()
        make = [sys.executable, "-m", "benchmarks.scale_anki", str(theirs), "--make", str(cards)]
        subprocess.run(make, check=True)
        programs["anki"] = ("benchmarks.scale_anki", theirs)
    rounds: dict[str, list[Figures]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, (module, place) in programs.items():
            rounds[name].append(measure(module, place))
    return {
        name: {key: statistics.median(one[key] for one in found) for key in PROMISES}
        for name, found in rounds.items()
    }


def report(found: dict[int, dict[str, Figures]]) -> bool:
    """Print a table, and return whether every promise was kept."""
    kept = True
    for cards, programs in found.items():
        print(f"\n{cards:,} cards, {cards * REVIEWS:,} reviews, medians of {ROUNDS} rounds in turn")
        print(f"{'':8}{'asked':>9}{'nnquiz':>9}{'anki':>9}{'ratio':>8}")
        for key, limit in PROMISES.items():
            ours = programs["nnquiz"][key]
            theirs = programs.get("anki", {}).get(key)
            beside = f"{theirs:>9.2f}{ours / theirs:>8.2f}" if theirs else f"{'-':>9}{'-':>8}"
            missed = cards >= _PROMISED_AT and ours > limit
            kept = kept and not missed
            mark = "  MISSED" if missed else ""
            print(f"{key:8}{limit:>9.2f}{ours:>9.2f}{beside}  {_UNITS[key]}{mark}")
    _report_growth(found)
    return kept


def _report_growth(found: dict[int, dict[str, Figures]]) -> None:
    few, many = min(found), max(found)
    if few == many:
        return
    print(f"\nGrowth from {few:,} to {many:,} cards")
    for name in found[few]:
        grown = (f"{key} {found[many][name][key] / found[few][name][key]:.2f}" for key in PROMISES)
        print(f"{name:8}{', '.join(grown)}")


def main(arguments: Iterable[str] | None = None) -> int:
    """Measure the sizes that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cards", type=int, nargs="*", default=[10_000, 100_000])
    sizes = parser.parse_args(None if arguments is None else list(arguments)).cards
    anki = importlib.util.find_spec("anki") is not None
    found = {}
    for cards in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found[cards] = compare(cards, Path(folder), anki=anki)
    return 0 if report(found) else 1


if __name__ == "__main__":
    sys.exit(main())
