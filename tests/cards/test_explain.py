"""The explain card: letters for its key points, and the grade that the ticked ones suggest."""

from hypothesis import given
from hypothesis import strategies as st

from nnquiz.cards.explain import LETTERS, Sheet, ask, grade
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
