"""Question 16: windows of a time series, and the errors of a forecast."""
# ruff: noqa: N806 -- X and Y are the names of a table of inputs and of targets

import math
from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.metrics import quotient
from nnquiz.examples.notation import addition, equals, number, operand, row, total
from nnquiz.examples.parameters import Tensor, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

SERIES = np.arange(1.0, 13)
# Two seasons of four quarters as history, then a year to forecast.
HISTORY = np.array([20.0, 30, 50, 40, 24, 33, 55, 44])
ACTUAL = np.array([27.0, 38, 58, 49])
FORECAST = np.array([26.0, 36, 60, 48])

Levels = Annotated[Array, Tensor(1, drawn=(10.0, 60.0))]
Count = Annotated[int, Whole(1, 100)]


@example
def windowing(
    *, series: Levels = SERIES, w: Count = 4, h: Count = 2, stride: Count = 1, cut: Count = 8
) -> Working:
    """Cut a series into windows of w past values and the h values that follow, and split in time.

    `cut` is the number of values that belong to the training period. A window trains when its
    targets end before the cut, and tests when they begin after it.
    """
    length = len(series)
    require(w + h <= length, f"series has {length} values; a window of {w} + {h} does not fit")
    require(cut <= length, f"cut is {cut} and series has {length} values")

    starts = np.arange(0, length - w - h + 1, stride)  # (n,)
    index = starts[:, None] + np.arange(w + h)  # (n, w + h)
    X, Y = series[index[:, :w]], series[index[:, w:]]  # (n, w), (n, h)

    first_target, last_target = index[:, w], index[:, -1]  # (n,)
    train, test = last_target < cut, first_target >= cut
    n, trained, tested = len(starts), int(train.sum()), int(test.sum())

    names = tuple(f"#{i}" for i in range(1, n + 1))
    lags = tuple(f"t-{w - 1 - j}" if j < w - 1 else "t" for j in range(w))
    leads = tuple(f"t+{j}" for j in range(1, h + 1))
    by_slices = [series[start : start + w + h] for start in starts]
    return Working(
        inputs={"series": series},
        steps=(
            Step(
                "n",
                r"n = \left\lfloor \frac{N - w - h}{s} \right\rfloor + 1",
                rf"n = \left\lfloor \frac{{{length} - {w} - {h}}}{{{stride}}} \right\rfloor + 1 "
                f"= {n}",
                n,
                "How many windows fit, one every s (stride) values.",
            ),
            Step(
                "index",
                r"\text{index}_{ij} = (i - 1) s + j",
                rf"\text{{index}}_{{{n}1}} = {n - 1} \cdot {stride} + 1 = {index[-1, 0] + 1}",
                index + 1,
                "Which values of the series, counted from 1, each window holds.",
            ),
            Step(
                "X", r"X_i = (y_{t-w+1}, \ldots, y_t)", f"X_1 = {row(X[0])}", X, _shape("inputs", X)
            ),
            Step(
                "Y",
                r"Y_i = (y_{t+1}, \ldots, y_{t+h})",
                f"Y_1 = {row(Y[0])}",
                Y,
                _shape("targets", Y),
            ),
            Step(
                "split",
                r"\text{train: last target} \le c, \quad \text{test: first target} > c",
                rf"\text{{train: }} {trained}, \quad \text{{test: }} {tested}, \quad "
                rf"\text{{dropped: }} {n - trained - tested}",
                np.column_stack([first_target + 1, last_target + 1, train, test]),
                "By time, never at random; a window whose targets straddle the cut is dropped.",
            ),
        ),
        results={
            "n": n,
            "X": X,
            "Y": Y,
            "train": trained,
            "test": tested,
            "dropped": n - trained - tested,
        },
        axes={
            "index": (names, (*lags, *leads)),
            "X": (names, lags),
            "Y": (names, leads),
            "split": (names, ("first target", "last target", "train", "test")),
        },
        invariants=(
            same("each window is a piece of the series", np.hstack([X, Y]), by_slices),
            same(
                "no target of training lies in the test period",
                len({*index[train, w:].flat} & {*index[test, w:].flat}),
                0,
            ),
        ),
        conventions=(
            "Windows of one series overlap: shuffling before the split would leak the future.",
            "The inputs of a test window may reach back before the cut: the past is known by then.",
        ),
        tries=(
            Try(("stride=2",), "fewer windows, less overlap"),
            Try(("h=1", "w=3"), "more windows from shorter pieces"),
            Try(("cut=10",), "a later cut leaves fewer windows to test on"),
        ),
    )


def _shape(what: str, values: Array) -> str:
    n, width = values.shape
    return f"The {what}: {n} windows of {width}, of shape ({n}, {width})."


@example
def forecast_metrics(
    *,
    y: Levels = ACTUAL,
    yhat: Levels = FORECAST,
    history: Levels = HISTORY,
    season: Count = 4,
) -> Working:
    """MAE, RMSE, sMAPE and MASE of a forecast, beside those of the seasonal naive one.

    MASE follows Hyndman and Koehler (2006): it divides by the error of the naive forecast within
    the history. sMAPE is in percent, from 0 to 200. Without any error to scale by, MASE is nan.
    """
    given = f"y has {y.size} entries and yhat has {yhat.size}; each time step has both"
    require(y.size == yhat.size, given)
    short = f"history has {history.size} values; a season of {season} needs more than that"
    require(history.size > season, short)

    naive = np.resize(history[-season:], y.size)  # the last season, over and over
    steps_back = np.abs(history[season:] - history[:-season])  # (T - m,)
    scale = steps_back.mean()
    forecasts = np.stack([yhat, naive])  # (2, h)
    errors = y - forecasts
    absolute = np.abs(errors)
    mae = absolute.mean(axis=1)  # (2,)
    rmse = np.sqrt((errors**2).mean(axis=1))
    sizes = np.abs(y) + np.abs(forecasts)
    shares = np.divide(2 * absolute, sizes, out=np.zeros_like(sizes), where=sizes > 0)
    smape = 100 * shares.mean(axis=1)
    mase = np.array([quotient(float(error), float(scale)) for error in mae])

    count, table = y.size, np.column_stack([mae, rmse, smape, mase])
    moments = tuple(f"T+{i}" for i in range(1, count + 1))
    past = np.arange(1 - history.size, 1)
    ahead = np.arange(1, count + 1)
    return Working(
        inputs={"y": y, "yhat": yhat, "history": history},
        steps=(
            Step(
                "errors",
                r"e_h = y_{T+h} - \hat y_{T+h}",
                rf"e_1 = {number(y[0])} - {operand(yhat[0])} {equals(errors[0, 0])}",
                errors[0],
                "What the forecast missed, step by step.",
            ),
            Step(
                "mae",
                r"\text{MAE} = \frac{1}{H} \sum_h |e_h|",
                rf"\text{{MAE}} = \frac{{1}}{{{count}}} ({addition(absolute[0])}) "
                f"{equals(mae[0])}",
                mae[0],
                "In the unit of the series.",
            ),
            Step(
                "rmse",
                r"\text{RMSE} = \sqrt{\frac{1}{H} \sum_h e_h^2}",
                rf"\text{{RMSE}} = \sqrt{{\frac{{1}}{{{count}}} "
                rf"({total(f'{operand(e)}^2' for e in errors[0])})}} {equals(rmse[0])}",
                rmse[0],
                "A large miss counts for more.",
            ),
            Step(
                "smape",
                r"\text{sMAPE} = \frac{100}{H} \sum_h \frac{2 |e_h|}{|y_{T+h}| + |\hat y_{T+h}|}",
                rf"\text{{sMAPE}} = \frac{{100}}{{{count}}} ({addition(shares[0])}) "
                f"{equals(smape[0])}",
                smape[0],
                "In percent, so that series of different size compare; it is no use near 0.",
            ),
            Step(
                "scale",
                r"q = \frac{1}{T - m} \sum_{t=m+1}^{T} |y_t - y_{t-m}|",
                rf"q = \frac{{1}}{{{steps_back.size}}} ({addition(steps_back)}) {equals(scale)}",
                scale,
                "How far the naive forecast, the value m steps before, was off in the history.",
            ),
            Step(
                "mase",
                r"\text{MASE} = \frac{\text{MAE}}{q}",
                rf"\text{{MASE}} = \frac{{{number(mae[0])}}}{{{number(scale)}}} {equals(mase[0])}",
                mase[0],
                _judgement(mase[0]),
            ),
            Step(
                "comparison",
                r"\hat y_{T+h}^\text{naive} = y_{T+h-m}, \quad h \le m",
                rf"\hat y_{{T+1}}^\text{{naive}} = {number(naive[0])}",
                table,
                "The same four for repeating the last season: the baseline to beat.",
            ),
        ),
        results={
            "mae": mae[0],
            "rmse": rmse[0],
            "smape": smape[0],
            "mase": mase[0],
            "scale": scale,
            "naive": naive,
            "comparison": table,
        },
        axes={
            **dict.fromkeys(("y", "yhat", "errors", "naive"), (moments,)),
            "comparison": (("forecast", "naive"), ("MAE", "RMSE", "sMAPE", "MASE")),
        },
        plots=(
            Plot(
                "line",
                "forecast against what came",
                "time after T",
                "value",
                (
                    Series("history", past, history),
                    Series("actual", ahead, y),
                    Series("forecast", ahead, yhat),
                    Series("naive", ahead, naive),
                ),
            ),
        ),
        invariants=(
            same("MAE is at most RMSE", np.maximum(mae - rmse, 0), 0.0, scale=rmse),
            same("sMAPE lies from 0 to 200", np.clip(smape, 0, 200), smape),
        ),
        conventions=(
            "sMAPE is that of the M4 competition, up to 200 %; without the 2 it ends at 100.",
            "MASE scales by the history (in sample), not by the naive error on the test period.",
        ),
        tries=(
            Try(("yhat=24,33,55,44",), "the naive forecast itself"),
            Try(("season=1",), "against the last value instead of the last season"),
            Try(("yhat=26,36,60,78",), "one large miss moves RMSE most"),
        ),
    )


def _judgement(mase: float) -> str:
    if math.isnan(mase):
        return "The history repeats itself exactly, so there is no error to scale by: it is 0/0."
    if mase < 1:
        return "Below 1: it errs less than the naive forecast did in the history."
    return "Not below 1: it errs no less than the naive forecast did in the history."
