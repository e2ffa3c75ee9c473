"""`nnquiz config` as the program, and that drills obey it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnquiz.history.log import History


def nnquiz(
    home: Path, *arguments: str, typed: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the real program in a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NNQUIZ_HOME": str(home), "COLUMNS": "80", **more},
    )


def test_each_setting_is_shown_with_its_place(tmp_path: Path) -> None:
    """The table names the variable, the line of the file or the default."""
    nnquiz(tmp_path, "config", "new-cards", "3")
    shown = nnquiz(tmp_path, "config", NNQUIZ_ROLLOVER="5")
    rows = [line.split()[:3] for line in shown.stdout.splitlines()[::2]]
    assert rows == [
        ["retention", "0.9", "default"],
        ["new_cards", "3", f"{tmp_path}/config.toml:1"],
        ["rollover", "5", "NNQUIZ_ROLLOVER"],
        ["minutes", "20", "default"],
    ]


def test_json_has_the_same(tmp_path: Path) -> None:
    """The shape is stable, for all settings and for one."""
    nnquiz(tmp_path, "config", "retention", ".85")
    shape = json.loads(nnquiz(tmp_path, "config", "--json").stdout)
    assert list(shape) == ["schema", "file", "settings"]
    assert (shape["schema"], shape["file"]) == ("nnquiz.config/1", f"{tmp_path}/config.toml")
    keys = ["retention", "new_cards", "rollover", "minutes"]
    assert [row["key"] for row in shape["settings"]] == keys
    one = json.loads(nnquiz(tmp_path, "config", "retention", "--json").stdout)
    assert one["settings"] == shape["settings"][:1]
    assert one["settings"][0] == {
        "key": "retention",
        "value": 0.85,
        "source": "file",
        "place": f"{tmp_path}/config.toml:1",
        "default": 0.9,
        "least": 0.7,
        "greatest": 0.99,
    }


def test_set_show_and_unset(tmp_path: Path) -> None:
    """A setting goes in, is shown alone, and comes out again."""
    assert nnquiz(tmp_path, "config", "rollover", "3").stdout.startswith("rollover = 3, in ")
    assert nnquiz(tmp_path, "config", "rollover").stdout == "3\n"
    assert "no longer set" in nnquiz(tmp_path, "config", "rollover", "--unset").stdout
    assert "was not set" in nnquiz(tmp_path, "config", "rollover", "--unset").stdout
    assert nnquiz(tmp_path, "config", "rollover").stdout == "4\n"


def test_a_variable_in_force_is_said(tmp_path: Path) -> None:
    """Setting what the environment overrides warns of it on standard error."""
    done = nnquiz(tmp_path, "config", "rollover", "3", NNQUIZ_ROLLOVER="6")
    assert (done.returncode, done.stderr) == (0, "NNQUIZ_ROLLOVER=6 comes before it\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("retention", "85"), "retention: 85 is not allowed"),
        (("retension", "0.9"), 'no setting "retension"'),
        (("retension",), 'no setting "retension"'),
        (("retension", "--unset"), 'no setting "retension"'),
        (("--unset",), "--unset takes a key and no value"),
        (("retention", "0.9", "--unset"), "--unset takes a key and no value"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    """What cannot be done is told with a hint, exit code 2, and no file."""
    done = nnquiz(tmp_path, "config", *arguments)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == message
    assert done.stderr.splitlines()[1].startswith("hint: ")
    assert not (tmp_path / "config.toml").exists()


def test_drills_obey_the_settings(tmp_path: Path) -> None:
    """New cards a day, retention and the hour of the new day act on the next drill."""
    (tmp_path / "config.toml").write_text("new_cards = 2\nretention = 0.8\n")
    assert nnquiz(tmp_path, "due").stdout.startswith("2 new, ")
    assert nnquiz(tmp_path, "due", NNQUIZ_NEW_CARDS="4").stdout.startswith("4 new, ")
    nnquiz(tmp_path, "drill", "--plain", typed="\n3\nq\n", TZ="UTC")
    with History.open(str(tmp_path / "history.db")) as history:
        (answer,) = history.events()
    assert answer.retention == 0.8
    assert nnquiz(tmp_path, "due").stdout.startswith("1 new, ")


@pytest.mark.parametrize("command", [("due",), ("drill", "--plain")])
def test_a_bad_file_stops_a_drill_before_it_begins(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A mistake in config.toml is told with its line, and nothing is asked with another value."""
    (tmp_path / "config.toml").write_text("\nretention = 90\n")
    done = nnquiz(tmp_path, *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{tmp_path}/config.toml:2: retention: 90 is not allowed" in done.stderr


def test_the_writer_is_imported_for_writing_alone(tmp_path: Path) -> None:
    """Neither a drill nor showing the settings pays for tomlkit, nor without a file for tomllib."""
    program = (
        "import sys; from nnquiz.cli.program import run; code = run(sys.argv[1:]);"
        "print('\\n' + ' '.join(sys.modules)); sys.exit(code)"
    )

    def imported(*arguments: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "NNQUIZ_HOME": str(tmp_path)},
        )
        return set(done.stdout.splitlines()[-1].split())

    for arguments in (("due",), ("config",)):
        assert not imported(*arguments) & {"tomllib", "tomlkit"}
    (tmp_path / "config.toml").write_text("rollover = 3\n")
    for arguments in (("due",), ("config",)):
        assert "tomlkit" not in imported(*arguments)
