"""Weight decay inside and outside Adam's moments."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.decoupled_decay import adam_vs_adamw


def test_l2_spares_weights_with_large_gradients() -> None:
    """AdamW treats both weights alike; with L2 the one with small gradients shrinks far more."""
    results = adam_vs_adamw().results
    adamw, adam_l2 = (np.asarray(results[name]) for name in ("adamw", "adam_l2"))
    np.testing.assert_allclose(adamw[:, 0], adamw[:, 1], atol=1e-6)
    assert adam_l2[-1, 0] < 0.5
    assert adam_l2[-1, 1] > 0.8


def test_without_decay_they_are_one() -> None:
    """The gap is the decay's doing."""
    np.testing.assert_array_equal(adam_vs_adamw(wd=0).results["gap"], 0)


def test_without_gradients_adamw_just_shrinks() -> None:
    """Each step multiplies by 1 - lr · wd; L2 makes steps of lr out of the same penalty."""
    results = adam_vs_adamw(w=[4], g=[[0], [0], [0]]).results
    np.testing.assert_allclose(np.ravel(results["adamw"]), 4 * 0.99 ** np.arange(4))
    np.testing.assert_allclose(np.ravel(results["adam_l2"])[1], 3.9)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"w": "1,2,3"}, "g has 2 columns and w 3 entries; each weight has its gradient"),
        ({"wd": "-1"}, "wd: expected a number from 0 to 10; came -1"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        adam_vs_adamw(**given)
    assert message in str(caught.value)
