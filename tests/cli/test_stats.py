"""`nnquiz stats` as the program: the same sums on a screen, as JSON and as a picture."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nnquiz.model.event import CRAM, REVIEW, UNDO, Event

Course = Callable[..., list[Event]]


def nnquiz(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the real program in a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NNQUIZ_HOME": str(home), "COLUMNS": "80", **more},
    )


def printed(home: Path, *arguments: str, **more: str) -> str:
    """Return what a command prints when all is well."""
    done = nnquiz(home, *arguments, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_without_answers_there_is_a_way_to_begin(tmp_path: Path) -> None:
    """An empty log has a kind line, empty sums in JSON, and no picture."""
    assert "nnquiz drill" in printed(tmp_path, "stats")
    shape = json.loads(printed(tmp_path, "stats", "--json"))
    assert (shape["schema"], shape["answers"], shape["days"]) == ("nnquiz.stats/1", 0, [])
    done = nnquiz(tmp_path, "stats", "--svg", str(tmp_path / "new.svg"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--svg: there are no answers yet to draw\n")
    assert not (tmp_path / "new.svg").exists()


def test_sums_are_those_of_the_log(tmp_path: Path, course: Course) -> None:
    """Answers, time and crams of all days, without those that were taken back."""
    log = course(days=20)
    undone = {event.target for event in log if event.kind == UNDO}
    stood = [event for event in log if event.kind == REVIEW and event.id not in undone]
    shape = json.loads(printed(tmp_path, "stats", "--json"))
    assert shape["answers"] == len(stood) == sum(day["answers"] for day in shape["days"])
    assert shape["seconds"] == pytest.approx(sum(event.seconds or 0 for event in stood))
    assert len(shape["days"]) == 20
    crams = [event for event in log if event.kind == CRAM]
    assert sum(day["crammed"] for day in shape["days"]) == len(crams) == 20
    mine = [topic for topic in shape["topics"] if topic["topic"] in {"odd", "even"}]
    assert sum(topic["answers"] for topic in mine) == len(stood)
    assert sum(one["cards"] for one in shape["intervals"]) == 12
    text = " ".join(printed(tmp_path, "stats").split())
    days = len({event.day for event in stood})
    assert text.startswith(f"{len(stood)} answers on {days} days")
    assert "Crammed besides: 20 answers" in text


@pytest.mark.parametrize("width", [100, 80, 40])
def test_it_fits_the_window(tmp_path: Path, course: Course, width: int) -> None:
    """No line is wider than asked for, nothing is coloured in a pipe, and no blank ends a line."""
    course(days=20)
    text = printed(tmp_path, "stats", COLUMNS=str(width))
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= width
    assert all(line == line.rstrip() for line in text.splitlines())


def test_ascii_says_the_same(tmp_path: Path, course: Course) -> None:
    """Where Unicode does not arrive, calendar and bars are of other signs."""
    course(days=20)
    plain = printed(tmp_path, "stats", PYTHONIOENCODING="ascii")
    assert plain.isascii()
    assert len(plain.splitlines()) == len(printed(tmp_path, "stats").splitlines())


def test_the_picture_is_a_new_file(tmp_path: Path, course: Course) -> None:
    """`--svg` writes well-formed SVG with a title for each plot, and replaces nothing."""
    course(days=20)
    path = tmp_path / "stats.svg"
    done = nnquiz(tmp_path, "stats", "--svg", str(path))
    assert (done.returncode, done.stderr) == (0, f"wrote {path}\n")
    words = {node.text for node in ElementTree.parse(path).iter()}
    assert {"Minutes a day", "Recalled, week by week", "Intervals", "Difficulty"} <= words
    before = path.read_bytes()
    again = nnquiz(tmp_path, "stats", "--svg", str(path))
    assert (again.returncode, again.stdout) == (2, "")
    assert path.read_bytes() == before
