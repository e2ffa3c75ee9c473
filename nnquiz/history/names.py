"""Names of the files that stand beside the log, and what tells files of one name apart."""

import os
import time
from itertools import count

COMPANIONS = ("-wal", "-journal")  # what SQLite keeps beside a database, and reads with it

_DATE = "%Y-%m-%dT%H%M"
_DATE_LENGTH = len("2026-11-22T1903")


Identity = tuple[int, int]


def identity(path: str) -> Identity | None:
    """Return what tells a file from another one that takes its name; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def unfinished(path: str) -> str:
    """Return the name under which a log is made that will take the place of a damaged one."""
    stem, ending = os.path.splitext(path)
    return f"{stem}-rescued{ending}"


def free_name(path: str, what: str) -> str:
    """Return a dated name that nothing has yet: `history-damaged-2026-11-22T1903.db`.

    >>> os.path.basename(free_name("/nowhere/history.db", "damaged"))[:16]
    'history-damaged-'
    """
    stem, ending = os.path.splitext(path)
    dated = f"{stem}-{what}-{time.strftime(_DATE)}"
    for number in count(1):
        name = f"{dated}{ending}" if number == 1 else f"{dated}-{number}{ending}"
        if not any(os.path.lexists(f"{name}{part}") for part in ("", *COMPANIONS)):
            return name
    raise AssertionError  # count() never ends


def kept(path: str, what: str) -> list[str]:
    """Return what was kept of the log at `path` under `free_name`, the oldest first."""
    folder, name = os.path.split(path)
    stem, ending = os.path.splitext(name)
    start = f"{stem}-{what}-"
    date = slice(len(start), len(start) + _DATE_LENGTH)
    try:
        names = os.listdir(folder or os.curdir)
    except OSError:
        return []
    found = [name for name in names if name.startswith(start) and name.endswith(ending)]
    # Of one minute, the later ones have the longer names.
    found.sort(key=lambda name: (name[date], len(name), name))
    return [os.path.join(folder, name) for name in found]
