"""Max pooling with a stride, and what a blur does to it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnquiz.errors import BadInput
from nnquiz.examples.aliasing import aliasing, blur, max_pool

signals = arrays(float, 12, elements=st.floats(-9, 9).map(lambda number: round(number, 2)))


def test_the_published_example() -> None:
    """Zhang (2019): 00110011 gives 0101, one step on 1111; blurred, ½1½1 and ¾ throughout."""
    results = aliasing().results
    np.testing.assert_array_equal(results["pooled"], [0, 1, 0, 1])
    np.testing.assert_array_equal(results["pooled_shifted"], [1, 1, 1, 1])
    np.testing.assert_array_equal(results["blurred"], [0.5, 1, 0.5, 1])
    np.testing.assert_array_equal(results["blurred_shifted"], [0.75] * 4)
    assert (results["change"], results["change_blurred"]) == (1, 0.25)


@settings(max_examples=40)
@given(signals, st.integers(1, 4), st.sampled_from([1, 2, 3, 4]))
def test_pooling_equals_slices(x: np.ndarray, window: int, stride: int) -> None:
    """Each output is the maximum of its slice of the signal, written twice in a row."""
    twice = np.concatenate([x, x])
    wanted = [twice[i : i + window].max() for i in range(0, 12, stride)]
    np.testing.assert_array_equal(max_pool(x, window, stride), wanted)


@settings(max_examples=40)
@given(signals, st.integers(-5, 5))
def test_a_blur_commutes_with_a_shift(x: np.ndarray, shift: int) -> None:
    """At stride 1 it is a convolution; its weights are normalised and centred."""
    taps = np.array([1.0, 2, 1])
    np.testing.assert_allclose(
        blur(np.roll(x, shift), taps), np.roll(blur(x, taps), shift), atol=1e-12
    )
    np.testing.assert_allclose(
        blur(x, taps), (np.roll(x, 1) + 2 * x + np.roll(x, -1)) / 4, atol=1e-12
    )


def test_without_a_blur_or_a_stride() -> None:
    """A single tap changes nothing; at stride 1 the outputs are only shifted."""
    plain = aliasing(taps="1").results
    np.testing.assert_array_equal(plain["blurred"], plain["pooled"])
    dense = aliasing(stride=1).results
    np.testing.assert_array_equal(np.roll(dense["pooled"], -1), dense["pooled_shifted"])


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"stride": "3"}, "stride=3 does not divide the 8 places of x"),
        ({"taps": "0,0"}, "taps are all 0; one weight at least is above it"),
        ({"taps": "1,-1"}, "taps: expected numbers in a row such as 1,0,1, at least 0; came -1"),
    ],
)
def test_what_does_not_fit_is_refused(given_: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        aliasing(**given_)
    assert message in str(caught.value)
