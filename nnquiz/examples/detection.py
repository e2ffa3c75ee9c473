"""Question 20: the average precision of a detector."""

from typing import Annotated, Literal, NamedTuple

import numpy as np

from nnquiz.examples.boxes import Boxes, corners, overlaps
from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, equals, number
from nnquiz.examples.parameters import Scores, Tensor, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Two objects in the first image and one in the second.
TRUTHS = np.array([[0.0, 0, 10, 10], [20, 0, 30, 10], [5, 5, 17, 15]])
TRUTH_IMAGES = np.array([1, 1, 2])
# By falling score: background, a good box, the same object again, a fair box, a perfect one.
DETECTIONS = np.array(
    [[20.0, 20, 30, 30], [1, 1, 10, 10], [0, 0, 6, 10], [5, 5, 13, 15], [20, 0, 30, 10]]
)
IMAGES = np.array([2, 1, 1, 2, 1])
SCORES = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
COCO = np.linspace(0.5, 0.95, 10)

Points = Literal["101", "11", "area"]
Images = Annotated[Array, Tensor(1, low=0.0, whole=True, drawn=None)]
Thresholds = Annotated[Array, Tensor(1, above=0.0, high=1.0, drawn=None)]

_AVERAGES = {
    "101": r"\text{AP}_{50} = \frac{1}{101} \sum_{i=0}^{100} e(0.01 i)",
    "11": r"\text{AP}_{50} = \frac{1}{11} \sum_{i=0}^{10} e(0.1 i)",
    "area": r"\text{AP}_{50} = \sum_k (R_k - R_{k-1}) e(R_k)",
}


class Curve(NamedTuple):
    """What a threshold on the IoU leads to, detection by detection in order of score.

    Attributes:
        matched: (m,) the truth that each detection found, from 0; -1 for none.
        precision: (m,) of this detection and all before it.
        recall: (m,) likewise.
        envelope: (m,) the best precision at this recall or a higher one.
    """

    matched: Array
    precision: Array
    recall: Array
    envelope: Array


def match(iou: Array, threshold: float) -> Array:
    """Give each detection, best score first, the free truth that it overlaps most.

    Args:
        iou: (m, n), 0 for a truth in another image; m detections in order of score.
        threshold: the least IoU of a match.

    Returns:
        (m,) the truth matched, -1 for none.
    """
    free = np.ones(iou.shape[1], dtype=bool)
    matched = np.full(len(iou), -1)
    for detection, row in enumerate(iou):
        best = int(np.where(free, row, -1.0).argmax())
        if free[best] and row[best] >= threshold:
            matched[detection], free[best] = best, False
    return matched


def curve(iou: Array, threshold: float) -> Curve:
    """Return precision and recall along the detections."""
    matched = match(iou, threshold)
    tp = np.cumsum(matched >= 0)
    precision = tp / np.arange(1, len(iou) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return Curve(matched, precision, tp / iou.shape[1], envelope)


def average(found: Curve, points: Points) -> float:
    """Average the envelope over recall.

    At 101 recalls as COCO does, at 11 as PASCAL VOC did until 2009, or over the exact area.
    """
    if points == "area":
        return float((np.diff(found.recall, prepend=0.0) * found.envelope).sum())
    grid = np.linspace(0, 1, int(points))
    place = np.searchsorted(found.recall, grid)  # the first detection that reaches this recall
    return float(np.append(found.envelope, 0.0)[place].mean())


@example
def map(  # noqa: A001 -- the name that everybody gives to mean average precision
    *,
    truths: Boxes = TRUTHS,
    truth_images: Images = TRUTH_IMAGES,
    detections: Boxes = DETECTIONS,
    images: Images = IMAGES,
    scores: Scores = SCORES,
    thresholds: Thresholds = COCO,
    points: Points = "101",
) -> Working:
    """Average precision of one class, matched and averaged as COCO does (Lin et al. 2014).

    Boxes are x1, y1, x2, y2; `truth_images` and `images` say which image each lies in.
    """
    _check_rows("truths", truths, truth_images=truth_images)
    _check_rows("detections", detections, images=images, scores=scores)
    real, found = corners("truths", truths), corners("detections", detections)

    order = np.argsort(-scores, kind="stable")  # (m,)
    apart = images[order, None] != truth_images  # (m, n)
    iou = np.where(apart, 0.0, overlaps(found[order], real)[1])
    at_50 = curve(iou, 0.5)
    ap50 = average(at_50, points)
    aps = np.array([average(curve(iou, threshold), points) for threshold in thresholds])
    mean = aps.mean()

    hits = at_50.matched >= 0
    m, n = iou.shape
    names = tuple(f"det{i + 1}" for i in order)
    best = iou.max(axis=1)
    right = int(hits.sum())
    return Working(
        inputs={
            "truths": truths,
            "truth_images": truth_images,
            "detections": detections,
            "images": images,
            "scores": scores,
            "thresholds": thresholds,
        },
        steps=(
            Step(
                "matches",
                r"\text{TP: } J \ge 0.5 \text{ with a free truth}",
                rf"\text{{TP}} = {right}, \quad \text{{FP}} = {m - right}, \quad "
                rf"\text{{FN}} = {n - right}",
                np.column_stack([scores[order], images[order], best, at_50.matched + 1, hits]),
                "By falling score; a second box on one object is false, and truth 0 is none.",
            ),
            Step(
                "curve",
                r"P_k = \frac{TP_k}{k}, \quad R_k = \frac{TP_k}{n}",
                rf"P_{{{m}}} = \frac{{{right}}}{{{m}}} {equals(at_50.precision[-1])}, \quad "
                rf"R_{{{m}}} = \frac{{{right}}}{{{n}}} {equals(at_50.recall[-1])}",
                np.column_stack([at_50.precision, at_50.recall, at_50.envelope]),
                "The envelope is the best precision at this recall or beyond.",
            ),
            Step(
                "ap50",
                rf"{_AVERAGES[points]}, \quad e(r) = \max_{{R_k \ge r}} P_k",
                rf"\text{{AP}}_{{50}} {equals(ap50)}",
                ap50,
                "The envelope e averaged over recall: one number for a curve.",
            ),
            Step(
                "aps",
                r"\text{AP}_t = \text{AP}(J \ge t)",
                rf"\text{{AP}}_{{{number(thresholds[-1])}}} {equals(aps[-1])}",
                aps,
                "The same with stricter matches: loose boxes turn into false alarms.",
            ),
            Step(
                "ap",
                r"\text{AP} = \frac{1}{T} \sum_t \text{AP}_t",
                rf"\text{{AP}} = \frac{{{addition(aps)}}}{{{aps.size}}} {equals(mean)}",
                mean,
                "COCO's headline; mAP is its mean over classes, of which there is one here.",
            ),
        ),
        results={
            "iou": iou,
            "precision": at_50.precision,
            "recall": at_50.recall,
            "envelope": at_50.envelope,
            "ap50": ap50,
            "aps": aps,
            "ap": mean,
        },
        axes={
            "truths": (_numbered("truth", n), ("x1", "y1", "x2", "y2")),
            "truth_images": (_numbered("truth", n),),
            "detections": (_numbered("det", m), ("x1", "y1", "x2", "y2")),
            **dict.fromkeys(("images", "scores"), (_numbered("det", m),)),
            "iou": (names, _numbered("truth", n)),
            "matches": (names, ("score", "image", "best IoU", "truth", "TP")),
            "curve": (names, ("precision", "recall", "envelope")),
            **dict.fromkeys(("precision", "recall", "envelope"), (names,)),
            "aps": (tuple(f"{threshold:.4g}" for threshold in thresholds),),
        },
        plots=(
            Plot(
                "line",
                "precision over recall at IoU 0.5",
                "recall",
                "precision",
                (
                    Series("detections", at_50.recall, at_50.precision),
                    Series("envelope", at_50.recall, at_50.envelope),
                ),
            ),
        ),
        invariants=(
            same("no object is found twice", len(set(at_50.matched[hits].tolist())), right),
            same(
                "the envelope never rises and never falls below the precision",
                np.maximum.reduce(
                    [
                        np.diff(at_50.envelope, append=0.0).max(),
                        (at_50.precision - at_50.envelope).max(),
                        0.0,
                    ]
                ),
                0.0,
            ),
        ),
        conventions=(
            "101 recalls are COCO's, 11 are those of PASCAL VOC until 2009, area is VOC's since.",
            "IoU at the threshold is a match; coordinates are continuous.",
            "COCO also ignores crowds and takes 100 detections an image; neither is shown here.",
        ),
        tries=(
            Try(("points=area",), "the exact area under the envelope"),
            Try(("thresholds=0.5",), "one loose threshold, as PASCAL VOC has it"),
            Try(("scores=.1,.8,.7,.6,.9",), "better scores for the same boxes: a better AP"),
        ),
    )


def _check_rows(name: str, boxes: Array, **columns: Array) -> None:
    for column, values in columns.items():
        given = f"{name} has {len(boxes)} rows and {column} has {values.size} entries"
        require(len(boxes) == values.size, f"{given}; each box has one")


def _numbered(name: str, count: int) -> tuple[str, ...]:
    return tuple(f"{name}{i}" for i in range(1, count + 1))
