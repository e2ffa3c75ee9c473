"""The fully connected layer."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.dense import dense


def test_defaults_by_hand() -> None:
    """1 - 3 + 0.5 and 2 + 2 + 1.5 - 1; then -2 + 0.5 and -1 + 1 - 1."""
    np.testing.assert_array_equal(dense().results["y"], [[-1.5, 4.5], [-1.5, -1]])


def test_a_sample_of_zeros_gives_the_bias() -> None:
    """Without an input only the bias is left."""
    np.testing.assert_array_equal(dense(X=[[0, 0, 0]]).results["y"], [[0.5, -1]])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"X": "[[1, 2]]"}, "dense: W has 3 columns and X has 2; each feature has its weight"),
        ({"b": "1"}, "dense: b has 1 entries and W has 2 rows; each output has one"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        dense(**given)
    assert message in str(caught.value)
