"""Plots written to a file that a command was given with `--svg`."""

import os
from typing import TYPE_CHECKING

import typer

from nnquiz.errors import BadInput, NnquizError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnquiz.examples.trace import Plot


def write_new(path: str, plots: "Sequence[Plot]") -> None:
    """Write plots to a file that is not there yet, whole or not at all, and say so.

    Raises:
        BadInput: the file is there; it is left as it is.
        NnquizError: it cannot be written.
    """
    from tempfile import NamedTemporaryFile

    from nnquiz.term.svg import svg

    if os.path.lexists(path):
        message = f"--svg: {path} exists already"
        raise BadInput(message, "remove it or give another name")
    try:
        with NamedTemporaryFile(dir=os.path.dirname(path) or ".", prefix=".svg-") as file:
            file.write(svg(plots).encode())
            file.flush()
            os.chmod(file.name, 0o666 & ~_umask())
            os.link(file.name, path)  # which, unlike a renaming, never replaces a file
    except OSError as error:
        message = f"--svg: {path}: {error.strerror}"
        raise NnquizError(message) from None
    typer.echo(f"wrote {path}", err=True)


def _umask() -> int:
    """Return the permissions that new files are not to have; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
