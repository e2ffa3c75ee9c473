"""`nnquiz history` as the program: the last answers, and a log that is verified and travels."""

import inspect
import json
import os
import re
import sqlite3
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from nnquiz.cli.commands import COMMANDS, Command
from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.event import CRAM, REVIEW
from nnquiz.model.moment import Moment
from nnquiz.study.schedule import choices

EVENING = 1_700_000_000_000  # 22:13 UTC on 14 November 2023, study day 738838

(GROUP,) = (command for command in COMMANDS if command.name == "history")


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


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with three answers, one of them taken back, and one crammed."""
    folder = tmp_path / "home"
    with History.open(str(folder / "history.db")) as history:
        for minute, (name, grade, kind) in enumerate(
            [
                ("attention/explain", 3, REVIEW),
                ("neuron/explain", 1, REVIEW),
                ("neuron/explain", 4, CRAM),
                ("metrics/explain", 2, REVIEW),
            ]
        ):
            card = Card(f"nnquiz/{name}", f"nnquiz/{name}".rpartition("/")[0], "explain", "", "")
            moment = Moment(EVENING + minute * 60_000, 60, 738838)
            before = history.state(card.id)
            after = before if kind == CRAM else choices(before, moment.day, 0.9)[grade - 1]
            history.answer(
                card,
                before,
                after,
                moment=moment,
                day=moment.day,
                grade=grade,
                seconds=33.6,
                retention=0.9,
                kind=kind,
            )
        history.undo(Moment(EVENING + 300_000, 60, 738838))
    return folder


def test_the_last_answers_come_newest_first(home: Path) -> None:
    """When, which card, the grade, the seconds and when it was due then, each on a line."""
    done = nnquiz(home, "history")
    assert done.stderr == ""
    rows = [re.split(r" {2,}", line) for line in done.stdout.splitlines()]
    due = rows[3][4]
    assert re.fullmatch(r"due 2023-11-1[67]", due)
    assert rows[0][:4] == ["2023-11-14 23:16", "metrics/explain", "Hard", "34 s"]
    assert rows[0][5] == "taken back"
    assert rows[1:] == [
        ["2023-11-14 23:15", "neuron/explain", "Easy", "34 s", "cram"],
        ["2023-11-14 23:14", "neuron/explain", "Again", "34 s", "again today"],
        ["2023-11-14 23:13", "attention/explain", "Good", "34 s", due],
    ]
    two = nnquiz(home, "history", "--limit", "2").stdout.splitlines()
    assert [line[:16] for line in two] == ["2023-11-14 23:16", "2023-11-14 23:15"]


def test_json_has_the_same_answers(home: Path) -> None:
    """The shape is stable, with UTC times and whole ids."""
    shape = json.loads(nnquiz(home, "history", "--json").stdout)
    assert shape["schema"] == "nnquiz.answers/1"
    assert [row["taken_back"] for row in shape["answers"]] == [True, False, False, False]
    last = shape["answers"][-1]
    assert re.fullmatch(r"[0-9a-f]{32}", last.pop("id"))
    assert last.pop("due") in {"2023-11-16", "2023-11-17"}
    assert last == {
        "kind": "review",
        "card": "nnquiz/attention/explain",
        "time": "2023-11-14T22:13:20Z",
        "day": "2023-11-14",
        "grade": 3,
        "seconds": 33.6,
        "typed": None,
        "problem": None,
        "taken_back": False,
    }


def test_nothing_yet_is_said(tmp_path: Path) -> None:
    """A new log has no answers, in words and in JSON."""
    assert nnquiz(tmp_path, "history").stdout == "no answers yet\n"
    assert json.loads(nnquiz(tmp_path, "history", "--json").stdout)["answers"] == []


def test_verify_fails_where_a_state_is_wrong_and_rebuild_repairs(home: Path) -> None:
    """A state that was tampered with gets exit code 1, its name and the way out."""
    assert nnquiz(home, "history", "verify").stdout.startswith("2 cards: every state is what")
    log = sqlite3.connect(home / "history.db")
    log.execute("UPDATE states SET stability = 99 WHERE card = 'nnquiz/attention/explain'")
    log.commit()
    log.close()
    done = nnquiz(home, "history", "verify")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "1 state is not what the log leads to: attention/explain",
        "hint: nnquiz history rebuild",
    ]
    assert nnquiz(home, "history", "rebuild").stdout == "2 states computed from the log\n"
    assert nnquiz(home, "history", "verify").returncode == 0


def test_a_log_travels_through_files_and_pipes(home: Path, tmp_path: Path) -> None:
    """An export goes to a file or through a pipe, and comes in once."""
    file, other = str(tmp_path / "log.jsonl"), tmp_path / "other"
    assert nnquiz(home, "history", "export", file).stdout == f"5 events written to {file}\n"
    piped = nnquiz(home, "history", "export", "-").stdout
    assert piped == Path(file).read_text(encoding="utf-8")
    done = nnquiz(other, "history", "import", "-", typed=piped)
    assert done.stdout == "5 new events, 0 here already\n"
    assert nnquiz(other, "history", "import", file).stdout == "0 new events, 5 here already\n"
    assert nnquiz(other, "history").stdout == nnquiz(home, "history").stdout


def test_a_bad_line_is_refused_with_its_place(home: Path) -> None:
    """What comes through a pipe is named by its line, and nothing of it enters."""
    piped = nnquiz(home, "history", "export", "-").stdout
    done = nnquiz(home, "history", "import", "-", typed=f"{piped}{{}}\n")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "standard input:7: id is missing"


def test_a_file_of_somebody_else_needs_force(home: Path, tmp_path: Path) -> None:
    """An export replaces nothing that is not in this log, unless it is told to."""
    (tmp_path / "notes").write_text("mine")
    done = nnquiz(home, "history", "export", str(tmp_path / "notes"))
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert nnquiz(home, "history", "export", "--force", str(tmp_path / "notes")).returncode == 0


def test_a_damaged_log_is_one_line_and_works_at_the_next_start(home: Path) -> None:
    """The line says how many answers were saved and where the file is; verify names it too."""
    with (home / "history.db").open("r+b") as file:
        file.write(b"spoilt")
    done = nnquiz(home, "history")
    assert (done.returncode, done.stdout) == (1, "")
    said = re.match(r".*: was damaged; 4 answers were saved, .*kept as (.*)\nhint: ", done.stderr)
    assert said is not None
    assert "Traceback" not in done.stderr
    assert said[1] in nnquiz(home, "history", "verify").stdout
    assert len(nnquiz(home, "history").stdout.splitlines()) == 4


@pytest.mark.parametrize("command", GROUP.commands, ids=lambda command: command.name)
def test_help_of_each_part_says_what_the_table_says(command: Command, tmp_path: Path) -> None:
    """The lines below `nnquiz history --help` are the docstrings' first ones."""
    function = getattr(import_module(f"nnquiz.cli.{command.module}"), command.function)
    documentation = inspect.getdoc(function)
    assert documentation is not None
    assert documentation.splitlines()[0] == command.help
    for flag in ("-h", "--help"):
        done = nnquiz(tmp_path, "history", command.name, flag)
        assert done.returncode == 0
        assert f"Usage: nnquiz history {command.name}" in done.stdout
    assert f"  {command.name} " in nnquiz(tmp_path, "history", "--help").stdout


def test_options_of_the_answers_are_not_for_the_parts(home: Path) -> None:
    """An option that would do nothing is refused."""
    assert nnquiz(home, "history", "--json", "verify").returncode == 2


def test_an_unknown_part_suggests_the_nearest(tmp_path: Path) -> None:
    """A mistyped part gets the right one named, exit code 2, and no log is made."""
    done = nnquiz(tmp_path, "history", "verfy")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'verify'?" in done.stderr
    assert not (tmp_path / "history.db").exists()
