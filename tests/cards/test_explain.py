"""The explain card: letters for its key points, and the grade that the ticked ones suggest."""

from hypothesis import given
from hypothesis import strategies as st

from nnquiz.cards.exercise import Turn
from nnquiz.cards.explain import LETTERS, Sheet, ask, exercise, grade, grade_typed, read
from nnquiz.cards.result import Outcome
from nnquiz.model.event import AGAIN, GOOD, HARD
from nnquiz.model.question import KeyPoint, Passage, Question

EMPTY = Passage("", [])


def sheet(*weights: int) -> Sheet:
    """Return the card of a question whose key points have these weights."""
    points = tuple(KeyPoint(f"p{n}", EMPTY, weight, ()) for n, weight in enumerate(weights))
    return ask(
        Question(
            bank="b",
            number=1,
            id="q",
            question=EMPTY,
            topic="",
            level="",
            tags=(),
            short=EMPTY,
            full=EMPTY,
            key_points=points,
            follow_ups=(),
            pitfalls=(),
            examples=(),
            cards=(),
            sources=(),
            file="",
            line=1,
        )
    )


def test_the_first_eight_letters_are_the_promised_ones() -> None:
    """Up to eight points are ticked with a c d g j k l w, which mean nothing else."""
    assert sheet(*[1] * 8).letters == tuple("acdgjklw")


def test_no_letter_means_two_things() -> None:
    """A letter that ticks is no key of the drill, and occurs once."""
    assert len(set(LETTERS)) == len(LETTERS)
    assert not set(LETTERS) & set("bfhesxuUq?!1234")


def test_coverage_by_weight_suggests_the_grade() -> None:
    """Under a half Again, under three quarters Hard, else Good: at the very borders."""
    four = sheet(2, 2, 2, 2)
    assert [grade(four, set("acdg"[:n])) for n in range(5)] == [AGAIN, AGAIN, HARD, GOOD, GOOD]


def test_a_missing_essential_point_gives_at_most_hard() -> None:
    """All but a point of weight 3 is Hard, however much that is."""
    card = sheet(3, *[2] * 7)
    assert grade(card, set(card.letters) - {"a"}) == HARD
    assert grade(card, set(card.letters) - {"w"}) == GOOD


def test_weights_count_and_not_points() -> None:
    """One point of weight 3 beside two of weight 1 is more than half, two bonuses are less."""
    card = sheet(3, 1, 1)
    assert grade(card, {"a"}) == HARD
    assert grade(card, {"c", "d"}) == AGAIN


def test_without_key_points_good_is_suggested() -> None:
    """Where nothing says otherwise the answer is taken as known."""
    assert grade(sheet(), set()) == GOOD


def test_points_beyond_the_letters_are_not_counted() -> None:
    """A deck with more points than letters can still reach Good."""
    card = sheet(*[1] * (len(LETTERS) + 10))
    assert grade(card, set(LETTERS)) == GOOD


@given(st.lists(st.integers(1, 3), min_size=1, max_size=8), st.data())
def test_one_more_tick_never_lowers_the_grade(weights: list[int], data: st.DataObject) -> None:
    """Saying more is never worse, and Easy is never suggested."""
    card = sheet(*weights)
    ticked = data.draw(st.sets(st.sampled_from(card.letters)))
    more = ticked | {data.draw(st.sampled_from(card.letters))}
    assert AGAIN <= grade(card, ticked) <= grade(card, more) <= GOOD


def essay(*phrases: tuple[str, ...], weight: int = 2) -> Question:
    """Return a question whose key points are ticked by these phrases."""
    points = tuple(KeyPoint(f"p{n}", EMPTY, weight, accept) for n, accept in enumerate(phrases))
    return sheet().question._replace(key_points=points)


TURN = Turn("b/q/explain", 0, lambda _: False)


def test_a_typed_answer_ticks_what_it_names() -> None:
    """Each point is ticked by any of its phrases, and the ticks suggest the grade."""
    question = essay(("softmax over keys",), ("divide by root d_k", "scaled"), ("causal mask",))
    typed = "The scores are scaled,\nthen comes a softmax over the keys."
    result = grade_typed(exercise(question, TURN), typed)
    assert result.ticked == frozenset("ac")
    assert result.suggested == grade(ask(question), result.ticked) == HARD
    assert result.outcome is Outcome.SHOWN, "whoever typed knows better"
    assert result.typed == "The scores are scaled, then comes a softmax over the keys."


def test_what_is_denied_is_not_ticked() -> None:
    """A point that the answer denies is left for its owner to tick."""
    question = essay(("softmax",), ("scaled",))
    assert read(ask(question), "It is not scaled, and has a softmax") == frozenset("a")


def test_nothing_typed_ticks_nothing() -> None:
    """Without a typed answer the card is graded by hand, from no ticks on."""
    result = grade_typed(exercise(essay(("softmax",)), TURN), "")
    assert (result.ticked, result.suggested) == (frozenset(), AGAIN)


def test_the_key_points_are_the_hints() -> None:
    """One hint is one key point, in their order, also where there are more points than letters."""
    question = essay(*[("x",)] * (len(LETTERS) + 3))
    asked = exercise(question, TURN)
    assert len(asked.prompt.hints) == len(LETTERS) + 3
    assert asked.prompt.hints[0] == question.key_points[0].point.blocks
    assert asked.key == ask(question)
    assert asked.right == question.short.blocks
