"""What SQLite reports, said so that the owner of the log can act on it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from nnquiz.errors import NnquizError


class Damaged(NnquizError):  # noqa: N818 -- reads as what it is
    """The file holds something else than SQLite or nnquiz wrote there."""


_PERMISSION = "check who may write to the file and its folder; NNQUIZ_HOME chooses another folder"
_DAMAGED = ("is damaged", "it was left as it is: keep a copy of it before anything else")
NO_LOG = ("is no review log, or damaged from its first bytes on", _DAMAGED[1])

# By primary result code (https://sqlite.org/rescode.html): what is wrong, and the way out.
_MEANINGS = {
    sqlite3.SQLITE_BUSY: (
        "is locked by another program",
        "try again in a moment, or end the other nnquiz",
    ),
    sqlite3.SQLITE_PERM: ("must not be opened", _PERMISSION),
    sqlite3.SQLITE_AUTH: ("must not be opened", _PERMISSION),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened for writing", _PERMISSION),
    sqlite3.SQLITE_READONLY: ("cannot be written: it is read-only", _PERMISSION),
    sqlite3.SQLITE_FULL: (
        "cannot be written: the disk is full",
        "free some space; every earlier answer is kept",
    ),
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written: the disk reports an error",
        "check the disk and the space on it; what it still holds is kept",
    ),
    sqlite3.SQLITE_NOTADB: NO_LOG,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    # Every statement here is fixed and tested, so it is the tables that are not what they were.
    sqlite3.SQLITE_ERROR: _DAMAGED,
}


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Turn what SQLite raises about the file at `path` into one clear line.

    Raises:
        Damaged: the file is not as it was written.
        NnquizError: the file is locked or read-only, or its disk is full or failing.
    """
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        what, hint = meaning
        message = f"{path}: {what}"
        kind = Damaged if meaning in {_DAMAGED, NO_LOG} else NnquizError
        raise kind(message, hint) from error


def _meaning(error: Exception) -> tuple[str, str] | None:
    if isinstance(error, UnicodeDecodeError):  # in a name that SQLite quotes
        return _DAMAGED
    # Extended codes carry the primary one in their low byte. There is no code at all where the
    # module itself found that a text is not UTF-8.
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return _DAMAGED if type(error) is sqlite3.OperationalError else None
    return _MEANINGS.get(code & 0xFF)
