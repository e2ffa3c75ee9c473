"""Plots written to a file that a command was given with `--svg`."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnquiz.examples.trace import Plot


def write_new(path: str, plots: "Sequence[Plot]") -> None:
    """Write plots to a file that is not there yet, whole or not at all, and say so.

    Raises:
        BadInput: the file is there; it is left as it is.
        NnquizError: it cannot be written.
    """
    from nnquiz.cli import output_file
    from nnquiz.term.svg import svg

    output_file.write_new("--svg", path, svg(plots).encode())
    typer.echo(f"wrote {path}", err=True)
