"""The page: static lines scroll away untouched, only the live part is drawn anew."""

import io
import os
from collections.abc import Callable

import pyte
import pytest
from rich.console import Console
from rich.text import Text

from nnquiz.term import page as page_module
from nnquiz.term.line import Line
from nnquiz.term.page import Page, Part, Size


class Window:
    """A terminal in memory with a page on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, columns: int = 40, rows: int = 10) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=500)
        self.screen.set_mode(pyte.modes.LNM)
        self._stream = pyte.Stream(self.screen)
        self._file = io.StringIO()
        self._size = os.terminal_size((columns, rows))
        monkeypatch.setattr(self._file, "fileno", lambda: 1, raising=False)
        monkeypatch.setattr(page_module.os, "get_terminal_size", lambda _: self._size)
        self.page = Page(Console(file=self._file, width=columns, highlight=False))

    @property
    def written(self) -> str:
        """What the page has written since it was last looked at."""
        written = self._file.getvalue()
        self._draw()
        return written

    def _draw(self) -> None:
        self._stream.feed(self._file.getvalue())
        self._file.seek(0)
        self._file.truncate()

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size, as a terminal does that cuts its lines."""
        self._size = os.terminal_size((columns, rows))
        self.screen.resize(rows, columns)

    @property
    def lines(self) -> list[str]:
        """All that was ever on the screen and was not taken off again, without empty lines."""
        self._draw()
        above = [
            "".join(line[column].data for column in range(self.screen.columns)).rstrip()
            for line in self.screen.history.top
        ]
        return [line for line in above + [row.rstrip() for row in self.screen.display] if line]


def part(*lines: str) -> Part:
    """Return lines that are the same in any window."""
    return lambda _: [Text(line) for line in lines]


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Window]:
    """Return a function that opens a window."""
    return lambda *size: Window(monkeypatch, *size)


def test_only_the_live_part_is_replaced(window: Callable[..., Window]) -> None:
    """Static lines stay in order above it, also those that scrolled off."""
    shown = window(40, 10)
    for number in range(30):
        shown.page.say(part(f"line {number}"))
        shown.page.show(part("footer", f"keys {number}"))
    assert shown.lines == [*(f"line {number}" for number in range(30)), "footer", "keys 29"]


def test_a_live_part_that_shrinks_and_grows_leaves_nothing(window: Callable[..., Window]) -> None:
    """Whatever its height, nothing of an earlier one is left, and nothing above is touched."""
    shown = window(40, 10)
    shown.page.say(part("question"))
    for height in (1, 8, 2, 9, 30, 3):
        shown.page.show(part(*(f"row {row} of {height}" for row in range(height))))
    assert shown.lines[0] == "question"
    assert shown.lines[-3:] == ["row 0 of 3", "row 1 of 3", "row 2 of 3"]
    assert len(shown.lines) == 4


def test_closing_takes_the_live_part_off(window: Callable[..., Window]) -> None:
    """What is said afterwards stands where it was."""
    shown = window()
    shown.page.say(part("question"))
    shown.page.show(part("footer"))
    shown.page.close()
    shown.page.say(part("Good: back tomorrow"))
    shown.page.begin()
    shown.page.say(part("next question"))
    assert shown.lines == ["question", "Good: back tomorrow", "next question"]


def test_a_resize_asks_for_the_lines_of_the_new_size(window: Callable[..., Window]) -> None:
    """Static and live parts are drawn for the window as it is now, once."""

    def measured(size: Size) -> list[Text]:
        return [Text(f"{size.width} by {size.height}")]

    shown = window(40, 10)
    shown.page.say(measured)
    shown.page.show(measured)
    assert shown.lines == ["40 by 10", "40 by 10"]
    shown.resize(30, 20)
    shown.page.resize()
    assert shown.lines == ["30 by 20", "30 by 20"]


def test_only_rows_that_change_are_written(window: Callable[..., Window]) -> None:
    """A ticking clock rewrites its own row; where nothing changes nothing is written."""
    shown = window()
    shown.page.say(part("question"))
    shown.page.show(part("[ ] point", "keys", "0:01"))
    assert "question" in shown.written
    shown.page.show(part("[ ] point", "keys", "0:02"))
    written = shown.written
    assert "0:02" in written
    assert "point" not in written
    assert "keys" not in written
    assert shown.lines == ["question", "[ ] point", "keys", "0:02"]
    shown.page.show(part("[ ] point", "keys", "0:02"))
    assert shown.written == ""


def test_the_cursor_stands_in_the_line_that_is_typed(window: Callable[..., Window]) -> None:
    """Behind the last character, or where the arrows took it; below, where nothing is typed."""
    shown = window(20, 10)
    shown.page.say(part("question"))
    for text, cursor, row, column in (
        ("", 0, 2, 2),
        ("soft", 4, 2, 6),
        ("soft", 1, 2, 3),
        ("x" * 30, 30, 3, 13),
        ("x" * 30, 2, 2, 4),
    ):
        shown.page.show(part("keys"), Line(text, cursor).entry)
        assert shown.lines[:2] == ["question", "keys"]
        assert (shown.screen.cursor.y, shown.screen.cursor.x) == (row, column)
    shown.page.say(part("hint"))
    assert shown.lines[:3] == ["question", "hint", "keys"]
    assert (shown.screen.cursor.y, shown.screen.cursor.x) == (3, 4)
    shown.page.show(part("keys"))
    assert shown.lines == ["question", "hint", "keys"]
    assert (shown.screen.cursor.y, shown.screen.cursor.x) == (3, 0)


def test_a_typed_line_leaves_nothing_behind(window: Callable[..., Window]) -> None:
    """Taken off, drawn anew after a resize or after others have printed: one line, once."""
    shown = window(40, 10)
    shown.page.say(part("question"))
    shown.page.show(part("keys"), Line("soft max", 3).entry)
    assert shown.lines == ["question", "keys", "> soft max"]
    shown.resize(30, 10)
    shown.page.resize()
    assert shown.lines == ["question", "keys", "> soft max"]
    shown.page.close()
    shown.page.say(part("Good"))
    assert shown.lines == ["question", "Good"]
    assert shown.screen.cursor.x == 0
