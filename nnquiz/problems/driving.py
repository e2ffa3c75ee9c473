"""Question 20, perception of a self-driving car: overlap of boxes, suppression, range, fusion.

A box is (x1, y1, x2, y2) in continuous coordinates: its width is x2 - x1.
"""

import math
from random import Random
from typing import TypeAlias

from nnquiz.problems.digits import number, significant
from nnquiz.problems.draws import choose, decimal, distinct, integer, shuffled, signed
from nnquiz.problems.problem import Draft, DrawAgain

Box: TypeAlias = tuple[int, int, int, int]


def _box(rng: Random) -> Box:
    x, y = integer(rng, 0, 9), integer(rng, 0, 9)
    return (x, y, x + integer(rng, 5, 12), y + integer(rng, 5, 12))


def _area(box: Box) -> int:
    """Area of a box; 0 where its corners have changed sides."""
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def _intersection(a: Box, b: Box) -> int:
    return _area((max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])))


def _iou(a: Box, b: Box) -> float:
    shared = _intersection(a, b)
    return shared / (_area(a) + _area(b) - shared)


def box_iou(rng: Random) -> Draft:
    """Intersection over union of two boxes that overlap."""
    a, b = _box(rng), _box(rng)
    shared, both = _intersection(a, b), _area(a) + _area(b)
    if not 0 < shared < min(_area(a), _area(b)):
        raise DrawAgain
    answer = shared / (both - shared)
    return Draft(
        params={"a": a, "b": b},
        text=f"Boxes (x1, y1, x2, y2) {a} and {b}, continuous coordinates: IoU?",
        answer=answer,
        steps=(
            r"$\frac{|A \cap B|}{|A| + |B| - |A \cap B|}$",
            f"{shared}/({_area(a)} + {_area(b)} - {shared}) = {significant(answer)}",
        ),
        mistakes=(
            (shared / both, "counted the intersection twice in the union"),
            (2 * shared / both, "Dice instead of IoU"),
            (shared / min(_area(a), _area(b)), "divided by the smaller box"),
            (100 * answer, "percent for fraction"),
        ),
    )


def giou(rng: Random) -> Draft:
    """Generalised IoU of two boxes (Rezatofighi et al. 2019), negative where they are far apart."""
    a, b = _box(rng), _box(rng)
    shared = _intersection(a, b)
    union = _area(a) + _area(b) - shared
    hull = _area((min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])))
    answer = shared / union - (hull - union) / hull
    if union == hull or abs(answer) < 0.02:
        raise DrawAgain
    return Draft(
        params={"a": a, "b": b},
        text=f"Boxes (x1, y1, x2, y2) {a} and {b}, continuous coordinates: generalised IoU?",
        answer=answer,
        steps=(
            r"$\frac{|A \cap B|}{|A \cup B|} - \frac{|C| - |A \cup B|}{|C|}$",
            f"intersection {shared}, union {union}, enclosing box {hull}",
            f"{shared}/{union} - ({hull} - {union})/{hull} = {significant(answer)}",
        ),
        mistakes=(
            (shared / union, "IoU: forgot the enclosing box"),
            (shared / union + (hull - union) / hull, "wrong sign"),
            (shared / hull, "divided by the enclosing box instead of the union"),
            (shared / union - (hull - union) / union, "divided the empty part by the union"),
        ),
    )


def dice_from_iou(rng: Random) -> Draft:
    """Dice coefficient (F1 of the pixels) from the IoU."""
    iou = decimal(rng, 0.1, 0.95, 0.01)
    answer = 2 * iou / (1 + iou)
    return Draft(
        params={"iou": iou},
        text=f"IoU = {number(iou)}. Dice?",
        answer=answer,
        steps=(
            r"$\frac{2J}{1 + J}$",
            f"2·{number(iou)}/(1 + {number(iou)}) = {significant(answer)}",
        ),
        mistakes=(
            (iou / (2 - iou), "the other way: IoU from Dice"),
            (iou / (1 + iou), "forgot the 2"),
            (iou, "took Dice and IoU for the same"),
            (100 * answer, "percent for fraction"),
        ),
    )


def nms_kept(rng: Random) -> Draft:
    """The boxes that greedy non-maximum suppression keeps, told by the sum of their scores.

    Of three boxes in a row only neighbours overlap too much, so that the middle one decides; two
    more overlap little or much. The count alone would be 2, 3 or 4, which can be guessed.
    """
    side, x, y = choose(rng, (10, 20)), integer(rng, 0, 5), integer(rng, 0, 9)
    third, apart = side * 3 // 10, side * choose(rng, (2, 4, 5)) // 10
    lefts = (x, x + third, x + 2 * third, x + 2 * side, x + 2 * side + apart)
    boxes = shuffled(rng, [(left, y, left + side, y + side) for left in lefts])
    scores = tuple(percent / 100 for percent in distinct(rng, range(50, 100), len(boxes)))
    ranked = sorted(zip(scores, boxes, strict=True), reverse=True)
    kept = _kept_scores(ranked)
    answer = sum(kept)
    mistakes = [(sum(scores), "kept every box"), (sum(scores) - answer, "gave the dropped boxes")]
    chained = sum(_kept_scores(ranked, dropped_suppress=True))
    if chained != answer:
        mistakes.insert(0, (chained, "let a box that is dropped drop another"))
    overlapping = sum(_kept_scores(ranked, threshold=0))
    if overlapping != answer:
        mistakes.insert(0, (overlapping, "dropped every box that overlaps a kept one"))
    listed = ", ".join(
        f"({', '.join(map(number, box))}, {number(score)})"
        for box, score in zip(boxes, scores, strict=True)
    )
    return Draft(
        params={"boxes": boxes, "scores": scores, "threshold": 0.5},
        text=f"NMS at IoU > 0.5 on (x1, y1, x2, y2, score) {listed}: "
        "which boxes are kept? Give the sum of their scores.",
        answer=answer,
        steps=(
            "from the best score down: keep a box unless its IoU with a kept one is above 0.5",
            f"{' + '.join(map(number, kept))} = {number(answer)}",
        ),
        mistakes=tuple(mistakes),
    )


def _kept_scores(
    ranked: list[tuple[float, Box]], threshold: float = 0.5, *, dropped_suppress: bool = False
) -> list[float]:
    """Return the scores of the boxes kept, from boxes listed by falling score."""
    scores, rivals = [], list[Box]()
    for score, box in ranked:
        free = all(_iou(box, rival) <= threshold for rival in rivals)
        if free:
            scores.append(score)
        if free or dropped_suppress:
            rivals.append(box)
    return scores


def soft_nms_score(rng: Random) -> Draft:
    """A score after Gaussian soft-NMS (Bodla et al. 2017, equation 3)."""
    score, iou = decimal(rng, 0.4, 0.98, 0.01), decimal(rng, 0.2, 0.9, 0.05)
    sigma = choose(rng, (0.3, 0.4, 0.5, 0.6))
    answer = score * math.exp(-(iou**2) / sigma)
    return Draft(
        params={"score": score, "iou": iou, "sigma": sigma},
        text=f"Soft-NMS with the Gaussian penalty $e^{{-IoU^2/\\sigma}}$, sigma = "
        f"{number(sigma)}: a box of score {number(score)} has IoU {number(iou)} with the best one. "
        "Its new score?",
        answer=answer,
        steps=(
            r"$s e^{-IoU^2/\sigma}$",
            f"{number(score)}·exp(-{number(iou)}²/{number(sigma)}) = {significant(answer)}",
        ),
        mistakes=(
            (score * math.exp(-iou / sigma), "forgot to square the IoU"),
            (score * math.exp(-(iou**2) / sigma**2), "squared sigma"),
            (score * (1 - iou), "took the linear penalty"),
            (
                score * math.exp(-(iou**2) / (2 * sigma)),
                "divided by 2 sigma, as in a normal density",
            ),
            (answer / score, "gave the penalty, not the score"),
        ),
    )


def fps_budget(rng: Random) -> Draft:
    """How far a car drives from one frame to the next."""
    fps, speed = choose(rng, (10, 12, 15, 20, 24, 25, 30, 36, 60)), 10 * integer(rng, 2, 13)
    answer = speed / 3.6 / fps
    return Draft(
        params={"fps": fps, "speed": speed},
        text=f"{fps} FPS camera, car at {speed} km/h: metres travelled per frame?",
        answer=answer,
        unit="m",
        steps=(
            r"$\frac{v}{3.6 \cdot fps}$",
            f"{speed}/3.6 = {significant(speed / 3.6)} m/s",
            f"{significant(speed / 3.6)}/{fps} = {significant(answer)}",
        ),
        mistakes=(
            (speed / fps, "forgot to convert km/h to m/s"),
            (speed * 3.6 / fps, "multiplied by 3.6"),
            (speed / 3.6, "gave the metres per second"),
            (fps * 3.6 / speed, "gave the frames per metre"),
        ),
    )


def sensor_fusion(rng: Random) -> Draft:
    """Two measurements of one distance, weighted by the inverse of their variances."""
    camera = decimal(rng, 10.0, 80.0)
    lidar = round(camera + signed(rng, 1.0, 5.0), 1)
    wide, narrow = choose(rng, (2.0, 2.5, 4.0, 5.0, 9.0)), choose(rng, (0.1, 0.25, 0.5, 1.0))
    answer = (camera / wide + lidar / narrow) / (1 / wide + 1 / narrow)
    roots = math.sqrt(wide), math.sqrt(narrow)
    return Draft(
        params={"camera": camera, "wide": wide, "lidar": lidar, "narrow": narrow},
        text=f"Camera range {number(camera)} m (variance {number(wide)}), LiDAR {number(lidar)} m "
        f"(variance {number(narrow)}): inverse-variance fused estimate?",
        answer=answer,
        digits=4,
        unit="m",
        steps=(
            r"$\frac{z_1/\sigma_1^2 + z_2/\sigma_2^2}{1/\sigma_1^2 + 1/\sigma_2^2}$",
            (
                f"({number(camera)}/{number(wide)} + {number(lidar)}/{number(narrow)})"
                f"/(1/{number(wide)} + 1/{number(narrow)}) = {significant(answer)}"
            ),
        ),
        mistakes=(
            (
                (camera * wide + lidar * narrow) / (wide + narrow),
                "weighted by the variances, not by their inverses",
            ),
            ((camera + lidar) / 2, "ignored the variances"),
            (
                (camera / roots[0] + lidar / roots[1]) / (1 / roots[0] + 1 / roots[1]),
                "weighted by the inverse standard deviations",
            ),
            (lidar, "took the better sensor alone"),
        ),
    )


def stereo_depth(rng: Random) -> Draft:
    """Depth from the disparity of a stereo pair, Z = fB/d."""
    focal, baseline = 50 * integer(rng, 12, 30), choose(rng, (10, 12, 20, 24, 30, 40, 50, 54))
    disparity = integer(rng, 4, 60)
    answer = focal * baseline / 100 / disparity
    return Draft(
        params={"focal": focal, "baseline": baseline, "disparity": disparity},
        text=f"Stereo camera with focal length {focal} pixels and baseline {baseline} cm: depth in "
        f"metres at a disparity of {disparity} pixels?",
        answer=answer,
        unit="m",
        steps=(
            r"$Z = \frac{f B}{d}$",
            f"{focal}·{number(baseline / 100)}/{disparity} = {significant(answer)}",
        ),
        mistakes=(
            (100 * answer, "left the baseline in centimetres"),
            (focal / disparity, "forgot the baseline"),
            (disparity * baseline / 100 / focal, "swapped focal length and disparity"),
            (answer / 2, "halved the baseline"),
        ),
    )
