"""A page in the ordinary scrollback, of which only the last rows are ever drawn again."""

import os
from collections.abc import Callable
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from nnquiz.term.forms import USUAL, Form

_NARROWEST, _LOWEST = 20, 5

# ECMA-48: EL erases a row, CUU, CUD and CUF move the cursor up, down and right.
_ERASE_ROW = "\x1b[2K"
_UP, _DOWN, _RIGHT = "\x1b[{}A", "\x1b[{}B", "\x1b[{}C"

# Row by row: to erase from the first of many rows to the end of the screen would do as well, but
# from the top of the screen tmux keeps what is erased as history.
_TAKE_OFF_ROW = "\x1b[A" + _ERASE_ROW


class Size(NamedTuple):
    """The window in cells, and the form of what is shown in it."""

    width: int
    height: int
    form: Form = USUAL


class Entry(NamedTuple):
    """A line that is being typed, folded into rows, and where the cursor stands among them."""

    rows: list[Text]
    row: int
    column: int


# Lines for a window of that size; they are asked for again when the size has changed.
Part = Callable[[Size], list[Text]]
Typed = Callable[[Size], Entry]


class _Row(NamedTuple):
    """A row of the live part, as it is written, and the cells that it takes."""

    written: str
    cells: int


class Page:
    """What is on the terminal since the current card began.

    Static parts stay where they were printed and scroll away like any output. Below them stands
    the live part, of which only the rows that change are written anew. The cursor rests on the
    row below it, where a shell goes on after Ctrl-Z; or, while a line is being typed, in that
    line, which is the last of the live part.
    """

    def __init__(self, console: Console, form: Form = USUAL) -> None:
        self._console = console
        self._form = form
        self._static: list[Part] = []
        self._live: Part | None = None
        self._typed: Typed | None = None
        self._above: list[int] = []  # the cells of each static row on the screen
        self._drawn: list[_Row] = []  # the live rows below them
        self._cursor = (0, 0)  # its row, counted from the first live one, and its column
        self.size = self._measure()

    def begin(self) -> None:
        """Start a page below what is there, which from now on stays as it is."""
        self.close()
        self._static = []

    def say(self, part: Part) -> None:
        """Print a static part above the live one."""
        self._static.append(part)
        self._take_off_live()
        self._print(part(self.size))

    def show(self, live: Part, typed: Typed | None = None) -> None:
        """Draw another live part in the place of the last one, with a line that is being typed."""
        self._live, self._typed = live, typed
        rows, cursor = self._lay_out()
        # With as many rows the cursor has its place already; and in both a typed line, or none.
        if len(rows) == len(self._drawn) and self._is_inside == (cursor[0] < len(rows)):
            self._amend(rows, cursor)
        else:
            self._take_off_live()
            self._print([])

    def close(self) -> None:
        """Take the live part off; what is printed next is no part of the page."""
        self._take_off_live()
        self._live, self._typed, self._above = None, None, []

    def flush(self) -> None:
        """Bring all of it to the terminal, in one write; to be called before waiting for a key."""
        self._console.file.flush()

    def resize(self) -> None:
        """Draw the page for the window's new size in the place of the old one.

        Terminals wrap what stands there to the new width (those that cut it instead lose a few
        lines above the page), so the rows to take off are counted at that width.
        """
        self.size = self._measure()
        row, column = self._cursor
        folded = [self._folded(drawn.cells) for drawn in self._drawn]
        below = sum(folded[row:]) - column // self.size.width - 1 if self._is_inside else 0
        rows = sum(folded) + self.rows
        self._take_off(min(rows, self.size.height), below)
        self._drawn = []
        self._print_all()

    def resume(self) -> None:
        """Draw the page below what others have printed meanwhile."""
        self.size = self._measure()
        self._drawn = []
        self._print_all()

    @property
    def rows(self) -> int:
        """How many rows the static parts take."""
        return sum(map(self._folded, self._above))

    @property
    def _is_inside(self) -> bool:
        """Whether the cursor stands in a row of the live part, and not below it."""
        return self._cursor[0] < len(self._drawn)

    def _print_all(self) -> None:
        self._above = []
        self._print([line for part in self._static for line in part(self.size)])

    def _print(self, lines: list[Text]) -> None:
        """Print static lines where the live part was, and the live part below them."""
        self._above += [cell_len(line.plain) for line in lines]
        self._drawn, self._cursor = self._lay_out()
        written = [*self._render(lines), *(row.written for row in self._drawn)]
        if not written:
            return
        text = "\n".join(written)
        if not self._is_inside:
            self._write(text + "\n")
            return
        row, column = self._cursor
        self._write(text + _move(len(self._drawn) - 1, row) + _to_column(column))

    def _lay_out(self) -> tuple[list[_Row], tuple[int, int]]:
        """Return the rows of the live part, and where the cursor belongs."""
        lines = [] if self._live is None else self._live(self.size)
        entry = Entry([], 0, 0) if self._typed is None else self._typed(self.size)
        # A row more than fits would scroll off and could never be taken away again.
        lines = [*lines, *entry.rows][-(self.size.height - 1) :]
        rows = [
            _Row(written, cell_len(line.plain))
            for written, line in zip(self._render(lines), lines, strict=True)
        ]
        return rows, (max(0, len(rows) - len(entry.rows) + entry.row), entry.column)

    def _amend(self, rows: list[_Row], cursor: tuple[int, int]) -> None:
        """Write the rows that have changed over the old ones; nothing where none has."""
        at, text = self._cursor[0], ""
        for place, (old, new) in enumerate(zip(self._drawn, rows, strict=True)):
            if old.written != new.written:
                text += f"{_move(at, place)}\r{_ERASE_ROW}{new.written}"
                at = place
        if text or cursor != self._cursor:
            self._write(text + _move(at, cursor[0]) + _to_column(cursor[1]))
        self._drawn, self._cursor = rows, cursor

    def _take_off_live(self) -> None:
        below = len(self._drawn) - 1 - self._cursor[0] if self._is_inside else 0
        self._take_off(len(self._drawn), below)
        self._drawn, self._cursor = [], (0, 0)

    def _take_off(self, rows: int, below: int) -> None:
        """Erase the last `rows` rows; as many as `below` are below the cursor, if it is inside."""
        if not rows:
            return
        text = _TAKE_OFF_ROW * min(rows, self.size.height - 1) + "\r"
        if self._is_inside:
            text = _move(0, below) + _ERASE_ROW + _TAKE_OFF_ROW * (rows - 1) + "\r"
        self._write(text)

    def _write(self, text: str) -> None:
        self._console.file.write(text)

    def _folded(self, cells: int) -> int:
        return max(1, -(-cells // self.size.width))

    def _render(self, lines: list[Text]) -> list[str]:
        with self._console.capture() as captured:
            for line in lines:
                self._console.print(self._form.marks(line), soft_wrap=True)
        return captured.get().split("\n")[:-1]

    def _measure(self) -> Size:
        """Return the window's size; COLUMNS is not asked, for it does not follow a resize."""
        try:
            width, height = os.get_terminal_size(self._console.file.fileno())
        except OSError:
            width, height = 80, 24
        return Size(max(width or 80, _NARROWEST), max(height or 24, _LOWEST), self._form)


def _move(row: int, to: int) -> str:
    """Return what moves the cursor between two rows."""
    if row == to:
        return ""
    return _UP.format(row - to) if to < row else _DOWN.format(to - row)


def _to_column(column: int) -> str:
    """Return what moves the cursor to a column, counted from 0."""
    return "\r" + _RIGHT.format(column) if column else "\r"
