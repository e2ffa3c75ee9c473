"""The compiled banks: finds, lists and searches questions without reading any YAML.

Only `sqlite3` and `json` are imported to read; the compiler, with its parsers, is imported when a
file has changed.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from nnquiz import __version__
from nnquiz.bank.files import FORMAT, Places, stamp
from nnquiz.bank.names import did_you_mean
from nnquiz.errors import BadInput
from nnquiz.model.listing import Hit, QuestionLine, Topic

if TYPE_CHECKING:
    from nnquiz.bank.shelf import Shelf
    from nnquiz.model.card import Card
    from nnquiz.model.question import Question
    from nnquiz.model.written import Body

OURS = "nnquiz"  # the id of the shipped bank, which wins where a name alone is given

LEVELS = ("core", "advanced")

_MATCH_STARTS, _MATCH_ENDS = "\x02", "\x03"  # cannot stand in the text: the reader shows them
_SHOWN_NAMES = 12

_LINES = """
SELECT bank, number, id, text, source, topic, level, tags, cards FROM question
WHERE (:topic IS NULL OR topic = :topic)
  AND (:tag IS NULL OR position IN (SELECT question FROM tag WHERE tag = :tag))
ORDER BY position
"""
_SEARCH = """
SELECT snippet(words, -1, :starts, :ends, '…', 14),
       q.bank, q.number, q.id, q.text, q.source, q.topic, q.level, q.tags, q.cards
FROM words JOIN question q ON q.position = words.rowid
WHERE words MATCH :query
  AND (:topic IS NULL OR q.topic = :topic)
  AND (:tag IS NULL OR q.position IN (SELECT question FROM tag WHERE tag = :tag))
ORDER BY q.position IN (SELECT rowid FROM words WHERE words MATCH :titled) DESC,
         q.position IN (SELECT rowid FROM words WHERE words MATCH :exact) DESC,
         bm25(words, 8, 6, 2, 1), q.position
"""
_BODY = """
SELECT c.kind, c.question, b.body FROM card c LEFT JOIN body b ON b.card = c.position
WHERE c.id = ?
"""
_BY_NUMBER = """
SELECT bank, id FROM question WHERE number = CAST(:number AS INTEGER) AND :bank IN ('', bank)
ORDER BY position
"""
_BY_ID = "SELECT bank, id FROM question WHERE id = :name AND :bank IN ('', bank) ORDER BY position"
_BY_BEGINNING = """
SELECT bank, id FROM question WHERE id >= :name AND id < :last AND :bank IN ('', bank)
ORDER BY position
"""


class Index:
    """All banks, compiled and open for reading.

    Attributes:
        warnings: one line for each bank of which something had to be left out.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.warnings: tuple[str, ...] = tuple(json.loads(_meta(connection, "warnings")))

    @classmethod
    def open(cls, places: Places) -> Self:
        """Open the index of the banks at `places`, compiling it first when a file has changed.

        Where the cache cannot be written, the banks are compiled into memory.
        """
        fingerprint = json.dumps([FORMAT, __version__, stamp(places)])
        connection = _open_file(places.compiled)
        if connection is not None and _meta(connection, "fingerprint") == fingerprint:
            return cls(connection)
        try:
            return cls(_compiled(places, fingerprint, connection))
        finally:
            if connection is not None:
                connection.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def resolve(self, name: str) -> str:
        """Return `bank/id` for a name of a question.

        A name is a number, an id, an unambiguous beginning of an id, or one of these behind
        `bank/`. Alone it means a question of the shipped bank where that has one.

        Raises:
            BadInput: when there is no such question, or more than one.
        """
        bank, slash, within = name.strip().lower().rpartition("/")
        if slash:
            self._expect_bank(bank)
        for narrowed in [bank] if slash else [OURS, ""]:
            found = self._matches(narrowed, within)
            if len(found) == 1:
                return found[0]
            if found:
                what = f'"{name}" may be {" or ".join(found[:_SHOWN_NAMES])}'
                raise BadInput(what)
        raise BadInput(self._unknown(name, bank or OURS, within))

    def question(self, name: str) -> "Question":
        """Return the question of a name that `resolve` understands.

        Raises:
            BadInput: when there is no such question, or more than one.
        """
        from nnquiz.bank.record import from_json

        bank, _, within = name.partition("/")
        sql = "SELECT body FROM question WHERE bank = ? AND id = ?"
        row = self._connection.execute(sql, (bank, within)).fetchone()
        if row is None:
            bank, _, within = self.resolve(name).partition("/")
            row = self._connection.execute(sql, (bank, within)).fetchone()
        return from_json(row[0])

    def questions(self) -> Iterator["Question"]:
        """Yield every question, in the banks' order."""
        from nnquiz.bank.record import from_json

        for (body,) in self._connection.execute("SELECT body FROM question ORDER BY position"):
            yield from_json(body)

    def lines(self, topic: str | None = None, tag: str | None = None) -> list[QuestionLine]:
        """Return the questions of a topic and a tag, or all, in the banks' order.

        Raises:
            BadInput: when no question has the topic or the tag.
        """
        chosen = self._filter(topic, tag)
        return [_line(row) for row in self._connection.execute(_LINES, chosen)]

    def search(self, words: str, topic: str | None = None, tag: str | None = None) -> list[Hit]:
        """Return the questions in which all of the words, or beginnings of words, stand.

        First come those with all the words in their question, id or tags, then those with them
        as whole words, and among equals the best by Okapi BM25, which alone is blind here: a word
        that stands in most of so few texts weighs nothing. -ise and -ize are one spelling, and
        endings as in "network, networks" are ignored (Porter's stemmer).

        Raises:
            BadInput: when no question has the topic or the tag.
        """
        chosen = self._filter(topic, tag)
        query = _match_query(words, "*")
        if not query:
            return []
        asked = {
            "starts": _MATCH_STARTS,
            "ends": _MATCH_ENDS,
            "query": query,
            "titled": f"{{question tags}} : ({query})",
            "exact": _match_query(words, ""),
        }
        rows = self._connection.execute(_SEARCH, {**chosen, **asked})
        return [Hit(_line(row), _pieces(snippet)) for snippet, *row in rows]

    def cards(
        self,
        questions: Iterable[str] | None = None,
        topic: str | None = None,
        tag: str | None = None,
        kinds: Iterable[str] | None = None,
        level: str | None = None,
    ) -> "list[Card]":
        """Return the cards of a choice, as `shelf` makes it."""
        return self.shelf(questions, topic, tag, kinds, level).cards()

    def shelf(
        self,
        questions: Iterable[str] | None = None,
        topic: str | None = None,
        tag: str | None = None,
        kinds: Iterable[str] | None = None,
        level: str | None = None,
    ) -> "Shelf":
        """Return the cards of a choice, which are read when they are asked for.

        Args:
            questions: only those of these questions, each as `bank/id`.
            topic: only those of this topic.
            tag: only those of this tag.
            kinds: only these kinds.
            level: only those of questions of this level.

        Raises:
            BadInput: when no question has the topic, the tag or the level.
        """
        from nnquiz.bank.shelf import Shelf

        if level is not None:
            level = level.lower()
            _expect("level", level, list(LEVELS))
        return Shelf(
            self._connection,
            questions=questions,
            **self._filter(topic, tag),
            kinds=kinds,
            level=level,
            order=_meta(self._connection, "name"),
        )

    def card(self, card: str) -> "Card | None":
        """Return the card of this id; None where no bank has it."""
        return next(iter(self.shelf().pick([card])), None)

    def body(self, card: str) -> "Body":
        """Return what is asked on the card of this id.

        Raises:
            BadInput: when there is no such card.
        """
        row = self._connection.execute(_BODY, (card,)).fetchone()
        if row is None:
            what = f'no card "{card}"'
            raise BadInput(what)
        kind, question, body = row
        if body is not None:
            from nnquiz.bank.bodies import decode

            return decode(kind, body)
        of = self.question(question)
        if kind == "explain":
            return of
        name = card.rpartition("/")[2]
        return next(follow_up for follow_up in of.follow_ups if follow_up.id == name)

    def is_answer(self, bank: str, text: str) -> bool:
        """Tell whether a text answers a cloze card of the bank, or is one of the bank's tags."""
        from nnquiz.cards.spelling import fold, singulars

        folded = fold(text)
        sql = "SELECT 1 FROM answer WHERE bank = ? AND text IN (SELECT value FROM json_each(?))"
        wanted = json.dumps([folded, *singulars(folded)])
        return self._connection.execute(sql, (bank, wanted)).fetchone() is not None

    def topics(self) -> list[Topic]:
        """Return the topics that questions have: those of bank.yaml files, then all others."""
        named = dict(self._connection.execute("SELECT id, title FROM topic ORDER BY position DESC"))
        used = "SELECT DISTINCT topic FROM question WHERE topic != '' ORDER BY position"
        ids = [row[0] for row in self._connection.execute(used)]
        order = {topic: i for i, topic in enumerate(reversed(named))}
        ids.sort(key=lambda topic: order.get(topic, len(order)))
        return [Topic(topic, named.get(topic, topic)) for topic in ids]

    def tags(self) -> list[str]:
        """Return the tags that questions have, sorted."""
        return [row[0] for row in self._connection.execute("SELECT DISTINCT tag FROM tag")]

    def _expect_bank(self, bank: str) -> None:
        banks = [row[0] for row in self._connection.execute("SELECT DISTINCT bank FROM question")]
        if bank not in banks:
            near = did_you_mean(bank, banks) or "there are " + ", ".join(banks)
            what = f'no bank "{bank}"; {near}'
            raise BadInput(what)

    def _matches(self, bank: str, name: str) -> list[str]:
        """Return the questions that a name fits best: by number, else by id, else by beginning."""
        numbered = name.isascii() and name.isdigit()
        last = name + "\U0010ffff" if name else ""
        wanted = {"bank": bank, "name": name, "last": last, "number": name[:18]}
        for sql in [_BY_NUMBER] if numbered else [_BY_ID, _BY_BEGINNING]:
            found = self._connection.execute(sql, wanted).fetchall()
            if found:
                return [f"{row[0]}/{row[1]}" for row in found]
        return []

    def _unknown(self, name: str, bank: str, within: str) -> str:
        """Say that there is no such question, and which there are."""
        if within.isascii() and within.isdigit():
            sql = "SELECT min(number), max(number) FROM question WHERE bank = ?"
            low, high = self._connection.execute(sql, (bank,)).fetchone()
            there = f"; there are {low} to {high}" if low is not None else ""
            return f"no question {name}{there}"
        ids = [row[0] for row in self._connection.execute("SELECT DISTINCT id FROM question")]
        hint = did_you_mean(within, ids) or "`nnquiz list` shows them all"
        return f'no question "{name}"; {hint}'

    def _filter(self, topic: str | None, tag: str | None) -> dict[str, str | None]:
        """Return the values of :topic and :tag, once it is certain that there are such."""
        if topic is not None:
            topic = topic.lower()
            _expect("topic", topic, [known.id for known in self.topics()])
        if tag is not None:
            tag = tag.lower()
            _expect("tag", tag, self.tags())
        return {"topic": topic, "tag": tag}


def _expect(kind: str, name: str, known: list[str]) -> None:
    if name not in known:
        near = did_you_mean(name, known)
        shown = ", ".join(known[:_SHOWN_NAMES]) + (", ..." if len(known) > _SHOWN_NAMES else "")
        what = f'no {kind} "{name}"'
        raise BadInput(f"{what}; {near}" if near else what, f"{kind}s: {shown}" if known else "")


def _open_file(path: str) -> sqlite3.Connection | None:
    """Open an index; None where there is none, or something else lies in its place."""
    connection = None
    try:
        size = os.stat(path).st_size
        # Nobody writes to the file once it has its name: no locks are needed.
        connection = sqlite3.connect(f"{_uri(path)}?mode=ro&immutable=1", uri=True)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        page = connection.execute("PRAGMA page_size").fetchone()[0]
        if pages * page == size and _meta(connection, "format") == str(FORMAT):
            return connection
    except (OSError, sqlite3.Error):
        pass
    if connection is not None:
        connection.close()
    return None


def _uri(path: str) -> str:
    """Return a path as SQLite's URI; urllib would cost more than opening the file."""
    path = path.replace(os.sep, "/")
    for character, code in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        path = path.replace(character, code)
    return f"file:{path}" if path.startswith("/") else f"file:/{path}"


def _compiled(
    places: Places, fingerprint: str, old: sqlite3.Connection | None
) -> sqlite3.Connection:
    """Compile into the cache and open it, or into memory where that cannot be."""
    from nnquiz.bank.compile import compile_file, compile_into

    try:
        compile_file(places, fingerprint, old)
    except (OSError, sqlite3.Error):
        pass
    else:
        connection = _open_file(places.compiled)
        if connection is not None:
            return connection
    memory = sqlite3.connect(":memory:", isolation_level=None)
    compile_into(memory, places, fingerprint, old)
    return memory


def _meta(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def _line(row: Sequence[Any]) -> QuestionLine:
    bank, number, name, text, source, topic, level, tags, cards = row
    return QuestionLine(
        bank,
        number,
        name,
        text,
        source,
        topic,
        level,
        tuple(json.loads(tags)),
        json.loads(cards),
    )


def _match_query(words: str, end: str) -> str:
    """Return words as an FTS5 query in which nothing that was typed is an operator.

    `end` is "*" where beginnings of words match too.
    """
    terms = []
    for word in words.split():
        if any(character.isalnum() for character in word):
            spellings = sorted({word, _respelt(word, "z", "s"), _respelt(word, "s", "z")})
            terms.append(" OR ".join(f'"{_quoted(spelling)}" {end}' for spelling in spellings))
    return " AND ".join(f"({term})" for term in terms)


def _quoted(word: str) -> str:
    return word.replace('"', '""').replace("\0", "")


def _respelt(word: str, old: str, new: str) -> str:
    """Return the other spelling of a word in -ise or -ize: normalization, normalisation."""
    for ending in ("e", "a", "i"):
        word = word.replace(f"i{old}{ending}", f"i{new}{ending}")
    return word


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    """Return the pieces of a snippet, each with whether it matches."""
    pieces: list[tuple[str, bool]] = []
    for i, part in enumerate(snippet.split(_MATCH_STARTS)):
        matched, end, rest = part.partition(_MATCH_ENDS)
        if i and end:
            pieces.append((matched, True))
            pieces.append((rest, False))
        else:
            pieces.append((part, False))
    return tuple(piece for piece in pieces if piece[0])
