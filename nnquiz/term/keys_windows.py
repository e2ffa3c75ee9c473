"""Keys from a Windows console."""

import contextlib
import os
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from nnquiz.term.keys import ENDED, INTERRUPTED, RESIZED, UNKNOWN

_POLL_SECONDS = 0.02

_CONTROLS = {
    "\r": "enter",
    "\n": "enter",
    "\t": "tab",
    " ": "space",
    "\x08": "backspace",
    "\x1b": "escape",
    "\x03": INTERRUPTED,
    "\x04": ENDED,
    "\x1a": ENDED,
    "\x01": "home",
    "\x05": "end",
    "\x15": "ctrl-u",
    "\x17": "ctrl-w",
}

# The second character of a special key, after "\x00" or "\xe0" (_getch in Microsoft's C library).
_SPECIAL = {
    "H": "up",
    "P": "down",
    "M": "right",
    "K": "left",
    "G": "home",
    "O": "end",
    "S": "delete",
    "I": "page-up",
    "Q": "page-down",
}


class ConsoleKeys:
    """Keys from `msvcrt`, which neither echoes nor waits for a line.

    Windows sends no signal for a resize: the size is compared while waiting.
    """

    def __init__(self) -> None:
        self._size = os.get_terminal_size()

    def __enter__(self) -> "ConsoleKeys":
        return self

    def __exit__(self, *raised: object) -> None:
        pass

    def read(self, timeout: float | None = None) -> str:
        """Return the next key or notice, or "" when `timeout` seconds passed without one."""
        # Only Windows has it, and only there do type checkers know it.
        msvcrt: Any = import_module("msvcrt")
        end = None if timeout is None else time.monotonic() + timeout
        while not msvcrt.kbhit():
            size = os.get_terminal_size()
            if size != self._size:
                self._size = size
                return RESIZED
            if end is not None and time.monotonic() >= end:
                return ""
            time.sleep(_POLL_SECONDS)
        typed = msvcrt.getwch()
        if typed in ("\x00", "\xe0"):
            return _SPECIAL.get(msvcrt.getwch(), UNKNOWN)
        return _CONTROLS.get(typed, typed if typed.isprintable() else UNKNOWN)

    @contextlib.contextmanager
    def lent(self) -> Iterator[None]:
        """Let another program use the console; there is nothing to give back."""
        yield
