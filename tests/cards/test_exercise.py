"""What all kinds of cards have in common: grades that follow from marks, hints, and shuffles."""

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards.exercise import Exercise, Prompt, Turn
from nnquiz.cards.result import NOTHING, Outcome
from nnquiz.model.event import AGAIN, GOOD, HARD

EXERCISE = Exercise("order", Prompt(NOTHING), [{"kind": "rule"}], None, problem="p@1:2")


@given(best=st.integers(1, 40), data=st.data())
@settings(max_examples=60)
def test_grades_follow_from_marks(best: int, data: st.DataObject) -> None:
    """All marks are Good, half of them Hard at least, fewer Again; more is never worse."""
    marks = data.draw(st.integers(0, best))
    result = EXERCISE.marked(marks, best, "said", "typed")
    assert result.suggested == (GOOD if marks == best else HARD if marks / best >= 0.5 else AGAIN)
    assert (result.outcome is Outcome.RIGHT) == (marks == best)
    assert (result.outcome is Outcome.WRONG) == (marks == 0)
    assert result.suggested >= EXERCISE.marked(max(0, marks - 1), best, "", "").suggested
    assert (result.right, result.problem) == (EXERCISE.right, EXERCISE.problem)


def test_what_a_hint_costs() -> None:
    """After a hint Hard is the most, and what is worse stays as it is."""
    results = [EXERCISE.marked(n, 4, "", "") for n in (4, 2, 0)] + [EXERCISE.shown()]
    assert [result.suggested for result in results] == [GOOD, HARD, AGAIN, GOOD]
    assert [result.after_hint().suggested for result in results] == [HARD, HARD, AGAIN, HARD]


@given(count=st.integers(0, 12), reviews=st.integers(0, 1000), card=st.text(max_size=10))
@settings(max_examples=60)
def test_shuffles_are_permutations_of_their_own(count: int, reviews: int, card: str) -> None:
    """A shuffle holds every number once, and leaves other random numbers alone."""
    before = random.getstate()
    turn = Turn(card, reviews, lambda _: False)
    assert sorted(turn.shuffled(count)) == list(range(count))
    assert turn.shuffled(count) == turn.shuffled(count)
    assert random.getstate() == before


def test_a_shuffle_stays_what_it_was(turn: Callable[..., Turn]) -> None:
    """The order of a past review can be told again, on any machine and version of Python."""
    assert [turn(n).shuffled(5) for n in range(3)] == [
        (0, 1, 3, 4, 2),
        (3, 1, 2, 0, 4),
        (4, 3, 0, 1, 2),
    ]
