"""Shifts, convolutions and global pooling."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.translation import equivariance, invariance


@settings(max_examples=30)
@given(st.integers(0, 999), st.tuples(st.integers(-9, 9), st.integers(-9, 9)))
def test_circular_convolution_commutes_with_every_shift(seed: int, shift: tuple[int, int]) -> None:
    """Any image, any odd kernel, any shift."""
    random = np.random.default_rng(seed)
    x, kernel = random.normal(size=(5, 7)), random.normal(size=(3, 5))
    results = equivariance(x=x, kernel=kernel, shift=list(shift)).results
    assert results["diff"] < 1e-13  # type: ignore[operator]


def test_a_border_of_zeros_breaks_it_only_where_it_is_met() -> None:
    """The square agrees with itself as long as it stays inside, and no longer at the border."""
    assert equivariance().results["diff"] == 0
    assert equivariance(padding="zero", shift="1,1").results["diff"] == 0
    assert equivariance(padding="zero", shift="2,2").results["diff"] > 0  # type: ignore[operator]


def test_zero_padding_leaves_the_inside_of_the_map_alone() -> None:
    """The two kinds of padding differ on the outermost ring only."""
    random = np.random.default_rng(0)
    x, kernel = random.normal(size=(6, 6)), random.normal(size=(3, 3))
    given_: dict[str, Any] = {"x": x, "kernel": kernel, "shift": [0, 0]}
    circular, zero = (
        np.asarray(equivariance(**given_, padding=padding).results["shift_then_conv"])
        for padding in ("circular", "zero")
    )
    np.testing.assert_allclose(circular[1:-1, 1:-1], zero[1:-1, 1:-1])
    assert not np.allclose(circular, zero)


@pytest.mark.parametrize("pool", ["max", "mean"])
def test_global_pooling_forgets_the_place(pool: str) -> None:
    """All 64 shifts of the image give one answer, unless there is a border."""
    results = invariance(pool=pool).results
    assert np.shape(results["by_shift"]) == (8, 8)
    assert results["diff"] == pytest.approx(0, abs=1e-15)
    assert invariance(pool=pool, padding="zero").results["diff"] > 0.01  # type: ignore[operator]


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"kernel": "[[1, 1], [1, 1]]"}, "the kernel is 2 x 2; expected odd sides"),
        ({"x": "[[1, 2]]"}, "the kernel is 3 x 3 and x 1 x 2; it must fit in"),
        ({"padding": "reflect"}, "padding: expected one of circular, zero"),
    ],
)
def test_what_does_not_fit_is_refused(given_: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came, in both examples."""
    for example in (equivariance, invariance):
        with pytest.raises(BadInput) as caught:
            example(**given_)
        assert message in str(caught.value)


def test_a_shift_has_two_parts() -> None:
    """Rows and columns, in whole pixels."""
    with pytest.raises(BadInput, match="shift has 1 entries; it takes rows down and columns"):
        equivariance(shift="1")
    with pytest.raises(BadInput, match="shift: expected whole numbers in a row"):
        equivariance(shift="0.5,1")
