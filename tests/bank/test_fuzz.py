"""Whatever a file holds, loading it ends soon, raises nothing and says what is wrong."""

import json
import time
import unicodedata
from pathlib import Path
from unicodedata import category

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnquiz.bank.load import load_bank
from nnquiz.bank.source import parse
from nnquiz.model.visible import visible, visible_line

QUESTIONS = sorted((Path(__file__).parents[2] / "questions").glob("[0-9]*.yaml"))
WORDS = "id question answer cards kind cloze 012 no 1e-3 12:30:00 2024-01-01 é %YAML << ~ # $ \\"
MARKS = [": ", "\n", "  ", "- ", "[", "]", "{", "}", "&a ", "*a", "|\n", ">\n", '"', "'", "\t"]
TAGS = ["---\n", "!!int ", "!!python/name:os.system "]
PIECES = st.sampled_from([*WORDS.split(), *MARKS, *TAGS])
PRINTABLE = st.characters(exclude_categories=["C", "Z"])
SETTINGS = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)


def load(tmp_path: Path, raw: bytes) -> None:
    """Load a bank of one file with these bytes and check what holds for any bank."""
    path = tmp_path / "deck.yaml"
    path.write_bytes(raw)
    start = time.monotonic()
    bank = load_bank(str(path))
    assert time.monotonic() - start < 10
    assert bank.built or bank.problems
    for problem in bank.problems:
        assert problem.file == str(path)
        assert 0 <= problem.line <= raw.count(b"\n") + raw.count(b"\r") + 2
        shown = {unicodedata.category(letter) for letter in visible_line(problem.what)}
        assert not shown & {"Cc", "Cs", "Zl", "Zp"}  # nothing that acts on a terminal


@given(raw=st.binary(max_size=200))
@SETTINGS
def test_random_bytes(tmp_path: Path, raw: bytes) -> None:
    """Bytes that are no YAML at all are a problem and no crash."""
    load(tmp_path, raw)


@given(pieces=st.lists(PIECES, max_size=40))
@SETTINGS
def test_random_yaml(tmp_path: Path, pieces: list[str]) -> None:
    """Texts that look like YAML are problems or questions, and nothing else."""
    load(tmp_path, "".join(pieces).encode())


@given(data=st.data())
@settings(parent=SETTINGS, max_examples=40)
def test_damaged_questions(tmp_path: Path, data: st.DataObject) -> None:
    """A real question with a piece cut out, put in or repeated is loaded or told."""
    raw = data.draw(st.sampled_from(QUESTIONS)).read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 60)))
    put = data.draw(PIECES.map(str.encode) | st.binary(max_size=4) | st.just(raw[start:end] * 2))
    load(tmp_path, raw[:start] + put + raw[end:])


@given(text=st.text())
def test_nothing_that_acts_on_a_terminal_is_left(text: str) -> None:
    """What is shown holds no control character but line ends and tabs, and can be encoded."""
    shown = visible(text)
    assert {c for c in shown if category(c) in ("Cc", "Cs")} <= {"\n", "\t"}
    shown.encode()
    assert visible(shown) == shown


@given(value=st.recursive(st.text(PRINTABLE, max_size=5) | st.integers(-99, 99), st.lists))
def test_what_is_written_is_read(value: object) -> None:
    """Any nesting of lists, texts and numbers comes back from JSON, which is YAML too."""
    parsed = parse("f.yaml", json.dumps(value, ensure_ascii=False).encode())
    assert parsed.problems == []
    assert parsed.value == value
