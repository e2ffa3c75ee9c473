"""Keys from a terminal, one at a time, with nothing lost and the terminal always given back.

Own code because the readers of libraries failed in a drill: typer's `getchar` returns type-ahead
as one string and swallows Ctrl-Z, readchar hangs on a lone Esc, and both raise tracebacks where
there is no terminal. Signals stay on, so Ctrl-Z and Ctrl-C mean what they always mean.
"""

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any, Protocol

RESIZED = "resized"  # the window has another size
RESUMED = "resumed"  # back from Ctrl-Z, or the terminal was lent to another program
INTERRUPTED = "interrupted"  # Ctrl-C
ENDED = "ended"  # the end of input: Ctrl-D, or the terminal is gone
UNKNOWN = "unknown"  # a key that has no name here

# What comes between these two was not typed but pasted.
PASTE_BEGINS, PASTE_ENDS = "paste-begins", "paste-ends"

# After this long a lone Esc is the key itself, not the beginning of a sequence.
_ESCAPE_SECONDS = 0.05

_CONTROLS = {
    b"\r": "enter",
    b"\n": "enter",
    b"\t": "tab",
    b" ": "space",
    b"\x7f": "backspace",
    b"\x08": "backspace",
    b"\x03": INTERRUPTED,
    b"\x04": ENDED,
    b"\x01": "home",
    b"\x05": "end",
    b"\x15": "ctrl-u",
    b"\x17": "ctrl-w",
}

_SEQUENCES = {
    b"[A": "up",
    b"[B": "down",
    b"[C": "right",
    b"[D": "left",
    b"[H": "home",
    b"[F": "end",
    b"[1~": "home",
    b"[4~": "end",
    b"[3~": "delete",
    b"[5~": "page-up",
    b"[6~": "page-down",
    b"OA": "up",
    b"OB": "down",
    b"OC": "right",
    b"OD": "left",
    b"OH": "home",
    b"OF": "end",
    b"[200~": PASTE_BEGINS,
    b"[201~": PASTE_ENDS,
}

# Bracketed paste of xterm: the terminal marks what was pasted, so that no line end in it is Enter.
_MARK_PASTES, _LEAVE_PASTES = b"\x1b[?2004h", b"\x1b[?2004l"


class Keys(Protocol):
    """Where keys come from, on any operating system."""

    def __enter__(self) -> "Keys": ...

    def __exit__(self, *raised: object) -> None: ...

    def read(self, timeout: float | None = None) -> str:
        """Return the next key or notice, or "" when `timeout` seconds passed without one."""

    def lent(self) -> contextlib.AbstractContextManager[None]:
        """Give the terminal to another program for a while."""


def open_keys() -> Keys:
    """Return the key reader for standard input."""
    if sys.platform == "win32":
        from nnquiz.term.keys_windows import ConsoleKeys

        return ConsoleKeys()
    return TerminalKeys(sys.stdin.fileno())


def take_key(typed: bytes, *, waited: bool) -> tuple[str, int]:
    r"""Return the first key in `typed` and how many bytes it took.

    Printable characters are their own names. `("", 0)` says that the rest of the key has yet to
    come; once `waited`, what is there is taken as it stands.

    >>> take_key(b"\x1b[A3", waited=False)
    ('up', 3)
    >>> take_key(b"\x1b", waited=False), take_key(b"\x1b", waited=True)
    (('', 0), ('escape', 1))
    """
    first = typed[:1]
    if first == b"\x1b":
        return _take_sequence(typed, waited=waited)
    if first in _CONTROLS:
        return _CONTROLS[first], 1
    length = _character_length(typed)
    if len(typed) < length and not waited:
        return "", 0
    try:
        character = typed[:length].decode()
    except UnicodeDecodeError:
        return UNKNOWN, 1
    return (character if character.isprintable() else UNKNOWN), length


def _character_length(typed: bytes) -> int:
    """Return how many bytes of UTF-8 the first one announces (RFC 3629)."""
    lead = typed[0]
    return 1 if lead < 0xC2 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4 if lead < 0xF5 else 1


def _take_sequence(typed: bytes, *, waited: bool) -> tuple[str, int]:
    """Return the key of an escape sequence (ECMA-48: CSI and SS3), or Esc itself."""
    if typed[1:2] not in (b"[", b"O"):
        return ("escape", 1) if waited or len(typed) > 1 else ("", 0)
    for at in range(2, len(typed)):
        if 0x40 <= typed[at] <= 0x7E:
            return _SEQUENCES.get(typed[1 : at + 1], UNKNOWN), at + 1
    return ("escape", 1) if waited else ("", 0)


class TerminalKeys:
    """Keys from a POSIX terminal in cbreak mode.

    Ctrl-C, a resize and the way back from Ctrl-Z come out of `read` like keys, so that none of
    them can cut an answer in half; a second Ctrl-C before the first was read raises. SIGTERM and
    SIGHUP leave through the ordinary way out, with the exit code shells expect.
    """

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._typed = bytearray()
        self._notices: list[str] = []
        self._ended = False
        self._lent = False
        self._interrupted = False
        self._before: Any = None
        self._handlers: dict[int, Any] = {}

    def __enter__(self) -> "TerminalKeys":
        import termios

        # The handlers write to the pipe and `read` waits on it: no signal falls between a check
        # and a wait (D. J. Bernstein's self-pipe).
        self._woken, self._waker = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._waker, False)
        self._before = termios.tcgetattr(self._terminal)
        for number, handler in (
            (signal.SIGWINCH, lambda *_: self._wake(b"r")),
            (signal.SIGINT, lambda *_: self._interrupt()),
            (signal.SIGTSTP, lambda *_: self._stop()),
            (signal.SIGCONT, lambda *_: self._continue()),
            (signal.SIGTERM, _leave),
            (signal.SIGHUP, _leave),
        ):
            self._handlers[number] = signal.signal(number, handler)
        self._listen()
        return self

    def __exit__(self, *raised: object) -> None:
        self._restore()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        os.close(self._woken)
        os.close(self._waker)

    def read(self, timeout: float | None = None) -> str:
        """Return the next key or notice, or "" when `timeout` seconds passed without one.

        Notices (`RESIZED`, `RESUMED`, `INTERRUPTED`) come before keys typed ahead, and `ENDED`
        after them.
        """
        self._gather(0)
        waited = False
        while not self._notices:
            if self._typed:
                key, used = take_key(bytes(self._typed), waited=waited)
                del self._typed[:used]
                if key:
                    return key
            elif self._ended:
                return ENDED
            if not self._gather(_ESCAPE_SECONDS if self._typed else timeout):
                if not self._typed:
                    return ""
                waited = True
        notice = self._notices.pop(0)
        if notice == INTERRUPTED:
            self._interrupted = False
        return notice

    @contextlib.contextmanager
    def lent(self) -> Iterator[None]:
        """Give the terminal back as it was found, for another program, and take it again."""
        self._lent = True
        self._restore()
        try:
            yield
        finally:
            self._lent = False
            self._listen()

    def _gather(self, wait: float | None) -> bool:
        """Collect what was typed and signalled within `wait` seconds; False if there was none."""
        sources = [self._woken] if self._ended else [self._woken, self._terminal]
        ready, _, _ = select.select(sources, [], [], wait)
        if self._woken in ready:
            letters = os.read(self._woken, 4096).decode()
            named = {"r": RESIZED, "c": RESUMED, "i": INTERRUPTED}
            # However often a window was dragged meanwhile, it is drawn once.
            self._notices.extend(named[letter] for letter in dict.fromkeys(letters))
        if self._terminal in ready:
            try:
                typed = os.read(self._terminal, 4096)
            except OSError:  # the terminal is gone
                typed = b""
            self._typed += typed
            self._ended = not typed
        return bool(ready)

    def _listen(self) -> None:
        """Ask for single keys without an echo, keeping what is typed already."""
        import termios

        with contextlib.suppress(termios.error):  # it may be gone: then `read` says so
            mode = termios.tcgetattr(self._terminal)
            mode[3] &= ~(termios.ECHO | termios.ICANON)
            mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, mode)
        self._tell(_MARK_PASTES)

    def _restore(self) -> None:
        """Leave the terminal as it was found."""
        import termios

        self._tell(_LEAVE_PASTES)
        with contextlib.suppress(termios.error):  # it may be gone
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)

    def _tell(self, order: bytes) -> None:
        """Send the terminal an order; one that does not know it ignores it."""
        with contextlib.suppress(OSError):  # it may be gone, or open for reading only
            os.write(self._terminal, order)

    def _wake(self, letter: bytes) -> None:
        with contextlib.suppress(BlockingIOError):  # full of wake-ups: one is enough
            os.write(self._waker, letter)

    def _interrupt(self) -> None:
        if self._lent:  # it was meant for the other program
            return
        if self._interrupted:
            raise KeyboardInterrupt
        self._interrupted = True
        self._wake(b"i")

    def _stop(self) -> None:
        """Give the terminal back, then stop as Ctrl-Z asked; `_continue` takes it again."""
        self._restore()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)

    def _continue(self) -> None:
        signal.signal(signal.SIGTSTP, lambda *_: self._stop())
        if not self._lent:
            self._listen()
            self._wake(b"c")


def _leave(number: int, _: FrameType | None) -> None:
    """Leave by the ordinary way out, so that everything is given back and closed."""
    sys.exit(128 + number)


class Hold:
    """Tells a key that is held down from one that is pressed again.

    A keyboard repeats a held key after a first delay (660 ms under plain X11, less elsewhere) and
    then many times a second. Any other key in between says that the first was let go.
    """

    FIRST_SECONDS = 0.7
    NEXT_SECONDS = 0.25

    def __init__(self) -> None:
        self._key = ""
        self._window = 0.0
        self._until = 0.0

    def repeats(self, key: str, now: float | None = None) -> bool:
        """Say whether `key`, read at `now` (s, monotonic), is only the last one held down."""
        now = time.monotonic() if now is None else now
        held = key == self._key and now < self._until
        if held:
            self._until = max(self._until, now + self.NEXT_SECONDS)
        else:
            self._key, self._until = key, now + self.FIRST_SECONDS
        return held

    def drawn(self, now: float | None = None) -> None:
        """Count the first delay from now: what the key did has only just been seen."""
        now = time.monotonic() if now is None else now
        self._until = max(self._until, now + self.FIRST_SECONDS)
