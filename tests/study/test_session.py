"""One card of any kind: what acts in which state, and what follows from it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz import cards
from nnquiz.cards.exercise import Exercise, Turn
from nnquiz.cards.result import Outcome
from nnquiz.model.event import AGAIN, GOOD, HARD
from nnquiz.model.question import FollowUp, KeyPoint, Passage, Question
from nnquiz.model.written import Body, Choice, Cloze, Match, Numeric, Option, Order
from nnquiz.study.session import Action, Effect, Session, Stage, actions, begin, step


def text(words: str) -> Passage:
    """Return a text of one paragraph."""
    spans: Any = [{"kind": "text", "text": words}]
    return Passage(words, [{"kind": "paragraph", "spans": spans}])


def question(points: int = 4, *, full: bool = True, example: bool = True) -> Question:
    """Return a question with key points of weight 2, of which the first accepts "one"."""
    accept = [("one",), *[()] * points]
    return Question(
        bank="b",
        number=1,
        id="q",
        question=text("Why?"),
        topic="t",
        level="core",
        tags=(),
        short=text("Because."),
        full=text("Because of it all.") if full else Passage("", []),
        key_points=tuple(
            KeyPoint(f"p{n}", text(f"point {n}"), 2, accept[n]) for n in range(points)
        ),
        follow_ups=(),
        pitfalls=(),
        examples=("attention",) if example else (),
        cards=(),
        sources=(),
        file="",
        line=1,
    )


OPTIONS = (Option(text("yes"), right=True, why=text("so")), Option(text("no"), False, text("not")))
BODIES: dict[str, Body] = {
    "choice": Choice(text("Which?"), OPTIONS),
    "match": Match(text("Match."), ((text("1"), text("one")), (text("2"), text("two")))),
    "cloze": Cloze(text("a […]"), text("a softmax"), "softmax", (), maths=False),
    "order": Order(text("Order."), (text("first"), text("second"), text("third"))),
    "numeric": Numeric("neuron_preactivation"),
    "follow-up": FollowUp("f", text("And then?"), text("That.")),
    "explain": question(),
}
TYPED = ("match", "cloze", "order", "numeric")
JUDGED = ("choice", *TYPED)


def exercise(kind: str, body: Body | None = None) -> Exercise[Any]:
    """Return the exercise of a card of this kind."""
    return cards.ask(kind, body or BODIES[kind], Turn(f"b/q/{kind}", 0, lambda _: False))


def asked(kind: str, *, typing: bool = True, body: Body | None = None) -> Session:
    """Return a session with a card of this kind just asked."""
    return begin(exercise(kind, body), question(), typing=typing)


def revealed(ticks: str = "") -> Session:
    """Return an explain card with its answer shown and points ticked."""
    session, _ = step(asked("explain"), Action.REVEAL)
    for letter in ticks:
        session, _ = step(session, Action.TICK, letter)
    return session


def answered(kind: str, typed: str) -> Session:
    """Return a card after an answer was typed."""
    session, effect = step(asked(kind), Action.SUBMIT, typed)
    assert effect is Effect.SHOW_ANSWER
    return session


@pytest.mark.parametrize("kind", BODIES)
def test_a_card_begins_by_what_is_to_be_done(kind: str) -> None:
    """What is typed begins with the line; what is chosen or said begins with the keys."""
    session = asked(kind)
    assert session.stage is (Stage.TYPING if kind in TYPED else Stage.ASKING)
    assert session.expected == (kind in JUDGED)
    assert asked(kind, typing=False).stage is Stage.ASKING


@pytest.mark.parametrize("kind", BODIES)
def test_reveal_shows_the_answer_once(kind: str) -> None:
    """The answer is shown on the first reveal, and a second does nothing."""
    session, effect = step(asked(kind, typing=False), Action.REVEAL)
    assert (session.stage, effect) == (Stage.REVEALED, Effect.SHOW_ANSWER)
    assert step(session, Action.REVEAL) == (session, None)


@pytest.mark.parametrize("kind", JUDGED)
def test_not_to_know_is_again(kind: str) -> None:
    """An answer that was asked for and not given is suggested as failed."""
    session = asked(kind)
    empty = Action.SUBMIT if kind in TYPED else Action.REVEAL
    session, _ = step(session, empty, "  ")
    assert (session.suggested, session.given) == (AGAIN, "")
    assert session.result is not None
    assert session.result.outcome is Outcome.SHOWN


@pytest.mark.parametrize("kind", [*TYPED, "follow-up"])
def test_a_thought_answer_is_taken_as_known(kind: str) -> None:
    """Without typing one grades oneself, beginning at Good."""
    session, _ = step(asked(kind, typing=False), Action.REVEAL)
    assert session.suggested == GOOD


@pytest.mark.parametrize("kind", BODIES)
def test_nothing_is_graded_before_the_answer_was_seen(kind: str) -> None:
    """Grades, ticks and the suggestion do not act on a card that is only asked."""
    for session in (asked(kind), asked(kind, typing=False)):
        for action, choice in ((Action.GRADE, 3), (Action.ACCEPT, None), (Action.TICK, "a")):
            assert step(session, action, choice) == (session, None)


def test_typed_answers_are_judged() -> None:
    """Right is Good, a slip of the keys Hard, wrong Again; what was typed stays as it was."""
    grades = {typed: answered("cloze", typed).suggested for typed in ("Soft Max", "sofmax", "x")}
    assert grades == {"Soft Max": GOOD, "sofmax": HARD, "x": AGAIN}
    assert answered("cloze", " soft  max ").given == "soft max"


def test_what_cannot_be_read_is_asked_again() -> None:
    """It is no answer: the card stays as it is but for the complaint, which an answer clears."""
    session, effect = step(asked("numeric"), Action.SUBMIT, "a lot")
    assert effect is Effect.ASK_AGAIN
    assert session._replace(complaint="") == asked("numeric")._replace(exercise=session.exercise)
    assert session.complaint.startswith("I read numbers like")
    session, effect = step(session, Action.SUBMIT, "1e9")
    assert (effect, session.complaint) == (Effect.SHOW_ANSWER, "")


def test_an_option_is_chosen_by_its_letter() -> None:
    """A letter that has no option does nothing, and one that has is the answer."""
    session = asked("choice")
    assert step(session, Action.CHOOSE, "d") == (session, None)
    suggested = set()
    for letter in "ac":
        chosen, effect = step(session, Action.CHOOSE, letter)
        assert (effect, chosen.given) == (Effect.SHOW_ANSWER, letter)
        suggested.add(chosen.suggested)
    assert suggested == {AGAIN, GOOD}


def test_typing_can_be_left_and_taken_up_again() -> None:
    """While an answer is typed only that acts; Esc leads to the other keys, and t back."""
    session = asked("cloze")
    assert actions(session) == (Action.SUBMIT, Action.LEAVE)
    left, effect = step(session, Action.LEAVE)
    assert (left.stage, effect) == (Stage.ASKING, Effect.SHOW_STAGE)
    assert {Action.TYPE, Action.SKIP, Action.HINT, Action.END} <= set(actions(left))
    assert step(left, Action.TYPE)[0] == session


def test_an_explanation_may_be_typed() -> None:
    """Its phrases tick key points, and ticking goes on from there."""
    session, _ = step(asked("explain"), Action.TYPE)
    session, _ = step(session, Action.SUBMIT, "It is number one.")
    assert session.ticked == {"a"}
    assert session.suggested == AGAIN
    session, _ = step(session, Action.TICK, "c")
    assert session.suggested == HARD
    session, _ = step(asked("explain"), Action.TYPE)
    assert step(session, Action.SUBMIT, "")[0].ticked == frozenset()


def test_hints_come_one_by_one_and_cost_the_good() -> None:
    """After a hint Hard is the most; when all were taken the key is gone; typing goes on."""
    session, _ = step(asked("cloze"), Action.LEAVE)
    session, effect = step(session, Action.HINT)
    assert (session.stage, effect) == (Stage.TYPING, Effect.SHOW_HINT)
    assert step(session, Action.SUBMIT, "softmax")[0].suggested == HARD
    assert Action.HINT not in actions(step(session, Action.LEAVE)[0])
    session = asked("explain")
    for taken in range(4):
        assert session.hints == taken
        session, _ = step(session, Action.HINT)
        assert session.stage is Stage.ASKING
    assert Action.HINT not in actions(session)
    session, _ = step(session, Action.REVEAL)
    for letter in "acdg":
        session, _ = step(session, Action.TICK, letter)
    assert session.suggested == HARD


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


def test_what_waits_for_room_is_read_before_the_suggestion_is_taken() -> None:
    """With more to show, going on shows it; grades act all the same."""
    session = revealed("acd")._replace(more=True)
    assert step(session, Action.ACCEPT) == (session, None)
    assert step(session, Action.MORE)[1] is Effect.SHOW_MORE
    assert step(session, Action.GRADE, 2)[1] is Effect.SAVE


def test_what_cannot_act_is_not_offered() -> None:
    """No full answer, no example, no points, nothing to take back: no key for them."""
    plain = question(0, full=False, example=False)
    bare, _ = step(begin(exercise("explain", plain), plain), Action.REVEAL)
    missing = {Action.FULL, Action.EXAMPLE, Action.TICK, Action.UNDO, Action.REDO, Action.MORE}
    assert not set(actions(bare)) & missing
    assert Action.HINT not in actions(begin(exercise("explain", plain), plain))
    for kind in ("choice", "follow-up"):
        assert Action.TYPE not in actions(asked(kind))
    assert Action.CHOOSE not in actions(asked("explain"))
    session, _ = step(revealed(), Action.FULL)
    assert Action.FULL not in actions(session)
    assert Action.UNDO in actions(asked("explain")._replace(can_undo=True))


def test_without_a_card_one_goes_on_ends_or_takes_back() -> None:
    """When only tired cards are left, or none, there is no card to grade."""
    paused = Session(Stage.PAUSED, can_undo=True)
    assert actions(paused) == (Action.GO_ON, Action.UNDO, Action.KEYS, Action.END)
    assert step(paused, Action.GO_ON)[1] is Effect.GO_ON
    assert actions(Session(Stage.FINISHED, can_undo=True)) == (
        Action.UNDO,
        Action.KEYS,
        Action.END,
    )


choices = st.one_of(
    st.none(), st.integers(-1, 6), st.sampled_from(["a", "c", "g", "z", "", "softmax", "1 2 3"])
)
presses = st.lists(st.tuples(st.sampled_from(Action), choices), max_size=12)


@given(st.sampled_from(sorted(BODIES)), st.booleans(), presses)
@settings(max_examples=300)
def test_any_sequence_saves_at_most_once_and_only_what_was_revealed(
    kind: str, typing: bool, pressed: list[tuple[Action, str | int | None]]
) -> None:
    """Whatever is pressed: one answer at most, after the reveal, with a real grade, then rest."""
    session = asked(kind, typing=typing)._replace(can_undo=True)
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
