"""`nnquiz list` shows the questions at any width, and as JSON."""

import json
from pathlib import Path

import pytest

from nnquiz.cli.program import run


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the bank is compiled once for all tests."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def home(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No home and no settings but the test's own."""
    monkeypatch.setenv("NNQUIZ_HOME", str(compiled))
    monkeypatch.delenv("NNQUIZ_BANK", raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def test_all_questions_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Number, id and text, one after another in the bank's order."""
    assert run(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    numbered = [line.split()[:2] for line in lines if not line.startswith("   ")]
    assert len(numbered) == 22
    assert numbered[11] == ["12", "attention"]
    assert "   How" not in lines[0]


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 200])
def test_every_width(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is wider than the window or ends in a blank, and no word is lost."""
    monkeypatch.setenv("COLUMNS", "200")
    run(["list"])
    whole = capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", str(columns))
    run(["list"])
    out = capsys.readouterr().out
    assert "".join(out.split()) == "".join(whole.split())
    assert all(
        len(line) <= max(columns, len("11  catastrophic-forgetting")) for line in out.splitlines()
    )
    assert all(line == line.rstrip() for line in out.splitlines())


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The shape is the documented one, for every question."""
    assert run(["list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["schema"] == "nnquiz.questions/1"
    keys = {"number", "id", "question", "topic", "level", "tags", "cards"}
    assert {frozenset(row) for row in listed["questions"]} == {frozenset(keys)}
    assert [row["number"] for row in listed["questions"]] == list(range(1, 23))
    assert all(row["cards"]["explain"] == 1 for row in listed["questions"])


def test_filters(capsys: pytest.CaptureFixture[str]) -> None:
    """A topic and a tag narrow the list; unknown ones are bad input with the known ones."""
    assert run(["list", "--topic", "transformers", "--tag", "softmax", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["questions"]
    assert [row["id"] for row in rows] == ["attention"]
    assert run(["list", "--topic", "transfomers"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith('no topic "transfomers"; did you mean transformers?\n')
    assert "hint: topics: foundations, training," in captured.err


def test_ones_own_bank(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another bank's questions carry its name, and what is broken is said on standard error."""
    monkeypatch.setenv("NNQUIZ_HOME", str(tmp_path))
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks" / "mine.yaml").write_text(
        'questions:\n- {id: one, number: 1, question: "\\e[31m?", answer: x}\n- {id: two}\n'
    )
    assert run(["list"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1].split() == ["mine/one", "␛[31m?"]
    assert captured.err.count("\n") == 1
    assert "mine.yaml:3:3: missing keys: question, answer (left out" in captured.err
