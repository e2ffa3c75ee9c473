"""The four buttons: what they promise is what is saved, and always in order."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnquiz.model.state import CardState
from nnquiz.study.memory import first, interval, next_memory
from nnquiz.study.schedule import LONGEST_INTERVAL, answered, choices, fuzz, fuzz_band

TODAY = 739_000

card_ids = st.text(min_size=1, max_size=20)
retentions = st.floats(0.70, 0.99)
known_states = st.builds(
    CardState,
    card=card_ids,
    stability=st.floats(0.001, 36500),
    difficulty=st.floats(1, 10),
    day=st.integers(TODAY - 4000, TODAY + 2),
    due=st.just(TODAY),
    grade=st.sampled_from((1, 2, 3, 4)),
    reviews=st.integers(1, 500),
    first_day=st.integers(TODAY - 4000, TODAY - 4000),
)
states = st.builds(CardState, card=card_ids) | known_states


@given(states, retentions)
def test_buttons_are_in_order(state: CardState, retention: float) -> None:
    """Again is due today, and Hard, Good and Easy on later days, none before the one before it."""
    again, hard, good, easy = choices(state, TODAY, retention)
    assert again.due == TODAY
    assert hard.due is not None
    assert good.due is not None
    assert easy.due is not None
    assert TODAY < hard.due <= good.due <= easy.due <= TODAY + LONGEST_INTERVAL


@given(states, st.sampled_from((1, 2, 3, 4)), retentions)
def test_an_answer_counts(state: CardState, grade: int, retention: float) -> None:
    """An answer adds one review of this day and grade, and keeps the day of the first one."""
    after = answered(state, grade, TODAY, retention)
    assert (after.card, after.grade, after.day) == (state.card, grade, TODAY)
    assert after.reviews == state.reviews + 1
    assert after.first_day == (TODAY if state.first_day is None else state.first_day)
    assert after == choices(state, TODAY, retention)[grade - 1]


def test_memory_and_due_day_are_those_of_the_model() -> None:
    """A second Good four days later moves the memory as FSRS says, and the due day with it."""
    once = answered(CardState("b/q/c"), 3, TODAY, 0.9)
    twice = answered(once, 3, TODAY + 4, 0.9)
    memory = next_memory(first(3), 3, 4)
    assert (twice.stability, twice.difficulty) == memory
    assert twice.due == TODAY + 4 + fuzz(interval(memory.stability, 0.9), "b/q/c", reviews=1)


@given(known_states)
def test_a_lapse_is_forgetting_what_was_kept_overnight(state: CardState) -> None:
    """Only Again on a later day than the last review counts as a lapse."""
    assert state.day is not None
    forgotten = answered(state, 1, TODAY, 0.9)
    assert forgotten.lapses == (state.day < TODAY)
    assert answered(forgotten, 1, TODAY, 0.9).lapses == forgotten.lapses
    assert answered(state, 3, TODAY, 0.9).lapses == 0


@given(st.floats(0, 1e6), card_ids, st.integers(0, 1000))
def test_fuzz_stays_in_its_band_and_repeats_itself(days: float, card: str, reviews: int) -> None:
    """Short intervals are rounded, longer ones end in their band, and always in the same place."""
    whole = fuzz(days, card, reviews)
    assert whole == fuzz(days, card, reviews)
    if days < 2.5:
        assert whole == max(1, round(days))
    else:
        low, high = fuzz_band(min(days, LONGEST_INTERVAL))
        assert low <= whole <= high <= LONGEST_INTERVAL


@pytest.mark.parametrize(
    ("days", "band"), [(2.5, (2, 4)), (7, (5, 9)), (20, (17, 23)), (100, (93, 107))]
)
def test_fuzz_band_has_the_width_of_anki(days: float, band: tuple[int, int]) -> None:
    """One day, and 15, 10 and 5 % of the parts up to 7, 20 and more days, to either side."""
    assert fuzz_band(days) == band


@given(st.floats(0, 40_000), st.floats(0, 40_000), card_ids, st.integers(0, 1000))
def test_fuzz_keeps_the_order_of_intervals(a: float, b: float, card: str, reviews: int) -> None:
    """Of two intervals of one card the longer never becomes the shorter."""
    short, long = sorted((a, b))
    assert fuzz(short, card, reviews) <= fuzz(long, card, reviews)


def test_fuzz_spreads_cards_evenly() -> None:
    """Many cards with one interval, and one card over many reviews, fall on every day alike."""
    by_card = Counter(fuzz(20, f"bank/question/c{i}", 3) for i in range(7000))
    by_review = Counter(fuzz(20, "bank/question/c", i) for i in range(7000))
    for counts in (by_card, by_review):
        assert sorted(counts) == list(range(17, 24))
        # 1000 expected each; five standard deviations of a fair draw are 146.
        assert max(abs(count - 1000) for count in counts.values()) < 146


def test_fuzz_is_the_same_for_ever() -> None:
    """Due days in logs that exist rest on these values: another hash would move them."""
    found = [
        fuzz(30, card, n) for card in ("nnquiz/attention/explain", "ä/β/c1") for n in (0, 1, 2)
    ]
    assert found == [29, 30, 30, 27, 32, 31]
