"""Two towers, BPR and ranking measures by hand, and what they refuse."""

import math
from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.example import Example
from nnquiz.examples.recommendation import bpr_step, ranking_metrics, two_tower_score


def test_two_tower_score_by_hand() -> None:
    """The long vector of item 5 wins by its length, and loses that advantage under cosine."""
    results = two_tower_score().results
    np.testing.assert_allclose(np.asarray(results["scores"])[0], [1.25, -0.35, 0.9, 0.9, 4.2])
    np.testing.assert_array_equal(np.asarray(results["top"])[2], [5, 4])
    cosine = two_tower_score(similarity="cosine").results
    np.testing.assert_array_equal(np.asarray(cosine["top"])[2], [4, 2])


def test_equal_scores_keep_the_order_of_items() -> None:
    """A tie is broken by the number of the item, at every place."""
    one = [[1]]
    results = two_tower_score(users=one, items=[[2], [3], [2], [3]], A=one, B=one, k=4).results
    np.testing.assert_array_equal(results["top"], [[2, 4, 1, 3]])


def test_bpr_step_by_hand() -> None:
    """With equal items the loss is log 2, the pull 1/2, and they part along u."""
    results = bpr_step(u="2", i="1", j="1", lr=0.5, reg=0).results
    assert results["loss"] == pytest.approx(math.log(2))
    np.testing.assert_allclose(results["gradients"], [[0], [-1], [1]])
    np.testing.assert_allclose(results["i_new"], [1.5])
    np.testing.assert_allclose(results["j_new"], [0.5])


def test_ranking_metrics_by_hand() -> None:
    """Relevances 3, 2, 0 against the best order 3, 2, 2; four of the five are relevant."""
    results = ranking_metrics().results
    dcg, idcg = 3 + 2 / math.log2(3), 3 + 2 / math.log2(3) + 2 / 2
    assert results["ndcg"] == pytest.approx(dcg / idcg)
    assert results["recall"] == 0.5
    assert results["precision"] == pytest.approx(2 / 3)
    assert results["ap"] == pytest.approx((1 + 1 + 3 / 4 + 4 / 5) / 4)
    exponential = ranking_metrics(gain="exponential", k=1, rel="1,2").results
    assert exponential["ndcg"] == pytest.approx(1 / 3)


def test_without_anything_relevant_the_shares_are_undefined() -> None:
    """0/0 is nan with a note, never a crash; a hit is then a plain no."""
    trace = ranking_metrics(rel="0,0", k=1)
    for name in ("ndcg", "mrr", "recall", "ap"):
        assert math.isnan(trace.results[name])  # type: ignore[arg-type]
    assert trace.results["hit_rate"] == 0
    assert any("0/0" in step.note for step in trace.steps)


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (two_tower_score, {"A": [[1, 2]]}, "A has 2 columns and users has 3"),
        (two_tower_score, {"B": [[1, 2]]}, "B has 2 columns and items has 3"),
        (two_tower_score, {"B": [[1, 2, 3]]}, "A has 2 rows and B has 1"),
        (two_tower_score, {"k": 6}, "k is 6 and there are 5 items"),
        (
            two_tower_score,
            {"items": [[0, 0, 0]], "k": 1, "similarity": "cosine"},
            "an embedding is 0 everywhere; it has no direction",
        ),
        (bpr_step, {"u": "1"}, "u has 1 entries, i has 2 and j has 2"),
        (bpr_step, {"lr": 0}, "lr: expected a number above 0; came 0"),
        (ranking_metrics, {"k": 6}, "k is 6 and rel has 5 items"),
        (ranking_metrics, {"rel": "1,0.5"}, "rel: expected whole numbers in a row"),
        (ranking_metrics, {"rel": "11,0"}, "from 0 to 10; came 11"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
