"""The kinds of cards, a module each: what is asked, and what an answer is worth.

    kind        module      asks for
    choice      choice      the letter of an option
    match       match       a letter for each number
    cloze       cloze       the word or formula that was left out
    order       order       the numbers in their order
    numeric     numeric     a number, for a problem with fresh numbers
    follow-up   follow_up   an answer said aloud
    explain     explain     an answer said aloud or typed, and its key points

`ask` and `grade` find the module of a card's kind, and import no other: the problems and the
mathematics come in with the first numeric card. Beside the kinds: `exercise` and `result` hold
the values that all share, `spelling` and `phrases` compare words.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from nnquiz.cards.exercise import Exercise, Turn
    from nnquiz.cards.result import Result
    from nnquiz.model.written import Body


class Kind(NamedTuple):
    """One row: functions of `nnquiz.cards.<module>` that ask a card of this kind and grade it."""

    name: str
    module: str
    ask: str = "ask"
    grade: str = "grade"


# The easier ones first: so a new question begins.
EASIER_FIRST = (
    Kind("choice", "choice"),
    Kind("match", "match"),
    Kind("cloze", "cloze"),
    Kind("order", "order"),
    Kind("numeric", "numeric"),
    Kind("follow-up", "follow_up"),
    Kind("explain", "explain", "exercise", "grade_typed"),
)
# The kinds that a drill can ask.
KINDS = tuple(kind.name for kind in EASIER_FIRST)

_KINDS = {kind.name: kind for kind in EASIER_FIRST}
_RANKS = {kind.name: rank for rank, kind in enumerate(EASIER_FIRST)}


def rank(kind: str) -> int:
    """Return how hard a kind is among the others, from 0 on; one that is unknown comes last."""
    return _RANKS.get(kind, len(_RANKS))


def ask(kind: str, body: "Body", turn: "Turn") -> "Exercise[Any]":
    """Return a card as it is asked at this turn: the same turn gives the same exercise.

    Args:
        kind: the kind of the card.
        body: what is asked on it.
        turn: its id, its reviews so far, and who knows the other answers of its bank.

    Raises:
        BadInput: a numeric card names a problem that does not exist.
    """
    row = _KINDS[kind]
    exercise: Exercise[Any] = _function(row.module, row.ask)(body, turn)
    return exercise


def grade(exercise: "Exercise[Any]", typed: str) -> "Result":
    """Judge what was typed as an answer.

    Raises:
        Unreadable: it is no answer to such a card and does not count; the message says what is.
    """
    row = _KINDS[exercise.kind]
    result: Result = _function(row.module, row.grade)(exercise, typed)
    return result


def _function(module: str, name: str) -> Any:
    return getattr(import_module(f"nnquiz.cards.{module}"), name)
