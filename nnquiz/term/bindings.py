"""Which key does what in a drill, and how a footer and the list of keys say so."""

from typing import NamedTuple

from nnquiz.cards.explain import LETTERS
from nnquiz.study.session import Action, Session, Stage


class Binding(NamedTuple):
    """A key, a word for the footer, and a sentence for the list of keys."""

    action: Action
    key: str
    label: str
    meaning: str


BINDINGS = (
    Binding(Action.CHOOSE, "letters", "choose", "choose an answer"),
    Binding(Action.REVEAL, "space", "answer", "show the answer"),
    Binding(Action.SUBMIT, "Enter", "answer", "answer with what stands there"),
    Binding(Action.LEAVE, "Esc", "keys", "let keys be keys again: hint, skip, undo, end"),
    Binding(Action.TYPE, "t", "type", "type the answer"),
    Binding(Action.MORE, "space", "more", "go on reading"),
    Binding(Action.ACCEPT, "space", "", "take the grade in brackets (Enter does the same)"),
    Binding(Action.GO_ON, "space", "go on", "go on with the cards that come again today"),
    Binding(Action.GRADE, "1-4", "grade", "grade yourself: Again, Hard, Good, Easy"),
    Binding(Action.TICK, "letters", "tick", "tick a key point that you said"),
    Binding(Action.HINT, "h", "hint", "take a hint; the grade is Hard at most then"),
    Binding(Action.FULL, "f", "full answer", "read the full answer to the question"),
    Binding(Action.EXAMPLE, "x", "example", "run a worked example; again, the next one"),
    Binding(Action.EDIT, "e", "edit", "open the card's file in your editor, and go on with it"),
    Binding(Action.SKIP, "s", "skip", "leave the card out of this drill; nothing is recorded"),
    Binding(Action.BURY, "b", "bury", "set the card aside until tomorrow"),
    Binding(Action.SUSPEND, "!", "suspend", "set the card aside for good"),
    Binding(Action.UNDO, "u", "undo", "take the last answer back"),
    Binding(Action.REDO, "U", "redo", "let what was taken back stand again"),
    Binding(Action.KEYS, "?", "keys", "list the keys"),
    Binding(Action.END, "q", "end", "end the drill; every answer is saved already"),
)

# What space and Enter do in each stage.
_FORWARD = {
    Stage.ASKING: Action.REVEAL,
    Stage.REVEALED: Action.ACCEPT,
    Stage.PAUSED: Action.GO_ON,
    Stage.FINISHED: Action.END,
    Stage.TIME_UP: Action.END,
}

_BY_KEY = {binding.key: binding.action for binding in BINDINGS if len(binding.key) == 1}


def find(session: Session, key: str) -> tuple[Action, str | int | None] | None:
    """Return the action a key stands for, and its choice; None for a key without a meaning.

    It is not asked while an answer is being typed: then keys are letters.
    """
    if key in {"space", "enter"}:
        forward = Action.MORE if session.more else _FORWARD.get(session.stage)
        return None if forward is None else (forward, None)
    if key in {"1", "2", "3", "4"}:
        return Action.GRADE, int(key)
    if key in _BY_KEY:
        return _BY_KEY[key], None
    if key == "escape" and session.typing:
        return Action.TYPE, None  # as it led to the keys, so it leads back
    if key not in set(LETTERS):
        return None
    return (Action.CHOOSE if session.stage is Stage.ASKING else Action.TICK), key
