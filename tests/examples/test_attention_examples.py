"""Question 12, continued: many heads, the scale of scores, and positions."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.attention import attention
from nnquiz.examples.attention_scale import why_sqrt_dk
from nnquiz.examples.example import Example
from nnquiz.examples.multi_head import multi_head
from nnquiz.examples.positions import permutation


def test_one_head_is_plain_attention() -> None:
    """With one head and no mixing the output is attention of the projections."""
    trace = multi_head(h=1, W_O=np.eye(4))
    x = np.asarray(trace.inputs["X"])
    projected = {name[-1]: x @ np.asarray(trace.inputs[name]).T for name in ("W_Q", "W_K", "W_V")}
    plain = attention(**projected)
    np.testing.assert_allclose(trace.results["output"], plain.results["output"])
    np.testing.assert_allclose(np.asarray(trace.results["weights"])[0], plain.results["weights"])


def test_the_first_head_by_hand() -> None:
    """“the” asks (2, 0) and finds (1, 0), (0, 1), (1, 1): scores √2, 0, √2."""
    results = multi_head().results
    np.testing.assert_allclose(np.asarray(results["scores"])[0, 0], [2**0.5, 0, 2**0.5])
    assert np.shape(results["weights"]) == (2, 3, 3)
    np.testing.assert_array_equal(
        results["concat"], np.concatenate(list(np.asarray(results["per_head"])), axis=1)
    )


def test_a_head_that_is_not_mixed_in_is_ignored() -> None:
    """Where W_O has no weights for a head, its values do not matter."""
    mixing = np.eye(4) * [1, 1, 0, 0]
    values = np.asarray(multi_head().inputs["W_V"]).copy()
    values[2:] = 9
    np.testing.assert_allclose(
        multi_head(W_O=mixing, W_V=values).results["output"],
        multi_head(W_O=mixing).results["output"],
    )


def test_scores_grow_and_saturate() -> None:
    """Unscaled the largest weight grows with the dimension, scaled it stays below a half."""
    results = why_sqrt_dk().results
    assert (np.diff(np.asarray(results["largest"])) > 0).all()
    assert np.asarray(results["largest"])[-1] > 0.9
    assert np.asarray(results["largest_scaled"]).max() < 0.5
    np.testing.assert_allclose(results["std_scaled"], 1, atol=0.1)


def test_one_seed_draws_the_same_scores() -> None:
    """--seed sets the draw."""
    assert why_sqrt_dk(seed=3).params["draw"] == 3
    np.testing.assert_array_equal(
        why_sqrt_dk(seed=3).results["largest"], why_sqrt_dk(draw=3).results["largest"]
    )


@pytest.mark.parametrize("order", ["1,2,3", "2,1,3", "3,2,1", "2,3,1"])
def test_only_positions_tell_the_order(order: str) -> None:
    """Without codes the difference is 0 for any order; with them for the usual one only."""
    assert permutation(order=order).results["difference"] == 0
    assert (permutation(order=order).results["broken"] == 0) is (order == "1,2,3")
    assert "broken" not in permutation(order=order, positions=False).results


def test_the_first_code_is_sines_of_zero() -> None:
    """Position 0 has 0, 1, 0, 1; position 1 begins with the sine and cosine of 1."""
    codes = np.asarray(permutation().results["positions"])
    np.testing.assert_array_equal(codes[0], [0, 1, 0, 1])
    np.testing.assert_allclose(codes[1], [np.sin(1), np.cos(1), np.sin(0.01), np.cos(0.01)])


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (multi_head, {"h": 3}, "h is 3 and X has 4 columns; the heads share them evenly"),
        (multi_head, {"W_K": "[[1, 2]]"}, "W_K is 1 x 2; with 4 columns of X it is 4 x 4"),
        (multi_head, {"h": 0}, "h: expected a whole number from 1 to 100; came 0"),
        (why_sqrt_dk, {"d": "0,4"}, "from 1 to 1024; came 0"),
        (why_sqrt_dk, {"d": list(range(1, 20))}, "d has 19 entries; at most 12 fit"),
        (why_sqrt_dk, {"draw": -1}, "draw: expected a whole number from 0 to"),
        (permutation, {"order": "1,1,2"}, "order is 1,1,2; it needs each of 1 to 3 once"),
        (permutation, {"order": "0,1,2"}, "order: expected whole numbers in a row"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
