"""Numbers taken from a random generator."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnquiz.problems.draws import choose, decimal, decimals, distinct, integer, shuffled, signed


def test_the_same_seed_gives_the_same_numbers_for_ever() -> None:
    """These numbers must not change with Python's version, or past problems change with them."""
    rng = Random("neuron@1:7")
    assert [integer(rng, 1, 100) for _ in range(4)] == [52, 23, 99, 52]
    assert decimals(rng, 3, -1.0, 1.0) == (-0.4, -0.1, -0.8)
    assert shuffled(rng, "abcdef") == ("e", "d", "f", "a", "c", "b")
    assert signed(rng, 0.5, 2.0) == 0.6


@given(st.integers(0, 10**6), st.integers(-50, 50), st.integers(0, 20))
def test_integers_stay_in_their_range(seed: int, low: int, width: int) -> None:
    """Both ends are included and nothing beyond."""
    rng = Random(seed)
    assert all(low <= integer(rng, low, low + width) <= low + width for _ in range(50))


def test_both_ends_are_drawn() -> None:
    """The first and the last value come up, and so does each between."""
    rng = Random(0)
    assert {integer(rng, 1, 6) for _ in range(300)} == {1, 2, 3, 4, 5, 6}
    assert {decimal(rng, -0.2, 0.2) for _ in range(300)} == {-0.2, -0.1, 0.0, 0.1, 0.2}


@given(st.integers(0, 10**6))
def test_decimals_are_written_as_they_are_meant(seed: int) -> None:
    """0.3 is 0.3, not 0.30000000000000004, and zero has no sign."""
    value = decimal(Random(seed), -2.0, 2.0)
    assert len(str(abs(value))) == 3
    assert math.copysign(1, value) == 1 or value != 0


@given(st.integers(0, 10**6))
def test_signed_numbers_are_never_zero(seed: int) -> None:
    """Their size stays in the range, whatever their sign."""
    assert 0.1 <= abs(signed(Random(seed), 0.1, 1.5)) <= 1.5


@given(st.integers(0, 10**6), st.lists(st.integers(), unique=True, min_size=3, max_size=9))
def test_a_shuffle_keeps_what_there_was(seed: int, items: list[int]) -> None:
    """Nothing is lost or doubled, and a choice is a member."""
    rng = Random(seed)
    assert sorted(shuffled(rng, items)) == sorted(items)
    assert len(set(distinct(rng, items, 3))) == 3
    assert choose(rng, items) in items


@pytest.mark.parametrize("position", range(3))
def test_a_shuffle_is_fair(position: int) -> None:
    """Each item stands in each place about equally often."""
    rng = Random(1)
    places = [shuffled(rng, "abc")[position] for _ in range(3000)]
    assert all(900 < places.count(letter) < 1100 for letter in "abc")
