"""One card in front of someone: what may be done with it, and what follows from it.

A pure state machine: an action goes in; the next state and an effect, which somebody else carries
out, come out. It knows nothing of keys, screens or the log.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, NamedTuple, TypeAlias

from nnquiz import cards
from nnquiz.cards import explain
from nnquiz.cards.exercise import Exercise
from nnquiz.cards.explain import Sheet
from nnquiz.cards.result import Result, Unreadable
from nnquiz.model.event import AGAIN, EASY, HARD
from nnquiz.model.question import Question


class Stage(Enum):
    """Where the session stands."""

    ASKING = auto()  # the question is there, the answer is not, and keys are keys
    TYPING = auto()  # likewise, and keys are the letters of an answer
    REVEALED = auto()  # the answer is there and waits for a grade
    COMMITTED = auto()  # the grade is chosen: nothing acts until the next card
    PAUSED = auto()  # only cards that came back often enough are left: the drill offers to end
    FINISHED = auto()  # no card is left: the last answer can still be taken back
    TIME_UP = auto()  # cards are left, but the minutes are over: likewise


class Action(Enum):
    """What a person can do."""

    REVEAL = "answer"
    CHOOSE = "choose"
    TYPE = "type"
    SUBMIT = "answer with what was typed"
    LEAVE = "leave the typing"
    HINT = "hint"
    MORE = "more"
    ACCEPT = "take the suggested grade"
    GRADE = "grade"
    TICK = "tick"
    FULL = "full answer"
    EXAMPLE = "example"
    EDIT = "edit"
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
    SHOW_MORE = auto()
    SHOW_TICKS = auto()
    SHOW_FULL = auto()
    SHOW_HINT = auto()  # the last of those taken
    SHOW_KEYS = auto()
    SHOW_STAGE = auto()  # typing began, or was left
    ASK_AGAIN = auto()  # what was typed is no answer; the session's complaint says what is
    RUN_EXAMPLE = auto()
    EDIT = auto()
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
        exercise: the card asked; None where there is none.
        question: the question that it belongs to.
        expected: whether an answer is to be typed or chosen, so that to be shown it without is to
            have failed; else one thinks it, and grades oneself.
        typing: whether an answer is being typed, also while one has left it for the keys.
        complaint: what is read as an answer, where something typed was none.
        hints: how many hints were taken.
        given: the answer as it was typed, or the letter chosen.
        result: what came of it, once the right one is shown.
        ticked: letters of the key points that were said.
        full: whether the full answer has been shown.
        more: whether some of what is to be shown waits for room.
        grade: the grade chosen, once committed.
        can_undo: whether there is an answer to take back.
        can_redo: whether there is an answer taken back that may be given again.
        can_edit: whether there is a terminal for an editor.
    """

    stage: Stage
    exercise: Exercise[Any] | None = None
    question: Question | None = None
    expected: bool = False
    typing: bool = False
    complaint: str = ""
    hints: int = 0
    given: str = ""
    result: Result | None = None
    ticked: frozenset[str] = frozenset()
    full: bool = False
    more: bool = False
    grade: int | None = None
    can_undo: bool = False
    can_redo: bool = False
    can_edit: bool = False

    @property
    def sheet(self) -> Sheet | None:
        """The key points of an explain card; None for any other."""
        if self.exercise is None or self.exercise.kind != "explain":
            return None
        sheet: Sheet = self.exercise.key
        return sheet

    @property
    def suggested(self) -> int:
        """The grade that the answer suggests, or the ticked points; after a hint Hard at most."""
        assert self.result is not None  # noqa: S101 -- for mypy: the answer is shown
        sheet = self.sheet
        grade = self.result.suggested if sheet is None else explain.grade(sheet, self.ticked)
        return min(grade, HARD) if self.hints else grade


# What an action may be done with, and what comes of it.
Choice: TypeAlias = str | int | None
Step: TypeAlias = tuple[Session, Effect | None]


def begin(exercise: Exercise[Any], question: Question, *, typing: bool = True) -> Session:
    """Return the session of a card that is asked now.

    Args:
        exercise: the card.
        question: the question that it belongs to.
        typing: whether answers that can be judged are typed, and not only thought.
    """
    to_type = _is_typed(exercise) and typing
    return Session(
        stage=Stage.TYPING if to_type else Stage.ASKING,
        exercise=exercise,
        question=question,
        expected=to_type or bool(exercise.prompt.keys),
        typing=to_type,
    )


_ALWAYS = (Action.UNDO, Action.REDO, Action.KEYS, Action.END)
_WITH_CARD = (Action.EDIT, Action.SKIP, Action.BURY, Action.SUSPEND)

_ACTIONS: dict[Stage, tuple[Action, ...]] = {
    Stage.ASKING: (
        Action.REVEAL,
        Action.CHOOSE,
        Action.TYPE,
        Action.HINT,
        *_WITH_CARD,
        *_ALWAYS,
    ),
    Stage.TYPING: (Action.SUBMIT, Action.LEAVE),
    Stage.REVEALED: (
        Action.MORE,
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
    Stage.FINISHED: _ALWAYS,
    Stage.TIME_UP: _ALWAYS,
}

# Actions that leave the card as it stands, and what each has to bring about.
_PLAIN_EFFECTS = {
    Action.MORE: Effect.SHOW_MORE,
    Action.SKIP: Effect.SKIP,
    Action.BURY: Effect.BURY,
    Action.SUSPEND: Effect.SUSPEND,
    Action.UNDO: Effect.UNDO,
    Action.REDO: Effect.REDO,
    Action.KEYS: Effect.SHOW_KEYS,
    Action.EXAMPLE: Effect.RUN_EXAMPLE,
    Action.EDIT: Effect.EDIT,
    Action.GO_ON: Effect.GO_ON,
    Action.END: Effect.END,
}

# Actions that need something to act on.
_POSSIBLE: dict[Action, Callable[[Session], bool]] = {
    Action.CHOOSE: lambda session: bool(_asked(session).prompt.keys),
    Action.TYPE: lambda session: _is_typed(_asked(session)) or session.sheet is not None,
    Action.HINT: lambda session: session.hints < len(_asked(session).prompt.hints),
    Action.MORE: lambda session: session.more,
    Action.ACCEPT: lambda session: not session.more,
    Action.UNDO: lambda session: session.can_undo,
    Action.REDO: lambda session: session.can_redo,
    Action.EDIT: lambda session: session.can_edit,
    Action.TICK: lambda session: session.sheet is not None and bool(session.sheet.points),
    Action.FULL: lambda session: (
        not session.full and session.question is not None and bool(session.question.full.blocks)
    ),
    Action.EXAMPLE: lambda session: (
        session.question is not None and bool(session.question.examples)
    ),
}


def actions(session: Session) -> tuple[Action, ...]:
    """Return what acts now, in the order in which a footer lists it."""
    return tuple(
        action
        for action in _ACTIONS[session.stage]
        if action not in _POSSIBLE or _POSSIBLE[action](session)
    )


def step(session: Session, action: Action, choice: Choice = None) -> Step:
    """Return the state after `action`, and what is to be done; an action that does not act, None.

    Args:
        session: the state before.
        action: what the person did.
        choice: for `SUBMIT` the text, for `CHOOSE` and `TICK` the letter, for `GRADE` 1 to 4.
    """
    if action not in actions(session):
        return session, None
    if action in _PLAIN_EFFECTS:
        return session, _PLAIN_EFFECTS[action]
    return _STEPS[action](session, choice)


def _asked(session: Session) -> Exercise[Any]:
    assert session.exercise is not None  # noqa: S101 -- for mypy: only asked of a card
    return session.exercise


def _is_typed(exercise: Exercise[Any]) -> bool:
    """Tell whether a card wants something typed that is more than a key."""
    return bool(exercise.prompt.wanted) and not exercise.prompt.keys


def _reveal(session: Session, _: Choice = None) -> Step:
    """Show the answer to someone who has thought it, or does not know it."""
    result = _asked(session).shown()
    if session.expected:
        result = result._replace(suggested=AGAIN)
    return _revealed(session, result, "")


def _choose(session: Session, label: Choice) -> Step:
    return _answer(session, label) if label in _asked(session).prompt.keys else (session, None)


def _answer(session: Session, answer: Choice) -> Step:
    """Judge an answer; an empty one says that one does not know."""
    given = " ".join(str(answer or "").split())
    if not given:
        return _reveal(session)
    try:
        result = cards.grade(_asked(session), given)
    except Unreadable as unreadable:
        return session._replace(complaint=str(unreadable)), Effect.ASK_AGAIN
    return _revealed(session, result, given)


def _revealed(session: Session, result: Result, given: str) -> Step:
    after = session._replace(
        stage=Stage.REVEALED, result=result, given=given, ticked=result.ticked, complaint=""
    )
    return after, Effect.SHOW_ANSWER


def _type(session: Session, _: Choice) -> Step:
    return session._replace(stage=Stage.TYPING, typing=True), Effect.SHOW_STAGE


def _leave(session: Session, _: Choice) -> Step:
    return session._replace(stage=Stage.ASKING), Effect.SHOW_STAGE


def _hint(session: Session, _: Choice) -> Step:
    """Take a hint; who was typing goes on with it."""
    stage = Stage.TYPING if session.typing else Stage.ASKING
    return session._replace(stage=stage, hints=session.hints + 1), Effect.SHOW_HINT


def _tick(session: Session, letter: Choice) -> Step:
    """Tick a point, or take its tick away."""
    if session.sheet is None or letter not in session.sheet.letters:
        return session, None
    return session._replace(ticked=session.ticked ^ {letter}), Effect.SHOW_TICKS


def _full(session: Session, _: Choice) -> Step:
    return session._replace(full=True), Effect.SHOW_FULL


def _accept(session: Session, _: Choice) -> Step:
    return _grade(session, session.suggested)


def _grade(session: Session, grade: Choice) -> Step:
    if not isinstance(grade, int) or not AGAIN <= grade <= EASY:
        return session, None
    return session._replace(stage=Stage.COMMITTED, grade=grade), Effect.SAVE


_STEPS: dict[Action, Callable[[Session, Choice], Step]] = {
    Action.REVEAL: _reveal,
    Action.CHOOSE: _choose,
    Action.TYPE: _type,
    Action.LEAVE: _leave,
    Action.SUBMIT: _answer,
    Action.HINT: _hint,
    Action.TICK: _tick,
    Action.FULL: _full,
    Action.ACCEPT: _accept,
    Action.GRADE: _grade,
}
