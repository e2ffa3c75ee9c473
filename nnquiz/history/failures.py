"""What SQLite reports, said so that the owner of the log can act on it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from nnquiz.errors import NnquizError

_PERMISSION = "check who may write to the file and its folder; NNQUIZ_HOME chooses another folder"
_DAMAGED = "it was left as it is: keep a copy of it before anything else"

# By primary result code (https://sqlite.org/rescode.html): what is wrong, and the way out.
_MEANINGS = {
    sqlite3.SQLITE_BUSY: (
        "is locked by another program",
        "try again in a moment, or end the other nnquiz",
    ),
    sqlite3.SQLITE_PERM: ("must not be opened", _PERMISSION),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", _PERMISSION),
    sqlite3.SQLITE_AUTH: ("must not be opened", _PERMISSION),
    sqlite3.SQLITE_READONLY: ("cannot be written: it is read-only", _PERMISSION),
    sqlite3.SQLITE_FULL: (
        "cannot be written: the disk is full",
        "free some space; every earlier answer is kept",
    ),
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written: the disk reports an error",
        "check the disk and the space on it; every earlier answer that it still holds is kept",
    ),
    sqlite3.SQLITE_NOTADB: ("is not a review log, or is damaged from its first bytes", _DAMAGED),
    sqlite3.SQLITE_CORRUPT: ("is damaged", _DAMAGED),
}


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Turn what SQLite raises about the file at `path` into one clear line.

    Raises:
        NnquizError: the file is locked, read-only, damaged, or its disk full or failing.
    """
    try:
        yield
    except sqlite3.Error as error:
        # Extended codes carry the primary one in their low byte.
        meaning = _MEANINGS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if meaning is None:
            raise
        what, hint = meaning
        message = f"{path}: {what}"
        raise NnquizError(message, hint) from error
