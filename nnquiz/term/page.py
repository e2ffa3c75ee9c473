"""A page in the ordinary scrollback, of which only the last lines are ever drawn again."""

import os
from collections.abc import Callable
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_NARROWEST, _LOWEST = 20, 5

# Up a row, erase it (ECMA-48: CUU, EL). To erase from the first of many rows to the end of the
# screen would do as well, but from the top of the screen tmux keeps what is erased as history.
_TAKE_OFF_ROW = "\x1b[A\x1b[2K"


class Size(NamedTuple):
    """The window in cells."""

    width: int
    height: int


# Lines for a window of that size; they are asked for again when the size has changed.
Part = Callable[[Size], list[Text]]


class Page:
    """What is on the terminal since the current card began.

    Static parts stay where they were printed and scroll away like any output. Below them stands
    the live part, which is taken off and drawn anew. The cursor rests on the line below it, where
    a shell goes on after Ctrl-Z.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._static: list[Part] = []
        self._live: Part | None = None
        self._drawn: list[Text] = []  # the live lines on the screen
        self._above: list[Text] = []  # the static lines above them
        self.size = self._measure()

    def begin(self) -> None:
        """Start a page below what is there, which from now on stays as it is."""
        self.close()
        self._static = []

    def say(self, part: Part) -> None:
        """Print a static part above the live one."""
        self._static.append(part)
        lines = part(self.size)
        self._above.extend(lines)
        self._draw(len(self._drawn), lines)

    def show(self, live: Part) -> None:
        """Draw another live part in the place of the last one."""
        self._live = live
        self._draw(len(self._drawn), [])

    def close(self) -> None:
        """Take the live part off; what is printed next is no part of the page."""
        rows = len(self._drawn)
        self._live, self._drawn, self._above = None, [], []
        self._draw(rows, [])

    def flush(self) -> None:
        """Bring all of it to the terminal, in one write; to be called before waiting for a key."""
        self._console.file.flush()

    def resize(self) -> None:
        """Draw the page for the window's new size in the place of the old one.

        Terminals wrap what stands there to the new width (those that cut it instead lose a few
        lines above the page), so the rows to take off are counted at that width.
        """
        self.size = self._measure()
        rows = sum(self._rows(line) for line in self._above + self._drawn)
        self._redraw(min(rows, self.size.height - 1))

    def resume(self) -> None:
        """Draw the page below what others have printed meanwhile."""
        self.size = self._measure()
        self._redraw(0)

    def _redraw(self, rows: int) -> None:
        self._above = [line for part in self._static for line in part(self.size)]
        self._draw(rows, self._above)

    def _draw(self, rows: int, lines: list[Text]) -> None:
        """Take off the last `rows` rows, then print `lines` and the live part."""
        live = [] if self._live is None else self._live(self.size)
        # A line more than fits would scroll off and could never be taken away again.
        self._drawn = live[-(self.size.height - 1) :]
        if rows:
            self._console.file.write(_TAKE_OFF_ROW * rows + "\r")
        if lines or self._drawn:
            self._console.file.write(self._render(lines + self._drawn))

    def _rows(self, line: Text) -> int:
        return max(1, -(-cell_len(line.plain) // self.size.width))

    def _render(self, lines: list[Text]) -> str:
        with self._console.capture() as captured:
            for line in lines:
                self._console.print(line, soft_wrap=True)
        return captured.get()

    def _measure(self) -> Size:
        """Return the window's size; COLUMNS is not asked, for it does not follow a resize."""
        try:
            width, height = os.get_terminal_size(self._console.file.fileno())
        except OSError:
            width, height = 80, 24
        return Size(max(width or 80, _NARROWEST), max(height or 24, _LOWEST))
