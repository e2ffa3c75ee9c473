"""The log travels as JSON lines: what leaves comes back, and what is wrong stays out."""

import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput, NnquizError
from nnquiz.history.exchange import HEADER, Reader, from_line, to_line
from nnquiz.history.log import History
from nnquiz.history.transfer import export_history, import_history
from nnquiz.model.event import BURY, Event
from nnquiz.model.moment import Moment

At = Callable[..., Moment]
Answer = Callable[..., Event]

TIME = 1_700_000_000_000
EVENT = Event("1", BURY, "b/q/c", TIME, TIME, 60, 738000, "device", "fsrs-6/1")

words = st.text(st.characters(codec="utf-8"))
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
extras = st.dictionaries(
    words.filter(lambda name: name not in Event.__slots__), json_values, max_size=3
)


@pytest.fixture
def used(history: History, at: At, answer: Answer) -> History:
    """Return a log with all sorts of events."""
    for i in range(9):
        answer(history, f"card {i % 4}", i % 4 + 1, at(i), typed="naïve\n\x1b[31m")
    history.undo(at(10))
    history.record(BURY, "bank/question/card 1", moment=at(11))
    return history


@settings(max_examples=60)
@given(st.builds(replace, st.just(EVENT), typed=st.none() | words, card=words), extras)
def test_a_line_gives_the_event_that_it_was_made_of(event: Event, extra: dict[str, object]) -> None:
    """Known and unknown fields survive any number of journeys, on one line each."""
    line = to_line(replace(event, extra=json.dumps(extra)))
    assert "\n" not in line
    there = from_line(line)
    assert replace(there, extra="{}") == event
    assert json.loads(there.extra) == extra
    assert from_line(to_line(there)) == there


def test_a_line_is_what_the_documentation_says() -> None:
    """Fields without a value are left out, and unknown ones stand beside the others."""
    event = replace(EVENT, kind="sing", extra='{"key": "D minor"}')
    assert json.loads(to_line(event)) == {
        "id": "1",
        "kind": "sing",
        "card": "b/q/c",
        "time": TIME,
        "clock": TIME,
        "offset": 60,
        "day": 738000,
        "device": "device",
        "model": "fsrs-6/1",
        "key": "D minor",
    }


def test_an_export_is_imported_again_without_a_trace(used: History, tmp_path: Path) -> None:
    """Elsewhere the file gives the same log; here, and a second time there, nothing."""
    path = str(tmp_path / "log.jsonl")
    count = export_history(used, path)
    assert count == len(list(used.events())) == 11
    assert import_history(used, path) == (0, count)
    with History.open(str(tmp_path / "other.db")) as other:
        assert import_history(other, path) == (count, 0)
        assert import_history(other, path) == (0, count)
        assert list(other.events()) == list(used.events())
        assert other.states() == used.states()
        export_history(other, str(tmp_path / "again.jsonl"))
    assert (tmp_path / "again.jsonl").read_bytes() == Path(path).read_bytes()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_overlapping_and_shuffled_files_give_one_state(
    used: History, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever pieces of an export come in, in whatever order and how often, the state is one."""
    folder = tmp_path_factory.mktemp("pieces")
    lines = [to_line(event) for event in used.events()]
    with History.open(str(folder / "other.db")) as other:
        for turn in range(3):
            piece = data.draw(st.lists(st.sampled_from(lines)))
            piece = piece if turn < 2 else data.draw(st.permutations(lines))
            (folder / "piece").write_text("\n".join([HEADER, *piece]))
            import_history(other, str(folder / "piece"))
        assert list(other.events()) == list(used.events())
        assert other.states() == used.states()


def test_joined_files_are_read_as_one(used: History, tmp_path: Path) -> None:
    """Headers, empty lines and a byte order mark in between do no harm."""
    lines = [to_line(event) for event in used.events()]
    text = "\r\n".join([HEADER, *lines[:5], "", HEADER, *lines[3:]])
    (tmp_path / "both").write_text(f"\ufeff{text}\n", encoding="utf-8", newline="")
    with History.open(str(tmp_path / "other.db")) as other:
        assert import_history(other, str(tmp_path / "both")) == (11, 2)


@pytest.mark.parametrize(
    ("line", "place", "what"),
    [
        (b"[1]", 3, "the line is not a JSON object"),
        (b'{"id": "2", "kind"', 3, "the line is not JSON"),
        (b'{"id": NaN}', 3, "the line is not JSON"),
        (b"[" * 200_000, 3, "the line is not JSON"),
        (b"\xff", 3, "the line is not UTF-8"),
        (b"x" * (1 << 20), 3, "the line is too long"),
        (b"{}", 3, "id is missing"),
        (b'{"schema": "nnquiz.history/2"}', 3, "is nnquiz.history/2"),
        (to_line(replace(EVENT, card="other")).encode(), 3, "another event has this id"),
        (to_line(replace(EVENT, id="0", grade=3)).encode(), 3, "another event has this id"),
        (to_line(replace(EVENT, id="2", kind="review")).encode(), 3, "a review needs a grade"),
        (to_line(EVENT).replace(str(TIME), "true").encode(), 3, "time is not a whole number"),
        (to_line(EVENT).replace(str(TIME), "1.0").encode(), 3, "time is not a whole number"),
        (to_line(EVENT).replace('"bury"', "null").encode(), 3, "kind is not a text"),
        (to_line(replace(EVENT, seconds=1.5)).replace("1.5", '"1"').encode(), 3, "not a number"),
        (to_line(replace(EVENT, id="2", seconds=1.5)).replace("1.5", "9" * 30).encode(), 3, "numb"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_imported(
    history: History, tmp_path: Path, line: bytes, place: int, what: str
) -> None:
    """One wrong line, wherever it stands, keeps the whole file out."""
    history.merge([replace(EVENT, id="0")])
    path = tmp_path / "log.jsonl"
    after = to_line(replace(EVENT, id="3")).encode()
    path.write_bytes(b"\n".join([HEADER.encode(), to_line(EVENT).encode(), line, after]))
    with pytest.raises(BadInput, match=what) as caught:
        import_history(history, str(path))
    assert str(caught.value).startswith(f"{path}:{place}: ")
    assert caught.value.hint
    assert [event.id for event in history.events()] == ["0"]
    assert history.verify() == []


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is no exported history"),
        (b"id,kind\n1,review\n", "is no exported history"),
        (to_line(EVENT).encode(), "is no exported history"),
        (b'{"schema": "anki/1"}\n', "is no exported history"),
        (b'{"schema": "nnquiz.history/7"}\n', "is nnquiz.history/7, and this nnquiz knows"),
    ],
)
def test_a_file_that_is_no_export_is_named(
    history: History, tmp_path: Path, content: bytes, what: str
) -> None:
    """What has another first line is not guessed at."""
    path = tmp_path / "log.jsonl"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=what):
        import_history(history, str(path))


def test_a_file_that_is_not_there_is_named(history: History, tmp_path: Path) -> None:
    """Missing files, folders and places that cannot be written get one line each."""
    with pytest.raises(BadInput, match="cannot be read: No such file"):
        import_history(history, str(tmp_path / "none"))
    with pytest.raises(BadInput, match="cannot be read: Is a directory"):
        import_history(history, str(tmp_path))
    with pytest.raises(NnquizError, match="cannot be written: Is a directory"):
        export_history(history, str(tmp_path))
    with pytest.raises(NnquizError, match="cannot be written: No such file"):
        export_history(history, str(tmp_path / "none" / "log.jsonl"))


def test_an_older_export_gives_way_and_nothing_else_does(
    used: History, tmp_path: Path, at: At, answer: Answer
) -> None:
    """What would be lost by replacing a file decides whether --force is asked for."""
    path = tmp_path / "log.jsonl"
    export_history(used, str(path))
    answer(used, "one", 3, at(20))
    assert export_history(used, str(path)) == 12
    with History.open(str(tmp_path / "other.db")) as other:
        answer(other, "two", 3, at(21))
        for content in (path.read_bytes(), b"a note\n", b""):
            path.write_bytes(content)
            with pytest.raises(BadInput, match="holds something that this log does not") as caught:
                export_history(other, str(path))
            assert "--force" in caught.value.hint
            assert path.read_bytes() == content
        assert export_history(other, str(path), force=True) == 1
    assert sorted(os.listdir(tmp_path / "data")) == [
        "history.db",
        "history.db-shm",
        "history.db-wal",
    ]


def test_an_export_that_fails_leaves_the_old_one(
    used: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: At, answer: Answer
) -> None:
    """A full disk costs neither the file that was there nor leaves a part of a new one."""
    path = tmp_path / "log.jsonl"
    export_history(used, str(path))
    content = path.read_bytes()
    answer(used, "one", 3, at(20))

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NnquizError, match="cannot be written: No space left on device"):
        export_history(used, str(path))
    assert path.read_bytes() == content
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["data", "log.jsonl"]


def test_a_device_is_written_to_and_not_replaced(used: History) -> None:
    """Something that is no file keeps its place."""
    assert export_history(used, os.devnull) == 11
    assert not os.path.isfile(os.devnull)


def test_a_link_leads_to_the_file(used: History, tmp_path: Path) -> None:
    """A link into a synchronised folder stays a link."""
    (tmp_path / "link").symlink_to(tmp_path / "real")
    export_history(used, str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    with (tmp_path / "real").open("rb") as file:
        assert len(list(Reader(file, "real"))) == 11


def test_a_reader_knows_its_place() -> None:
    """What comes after a line has that line's number."""
    lines = [HEADER, to_line(EVENT), "", to_line(replace(EVENT, id="2"))]
    reader = Reader(io.BytesIO("\n".join(lines).encode()), "log")
    assert [(event.id, reader.place) for event in reader] == [("1", "log:2"), ("2", "log:4")]
