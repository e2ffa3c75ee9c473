"""XOR: out of reach of one neuron, within reach of two layers."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.xor import xor


def test_the_network_solves_it_and_one_neuron_does_not() -> None:
    """All four rows are right; the best line gets three."""
    results = xor().results
    np.testing.assert_array_equal(results["predicted"], [0, 1, 1, 0])
    assert results["accuracy"] == 1
    assert results["accuracy_of_one_neuron"] == 0.75


def test_one_neuron_does_all_tables_but_two() -> None:
    """Of the 16 truth tables of two inputs exactly XOR and XNOR are beyond a line."""
    tables = list(product([0, 1], repeat=4))
    failed = [y for y in tables if xor(y=list(y)).results["accuracy_of_one_neuron"] < 1]
    assert failed == [(0, 1, 1, 0), (1, 0, 0, 1)]


def test_no_random_line_does_better() -> None:
    """Of a hundred thousand random neurons none gets all of XOR right."""
    random = np.random.default_rng(0)
    w, b = random.normal(size=(100_000, 2)), random.normal(size=100_000)
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    right = ((w @ corners.T + b[:, None] > 0) == [0, 1, 1, 0]).mean(axis=1)
    assert right.max() == 0.75


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"y": "0,1"}, "y has 2 entries; the truth table has 4"),
        ({"W1": "[[1, 2, 3]]"}, "W1 has 3 columns; there are 2 inputs"),
        ({"b1": "1"}, "b1 has 1 entries and W1 has 2 rows"),
        ({"w2": "1,2,3"}, "w2 has 3 entries and W1 has 2 rows"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        xor(**given)
    assert message in str(caught.value)
