"""One card: what acts in which state, and what follows from it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards.explain import ask
from nnquiz.model.event import AGAIN, GOOD, HARD
from nnquiz.model.question import KeyPoint, Passage, Question
from nnquiz.study.session import Action, Effect, Session, Stage, actions, step

TEXT = Passage("words", [{"kind": "paragraph", "spans": [{"kind": "text", "text": "words"}]}])


def question(points: int = 4, *, full: bool = True, example: bool = True) -> Question:
    """Return a question with key points of weight 2."""
    return Question(
        bank="b",
        number=1,
        id="q",
        question=TEXT,
        topic="t",
        level="core",
        tags=(),
        short=TEXT,
        full=TEXT if full else Passage("", []),
        key_points=tuple(KeyPoint(f"p{n}", TEXT, 2, ()) for n in range(points)),
        follow_ups=(),
        pitfalls=(),
        examples=("attention",) if example else (),
        cards=(),
        sources=(),
        file="",
        line=1,
    )


def asking(**settings: bool) -> Session:
    """Return a session with a card just asked."""
    return Session(Stage.ASKING, ask(question()), **settings)


def revealed(ticks: str = "") -> Session:
    """Return a session with the answer shown and points ticked."""
    session, _ = step(asking(), Action.REVEAL)
    for letter in ticks:
        session, _ = step(session, Action.TICK, letter)
    return session


def test_reveal_shows_the_answer_once() -> None:
    """The answer is shown on the first reveal, and a second does nothing."""
    session, effect = step(asking(), Action.REVEAL)
    assert (session.stage, effect) == (Stage.REVEALED, Effect.SHOW_ANSWER)
    assert step(session, Action.REVEAL) == (session, None)


def test_nothing_is_graded_before_the_answer_was_seen() -> None:
    """Grades, ticks and the suggestion do not act on a card that is only asked."""
    session = asking()
    for action, choice in ((Action.GRADE, 3), (Action.ACCEPT, None), (Action.TICK, "a")):
        assert step(session, action, choice) == (session, None)


def test_ticks_change_the_suggestion_and_come_off_again() -> None:
    """Ticking is a switch; the suggested grade follows at once."""
    assert revealed().suggested == AGAIN
    assert revealed("ac").suggested == HARD
    assert revealed("acd").suggested == GOOD
    assert revealed("acdd").suggested == HARD


def test_the_suggested_grade_is_the_one_taken() -> None:
    """Accepting saves exactly what was suggested."""
    session, effect = step(revealed("acd"), Action.ACCEPT)
    assert (session.stage, session.grade, effect) == (Stage.COMMITTED, GOOD, Effect.SAVE)


def test_a_letter_that_ticks_nothing_does_nothing() -> None:
    """With four points the fifth letter has no meaning."""
    session = revealed()
    assert step(session, Action.TICK, "j") == (session, None)


def test_what_cannot_act_is_not_offered() -> None:
    """No full answer, no example, no points, nothing to take back: no key for them."""
    bare = Session(Stage.REVEALED, ask(question(0, full=False, example=False)))
    offered = set(actions(bare))
    assert not offered & {Action.FULL, Action.EXAMPLE, Action.TICK, Action.UNDO, Action.REDO}
    session, _ = step(revealed(), Action.FULL)
    assert Action.FULL not in actions(session)
    assert Action.UNDO in actions(asking(can_undo=True))


def test_the_pause_offers_to_go_on_or_to_end() -> None:
    """When only tired cards are left there is no card to grade."""
    paused = Session(Stage.PAUSED, can_undo=True)
    assert actions(paused) == (Action.GO_ON, Action.UNDO, Action.KEYS, Action.END)
    assert step(paused, Action.GO_ON)[1] is Effect.GO_ON


choices = st.one_of(st.none(), st.integers(-1, 6), st.sampled_from("acdgjz"))


@given(st.lists(st.tuples(st.sampled_from(Action), choices), max_size=12))
@settings(max_examples=200)
def test_any_sequence_saves_at_most_once_and_only_what_was_revealed(
    pressed: list[tuple[Action, str | int | None]],
) -> None:
    """Whatever is pressed: one answer at most, after the reveal, with a real grade, then rest."""
    session = asking(can_undo=True)
    effects = []
    for action, choice in pressed:
        offered = actions(session)
        after, effect = step(session, action, choice)
        if effect is not None:
            assert action in offered
            effects.append(effect)
        else:
            assert after == session
        session = after
    assert effects.count(Effect.SAVE) <= 1
    if Effect.SAVE in effects:
        assert effects.index(Effect.SHOW_ANSWER) < effects.index(Effect.SAVE)
        assert effects[-1] is Effect.SAVE
        assert session.grade in {1, 2, 3, 4}
        assert actions(session) == ()
