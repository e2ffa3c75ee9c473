"""Where a card is edited: in its own file, or for a shipped one in a copy that replaces it.

Installed files are never edited. A copy lies among the overrides and carries a line that says
which text it was made from, so that it can be told when the shipped question has changed since.
"""

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from typing import NamedTuple

from nnquiz.bank.files import Places
from nnquiz.bank.source import Path, Source, read
from nnquiz.model.question import Question

_MADE_FROM = re.compile(
    r"^# a copy of the shipped question, made from its text ([0-9a-f]{16})$", re.MULTILINE
)
_SCHEMA_LINE = re.compile(r"^# yaml-language-server:.*\n")


class Draft(NamedTuple):
    """A file to be edited.

    Attributes:
        file: its path.
        line: where the card stands, counted from 1.
        copied: whether it was made just now from a shipped question.
        before: what was in it before the editing.
    """

    file: str
    line: int
    copied: bool
    before: bytes


def begin_draft(places: Places, question: Question, card: str) -> Draft:
    """Return the file in which a card is to be edited.

    Args:
        places: where the banks are.
        question: the question that the card belongs to.
        card: its id.

    Raises:
        OSError: the file cannot be read, or the copy not be written.
    """
    file, copied = question.file, False
    if os.path.dirname(os.path.abspath(file)) == os.path.abspath(places.shipped):
        file = os.path.join(places.overrides, os.path.basename(file))
        copied = not os.path.exists(file)
        if copied:
            _copy(question.file, file)
    with open(file, "rb") as stream:
        before = stream.read()
    return Draft(file, _line_of(file, question.id, card), copied, before)


def end_draft(draft: Draft) -> bool:
    """Say whether the file was changed; a copy that was not is taken away again.

    Raises:
        OSError: the file cannot be read, or the copy not be taken away.
    """
    try:
        with open(draft.file, "rb") as stream:
            changed = stream.read() != draft.before
    except FileNotFoundError:
        return True
    if draft.copied and not changed:
        os.unlink(draft.file)
    return changed


def has_changed_since(override: str, shipped: str) -> bool:
    """Say whether a shipped question is no longer the one that a copy was made from.

    A copy without the line that names its origin, and one whose origin is gone, are not known
    to be behind.
    """
    with suppress(OSError, UnicodeDecodeError):
        with open(override, encoding="utf-8") as file:
            made_from = _MADE_FROM.search(file.read())
        with open(shipped, encoding="utf-8") as file:
            return made_from is not None and made_from[1] != _digest(file.read())
    return False


def _copy(shipped: str, file: str) -> None:
    """Copy a shipped question whole, or not at all."""
    with open(shipped, encoding="utf-8") as source:
        text = source.read()
    made_from = f"# a copy of the shipped question, made from its text {_digest(text)}\n"
    folder = os.path.dirname(file)
    os.makedirs(folder, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".copy-", dir=folder)
    try:
        with open(handle, "w", encoding="utf-8") as copy:
            copy.write(made_from + _SCHEMA_LINE.sub("", text))
        os.replace(beside, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _line_of(file: str, question: str, card: str) -> int:
    """Return the line at which a card stands, or else its question; 1 where neither does."""
    source = read(file)
    at = _question_at(source, question)
    name = card.split("/", 2)[-1]
    part, wanted = ("cards", name.partition("/")[0])
    if name.startswith("follow-up/"):
        part, wanted = "follow_ups", name.removeprefix("follow-up/")
    raw = source.value
    for step in at:
        raw = raw[step]
    rows = raw.get(part) if isinstance(raw, dict) else None
    for i, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and row.get("id") == wanted:
            return source.line((*at, part, i))
    return source.line((*at, "id")) if at or isinstance(raw, dict) else 1


def _question_at(source: Source, question: str) -> Path:
    """Return the path of a question in its file."""
    rows = source.value.get("questions") if isinstance(source.value, dict) else None
    for i, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and row.get("id") == question:
            return ("questions", i)
    return ()
