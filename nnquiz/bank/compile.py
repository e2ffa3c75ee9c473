"""Compiles banks into the SQLite file that every command reads."""

import json
import os
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from importlib.resources import files

from nnquiz.bank.bodies import decode, encode
from nnquiz.bank.files import FORMAT, Places
from nnquiz.bank.load import Bank, LeftOut, load_bank
from nnquiz.bank.markdown import plain
from nnquiz.bank.record import from_json, to_json
from nnquiz.cards.spelling import fold
from nnquiz.model.card import Card
from nnquiz.model.question import Question
from nnquiz.model.visible import visible_line
from nnquiz.model.written import Cloze, Written
from nnquiz.study.introduction import introduce

_CARDS_WITH_BODIES = """
SELECT c.id, c.question, c.kind, c.family, c.content, b.body
FROM card c LEFT JOIN body b ON b.card = c.position
WHERE c.question = ? ORDER BY c.position
"""

_ABANDONED = 3600  # seconds after which what a killed process left behind is swept away

Entry = tuple[Question, tuple[Card, ...], dict[str, Written]]  # bodies by the card's id


def compile_file(places: Places, fingerprint: str, old: sqlite3.Connection | None) -> None:
    """Compile all banks beside `places.compiled` and put the result in its place.

    Each process writes a file of its own and renames it, so that two at once, or one that is
    killed, leave a whole index or none.

    Args:
        places: where the banks and the index are.
        fingerprint: what the index will be recognised as fresh by.
        old: the index there was, for the last good form of what is broken now.

    Raises:
        OSError: when the cache folder cannot be written.
        sqlite3.OperationalError: likewise, seen by SQLite (a full disk).
    """
    folder, name = os.path.split(places.compiled)
    os.makedirs(folder, exist_ok=True)
    _sweep(folder, name)
    handle, path = tempfile.mkstemp(prefix=f"{name}.", suffix=".tmp", dir=folder)
    os.close(handle)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            compile_into(connection, places, fingerprint, old)
        _flush(path)  # or a power cut could leave the new name with nothing behind it
        os.replace(path, places.compiled)
    except BaseException:
        with suppress(OSError):
            os.unlink(path)
        raise


def compile_into(
    connection: sqlite3.Connection,
    places: Places,
    fingerprint: str,
    old: sqlite3.Connection | None,
) -> None:
    """Compile all banks into an empty database."""
    connection.executescript(files("nnquiz.bank").joinpath("index.sql").read_text("utf-8"))
    connection.execute("BEGIN")
    warnings: list[str] = []
    taken: dict[str, str] = {}
    for path in (places.shipped, *places.banks):
        overrides = places.overrides if path == places.shipped else None
        bank = load_bank(path, overrides=overrides)
        if bank.header.id in taken:
            what = f"the bank id {bank.header.id} belongs to {taken[bank.header.id]}; left out"
            warnings.append(visible_line(f"{path}: {what}"))
            continue
        taken[bank.header.id] = path
        kept = list(_last_good(old, bank)) if old is not None else []
        _write(connection, bank, kept)
        warnings += _warnings(bank, kept)
    _introduce(connection)
    meta = {
        "format": str(FORMAT),
        "fingerprint": fingerprint,
        "name": os.urandom(8).hex(),
        "warnings": json.dumps(warnings),
    }
    for key, value in meta.items():
        connection.execute("INSERT INTO meta VALUES (?, ?)", (key, value))
    connection.execute("COMMIT")


def _flush(path: str) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: str, name: str) -> None:
    """Delete what processes that were killed while compiling left behind."""
    for entry in os.scandir(folder):
        if entry.name.startswith(f"{name}.") and entry.name.endswith(".tmp"):
            with suppress(OSError):
                if time.time() - entry.stat().st_mtime > _ABANDONED:
                    os.unlink(entry.path)


def _last_good(old: sqlite3.Connection, bank: Bank) -> Iterator[Entry]:
    """Yield what the old index has of the questions that are broken now."""
    present = {built.question.id for built in bank.built}
    for broken in bank.left_out:
        sql = "SELECT body FROM question WHERE file = ? AND ? IN ('', id)"
        for (body,) in old.execute(sql, (broken.file, broken.id)).fetchall():
            question = from_json(body)
            if question.id not in present:
                present.add(question.id)
                name = f"{question.bank}/{question.id}"
                rows = old.execute(_CARDS_WITH_BODIES, (name,)).fetchall()
                cards = tuple(Card(*row) for *row, _ in rows)
                bodies = zip(cards, (body for *_, body in rows), strict=True)
                yield (
                    question,
                    cards,
                    {card.id: decode(card.kind, body) for card, body in bodies if body is not None},
                )


def _write(connection: sqlite3.Connection, bank: Bank, kept: list[Entry]) -> None:
    """Write a bank's topics and questions, in the order of their numbers."""
    connection.executemany(
        "INSERT INTO topic (bank, id, title) VALUES (?, ?, ?)",
        [(bank.header.id, topic.id, topic.title) for topic in bank.header.topics],
    )
    entries: list[Entry] = [(built.question, built.cards, built.bodies) for built in bank.built]
    numbers = {question.number for question, *_ in entries}
    entries += kept
    for question, cards, bodies in sorted(entries, key=lambda entry: entry[0].number or 1 << 40):
        old = any(question is entry[0] for entry in kept)
        taken = old and question.number in numbers
        written = question._replace(number=None) if taken else question
        _write_question(connection, written, cards, bodies)


def _write_question(
    connection: sqlite3.Connection,
    question: Question,
    cards: tuple[Card, ...],
    bodies: dict[str, Written],
) -> None:
    words = _words(question)
    cursor = connection.execute(
        "INSERT OR IGNORE INTO question"
        " (bank, id, number, text, source, topic, level, tags, cards, file, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            question.bank,
            question.id,
            question.number,
            words[0],
            question.question.source,
            question.topic,
            question.level,
            json.dumps(question.tags),
            json.dumps(Counter(card.kind for card in cards)),
            question.file,
            to_json(question),
        ),
    )
    if not cursor.rowcount:  # an old form whose id another bank has taken since
        return
    place = cursor.lastrowid
    connection.executemany("INSERT INTO tag VALUES (?, ?)", [(tag, place) for tag in question.tags])
    connection.executemany(
        "INSERT INTO card (id, question, place, kind, family, content) VALUES (?, ?, ?, ?, ?, ?)",
        [(card.id, card.question, place, card.kind, card.group, card.content) for card in cards],
    )
    connection.executemany(
        "INSERT INTO body (card, body) SELECT position, ? FROM card WHERE id = ?",
        [(encode(body), card) for card, body in bodies.items()],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO answer (bank, text) VALUES (?, ?)",
        [(question.bank, fold(answer)) for answer in _answers(question, bodies.values())],
    )
    connection.execute(
        "INSERT INTO words (rowid, question, tags, answer, points) VALUES (?, ?, ?, ?, ?)",
        (place, *words),
    )


def _introduce(connection: sqlite3.Connection) -> None:
    """Write down in which order the cards of all banks are begun."""
    rows = connection.execute(
        "SELECT position, id, question, kind, family, content FROM card ORDER BY position"
    )
    positions = {}
    cards = []
    for position, *card in rows:
        cards.append(Card(*card))
        positions[cards[-1].id] = position
    connection.executemany(
        "INSERT INTO introduction (rank, card) VALUES (?, ?)",
        ((rank, positions[card.id]) for rank, card in enumerate(introduce(cards))),
    )


def _answers(question: Question, bodies: Iterable[Written]) -> Iterator[str]:
    """Yield the tags of a question, and all that its cloze cards accept."""
    yield from question.tags
    for body in bodies:
        if isinstance(body, Cloze) and not body.maths:
            yield from (body.answer, *body.accept)


def _words(question: Question) -> tuple[str, str, str, str]:
    """Return what a search looks in: the question, its tags, its answer, and the rest."""
    answer = plain([*question.short.blocks, *question.full.blocks])
    rest = [key_point.point for key_point in question.key_points]
    for follow_up in question.follow_ups:
        rest += [follow_up.question, follow_up.answer]
    for pitfall in question.pitfalls:
        rest += [pitfall.claim, pitfall.holds]
    points = " · ".join(plain(passage.blocks) for passage in rest)
    tags = " ".join((question.id, *question.tags))
    return plain(question.question.blocks), tags, answer, points


def _warnings(bank: Bank, kept: list[Entry]) -> list[str]:
    """Return one line about what of a bank is not as its files have it; none where all is well."""
    out = bank.left_out
    if not out and (bank.built or not bank.problems):
        return []
    first = min(broken.problem for broken in out) if out else bank.problems[0]
    more = f", and {len(out) - 1} more like it" if len(out) > 1 else ""
    state = _state(out, kept) if out else "no questions from there"
    return [visible_line(f"{first} ({state}{more}; `nnquiz check` says more)")]


def _state(out: list[LeftOut], kept: list[Entry]) -> str:
    files_kept = {question.file for question, *_ in kept}
    if all(broken.file in files_kept for broken in out):
        return "the last good form is used"
    return "left out"
