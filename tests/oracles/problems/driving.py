"""Oracles of question 20: boxes drawn on a grid, other closed forms, a minimum, rays."""

from itertools import pairwise, permutations

import numpy as np
from scipy.optimize import brentq
from sklearn.metrics import f1_score, jaccard_score


def grid(box):
    """The unit squares of a box."""
    x1, y1, x2, y2 = box
    cells = np.zeros((120, 120), dtype=bool)
    cells[y1:y2, x1:x2] = True
    return cells


def iou(a, b):
    return (grid(a) & grid(b)).sum() / (grid(a) | grid(b)).sum()


def box_iou(p):
    return jaccard_score(grid(p["a"]).ravel(), grid(p["b"]).ravel())


def generalised(p):
    union = grid(p["a"]) | grid(p["b"])
    rows, columns = np.nonzero(union)
    hull = (np.ptp(rows) + 1) * (np.ptp(columns) + 1)
    return iou(p["a"], p["b"]) - (hull - union.sum()) / hull


def dice(p):
    """Make a mask with this IoU, out of a hundred pixels, and score it."""
    shared = round(100 * p["iou"])
    truth, found = np.ones(100, dtype=int), np.zeros(100, dtype=int)
    found[:shared] = 1
    assert np.isclose(jaccard_score(truth, found), p["iou"])
    return f1_score(truth, found)


def nms(p):
    """Of all orders, take the one by score; strike out from it until nothing overlaps."""
    scored = dict(zip(p["scores"], p["boxes"], strict=True))
    (order,) = (o for o in permutations(scored) if all(a > b for a, b in pairwise(o)))
    left, kept = list(order), []
    while left:
        best = left.pop(0)
        kept.append(best)
        left = [s for s in left if iou(scored[s], scored[best]) <= p["threshold"]]
    return sum(kept)


def soft_nms(p):
    return np.exp(np.log(p["score"]) - np.square(p["iou"]) / p["sigma"])


def frame(p):
    """Metres in an hour, by frames in an hour."""
    return 1000 * p["speed"] / (3600 * p["fps"])


def fusion(p):
    """Where the slope of the sum of weighted squared errors is zero."""

    def slope(z):
        return (z - p["camera"]) / p["wide"] + (z - p["lidar"]) / p["narrow"]

    return brentq(slope, 0, 100, xtol=1e-13)


def depth(p):
    """Let the rays of the two cameras, a baseline apart, meet on the left camera's axis."""
    slope = p["disparity"] / p["focal"]  # of the right ray, against the axis
    rays = np.array([[1.0, 0.0], [1.0, slope]])  # x = 0, and x + slope·z = baseline
    return np.linalg.solve(rays, [0.0, p["baseline"]])[1] / 100


ORACLES = {
    "box_iou": box_iou,
    "dice_from_iou": dice,
    "nms_kept": nms,
    "fps_budget": frame,
    "sensor_fusion": fusion,
    "giou": generalised,
    "soft_nms_score": soft_nms,
    "stereo_depth": depth,
}
