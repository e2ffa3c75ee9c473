"""The examples of question 20 against pycocotools, scikit-learn, scipy and brute force."""

import math
from typing import Any

import numpy as np
import pytest
from agreement import agree, generators, tensor
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy.linalg import lstsq
from sklearn.metrics import f1_score, jaccard_score
from torch.nn import functional

from nnquiz.examples.detection import map as mean_average_precision
from nnquiz.examples.fusion import sensor_fusion
from nnquiz.examples.segmentation import dice_iou
from nnquiz.examples.suppression import iou_nms


def boxes(random: np.random.Generator, count: int) -> np.ndarray:
    """Random boxes as two corners, many of which overlap."""
    corners = random.uniform(0, 8, (count, 2))
    return np.hstack([corners, corners + random.uniform(2, 10, (count, 2))])


def as_xywh(xyxy: np.ndarray) -> np.ndarray:
    """Left, top, width, height."""
    return np.hstack([xyxy[:, :2], xyxy[:, 2:] - xyxy[:, :2]])


def decayed(overlap: float, method: str, threshold: float, sigma: float) -> float:
    """The factor for the score of a box that overlaps one picked by so much."""
    if method == "gaussian":
        return math.exp(-overlap * overlap / sigma)
    if overlap <= threshold:
        return 1.0
    return 0.0 if method == "hard" else 1 - overlap


@pytest.mark.parametrize("method", ["hard", "linear", "gaussian"])
def test_iou_nms_equals_coco_and_brute_force(method: str) -> None:
    """IoU is pycocotools'; suppression is Bodla's pseudocode, box by box with lists.

    Its torch implementation lives in torchvision, which would replace torch.
    """
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = int(random.integers(1, 12))
            given = {"boxes": boxes(random, n), "scores": random.uniform(0.01, 1, n)}
            given |= {"threshold": random.uniform(), "sigma": random.uniform(0.1, 1)}
        trace = iou_nms(**given, method=method)
        xyxy, scores = (np.asarray(trace.inputs[name]) for name in ("boxes", "scores"))
        xywh = as_xywh(xyxy)
        overlaps = coco_mask.iou(xywh, xywh, [0] * len(xywh))
        agree(trace, "iou", overlaps)
        moved = iou_nms(**{**given, "boxes": xywh}, method=method, layout="xywh")
        agree(moved, "iou", overlaps)

        threshold, sigma, floor = (trace.params[n] for n in ("threshold", "sigma", "floor"))
        current, left, kept = scores.tolist(), list(range(len(scores))), []
        while left:
            best = max(left, key=lambda i: current[i])
            if current[best] <= floor:
                break
            left.remove(best)
            kept.append(best + 1)
            for i in left:
                current[i] *= decayed(overlaps[best, i], method, threshold, sigma)
        agree(trace, "kept", kept)
        agree(trace, "scores_after", current)


def coco_aps(trace: Any) -> np.ndarray:
    """The average precision at each of COCO's thresholds, by COCOeval."""
    inputs = {name: np.asarray(value) for name, value in trace.inputs.items()}
    where = sorted({*inputs["truth_images"].tolist(), *inputs["images"].tolist()})
    truth = COCO()
    truth.dataset = {
        "info": {},
        "images": [{"id": image} for image in where],
        "categories": [{"id": 1}],
        "annotations": [
            {"id": i, "image_id": int(image), "category_id": 1, "iscrowd": 0}
            | {"bbox": box.tolist(), "area": float(box[2] * box[3])}
            for i, (image, box) in enumerate(
                zip(inputs["truth_images"], as_xywh(inputs["truths"]), strict=True), start=1
            )
        ],
    }
    truth.createIndex()
    found = truth.loadRes(
        [
            {"image_id": int(image), "category_id": 1, "bbox": box.tolist(), "score": float(score)}
            for image, box, score in zip(
                inputs["images"], as_xywh(inputs["detections"]), inputs["scores"], strict=True
            )
        ]
    )
    evaluation = COCOeval(truth, found, "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    return np.asarray(evaluation.eval["precision"][:, :, 0, 0, -1].mean(axis=1))


def test_map_equals_cocoeval() -> None:
    """The average precision at each of ten thresholds is that of COCOeval."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, m = (int(random.integers(1, 12)) for _ in range(2))
            truths = boxes(random, n)
            chosen = random.integers(0, n, m)  # detections lie near truths, or anywhere
            near = truths[chosen] + random.normal(0, 0.4, (m, 4))
            detections = np.where(random.uniform(size=(m, 1)) < 0.7, near, boxes(random, m))
            images = random.integers(1, 3, n)
            given = {"truths": truths, "truth_images": images, "detections": detections}
            given |= {"images": images[chosen], "scores": random.uniform(size=m)}
        trace = mean_average_precision(**given)
        aps = coco_aps(trace)
        agree(trace, "aps", aps)
        agree(trace, "ap", aps.mean())
        agree(trace, "ap50", aps[0])


@pytest.mark.parametrize("points", ["11", "area"])
def test_other_averages_equal_their_definitions(points: str) -> None:
    """The 11 points and the area, summed from the curve by their definitions."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = int(random.integers(1, 10))
            truths = boxes(random, n)
            given = {"truths": truths, "truth_images": [1] * n, "images": [1] * n}
            given["detections"] = truths + random.normal(0, 0.3, (n, 4))
            given["scores"] = random.uniform(size=n)
        trace = mean_average_precision(**given, points=points)
        precision, recall = (np.asarray(trace.results[n]) for n in ("precision", "recall"))
        reached = [(r, max(precision[i:])) for i, r in enumerate(recall)]
        if points == "11":
            tenths = np.linspace(0, 1, 11)
            best = [max((p for r, p in reached if r >= t), default=0.0) for t in tenths]
            wanted = sum(best) / 11
        else:
            steps = zip([(0.0, 0.0), *reached], reached, strict=False)
            wanted = sum((r - before) * p for (before, _), (r, p) in steps)
        agree(trace, "ap50", wanted)


def test_dice_iou_equals_sklearn_and_torch() -> None:
    """Dice is the F1, IoU the Jaccard score; the focal loss is built from torch's BCE."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = int(random.integers(1, 20))
            given = {"y": random.integers(0, 2, n), "p": random.uniform(0.01, 0.99, n)}
            given |= {"threshold": random.uniform(), "gamma": random.uniform(0, 4)}
            given["alpha"] = random.uniform()
        trace = dice_iou(**given)
        y, p = (np.asarray(trace.inputs[name]) for name in "yp")
        mask = (p >= trace.params["threshold"]).astype(int)
        agree(trace, "dice", f1_score(y, mask, zero_division=np.nan))
        both_empty = not (y.any() or mask.any())
        jaccard = np.nan if both_empty else jaccard_score(y, mask, zero_division=0)
        agree(trace, "iou", jaccard)
        target, chance = tensor(y), tensor(p)
        agree(trace, "soft_dice", 2 * (chance * target).sum() / (chance + target).sum())
        bce = functional.binary_cross_entropy(chance, target, reduction="none")
        alpha = trace.params["alpha"]
        weight = alpha * target + (1 - alpha) * (1 - target)
        focal = weight * (1 - (-bce).exp()) ** trace.params["gamma"] * bce
        agree(trace, "focal", focal.mean())


def test_sensor_fusion_is_weighted_least_squares() -> None:
    """Scaling each equation x = z by its deviation, scipy's least squares finds the mean."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n = int(random.integers(2, 6))
            given = {"z": random.normal(10, 2, n), "var": random.uniform(0.1, 5, n)}
        trace = sensor_fusion(**given)
        z, var = (np.asarray(trace.inputs[name]) for name in ("z", "var"))
        scale = 1 / np.sqrt(var)
        solution, *_ = lstsq(scale[:, None], scale * z)
        agree(trace, "mean", solution[0])
        agree(trace, "variance", 1 / (scale @ scale))
        agree(trace, "weights", np.linalg.pinv(scale[:, None])[0] * scale)
