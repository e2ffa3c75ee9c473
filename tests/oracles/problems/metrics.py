"""Oracles of question 8: scikit-learn's metrics on labels written out, and counted populations."""

from fractions import Fraction

import numpy as np
from sklearn import metrics


def of_labels(metric, **settings):
    """Write out a label and a prediction for each count, and let the metric judge them."""

    def oracle(p):
        cells = ((1, 1, p["tp"]), (0, 1, p["fp"]), (1, 0, p["fn"]), (0, 0, p["tn"]))
        true = [label for label, _, count in cells for _ in range(count)]
        called = [prediction for _, prediction, count in cells for _ in range(count)]
        return float(metric(true, called, **settings))

    return oracle


def auc(p):
    labels = [1] * len(p["positive"]) + [0] * len(p["negative"])
    return float(metrics.roc_auc_score(labels, p["positive"] + p["negative"]))


def r2(p):
    return float(metrics.r2_score(p["y"], p["predicted"]))


def base_rate(p):
    """Count alarms among a hundred million people."""
    people = 10**8
    ill = people * Fraction(str(p["prevalence"]))
    found = ill * Fraction(str(p["recall"]))
    cleared = (people - ill) * Fraction(str(p["specificity"]))
    return float(found / (people - ill - cleared + found))


def brier(p):
    return float(metrics.brier_score_loss(p["y"], p["p"]))


def calibration(p):
    """Write out each prediction, sort them into bins by confidence, and compare bin by bin."""
    confidence = np.repeat(p["confidence"], p["sizes"])
    right = np.concatenate(
        [
            np.arange(size) < round(size * share)
            for size, share in zip(p["sizes"], p["accuracy"], strict=True)
        ]
    )
    bins = np.digitize(confidence, [0.5, 0.75])
    return sum(
        np.mean(bins == one) * abs(confidence[bins == one].mean() - right[bins == one].mean())
        for one in (1, 2)
    )


ORACLES = {
    "precision": of_labels(metrics.precision_score),
    "recall": of_labels(metrics.recall_score),
    "f1": of_labels(metrics.f1_score),
    "specificity": of_labels(metrics.recall_score, pos_label=0),
    "macro_f1": of_labels(metrics.f1_score, average="macro"),
    "mcc": of_labels(metrics.matthews_corrcoef),
    "auc_small": auc,
    "r2": r2,
    "base_rate_precision": base_rate,
    "brier_score": brier,
    "ece_two_bins": calibration,
}
