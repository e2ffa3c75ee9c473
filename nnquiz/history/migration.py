"""Bringing a log of an older version up to date, with a copy of it kept."""

import os
import sqlite3
from contextlib import closing, suppress

from nnquiz.errors import NnquizError
from nnquiz.history.names import free_name

# By the version that they start from: the statements that lead to the next one.
MIGRATIONS: dict[int, tuple[str, ...]] = {
    1: (
        """CREATE INDEX IF NOT EXISTS states_by_due
  ON states (due, day, stability, grade, suspended, buried_on)""",
        """CREATE INDEX IF NOT EXISTS states_again
  ON states (due, day, stability, grade, suspended, buried_on) WHERE grade = 1 AND due = day""",
        "CREATE INDEX IF NOT EXISTS states_met ON states (day)",
        "CREATE INDEX IF NOT EXISTS states_begun ON states (first_day)",
    ),
    2: (
        """CREATE TABLE IF NOT EXISTS introduced (
  banks TEXT    PRIMARY KEY,
  rank  INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
        """CREATE TRIGGER IF NOT EXISTS states_unbegun AFTER INSERT ON states WHEN NEW.due IS NULL
BEGIN DELETE FROM introduced; END""",
        """CREATE TRIGGER IF NOT EXISTS states_gone AFTER DELETE ON states
BEGIN DELETE FROM introduced; END""",
    ),
}


def migrate(database: sqlite3.Connection, path: str, wanted: int) -> None:
    """Take the open log at `path` to the version `wanted`, all of the way or not at all.

    A copy of the older one stays beside it, as `history-version-1-` and the date.

    Raises:
        sqlite3.Error: it cannot be written or copied. It is then as it was, and there is no copy.
        NnquizError: likewise, with its reason.
    """
    database.execute("BEGIN IMMEDIATE")
    copy = None
    try:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version < wanted:  # else another process was faster
            copy = _copy(path, version)
            for step in range(version, wanted):
                for statement in MIGRATIONS[step]:
                    database.execute(statement)
            database.execute(f"PRAGMA user_version = {wanted}")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        if copy is not None:
            with suppress(OSError):
                os.unlink(copy)
        raise


def _copy(path: str, version: int) -> str:
    """Copy a log that others may be reading, and return the copy's name."""
    copy = free_name(path, f"version-{version}")
    partial = f"{copy}.partial"
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as target:
            source.backup(target)
        os.replace(partial, copy)
    except OSError as error:
        message = f"{copy}: cannot be written: {error.strerror}"
        raise NnquizError(message, "the log is as it was") from error
    finally:
        with suppress(OSError):
            os.unlink(partial)
    return copy
