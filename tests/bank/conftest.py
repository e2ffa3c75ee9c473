"""Banks made for a test."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

QUESTION = "id: {id}\nquestion: What is {id}?\nanswer: It is {id}.\n"


@dataclass(frozen=True)
class Home:
    """Places like those of `nnquiz.paths`, below one folder."""

    root: Path
    banks: tuple[str, ...] = ()

    @property
    def shipped(self) -> str:
        """The folder of the shipped bank."""
        return str(self.root / "shipped")

    @property
    def overrides(self) -> str:
        """The folder of edited copies."""
        return str(self.root / "overrides")

    @property
    def compiled(self) -> str:
        """The compiled file."""
        return str(self.root / "cache" / "bank.db")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file below the test's folder and returns its path."""

    def write_file(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return write_file


@pytest.fixture
def home(tmp_path: Path, write: Callable[..., Path]) -> Home:
    """A home with a shipped bank of three questions and a bank of one's own."""
    write("shipped/bank.yaml", "id: nnquiz\ntitle: Ours\ntopics: [{id: basics, title: Basics}]\n")
    for number, name in ((2, "attention"), (1, "neuron"), (3, "batch-norm")):
        text = QUESTION.format(id=name)
        write(f"shipped/{name}.yaml", f"number: {number}\ntopic: basics\ntags: [{name}]\n{text}")
    write("own/deck.yaml", "questions:\n- {id: gradient, question: Why?, answer: So.}\n")
    return Home(tmp_path, (str(tmp_path / "own"),))
