"""Question 20: how well a mask fits, as a measure and as a loss."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.metrics import quotient
from nnquiz.examples.notation import dot, equals, number
from nnquiz.examples.parameters import Labels, Real, Tensor, require
from nnquiz.examples.trace import Array, Step, Try, Working, same

# Four pixels of an object among eight; one of them is missed, one is too many.
TRUTH = np.array([1, 1, 1, 1, 0, 0, 0, 0])
PREDICTED = np.array([0.9, 0.8, 0.6, 0.3, 0.7, 0.2, 0.1, 0.1])

Chances = Annotated[Array, Tensor(1, low=0.0, high=1.0, drawn=(0.1, 0.9))]
Share = Annotated[float, Real(0.0, 1.0)]
Focus = Annotated[float, Real(0.0, 100.0)]


@example
def dice_iou(
    *,
    y: Labels = TRUTH,
    p: Chances = PREDICTED,
    threshold: Share = 0.5,
    gamma: Focus = 2.0,
    alpha: Share = 0.25,
) -> Working:
    """IoU and Dice of a mask, soft Dice of its probabilities, and the focal loss.

    A pixel is predicted when its probability p reaches the threshold. The focal loss is that of
    Lin et al. (2017), with the weight `alpha` for pixels of the object.
    """
    given = f"y has {y.size} entries and p has {p.size}; each pixel has both"
    require(y.size == p.size, given)
    p_t = np.where(y == 1, p, 1 - p)  # (n,), what the right answer was given
    surely = f"pixel {int(p_t.argmin()) + 1} is wrong with certainty; its log loss is infinite"
    require(bool((p_t > 0).all()), surely)

    mask = (p >= threshold).astype(int)  # (n,)
    intersection, union = int((mask & y).sum()), int((mask | y).sum())
    iou = quotient(intersection, union)
    dice = quotient(2 * intersection, int(mask.sum() + y.sum()))
    soft_dice = quotient(float(2 * (p @ y)), float(p.sum() + y.sum()))

    alpha_t = np.where(y == 1, alpha, 1 - alpha)
    cross_entropy = -np.log(p_t)
    focal_terms = alpha_t * (1 - p_t) ** gamma * cross_entropy
    focal = focal_terms.mean()

    pixels = tuple(f"#{i}" for i in range(1, y.size + 1))
    empty = "" if union else "Both masks are empty, so it is 0/0."
    return Working(
        inputs={"y": y, "p": p},
        steps=(
            Step(
                "mask",
                r"m_i = \begin{cases} 1 & p_i \ge t \\ 0 & p_i < t \end{cases}",
                rf"m_1 = {mask[0]}",
                mask,
                "The hard decision, pixel by pixel.",
            ),
            Step(
                "intersection",
                r"I = \sum_i m_i y_i",
                f"I = {dot(mask, y)} = {intersection}",
                intersection,
                "Pixels in both masks: the true positives.",
            ),
            Step(
                "union",
                r"U = \sum_i m_i + \sum_i y_i - I",
                f"U = {mask.sum()} + {y.sum()} - {intersection} = {union}",
                union,
                "Pixels in either.",
            ),
            Step(
                "iou",
                r"J = \frac{I}{U}",
                rf"J = \frac{{{intersection}}}{{{union}}} {equals(iou)}",
                iou,
                empty or "The Jaccard index; mIoU is its mean over classes.",
            ),
            Step(
                "dice",
                r"D = \frac{2 I}{|m| + |y|} = \frac{2 J}{1 + J}",
                rf"D = \frac{{2 \cdot {intersection}}}{{{mask.sum()} + {y.sum()}}} {equals(dice)}",
                dice,
                empty.strip()
                or "The F1 of the pixels: never below the IoU, and in the same order.",
            ),
            Step(
                "soft_dice",
                r"D_\text{soft} = \frac{2 \sum_i p_i y_i}{\sum_i p_i + \sum_i y_i}",
                rf"D_\text{{soft}} = \frac{{2 \cdot {number(p @ y)}}}"
                rf"{{{number(p.sum())} + {y.sum()}}} {equals(soft_dice)}",
                soft_dice,
                "Probabilities in place of the mask have a gradient: 1 minus this is a loss.",
            ),
            Step(
                "focal_terms",
                r"l_i = -\alpha_i (1 - q_i)^\gamma \log q_i, "
                r"\quad q_i = \begin{cases} p_i & y_i = 1 \\ 1 - p_i & y_i = 0 \end{cases}",
                rf"l_1 = -{number(alpha_t[0])} \cdot (1 - {number(p_t[0])})^{{{number(gamma)}}} "
                rf"\cdot \log {number(p_t[0])} {equals(focal_terms[0])}",
                np.stack([cross_entropy, focal_terms]),
                "Cross-entropy, turned down where the answer is right already.",
            ),
            Step(
                "focal",
                r"L = \frac{1}{n} \sum_i l_i",
                rf"L = \frac{{{number(focal_terms.sum())}}}{{{y.size}}} {equals(focal)}",
                focal,
                "The many easy pixels of the background no longer drown the rest.",
            ),
        ),
        results={
            "mask": mask,
            "intersection": intersection,
            "union": union,
            "iou": iou,
            "dice": dice,
            "soft_dice": soft_dice,
            "focal": focal,
        },
        axes={
            **dict.fromkeys(("y", "p", "mask"), (pixels,)),
            "focal_terms": (("cross-entropy", "focal"), pixels),
        },
        invariants=(
            *((same("D = 2J / (1 + J)", dice, 2 * iou / (1 + iou)),) if union else ()),
            same(
                "no term of the focal loss exceeds the cross-entropy",
                np.maximum(focal_terms - cross_entropy, 0),
                0.0,
            ),
        ),
        conventions=(
            "Soft Dice divides by plain sums; V-Net squares the terms, much code adds 1 to both.",
            "The focal loss is averaged over pixels; detectors divide by the number of objects.",
            "Two empty masks are 0/0: undefined here, often counted as 1.",
        ),
        tries=(
            Try(("gamma=0", "alpha=0.5"), "half the plain cross-entropy"),
            Try(("threshold=0.25",), "a larger mask"),
            Try(("p=.9,.8,.7,.6,.1,.1,.1,.1",), "a perfect mask, and still a loss"),
        ),
    )
