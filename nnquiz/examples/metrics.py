"""Question 8: the confusion matrix, the ROC curve, and the errors of a regression."""

import math
from collections.abc import Iterable
from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals, number, operand, put, total
from nnquiz.examples.parameters import Labels, Real, Scores, Vector, require
from nnquiz.examples.trace import Array, Invariant, Plot, Series, Step, Try, Working, same

# Ten cases, four of them positive; two scores are shared by a positive and a negative.
Y_TRUE = np.array([1, 0, 1, 0, 0, 1, 0, 0, 1, 0])
SCORES = np.array([0.9, 0.2, 0.6, 0.7, 0.1, 0.4, 0.3, 0.6, 0.8, 0.4])
# The example in scikit-learn's documentation of its regression metrics.
Y = np.array([3.0, -0.5, 2.0, 7.0])
Y_HAT = np.array([2.5, 0.0, 2.0, 8.0])

Threshold = Annotated[float, Real()]

# For each metric of a confusion matrix its formula, what it says, and why it may be 0/0.
_METRICS = {
    "accuracy": (
        r"\frac{TP + TN}{TP + FP + FN + TN}",
        "The share that is right, whichever way.",
        "",
    ),
    "precision": (
        r"\frac{TP}{TP + FP}",
        "Of those predicted positive, the share that is.",
        "Nothing was predicted positive, so it is 0/0; scikit-learn warns and puts 0.",
    ),
    "recall": (
        r"\frac{TP}{TP + FN}",
        "Of the positives, the share that was found.",
        "There is no positive to find, so it is 0/0; scikit-learn warns and puts 0.",
    ),
    "f1": (
        r"\frac{2 \cdot TP}{2 \cdot TP + FP + FN}",
        "The harmonic mean of precision and recall; true negatives do not count.",
        "Nothing is positive nor predicted so: it is 0/0; scikit-learn warns and puts 0.",
    ),
    "specificity": (
        r"\frac{TN}{TN + FP}",
        "The recall of the negatives.",
        "There is no negative to clear, so it is 0/0.",
    ),
    "balanced_accuracy": (
        r"\frac{1}{2} \left(\frac{TP}{TP + FN} + \frac{TN}{TN + FP}\right)",
        "The mean of recall and specificity, as if the classes were equally frequent.",
        "One class does not occur; scikit-learn warns and takes the other's recall.",
    ),
    "mcc": (
        r"\frac{TP \cdot TN - FP \cdot FN}{\sqrt{(TP + FP)(TP + FN)(TN + FP)(TN + FN)}}",
        "Pearson's correlation of prediction and truth: all four cells count.",
        "A row or a column of the counts is empty, so it is 0/0; scikit-learn puts 0.",
    ),
}


_TITLES = {"f1": "F1", "balanced_accuracy": "balanced accuracy", "mcc": "MCC"}


def quotient(top: float, bottom: float) -> float:
    """Divide; 0/0, as in a metric about cases that do not occur, is nan."""
    return top / bottom if bottom else math.nan


@example
def confusion(
    *, y_true: Labels = Y_TRUE, scores: Scores = SCORES, threshold: Threshold = 0.5
) -> Working:
    """The confusion matrix at a threshold, and the metrics that read it.

    A case is predicted positive when its score is at least the threshold. A metric that would
    divide by zero is nan.
    """
    _check_pairs(y_true=y_true, scores=scores)
    order = np.argsort(-scores, kind="stable")
    y, s = y_true[order], scores[order]

    y_hat = (s >= threshold).astype(int)  # (n,)
    tp, fp = int(y_hat @ y), int(y_hat @ (1 - y))
    fn, tn = int((1 - y_hat) @ y), int((1 - y_hat) @ (1 - y))

    recall, specificity = quotient(tp, tp + fn), quotient(tn, tn + fp)
    metrics = {
        "accuracy": (tp + tn) / (tp + fp + fn + tn),
        "precision": quotient(tp, tp + fp),
        "recall": recall,
        "f1": quotient(2 * tp, 2 * tp + fp + fn),
        "specificity": specificity,
        "balanced_accuracy": (recall + specificity) / 2,
        "mcc": quotient(
            tp * tn - fp * fn, math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
        ),
    }

    counts = {"TP": tp, "FP": fp, "FN": fn, "TN": tn}
    rule = r"\begin{cases} 1 & s_i \ge t \\ 0 & s_i < t \end{cases}"
    return Working(
        inputs={"y_true": y_true, "scores": scores},
        steps=(
            Step(
                "predictions",
                rf"\hat y_i = {rule}",
                rf"\hat y_1 = {put(rule, {'s_i': s[0], 't': threshold})} = {y_hat[0]}",
                np.column_stack([s, y, y_hat]),
                "Sorted by score, the threshold cuts the cases in two.",
            ),
            Step(
                "counts",
                r"TP = \sum_i \hat y_i y_i",
                rf"TP = {dot(y_hat, y)} = {tp}",
                np.array([[tp, fn], [fp, tn]]),
                f"TP = {tp}, FP = {fp}, FN = {fn}, TN = {tn}: each case falls into one cell.",
            ),
            *(_metric(name, value, counts) for name, value in metrics.items()),
        ),
        results={"tp": tp, "fp": fp, "fn": fn, "tn": tn, **metrics},
        axes={
            "y_true": (_cases(range(len(y))),),
            "scores": (_cases(range(len(y))),),
            "predictions": (_cases(order), ("score", "truth", "predicted")),
            "counts": (("truth 1", "truth 0"), ("predicted 1", "predicted 0")),
        },
        invariants=(
            same("every case is counted once", tp + fp + fn + tn, len(y)),
            *_mcc_is_a_correlation(metrics["mcc"], y, y_hat),
        ),
        conventions=(
            "A score equal to the threshold counts as positive.",
            "The positive class comes first here; scikit-learn's matrix begins with class 0.",
        ),
        tries=(
            Try(("threshold=0.65",), "precision and recall trade places"),
            Try(("threshold=0.95",), "without an alarm, precision is undefined"),
        ),
    )


def _metric(name: str, value: float, counts: dict[str, int]) -> Step:
    formula, meaning, undefined = _METRICS[name]
    title = rf"\text{{{_TITLES.get(name, name)}}}"
    return Step(
        name,
        f"{title} = {formula}",
        f"{title} = {put(formula, counts)} {equals(value)}",
        value,
        undefined if math.isnan(value) else meaning,
    )


def _mcc_is_a_correlation(mcc: float, y: Array, y_hat: Array) -> tuple[Invariant, ...]:
    if math.isnan(mcc):
        return ()
    return (same("MCC is Pearson's correlation", mcc, np.corrcoef(y, y_hat)[0, 1]),)


@example
def roc_auc(*, y_true: Labels = Y_TRUE, scores: Scores = SCORES) -> Working:
    """The ROC curve over all thresholds, and its area in two ways.

    The area by trapezoids equals the share of pairs of a positive and a negative that are in
    order, a tie counting half: the Mann-Whitney statistic (Hanley and McNeil 1982).
    """
    _check_pairs(y_true=y_true, scores=scores)
    positive, negative = np.sort(scores[y_true == 1])[::-1], scores[y_true == 0]
    one_class = "y_true has one class only; the area needs a positive and a negative"
    require(positive.size > 0 < negative.size, one_class)

    thresholds = np.concatenate([[np.inf], np.unique(scores)[::-1]])  # (t,)
    tpr = (positive >= thresholds[:, None]).mean(axis=1)  # (t, p) -> (t,)
    fpr = (negative >= thresholds[:, None]).mean(axis=1)
    strips = np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2  # (t - 1,)
    auc = strips.sum()

    wins = (positive[:, None] > negative).sum(axis=1)  # (p, n) -> (p,)
    ties = (positive[:, None] == negative).sum(axis=1)
    credit = wins + ties / 2
    p, n = positive.size, negative.size
    share = credit.sum() / (p * n)

    middle = thresholds.size // 2
    cut, found = thresholds[middle], int((positive >= thresholds[middle]).sum())
    last = thresholds.size - 1
    heights = f"{number(tpr[-1])} + {number(tpr[-2])}"
    width = f"({number(fpr[-1])} - {number(fpr[-2])})"
    return Working(
        inputs={"y_true": y_true, "scores": scores},
        steps=(
            Step(
                "points",
                r"\text{TPR}(t) = \frac{TP(t)}{P}",
                rf"\text{{TPR}}({number(cut)}) = \frac{{{found}}}{{{p}}} "
                f"{equals(tpr[middle])}",
                np.column_stack([thresholds, fpr, tpr]),
                "Lower the threshold step by step: both rates climb from 0 to 1.",
            ),
            Step(
                "strips",
                r"A_k = (x_k - x_{k-1}) \frac{y_k + y_{k-1}}{2}",
                rf"A_{{{last}}} = {width} \frac{{{heights}}}{{2}} {equals(strips[-1])}",
                strips,
                "Each step along the curve covers a trapezoid, with x the FPR and y the TPR.",
            ),
            Step(
                "auc",
                r"\text{AUC} = \sum_k A_k",
                rf"\text{{AUC}} = {addition(strips)} {equals(auc)}",
                auc,
                "Half is guessing, 1 is a perfect ranking.",
            ),
            Step(
                "pairs",
                r"c_i = \text{wins}_i + \frac{\text{ties}_i}{2}",
                rf"c_{{{p}}} = {wins[-1]} + \frac{{{ties[-1]}}}{{2}} "
                f"{equals(credit[-1])}",
                np.column_stack([wins, ties, credit]),
                "For each positive: the negatives it beats, those it ties with, its credit.",
            ),
            Step(
                "auc by pairs",
                r"\text{AUC} = \frac{1}{P N} \sum_i c_i",
                rf"\text{{AUC}} = \frac{{{addition(credit)}}}{{{p} \cdot {n}}} {equals(share)}",
                share,
                "The same number: the chance that a positive outranks a negative.",
            ),
        ),
        results={"thresholds": thresholds, "fpr": fpr, "tpr": tpr, "auc": auc},
        axes={
            "y_true": (_cases(range(len(scores))),),
            "scores": (_cases(range(len(scores))),),
            "points": ((), ("threshold", "FPR", "TPR")),
            "pairs": (tuple(f"score {s:.4g}" for s in positive), ("wins", "ties", "credit")),
        },
        plots=(
            Plot(
                "line",
                "ROC curve",
                "false-positive rate",
                "true-positive rate",
                (
                    Series("scores", fpr, tpr),
                    Series("guessing", np.array([0.0, 1.0]), np.array([0.0, 1.0])),
                ),
            ),
        ),
        invariants=(
            same("trapezoids and pairs give one area", auc, share),
            same("the curve ends at (1, 1)", [fpr[-1], tpr[-1]], 1.0),
        ),
        conventions=(
            "A positive and a negative with one score count half a pair.",
            "The first threshold is infinite; scikit-learn's curve leaves out points on a line.",
        ),
        tries=(
            Try(("scores=.9,.2,.8,.3,.1,.7,.4,.5,.6,.2",), "a perfect ranking"),
            Try(("scores=.5,.5,.5,.5,.5,.5,.5,.5,.5,.5",), "equal scores are a guess: 0.5"),
        ),
    )


@example
def regression_metrics(*, y: Vector = Y, yhat: Vector = Y_HAT) -> Working:
    """Mean squared and absolute error and the coefficient of determination."""
    _check_pairs(y=y, yhat=yhat)

    residuals = y - yhat  # (n,)
    mse = (residuals**2).mean()
    rmse = np.sqrt(mse)
    mae = np.abs(residuals).mean()
    ss_res = (residuals**2).sum()
    # The rounding of the mean must not pass for variance.
    ss_tot = ((y - y.mean()) ** 2).sum() if np.ptp(y) > 0 else np.array(0.0)
    r2 = 1 - quotient(float(ss_res), float(ss_tot))

    n, squares = len(y), [f"{operand(e)}^2" for e in residuals]
    return Working(
        inputs={"y": y, "yhat": yhat},
        steps=(
            Step(
                "residuals",
                r"e_i = y_i - \hat y_i",
                rf"e_1 = {number(y[0])} - {operand(yhat[0])} {equals(residuals[0])}",
                residuals,
                "What is left to explain, case by case.",
            ),
            Step(
                "mse",
                r"\text{MSE} = \frac{1}{n} \sum_i e_i^2",
                rf"\text{{MSE}} = \frac{{1}}{{{n}}} ({total(squares)}) {equals(mse)}",
                mse,
                "Large errors dominate; the best constant guess is the mean.",
            ),
            Step(
                "rmse",
                r"\text{RMSE} = \sqrt{\text{MSE}}",
                rf"\text{{RMSE}} = \sqrt{{{number(mse)}}} {equals(rmse)}",
                rmse,
                "The same in the unit of y.",
            ),
            Step(
                "mae",
                r"\text{MAE} = \frac{1}{n} \sum_i |e_i|",
                rf"\text{{MAE}} = \frac{{1}}{{{n}}} ({addition(np.abs(residuals))}) {equals(mae)}",
                mae,
                "Each error counts by its size; the best constant guess is the median.",
            ),
            Step(
                "ss_res",
                r"S_\text{res} = \sum_i e_i^2",
                rf"S_\text{{res}} = {total(squares)} {equals(ss_res)}",
                ss_res,
                "What the predictions leave over.",
            ),
            Step(
                "ss_tot",
                r"S_\text{tot} = \sum_i (y_i - \bar y)^2",
                rf"S_\text{{tot}} = {_squares(y)} {equals(ss_tot)}",
                ss_tot,
                "What always guessing the mean leaves over.",
            ),
            Step(
                "r2",
                r"R^2 = 1 - \frac{S_\text{res}}{S_\text{tot}}",
                rf"R^2 = 1 - \frac{{{number(ss_res)}}}{{{number(ss_tot)}}} {equals(r2)}",
                r2,
                _judgement(r2),
            ),
        ),
        results={
            "residuals": residuals,
            "mse": mse,
            "rmse": rmse,
            "mae": mae,
            "ss_res": ss_res,
            "ss_tot": ss_tot,
            "r2": r2,
        },
        axes=dict.fromkeys(("y", "yhat", "residuals"), (_cases(range(n)),)),
        plots=(
            Plot(
                "scatter",
                "predictions against truth",
                "y",
                "prediction",
                (
                    Series("cases", y, yhat),
                    Series("perfect", np.array([y.min(), y.max()]), np.array([y.min(), y.max()])),
                ),
            ),
        ),
        invariants=(
            same(
                "MSE is the variance of the residuals plus their squared mean",
                residuals.var() + residuals.mean() ** 2,
                mse,
                scale=mse,
            ),
            same("MAE is at most RMSE", np.maximum(mae - rmse, 0), 0.0, scale=rmse),
        ),
        conventions=(
            "Where all y are equal R² is 0/0: undefined here, 1 or 0 in scikit-learn.",
            "R² is a share only for least squares on its own data; elsewhere it can fall below 0.",
        ),
        tries=(
            Try(("yhat=7,2,-0.5,3",), "worse than the mean: R² below 0"),
            Try(("yhat=2.5,0,2,18",), "one outlier moves MSE more than MAE"),
            Try(("y=2,2,2,2",), "a constant y leaves R² undefined"),
        ),
    )


def _judgement(r2: float) -> str:
    if math.isnan(r2):
        return "All y are equal, so there is no variance to explain."
    if r2 < 0:
        return "Negative: always guessing the mean would have been better."
    return "The share of the squared error of the mean that the predictions remove."


def _squares(y: Array) -> str:
    return total(f"({number(value)} - {operand(y.mean())})^2" for value in y)


def _check_pairs(**columns: Array) -> None:
    (first, left), (second, right) = columns.items()
    given = f"{first} has {left.size} entries and {second} has {right.size}; each case has both"
    require(left.size == right.size, given)


def _cases(order: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"#{i + 1}" for i in order)
