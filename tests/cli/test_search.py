"""`nnquiz search` shows where the words stand, or says that they stand nowhere."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from nnquiz.cli.program import run


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the bank is compiled once for all tests."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def home(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No home and no settings but the test's own."""
    monkeypatch.setenv("NNQUIZ_HOME", str(compiled))
    for name in ("NNQUIZ_BANK", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def test_the_words_are_marked(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe the matching words stand in brackets, below the question."""
    assert run(["search", "batch", "normalization"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == " 3  batch-norm"
    assert lines[1].startswith("    How does a batch normalisation layer work")
    assert "[batch]" in " ".join(lines[2:5]).lower()


def test_the_words_are_styled_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With styles the words are underlined, and there are no brackets."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert run(["search", "softmax"]) == 0
    out = capsys.readouterr().out
    assert "\x1b[1;4msoftmax\x1b[0m" in out
    assert "[softmax]" not in out


@pytest.mark.parametrize("columns", [30, 40, 80])
def test_every_width(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is wider than the window or ends in a blank."""
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run(["search", "gradient"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, lines)) <= columns
    assert all(line == line.rstrip() for line in lines)


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """A hit is a question of the list with its snippet."""
    assert run(["search", "softmax", "--tag", "attention", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "nnquiz.hits/1"
    keys = ["number", "id", "question", "topic", "level", "tags", "cards", "snippet"]
    assert list(found["questions"][0]) == keys
    assert found["questions"][0]["id"] == "attention"
    assert "[softmax]" in found["questions"][0]["snippet"]


@pytest.mark.parametrize("words", ['"', "NOT", "a AND", "(", "*", "x:y", "\x1b[31m", "--"])
def test_nothing_found_is_said(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is typed, the answer is hits or one line with a way out, and exit code 0."""
    assert run(["search", "--", words, "zzzz"]) == 0
    captured = capsys.readouterr()
    assert captured.out.count("\n") == 1
    assert captured.out.startswith("no question has all of ")
    assert "\x1b" not in captured.out
    assert captured.err == ""


def test_nothing_found_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """No hit is an empty list."""
    assert run(["search", "zzzz", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["questions"] == []


def test_a_filter_that_leaves_nothing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """With a filter the way out is to leave it away."""
    assert run(["search", "zzzz", "--topic", "vision"]) == 0
    assert "without --topic and --tag" in capsys.readouterr().out
