"""Question 8, metrics: from confusion counts, rankings, residuals and probabilities."""

import math
from random import Random
from typing import NamedTuple

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimal, decimals, distinct, integer
from nnquiz.problems.problem import Draft, DrawAgain


class _Counts(NamedTuple):
    """The four cells of a binary confusion matrix."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp)

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn)

    @property
    def specificity(self) -> float:
        return self.tn / (self.tn + self.fp)

    @property
    def negative_predictive_value(self) -> float:
        return self.tn / (self.tn + self.fn)

    @property
    def f1(self) -> float:
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn)

    @property
    def accuracy(self) -> float:
        return (self.tp + self.tn) / sum(self)

    def asked(self, question: str) -> str:
        """Return the text that states the counts and asks a question."""
        return f"TP = {self.tp}, FP = {self.fp}, FN = {self.fn}, TN = {self.tn}. {question}"


def _counts(rng: Random) -> _Counts:
    """Draw counts whose precision lies well apart from their recall."""
    counts = _Counts(
        tp=integer(rng, 20, 95),
        fp=integer(rng, 4, 60),
        fn=integer(rng, 4, 60),
        tn=integer(rng, 90, 400),
    )
    if abs(counts.precision - counts.recall) < 0.1:
        raise DrawAgain
    return counts


def precision(rng: Random) -> Draft:
    """Share of true positives among what was called positive."""
    counts = _counts(rng)
    tp, fp = counts.tp, counts.fp
    return Draft(
        params=counts._asdict(),
        text=counts.asked("Precision?"),
        answer=counts.precision,
        steps=(
            r"$\frac{TP}{TP + FP}$",
            f"{tp}/({tp} + {fp}) = {significant(counts.precision)}",
        ),
        mistakes=(
            (counts.recall, "recall instead of precision"),
            (counts.accuracy, "accuracy instead of precision"),
            (counts.negative_predictive_value, "gave the negative predictive value"),
            (100 * counts.precision, "percent for fraction"),
        ),
    )


def recall(rng: Random) -> Draft:
    """Share of the positives that were found."""
    counts = _counts(rng)
    tp, fn = counts.tp, counts.fn
    return Draft(
        params=counts._asdict(),
        text=counts.asked("Recall?"),
        answer=counts.recall,
        steps=(
            r"$\frac{TP}{TP + FN}$",
            f"{tp}/({tp} + {fn}) = {significant(counts.recall)}",
        ),
        mistakes=(
            (counts.precision, "precision instead of recall"),
            (counts.accuracy, "accuracy instead of recall"),
            (counts.specificity, "specificity instead of recall"),
            (100 * counts.recall, "percent for fraction"),
        ),
    )


def f1(rng: Random) -> Draft:
    """Harmonic mean of precision and recall, straight from the counts."""
    counts = _counts(rng)
    tp, fp, fn, _ = counts
    return Draft(
        params=counts._asdict(),
        text=counts.asked("F1?"),
        answer=counts.f1,
        steps=(
            r"$\frac{2PR}{P + R} = \frac{2TP}{2TP + FP + FN}$",
            f"2·{tp}/(2·{tp} + {fp} + {fn}) = {significant(counts.f1)}",
        ),
        mistakes=(
            ((counts.precision + counts.recall) / 2, "arithmetic instead of harmonic mean"),
            (tp / (tp + fp + fn), "forgot the factors 2: that is the Jaccard index"),
            (counts.accuracy, "accuracy instead of F1"),
            (counts.precision * counts.recall / (counts.precision + counts.recall), "forgot the 2"),
            (100 * counts.f1, "percent for fraction"),
        ),
    )


def specificity(rng: Random) -> Draft:
    """Share of the negatives that were called negative."""
    counts = _counts(rng)
    fp, tn = counts.fp, counts.tn
    return Draft(
        params=counts._asdict(),
        text=counts.asked("Specificity?"),
        answer=counts.specificity,
        steps=(
            r"$\frac{TN}{TN + FP}$",
            f"{tn}/({tn} + {fp}) = {significant(counts.specificity)}",
        ),
        mistakes=(
            (counts.recall, "recall instead of specificity"),
            (1 - counts.specificity, "gave the false positive rate"),
            (counts.negative_predictive_value, "divided by what was called negative"),
            (100 * counts.specificity, "percent for fraction"),
        ),
    )


def macro_f1(rng: Random) -> Draft:
    """Mean of the F1 of either class."""
    counts = _counts(rng)
    tp, fp, fn, tn = counts
    negative = 2 * tn / (2 * tn + fp + fn)
    answer = (counts.f1 + negative) / 2
    positives, negatives = tp + fn, tn + fp
    weighted = (positives * counts.f1 + negatives * negative) / sum(counts)
    return Draft(
        params=counts._asdict(),
        text=counts.asked("Macro-F1 over both classes?"),
        answer=answer,
        steps=(
            f"F1 of the positives: 2·{tp}/(2·{tp} + {fp} + {fn}) = {significant(counts.f1)}",
            f"F1 of the negatives: 2·{tn}/(2·{tn} + {fn} + {fp}) = {significant(negative)}",
            f"({significant(counts.f1)} + {significant(negative)})/2 = {significant(answer)}",
        ),
        mistakes=(
            (counts.f1, "took the positive class alone"),
            (counts.accuracy, "micro-F1 instead, which is the accuracy"),
            (weighted, "weighted the classes by their size"),
            (100 * answer, "percent for fraction"),
        ),
    )


def mcc(rng: Random) -> Draft:
    """Matthews correlation, which uses all four counts (Matthews 1975)."""
    counts = _counts(rng)
    tp, fp, fn, tn = counts
    numerator = tp * tn - fp * fn
    product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    answer = numerator / math.sqrt(product)
    return Draft(
        params=counts._asdict(),
        text=counts.asked("Matthews correlation coefficient?"),
        answer=answer,
        steps=(
            r"$\frac{TP \cdot TN - FP \cdot FN}{\sqrt{(TP+FP)(TP+FN)(TN+FP)(TN+FN)}}$",
            f"numerator {tp}·{tn} - {fp}·{fn} = {numerator}",
            f"{numerator}/sqrt({tp + fp}·{tp + fn}·{tn + fp}·{tn + fn}) = {significant(answer)}",
        ),
        mistakes=(
            ((tp * tn + fp * fn) / math.sqrt(product), "added FP·FN instead of subtracting it"),
            (tp * tn / math.sqrt(product), "left out FP·FN"),
            (numerator / product, "forgot the root"),
            (counts.f1, "F1 instead of the correlation"),
            (100 * answer, "percent for fraction"),
        ),
    )


def auc_small(rng: Random) -> Draft:
    """Area under the ROC curve of a few scores, by counting pairs."""
    n_positive, n_negative = distinct(rng, (2, 3, 4, 5), 2)
    scores = distinct(rng, range(1, 10), n_positive + n_negative)
    positive, negative = scores[:n_positive], scores[n_positive:]
    won = sum(p > n for p in positive for n in negative)
    pairs = n_positive * n_negative
    answer = won / pairs
    if not 0.2 < answer < 1:
        raise DrawAgain
    return Draft(
        params={"positive": positive, "negative": negative},
        text=f"Positive scores {vector(positive)}, negative scores {vector(negative)}. ROC AUC?",
        answer=answer,
        steps=(
            "the share of pairs (positive, negative) in which the positive scores higher",
            f"{won} of {n_positive}·{n_negative} pairs: {won}/{pairs} = {significant(answer)}",
        ),
        mistakes=(
            (1 - answer, "counted the pairs that are wrong"),
            (won, "gave the number of pairs, not their share"),
            (won / math.comb(len(scores), 2), "divided by all pairs, also those within a class"),
            (won / len(scores), "divided by the number of scores"),
            (100 * answer, "percent for fraction"),
        ),
    )


def r2(rng: Random) -> Draft:
    """Coefficient of determination of four predictions."""
    y = distinct(rng, range(1, 13), 4)
    predicted = tuple(value + integer(rng, -2, 2) for value in y)
    mean = sum(y) / len(y)
    residual = sum((a - b) ** 2 for a, b in zip(y, predicted, strict=True))
    total = sum((a - mean) ** 2 for a in y)
    answer = 1 - residual / total
    if residual == 0 or abs(answer) < 0.05:
        raise DrawAgain
    misses = sum(abs(a - b) for a, b in zip(y, predicted, strict=True))
    return Draft(
        params={"y": y, "predicted": predicted},
        text=f"y = {vector(y)}, prediction = {vector(predicted)}. $R^2$?",
        answer=answer,
        steps=(
            r"$1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2}$",
            f"mean {number(mean)}; sums of squares {residual} and {number(total)}",
            f"1 - {residual}/{number(total)} = {significant(answer)}",
        ),
        mistakes=(
            (residual / total, "forgot the 1 -"),
            (sum((b - mean) ** 2 for b in predicted) / total, "took the spread of the predictions"),
            (1 - misses / sum(abs(a - mean) for a in y), "absolute instead of squared errors"),
            (residual / len(y), "gave the mean squared error"),
            (100 * answer, "percent for fraction"),
        ),
    )


def base_rate_precision(rng: Random) -> Draft:
    """Precision that a test has at a prevalence, by Bayes' rule."""
    prevalence = choose(rng, (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2))
    sensitivity = choose(rng, (0.8, 0.85, 0.9, 0.95, 0.98, 0.99))
    specific = choose(rng, (0.8, 0.9, 0.95, 0.98, 0.99, 0.995))
    true, false = prevalence * sensitivity, (1 - prevalence) * (1 - specific)
    answer = true / (true + false)
    return Draft(
        params={"prevalence": prevalence, "recall": sensitivity, "specificity": specific},
        text=f"Prevalence {number(prevalence)}, recall {number(sensitivity)}, specificity "
        f"{number(specific)}. Precision?",
        answer=answer,
        steps=(
            r"$\frac{\pi R}{\pi R + (1 - \pi)(1 - S)}$",
            (
                f"true alarms {number(prevalence)}·{number(sensitivity)} = {number(true)}, "
                f"false ones {number(1 - prevalence)}·{number(1 - specific)} = {number(false)}"
            ),
            f"{number(true)}/({number(true)} + {number(false)}) = {significant(answer)}",
        ),
        mistakes=(
            (sensitivity, "recall instead of precision"),
            (sensitivity / (sensitivity + 1 - specific), "ignored the base rate"),
            (1 - answer, "gave the share of false alarms"),
            (true, "forgot to divide by all alarms"),
            (100 * answer, "percent for fraction"),
        ),
    )


def brier_score(rng: Random) -> Draft:
    """Mean squared error of probabilities (Brier 1950, in its form for two classes)."""
    p, y = decimals(rng, 4, 0.05, 0.95, 0.05), tuple(integer(rng, 0, 1) for _ in range(4))
    squares = sum((a - b) ** 2 for a, b in zip(p, y, strict=True))
    answer = squares / len(p)
    absolute = sum(abs(a - b) for a, b in zip(p, y, strict=True)) / len(p)
    swapped = sum((a - 1 + b) ** 2 for a, b in zip(p, y, strict=True)) / len(p)
    written = " + ".join(f"{number(abs(a - b))}²" for a, b in zip(p, y, strict=True))
    return Draft(
        params={"p": p, "y": y},
        text=f"Predicted probabilities of the positive class {vector(p)}, labels {vector(y)}. "
        "Brier score (squared errors of that probability)?",
        answer=answer,
        steps=(
            r"$\frac{1}{n} \sum_i (p_i - y_i)^2$",
            f"({written})/{len(p)} = {significant(answer)}",
        ),
        mistakes=(
            (squares, "forgot to divide by n"),
            (absolute, "absolute instead of squared errors"),
            (math.sqrt(answer), "took the root"),
            (swapped, "compared with the other class"),
            (100 * answer, "percent for fraction"),
        ),
    )


def ece_two_bins(rng: Random) -> Draft:
    """Expected calibration error over two bins (Guo and others 2017)."""
    sizes = distinct(rng, (20, 40, 60, 80, 100, 200, 300), 2)
    confidence = (decimal(rng, 0.55, 0.7, 0.01), decimal(rng, 0.8, 0.98, 0.01))
    accuracy = (decimal(rng, 0.5, 0.75, 0.05), decimal(rng, 0.65, 1.0, 0.05))
    gaps = tuple(c - a for c, a in zip(confidence, accuracy, strict=True))
    if any(abs(gap) < 0.005 for gap in gaps):
        raise DrawAgain
    low, high = (abs(gap) for gap in gaps)
    n = sum(sizes)
    answer = (sizes[0] * low + sizes[1] * high) / n
    mistakes: list[tuple[float, str]] = [
        ((low + high) / 2, "gave both bins the same weight"),
        (low + high, "added the gaps without weights"),
        (max(low, high), "took the largest gap: that is the maximum calibration error"),
        (100 * answer, "percent for fraction"),
    ]
    if gaps[0] * gaps[1] < 0:
        cancelled = abs(sizes[0] * gaps[0] + sizes[1] * gaps[1]) / n
        mistakes.insert(0, (cancelled, "let the gaps of the bins cancel"))
    bins = zip(sizes, confidence, accuracy, strict=True)
    stated = ", ".join(
        f"{size} with mean confidence {number(c)} and accuracy {number(a)}" for size, c, a in bins
    )
    return Draft(
        params={"sizes": sizes, "confidence": confidence, "accuracy": accuracy},
        text=f"Predictions in two bins: {stated}. Expected calibration error?",
        answer=answer,
        steps=(
            r"$\sum_b \frac{n_b}{n} |\text{acc}_b - \text{conf}_b|$",
            f"gaps {number(low)} and {number(high)}",
            f"({sizes[0]}·{number(low)} + {sizes[1]}·{number(high)})/{n} = {significant(answer)}",
        ),
        mistakes=tuple(mistakes),
    )
