"""Convolutions: against loops, against each other, and what is refused."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.convolution import conv2d, conv_as_dense


def by_loops(
    x: np.ndarray,
    weight: np.ndarray,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    groups: int = 1,
) -> np.ndarray:
    """The definition, one product after the other."""
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    filters, seen, height, width = weight.shape
    rows = (x.shape[1] - dilation * (height - 1) - 1) // stride + 1
    columns = (x.shape[2] - dilation * (width - 1) - 1) // stride + 1
    y = np.zeros((filters, rows, columns))
    for o, i, j in np.ndindex(*y.shape):
        first = o // (filters // groups) * seen
        for c, u, v in np.ndindex(seen, height, width):
            cell = x[first + c, i * stride + u * dilation, j * stride + v * dilation]
            y[o, i, j] += weight[o, c, u, v] * cell
    return y


@settings(max_examples=30)
@given(
    st.integers(0, 99),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.fixed_dictionaries(
        {
            "stride": st.integers(1, 3),
            "padding": st.integers(0, 2),
            "dilation": st.integers(1, 2),
            "groups": st.integers(1, 2),
        }
    ),
)
def test_conv2d_equals_loops(seed: int, kernel: tuple[int, int], layout: dict[str, int]) -> None:
    """Any stride, padding, dilation and grouping, and kernels that are not square."""
    random = np.random.default_rng(seed)
    x, weight = (
        random.normal(size=(4, 5, 6)),
        random.normal(size=(2, 4 // layout["groups"], *kernel)),
    )
    found = conv2d(x=x, weight=weight, bias=[0, 0], **layout).results["y"]
    np.testing.assert_allclose(found, by_loops(x, weight, **layout), atol=1e-12)


def test_defaults_find_edges() -> None:
    """The first filter answers at the left edge of the square and, negative, at the right."""
    y = np.asarray(conv2d().results["y"])
    assert y.shape == (3, 3, 3)
    np.testing.assert_array_equal(y[0], [[2, 0, -2], [6, 0, -6], [2, 0, -2]])
    np.testing.assert_array_equal(y[1], y[0].T + 1)


def test_conv_as_dense_counts_its_weights() -> None:
    """81 weights of 225 are not 0, and they have 9 values."""
    results = conv_as_dense().results
    assert np.shape(results["matrix"]) == (9, 25)
    assert (results["nonzeros"], results["distinct"]) == (81, 9)


@settings(max_examples=20)
@given(st.integers(0, 99), st.integers(1, 4), st.integers(1, 4))
def test_the_two_forms_agree(seed: int, height: int, width: int) -> None:
    """The matrix gives what the sliding window gives."""
    random = np.random.default_rng(seed)
    x, kernel = random.normal(size=(5, 6)), random.normal(size=(height, width))
    dense = conv_as_dense(x=x, kernel=kernel).results["y"]
    loops = by_loops(x[None], kernel[None, None])[0]
    np.testing.assert_allclose(dense, loops, atol=1e-12)


@pytest.mark.parametrize(
    ("example", "given_", "message"),
    [
        (conv2d, {"groups": "2"}, "conv2d: 2 groups do not divide 2 channels and 3 filters"),
        (conv2d, {"groups": "0"}, "groups: expected a whole number from 1 to 10; came 0"),
        (conv2d, {"x": [[[1.0]]]}, "weight has 2 channels a filter; x has 1 in 1 groups: 1"),
        (conv2d, {"bias": "1"}, "bias has 1 entries and weight 3 filters"),
        (conv2d, {"dilation": "4"}, "a window is 9 high and the padded input 7; it must fit in"),
        (conv_as_dense, {"kernel": "[[1, 1, 1, 1, 1, 1]]"}, "the kernel is 6 wide and x 5"),
        (conv_as_dense, {"x": np.ones((11, 11))}, "x has 121 entries; expected at most 100"),
    ],
)
def test_what_does_not_fit_is_refused(example: Any, given_: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given_)
    assert message in str(caught.value)
