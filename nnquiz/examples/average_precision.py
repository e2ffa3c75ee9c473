"""Question 8: the precision-recall curve and average precision."""

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.metrics import SCORES, Y_TRUE
from nnquiz.examples.notation import addition, equals, number, total
from nnquiz.examples.parameters import Labels, Scores, require
from nnquiz.examples.trace import Plot, Series, Step, Try, Working, same


@example
def average_precision(*, y_true: Labels = Y_TRUE, scores: Scores = SCORES) -> Working:
    """Average precision: the precision at each threshold, weighted by the recall it adds.

    Equal scores are one threshold. It is scikit-learn's `average_precision_score`: a sum of
    steps, with no interpolation between them.
    """
    given = f"y_true has {y_true.size} entries and scores has {scores.size}; each case has both"
    require(y_true.size == scores.size, given)
    positives = int(y_true.sum())
    require(positives > 0, "y_true has no 1; recall is a share of the positives")

    thresholds = np.unique(scores)[::-1]  # (t,), falling
    called = scores >= thresholds[:, None]  # (t, n)
    predicted = called.sum(axis=1)  # (t,)
    tp = (called & (y_true == 1)).sum(axis=1)
    precision, recall = tp / predicted, tp / positives
    gained = np.diff(recall, prepend=0.0)
    terms = gained * precision
    ap = terms.sum()

    # The other way: each positive looks at the precision of its own threshold.
    own = np.searchsorted(-thresholds, -scores[y_true == 1])
    at_positives = precision[np.sort(own)]  # (positives,)

    last, base_rate = len(thresholds), positives / y_true.size
    cases = tuple(f"#{i}" for i in range(1, y_true.size + 1))
    return Working(
        inputs={"y_true": y_true, "scores": scores},
        steps=(
            Step(
                "curve",
                r"P_k = \frac{TP_k}{\text{predicted}_k}, \quad R_k = \frac{TP_k}{P}",
                rf"P_{{{last}}} = \frac{{{tp[-1]}}}{{{predicted[-1]}}} {equals(precision[-1])}, "
                rf"\quad R_{{{last}}} = \frac{{{tp[-1]}}}{{{positives}}} = 1",
                np.column_stack([thresholds, predicted, tp, precision, recall]),
                "Recall only rises as the threshold falls; precision goes up and down.",
            ),
            Step(
                "terms",
                r"a_k = (R_k - R_{k-1}) P_k",
                rf"a_1 = ({number(recall[0])} - 0) \cdot {number(precision[0])} "
                f"{equals(terms[0])}",
                terms,
                "A threshold that finds no new positive adds nothing.",
            ),
            Step(
                "ap",
                r"\text{AP} = \sum_k a_k",
                rf"\text{{AP}} = {addition(terms)} {equals(ap)}",
                ap,
                f"Guessing gets about the share of positives, {base_rate:.4g}.",
            ),
            Step(
                "ap by positives",
                r"\text{AP} = \frac{1}{P} \sum_{i: y_i = 1} P(s_i)",
                rf"\text{{AP}} = \frac{{{total(map(number, at_positives))}}}{{{positives}}} "
                f"{equals(at_positives.mean())}",
                at_positives,
                "The same number: the mean of the precision at each positive.",
            ),
        ),
        results={"precision": precision, "recall": recall, "thresholds": thresholds, "ap": ap},
        axes={
            **dict.fromkeys(("y_true", "scores"), (cases,)),
            "curve": ((), ("threshold", "predicted", "TP", "precision", "recall")),
        },
        plots=(
            Plot(
                "line",
                "precision-recall curve",
                "recall",
                "precision",
                (
                    Series("scores", recall, precision),
                    Series("guessing", np.array([0.0, 1.0]), np.array([base_rate, base_rate])),
                ),
            ),
        ),
        invariants=(
            same("steps of recall and positives give one AP", ap, at_positives.mean()),
            same("the lowest threshold finds every positive", recall[-1], 1.0),
        ),
        conventions=(
            "Steps, not trapezoids: straight lines between points of this curve flatter.",
            "VOC and COCO first raise each precision to the best one at a higher recall.",
        ),
        tries=(
            Try(("scores=.9,.2,.8,.3,.1,.7,.4,.5,.6,.2",), "a perfect ranking"),
            Try(("scores=.5,.5,.5,.5,.5,.5,.5,.5,.5,.5",), "one threshold: the share of positives"),
        ),
    )
