"""A damaged log is set aside as it is, and what can be read of it becomes a new one."""

import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nnquiz.errors import NnquizError
from nnquiz.history import rescue
from nnquiz.history.log import History
from nnquiz.history.names import free_name, kept, unfinished
from nnquiz.model.event import Event
from nnquiz.model.moment import Moment

At = Callable[..., Moment]
Answer = Callable[..., Event]

COUNT = 60


@pytest.fixture
def used(path: str, at: At, answer: Answer) -> Path:
    """Return a log with some answers, closed."""
    with History.open(path) as history:
        for i in range(COUNT):
            answer(history, f"card {i % 20}", 3, at(i), typed="word " * (i * 29 % 1100))
    return Path(path)


def events_of(path: Path) -> list[Event]:
    """Return the events of a sound log."""
    with History.open(str(path)) as history:
        assert history.verify() == []
        return list(history.events())


def use(path: Path) -> None:
    """Read all that a log has, and replay it."""
    with History.open(str(path)) as history:
        list(history.events())
        history.verify()
        history.rebuild()


def rescued(path: Path) -> str:
    """Use a damaged log, check what is set aside, and return the line that says so."""
    damaged = path.read_bytes()
    with pytest.raises(NnquizError) as caught:
        use(path)
    message, hint = str(caught.value), caught.value.hint
    assert message.startswith(f"{path}: was damaged; ")
    assert "\n" not in message
    assert hint == "run the command again"
    (aside,) = kept(str(path), "damaged")
    assert message.endswith(aside)
    assert Path(aside).read_bytes() == damaged
    assert not Path(unfinished(str(path))).exists()
    assert not Path(f"{path}-rescue").exists()
    return message


@pytest.mark.parametrize(
    "content", [b"not a database, just a note to self\n" * 50, b"\0" * 4096, b"?", b"x" * 511]
)
def test_what_is_no_database_is_kept_and_makes_room(tmp_path: Path, content: bytes) -> None:
    """Whatever else lies where the log should be is kept as it is, beside a new log."""
    path = tmp_path / "history.db"
    path.write_bytes(content)
    assert "no answer was readable" in rescued(path)
    assert events_of(path) == []


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_what_is_left_of_a_truncated_log_is_saved(used: Path, share: float) -> None:
    """A log that lost its end keeps every answer that stands whole in the rest."""
    before, content = events_of(used), used.read_bytes()
    used.write_bytes(content[: int(len(content) * share)])
    message = rescued(used)
    after = events_of(used)
    assert set(after) < set(before)
    assert len(after) >= share / 2 * COUNT
    assert f"; {len(after)} answers were saved, the last of 2023-11-14 2" in message


def test_without_its_first_page_a_log_loses_nothing_more(used: Path) -> None:
    """The page that says what the file is has no answers: all of them are saved."""
    before = events_of(used)
    with used.open("r+b") as file:
        file.write(os.urandom(4096))
    assert f"{COUNT} answers were saved, the last of 2023-11-14 23:12;" in rescued(used)
    assert events_of(used) == before


def test_each_spoilt_page_costs_only_what_it_held(used: Path) -> None:
    """Whichever page is spoilt, the answers of all the others are saved."""
    before, content = events_of(used), used.read_bytes()
    least = COUNT
    for start in range(0, len(content), 4096):
        for name in kept(str(used), "damaged"):
            os.unlink(name)
        spoilt = bytearray(content)
        spoilt[start : start + 4096] = bytes(reversed(content[start : start + 4096]))
        used.write_bytes(spoilt)
        try:
            with History.open(str(used)) as history:
                assert history.verify() == []
        except NnquizError:
            pass
        after = events_of(used)
        assert set(after) <= set(before)
        least = min(least, len(after))
    assert COUNT - 30 < least < COUNT


def test_what_waits_in_the_write_ahead_log_is_saved(path: str, at: At, answer: Answer) -> None:
    """Answers that were given since the last checkpoint are read from where they are."""
    code = (
        "import os, sys; from nnquiz.clock import now; from nnquiz.history.log import History\n"
        "history = History.open(sys.argv[1])\n"
        "for i in range(9): history.record('suspend', f'b/q/{i}', moment=now(4))\n"
        "os._exit(1)"
    )
    with History.open(path) as history:
        answer(history, "one", 3, at(0))
    subprocess.run([sys.executable, "-c", code, path], check=False)
    assert os.path.getsize(f"{path}-wal") > 0
    with Path(path).open("r+b") as file:
        file.write(b"spoilt" * 10)
    with pytest.raises(NnquizError, match="was damaged; 1 answer was saved"):
        use(Path(path))
    assert len(events_of(Path(path))) == 10


def test_damage_never_shows_as_a_traceback_and_never_costs_a_file(used: Path) -> None:
    """Whichever bytes are spoilt, the log works at once or at the second time, and nothing goes."""
    before, content, chance = events_of(used), used.read_bytes(), random.Random(5)
    ids = {event.id for event in before}
    outcomes = set()
    for _ in range(40):
        for name in kept(str(used), "damaged"):
            os.unlink(name)
        spoilt = bytearray(content)
        for _ in range(chance.choice((1, 20, 500))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        used.write_bytes(spoilt)
        said = ""
        try:
            use(used)
        except NnquizError as error:
            said = str(error)
        outcomes.add(bool(said))
        if said:
            assert re.search(r"was damaged; (\d+ answers|no answer)", said)
            assert Path(kept(str(used), "damaged")[0]).read_bytes() == spoilt
        assert sum(event.id in ids for event in events_of(used)) > 0
    assert outcomes == {False, True}


def test_a_log_that_lost_its_states_gets_them_back(used: Path) -> None:
    """A missing table is damage, and the events make up for it."""
    before = events_of(used)
    other = sqlite3.connect(used)
    other.execute("DROP TABLE states")
    other.close()
    with pytest.raises(NnquizError, match="60 answers were saved"):
        History.open(str(used)).states()
    assert events_of(used) == before


def test_several_rescues_of_one_minute_keep_every_file(tmp_path: Path) -> None:
    """A name that is taken is never taken again."""
    path = tmp_path / "history.db"
    contents = [bytes([number]) * 600 for number in range(3)]
    for content in contents:
        path.write_bytes(content)
        with pytest.raises(NnquizError, match="was damaged"):
            History.open(str(path))
    asides = kept(str(path), "damaged")
    assert [Path(name).read_bytes() for name in asides] == contents
    assert free_name(str(path), "damaged") not in asides


def test_a_mistake_of_the_program_is_no_damage(used: Path) -> None:
    """A statement that fails on a sound log is reported, and the log stays where it is."""
    content = used.read_bytes()

    def fail() -> None:
        with History.open(str(used)) as history, history._explained():
            history._tables._execute("SELECT hum FROM events")

    with pytest.raises(NnquizError, match="is damaged"):
        fail()
    assert used.read_bytes() == content
    assert kept(str(used), "damaged") == []


_KILLED = """
import os, sys
from nnquiz.history import rescue
from nnquiz.history.log import History
real = getattr(rescue, sys.argv[2])
def stop(*arguments):
    if sys.argv[2] == "_move":
        real(*arguments)
    os._exit(9)
setattr(rescue, sys.argv[2], stop)
History.open(sys.argv[1])
"""


@pytest.mark.parametrize("stopped_in", ["_make_log", "_put_new_log", "_move"])
def test_a_rescue_that_is_killed_is_done_again(used: Path, stopped_in: str) -> None:
    """Wherever a rescue is stopped for good, the next start has the same answers."""
    before = events_of(used)
    with used.open("r+b") as file:
        file.write(b"spoilt" * 10)
    command = [sys.executable, "-c", _KILLED, str(used), stopped_in]
    assert subprocess.run(command, check=False).returncode == 9
    assert not used.exists()
    with pytest.raises(NnquizError, match=f"was damaged; {COUNT} answers were saved"):
        History.open(str(used))
    assert events_of(used) == before


def test_a_rescue_that_fails_changes_nothing(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When there is no room for a new log, the damaged one is where it was, and can be tried."""
    before = events_of(used)
    with used.open("r+b") as file:
        file.write(b"spoilt" * 10)
    content = used.read_bytes()

    def full(*_: str) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(rescue, "_make_log", full)
        with pytest.raises(NnquizError, match="No space left") as caught:
            History.open(str(used))
    assert "nothing was changed" in caught.value.hint
    assert used.read_bytes() == content
    assert [entry.name for entry in used.parent.iterdir()] == [used.name]
    rescued(used)
    assert events_of(used) == before


def test_another_rescue_in_the_meantime_is_enough(used: Path) -> None:
    """Of two programs that meet the damage, one rescues, and the other says so."""
    history = History.open(str(used))
    file = history._file
    history.close()
    content = used.read_bytes()
    used.unlink()
    used.write_bytes(content)
    other = sqlite3.connect(f"{used}.other")  # so that the new file has another number
    other.close()
    (used.parent / "moved.db").write_bytes(content)
    os.replace(used.parent / "moved.db", used)
    said = rescue.rescue(str(used), file, NnquizError("damaged"))
    assert "another nnquiz has rescued" in str(said)
    assert used.read_bytes() == content


def test_a_log_behind_a_link_is_rescued_where_it_lies(used: Path, tmp_path: Path) -> None:
    """The link stays a link, and the damaged file stays in its own folder."""
    link = tmp_path / "link.db"
    link.symlink_to(used)
    with used.open("r+b") as file:
        file.write(b"spoilt" * 10)
    with pytest.raises(NnquizError, match="60 answers"):
        History.open(str(link))
    assert link.is_symlink()
    assert len(kept(str(used), "damaged")) == 1
    assert len(events_of(link)) == COUNT


def test_a_disk_that_takes_no_lock_changes_nothing(used: Path) -> None:
    """Where not even the lock of a rescue can be made, the line says both things."""
    with used.open("r+b") as file:
        file.write(b"spoilt" * 10)
    content = used.read_bytes()
    Path(f"{used}-rescue").mkdir()
    with pytest.raises(NnquizError, match=r"damaged.*; what can be read of it cannot be saved: "):
        History.open(str(used))
    assert used.read_bytes() == content
    assert kept(str(used), "damaged") == []
    Path(f"{used}-rescue").rmdir()
    rescued(used)
