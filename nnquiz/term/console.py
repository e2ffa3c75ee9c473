"""The terminal that results are printed on."""

import os
import sys

from rich.console import Console

from nnquiz.term.forms import Form

PIPED_WIDTH = 80
"""Cells of a line when nobody's window is asked for: a pipe, a file."""


_ANY_HEIGHT = 25  # nothing here asks for it


def console(*, plain: bool = False) -> Console:
    """Return the console for standard output; a `plain` one sends no colour and no weight.

    On a terminal it follows the window, or `COLUMNS` where that is set. Elsewhere it is 80 cells
    wide unless `COLUMNS` says otherwise, and without colour unless `FORCE_COLOR` is set; rich
    itself obeys `NO_COLOR`, `FORCE_COLOR` and `TERM=dumb`. Nothing in a text is taken for markup.
    """
    follows = sys.stdout.isatty() and not _is_dumb()
    return Console(
        width=None if follows else _fixed_width(),
        # Only with a height as well does rich believe the width that it is told.
        height=None if follows else _ANY_HEIGHT,
        color_system=None if plain else "auto",
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )


def is_piped() -> bool:
    """Say whether standard output is no terminal, so that lines need not fit a window."""
    return not sys.stdout.isatty()


def takes_colour(console: Console) -> bool:
    """Say whether colours would arrive, and nobody has asked for none."""
    return console.color_system is not None and console.is_terminal and not console.no_color


def takes_shades(console: Console) -> bool:
    """Say whether a console has the 256 colours that shades are picked from."""
    return takes_colour(console) and console.color_system in ("256", "truecolor")


def form_of(console: Console) -> Form:
    """Return the form in which texts of the bank arrive on a console for standard output."""
    return Form(ascii=takes_ascii_only(), coloured=takes_colour(console))


def takes_ascii_only() -> bool:
    """Say whether Unicode would not arrive: another encoding than UTF-8, or a dumb terminal."""
    encoding = sys.stdout.encoding or "ascii"
    is_utf8 = encoding.lower().replace("-", "").replace("_", "").startswith("utf8")
    return not is_utf8 or (sys.stdout.isatty() and _is_dumb())


def _is_dumb() -> bool:
    """Say whether rich would take the terminal for 80 cells wide whatever its width is."""
    return os.environ.get("TERM", "").lower() in ("dumb", "unknown")


def _fixed_width() -> int:
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    if not sys.stdout.isatty():
        return PIPED_WIDTH
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or PIPED_WIDTH
    except OSError:
        return PIPED_WIDTH
