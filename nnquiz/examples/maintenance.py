"""Question 22: labels, scores and decisions of predictive maintenance."""
# ruff: noqa: N803 -- T is the cycle of failure

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, equals, number, put
from nnquiz.examples.parameters import Labels, Real, Tensor, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

LIFE = np.array(200)
CYCLES = np.array([0, 25, 50, 75, 100, 125, 150, 175, 200, 210])
ERRORS = np.array([-13.0, 10, 0, 26, -10])
# Ten machines: the risk that each fails within the horizon, and whether it did.
RISKS = np.array([0.9, 0.6, 0.3, 0.15, 0.1, 0.05, 0.03, 0.02, 0.01, 0.01])
FAILED = np.array([1, 1, 0, 1, 0, 1, 0, 0, 0, 0])
AGE, SHAPE, SCALE, AHEAD = np.array(50.0), np.array(2.0), np.array(100.0), np.array(10.0)

Cycle = Annotated[Array, Tensor(0, low=1, high=1e6, whole=True, drawn=(100, 300))]
Cycles = Annotated[Array, Tensor(1, low=0, high=1e6, whole=True, drawn=None)]
Cap = Annotated[float, Real(above=0.0)]
Errors = Annotated[Array, Tensor(1, drawn=(-30.0, 30.0))]
Divisor = Annotated[float, Real(above=0.0)]
Cost = Annotated[float, Real(above=0.0)]
Risks = Annotated[Array, Tensor(1, low=0.0, high=1.0, drawn=(0.0, 1.0))]
Age = Annotated[Array, Tensor(0, above=0.0, drawn=(10.0, 90.0))]
Shape = Annotated[Array, Tensor(0, above=0.0, drawn=(0.5, 3.0))]
Scale = Annotated[Array, Tensor(0, above=0.0, drawn=(50.0, 200.0))]


@example
def rul_labels(*, T: Cycle = LIFE, t: Cycles = CYCLES, cap: Cap = 125.0) -> Working:
    """Labels of the remaining useful life: a line down to the failure at cycle T, capped.

    Heimes (2008) brought the cap, since far from failure the sensors say little.
    """
    rul = np.maximum(0, T - t)  # (n,)
    label = np.minimum(cap, rul)
    knee = max(0.0, float(T) - cap)

    cycles = tuple(f"t={cycle}" for cycle in t)
    line = np.linspace(0, max(float(T), float(t.max())), 81)
    at = min(1, t.size - 1)
    return Working(
        inputs={"T": T, "t": t},
        steps=(
            Step(
                "rul",
                r"R_t = \max(0, T - t)",
                rf"R_{{{t[at]}}} = \max(0, {int(T)} - {t[at]}) = {rul[at]}",
                rul,
                "One cycle less with every cycle; after the failure nothing is left.",
            ),
            Step(
                "label",
                r"y_t = \min(R_\text{max}, R_t)",
                rf"y_{{{t[at]}}} = \min({number(cap)}, {rul[at]}) {equals(label[at])}",
                label,
                "A healthy machine looks the same at 180 and at 140 cycles from failure.",
            ),
            Step(
                "knee",
                r"t^* = \max(0, T - R_\text{max})",
                rf"t^* = \max(0, {int(T)} - {number(cap)}) {equals(knee)}",
                knee,
                "Here the label starts to fall.",
            ),
        ),
        results={"rul": rul, "label": label, "knee": knee},
        axes=dict.fromkeys(("rul", "label"), (cycles,)),
        plots=(
            Plot(
                "line",
                "remaining useful life",
                "cycle",
                "label",
                (
                    Series("capped", line, np.clip(float(T) - line, 0, cap)),
                    Series("true", line, np.clip(float(T) - line, 0, None)),
                ),
            ),
        ),
        invariants=(
            same("a label lies from 0 to the cap", np.clip(label, 0, cap), label),
            same("below the cap it is the true life", label[rul <= cap], rul[rul <= cap]),
        ),
        conventions=(
            "The cap is a choice, on C-MAPSS often 125 or 130, and it moves the scores.",
            "A machine that has not failed yet has no T: its label is only known to be larger.",
        ),
        tries=(
            Try(("cap=1000",), "no cap in effect: a straight line"),
            Try(("T=100",), "a shorter life starts below the cap"),
        ),
    )


@example
def cmapss_score(*, d: Errors = ERRORS, a_early: Divisor = 13.0, a_late: Divisor = 10.0) -> Working:
    """The score of the C-MAPSS challenge (Saxena et al. 2008): late costs more than early.

    d is the predicted minus the true remaining life, unit by unit: above 0 the prediction is late.
    """
    early = d < 0
    divisor = np.where(early, -a_early, a_late)
    s = np.expm1(d / divisor)  # (n,), exp(x) - 1
    score = s.sum()

    units = tuple(f"#{i}" for i in range(1, d.size + 1))
    reach = np.linspace(-30.0, 30.0, 121)
    curve = np.expm1(reach / np.where(reach < 0, -a_early, a_late))
    side = r"\begin{cases} e^{-d / a_1} - 1 & d < 0 \\ e^{d / a_2} - 1 & d \ge 0 \end{cases}"
    exponent = rf"\frac{{{number(abs(d[0]))}}}{{{number(abs(divisor[0]))}}}"
    mirrored = np.expm1(np.where(early, -d / a_late, d / a_early)).sum()
    return Working(
        inputs={"d": d},
        steps=(
            Step(
                "s",
                f"s(d) = {side}",
                rf"s_1 = e^{{{exponent}}} - 1 {equals(s[0])}",
                s,
                "Early (d < 0) is divided by a₁ (a_early), late by a₂ (a_late).",
            ),
            Step(
                "score",
                r"S = \sum_i s(d_i)",
                f"S = {addition(s)} {equals(score)}",
                score,
                "A sum, so that one very late unit can decide it; lower is better.",
            ),
            Step(
                "swapped",
                r"S' = \sum_i s'(d_i), \quad a_1 \leftrightarrow a_2",
                rf"S' {equals(mirrored)}",
                mirrored,
                "What code with the divisors swapped would report for the same predictions.",
            ),
        ),
        results={"s": s, "score": score, "swapped": mirrored},
        axes=dict.fromkeys(("d", "s"), (units,)),
        plots=(
            Plot(
                "line",
                "the penalty of an error",
                "predicted minus true life",
                "penalty",
                (Series("penalty", reach, curve), Series("units", d, s)),
            ),
        ),
        invariants=(
            same("no penalty is negative", np.minimum(s, 0.0), 0.0),
            same(
                "an exact prediction costs nothing",
                np.where(d == 0, s, 0.0),
                0.0,
            ),
        ),
        conventions=(
            "Late (d > 0) is divided by 10, early by 13: to fail unannounced is worse.",
            "Public code disagrees on which side gets which: print your definition.",
        ),
        tries=(
            Try(("a_early=10", "a_late=13"), "the divisors swapped, as in some public code"),
            Try(("d=-13,10,0,60,-10",), "one very late prediction outweighs all others"),
        ),
    )


@example
def weibull(
    *, t: Age = AGE, shape: Shape = SHAPE, scale: Scale = SCALE, ahead: Age = AHEAD
) -> Working:
    """Survival and hazard of a Weibull life (Weibull 1951), and survival given the age.

    t is the age, `shape` is β, `scale` is η, the life by which 63 % have failed, `ahead` is s.
    """
    exponent = (t / scale) ** shape
    survival = np.exp(-exponent)
    hazard = shape / scale * (t / scale) ** (shape - 1)
    later = ((t + ahead) / scale) ** shape
    conditional = np.exp(exponent - later)  # R(t + s) / R(t), also where both are tiny

    grid = np.linspace(0, 2 * float(scale), 81)
    curve = np.exp(-((grid / scale) ** shape))
    symbols = {"t": t, r"\beta": shape, r"\eta": scale, "s": ahead}
    hazard_formula = r"\frac{\beta}{\eta} (\frac{t}{\eta})^{\beta - 1}"
    return Working(
        inputs={"t": t, "shape": shape, "scale": scale, "ahead": ahead},
        steps=(
            Step(
                "exponent",
                r"H(t) = (\frac{t}{\eta})^\beta",
                rf"H({number(t)}) = (\frac{{{number(t)}}}{{{number(scale)}}})^{{{number(shape)}}} "
                f"{equals(exponent)}",
                exponent,
                "The cumulative hazard: how much risk has been run so far.",
            ),
            Step(
                "survival",
                r"R(t) = e^{-H(t)}",
                rf"R({number(t)}) = e^{{-{number(exponent)}}} {equals(survival)}",
                survival,
                "The share of machines that are still running at this age.",
            ),
            Step(
                "hazard",
                rf"h(t) = {hazard_formula}",
                rf"h({number(t)}) = {put(hazard_formula, symbols)} {equals(hazard)}",
                hazard,
                _ageing(float(shape)),
            ),
            Step(
                "conditional",
                r"R(t + s \mid t) = \frac{R(t + s)}{R(t)} = e^{H(t) - H(t + s)}",
                rf"R({number(t + ahead)} \mid {number(t)}) = "
                rf"e^{{{number(exponent)} - {number(later)}}} {equals(conditional)}",
                conditional,
                "The chance that a machine of this age survives s more: the number to plan with.",
            ),
        ),
        results={
            "exponent": exponent,
            "survival": survival,
            "hazard": hazard,
            "conditional": conditional,
        },
        plots=(
            Plot(
                "line",
                "survival",
                "age",
                "share still running",
                (
                    Series("R(t)", grid, curve),
                    Series("this machine", np.array([t]), np.array([survival])),
                ),
            ),
        ),
        invariants=(
            same("R(t) R(t + s | t) is R(t + s)", survival * conditional, np.exp(-later)),
            same("the hazard is βH/t", shape * exponent / t, hazard, scale=hazard),
            same("survival only falls", max(float(conditional) - 1, 0.0), 0.0),
        ),
        conventions=(
            "β below 1: early failures; 1: no memory, the exponential; above 1: wear.",
            "SciPy calls the shape c and the scale scale.",
        ),
        tries=(
            Try(("shape=1",), "no ageing: survival ahead does not depend on the age"),
            Try(("shape=0.5",), "what has run in fails less"),
            Try(("t=150",), "an old machine"),
        ),
    )


def _ageing(shape: float) -> str:
    if shape == 1:
        return "The rate of failure at this age: with β = 1 it never changes."
    course = "rises" if shape > 1 else "falls"
    return f"The rate of failure at this age; with this β it {course} as the machine gets older."


@example
def cost_threshold(
    *, p: Risks = RISKS, y: Labels = FAILED, c_fn: Cost = 5000.0, c_fp: Cost = 100.0
) -> Working:
    """The threshold for an alarm that costs least, by trying all and in closed form.

    p are the predicted risks, y what came (1 is a failure), c_fn what a missed failure costs and
    c_fp a false alarm; right decisions cost nothing extra (Elkan 2001).
    """
    given = f"p has {p.size} entries and y has {y.size}; each machine has both"
    require(p.size == y.size, given)

    thresholds = np.array([*sorted(set(p.tolist())), np.inf])  # (k,)
    alarm = p >= thresholds[:, None]  # (k, n)
    fp = (alarm & (y == 0)).sum(axis=1)
    fn = (~alarm & (y == 1)).sum(axis=1)
    cost = c_fp * fp + c_fn * fn  # (k,) as it came
    expected = np.where(alarm, c_fp * (1 - p), c_fn * p).sum(axis=1)  # (k,) if p is calibrated

    best = thresholds[cost.argmin()]  # the lowest of equals: rather one alarm more
    bayes = c_fp / (c_fp + c_fn)
    at_bayes = np.where(p >= bayes, c_fp * (1 - p), c_fn * p).sum()
    cost_bayes = c_fp * (p[y == 0] >= bayes).sum() + c_fn * (p[y == 1] < bayes).sum()

    machines = tuple(f"#{i}" for i in range(1, p.size + 1))
    i = int(cost.argmin())
    seen = np.isfinite(thresholds)
    return Working(
        inputs={"p": p, "y": y},
        steps=(
            Step(
                "cost",
                r"C(t) = c_{FP} FP(t) + c_{FN} FN(t)",
                rf"C({number(best)}) = {number(c_fp)} \cdot {fp[i]} + {number(c_fn)} \cdot {fn[i]} "
                f"{equals(cost[i])}",
                cost,
                "An alarm for every risk of at least t, at what it would have cost.",
            ),
            Step(
                "thresholds",
                r"t^* = \arg\min_t C(t)",
                rf"t^* = {number(best)}",
                np.column_stack([thresholds, fp, fn, cost, expected]),
                "All that can be told apart; inf is no alarm at all.",
            ),
            Step(
                "bayes",
                r"p > \frac{c_{FP}}{c_{FP} + c_{FN}}",
                rf"p > \frac{{{number(c_fp)}}}{{{number(c_fp)} + {number(c_fn)}}} {equals(bayes)}",
                bayes,
                "For calibrated risks: alarm where the expected miss costs more than the alarm.",
            ),
            Step(
                "expected_bayes",
                r"E = \sum_i \min(c_{FP} (1 - p_i), c_{FN} p_i)",
                f"E {equals(at_bayes)}",
                at_bayes,
                "What that rule costs in the mean if the risks are right: no threshold costs less.",
            ),
        ),
        results={
            "best": best,
            "cost_best": cost.min(),
            "bayes": bayes,
            "cost_bayes": cost_bayes,
            "expected_bayes": at_bayes,
        },
        axes={
            **dict.fromkeys(("p", "y"), (machines,)),
            "cost": (tuple(f"{threshold:.4g}" for threshold in thresholds),),
            "thresholds": ((), ("threshold", "FP", "FN", "cost", "expected")),
        },
        plots=(
            Plot(
                "line",
                "cost of a threshold",
                "threshold",
                "cost",
                (
                    Series("as it came", thresholds[seen], cost[seen]),
                    Series("expected", thresholds[seen], expected[seen]),
                ),
            ),
        ),
        invariants=(
            same(
                "no threshold is expected to cost less than the closed form's",
                np.maximum(at_bayes - expected, 0),
                0.0,
                scale=c_fn + c_fp,
            ),
            same("with no alarm every failure is missed", cost[-1], c_fn * y.sum(), scale=c_fn),
        ),
        conventions=(
            "An alarm is raised at the threshold, not only above it.",
            "The closed form needs calibrated risks; class weights in training spoil that.",
            "Of thresholds that cost as much, the lowest is given.",
        ),
        tries=(
            Try(("c_fn=100",), "both errors as dear: a threshold of 1/2"),
            Try(("c_fp=2000",), "dear alarms: fewer of them"),
        ),
    )
