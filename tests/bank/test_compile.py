"""The index is made again when it must be, and nothing can spoil it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nnquiz.bank import compile as compiler
from nnquiz.bank.files import Places
from nnquiz.bank.index import Index

# Opens the index of the test's folder, as any command does.
OPEN = """
import sys
from dataclasses import dataclass
from nnquiz.bank.index import Index

@dataclass
class Home:
    shipped: str
    banks: tuple
    overrides: str
    compiled: str

root = sys.argv[1]
home = Home(f"{root}/shipped", (f"{root}/own",), f"{root}/overrides", f"{root}/cache/bank.db")
with Index.open(home) as index:
    print(len(index.lines()))
"""


def ids(home: Places) -> list[str]:
    """Return the ids of all questions, opening the index as a command does."""
    with Index.open(home) as index:
        return [line.id for line in index.lines()]


def inode(home: Places) -> int:
    """Return which file the index is."""
    return os.stat(home.compiled).st_ino


def rows(index: Index) -> list[str]:
    """Return all that an index says, to compare two."""
    return [repr(index.question(f"{line.bank}/{line.id}")) for line in index.lines()] + [
        repr(card) for card in index.cards()
    ]


def test_it_is_compiled_once(home: Places) -> None:
    """A second start reads what the first has written."""
    first, before = ids(home), inode(home)
    assert ids(home) == first
    assert inode(home) == before
    assert os.listdir(os.path.dirname(home.compiled)) == ["bank.db"]


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "own/new.yaml").write_text("id: n\nquestion: q\nanswer: a\n"),
        lambda root: (root / "own/deck.yaml").unlink(),
        lambda root: (root / "own/deck.yaml").rename(root / "own/other.yaml"),
        lambda root: os.utime(root / "own/deck.yaml", ns=(1, 1)),
        lambda root: (
            (root / "overrides").mkdir()
            or (root / "overrides/n.yaml").write_text("id: neuron\nquestion: q\nanswer: mine\n")
        ),
        lambda root: shutil.rmtree(root / "own"),
    ],
    ids=["new", "gone", "renamed", "touched", "override", "bank gone"],
)
def test_it_is_compiled_again_when_a_file_changes(
    home: Places, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    """A file that is new, gone, renamed or touched is noticed, and so is a bank that went."""
    ids(home)
    before = Path(home.compiled).read_bytes()
    change(tmp_path)
    ids(home)
    assert Path(home.compiled).read_bytes() != before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"no database at all" * 500),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.unlink(),
        lambda path: sqlite3.connect(path).executescript("DROP TABLE meta").connection.close(),
        lambda path: (
            sqlite3.connect(path)
            .executescript("UPDATE meta SET value = '0' WHERE key = 'format'")
            .connection.close()
        ),
    ],
    ids=["garbage", "empty", "cut", "deleted", "foreign", "older"],
)
def test_a_spoilt_file_is_made_again(home: Places, spoil: Callable[[Path], object]) -> None:
    """Whatever lies in the index's place, the questions are there and the file is mended."""
    good = ids(home)
    spoil(Path(home.compiled))
    assert ids(home) == good
    before = inode(home)
    assert ids(home) == good
    assert inode(home) == before


def test_a_folder_that_cannot_be_written_is_no_hindrance(
    home: Places, write: Callable[..., Path]
) -> None:
    """Without a cache the banks are compiled into memory and say the same."""
    with Index.open(home) as index:
        on_disk = rows(index)
    shutil.rmtree(os.path.dirname(home.compiled))
    write("cache", "a file where the folder should be")
    with Index.open(home) as index:
        assert rows(index) == on_disk


def test_a_full_disk_is_no_hindrance(home: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails leaves no half file behind, and the answer comes from memory."""

    def fail(path: str) -> None:
        raise OSError(28, "No space left on device", path)

    monkeypatch.setattr(compiler, "_flush", fail)
    assert ids(home) == ["neuron", "attention", "batch-norm", "gradient"]
    assert os.listdir(os.path.dirname(home.compiled)) == []


def test_a_broken_file_keeps_its_last_good_form(home: Places, write: Callable[..., Path]) -> None:
    """What worked yesterday is asked today, with one line that says what is wrong."""
    ids(home)
    path = write("own/deck.yaml", "questions:\n- {id: gradient, question: Why?, answer: So.\n")
    for _ in range(2):
        with Index.open(home) as index:
            assert index.resolve("gradient") == "own/gradient"
            assert [card.id for card in index.cards(questions=["own/gradient"])] == [
                "own/gradient/explain"
            ]
            assert len(index.warnings) == 1
            assert index.warnings[0].startswith(f"{path}:3:1: ")
            assert "the last good form is used" in index.warnings[0]
    write("own/deck.yaml", "id: other\nquestion: q\nanswer: a\n")
    with Index.open(home) as index:
        assert index.warnings == ()
        assert [line.id for line in index.lines()][-1] == "other"


def test_a_broken_bank_file_keeps_the_last_good_bank(
    home: Places, write: Callable[..., Path]
) -> None:
    """While the id of a bank cannot be read, its questions stay under the id they had."""
    write("own/bank.yaml", "id: mine\ntitle: Mine\n")
    ids(home)
    write("own/bank.yaml", "id: mine: yours\n")
    with Index.open(home) as index:
        assert index.resolve("gradient") == "mine/gradient"
        assert "bank.yaml:1:9" in index.warnings[0]
    write("other/bank.yaml", "id: mine\ntitle: Mine\n")
    write("other/deck.yaml", "id: gradient\nquestion: New?\nanswer: a\n")
    both = replace(home, banks=(str(home.root / "other"), *home.banks))
    with Index.open(both) as index:
        assert index.question("mine/gradient").question.source == "New?"


def test_a_broken_file_that_never_worked_is_left_out(
    home: Places, write: Callable[..., Path]
) -> None:
    """The rest of the bank is there, and one line counts what is not."""
    write("own/a.yaml", "id: a\n")
    write("own/b.yaml", b"\xff")
    with Index.open(home) as index:
        assert [line.id for line in index.lines()][-1] == "gradient"
        assert len(index.warnings) == 1
        assert "left out, and 1 more like it" in index.warnings[0]
        assert "\n" not in index.warnings[0]


def test_a_broken_shipped_file_does_not_stop_the_program(
    home: Places, write: Callable[..., Path]
) -> None:
    """Even the shipped bank may be damaged."""
    write("shipped/neuron.yaml", "]")
    with Index.open(home) as index:
        assert [line.id for line in index.lines()] == ["attention", "batch-norm", "gradient"]
        assert len(index.warnings) == 1


def test_two_banks_of_one_name(home: Places, write: Callable[..., Path]) -> None:
    """A second bank of the same id is left out with a line, for progress hangs on the id."""
    write("own/bank.yaml", "id: nnquiz\ntitle: Mine\n")
    with Index.open(home) as index:
        assert "gradient" not in [line.id for line in index.lines()]
        assert "the bank id nnquiz belongs to" in index.warnings[0]


def test_many_processes_may_compile_at_once(home: Places, tmp_path: Path) -> None:
    """Each gets a whole index, and one whole index is left."""
    command = [sys.executable, "-c", OPEN, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate()[0] for process in running] == ["4\n"] * 4
    assert [process.returncode for process in running] == [0] * 4
    assert os.listdir(os.path.dirname(home.compiled)) == ["bank.db"]


def test_killed_in_the_middle_of_compiling(
    home: Places, tmp_path: Path, write: Callable[..., Path]
) -> None:
    """A process that is killed while it compiles leaves what was there, and no lasting litter."""
    ids(home)
    many = "".join(f"- {{id: q{i}, question: q, answer: $x_{i}$}}\n" for i in range(400))
    write("own/many.yaml", f"questions:\n{many}")
    folder = Path(home.compiled).parent
    process = subprocess.Popen([sys.executable, "-c", OPEN, str(tmp_path)])
    while not list(folder.glob("*.tmp")):
        assert process.poll() is None
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    litter = list(folder.glob("*.tmp"))
    assert len(litter) == 1
    os.utime(litter[0], (1, 1))
    assert len(ids(home)) == 404
    assert os.listdir(folder) == ["bank.db"]
