"""The log as a file that travels: written whole or not at all, read whole or not at all."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from nnquiz.errors import BadInput, NnquizError
from nnquiz.history.exchange import HEADER, Reader, to_line
from nnquiz.history.log import History
from nnquiz.model.event import Event

STANDARD = "-"  # standard input or output, as a file's name


def export_history(history: History, path: str, *, force: bool = False) -> int:
    """Write every event to a file, and return how many there are.

    A file that is there already gives way when all that it holds is an older export of this log,
    so that a habit of exporting needs no flag; any other one only when `force` is set.

    Args:
        history: the log.
        path: where to; "-" is standard output.
        force: replace whatever is there.

    Raises:
        BadInput: something else is there. It is left as it was.
        NnquizError: the file cannot be written. What was there is left as it was.
    """
    if path == STANDARD:
        return _write(history, sys.stdout.buffer)
    path = os.path.realpath(path)
    try:
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "wb") as device:  # a pipe, or a folder, which refuses
                return _write(history, device)
        if not force and os.path.exists(path) and not _is_part(path, history):
            message = f"{path}: is there, and holds something that this log does not"
            raise BadInput(message, "choose another name, or replace it with --force")
        with _replacing(path) as file:
            return _write(history, file)
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise NnquizError(message, "choose another place") from error


def import_history(history: History, path: str) -> tuple[int, int]:
    """Add the events of a file that are not here yet; all of them, or none.

    Args:
        history: the log.
        path: where from; "-" is standard input.

    Returns:
        How many were new, and how many were here already.

    Raises:
        BadInput: the file cannot be read, or one of its lines. The log is as it was.
    """
    if path == STANDARD:
        return _read(history, sys.stdin.buffer, "standard input")
    try:
        with open(path, "rb") as file:
            return _read(history, file, path)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise BadInput(message) from error


def _write(history: History, file: IO[bytes]) -> int:
    count = 0
    file.write(f"{HEADER}\n".encode())
    for event in history.events():
        file.write(f"{to_line(event)}\n".encode())
        count += 1
    return count


def _read(history: History, file: IO[bytes], name: str) -> tuple[int, int]:
    reader = Reader(file, name)
    count = 0

    def events() -> Iterator[Event]:
        nonlocal count
        for event in reader:
            count += 1
            yield event

    try:
        new = history.merge(events())
    except BadInput as error:
        message = f"{reader.place}: {error}"
        raise BadInput(message, error.hint or "nothing was imported") from error
    return new, count - new


def _is_part(path: str, history: History) -> bool:
    """Say whether a file is an export, and this log has all of its events."""
    try:
        with open(path, "rb") as file:
            return all(history.has(event) for event in Reader(file, path))
    except BadInput:
        return False


@contextmanager
def _replacing(path: str) -> Iterator[IO[bytes]]:
    """Write a file that takes the place of another one when it is whole."""
    with tempfile.NamedTemporaryFile(
        dir=os.path.dirname(path), prefix=".history-", delete=False
    ) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileNotFoundError):
                os.chmod(file.name, os.stat(path).st_mode & 0o777)
            os.replace(file.name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(file.name)
            raise
