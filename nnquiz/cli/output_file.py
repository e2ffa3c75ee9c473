"""Files that a command writes where it was told to: whole, or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import NamedTemporaryFile

from nnquiz.errors import BadInput, NnquizError


def write_new(option: str, path: str, data: bytes) -> None:
    """Write a file that is not there yet.

    Args:
        option: what asked for it, for what goes wrong.
        path: where to.
        data: all of it.

    Raises:
        BadInput: there is something. It is left as it was.
        NnquizError: the file cannot be written.
    """
    if os.path.lexists(path):
        message = f"{option}: {path} exists already"
        raise BadInput(message, "remove it or give another name")
    with _told(option, path), _beside(path, data) as name:
        os.link(name, path)  # which, unlike a renaming, never replaces a file


def write_over(option: str, path: str, data: bytes, mark: bytes) -> None:
    """Write a file, in the place of an older one of its kind where there is one.

    Args:
        option: what asked for it, for what goes wrong.
        path: where to; a pipe or a terminal is written to as it stands.
        data: all of it.
        mark: what the beginning of such a file holds.

    Raises:
        BadInput: there is something else. It is left as it was.
        NnquizError: the file cannot be written. What was there is left as it was.
    """
    with _told(option, path):
        path = os.path.realpath(path)
        if os.path.exists(path):
            if not stat.S_ISREG(os.stat(path).st_mode):
                with open(path, "wb") as device:  # a pipe, or a folder, which refuses
                    device.write(data)
                return
            with open(path, "rb") as older:
                if mark not in older.read(_BEGINNING):
                    message = f"{option}: {path} is there, and nnquiz did not write it"
                    raise BadInput(message, "remove it or give another name")
        with _beside(path, data) as name:
            os.replace(name, path)


_BEGINNING = 1000  # bytes


@contextmanager
def _told(option: str, path: str) -> Iterator[None]:
    """Say in one line what the system would not do."""
    try:
        yield
    except OSError as error:
        message = f"{option}: {path}: {error.strerror}"
        raise NnquizError(message) from None


@contextmanager
def _beside(path: str, data: bytes) -> Iterator[str]:
    """Write data to the same folder under another name, which is gone afterwards."""
    folder = os.path.dirname(path) or "."
    with NamedTemporaryFile(dir=folder, prefix=".nnquiz-", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, 0o666 & ~_umask())
            yield file.name
        finally:
            with suppress(OSError):
                os.unlink(file.name)


def _umask() -> int:
    """Return the permissions that new files are not to have; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
