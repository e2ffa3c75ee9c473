"""A damaged log is set aside, and a new one is made of what can be read of it.

At any moment the log, the damaged file or both are there, whatever happens to the process: the
new log is made under a name of its own, `history-rescued.db`, and gets its place at the very end.
Where that name is found and no log, somebody was stopped in between, and the rescue is done again.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from nnquiz.errors import NnquizError
from nnquiz.history.database import connect
from nnquiz.history.failures import Damaged, explained
from nnquiz.history.names import COMPANIONS, Identity, free_name, identity, kept, unfinished
from nnquiz.history.salvage import salvage
from nnquiz.model.event import CRAM, REVIEW, Event

DAMAGED = "damaged"  # what the names of files say that were set aside

_PATIENCE = 60.0  # seconds to wait for another process that is at it
_AGAIN = "run the command again"
_TABLES = ("events", "states", "devices")


def rescue(path: str, file: Identity | None, damage: NnquizError) -> NnquizError | None:
    """Rescue what can be read of the log at `path`, and return what is to be said about it.

    Nothing is done where somebody else has put another file there already, nor where the file
    is sound: SQLite has mended it from its write-ahead log, or it was not the file's fault.

    Args:
        path: the log, which the caller has closed.
        file: what `identity` said when it was opened; None where it could not be.
        damage: what went wrong.

    Returns:
        What happened, or None where the file is sound.

    Raises:
        NnquizError: nothing could be rescued, and nothing was changed.
    """
    path = os.path.realpath(path)  # what stands beside a link is not what SQLite works with
    with _alone(path, damage):
        if file is not None and identity(path) != file:
            message = f"{path}: was damaged, and another nnquiz has rescued what could be read"
            return NnquizError(message, _AGAIN)
        if not _is_damaged(path):
            return None
        aside = free_name(path, DAMAGED)
        _empty(unfinished(path))
        _move(path, aside)
        return _put_new_log(path, aside)


def finish(path: str) -> NnquizError | None:
    """Do a rescue again that was stopped; None where nothing is left to do.

    Raises:
        NnquizError: it cannot be done; nothing was changed.
    """
    path = os.path.realpath(path)
    with _alone(path, NnquizError(f"{path}: is missing, for a rescue was stopped")):
        if os.path.exists(path) or not os.path.exists(unfinished(path)):
            return None
        found = kept(path, DAMAGED)
        if not found:
            os.unlink(unfinished(path))
            return None
        _move(path, found[-1])  # what may still be there of it
        return _put_new_log(path, found[-1])


def _put_new_log(path: str, aside: str) -> NnquizError:
    """Make a log of what can be read of `aside`, give it its place, and say so."""
    try:
        count, last = _make_log(unfinished(path), aside)
        os.replace(unfinished(path), path)
    except BaseException:
        _move(aside, path)
        _remove(unfinished(path))
        raise
    answers = "1 answer was" if count == 1 else f"{count} answers were"
    what = f"{answers} saved, the last of {last}" if count else "no answer was readable"
    message = f"{path}: was damaged; {what}; the damaged file is kept as {aside}"
    return NnquizError(message, _AGAIN)


def _make_log(path: str, aside: str) -> tuple[int, str]:
    """Fill a new log with what can be read; return how many answers, and when the last was."""
    from nnquiz.history.log import History

    answers = 0
    last = 0

    def readable() -> Iterator[Event]:
        nonlocal answers, last
        for event in salvage(aside):
            if event.kind in {REVIEW, CRAM}:
                answers += 1
                last = max(last, event.clock + event.offset * 60_000)
            yield event

    _empty(path)
    with History.open(path) as history:
        history.merge(readable())
    if os.path.exists(f"{path}-wal"):
        raise OSError(None, "the new log was not written to its end")
    return answers, time.strftime("%Y-%m-%d %H:%M", time.gmtime(last / 1000))


def _is_damaged(path: str) -> bool:
    """Say whether a log cannot be read to its end, or is not as it should be."""
    if not os.path.exists(path):
        return False
    try:
        with explained(path), closing(connect(path)) as database:
            for table in _TABLES:
                for _ in database.execute(f"SELECT * FROM {table}"):  # noqa: S608 -- fixed names
                    pass
            (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            return bool(found != "ok")
    except Damaged:
        return True
    except NnquizError:  # locked, or not ours to touch
        return False


@contextmanager
def _alone(path: str, damage: NnquizError) -> Iterator[None]:
    """Keep other rescues of the same log out, until the end of this one or of its process.

    Raises:
        NnquizError: the folder cannot be written; nothing was changed.
    """
    lock = f"{path}-rescue"
    try:
        with closing(sqlite3.connect(lock, timeout=_PATIENCE, isolation_level=None)) as database:
            database.execute("BEGIN EXCLUSIVE")
            try:
                yield
            finally:
                with suppress(OSError):
                    os.unlink(lock)
    except (OSError, sqlite3.Error) as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:  # nobody else's
            with suppress(OSError):
                os.unlink(lock)
        why = getattr(error, "strerror", None) or str(error)
        message = f"{damage}; what can be read of it cannot be saved: {why}"
        raise NnquizError(message, "nothing was changed; see to the disk and try again") from error


def _move(path: str, target: str) -> None:
    """Give a database another name, with what SQLite keeps beside it."""
    for part in ("", *COMPANIONS):
        with suppress(FileNotFoundError):
            os.rename(f"{path}{part}", f"{target}{part}")
    with suppress(FileNotFoundError):
        os.unlink(f"{path}-shm")  # shared memory, made again by whoever opens the file


def _empty(path: str) -> None:
    """Make a file that is empty, or one empty that is there."""
    for part in COMPANIONS:
        _remove(f"{path}{part}")
    with open(path, "wb"):
        pass


def _remove(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)
