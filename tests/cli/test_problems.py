"""`nnquiz problems`: the list of numeric problems."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnquiz.problems.catalogue import PROBLEMS


def nnquiz(*arguments: str, home: Path, columns: int = 80) -> subprocess.CompletedProcess[str]:
    """Run the real program."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "NNQUIZ_HOME": str(home), "COLUMNS": str(columns)},
    )


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_every_problem_is_listed_with_its_title(columns: int, tmp_path: Path) -> None:
    """Whatever the width, nothing is left out, cut or padded."""
    result = nnquiz("problems", home=tmp_path, columns=columns)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    words = " ".join(result.stdout.split())
    for row in PROBLEMS:
        assert f"{row.name} {row.title}" in words
    assert all(line == line.rstrip() for line in lines)
    assert columns == 40 or max(map(len, lines)) <= columns


@pytest.mark.parametrize("question", ["1", "neuron", "neur", " NEURON "])
def test_a_question_is_named_by_number_or_id(question: str, tmp_path: Path) -> None:
    """Only the problems of that question are listed."""
    result = nnquiz("problems", question, "--json", home=tmp_path)
    listed = json.loads(result.stdout)["problems"]
    assert [row["name"] for row in listed] == [row.name for row in PROBLEMS if row.question == 1]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("32", "no question 32; there are 1 to 22\n"),
        ("0", "no question 0; there are 1 to 22\n"),
        (
            "attentoin",
            "no question 'attentoin'; there are 1 to 22\nhint: did you mean attention?\n",
        ),
        ("a", "'a' is the beginning of architecture, attention, anomaly-detection\n"),
    ],
)
def test_an_unknown_question_is_bad_input(question: str, message: str, tmp_path: Path) -> None:
    """One line that says what there is, and exit code 2."""
    result = nnquiz("problems", question, home=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", message)


def test_the_json_is_as_documented(tmp_path: Path) -> None:
    """Schema, and the four fields of each problem."""
    shape = json.loads(nnquiz("problems", "--json", home=tmp_path).stdout)
    assert shape == {
        "schema": "nnquiz.problems/1",
        "problems": [
            {"name": row.name, "question": row.question, "version": row.version, "title": row.title}
            for row in PROBLEMS
        ],
    }
