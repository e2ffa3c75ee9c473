"""Questions 14 and 15: padding, packing, masked weights and masked losses by hand."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.cross_entropy import label_smoothing, log_softmax, masked_loss
from nnquiz.examples.example import Example
from nnquiz.examples.padding import masked_softmax, pad_mask_pack


def test_packing_by_hand() -> None:
    """Lengths 4, 2, 3: three run for two steps, then two, then one."""
    results = pad_mask_pack().results
    np.testing.assert_array_equal(results["batch_sizes"], [3, 3, 2, 1])
    np.testing.assert_array_equal(results["sorted_indices"], [0, 2, 1])
    np.testing.assert_array_equal(results["data"], [11, 31, 21, 12, 32, 22, 13, 33, 14])
    np.testing.assert_array_equal(np.asarray(results["padded"])[1], [21, 22, 0, 0])
    assert results["waste"] == 0.25


def test_left_padding_moves_the_zeros_to_the_front() -> None:
    """Each row keeps its entries, in order, at its end."""
    left, right = pad_mask_pack(side="left").results, pad_mask_pack().results
    np.testing.assert_array_equal(np.asarray(left["padded"])[1], [0, 0, 21, 22])
    np.testing.assert_array_equal(np.asarray(left["mask"])[1], [0, 0, 1, 1])
    np.testing.assert_array_equal(left["data"], right["data"])


@settings(max_examples=50)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=9))
def test_a_packed_batch_unpacks(lengths: list[int]) -> None:
    """Reading the data step by step gives every sequence back, whole and in order."""
    results = pad_mask_pack(lengths=lengths).results
    sequences: list[list[int]] = [[] for _ in lengths]
    data = iter(np.asarray(results["data"]).tolist())
    for size in np.asarray(results["batch_sizes"]).tolist():
        for place in np.asarray(results["sorted_indices"]).tolist()[:size]:
            sequences[place].append(next(data))
    grid = np.asarray(results["padded"]).tolist()
    assert sequences == [row[:length] for row, length in zip(grid, lengths, strict=True)]
    assert len({name for row in sequences for name in row}) == sum(lengths)


def test_masked_softmax_by_hand() -> None:
    """Of the scores 2 and 1 the first gets the sigmoid of 1; the wrong way keeps less than 1."""
    results = masked_softmax().results
    weights = np.asarray(results["weights"])
    assert weights[0] == pytest.approx(1 / (1 + math.exp(-1)))
    np.testing.assert_array_equal(weights[2:], 0)
    assert results["kept"] == pytest.approx(
        (math.exp(2) + math.e) / (math.exp(2) + math.e + 1 + math.exp(3))
    )


def test_what_stands_under_the_padding_does_not_matter() -> None:
    """Any score there leaves the right weights as they are, even a huge one."""
    usual = masked_softmax().results["weights"]
    np.testing.assert_array_equal(masked_softmax(scores="2,1,-9,1e300").results["weights"], usual)
    assert masked_softmax(scores="2,1,-9,1e300").results["kept"] == 0


def test_masked_loss_by_hand() -> None:
    """Two losses are log(e² + e + 1) less 2 and 1, one is log 3."""
    all_three = math.log(math.exp(2) + math.e + 1)
    wanted = (all_three - 2 + all_three - 1 + math.log(3)) / 3
    results = masked_loss().results
    assert results["loss"] == pytest.approx(wanted)
    assert results["over_all"] == pytest.approx(wanted * 3 / 4)


def test_the_logits_under_the_padding_do_not_matter() -> None:
    """Only real positions count."""
    logits = np.asarray(masked_loss().inputs["logits"]).copy()
    logits[2] = [-50, 60, 70]
    assert masked_loss(logits=logits).results["loss"] == masked_loss().results["loss"]


def test_label_smoothing_by_hand() -> None:
    """Targets 0.9333 and 0.0333; an undecided row costs log 3 whatever the smoothing."""
    results = label_smoothing().results
    np.testing.assert_allclose(np.asarray(results["targets"])[0], [28 / 30, 1 / 30, 1 / 30])
    assert np.asarray(results["losses"])[3] == pytest.approx(math.log(3))
    first = math.log(math.exp(4) + 2)
    assert np.asarray(results["losses"])[0] == pytest.approx(first - 4 * 28 / 30)


@settings(max_examples=50)
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=6))
def test_log_softmax_is_the_logarithm_of_a_distribution(logits: list[float]) -> None:
    """Its exponentials sum to 1 and it keeps the differences of the logits."""
    log_p = log_softmax(np.array([logits]))
    assert np.exp(log_p).sum() == pytest.approx(1)
    np.testing.assert_allclose(np.diff(log_p[0]), np.diff(logits), atol=1e-9)


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (pad_mask_pack, {"lengths": "3,0"}, "from 1 to 50; came 0"),
        (pad_mask_pack, {"lengths": "1.5"}, "lengths: expected whole numbers in a row"),
        (pad_mask_pack, {"lengths": [1] * 10}, "lengths has 10 entries; at most 9 sequences fit"),
        (pad_mask_pack, {"side": "top"}, "side: expected one of right, left"),
        (masked_softmax, {"mask": "0,0,0,0"}, "mask is 0 everywhere; one key at least"),
        (masked_softmax, {"mask": "1"}, "scores has 4 entries and mask has 1"),
        (
            masked_loss,
            {"targets": "0,1,2,3"},
            "targets are 0 to 2, one a column of logits, or -100",
        ),
        (masked_loss, {"targets": "0"}, "logits has 4 rows and targets has 1 entries"),
        (masked_loss, {"targets": "5,5,5,5", "ignore_index": 5}, "every target is 5"),
        (label_smoothing, {"eps": 2}, "eps: expected a number from 0 to 1; came 2"),
        (label_smoothing, {"labels": "0,1,2,3,0"}, "the largest label is 3; 3 columns of logits"),
        (label_smoothing, {"labels": "0"}, "logits has 5 rows and labels has 1 entries"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
