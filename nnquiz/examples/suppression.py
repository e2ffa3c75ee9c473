"""Question 20: the overlap of boxes, and non-maximum suppression."""

from collections.abc import Callable
from typing import Annotated, Literal

import numpy as np

from nnquiz.examples.boxes import Boxes, Layout, areas, corners, overlaps
from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, operand
from nnquiz.examples.parameters import Real, Scores, require
from nnquiz.examples.trace import Array, Step, Try, Working, same

# Three boxes in a row, each overlapping the next, and one apart.
BOXES = np.array([[0.0, 0, 10, 10], [3, 0, 13, 10], [6, 0, 16, 10], [20, 0, 30, 10]])
SCORES = np.array([0.9, 0.8, 0.7, 0.6])

Method = Literal["hard", "linear", "gaussian"]
Share = Annotated[float, Real(0.0, 1.0)]
Width = Annotated[float, Real(above=0.0)]

_DECAYS = {
    "hard": (
        r"s_j \leftarrow \begin{cases} 0 & J > t \\ s_j & J \le t \end{cases}",
        "The best box left is picked and drops what overlaps it too much.",
    ),
    "linear": (
        r"s_j \leftarrow \begin{cases} s_j (1 - J) & J > t \\ s_j & J \le t \end{cases}",
        "The best box left is picked and lowers the scores of what overlaps it too much.",
    ),
    "gaussian": (
        r"s_j \leftarrow s_j e^{-J^2 / \sigma}",
        "The best box left is picked and lowers all others by their overlap; no threshold.",
    ),
}


def suppress(
    iou: Array, scores: Array, decay: Callable[[Array], Array], floor: float
) -> tuple[list[int], Array]:
    """Pick boxes by score, each lowering the scores of those left.

    Args:
        iou: (n, n).
        scores: (n,).
        decay: the factor for the score of a box, from its IoU with the one picked.
        floor: boxes whose score has fallen to this are not picked.

    Returns:
        The boxes picked, in order, and the scores after each pick, (picks, n).
    """
    scores, left = scores.copy(), np.ones(len(scores), dtype=bool)
    kept: list[int] = []
    history = []
    while left.any():
        best = int(np.where(left, scores, -np.inf).argmax())  # the first of equals
        if scores[best] <= floor:
            break
        kept.append(best)
        left[best] = False
        scores[left] *= decay(iou[best, left])
        history.append(scores.copy())
    return kept, np.array(history)


@example
def iou_nms(
    *,
    boxes: Boxes = BOXES,
    scores: Scores = SCORES,
    layout: Layout = "xyxy",
    threshold: Share = 0.5,
    method: Method = "hard",
    sigma: Width = 0.5,
    floor: Share = 0.001,
) -> Working:
    """IoU of all pairs of boxes, and greedy non-maximum suppression of one class.

    `linear` and `gaussian` are the soft-NMS of Bodla et al. (2017), which lowers scores instead of
    dropping boxes; a box is dropped when its score falls to `floor`.
    """
    n = len(boxes)
    given = f"boxes has {n} rows and scores has {scores.size} entries; each box has a score"
    require(n == scores.size, given)
    xyxy = corners("boxes", boxes, layout)
    highest = f"no score is above floor, {floor:g}; the highest is {scores.max():g}"
    require(bool(scores.max() > floor), highest)

    intersection, iou = overlaps(xyxy, xyxy)  # (n, n)
    decay = {
        "hard": lambda overlap: np.where(overlap > threshold, 0.0, 1.0),
        "linear": lambda overlap: np.where(overlap > threshold, 1 - overlap, 1.0),
        "gaussian": lambda overlap: np.exp(-(overlap**2) / sigma),
    }[method]
    kept, history = suppress(iou, scores, decay, floor)

    names = tuple(f"box{i}" for i in range(1, n + 1))
    grid = (names, names)
    last = min(2, n)
    formula, note = _DECAYS[method]
    among = iou[np.ix_(kept, kept)] - np.eye(len(kept))
    crowded = among.max() > threshold if method == "hard" else False
    return Working(
        inputs={"boxes": boxes, "scores": scores},
        steps=(
            *_overlap(xyxy[0], xyxy[last - 1], last, intersection, iou),
            Step(
                "picks",
                formula,
                rf"\text{{picked: }} {', '.join(str(i + 1) for i in kept)}",
                history,
                note,
            ),
        ),
        results={
            "intersection": intersection,
            "iou": iou,
            "kept": np.array(kept) + 1,
            "scores_after": history[-1],
        },
        axes={
            "boxes": (names, ("x1", "y1", "x2", "y2") if layout == "xyxy" else (*"xywh",)),
            "scores": (names,),
            "scores_after": (names,),
            **dict.fromkeys(("intersection", "iou"), grid),
            "picks": (tuple(f"after box{i + 1}" for i in kept), names),
        },
        invariants=(
            same("the overlap of A and B is that of B and A", iou, iou.T),
            same("a box overlaps itself wholly", np.diag(iou), 1.0),
            same("of the kept boxes no two overlap too much", float(crowded), 0.0),
        ),
        conventions=(
            "Coordinates are continuous: a width is x2 - x1; old code adds 1 for pixels.",
            "A box is dropped above the threshold, not at it; boxes are counted from 1.",
            "Suppression is for one class at a time.",
        ),
        tries=(
            Try(("method=gaussian",), "soft: overlapping boxes keep a lower score"),
            Try(("threshold=0.2",), "a crowd loses all but its best box"),
            Try(("threshold=0.6",), "no overlap is too much: all are kept"),
        ),
    )


def _overlap(a: Array, b: Array, place: int, intersection: Array, iou: Array) -> tuple[Step, Step]:
    """Return the steps to the IoU, worked out for the first box and the one at a place."""
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[2:], b[2:])
    edges = zip(low, high, strict=True)
    sides = r" \cdot ".join(rf"\max(0, {number(end)} - {operand(start)})" for start, end in edges)
    both = intersection[0, place - 1]
    sizes = (number(area) for area in areas(np.stack([a, b])))
    below = f"{' + '.join(sizes)} - {number(both)}"
    return (
        Step(
            "intersection",
            r"|A \cap B| = \max(0, x_2 - x_1) \max(0, y_2 - y_1)",
            rf"|B_1 \cap B_{place}| = {sides} {equals(both)}",
            intersection,
            "From the larger left and top edge to the smaller right and bottom one.",
        ),
        Step(
            "iou",
            r"J = \frac{|A \cap B|}{|A| + |B| - |A \cap B|}",
            rf"J_{{1{place}}} = \frac{{{number(both)}}}{{{below}}} {equals(iou[0, place - 1])}",
            iou,
            "1 for the same box, 0 for boxes apart.",
        ),
    )
