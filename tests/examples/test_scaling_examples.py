"""Question 10: scaled features, round bowls, and what leaks."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.example import Example
from nnquiz.examples.scaling import conditioning, leakage, scalers


def test_scalers_by_hand() -> None:
    """Means 2 and 100, deviations 1 and 50; quartiles by linear interpolation."""
    results = scalers().results
    np.testing.assert_allclose(results["centre"], [2, 100])
    np.testing.assert_allclose(results["spread"], [1, 50])
    narrow = scalers(method="minmax").results
    np.testing.assert_allclose(narrow["centre"], [0.6, 30])
    np.testing.assert_allclose(narrow["spread"], [2.8, 140])
    np.testing.assert_allclose(
        scalers(X=[[0], [1], [2], [3], [100]], method="robust").results["scaled"],
        [[-1], [-0.5], [0], [0.5], [49]],
    )


@pytest.mark.parametrize("method", ["standard", "minmax", "robust"])
def test_a_constant_feature_becomes_zero(method: str) -> None:
    """Nothing is divided by zero, nor by the rounding of a mean."""
    z = np.asarray(scalers(X=[[0.1, 1], [0.1, 2], [0.1, 4]], method=method).results["scaled"])
    np.testing.assert_array_equal(z[:, 0], z[0, 0])
    assert abs(z[0, 0]) < 1e-12


@settings(max_examples=30)
@given(st.integers(0, 1000), st.floats(0.01, 100), st.floats(-50, 50))
def test_scaling_undoes_any_change_of_units(seed: int, factor: float, shift: float) -> None:
    """Multiplying and shifting a column leaves its scaled values as they are."""
    x = np.asarray(scalers(seed=seed).inputs["X"])
    for method in ("standard", "minmax", "robust"):
        np.testing.assert_allclose(
            scalers(X=x * factor + shift, method=method).results["scaled"],
            scalers(X=x, method=method).results["scaled"],
            atol=1e-8,
        )


def test_the_condition_number_falls_from_thousands_to_about_one() -> None:
    """6867 on the table as it is, 1.027 when it is standardised: 15812 steps against 2."""
    results = conditioning().results
    assert results["cond_before"] == pytest.approx(6866.729478, abs=1e-5)
    assert results["cond_after"] == pytest.approx((1 + 1 / 75) / (1 - 1 / 75))
    assert (results["steps_before"], results["steps_after"]) == (15812, 2)


def test_a_round_bowl_takes_one_step() -> None:
    """With orthogonal features of one scale the condition number is 1."""
    results = conditioning(X=[[1, 1], [1, -1], [-1, 1], [-1, -1]]).results
    assert results["cond_before"] == 1
    assert results["steps_before"] == 1
    assert results["lr_max_before"] == 2


def test_another_unit_changes_the_bowl_before_and_not_after() -> None:
    """The ratio acts on the unscaled features alone."""
    usual, other = conditioning().results, conditioning(ratio=0.02).results
    assert other["cond_before"] < usual["cond_before"]  # type: ignore[operator]
    np.testing.assert_allclose(other["H_after"], usual["H_after"], atol=1e-12)


def test_leakage_by_hand() -> None:
    """Mean 5 and deviation 2: 13 and 15 are 4 and 5 deviations out; with all ten, about half."""
    results = leakage().results
    np.testing.assert_allclose(results["honest"], [4, 5])
    np.testing.assert_allclose(results["leaky"], [6.2 / 16.36**0.5, 8.2 / 16.36**0.5])


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (scalers, {"method": "log"}, "method: expected one of standard, minmax, robust"),
        (conditioning, {"X": "[[1, 2], [2, 4]]"}, "before scaling, some features of X"),
        (conditioning, {"X": "[[1, 2], [1, 5], [1, 3]]"}, "after scaling, some features of X"),
        (conditioning, {"ratio": "0"}, "ratio: expected a number above 0; came 0"),
        (leakage, {"train": "10"}, "train is 10 and x has 10 entries; one at least must be left"),
        (leakage, {"train": "1"}, "train: expected a whole number from 2 to 99; came 1"),
        (leakage, {"x": "1,1,1,2", "train": 3}, "the training values are all equal"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
