"""Fixing a card on the spot, with the real program and a real editor process."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnquiz.model.event import REVIEW, Event

Start = Callable[..., Any]
EDITED = "softmax of the scaled scores"


@pytest.fixture
def editor(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """Return what makes an editor of a sed command: it writes down how it was called."""

    def make(command: str) -> dict[str, str]:
        script = tmp_path / "editor"
        script.write_text(f'#!/bin/sh\necho "$1 $2" > "{tmp_path}/called"\n{command}\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        return {"EDITOR": str(script)}

    return make


def open_cloze(start: Start, settings: dict[str, str]) -> Any:
    """Begin a drill of the cloze cards of question 12, and reach one for its keys."""
    terminal = start("12", "--kind", "cloze", "--no-typing", **settings)
    terminal.wait("e edit")
    return terminal


def test_a_card_is_changed_and_asked_as_it_is_then(
    start: Start, editor: Callable[..., Any], home: Path, tmp_path: Path, recorded: Any
) -> None:
    """The editor opens a copy at the card, whose answer goes under the same id."""
    terminal = open_cloze(start, editor('sed -i "s/A query and a key have size/NEW size/" "$2"'))
    terminal.wait("A query and a key have size")
    terminal.send("e")
    terminal.wait("NEW size")
    called = (tmp_path / "called").read_text().split()
    copy = home / "banks" / "overrides" / "12-attention.yaml"
    assert called[1] == str(copy)
    assert copy.read_text().splitlines()[int(called[0]) - 1].strip() == "- id: score-variance"
    terminal.send(" ")
    terminal.wait("3 Good")
    terminal.send("3")
    terminal.wait("Good: back")
    terminal.send("q")
    assert terminal.end() == 0
    (event,) = recorded()
    assert (event.kind, event.card) == (REVIEW, "nnquiz/attention/score-variance/c1")


def test_a_mistake_is_shown_and_the_old_card_kept(
    start: Start, editor: Callable[..., Any], home: Path
) -> None:
    """What cannot be read is told with its line; the card is graded as it was."""
    terminal = open_cloze(start, editor('sed -i "s/^id: attention/id: [/" "$2"'))
    terminal.send("e")
    terminal.wait("12-attention.yaml:5:6: YAML syntax: did not find expected ',' or ']'")
    terminal.send(" ")
    terminal.wait("3 Good")
    terminal.send("3")
    terminal.wait("Good: back")
    terminal.send("q")
    assert terminal.end() == 0


def test_to_have_looked_changes_nothing(
    start: Start, editor: Callable[..., Any], home: Path
) -> None:
    """Without a change the card stays in hand, and no copy is left."""
    terminal = open_cloze(start, editor("true"))
    terminal.send("e")
    terminal.wait("Nothing was changed.")
    assert list((home / "banks" / "overrides").iterdir()) == []
    terminal.send("q")
    assert terminal.end() == 0


def test_without_an_editor_it_says_so(start: Start) -> None:
    """The drill goes on, with a line that names what is missing."""
    terminal = open_cloze(start, {"EDITOR": "no-such-editor"})
    terminal.send("e")
    terminal.wait("there is no editor no-such-editor")
    terminal.send("q")
    assert terminal.end() == 0


def test_a_card_that_was_deleted_is_not_asked(
    start: Start, editor: Callable[..., Any], recorded: Callable[[], list[Event]]
) -> None:
    """The drill goes on with the next card, and nothing is recorded."""
    cut = "sed -i '/^  - id: score-variance/,/^      c1/d' \"$2\""
    terminal = open_cloze(start, editor(cut))
    terminal.wait("A query and a key have size")
    terminal.send("e")
    terminal.wait("twice as long")
    terminal.send("q")
    assert terminal.end() == 0
    assert recorded() == []


def test_without_a_terminal_there_is_nothing_to_edit_in(drill: Callable[..., Any]) -> None:
    """In a pipe the key does nothing, and says so."""
    done = drill("12", "--kind", "explain", typed="e\nq\n", EDITOR="false")
    assert "That does nothing now" in done.stdout
