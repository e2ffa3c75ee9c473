"""Question 5: weight decay inside Adam's moments (L2) and outside of them (AdamW)."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, operand
from nnquiz.examples.optimisers import EPS, Optimiser, Settings, State, advance
from nnquiz.examples.parameters import Matrix, Real, Vector, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

WEIGHTS = np.array([1.0, 1])
# Eight gradients that cancel, small for the first weight and large for the second: what remains
# in the long run is the decay.
GRADIENTS = np.array([[0.1, 10], [-0.1, -10]] * 4)

Rate = Annotated[float, Real(above=0.0)]
Decay = Annotated[float, Real(0.0, 10.0)]


@example
def adam_vs_adamw(
    *, w: Vector = WEIGHTS, g: Matrix = GRADIENTS, lr: Rate = 0.1, wd: Decay = 0.1
) -> Working:
    """The same gradients, a row of g for each step, through Adam with L2 and through AdamW.

    Betas 0.9 and 0.999, as in Loshchilov and Hutter (2019) and PyTorch.
    """
    given = f"g has {g.shape[1]} columns and w {w.size} entries; each weight has its gradient"
    require(g.shape[1] == w.size, given)

    adam_l2 = _run("adam-l2", w, g, Settings(lr, wd=wd))  # (steps + 1, weights)
    adamw = _run("adamw", w, g, Settings(lr, wd=wd))
    gap = adamw - adam_l2

    penalised = g[0] + wd * w
    shrunk = (1 - lr * wd) * w
    names = tuple(f"w{i}" for i in range(1, w.size + 1))
    times = tuple(f"t={t}" for t in range(len(g) + 1))
    direction = number(penalised[0] / (abs(penalised[0]) + EPS))
    return Working(
        inputs={"w": w, "g": g},
        steps=(
            Step(
                "penalised",
                r"g' = g + \lambda w",
                rf"g'_1 = {number(g[0, 0])} + {number(wd)} \cdot {operand(w[0])} "
                f"{equals(penalised[0])}",
                penalised,
                "L2, first step: the pull towards 0 joins the gradient.",
            ),
            Step(
                "first step with L2",
                r"w \leftarrow w - \eta \cdot \frac{g'}{|g'| + \epsilon}",
                rf"w_1 \leftarrow {number(w[0])} - {number(lr)} \cdot {_bracket(direction)} "
                f"{equals(adam_l2[1, 0])}",
                adam_l2[1],
                "Adam divides by the size: of the penalty only its share of the sign is left.",
            ),
            Step(
                "shrunk",
                r"w \leftarrow (1 - \eta \lambda) w",
                rf"w_1 \leftarrow (1 - {number(lr)} \cdot {number(wd)}) \cdot {operand(w[0])} "
                f"{equals(shrunk[0])}",
                shrunk,
                "AdamW: every weight shrinks by the same share first.",
            ),
            Step(
                "first step of AdamW",
                r"w \leftarrow w - \eta \cdot \frac{g}{|g| + \epsilon}",
                rf"w_1 \leftarrow {number(shrunk[0])} - {number(lr)} \cdot "
                f"{_bracket(number(g[0, 0] / (abs(g[0, 0]) + EPS)))} {equals(adamw[1, 0])}",
                adamw[1],
                "Then Adam's step, by the gradient of the loss alone.",
            ),
            Step(
                "adam_l2",
                r"w_t = w_{t-1} - \eta \cdot \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
                rf"w_{{1,{len(g)}}} {equals(adam_l2[-1, 0])}",
                adam_l2,
                "All steps with L2: weights with large gradients hardly feel the penalty.",
            ),
            Step(
                "adamw",
                r"w_t = (1 - \eta \lambda) w_{t-1} - "
                r"\eta \cdot \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
                rf"w_{{1,{len(g)}}} {equals(adamw[-1, 0])}",
                adamw,
                "All steps of AdamW: the decay does not ask how large the gradients are.",
            ),
            Step(
                "gap",
                r"\delta_t = w_t^{\text{AdamW}} - w_t^{\text{L2}}",
                rf"\delta_{{1,{len(g)}}} = {number(adamw[-1, 0])} - {operand(adam_l2[-1, 0])} "
                f"{equals(gap[-1, 0])}",
                gap,
                "How far the two have come apart.",
            ),
        ),
        results={"adam_l2": adam_l2, "adamw": adamw, "gap": gap},
        axes={
            **dict.fromkeys(("w", "penalised", "shrunk"), (names,)),
            **dict.fromkeys(("first step with L2", "first step of AdamW"), (names,)),
            "g": (times[1:], names),
            **dict.fromkeys(("adam_l2", "adamw", "gap"), (times, names)),
        },
        plots=(
            Plot(
                "line",
                "the same gradients, two ways of decay",
                "step",
                "weight",
                tuple(
                    Series(f"{name}, {way}", np.arange(len(path)), path[:, place])
                    for way, path in (("L2", adam_l2), ("AdamW", adamw))
                    for place, name in enumerate(names)
                ),
            ),
        ),
        invariants=(
            same(
                "the first step with L2 is lr along the penalised gradient",
                adam_l2[1],
                w - lr * penalised / (np.abs(penalised) + EPS),
                scale=np.abs(w) + lr,
            ),
            same(
                "the first step of AdamW shrinks, then goes lr along the gradient",
                adamw[1],
                shrunk - lr * g[0] / (np.abs(g[0]) + EPS),
                scale=np.abs(w) * (1 + lr * wd) + lr,
            ),
        ),
        conventions=(
            "In torch: L2 is Adam(weight_decay=λ), decoupled decay is AdamW(weight_decay=λ).",
            "AdamW's decay is multiplied by the learning rate, so a schedule lowers both.",
            "β₁ = 0.9, β₂ = 0.999, ε = 1e-8.",
        ),
        tries=(
            Try(("wd=0",), "without decay the two are one"),
            Try(("wd=1",), "the small-gradient weight decays far faster under L2"),
            Try(("lr=0.01",), "smaller steps, and a smaller decay with them"),
        ),
    )


def _run(optimiser: Optimiser, w: Array, gradients: Array, settings: Settings) -> Array:
    """Apply the gradients one after the other; return the weights after 0, 1, 2, ... steps."""
    states = [State(w, np.zeros_like(w), np.zeros_like(w))]
    for t, g in enumerate(gradients, start=1):
        states.append(advance(optimiser, states[-1], g, t, settings))
    return np.array([state.p for state in states])


def _bracket(text: str) -> str:
    return f"({text})" if text.startswith("-") else text
