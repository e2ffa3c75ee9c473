"""`nnquiz run-example` as it is typed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnquiz.cli.program import run
from nnquiz.cli.run_example import LARGEST_FILE, _names
from nnquiz.examples.attention import attention
from nnquiz.term.plots import draw

HEAVY = (
    "yaml",
    "pydantic",
    "jsonschema",
    "markdown_it",
    "sqlite3",
    "numpy.random",
    "rich.markdown",
    "plotille",
)


def nnquiz(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real program, which needs no home for this."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_it_prints_the_example_and_nothing_else() -> None:
    """Piped: plain lines, no escape sequences, nothing on standard error; plots after the steps."""
    done = nnquiz("run-example", "attention")
    assert (done.returncode, done.stderr) == (0, "")
    golden = Path(__file__).parents[1] / "term" / "golden" / "examples" / "attention-80.txt"
    plot = [line.plain for line in draw(attention().plots, 80)]
    lines = done.stdout.splitlines()
    start = lines.index(plot[1]) - 1
    assert lines[start : start + len(plot)] == plot
    assert lines[start + len(plot) :][:2] == ["", "Result"]
    del lines[start : start + len(plot)]
    assert lines == golden.read_text(encoding="utf-8").splitlines()


def test_a_narrow_terminal_is_enough() -> None:
    """40 columns hold every example of a name that stands for several."""
    done = nnquiz("run-example", "metrics", COLUMNS="40")
    assert max(map(len, done.stdout.splitlines())) <= 40
    for name in ("confusion", "roc-auc", "regression-metrics"):
        assert f"{name} (question 8)" in done.stdout.splitlines()


def test_an_ascii_terminal_is_enough() -> None:
    """Where the encoding lacks a character it is replaced; nothing fails, and JSON is whole."""
    assert nnquiz("run-example", "neuron", PYTHONIOENCODING="ascii").returncode == 0
    done = nnquiz("run-example", "neuron", "--json", PYTHONIOENCODING="ascii")
    assert "Φ" not in done.stdout
    assert json.loads(done.stdout)["result"]["z"] == -0.65


def test_numbers_come_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """`--set` takes scalars, words, lists and JSON, again and again."""
    settings = ("x=1,2", "w=[0.5, -1]", "b=0.25", "act=relu")
    code = run(["run-example", "neuron", "--json", *(f"--set={setting}" for setting in settings)])
    shape = json.loads(capsys.readouterr().out)
    assert code == 0
    assert shape["inputs"] == {"x": [1.0, 2.0], "w": [0.5, -1.0], "b": 0.25}
    assert shape["params"] == {"act": "relu"}
    assert shape["result"] == {"z": -1.25, "a": 0.0}
    assert shape["seed"] is None


def test_numbers_come_from_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`@file.yaml` is the value itself, or names with values, in YAML or JSON."""
    (tmp_path / "x.yaml").write_text("- 1\n- 2e0\n", encoding="utf-8")
    (tmp_path / "all.json").write_text('{"w": [3, 4], "x": [0, 0]}', encoding="utf-8")
    files = [f"--set=x=@{tmp_path}/x.yaml", f"--set=w=@{tmp_path}/all.json"]
    assert run(["run-example", "neuron", "--json", *files]) == 0
    assert json.loads(capsys.readouterr().out)["result"]["z"] == 11.1


def test_a_seed_is_written_down(capsys: pytest.CaptureFixture[str]) -> None:
    """`--seed` draws the inputs, and the JSON says with what."""
    assert run(["run-example", "att", "--seed", "3", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert first["seed"] == 3
    assert run(["run-example", "attention", "--seed", "3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == first


def test_several_examples_are_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that stands for several examples gives a list; each takes the settings it knows."""
    assert run(["run-example", "metrics", "--json", "--set", "threshold=0.7"]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert shape["schema"] == "nnquiz.examples-run/1"
    names = [part["name"] for part in shape["examples"]]
    assert names == ["confusion", "roc-auc", "regression-metrics"]
    assert shape["examples"][0]["params"] == {"threshold": 0.7}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["atention"], "no worked example 'atention'\nhint: did you mean attention?\n"),
        (["32"], "no question 32; there are 1 to 22\n"),
        (["attention", "--set", "causl=1"], "hint: did you mean causal?\n"),
        (["attention", "--set", "V=[[1]]"], "attention: K has 3 rows and V has 1; keys and"),
        (["attention", "--set", "causal"], "--set: expected NAME=VALUE, such as b=0.5; came"),
        (["attention", "--set", "=1"], "--set: expected NAME=VALUE"),
        (["attention", "--set", "pad=", "--set", "pad="], "--set: pad is set twice"),
        (["attention", "--set", "Q=@nowhere.yaml"], "nowhere.yaml: No such file or directory"),
        (["attention", "--seed", "-1"], "attention: seed: expected a whole number"),
        (["attention", "--seed", "x"], "'--seed'"),
        (["metrics", "--set", "k=1"], "no parameter 'k'; there are y_true, scores, threshold"),
        ([], "Missing argument 'NAME'"),
    ],
)
def test_bad_input_gets_one_line_and_exit_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing on standard output, one line and a way out on standard error."""
    assert run(["run-example", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err


ALIASES = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghx", strict=True)
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[1, 2", "x.yaml:1:6: "),
        (b"!!python/object/apply:os.system ['true']", "x.yaml:1:1: could not determine"),
        (b"\xff\xfe\x00", "x.yaml: not UTF-8"),
        (b"y: [1]", "x.yaml: there is no x in it"),
        (b"", "came None"),
        (b"[.nan]", "which is not finite"),
        (b"&a [*a]", "x: expected numbers in a row"),
        (ALIASES.encode(), "more than 1000 numbers"),
        (b"#" * (LARGEST_FILE + 1), f"larger than {LARGEST_FILE} bytes"),
        (b"[" * 20_000, "x.yaml"),
    ],
)
def test_bad_files_are_refused(
    content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is broken, foreign or hostile is refused in one line that names the place."""
    file = tmp_path / "x.yaml"
    file.write_bytes(content)
    assert run(["run-example", "neuron", "--set", f"x=@{file}"]) == 2
    assert message in capsys.readouterr().err


def test_a_folder_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in place of a file is one line too."""
    assert run(["run-example", "neuron", "--set", f"x=@{tmp_path}"]) == 2
    assert "Is a directory" in capsys.readouterr().err


def test_it_starts_with_numpy_and_little_else() -> None:
    """No YAML, no bank, no Markdown and no random numbers unless they are asked for."""
    code = (
        "import sys; from nnquiz.cli.program import run; run(['run-example', 'attention']);"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == "[]\n"


def test_a_shell_completes_names() -> None:
    """Beginnings are completed to examples, aliases and ids."""
    assert _names("batchnorm-t") == ["batchnorm-train"]
    assert _names("batch")[-2:] == ["batchnorm", "batch-norm"]
