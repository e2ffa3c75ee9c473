"""The kinds of cards on a command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnquiz.cards import KINDS
from nnquiz.cli.kinds import chosen_kinds, kind_names
from nnquiz.errors import BadInput


def test_kinds_may_be_written_as_people_write_them() -> None:
    """Case and the sign between words do not count, and none at all is every kind."""
    assert chosen_kinds(["Cloze", "follow_up"]) == ["cloze", "follow-up"]
    assert chosen_kinds(None) == chosen_kinds([]) == KINDS


def test_an_unknown_kind_gets_its_neighbour() -> None:
    """A slip of the keys is answered by the kind that was meant, anything else by the list."""
    with pytest.raises(BadInput, match=r'no kind "mach"; did you mean match\?'):
        chosen_kinds(["explain", "mach"])
    with pytest.raises(BadInput, match=r'^no kind "video"$') as caught:
        chosen_kinds(["video"])
    assert caught.value.hint == "kinds: " + ", ".join(KINDS)


@pytest.mark.parametrize("command", ["drill", "due"])
def test_a_shell_completes_kinds(command: str, tmp_path: Path) -> None:
    """After --kind the shell offers what begins so."""
    assert kind_names("") == list(KINDS)
    done = subprocess.run(
        [sys.executable, "-m", "nnquiz"],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "NNQUIZ_HOME": str(tmp_path),
            "_NNQUIZ_COMPLETE": "complete_bash",
            "COMP_WORDS": f"nnquiz {command} --kind c",
            "COMP_CWORD": "3",
        },
    )
    assert done.stdout.split() == ["choice", "cloze"]
