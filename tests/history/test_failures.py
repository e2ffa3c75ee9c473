"""A log that cannot be used is refused in one clear line, and left exactly as it was."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nnquiz.errors import NnquizError
from nnquiz.history import database
from nnquiz.history.log import History
from nnquiz.model.event import Event
from nnquiz.model.moment import Moment

At = Callable[..., Moment]
Answer = Callable[..., Event]


@pytest.fixture
def used(path: str, at: At, answer: Answer) -> Path:
    """Return a log with some answers, closed."""
    with History.open(path) as history:
        for i in range(60):
            answer(history, f"card {i % 20}", 3, at(i))
    return Path(path)


def refused(path: Path) -> str:
    """Open a log that must be refused, and return the line that says why."""
    before = path.read_bytes()
    with pytest.raises(NnquizError) as caught:
        History.open(str(path))
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert caught.value.hint
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def test_a_log_of_a_newer_version_is_left_alone(used: Path) -> None:
    """A log that a newer nnquiz has changed is for that one to read."""
    newer = sqlite3.connect(used)
    newer.execute(f"PRAGMA user_version = {database.SCHEMA + 1}")
    newer.close()
    assert f"version {database.SCHEMA + 1}" in refused(used)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """Tables of somebody else are not added to."""
    path = tmp_path / "history.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    assert "another program" in refused(path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """Where a file is in the way of the folder, the line names the folder."""
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(NnquizError, match=r"data: the folder cannot be made: "):
        History.open(str(tmp_path / "data" / "history.db"))


def test_a_folder_in_the_place_of_the_log_is_named(tmp_path: Path) -> None:
    """A folder that has the log's name cannot be opened, and stays."""
    (tmp_path / "history.db").mkdir()
    with pytest.raises(NnquizError, match=r"history\.db: cannot be opened"):
        History.open(str(tmp_path / "history.db"))


def test_an_old_sqlite_is_named(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python built with an SQLite that lacks strict tables is told so."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 9))
    with pytest.raises(NnquizError, match=r"needs 3\.37\.0"):
        History.open(path)


def test_a_locked_log_says_so_and_works_later(
    path: str, at: At, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program writes, reading goes on and writing fails clearly."""
    monkeypatch.setattr(database, "_PATIENCE", 0.01)
    with History.open(path) as history:
        answer(history, "one", 3, at(0))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NnquizError, match="locked by another program"):
            answer(history, "one", 3, at(1))
        assert history.state("bank/question/one").reviews == 1
        other.execute("ROLLBACK")
        other.close()
        answer(history, "one", 3, at(2))
        assert history.state("bank/question/one").reviews == 2


def test_a_read_only_log_can_be_read(path: str, at: At, answer: Answer) -> None:
    """What cannot be written says so, and the states are there all the same."""
    with History.open(path) as history:
        answer(history, "one", 3, at(0))
        # A superuser may write to any file, so SQLite itself is told not to.
        history._database.execute("PRAGMA query_only = ON")
        with pytest.raises(NnquizError, match="read-only"):
            answer(history, "one", 3, at(1))
        assert history.state("bank/question/one").reviews == 1
        assert history.verify() == []


_FILL_THE_DISK = """
import resource, sys
from nnquiz.errors import NnquizError
from nnquiz.history.log import History
from nnquiz.clock import now
path, limit = sys.argv[1], int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
history = History.open(path)
count = 0
try:
    while count < 5000:
        history.record("suspend", f"bank/question/{count}", moment=now(4))
        count += 1
except NnquizError as error:
    print(count, error)
assert len(history.states()) == count
"""


def test_a_disk_that_takes_no_more_keeps_what_it_has(path: str) -> None:
    """When a file cannot grow, the line says so, and all that was acknowledged is there."""
    run = subprocess.run(
        [sys.executable, "-c", _FILL_THE_DISK, path, "200000"],
        capture_output=True,
        text=True,
        check=True,
    )
    count, message = run.stdout.split(maxsplit=1)
    assert message.startswith(f"{path}: cannot be ")
    with History.open(path) as history:
        assert len(list(history.events())) == int(count) > 0
        assert history.verify() == []


def test_a_full_database_says_so(history: History, path: str, at: At, answer: Answer) -> None:
    """A full disk is called by its name, and the answer that did not fit leaves no trace."""
    answer(history, "one", 3, at(0))
    (pages,) = history._database.execute("PRAGMA page_count").fetchone()
    history._database.execute(f"PRAGMA max_page_count = {pages}")
    states: dict[str, object] = {}

    def fill() -> None:
        for i in range(500):
            states.update(history.states())
            answer(history, f"card {i}", 3, at(i))

    with pytest.raises(NnquizError, match="the disk is full"):
        fill()
    assert history.states() == states
    assert history.verify() == []


def test_a_log_that_was_replaced_is_written_no_more(
    path: str, at: At, answer: Answer, tmp_path: Path
) -> None:
    """When another file takes the log's place during a drill, no answer goes to the old one."""
    with History.open(path) as history:
        answer(history, "one", 3, at(0))
        Path(path).rename(tmp_path / "elsewhere.db")
        for missing in (True, False):
            with pytest.raises(NnquizError, match="was replaced while it was open"):
                answer(history, "one", 3, at(1))
            if missing:
                (tmp_path / "elsewhere.db").rename(path)
                answer(history, "two", 3, at(2))
                Path(path).rename(tmp_path / "elsewhere.db")
                Path(path).write_bytes((tmp_path / "elsewhere.db").read_bytes())
        assert len(list(history.events())) == 2


def test_an_empty_file_becomes_a_log(path: str, at: At, answer: Answer) -> None:
    """What a first start that was killed leaves behind does not stand in the way of the next."""
    Path(path).parent.mkdir()
    Path(path).touch()
    with History.open(path) as history:
        answer(history, "one", 3, at(0))
        assert len(history.states()) == 1
