"""The keys of a drill: one meaning each, and all that act are in the footer."""

from collections.abc import Callable, Iterator

import pytest
from rich.text import Text

from nnquiz.cards import KINDS
from nnquiz.cards.explain import LETTERS
from nnquiz.study.session import Action, Session, Stage, actions, step
from nnquiz.term.bindings import BINDINGS, find
from nnquiz.term.footer import Status, key_list, live
from nnquiz.term.page import Size

MakeSession = Callable[..., Session]
# Actions of which the footer says what they come to.
SAID_OTHERWISE = {Action.ACCEPT, Action.CHOOSE, Action.REVEAL, Action.SUBMIT, Action.END}
STATUS = Status(left=3, coming_again=1, days=(0, 1, 2, 3))


@pytest.fixture(scope="module")
def sessions(session: MakeSession) -> list[Session]:
    """Return sessions of every kind and in every stage."""
    without = [Session(Stage.PAUSED, can_undo=True), Session(Stage.FINISHED, can_undo=True)]
    return [*without, *(one for kind in KINDS for one in stages(session, kind))]


def stages(session: MakeSession, kind: str) -> Iterator[Session]:
    """Yield a card of a kind as it is asked, while it is typed, and with its answer."""
    yield session(kind, can_undo=True, can_redo=True)
    thought = session(kind, typing=False)
    yield thought
    shown, _ = step(thought, Action.REVEAL)
    yield shown
    yield shown._replace(more=True, full=True, can_undo=True)
    yield step(session(kind), Action.LEAVE)[0]


def plain(lines: list[Text]) -> str:
    """Return drawn lines as one text."""
    return "\n".join(line.plain for line in lines)


def test_every_action_has_a_key() -> None:
    """Whatever a session can do is bound, once."""
    assert sorted(binding.action.name for binding in BINDINGS) == sorted(Action.__members__)


def test_no_key_means_two_things() -> None:
    """Single keys differ from each other, from the grades and from all the letters that tick."""
    keys = [binding.key for binding in BINDINGS if len(binding.key) == 1]
    assert len(set(keys) | set(LETTERS) | set("1234")) == len(keys) + len(LETTERS) + 4


def test_each_key_does_what_its_binding_says(sessions: list[Session]) -> None:
    """A key of the footer leads to its own action in the stage in which it is shown."""
    for session in sessions:
        if session.stage is Stage.TYPING:
            continue  # in which the line takes all keys but Enter and Esc
        for binding in BINDINGS:
            if binding.action in actions(session):
                key = {"1-4": "3", "letters": "c"}.get(binding.key, binding.key)
                found = find(session, key)
                assert found is not None
                assert found[0] is binding.action


@pytest.mark.parametrize("width", [40, 80])
def test_the_footer_and_the_list_show_exactly_what_acts(
    sessions: list[Session], width: int
) -> None:
    """A key that does nothing is not offered, and every other one is, at any width."""
    size = Size(width, 30)
    for session in sessions:
        footer = " ".join(plain(live(session, STATUS)(size)).split())
        listed = plain(key_list(session, size))
        for binding in BINDINGS:
            acts = binding.action in actions(session)
            begins = binding.meaning[:12]
            assert any(row[11:].startswith(begins) for row in listed.splitlines()) == acts
            if acts and binding.action not in SAID_OTHERWISE:
                assert f"{binding.key} {binding.label}" in footer
        assert ("3 left, 1 coming again" in footer) == (session.stage is not Stage.FINISHED)


def test_the_footer_says_what_forward_means(session: MakeSession) -> None:
    """Space shows an answer one has thought, or admits that one does not know it."""
    for kind in KINDS:
        asking, _ = step(session(kind), Action.LEAVE)
        footer = plain(live(asking, STATUS)(Size(80, 30)))
        known = kind in {"explain", "follow-up"}
        assert ("space answer" in footer) == known
        assert ("space I don't know" in footer) != known
    typing = session("cloze")
    assert "Enter I don't know" in plain(live(typing, STATUS)(Size(80, 30)))
    assert "Enter answer" in plain(live(typing, STATUS._replace(typed="so"))(Size(80, 30)))
    finished = Session(Stage.FINISHED)
    assert "Enter end" in plain(live(finished, STATUS)(Size(80, 30)))


def test_letters_choose_before_the_answer_and_tick_after_it(session: MakeSession) -> None:
    """The footer of a choice names its letters, and only those."""
    asking = session("choice")
    assert "a c d choose" in plain(live(asking, STATUS)(Size(80, 30)))
    assert find(asking, "c") == (Action.CHOOSE, "c")
    shown, _ = step(session("explain"), Action.REVEAL)
    assert find(shown, "c") == (Action.TICK, "c")


def test_escape_leads_back_to_what_was_being_typed(session: MakeSession) -> None:
    """Where nothing is being typed it means nothing."""
    left, _ = step(session("cloze"), Action.LEAVE)
    assert find(left, "escape") == (Action.TYPE, None)
    assert find(session("explain"), "escape") is None


def test_enter_is_space_and_strange_keys_are_nothing(sessions: list[Session]) -> None:
    """Enter goes on as space does; a key without a meaning is none."""
    for session in sessions:
        assert find(session, "enter") == find(session, "space")
        for key in ("up", "9", "0", "é", "unknown", ""):
            assert find(session, key) is None
