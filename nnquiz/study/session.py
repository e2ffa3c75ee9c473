"""One card in front of someone: what may be done with it, and what follows from it.

A pure state machine: an action goes in; the next state and an effect, which somebody else carries
out, come out. It knows nothing of keys, screens or the log.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from nnquiz.cards import explain
from nnquiz.cards.explain import Sheet
from nnquiz.model.event import AGAIN, EASY


class Stage(Enum):
    """Where the session stands."""

    ASKING = auto()  # the question is there, the answer is not
    REVEALED = auto()  # the answer is there and waits for a grade
    COMMITTED = auto()  # the grade is chosen: nothing acts until the next card
    PAUSED = auto()  # only cards that came back often enough are left: the drill offers to end


class Action(Enum):
    """What a person can do."""

    REVEAL = "answer"
    ACCEPT = "take the suggested grade"
    GRADE = "grade"
    TICK = "tick"
    FULL = "full answer"
    EXAMPLE = "example"
    SKIP = "skip"
    BURY = "bury until tomorrow"
    SUSPEND = "suspend"
    UNDO = "undo"
    REDO = "redo"
    KEYS = "keys"
    GO_ON = "go on"
    END = "end"


class Effect(Enum):
    """What is to be done in the world after an action."""

    SHOW_ANSWER = auto()
    SHOW_TICKS = auto()
    SHOW_FULL = auto()
    SHOW_KEYS = auto()
    RUN_EXAMPLE = auto()
    SAVE = auto()  # the answer, with the session's grade
    SKIP = auto()
    BURY = auto()
    SUSPEND = auto()
    UNDO = auto()
    REDO = auto()
    GO_ON = auto()
    END = auto()


class Session(NamedTuple):
    """The state between two actions.

    Attributes:
        stage: where it stands.
        sheet: the card asked; None only while the drill offers to end.
        ticked: letters of the key points that were said.
        full: whether the full answer has been shown.
        grade: the grade chosen, once committed.
        can_undo: whether there is an answer to take back.
        can_redo: whether there is an answer taken back that may be given again.
    """

    stage: Stage
    sheet: Sheet | None = None
    ticked: frozenset[str] = frozenset()
    full: bool = False
    grade: int | None = None
    can_undo: bool = False
    can_redo: bool = False

    @property
    def suggested(self) -> int:
        """The grade that the ticked points suggest."""
        assert self.sheet is not None  # noqa: S101 -- for mypy: a card is asked
        return explain.grade(self.sheet, self.ticked)


_ALWAYS = (Action.UNDO, Action.REDO, Action.KEYS, Action.END)
_WITH_CARD = (Action.SKIP, Action.BURY, Action.SUSPEND)

_ACTIONS: dict[Stage, tuple[Action, ...]] = {
    Stage.ASKING: (Action.REVEAL, *_WITH_CARD, *_ALWAYS),
    Stage.REVEALED: (
        Action.ACCEPT,
        Action.GRADE,
        Action.TICK,
        Action.FULL,
        Action.EXAMPLE,
        *_WITH_CARD,
        *_ALWAYS,
    ),
    Stage.COMMITTED: (),
    Stage.PAUSED: (Action.GO_ON, *_ALWAYS),
}

# Actions that leave the card as it stands, and what each has to bring about.
_PLAIN_EFFECTS = {
    Action.SKIP: Effect.SKIP,
    Action.BURY: Effect.BURY,
    Action.SUSPEND: Effect.SUSPEND,
    Action.UNDO: Effect.UNDO,
    Action.REDO: Effect.REDO,
    Action.KEYS: Effect.SHOW_KEYS,
    Action.EXAMPLE: Effect.RUN_EXAMPLE,
    Action.GO_ON: Effect.GO_ON,
    Action.END: Effect.END,
}


# Actions that need something to act on.
_POSSIBLE: dict[Action, Callable[[Session], bool]] = {
    Action.UNDO: lambda session: session.can_undo,
    Action.REDO: lambda session: session.can_redo,
    Action.TICK: lambda session: session.sheet is not None and bool(session.sheet.points),
    Action.FULL: lambda session: not session.full and _has_full(session.sheet),
    Action.EXAMPLE: lambda session: (
        session.sheet is not None and bool(session.sheet.question.examples)
    ),
}


def _has_full(sheet: Sheet | None) -> bool:
    return sheet is not None and bool(sheet.question.full.blocks)


def actions(session: Session) -> tuple[Action, ...]:
    """Return what acts now, in the order in which a footer lists it."""
    return tuple(
        action
        for action in _ACTIONS[session.stage]
        if action not in _POSSIBLE or _POSSIBLE[action](session)
    )


def step(
    session: Session, action: Action, choice: str | int | None = None
) -> tuple[Session, Effect | None]:
    """Return the state after `action`, and what is to be done; an action that does not act, None.

    Args:
        session: the state before.
        action: what the person did.
        choice: for `TICK` the letter, for `GRADE` the grade 1 to 4.
    """
    if action not in actions(session):
        return session, None
    match action:
        case Action.REVEAL:
            return session._replace(stage=Stage.REVEALED), Effect.SHOW_ANSWER
        case Action.TICK:
            return _tick(session, choice)
        case Action.FULL:
            return session._replace(full=True), Effect.SHOW_FULL
        case Action.ACCEPT | Action.GRADE:
            return _commit(session, session.suggested if action is Action.ACCEPT else choice)
        case _:
            return session, _PLAIN_EFFECTS[action]


def _tick(session: Session, letter: str | int | None) -> tuple[Session, Effect | None]:
    """Tick a point, or take its tick away."""
    if session.sheet is None or letter not in session.sheet.letters:
        return session, None
    return session._replace(ticked=session.ticked ^ {letter}), Effect.SHOW_TICKS


def _commit(session: Session, grade: str | int | None) -> tuple[Session, Effect | None]:
    if not isinstance(grade, int) or not AGAIN <= grade <= EASY:
        return session, None
    return session._replace(stage=Stage.COMMITTED, grade=grade), Effect.SAVE
