"""The keys of a drill: one meaning each, and all that act are in the footer."""

import pytest
from rich.text import Text

from nnquiz.cards.explain import LETTERS, Sheet
from nnquiz.model.question import KeyPoint, Passage, Question
from nnquiz.study.session import Action, Session, Stage, actions
from nnquiz.term.bindings import BINDINGS, find
from nnquiz.term.card import key_list, live
from nnquiz.term.page import Size

TEXT = Passage("words", [{"kind": "paragraph", "spans": [{"kind": "text", "text": "words"}]}])
POINTS = tuple(KeyPoint(f"p{n}", TEXT, 2, ()) for n in range(3))
QUESTION = Question(
    "b", 1, "q", TEXT, "t", "core", (), TEXT, TEXT, POINTS, (), (), ("attention",), (), (), "", 1
)
SHEET = Sheet(QUESTION, tuple(zip(LETTERS, POINTS, strict=False)))
SESSIONS = [
    Session(Stage.ASKING, SHEET, can_undo=True, can_redo=True),
    Session(Stage.REVEALED, SHEET, can_undo=True),
    Session(Stage.REVEALED, SHEET, full=True),
    Session(Stage.PAUSED, can_undo=True),
]


def plain(lines: list[Text]) -> str:
    """Return drawn lines as one text."""
    return "\n".join(line.plain for line in lines)


def test_every_action_has_a_key() -> None:
    """Whatever a session can do is bound, once."""
    assert sorted(binding.action.name for binding in BINDINGS) == sorted(Action.__members__)


@pytest.mark.parametrize("session", SESSIONS)
def test_each_key_does_what_its_binding_says(session: Session) -> None:
    """A key of the footer leads to its own action in the stage in which it is shown."""
    for binding in BINDINGS:
        if binding.action in actions(session):
            key = {"1-4": "3", "letters": "c"}.get(binding.key, binding.key)
            found = find(session, key)
            assert found is not None
            assert found[0] is binding.action


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("width", [40, 80])
def test_the_footer_and_the_list_show_exactly_what_acts(session: Session, width: int) -> None:
    """A key that does nothing is not offered, and every other one is, at any width."""
    size = Size(width, 30)
    footer = " ".join(plain(live(session, 3, 1, (0, 1, 2, 3), "")(size)).split())
    listed = plain(key_list(session, size))
    for binding in BINDINGS:
        acts = binding.action in actions(session)
        assert (f"\n  {binding.key:<9}{binding.meaning[:12]}" in listed) == acts
        if binding.label:
            assert (f"{binding.key} {binding.label}" in footer) == acts
    assert "3 left, 1 coming again" in footer


def test_enter_is_space_and_strange_keys_are_nothing() -> None:
    """Enter goes on as space does; a key without a meaning is none."""
    for session in SESSIONS:
        assert find(session, "enter") == find(session, "space")
    for key in ("escape", "up", "9", "0", "é", "unknown", ""):
        assert find(SESSIONS[0], key) is None
