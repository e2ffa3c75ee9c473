"""A log of an older version is brought up to date, and kept as it was."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from nnquiz.errors import NnquizError
from nnquiz.history import database, migration
from nnquiz.history.log import History
from nnquiz.history.names import kept
from nnquiz.model.event import Event
from nnquiz.model.moment import Moment

At = Callable[..., Moment]
Answer = Callable[..., Event]


@pytest.fixture
def used(path: str, at: At, answer: Answer) -> str:
    """Return a log of the present version with some answers, closed."""
    with History.open(path) as history:
        for i in range(20):
            answer(history, f"card {i % 5}", 3, at(i))
    return path


def schema_of(path: str) -> set[str]:
    """Return what a log consists of, and its version."""
    log = sqlite3.connect(path)
    made = {f"{kind} {name} {sql}" for kind, name, sql in log.execute(_SCHEMA)}
    made.add(str(log.execute("PRAGMA user_version").fetchone()))
    log.close()
    return made


_SCHEMA = "SELECT type, name, replace(sql, 'IF NOT EXISTS ', '') FROM sqlite_schema"


def contents_of(path: str) -> list[list[tuple[object, ...]]]:
    """Return all rows of a log."""
    log = sqlite3.connect(path)
    rows = [log.execute(sql).fetchall() for sql in ("SELECT * FROM events", "SELECT * FROM states")]
    log.close()
    return rows


def make_older(path: str) -> None:
    """Take a log back to the first version, which had no indexes of states."""
    log = sqlite3.connect(path)
    for name in ("states_by_due", "states_again", "states_met", "states_begun"):
        log.execute(f"DROP INDEX {name}")
    log.execute("PRAGMA user_version = 1")
    log.commit()
    log.close()


def test_the_first_version_becomes_the_present_one(used: str) -> None:
    """After the migration a log is what a new one is, and a copy is what it was before."""
    present, rows = schema_of(used), contents_of(used)
    make_older(used)
    older = schema_of(used)
    with History.open(used) as history:
        assert history.verify() == []
    assert schema_of(used) == present
    assert contents_of(used) == rows
    (copy,) = kept(used, "version-1")
    assert schema_of(copy) == older
    assert contents_of(copy) == rows
    with History.open(used):
        assert len(kept(used, "version-1")) == 1


def test_migrations_follow_one_another(used: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log two versions old takes both steps at once, with one copy of the oldest."""
    make_older(used)
    monkeypatch.setattr(database, "SCHEMA", 3)
    step = ("ALTER TABLE events ADD COLUMN mood TEXT", "UPDATE states SET leech = 1 - leech")
    monkeypatch.setitem(migration.MIGRATIONS, 2, step)
    with History.open(used) as history:
        assert all(state.leech for state in history.states().values())
        assert len(list(history.events())) == 20
    assert any("mood TEXT" in made for made in schema_of(used))
    assert len(kept(used, "version-1")) == 1
    assert kept(used, "version-2") == []


def test_a_migration_that_fails_leaves_all_as_it_was(
    used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the second of two steps fails, neither is done, and no copy is left."""
    make_older(used)
    older, rows = schema_of(used), contents_of(used)
    monkeypatch.setattr(database, "SCHEMA", 3)
    monkeypatch.setitem(migration.MIGRATIONS, 2, ("INSERT INTO devices VALUES (NULL, NULL)",))
    with pytest.raises(sqlite3.IntegrityError):
        History.open(used)
    assert (schema_of(used), contents_of(used)) == (older, rows)
    assert [entry.name for entry in Path(used).parent.iterdir()] == ["history.db"]


def test_without_room_for_the_copy_nothing_is_changed(
    used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No copy, no migration: the line says why."""
    make_older(used)
    older = schema_of(used)

    def refuse(*_: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nnquiz.history.migration.os.replace", refuse)
    with pytest.raises(NnquizError, match="cannot be written: No space left"):
        History.open(used)
    assert schema_of(used) == older
    assert [entry.name for entry in Path(used).parent.iterdir()] == ["history.db"]


def test_every_version_has_its_step() -> None:
    """From each older version there is a way to the present one."""
    assert sorted(migration.MIGRATIONS) == list(range(1, database.SCHEMA))


def test_a_faster_process_is_enough(used: str) -> None:
    """Who comes second finds the log up to date, and makes no copy."""
    make_older(used)
    slow = sqlite3.connect(used, isolation_level=None)
    with History.open(used):
        migration.migrate(slow, used, database.SCHEMA)
        assert len(kept(used, "version-1")) == 1
    slow.close()
