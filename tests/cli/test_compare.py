"""`nnquiz run-example --compare` as it is typed."""

import json
from pathlib import Path

import pytest

from nnquiz.cli.program import run
from nnquiz.examples.metrics import confusion
from nnquiz.examples.record import record


def test_a_comparison_is_a_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each value of the parameter has a column; 40 columns are enough."""
    monkeypatch.setenv("COLUMNS", "40")
    assert run(["run-example", "confusion", "--compare", "threshold=0.3, 0.5, 0.7"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 40
    assert [line.split() for line in lines if "0." in line and not line[3].isalpha()] == [
        ["0.3", "0.5"],
        ["0.7"],
    ]


def test_a_comparison_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Every run holds what the example's own JSON holds; `--set` and `--seed` are for all."""
    options = ["--set", "y_true=0,1,1,0,1,0,1,0,1,0", "--seed", "4", "--json"]
    assert run(["run-example", "confusion", "--compare", "threshold=0.3,0.5", *options]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert shape["schema"] == "nnquiz.comparison/1"
    assert (shape["name"], shape["question"], shape["parameter"]) == ("confusion", 8, "threshold")
    for one, threshold in zip(shape["runs"], (0.3, 0.5), strict=True):
        alone = record(confusion(threshold=threshold, y_true="0,1,1,0,1,0,1,0,1,0", seed=4))
        expected = {key: alone[key] for key in ("params", "seed", "inputs", "result")}
        assert one == {"value": threshold, **json.loads(json.dumps(expected))}


def test_lists_and_files_are_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A comma inside brackets does not part values, and a file holds one value."""
    (tmp_path / "g.yaml").write_text("[0.3, 0.4]\n", encoding="utf-8")
    compared = f"g=[3, 4],@{tmp_path}/g.yaml"
    assert run(["run-example", "grad-clip", "--compare", compared, "--json"]) == 0
    runs = json.loads(capsys.readouterr().out)["runs"]
    assert [one["value"] for one in runs] == [[3.0, 4.0], [0.3, 0.4]]


def test_the_seed_can_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """`--compare seed=1,2` draws the numbers anew for each run."""
    assert run(["run-example", "grad-clip", "--compare", "seed=1,2", "--json"]) == 0
    runs = json.loads(capsys.readouterr().out)["runs"]
    assert [one["seed"] for one in runs] == [1, 2]
    assert runs[0]["inputs"] != runs[1]["inputs"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["confusion", "--compare", "treshold=1,2"], "hint: did you mean threshold?\n"),
        (["confusion", "--compare", "threshold=0.5,x"], "threshold: expected a number"),
        (["confusion", "--compare", "threshold=0.5,"], "came '', which is no number"),
        (["confusion", "--compare", "threshold=0.5"], "expected 2 to 20 values to compare; came 1"),
        (["confusion", "--compare", "threshold"], "--compare: expected NAME=VALUE"),
        (["metrics", "--compare", "threshold=0.5,1"], "'metrics' stands for confusion, roc-auc"),
        (["grad-clip", "--set", "seed=1"], "hint: --seed N draws the numbers"),
    ],
)
def test_a_bad_comparison_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line on standard error, nothing on standard output, exit code 2."""
    assert run(["run-example", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err
