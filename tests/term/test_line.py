"""The line that is being typed: its keys, and how it is folded."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.term.line import PROMPT, Line
from nnquiz.term.page import Size
from nnquiz.term.spans import cells


def typed(*keys: str) -> Line:
    """Return an empty line after these keys."""
    line = Line()
    for key in keys:
        line = line.press(key)
    return line


def test_the_keys_edit_as_in_any_terminal() -> None:
    """Each key does at the cursor what it does in a shell."""
    word = ("a", "b", "space", "c", "d")
    assert typed(*word) == Line("ab cd", 5)
    assert typed(*word, "backspace") == Line("ab c", 4)
    assert typed(*word, "left", "left", "x") == Line("ab xcd", 4)
    assert typed(*word, "home", "delete", "right", "x") == Line("bx cd", 2)
    assert typed(*word, "ctrl-w") == Line("ab ", 3)
    assert typed(*word, "ctrl-w", "ctrl-w") == Line("", 0)
    assert typed(*word, "left", "ctrl-u") == Line("d", 0)
    assert typed(*word, "home", "end") == Line("ab cd", 5)


def test_a_key_that_edits_nothing_leaves_the_line_alone() -> None:
    """At either end, and for keys with longer names; a line does not begin with a space."""
    assert typed("backspace", "left", "right", "delete", "ctrl-w", "ctrl-u") == Line()
    assert typed("x", "up", "page-down", "tab", "unknown") == Line("x", 1)
    assert typed("space", "space", "x", "space") == Line("x ", 2)


NAMED = ("space", "backspace", "delete", "left", "right", "home", "end", "ctrl-u", "ctrl-w")
keys = st.lists(st.sampled_from([*"abcé漢🙂", *NAMED]), max_size=80)


@given(keys, st.integers(20, 60))
@settings(max_examples=150)
def test_a_folded_line_is_the_line_and_fits(pressed: list[str], width: int) -> None:
    """Every row is narrower than the window, the rows are the text, and the cursor is in them."""
    line = typed(*pressed)
    assert 0 <= line.cursor <= len(line.text)
    rows, row, column = line.entry(Size(width, 24))
    plain = [text.plain for text in rows]
    assert "".join(plain) == f"{PROMPT}{line.text} "
    assert all(cells(text) < width for text in plain)
    before = "".join(plain[:row])
    at = len(PROMPT) + line.cursor - len(before)
    assert column == cells(plain[row][:at])
