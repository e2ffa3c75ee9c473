"""The file of the review log: found or made, and refused where it is not what it should be."""

import os
import sqlite3
from contextlib import suppress

from nnquiz.errors import NnquizError
from nnquiz.history.failures import NO_LOG, Damaged, explained

SCHEMA = 3
APPLICATION = 0x6E6E717A  # "nnqz", in the file's header
LEAST_SQLITE = (3, 37, 0)  # strict tables

_WHOSE = """
SELECT application_id, user_version, EXISTS (SELECT 1 FROM sqlite_schema)
FROM pragma_application_id, pragma_user_version
"""

_LEAST_PAGE = 512  # bytes; a database has at least one page
_PATIENCE = 5.0  # seconds to wait for another program that is writing


def connect(path: str) -> sqlite3.Connection:
    """Open the log at `path`, making folder and tables where there are none.

    A commit returns when the disk has the data (synchronous=FULL). With a write-ahead log that
    is one flush instead of three, and nobody who reads waits for somebody who writes.

    A log of an older version is brought up to date, with a copy of it kept.

    Raises:
        Damaged: the file is no log, or not as it was written. It is left as it is.
        NnquizError: it is another program's, locked, read-only, or of a newer version. It is
            left as it is.
    """
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        have = sqlite3.sqlite_version
        wanted = ".".join(map(str, LEAST_SQLITE))
        message = f"Python was built with SQLite {have}, and the review log needs {wanted}"
        raise NnquizError(message, "use a newer Python, or one from python.org")
    _make_folder(os.path.dirname(path))
    _refuse_fragment(path)
    with explained(path):
        # No implicit transactions: each one is begun and ended where it can be seen.
        database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            _prepare(database, path)
        except BaseException:
            database.close()
            raise
    return database


def _make_folder(folder: str) -> None:
    try:
        # Only for its owner, as the XDG specification asks: the log says what was typed.
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        message = f"{folder}: the folder cannot be made: {error.strerror}"
        raise NnquizError(message, "NNQUIZ_HOME chooses another folder") from error


def _refuse_fragment(path: str) -> None:
    """Refuse a file shorter than any database, which SQLite would take for an empty one."""
    try:
        size = os.stat(path).st_size
    except OSError:
        return  # not there yet, or SQLite will say what is wrong with it
    if 0 < size < _LEAST_PAGE:
        what, hint = NO_LOG
        message = f"{path}: {what}"
        raise Damaged(message, hint)


def _prepare(database: sqlite3.Connection, path: str) -> None:
    """Check whose file it is, fill an empty one, and set up the connection."""
    # One statement sees one state of the file, also while another process is filling it.
    application, version, filled = database.execute(_WHOSE).fetchone()
    if application != APPLICATION:
        if application or version or filled:
            message = f"{path}: is a database of another program"
            raise NnquizError(message, "move it elsewhere; NNQUIZ_HOME chooses another folder")
        _fill(database)
    elif version > SCHEMA:
        message = f"{path}: is of version {version}, and this nnquiz knows up to {SCHEMA}"
        raise NnquizError(message, "upgrade nnquiz: pip install --upgrade nnquiz")
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA synchronous = FULL")
    if application == APPLICATION and version < SCHEMA:
        from nnquiz.history.migration import migrate

        migrate(database, path, SCHEMA)


def _fill(database: sqlite3.Connection) -> None:
    """Make the tables, in one transaction; harmless when another process was faster."""
    with open(os.path.join(os.path.dirname(__file__), "schema.sql"), encoding="utf-8") as file:
        schema = file.read()
    try:
        database.executescript(
            f"BEGIN IMMEDIATE; {schema}"
            f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {SCHEMA}; COMMIT;"
        )
    finally:
        if database.in_transaction:
            database.execute("ROLLBACK")
    # The switch needs the file for itself and does not wait. It is for speed, not for safety:
    # where another process is at work already, the log stays as it is, three flushes a commit.
    with suppress(sqlite3.OperationalError):
        database.execute("PRAGMA journal_mode = WAL")
