"""YAML is read with the place of everything, and nothing that it says is ever done."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from nnquiz.bank import source as source_module
from nnquiz.bank.source import MAX_DEPTH, Misread, parse, read

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


def first_problem(text: str | bytes) -> tuple[int, int, str]:
    """Return line, column and words of the first problem of a text."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    problem = parse("f.yaml", raw).problems[0]
    return problem.line, problem.column, problem.what


@pytest.mark.parametrize("loader", LOADERS)
def test_values_are_those_of_the_library(loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers give what yaml.safe_load gives, for everything that a bank may hold."""
    monkeypatch.setattr(source_module, "_Loader", loader)
    text = "a: [1, -2, x, true, 1.5, null, 'no', \"é\"]\n"
    text += "b:\n  c: |\n    two\n    lines\n  d: >\n    x\n"
    parsed = parse("f.yaml", text.encode())
    assert parsed.problems == []
    assert parsed.value == yaml.safe_load(text)


def test_every_value_has_its_place() -> None:
    """Lines and columns count characters from 1, whatever stands before."""
    parsed = parse("f.yaml", "é: [ü, {k: ö}]\nt: |\n  x\n".encode())
    assert str(parsed.problem(("é", 1, "k"), "here")) == "f.yaml:1:12: here"
    assert str(parsed.problem(("t",), "here")) == "f.yaml:2:4: here"
    assert str(parsed.problem_at_key(("t",), "here")) == "f.yaml:2:1: here"
    assert str(parsed.problem(("é", 7, "gone"), "here")) == "f.yaml:1:4: here"


def test_line_ends_of_other_systems_count_as_one() -> None:
    """CRLF and CR files have the same places as LF files, and a BOM is nothing."""
    for end in ("\n", "\r\n", "\r"):
        parsed = parse("f.yaml", "\ufeffa: |\n  $x$\nb: 1\n".replace("\n", end).encode())
        assert parsed.value == {"a": "$x$\n", "b": 1}
        assert parsed.line(("b",)) == 3
        assert parsed.text[parsed.find(("a",), "$x$", 0) :].startswith("$x$")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (1, 1, "the file is empty")),
        ("# only a comment\n", (1, 1, "the file is empty")),
        ("a: 1\n\tb: 2\n", (2, 1, "a tab stands where YAML wants spaces")),
        ("a: b: c", (1, 5, "YAML syntax: mapping values are not allowed in this context")),
        ("x: 1\na: @b", (2, 4, "YAML syntax: found character that cannot start any token")),
        ('a:\n  b: "x\n', (2, 6, "the quotation that opens here is never closed")),
        ('a: "\\q"', (1, 5, "YAML syntax: found unknown escape character")),
        ("a: [1\n", (2, 1, "YAML syntax: did not find expected ',' or ']'")),
        ("a: 1\n---\nb: 2\n", (2, 1, "a second document starts here")),
        ("a: 1\nb: *c\n", (2, 4, "*c has no anchor &c before it")),
        ("a: &b [1, *b]\n", (1, 11, "*b stands inside &b itself")),
        ("a: 1\nb: 2\na: 3\n", (3, 1, 'the key "a" stands twice; first in line 1')),
        ("a: {no: 1}", (1, 5, "the key no is read by YAML as true or false")),
        ("a: {1: 1}", (1, 5, "the key 1 is read by YAML as a number")),
        ("? [a]\n: b\n", (1, 3, "a key is a word, not a list or a mapping")),
        ("a: 1\n<<: {b: 1}\n", (2, 1, "the merge key << is not understood")),
        ("a: x\x07y", (1, 5, "a control character, ␇, stands in the text")),
        (b"a: 1\nb: \xe9t\xe9\n", (2, 4, "byte 0xe9 (position 8) is not UTF-8")),
        ("a: 1\n".encode("utf-16"), (1, 1, "byte 0xff (position 0) is not UTF-8")),
        ("[" * 100_000, (1, MAX_DEPTH + 1, f"nested more than {MAX_DEPTH} levels deep")),
        ("- " * 100_000, (1, 2 * MAX_DEPTH + 1, f"nested more than {MAX_DEPTH} levels deep")),
    ],
)
def test_what_is_wrong_has_its_place(text: str | bytes, expected: tuple[int, int, str]) -> None:
    """Each thing that a YAML file can do wrong is said with its line and column."""
    assert first_problem(text) == expected


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("012", Misread("012", "the octal number 10", "12")),
        ("00", Misread("00", "the octal number 0", "0")),
        ("12:30:00", Misread("12:30:00", "a number to the base 60", '"12:30:00"')),
        ("2024-01-01", Misread("2024-01-01", "a date", '"2024-01-01"')),
        ("0x1F", Misread("0x1F", "a number in an unusual notation", '"0x1F"')),
        ("9" * 5000, Misread("9" * 5000, "a number in an unusual notation", f'"{"9" * 5000}"')),
        ("1e-3", "1e-3"),
        ("yes", True),
        ("Off", False),
        ("~", None),
        ("=", "="),
    ],
)
def test_surprises_are_kept_for_what_they_are(raw: str, value: object) -> None:
    """A scalar that YAML reads otherwise than it looks is no number and no text."""
    parsed = parse("f.yaml", f"a: {raw}".encode())
    assert parsed.problems == []
    assert parsed.value == {"a": value}


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!python/name:os.system"])
def test_tags_are_reported_and_never_act(tag: str, tmp_path: Path) -> None:
    """A Python tag constructs nothing, whatever it asks for."""
    marker = tmp_path / "marker"
    parsed = parse("f.yaml", f"a: {tag} ['touch {marker}']\n".encode())
    assert parsed.problems[0].line == 1
    assert parsed.problems[0].column == 4
    assert "is not allowed" in parsed.problems[0].what
    assert not marker.exists()


def test_aliases_that_explode_are_stopped() -> None:
    """Nine lines that would become a thousand million values are refused at once."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for this, before in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{this}: &{this} [{', '.join([f'*{before}'] * 9)}]")
    line, _, what = first_problem("\n".join(lines))
    assert line in range(1, 10)
    assert what == "aliases repeat more than 10000 values"


def test_an_honest_alias_is_its_value() -> None:
    """An anchor may be used again, and the place is where it is used."""
    parsed = parse("f.yaml", b"a: &x [1, y]\nb: *x\n")
    assert parsed.value == {"a": [1, "y"], "b": [1, "y"]}
    assert parsed.line(("b",)) == 2


def test_control_characters_become_visible() -> None:
    """An escape sequence written as an escape never reaches a terminal."""
    parsed = parse("f.yaml", b'a: "\\e[31m\\x9b\\u202e\\0 \\t\\n"\n')
    assert parsed.value == {"a": "␛[31m\\x9b\\u202e␀ \t\n"}


def test_unreadable_files_are_problems(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A missing file, a folder and a device are said in one line and not waited for."""
    assert str(read(str(tmp_path / "gone")).problems[0]).endswith(
        "gone: cannot be read: No such file or directory"
    )
    assert "not a regular file" in str(read(str(tmp_path)).problems[0])
    assert "not a regular file" in str(read("/dev/zero").problems[0])


def test_a_file_beyond_the_limit_is_refused(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is too large is not parsed."""
    monkeypatch.setattr(source_module, "MAX_BYTES", 10)
    assert "larger than" in str(read(str(write("a.yaml", "a: 1234567890"))).problems[0])
    assert read(str(write("b.yaml", "a: 1234567"))).problems == []
