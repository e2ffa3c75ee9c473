"""Question 15: dropout, weight decay and early stopping."""

import math
from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, operand, put, total
from nnquiz.examples.parameters import Labels, Real, Tensor, Vector, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

X = np.array([1.0, 2, 3, 4])
MASK = np.array([1, 0, 1, 1])
W = np.array([1.0, -2, 3])
GRADIENT = np.array([0.5, 0, -1])
# It improves, wavers, improves again, and then only gets worse.
CURVE = np.array([1.0, 0.7, 0.5, 0.6, 0.4, 0.5, 0.6, 0.3])

Dropped = Annotated[float, Real(0.0, 1.0)]
NotNegative = Annotated[float, Real(0.0, 1e6)]
Rate = Annotated[float, Real(0.0, 100.0)]
Steps = Annotated[int, Whole(1, 99)]
Losses = Annotated[Array, Tensor(1, drawn=(0.0, 2.0))]
Patience = Annotated[int, Whole(1, 99)]


@example
def dropout(*, x: Vector = X, mask: Labels = MASK, p: Dropped = 0.5) -> Working:
    """Inverted dropout (Srivastava et al. 2014), with the mask given instead of drawn.

    p is the probability of dropping; in `mask` 1 is kept.
    """
    require(p < 1, "p: expected a number from 0 to below 1; came 1")
    given = f"x has {x.size} entries and mask has {mask.size}; each unit is kept or not"
    require(x.size == mask.size, given)

    kept = mask * x
    scale = 1 / (1 - p)
    y = kept * scale
    expected = p * 0 + (1 - p) * x * scale
    std = np.abs(x) * math.sqrt(p / (1 - p))

    units = tuple(f"x{i}" for i in range(1, x.size + 1))
    mean, mean_square = _over_all_masks(x, p)
    return Working(
        inputs={"x": x, "mask": mask},
        steps=(
            Step(
                "kept",
                r"k_i = m_i x_i",
                rf"k_1 = {mask[0]} \cdot {operand(x[0])} {equals(kept[0])}",
                kept,
                "In training each unit is dropped with probability p.",
            ),
            Step(
                "scale",
                r"s = \frac{1}{1 - p}",
                rf"s = \frac{{1}}{{1 - {number(p)}}} {equals(scale)}",
                scale,
                "The rest speaks louder, for those that are missing.",
            ),
            Step(
                "y",
                r"y_i = s \cdot k_i",
                rf"y_1 = {number(scale)} \cdot {operand(kept[0])} {equals(y[0])}",
                y,
                "What the next layer sees in training.",
            ),
            Step(
                "expectation",
                r"E[y_i] = p \cdot 0 + (1 - p) \cdot \frac{x_i}{1 - p} = x_i",
                rf"E[y_1] = {number(1 - p)} \cdot {number(scale)} \cdot {operand(x[0])} "
                f"{equals(expected[0])}",
                expected,
                "On average nothing changes, so evaluation needs neither mask nor scale.",
            ),
            Step(
                "std",
                r"\sigma_i = |x_i| \sqrt{\frac{p}{1 - p}}",
                put(
                    r"\sigma_1 = |x_1| \sqrt{\frac{p}{1 - p}}",
                    {"x_1": number(x[0]), "p": number(p)},
                )
                + f" {equals(std[0])}",
                std,
                "The noise that dropout adds; large inputs are shaken most.",
            ),
        ),
        results={"y": y, "scale": scale, "expectation": expected, "std": std},
        axes=dict.fromkeys(("x", "mask", "kept", "y", "expectation", "std"), (units,)),
        plots=(
            Plot(
                "bar",
                "before and after",
                "unit",
                "value",
                (Series("x", np.arange(x.size), x), Series("y", np.arange(x.size), y)),
                x_ticks=units,
            ),
        ),
        invariants=(
            same("over both masks of a unit the mean is x", mean, x, scale=np.abs(x).max() + 1),
            same(
                "over both masks of a unit the variance is that of σ",
                mean_square - mean**2,
                std**2,
                scale=1 + np.max(x**2) * scale,
            ),
        ),
        conventions=(
            "Inverted: scaled in training. The paper scales the weights at test time instead.",
            "p is the probability to drop, as in PyTorch; the paper's p is that to keep.",
        ),
        tries=(
            Try(("p=0",), "nothing is scaled; only the given mask is left"),
            Try(("p=0.8",), "the few that are kept count five times"),
            Try(("mask=1,1,1,1",), "all kept by chance: every unit comes out twice as large"),
        ),
    )


def _over_all_masks(x: Array, p: float) -> tuple[Array, Array]:
    """Return mean and mean square of each unit over its two masks, by their probabilities."""
    outcomes = np.stack([np.zeros_like(x), x / (1 - p)])  # dropped, kept
    chances = np.array([p, 1 - p])
    return chances @ outcomes, chances @ outcomes**2


@example
def weight_decay(
    *,
    w: Vector = W,
    g: Vector = GRADIENT,
    lam: NotNegative = 0.01,
    lr: Rate = 0.1,
    steps: Steps = 5,
) -> Working:
    """An L2 penalty in plain gradient descent: every step shrinks the weights by a factor.

    g is the gradient of the loss, kept the same at each step so that the decay can be seen.
    """
    require(w.size == g.size, f"w has {w.size} entries and g has {g.size}; each weight has one")

    penalty = lam / 2 * (w**2).sum()
    with_decay = g + lam * w
    factor = 1 - lr * lam
    weights = [w]
    for _ in range(steps):
        weights.append(weights[-1] - lr * (g + lam * weights[-1]))
    path = np.array(weights)  # (steps + 1, n)
    plain = w - lr * np.arange(steps + 1)[:, None] * g  # (steps + 1, n)

    powers = factor ** np.arange(steps + 1)
    closed = powers[:, None] * w - lr * np.cumsum([0.0, *powers[:-1]])[:, None] * g
    names = tuple(f"w{i}" for i in range(1, w.size + 1))
    moments = tuple(f"t={t}" for t in range(steps + 1))
    squares = total(f"{operand(value)}^2" for value in w)
    return Working(
        inputs={"w": w, "g": g},
        steps=(
            Step(
                "penalty",
                r"P = \frac{\lambda}{2} \sum_i w_i^2",
                rf"P = \frac{{{number(lam)}}}{{2}} ({squares}) {equals(penalty)}",
                penalty,
                "What is added to the loss.",
            ),
            Step(
                "gradient",
                r"\tilde g_i = g_i + \lambda w_i",
                rf"\tilde g_1 = {number(g[0])} + {number(lam)} \cdot {operand(w[0])} "
                f"{equals(with_decay[0])}",
                with_decay,
                "Its gradient points outwards, along the weights themselves.",
            ),
            Step(
                "factor",
                r"w_i - \eta \tilde g_i = (1 - \eta \lambda) w_i - \eta g_i",
                rf"1 - {number(lr)} \cdot {number(lam)} {equals(factor)}",
                factor,
                "Hence the name: each step keeps this share of a weight.",
            ),
            Step(
                "weights",
                r"w_{t+1} = (1 - \eta \lambda) w_t - \eta g",
                rf"w_{{1,1}} = {number(factor)} \cdot {operand(w[0])} - {number(lr)} \cdot "
                f"{operand(g[0])} {equals(path[1, 0])}",
                path,
                "Where the loss has no gradient, the weight fades away geometrically.",
            ),
            Step(
                "plain",
                r"w'_{t+1} = w'_t - \eta g",
                rf"w'_{{1,1}} = {number(w[0])} - {number(lr)} \cdot {operand(g[0])} "
                f"{equals(plain[1, 0])}",
                plain,
                "The same steps without decay.",
            ),
        ),
        results={
            "penalty": penalty,
            "gradient": with_decay,
            "factor": factor,
            "weights": path,
            "plain": plain,
        },
        axes={
            **dict.fromkeys(("w", "g", "gradient"), (names,)),
            **dict.fromkeys(("weights", "plain"), (moments, names)),
        },
        plots=(
            Plot(
                "line",
                "norm of the weights",
                "step",
                "norm",
                (
                    Series("with decay", np.arange(steps + 1), np.linalg.norm(path, axis=1)),
                    Series("without", np.arange(steps + 1), np.linalg.norm(plain, axis=1)),
                ),
            ),
        ),
        invariants=(
            same(
                "the steps follow the geometric series",
                path,
                closed,
                scale=1 + np.abs(path).max() + np.abs(closed).max(),
            ),
        ),
        conventions=(
            "With λ/2 in the penalty λw is its gradient: SGD's weight_decay in PyTorch.",
            "For plain SGD penalty and decay are one; for Adam they are not (see adam-vs-adamw).",
        ),
        tries=(
            Try(("lam=1",), "a tenth of each weight is lost at every step"),
            Try(("g=0,0,0", "lam=1"), "decay alone"),
            Try(("lam=25",), "too strong: the factor is negative and the weights swing"),
        ),
    )


@example
def early_stopping(
    *, loss: Losses = CURVE, patience: Patience = 2, min_delta: NotNegative = 0.0
) -> Working:
    """Stop when the validation loss has not improved for `patience` epochs; keep the best epoch.

    Only a fall by more than `min_delta` below the best loss so far is an improvement.
    """
    best, best_epoch, waited, history = math.inf, 0, 0, []
    for epoch, value in enumerate(loss, start=1):
        if value < best - min_delta:
            best, best_epoch, waited = float(value), epoch, 0
        else:
            waited += 1
        history.append((float(value), best, waited))
        if waited == patience:
            break
    stop_epoch = len(history)
    table = np.array(history)  # (epochs until the stop, 3)
    stopped = waited == patience

    epochs = tuple(f"epoch {t}" for t in range(1, loss.size + 1))
    seen = loss[:stop_epoch]
    missed = float(loss.min()) < best - min_delta
    return Working(
        inputs={"loss": loss},
        steps=(
            Step(
                "history",
                r"c_t = \begin{cases} 0 & \ell_t < b - \delta \\ "
                r"c_{t-1} + 1 & \ell_t \ge b - \delta \end{cases}",
                rf"c_{{{stop_epoch}}} = {waited}",
                table,
                "The counter starts again with each improvement on the best so far.",
            ),
            Step(
                "stop_epoch",
                rf"\text{{first }} t \text{{ with }} c_t = {patience}",
                rf"t = {stop_epoch}",
                stop_epoch,
                "Patience has run out: training stops."
                if stopped
                else "Patience never runs out: training goes on to the end.",
            ),
            Step(
                "best_epoch",
                r"t^* = \max \{ t: c_t = 0 \}",
                rf"t^* = {best_epoch}",
                best_epoch,
                "Its weights are restored, not those of the last epoch."
                if best_epoch < stop_epoch
                else "The last epoch was the best.",
            ),
            Step(
                "best_loss",
                r"\ell^* = \ell_{t^*}",
                rf"\ell^* = \ell_{{{best_epoch}}} {equals(best)}",
                best,
                "A better epoch would have come: more patience finds it."
                if missed
                else "No later epoch would have been better.",
            ),
        ),
        results={
            "stop_epoch": stop_epoch,
            "best_epoch": best_epoch,
            "best_loss": best,
        },
        axes={
            "loss": (epochs,),
            "history": (epochs[:stop_epoch], ("loss", "best", "counter")),
        },
        plots=(
            Plot(
                "line",
                "validation loss",
                "epoch",
                "loss",
                (
                    Series("loss", np.arange(1, loss.size + 1), loss),
                    Series("restored", np.array([best_epoch]), np.array([best])),
                    Series("stop", np.array([stop_epoch]), seen[-1:]),
                ),
            ),
        ),
        invariants=(
            same(
                "no epoch before the stop is better by more than min_delta",
                max(best - min_delta - float(seen.min()), 0.0),
                0.0,
            ),
            same("the best loss is that of the best epoch", loss[best_epoch - 1], best),
        ),
        conventions=(
            "Epochs count from 1. Stopping at a counter of `patience` is Keras and Lightning's.",
            "The chosen epoch's validation loss is too good: it was picked for being low.",
        ),
        tries=(
            Try(("patience=3",), "a little more patience finds a better epoch"),
            Try(("patience=1",), "none: the first rise ends it"),
            Try(("min_delta=0.15",), "small gains no longer count"),
        ),
    )
