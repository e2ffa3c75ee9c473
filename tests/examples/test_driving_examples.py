"""Boxes, masks and sensors by hand, and what they refuse."""

import math
from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.detection import map as mean_average_precision
from nnquiz.examples.example import Example
from nnquiz.examples.fusion import sensor_fusion
from nnquiz.examples.segmentation import dice_iou
from nnquiz.examples.suppression import iou_nms


def test_a_dropped_box_drops_no_other() -> None:
    """Of three boxes in a row the middle one goes, so that the third stays."""
    results = iou_nms().results
    np.testing.assert_array_equal(results["kept"], [1, 3, 4])
    iou = np.asarray(results["iou"])
    assert iou[0, 1] == pytest.approx(70 / 130)
    assert iou[0, 2] == pytest.approx(0.25)
    assert iou[0, 3] == 0


def test_soft_suppression_keeps_lower_scores() -> None:
    """Linear: what overlaps by J above the threshold keeps 1 - J of its score."""
    results = iou_nms(method="linear").results
    assert len(np.asarray(results["kept"])) == 4
    after = np.asarray(results["scores_after"])
    assert after[1] == pytest.approx(0.8 * (1 - 70 / 130) ** 2)
    assert after[2] == pytest.approx(0.7)
    gaussian = np.asarray(iou_nms(method="gaussian").results["scores_after"])
    assert gaussian[2] == pytest.approx(0.7 * math.exp(-(0.25**2) / 0.5))


def test_boxes_may_be_given_by_their_size() -> None:
    """Left, top, width and height lead to the same overlaps as two corners."""
    given = [[0, 0, 10, 10], [3, 0, 10, 10], [6, 0, 10, 10], [20, 0, 10, 10]]
    found = iou_nms(boxes=given, layout="xywh").results["iou"]
    np.testing.assert_array_equal(found, iou_nms().results["iou"])


def test_map_equals_the_published_numbers() -> None:
    """AP50 is 0.6 and AP 0.3499: 4 thresholds of 0.6, 3 of 30.2/101, 3 of 6.8/101."""
    results = mean_average_precision().results
    assert results["ap50"] == pytest.approx(0.6)
    assert results["ap"] == pytest.approx(0.3499, abs=5e-5)
    assert results["ap"] == pytest.approx((4 * 0.6 + 3 * 30.2 / 101 + 3 * 6.8 / 101) / 10)


def test_perfect_boxes_have_an_average_precision_of_one() -> None:
    """By any average; a detection in the wrong image finds nothing."""
    box: dict[str, Any] = {"truths": [[0, 0, 2, 2]], "truth_images": [1]}
    for points in ("101", "11", "area"):
        same = {"detections": [[0, 0, 2, 2]], "scores": [0.5], "points": points}
        assert mean_average_precision(**box, **same, images=[1]).results["ap"] == 1
        assert mean_average_precision(**box, **same, images=[2]).results["ap"] == 0


def test_dice_iou_by_hand() -> None:
    """Three of five pixels: J = 0.6 and D = 0.75; without focus the loss is cross-entropy."""
    results = dice_iou().results
    assert results["iou"] == 0.6
    assert results["dice"] == 0.75
    assert results["soft_dice"] == pytest.approx(2 * 2.6 / 7.7)
    plain = dice_iou(y="1,0", p="0.5,0.5", gamma=0, alpha=0.5).results
    assert plain["focal"] == pytest.approx(math.log(2) / 2)


def test_two_empty_masks_are_undefined() -> None:
    """0/0 is nan with a note."""
    trace = dice_iou(y="0,0", p="0.1,0.2")
    assert math.isnan(trace.results["iou"])  # type: ignore[arg-type]
    assert math.isnan(trace.results["dice"])  # type: ignore[arg-type]
    assert any("0/0" in step.note for step in trace.steps)


def test_sensor_fusion_by_hand() -> None:
    """Variances 4 and 1 leave 0.8, and weights of 1/5 and 4/5."""
    results = sensor_fusion().results
    assert results["variance"] == pytest.approx(0.8)
    assert results["mean"] == pytest.approx(11.6)
    np.testing.assert_allclose(results["gains"], [0.8])


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (iou_nms, {"boxes": [[0, 0, 1]] * 4}, "boxes has 3 columns; a box has 4 numbers"),
        (iou_nms, {"scores": "1"}, "boxes has 4 rows and scores has 1 entries"),
        (
            iou_nms,
            {"boxes": [[0, 0, 1, 1], [5, 0, 2, 1]], "scores": "1,1"},
            "box 2 of boxes is (5, 0, 2, 1); expected x1 < x2 and y1 < y2",
        ),
        (
            iou_nms,
            {"boxes": [[0, 0, 0, 1]], "scores": "1", "layout": "xywh"},
            "box 1 of boxes is (0, 0, 0, 1); expected a width and a height above 0",
        ),
        (iou_nms, {"floor": 0.95}, "no score is above floor, 0.95; the highest is 0.9"),
        (iou_nms, {"method": "soft"}, "expected one of hard, linear, gaussian; came 'soft'"),
        (mean_average_precision, {"images": "1,1"}, "detections has 5 rows and images has 2"),
        (mean_average_precision, {"truth_images": "1"}, "truths has 3 rows and truth_images has 1"),
        (mean_average_precision, {"scores": "1"}, "detections has 5 rows and scores has 1"),
        (mean_average_precision, {"thresholds": "0,0.5"}, "thresholds: expected numbers in a row"),
        (mean_average_precision, {"images": "1.5,1,1,1,1"}, "whole numbers in a row"),
        (dice_iou, {"p": "0.5"}, "y has 8 entries and p has 1; each pixel has both"),
        (dice_iou, {"y": "1,0", "p": "0,1"}, "pixel 1 is wrong with certainty"),
        (dice_iou, {"p": "2,0"}, "p: expected numbers in a row such as 1,0,1, from 0 to 1; came 2"),
        (sensor_fusion, {"z": "1"}, "z has 1 entries and var has 2; each measurement has"),
        (sensor_fusion, {"z": "1", "var": "1"}, "z has 1 entry; there is nothing to fuse"),
        (sensor_fusion, {"var": "0,1"}, "above 0; came 0"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
