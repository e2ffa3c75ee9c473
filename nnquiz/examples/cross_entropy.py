"""Questions 14 and 15: cross-entropy that ignores padding, and with smoothed targets."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, dot, equals, number, total
from nnquiz.examples.parameters import Matrix, Real, Tensor, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Four positions, three classes; the third position is padding.
LOGITS = np.array([[2.0, 1, 0], [0, 2, 1], [3, 0, 0], [1, 1, 1]])
TARGETS = np.array([0, 2, -100, 1])
# Five rows, three classes: sure, right, wrong, undecided, and very wrong.
LOGITS_5 = np.array([[4.0, 0, 0], [2, 1, 0], [0, 2, 1], [1, 1, 1], [3, 0, -1]])
LABELS = np.array([0, 0, 2, 1, 2])

Targets = Annotated[Array, Tensor(1, whole=True, drawn=None)]
ClassLabels = Annotated[Array, Tensor(1, whole=True, drawn=(0, 2), low=0, high=99)]
Ignored = Annotated[int, Whole(-1000, 1000)]
Share = Annotated[float, Real(0.0, 1.0)]


def log_softmax(logits: Array) -> Array:
    """Return the logarithm of the softmax of each row, which cannot overflow or become log 0."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_p: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return log_p


@example
def masked_loss(
    *, logits: Matrix = LOGITS, targets: Targets = TARGETS, ignore_index: Ignored = -100
) -> Working:
    """Cross-entropy over a padded batch: the mean is over the real positions only.

    A target that equals `ignore_index` marks padding, as in PyTorch.
    """
    n, classes = logits.shape
    given = f"logits has {n} rows and targets has {targets.size} entries; each position has both"
    require(targets.size == n, given)
    valid = targets != ignore_index
    require(bool(valid.any()), f"every target is {ignore_index}; there is nothing to average")
    known = bool(((targets >= 0) & (targets < classes))[valid].all())
    require(known, f"targets are 0 to {classes - 1}, one a column of logits, or {ignore_index}")

    log_p = log_softmax(logits)  # (n, classes)
    picked = log_p[np.arange(n), np.where(valid, targets, 0)]
    losses = np.where(valid, -picked, 0.0)
    count = int(valid.sum())
    loss = losses.sum() / count
    over_all = losses.mean()

    positions = tuple(f"t={t}" if v else f"pad t={t}" for t, v in enumerate(valid, start=1))
    first = int(np.flatnonzero(valid)[0])
    real = [number(value) for value in losses[valid]]
    moved = log_softmax(logits + 7.0)
    return Working(
        inputs={"logits": logits, "targets": targets},
        steps=(
            Step(
                "log_p",
                r"\log p_{tc} = z_{tc} - \log \sum_k e^{z_{tk}}",
                rf"\log p_{{11}} = {number(logits[0, 0])} - "
                rf"\log({total(f'e^{{{number(z)}}}' for z in logits[0])}) {equals(log_p[0, 0])}",
                log_p,
                "The log-softmax of every position, padding as well: the mask comes later.",
            ),
            Step(
                "losses",
                r"\ell_t = \begin{cases} -\log p_{t, y_t} & y_t \ne i \\ 0 & y_t = i \end{cases}",
                rf"\ell_{{{first + 1}}} = -({number(picked[first])}) {equals(losses[first])}",
                losses,
                f"Targets of i = {ignore_index} cost nothing, and pass no gradient back.",
            ),
            Step(
                "loss",
                r"L = \frac{\sum_t \ell_t}{\sum_t [y_t \ne i]}",
                rf"L = \frac{{{total(real)}}}{{{count}}} {equals(loss)}",
                loss,
                f"Divided by the {count} real positions.",
            ),
            Step(
                "over_all",
                r"L' = \frac{1}{n} \sum_t \ell_t",
                rf"L' = \frac{{{total(real)}}}{{{n}}} {equals(over_all)}",
                over_all,
                "Wrong: divided by all positions, the loss depends on the padding."
                if count < n
                else "Without padding it is the same.",
            ),
        ),
        results={"log_p": log_p, "losses": losses, "loss": loss, "over_all": over_all},
        axes={
            **dict.fromkeys(("logits", "log_p"), (positions, ())),
            **dict.fromkeys(("targets", "losses"), (positions,)),
        },
        invariants=(
            same("the probabilities of a position sum to 1", np.exp(log_p).sum(axis=1), 1.0),
            same(
                "a constant added to the logits changes nothing", moved, log_p, scale=_size(logits)
            ),
            same("both means differ by the share of real positions", loss * count / n, over_all),
        ),
        conventions=(
            "Over several batches add up sums and counts: a mean of means weighs short ones more.",
        ),
        tries=(
            Try(("targets=0,2,0,1",), "counted as class 0, the padding lowers the loss"),
            Try(("targets=0,-100,-100,-100",), "one real position: its loss alone"),
        ),
    )


@example
def label_smoothing(
    *, logits: Matrix = LOGITS_5, labels: ClassLabels = LABELS, eps: Share = 0.1
) -> Working:
    """Cross-entropy with smoothed targets (Szegedy et al. 2016, section 7).

    A share `eps` of each target is spread over all classes, the right one included.
    """
    n, classes = logits.shape
    given = f"logits has {n} rows and labels has {labels.size} entries; each row has a label"
    require(labels.size == n, given)
    known = (
        f"the largest label is {labels.max()}; {classes} columns of logits have 0 to {classes - 1}"
    )
    require(int(labels.max()) < classes, known)

    hard = np.eye(classes)[labels]  # (n, classes)
    targets = (1 - eps) * hard + eps / classes
    log_p = log_softmax(logits)
    losses = -(targets * log_p).sum(axis=1)
    loss = losses.mean()
    plain = -(hard * log_p).sum(axis=1)

    uniform = -log_p.mean(axis=1)
    right = targets[0, labels[0]]
    rows = tuple(f"row {i}" for i in range(1, n + 1))
    names = tuple(f"class {c}" for c in range(classes))
    return Working(
        inputs={"logits": logits, "labels": labels},
        steps=(
            Step(
                "targets",
                r"q_{ic} = (1 - \epsilon) \cdot [y_i = c] + \frac{\epsilon}{C}",
                rf"q_{{1,y_1}} = {number(1 - eps)} \cdot 1 + \frac{{{number(eps)}}}{{{classes}}} "
                f"{equals(right)}",
                targets,
                "No class is certain, and none is impossible.",
            ),
            Step(
                "log_p",
                r"\log p_{ic} = z_{ic} - \log \sum_k e^{z_{ik}}",
                rf"\log p_{{11}} = {number(logits[0, 0])} - "
                rf"\log({total(f'e^{{{number(z)}}}' for z in logits[0])}) {equals(log_p[0, 0])}",
                log_p,
                "The log-softmax of the logits.",
            ),
            Step(
                "losses",
                r"\ell_i = -\sum_c q_{ic} \log p_{ic}",
                rf"\ell_1 = -({dot(targets[0], log_p[0])}) {equals(losses[0])}",
                losses,
                "Being sure costs: even a right row pays for its other classes.",
            ),
            Step(
                "loss",
                r"L = \frac{1}{n} \sum_i \ell_i",
                rf"L = \frac{{1}}{{{n}}} ({addition(losses)}) {equals(loss)}",
                loss,
                f"With hard targets it would be {plain.mean():.4g}.",
            ),
        ),
        results={"targets": targets, "log_p": log_p, "losses": losses, "loss": loss},
        axes={
            **dict.fromkeys(("logits", "targets", "log_p"), (rows, names)),
            **dict.fromkeys(("labels", "losses"), (rows,)),
        },
        plots=(
            Plot(
                "bar",
                "loss of each row",
                "row",
                "loss",
                (
                    Series("smoothed", np.arange(n), losses),
                    Series("hard", np.arange(n), plain),
                ),
                x_ticks=rows,
            ),
        ),
        invariants=(
            same("each row of targets sums to 1", targets.sum(axis=1), 1.0),
            same(
                "it is the plain loss mixed with that of a uniform target",
                (1 - eps) * plain + eps * uniform,
                losses,
                scale=_size(logits),
            ),
        ),
        conventions=(
            "PyTorch spreads eps over all C classes; some papers over the C - 1 wrong ones.",
            "The smallest loss is the entropy of the targets, not 0.",
        ),
        tries=(
            Try(("eps=0",), "hard targets: plain cross-entropy"),
            Try(("eps=1",), "uniform targets: the labels no longer count"),
        ),
    )


def _size(logits: Array) -> float:
    return 1.0 + float(np.abs(logits).max())
