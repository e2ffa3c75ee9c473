"""Question 15: folds, bias and variance, dropout, decay and stopping by hand."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.bias_variance import bias_variance
from nnquiz.examples.cross_validation import kfold
from nnquiz.examples.example import Example
from nnquiz.examples.regularisation import dropout, early_stopping, weight_decay


def test_folds_by_hand() -> None:
    """Ten cases in three folds: four, three and three, as they come."""
    results = kfold().results
    np.testing.assert_array_equal(results["sizes"], [4, 3, 3])
    np.testing.assert_array_equal(results["fold"], [1, 1, 1, 1, 2, 2, 2, 3, 3, 3])


def test_a_seed_draws_cases_and_folds() -> None:
    """--seed gives other numbers of both, and seeds the shuffle."""
    traces = [kfold(seed=seed) for seed in range(40)]
    drawn = {(trace.inputs["n"], trace.inputs["k"]) for trace in traces}
    assert len(drawn) > 20
    assert kfold(seed=3).params["draw"] == 3


@settings(max_examples=30)
@given(st.integers(2, 60), st.integers(2, 60), st.integers(0, 99))
def test_folds_are_a_partition_however_shuffled(n: int, k: int, draw: int) -> None:
    """Each case is in one fold, sizes are even, and the same draw gives the same folds."""
    if k > n:
        with pytest.raises(BadInput, match=f"k is {k} and n is {n}"):
            kfold(n=n, k=k)
        return
    results = kfold(n=n, k=k, shuffle=True, draw=draw).results
    np.testing.assert_array_equal(np.sort(np.asarray(results["order"])), np.arange(n))
    np.testing.assert_array_equal(np.asarray(results["validation"]).sum(axis=0), 1)
    again = kfold(n=n, k=k, shuffle=True, draw=draw).results["fold"]
    np.testing.assert_array_equal(results["fold"], again)


def test_the_middle_degree_validates_best() -> None:
    """Degree 1 misses the sine, degree 9 goes through all ten points and fails between them."""
    results = bias_variance().results
    train, val = np.asarray(results["train_mse"]), np.asarray(results["val_mse"])
    assert results["best"] == 3
    assert train[2] == pytest.approx(0, abs=1e-12)
    assert (np.diff(train) < 0).all()
    assert val[1] < val[0] < val[2]


def test_ridge_tames_the_highest_degree() -> None:
    """A penalty raises the training error and lowers the validation error of degree 9."""
    free, tamed = bias_variance().results, bias_variance(lam=0.01).results
    assert np.asarray(tamed["train_mse"])[2] > np.asarray(free["train_mse"])[2]
    assert np.asarray(tamed["val_mse"])[2] < np.asarray(free["val_mse"])[2] / 5


def test_a_constant_is_fitted_by_the_mean() -> None:
    """Degree 0 without a penalty: the error is the variance of y."""
    trace = bias_variance(degree=[0], noise=0.5)
    y = np.asarray(trace.steps[0].value)[1]
    assert np.asarray(trace.results["train_mse"])[0] == pytest.approx(y.var())


def test_dropout_by_hand() -> None:
    """At p = 1/2 the kept ones double; at p = 0.8 they count five times."""
    np.testing.assert_array_equal(dropout().results["y"], [2, 0, 6, 8])
    np.testing.assert_allclose(dropout(p=0.8).results["y"], [5, 0, 15, 20])
    np.testing.assert_array_equal(dropout(p=0, mask="1,1,1,1").results["y"], [1, 2, 3, 4])


@given(st.floats(0, 0.99))
@settings(max_examples=50)
def test_dropout_keeps_the_expectation(p: float) -> None:
    """Over all sixteen masks, weighted by their chances, the mean of y is x."""
    total = np.zeros(4)
    for code in range(16):
        mask = [code >> i & 1 for i in range(4)]
        chance = np.prod([1 - p if kept else p for kept in mask])
        total += chance * np.asarray(dropout(mask=mask, p=p).results["y"])
    np.testing.assert_allclose(total, [1, 2, 3, 4], rtol=1e-9)


def test_weight_decay_by_hand() -> None:
    """The factor is 0.999; the penalty 0.005 · 14; the first step 0.999 - 0.05."""
    results = weight_decay().results
    assert results["factor"] == pytest.approx(0.999)
    assert results["penalty"] == pytest.approx(0.07)
    np.testing.assert_allclose(np.asarray(results["weights"])[1], [0.949, -1.998, 3.097])
    np.testing.assert_allclose(np.asarray(results["weights"])[5, 1], -2 * 0.999**5)


def test_weights_settle_where_decay_and_gradient_balance() -> None:
    """With a steady gradient they go to -g/λ."""
    path = np.asarray(weight_decay(lam=1, lr=0.5, steps=60).results["weights"])
    np.testing.assert_allclose(path[-1], [-0.5, 0, 1], atol=1e-12)


@pytest.mark.parametrize(
    ("settings", "stop", "best"),
    [
        ({}, 7, 5),
        ({"patience": 1}, 4, 3),
        ({"patience": 3}, 8, 8),
        ({"min_delta": 0.15}, 5, 3),
        ({"loss": "1,1,1,1"}, 3, 1),
        ({"loss": "3,2,1"}, 3, 3),
        ({"loss": "5"}, 1, 1),
    ],
)
def test_stopping_by_hand(settings: dict[str, Any], stop: int, best: int) -> None:
    """A tie is no improvement; without a rise it goes on to the end."""
    results = early_stopping(**settings).results
    assert (results["stop_epoch"], results["best_epoch"]) == (stop, best)


def test_what_was_missed_is_said() -> None:
    """The note tells whether more patience would have paid."""
    assert "A better epoch would have come" in early_stopping().steps[-1].note
    assert "No later epoch" in early_stopping(patience=3).steps[-1].note


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (kfold, {"k": 11}, "k is 11 and n is 10; each fold needs a case at least"),
        (kfold, {"n": 1}, "n: expected a whole number from 2 to 100; came 1"),
        (bias_variance, {"degree": "13"}, "from 0 to 12; came 13"),
        (bias_variance, {"lam": "-1"}, "lam: expected a number from 0"),
        (bias_variance, {"e_train": "1"}, "e_train has 1 entry"),
        (dropout, {"p": 1}, "p: expected a number from 0 to below 1; came 1"),
        (dropout, {"p": -0.1}, "p: expected a number from 0 to 1; came -0.1"),
        (dropout, {"mask": "1"}, "x has 4 entries and mask has 1"),
        (weight_decay, {"g": "1"}, "w has 3 entries and g has 1"),
        (weight_decay, {"lam": 1e6, "lr": 100, "steps": 99}, "these numbers grow beyond"),
        (early_stopping, {"patience": 0}, "patience: expected a whole number from 1 to 99; came 0"),
        (early_stopping, {"loss": ""}, "loss: expected numbers in a row"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
