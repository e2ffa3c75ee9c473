"""Keys: bytes become keys however they arrive, and a held key is told from a pressed one."""

import os
import pty
import signal
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnquiz.term.keys import (
    ENDED,
    INTERRUPTED,
    PASTE_BEGINS,
    PASTE_ENDS,
    RESIZED,
    RESUMED,
    UNKNOWN,
    Hold,
    TerminalKeys,
    take_key,
)

KEYS = {
    b"a": "a",
    b" ": "space",
    b"\r": "enter",
    b"\n": "enter",
    b"\x7f": "backspace",
    b"\x1b[A": "up",
    b"\x1bOB": "down",
    b"\x1b[3~": "delete",
    b"\x1b[1;5C": UNKNOWN,
    "é".encode(): "é",
    "√".encode(): "√",
    "😀".encode(): "😀",
    b"\xff": UNKNOWN,
    b"\x00": UNKNOWN,
    b"\x04": ENDED,
    b"\x15": "ctrl-u",
    b"\x17": "ctrl-w",
    b"\x1b[200~": PASTE_BEGINS,
    b"\x1b[201~": PASTE_ENDS,
}


def all_keys(typed: bytes) -> list[str]:
    """Return the keys in bytes that are known to be complete."""
    keys = []
    while typed:
        key, used = take_key(typed, waited=True)
        keys.append(key)
        typed = typed[used:]
    return keys


@pytest.mark.parametrize(("typed", "key"), KEYS.items())
def test_a_key_is_one_key(typed: bytes, key: str) -> None:
    """Each sequence is one key that takes all of its bytes."""
    assert take_key(typed, waited=False) == (key, len(typed))


@given(st.lists(st.sampled_from(list(KEYS.items()))))
def test_a_burst_is_its_keys_in_order(burst: list[tuple[bytes, str]]) -> None:
    """Type-ahead of any length comes out key by key."""
    assert all_keys(b"".join(typed for typed, _ in burst)) == [key for _, key in burst]


@given(st.binary(max_size=40))
def test_any_bytes_are_keys(typed: bytes) -> None:
    """No input stops the reader, and none of it is a control character afterwards."""
    assert all(key.isprintable() for key in all_keys(typed))


@pytest.mark.parametrize("typed", [b"\x1b", b"\x1b[", b"\x1b[1;", b"\x1bO", b"\xe2\x88", b"\xf0"])
def test_the_beginning_of_a_key_waits_for_the_rest(typed: bytes) -> None:
    """Half a sequence is no key until the wait is over; then it is taken as it stands."""
    assert take_key(typed, waited=False) == ("", 0)
    assert take_key(typed, waited=True)[1] > 0


def test_esc_before_another_key_is_esc() -> None:
    """A lone Esc typed ahead of a 3 does not swallow it."""
    assert all_keys(b"\x1b3") == ["escape", "3"]


@contextmanager
def terminal() -> Iterator[tuple[int, TerminalKeys]]:
    """Yield the far end of a pseudo-terminal and a reader of its near end."""
    far, near = pty.openpty()
    try:
        with TerminalKeys(near) as keys:
            yield far, keys
    finally:
        os.close(near)
        os.close(far)


def test_type_ahead_comes_out_one_by_one() -> None:
    """`333q` is four keys, and then there is none."""
    with terminal() as (far, keys):
        os.write(far, b"333q")
        assert [keys.read(1) for _ in range(4)] == list("333q")
        assert keys.read(0.01) == ""


def test_a_lone_esc_does_not_hang() -> None:
    """Esc alone is a key after a moment, and the next key is untouched."""
    with terminal() as (far, keys):
        os.write(far, b"\x1b")
        assert keys.read(2) == "escape"
        os.write(far, b"\x1b[A")
        assert keys.read(2) == "up"


def test_signals_come_out_before_keys_typed_ahead() -> None:
    """Ctrl-C, a resize and SIGCONT are read like keys, at once."""
    with terminal() as (far, keys):
        os.write(far, b"33")
        for number, notice in (
            (signal.SIGINT, INTERRUPTED),
            (signal.SIGWINCH, RESIZED),
            (signal.SIGCONT, RESUMED),
        ):
            os.kill(os.getpid(), number)
            assert keys.read(1) == notice
        assert keys.read(1) == "3"


def test_a_second_ctrl_c_gets_through_where_the_first_is_not_read() -> None:
    """A program that hangs can still be interrupted."""
    with terminal() as (_, keys):
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        assert keys.read(1) == INTERRUPTED


def test_resizes_in_a_row_are_one() -> None:
    """A window dragged meanwhile is drawn once."""
    with terminal() as (_, keys):
        for _ in range(5):
            os.kill(os.getpid(), signal.SIGWINCH)
        assert keys.read(1) == RESIZED
        assert keys.read(0.01) == ""


def test_the_terminal_is_given_back_as_it_was() -> None:
    """After an exception, and while it is lent, mode and signal handlers are those from before."""
    far, near = pty.openpty()
    before, handler = termios.tcgetattr(near), signal.getsignal(signal.SIGINT)
    with suppress(ZeroDivisionError), TerminalKeys(near) as keys:
        assert not termios.tcgetattr(near)[3] & termios.ECHO
        with keys.lent():
            assert termios.tcgetattr(near) == before
        assert not termios.tcgetattr(near)[3] & termios.ICANON
        raise ZeroDivisionError
    assert termios.tcgetattr(near) == before
    assert signal.getsignal(signal.SIGINT) is handler
    os.close(near)
    os.close(far)


def test_keys_typed_before_the_end_are_kept() -> None:
    """When the terminal goes away what was typed is read first, then the end, again and again."""
    far, near = pty.openpty()
    with TerminalKeys(near) as keys:
        os.write(far, b"3\x04")
        assert [keys.read(1), keys.read(1)] == ["3", ENDED]
        os.close(far)
        assert [keys.read(1), keys.read(1)] == [ENDED, ENDED]
    os.close(near)


def test_a_held_key_acts_once() -> None:
    """After a first delay of up to 0.7 s and then at any usual rate, repeats are told as such."""
    for delay, rate in ((0.25, 1 / 30), (0.5, 1 / 25), (0.66, 1 / 25), (0.69, 0.2)):
        hold = Hold()
        assert not hold.repeats("space", 100.0)
        assert all(hold.repeats("space", 100 + delay + n * rate) for n in range(200))


def test_a_key_pressed_again_acts_again() -> None:
    """A second press is honoured after the delay, or at once when another key came between."""
    hold = Hold()
    assert not hold.repeats("space", 100.0)
    assert not hold.repeats("space", 100.8)
    assert not hold.repeats("3", 100.9)
    assert not hold.repeats("space", 100.95)
    assert hold.repeats("space", 101.0)


def test_the_delay_counts_from_what_was_seen() -> None:
    """A screen that took long to draw does not let a repeat through."""
    hold = Hold()
    hold.repeats("space", 100.0)
    hold.drawn(102.0)
    assert hold.repeats("space", 102.5)
    assert not hold.repeats("space", 103.5)
