"""`nnquiz where` prints the paths that the program really uses."""

import json
from pathlib import Path

import pytest

from nnquiz.cli.program import run


def test_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Everything lies below NNQUIZ_HOME, and NNQUIZ_BANK is among the banks."""
    monkeypatch.setenv("NNQUIZ_HOME", str(tmp_path))
    monkeypatch.setenv("NNQUIZ_BANK", str(tmp_path / "a.yaml"))
    assert run(["where", "--json"]) == 0
    paths = json.loads(capsys.readouterr().out)
    assert paths["schema"] == "nnquiz.paths/1"
    assert paths["banks"] == [str(tmp_path / "a.yaml")]
    assert paths["history"] == str(tmp_path / "history.db")
    assert Path(paths["bank"], "bank.yaml").is_file()
    assert run(["where"]) == 0
    out = capsys.readouterr().out
    for name, value in paths.items():
        if name != "schema":
            for path in value if isinstance(value, list) else [value]:
                assert f"{name:<10} {path}\n" in out


def test_without_banks_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is none, the folder to put one into is named."""
    monkeypatch.setenv("NNQUIZ_HOME", str(tmp_path))
    monkeypatch.delenv("NNQUIZ_BANK", raising=False)
    assert run(["where"]) == 0
    assert f"banks      none yet; put files into {tmp_path / 'banks'}\n" in capsys.readouterr().out
