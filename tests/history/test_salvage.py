"""Events are read from the bare pages of a log, as SQLite itself reads them."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnquiz.history.log import History
from nnquiz.history.salvage import salvage
from nnquiz.model.event import Event

TIME = 1_700_000_000_000

whole = st.sampled_from((0, 1, -1, 127, 128, -129, 1 << 15, 1 << 23, -(1 << 31), 1 << 40, 1 << 60))
words = st.text(st.characters(codec="utf-8"), max_size=30)
long_words = st.integers(0, 20_000).map(lambda length: "tensor " * (length // 7))
events = st.lists(
    st.builds(
        Event,
        id=st.uuids().map(str),
        kind=st.sampled_from(("review", "hum")),
        card=words,
        time=st.integers(0, 1 << 46),
        clock=whole,
        offset=whole,
        day=whole,
        device=words,
        model=words,
        content=words,
        grade=st.integers(1, 4),
        seconds=st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.just(7.0),
        typed=st.none() | words | long_words,
        problem=st.none() | words,
        retention=st.floats(0.01, 0.99),
        due=st.none() | whole,
        extra=st.sampled_from(("{}", '{"mood": "keen"}')),
    ),
    max_size=30,
    unique_by=lambda event: event.id,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events)
def test_a_sound_log_is_read_as_sqlite_reads_it(
    tmp_path_factory: pytest.TempPathFactory, made: list[Event]
) -> None:
    """Every value of every event comes back, from the write-ahead log and from the file."""
    path = str(tmp_path_factory.mktemp("log") / "history.db")
    with History.open(path) as history:
        history.merge(made)
        expected = set(history.events())
        assert expected == set(made)
        assert set(salvage(path)) == expected
    assert set(salvage(path)) == expected


@pytest.mark.parametrize("size", [512, 1024, 65536])
def test_pages_of_any_size_are_read(tmp_path: Path, size: int) -> None:
    """The header says how large a page is."""
    path = str(tmp_path / "history.db")
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA page_size = {size}")
    database.execute("VACUUM")
    database.close()
    with History.open(path) as history:
        for number in range(50):
            history.merge([Event(f"{number:03}", "hum", "b/q/c", TIME, TIME, 0, 1, "d", "m")])
    assert len(set(salvage(path))) == 50


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_bytes_make_it_fail(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever is spoilt, cut or put in front, reading ends and gives only whole events."""
    folder = tmp_path_factory.mktemp("log")
    path = str(folder / "history.db")
    with History.open(path) as history:
        history.merge(
            Event(
                f"{number:03}", "hum", "b/q/c", TIME, TIME, 0, 1, "d", "m", typed="x" * number * 97
            )
            for number in range(60)
        )
    content = bytearray(Path(path).read_bytes())
    for _ in range(data.draw(st.integers(1, 40))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + 8] = data.draw(st.binary(min_size=8, max_size=8))
    Path(path).write_bytes(content[data.draw(st.sampled_from((0, 0, 4096, 100))) :])
    for event in salvage(path):
        assert isinstance(event.time, int)
        assert isinstance(event.card, str)


_IMPORT_IN_PART = """
import os, sys
from nnquiz.history.log import History
from nnquiz.model.event import Event
from nnquiz.model.moment import Moment
history = History.open(sys.argv[1])
history.record("suspend", "b/q/c", moment=Moment(1_700_000_000_000, 0, 1))
history._database.execute("PRAGMA cache_size = 2")  # so that pages are written early
history._database.execute("BEGIN IMMEDIATE")
for number in range(300):
    event = Event(f"{number:03}", "hum", "b/q/c", 1, 1, 0, 1, "d", "m", typed="x" * 500)
    history._tables.insert(event)
os._exit(0)
"""


def test_what_was_never_committed_is_not_read(tmp_path: Path) -> None:
    """An import that was killed half-way leaves pages behind, and none of its events."""
    path = str(tmp_path / "history.db")
    subprocess.run([sys.executable, "-c", _IMPORT_IN_PART, path], check=True)
    assert os.path.getsize(f"{path}-wal") > 100_000
    assert [event.kind for event in salvage(path)] == ["suspend"]
