"""Folding a batch normalisation into the layer before it."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.batch_norm import batchnorm_eval
from nnquiz.examples.batch_norm_fold import batchnorm_fold
from nnquiz.examples.dense import dense


def test_one_layer_does_the_work_of_two() -> None:
    """The folded layer gives what the dense layer and then the batch norm give."""
    trace = batchnorm_fold()
    given, results = trace.inputs, trace.results
    z = dense(X=given["X"], W=given["W"], b=given["b"]).results["y"]
    names = ("gamma", "beta", "running_mean", "running_var")
    two = batchnorm_eval(x=z, **{name: given[name] for name in names}).results["y"]
    one = dense(X=given["X"], W=results["W_folded"], b=results["b_folded"]).results["y"]
    np.testing.assert_allclose(one, two, rtol=1e-14)
    np.testing.assert_allclose(results["y"], two, rtol=1e-14)


def test_defaults_by_hand() -> None:
    """The deviations are 1.5 and 2, so the factors are 2 and 1/2."""
    results = batchnorm_fold(eps=1e-15).results
    np.testing.assert_allclose(results["W_folded"], [[2, 0, -2], [1, 0.5, 0.25]])
    np.testing.assert_allclose(results["b_folded"], [1, -2.5])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"X": "[[1, 2]]"}, "W has 3 columns and X has 2"),
        ({"b": "1,2,3"}, "b has 3 entries and x has 2 features"),
        ({"running_var": "1,0"}, "running_var: expected numbers in a row"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        batchnorm_fold(**given)
    assert message in str(caught.value)
