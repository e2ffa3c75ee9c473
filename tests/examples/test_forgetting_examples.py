"""Question 11: elastic weights, Fisher information and measures of forgetting by hand."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.example import Example
from nnquiz.examples.forgetting import ewc_quadratic, fisher_diag, forgetting_matrix


def test_ewc_by_hand() -> None:
    """Both Hessians are diagonal: (0.75·3 + 15·1)/15.75 and (3·(-1) + 3.75·2)/6.75."""
    results = ewc_quadratic().results
    np.testing.assert_allclose(results["theta_a"], [1, 2])
    np.testing.assert_allclose(results["theta_b"], [3, -1])
    np.testing.assert_allclose(results["fisher"], [3, 0.75])
    np.testing.assert_allclose(results["theta"], [17.25 / 15.75, 4.5 / 6.75])


def test_ewc_goes_from_one_task_to_the_other() -> None:
    """No penalty gives task B's weights, a huge one task A's; in between it lies between."""
    plain = ewc_quadratic(lam=0).results
    np.testing.assert_allclose(plain["theta"], plain["theta_b"])
    stiff = ewc_quadratic(lam=1e6).results
    np.testing.assert_allclose(stiff["theta"], stiff["theta_a"], atol=1e-4)
    on_a = [np.asarray(ewc_quadratic(lam=lam).results["losses"])[2, 0] for lam in (0, 1, 5, 100)]
    assert on_a == sorted(on_a, reverse=True)


def test_the_same_inputs_make_the_tasks_share_their_curvature() -> None:
    """With full overlap every direction is as needed by one task as by the other."""
    trace = ewc_quadratic(overlap=1)
    [mixed] = [step.value for step in trace.steps if step.name == "mixed X_b"]
    np.testing.assert_array_equal(mixed, trace.inputs["X_a"])
    theta_a, theta_b = (np.asarray(trace.results[name]) for name in ("theta_a", "theta_b"))
    # Both Hessians are the same diagonal, so each weight is the average 5 : 1.
    np.testing.assert_allclose(trace.results["theta"], (5 * theta_a + theta_b) / 6)


def test_fisher_by_hand() -> None:
    """At w = 0 every p is 1/2: both Fishers are a quarter of the mean squares."""
    results = fisher_diag(w="0,0").results
    np.testing.assert_allclose(results["fisher"], [6 / 16, 9 / 16])
    np.testing.assert_allclose(results["empirical"], [6 / 16, 9 / 16])


def test_labels_move_the_empirical_fisher_only() -> None:
    """The true Fisher does not know the data's labels."""
    right, wrong = fisher_diag().results, fisher_diag(y="0,0,1,1").results
    np.testing.assert_array_equal(right["fisher"], wrong["fisher"])
    assert (np.asarray(wrong["empirical"]) > np.asarray(right["empirical"])).all()


def test_forgetting_by_hand() -> None:
    """A = 2.2/3, BWT = (-0.2 - 0.1)/2, forgetting = (0.3 + 0.1)/2."""
    results = forgetting_matrix().results
    assert results["average_accuracy"] == pytest.approx(2.2 / 3)
    assert results["bwt"] == pytest.approx(-0.15)
    assert results["forgetting"] == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (ewc_quadratic, {"y_a": "1,2"}, "X_a has 4 rows and y_a has 2 entries"),
        (ewc_quadratic, {"X_b": "[[1], [2]]", "y_b": "1,2"}, "X_a has 2 columns and X_b has 1"),
        (
            ewc_quadratic,
            {"X_b": "[[1, 0], [0, 1]]", "y_b": "1,2", "overlap": 0.5},
            "overlap mixes the rows of X_a (4) and X_b (2)",
        ),
        (ewc_quadratic, {"X_a": "[[1, 2], [2, 4]]", "y_a": "1,2"}, "X_a has columns that depend"),
        (ewc_quadratic, {"lam": -1}, "lam: expected a number from 0"),
        (fisher_diag, {"y": "1"}, "X has 4 rows and y has 1 entries"),
        (fisher_diag, {"w": "1"}, "w has 1 entries and X has 2 columns"),
        (forgetting_matrix, {"R": "[[0.5, 0.5]]"}, "R has 1 rows and 2 columns"),
        (forgetting_matrix, {"R": "[[0.5]]"}, "R has one task; forgetting takes two at least"),
        (forgetting_matrix, {"R": "[[0.5, 2], [0, 1]]"}, "from 0 to 1; came 2"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
