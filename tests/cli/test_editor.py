"""Which editor is opened, and how it is told the line."""

import pytest

from nnquiz.cli.editor import _at, chosen_editor
from nnquiz.errors import NnquizError


def test_the_one_that_was_chosen_comes_first() -> None:
    """VISUAL before EDITOR, with its own arguments."""
    assert chosen_editor({"VISUAL": "sh -x", "EDITOR": "cat"}) == ["sh", "-x"]
    assert chosen_editor({"VISUAL": " ", "EDITOR": "cat"}) == ["cat"]


@pytest.mark.parametrize(
    ("said", "what"),
    [("no-such-editor -w", "there is no editor no-such-editor"), ("vi 'x", "cannot be understood")],
)
def test_one_that_is_not_there_is_named(said: str, what: str) -> None:
    """The way out is to set another."""
    with pytest.raises(NnquizError, match=what) as caught:
        chosen_editor({"EDITOR": said})
    assert "set EDITOR" in caught.value.hint


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (["vim", "-u", "NONE"], ["+7", "f"]),
        (["/usr/bin/nano"], ["+7", "f"]),
        (["code"], ["--wait", "--goto", "f:7"]),
        (["hx"], ["f:7"]),
        (["subl"], ["--wait", "f:7"]),
        (["notepad.exe"], ["f"]),
    ],
)
def test_each_is_told_the_line_in_its_own_way(command: list[str], arguments: list[str]) -> None:
    """Most take +LINE, some a colon, and Windows' own takes none."""
    assert _at(command, "f", 7) == arguments
