"""Question 22, predictive maintenance: remaining useful life (RUL), costs, reliability, drift."""

import math
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimal, distinct, integer, signed
from nnquiz.problems.problem import Draft, DrawAgain


def cmapss_score(rng: Random) -> Draft:
    """Score of one prediction on C-MAPSS, where late ones cost more (Saxena et al. 2008)."""
    true, d = integer(rng, 50, 120), int(signed(rng, 3, 40, 1))
    answer = _cmapss(d)
    return Draft(
        params={"predicted": true + d, "true": true, "early": 13, "late": 10},
        text=f"Predicted RUL {true + d}, true {true}. C-MAPSS score (13 early, 10 late)?",
        answer=answer,
        steps=(
            r"$d = predicted - true$; $e^{-d/13} - 1$ for $d < 0$, else $e^{d/10} - 1$",
            f"d = {d}: exp({abs(d)}/{13 if d < 0 else 10}) - 1 = {significant(answer)}",
        ),
        mistakes=(
            (_cmapss(-d), "took a late prediction for early" if d > 0 else "took early for late"),
            (answer + 1, "forgot the - 1"),
            (math.expm1(-abs(d) / (13 if d < 0 else 10)), "wrong sign of the exponent"),
            (d * d, "took the squared error"),
        ),
    )


def _cmapss(d: int) -> float:
    return math.expm1(-d / 13 if d < 0 else d / 10)


def piecewise_rul(rng: Random) -> Draft:
    """Label of remaining useful life with a cap, constant while the engine is healthy."""
    fails, cap = integer(rng, 180, 350), choose(rng, (110, 120, 125, 125, 130))
    capped = rng.random() < 0.3
    now = integer(rng, 10, fails - cap - 5) if capped else integer(rng, fails - cap + 5, fails - 5)
    left = fails - now
    answer = min(cap, left)
    mistakes: list[tuple[float, str]] = [
        (left, "forgot the cap") if capped else (cap, "gave the cap where less is left"),
        (now, "gave the cycles run so far"),
        (abs(cap - now), "counted down from the cap, not to the failure"),
    ]
    if not capped:
        mistakes.append((left + 1, "counted the cycle of the failure too"))
    return Draft(
        params={"fails": fails, "cap": cap, "now": now},
        text=f"Engine fails at cycle {fails}; RUL capped at {cap}. Label at cycle {now}?",
        answer=answer,
        kind="integer",
        steps=(
            r"$\min(cap, T - t)$",
            f"min({cap}, {fails} - {now}) = {answer}",
        ),
        mistakes=tuple(mistakes),
    )


def conv1d_params(rng: Random) -> Draft:
    """Weights and biases of a convolution over time, with sensors as channels."""
    sensors, channels = choose(rng, (6, 9, 14, 17, 21, 24)), choose(rng, (16, 32, 64, 128))
    k = choose(rng, (3, 5, 7, 9))
    weights = k * sensors * channels
    return Draft(
        params={"sensors": sensors, "channels": channels, "k": k},
        text=f"Conv1d from {sensors} sensors to {channels} channels, kernel {k}, with bias: "
        "how many parameters?",
        answer=weights + channels,
        kind="integer",
        steps=(
            r"$k C_{in} C_{out} + C_{out}$",
            f"{k}·{sensors}·{channels} + {channels} = {weights + channels}",
        ),
        mistakes=(
            (weights, "forgot the bias"),
            (k * weights + channels, "took k² as in two dimensions"),
            (k * channels + channels, "left out C_in"),
            (weights + sensors, "one bias an input channel instead of an output channel"),
        ),
    )


def maintenance_cost(rng: Random) -> Draft:
    """Cost of a detector's errors, which are not equally dear."""
    alarms, missed = integer(rng, 5, 60), integer(rng, 1, 9)
    cheap, dear = choose(rng, (100, 150, 200, 300, 500)), choose(rng, (2000, 5000, 8000, 10000))
    answer = alarms * cheap + missed * dear
    if alarms == missed:
        raise DrawAgain
    return Draft(
        params={"alarms": alarms, "cheap": cheap, "missed": missed, "dear": dear},
        text=f"False alarms: {alarms} at {cheap} each. Missed failures: {missed} at {dear} each. "
        "Total cost?",
        answer=answer,
        kind="integer",
        steps=(
            r"$FP \cdot c_{FP} + FN \cdot c_{FN}$",
            f"{alarms}·{cheap} + {missed}·{dear} = {answer}",
        ),
        mistakes=(
            (missed * cheap + alarms * dear, "swapped the two costs"),
            (missed * dear, "left out the false alarms"),
            (alarms * cheap, "left out the missed failures"),
            ((alarms + missed) * (cheap + dear), "multiplied the sums"),
        ),
    )


def weibull_survival(rng: Random) -> Draft:
    """Reliability of a part whose life follows a Weibull distribution."""
    scale, shape = choose(rng, (100, 150, 200, 250, 500, 1000)), decimal(rng, 1.2, 3.0, 0.2)
    time = scale * integer(rng, 30, 150) // 100
    hazard = (time / scale) ** shape
    answer = math.exp(-hazard)
    if time == scale:
        raise DrawAgain
    return Draft(
        params={"time": time, "scale": scale, "shape": shape},
        text=f"Weibull reliability at t = {time}, scale {scale}, shape {number(shape)}?",
        answer=answer,
        steps=(
            r"$R(t) = e^{-(t/\lambda)^k}$",
            f"({time}/{scale})^{number(shape)} = {significant(hazard)}",
            f"exp(-{significant(hazard)}) = {significant(answer)}",
        ),
        mistakes=(
            (1 - answer, "gave the probability of failure"),
            (math.exp(-time / scale), "forgot the shape"),
            (hazard, "gave the cumulative hazard"),
            (100 * answer, "percent for fraction"),
        ),
    )


def population_stability(rng: Random) -> Draft:
    """Population stability index of one sensor, between training and today, over three bins."""
    before, now = _shares(rng), _shares(rng)
    terms = [(a - e) * math.log(a / e) for e, a in zip(before, now, strict=True)]
    answer = sum(terms)
    if answer < 0.01:
        raise DrawAgain
    divergence = sum(a * math.log(a / e) for e, a in zip(before, now, strict=True))
    return Draft(
        params={"before": before, "now": now},
        text=f"Shares of a sensor's values in three bins: {vector(before)} in training, "
        f"{vector(now)} today. Population stability index, with ln?",
        answer=answer,
        steps=(
            r"$\sum_i (a_i - e_i) \ln \frac{a_i}{e_i}$",
            f"{' + '.join(significant(term) for term in terms)} = {significant(answer)}",
        ),
        mistakes=(
            (divergence, "KL divergence: weighted by today's share alone"),
            (answer / math.log(10), "log10 for ln"),
            (-answer, "wrong sign"),
            (
                sum((a - e) ** 2 / e for e, a in zip(before, now, strict=True)),
                "took chi-squared instead of the log ratio",
            ),
        ),
    )


def _shares(rng: Random) -> tuple[float, ...]:
    """Three shares in steps of 0.05 that add up to 1, none of them 0."""
    low, high = sorted(distinct(rng, range(2, 19), 2))
    return tuple(share / 20 for share in (low, high - low, 20 - high))


def rul_rmse(rng: Random) -> Draft:
    """Root mean squared error of the predicted lives of four engines."""
    true = tuple(integer(rng, 20, 120) for _ in range(4))
    errors = tuple(int(signed(rng, 1, 18, 1)) for _ in true)
    predicted = tuple(life + error for life, error in zip(true, errors, strict=True))
    squares = sum(error * error for error in errors)
    answer = math.sqrt(squares / 4)
    return Draft(
        params={"predicted": predicted, "true": true},
        text=f"Predicted RUL {vector(predicted)}, true RUL {vector(true)}, in cycles: RMSE?",
        answer=answer,
        unit="cycles",
        steps=(
            r"$\sqrt{\frac{1}{n} \sum_i (\hat y_i - y_i)^2}$",
            f"sqrt(({' + '.join(f'{abs(error)}²' for error in errors)})/4) = {significant(answer)}",
        ),
        mistakes=(
            (squares / 4, "forgot the root: MSE"),
            (sum(abs(error) for error in errors) / 4, "mean absolute error"),
            (math.sqrt(squares), "forgot to divide by the number of engines"),
            (math.sqrt(squares / 3), "divided by N-1"),
        ),
    )
