"""The cards that a choice leaves: all of them, those of some ids, or the first that are begun.

A drill asks for a few cards of what may be a hundred thousand, so nothing here reads them all
unless all are asked for.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from nnquiz.model.card import Card

_CHOSEN = """
  AND (:topic IS NULL OR q.topic = :topic)
  AND (:level IS NULL OR q.level = :level)
  AND (:tag IS NULL OR q.position IN (SELECT question FROM tag WHERE tag = :tag))
  AND (:questions IS NULL OR c.question IN (SELECT value FROM json_each(:questions)))
  AND (:kinds IS NULL OR c.kind IN (SELECT value FROM json_each(:kinds)))
"""
_CARD = "SELECT c.id, c.question, c.kind, c.family, c.content"
# All of these are made of the constants above; CROSS JOIN keeps SQLite to the order written here.
_ALL = f"""
{_CARD} FROM card c JOIN question q ON q.position = c.place
WHERE true {_CHOSEN} ORDER BY c.position
"""
_PICKED = f"""
{_CARD} FROM json_each(:ids) wanted CROSS JOIN card c ON c.id = wanted.value
CROSS JOIN question q ON q.position = c.place
WHERE true {_CHOSEN} ORDER BY wanted.key
"""
_ANY_PICKED = f"""
{_CARD} FROM json_each(:ids) wanted CROSS JOIN card c ON c.id = wanted.value ORDER BY wanted.key
"""
_INTRODUCED = f"""
{_CARD} FROM introduction i CROSS JOIN card c ON c.position = i.card
WHERE i.rank >= ? ORDER BY i.rank
"""
_FAMILIES = """
SELECT c.id, c.family FROM json_each(?) wanted CROSS JOIN card c ON c.id = wanted.value
WHERE c.family != ''
"""
_ADVANCED = """
SELECT DISTINCT c.question FROM json_each(?) wanted CROSS JOIN card c ON c.id = wanted.value
CROSS JOIN question q ON q.position = c.place WHERE q.level = 'advanced'
"""


class Shelf:
    """The cards of some questions, of a topic, a tag, a level and some kinds, or all."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        questions: Iterable[str] | None = None,
        topic: str | None = None,
        tag: str | None = None,
        kinds: Iterable[str] | None = None,
        level: str | None = None,
        order: str = "",
    ) -> None:
        """Choose; None leaves everything. Questions are named `bank/id`, in the order wanted.

        `order` names the order of introduction that the compiled banks have.
        """
        self._execute = connection.execute
        self._questions = None if questions is None else list(questions)
        self._chosen = {
            "topic": topic,
            "tag": tag,
            "level": level,
            "questions": None if self._questions is None else json.dumps(self._questions),
            "kinds": None if kinds is None else json.dumps(list(kinds)),
        }
        self.narrow = any(value is not None for value in self._chosen.values())
        """Whether something was chosen, so that not every card is here."""
        self.order = "" if self.narrow else order
        """The name of the order of introduction where that was worked out beforehand."""

    def cards(self) -> list[Card]:
        """Return all cards: in the banks' order, or in that of the questions that were named."""
        cards = [Card(*row) for row in self._execute(_ALL, self._chosen)]
        if self._questions is not None:
            places = {question: place for place, question in enumerate(self._questions)}
            cards.sort(key=lambda card: places[card.question])
        return cards

    def is_empty(self) -> bool:
        """Say whether there is no card at all."""
        return self._execute(f"{_ALL} LIMIT 1", self._chosen).fetchone() is None

    def pick(self, ids: Sequence[str]) -> list[Card]:
        """Return the cards of these ids that are here, in the order of the ids."""
        sql, wanted = _PICKED if self.narrow else _ANY_PICKED, {"ids": json.dumps(ids)}
        return [Card(*row) for row in self._execute(sql, {**self._chosen, **wanted})]

    def introduced(self, start: int = 0) -> Iterator[Card]:
        """Yield the cards from a rank on, in the order in which new ones are begun.

        Where nothing was chosen the order was worked out when the banks were compiled, and the
        first cards cost little.
        """
        if not self.narrow:
            for row in self._execute(_INTRODUCED, (start,)):
                yield Card(*row)
        else:
            from nnquiz.study.introduction import introduce

            yield from introduce(self.cards())[start:]

    def families(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the groups of those of these cards that have one, chosen or not."""
        return dict(self._execute(_FAMILIES, (json.dumps(ids),)))

    def advanced(self, ids: Sequence[str]) -> set[str]:
        """Return the questions of these cards that are advanced."""
        return {row[0] for row in self._execute(_ADVANCED, (json.dumps(ids),))}
