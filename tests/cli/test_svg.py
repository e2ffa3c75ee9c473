"""`nnquiz run-example --svg` as it is typed."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from nnquiz.cli.program import run


def test_a_picture_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file holds every plot of every example of the name; JSON is printed as without."""
    file = tmp_path / "metrics.svg"
    assert run(["run-example", "metrics", "--svg", str(file), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["schema"] == "nnquiz.examples-run/1"
    assert captured.err == f"wrote {file}\n"
    words = {text.text for text in ET.parse(file).iter("{http://www.w3.org/2000/svg}text")}
    assert {"ROC curve", "predictions against truth"} <= words
    assert os.listdir(tmp_path) == ["metrics.svg"]


def test_no_file_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that exists stays as it is, and nothing is printed but the reason."""
    file = tmp_path / "mine.svg"
    file.write_text("mine", encoding="utf-8")
    assert run(["run-example", "neuron", "--svg", str(file)]) == 2
    captured = capsys.readouterr()
    assert (captured.out, file.read_text(encoding="utf-8")) == ("", "mine")
    assert captured.err == f"--svg: {file} exists already\nhint: remove it or give another name\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["dense", "--svg", "dense.svg"], 2, "--svg: dense draws no plot"),
        (["neuron", "--svg", "nowhere/neuron.svg"], 1, "nowhere/neuron.svg: No such file"),
        (
            ["neuron", "--svg", "n.svg", "--compare", "b=1,2"],
            2,
            "--svg and --compare do not go together",
        ),
    ],
)
def test_what_cannot_be_written_is_said(
    arguments: list[str], code: int, message: str, tmp_path: Path
) -> None:
    """One line on standard error, nothing on standard output, and no file."""
    done = subprocess.run(
        [sys.executable, "-m", "nnquiz", "run-example", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert os.listdir(tmp_path) == []
