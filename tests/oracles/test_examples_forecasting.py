"""Windows against numpy's own, and forecast metrics against scikit-learn and their definitions."""

from typing import Any

import numpy as np
from agreement import agree, generators
from numpy.lib.stride_tricks import sliding_window_view
from sklearn import metrics as sk

from nnquiz.examples.forecasting import forecast_metrics, windowing


def test_windowing_equals_sliding_window_view() -> None:
    """Inputs and targets are numpy's windows, every stride-th of them."""
    for random in generators():
        given: dict[str, Any] = {}
        w, h, stride, cut = 4, 2, 1, 8
        if random:
            w, h, stride = (int(random.integers(1, 5)) for _ in range(3))
            length = int(random.integers(w + h, 30))
            cut = int(random.integers(1, length + 1))
            given = {"series": random.normal(size=length), "w": w, "h": h}
            given |= {"stride": stride, "cut": cut}
        trace = windowing(**given)
        series = np.asarray(trace.inputs["series"])
        windows = sliding_window_view(series, w + h)[::stride]
        agree(trace, "X", windows[:, :w])
        agree(trace, "Y", windows[:, w:])
        starts = range(0, len(series) - w - h + 1, stride)
        agree(trace, "train", sum(start + w + h <= cut for start in starts))
        agree(trace, "test", sum(start + w >= cut for start in starts))


def test_forecast_metrics_equal_their_definitions() -> None:
    """MAE and RMSE are scikit-learn's; sMAPE and MASE are written out number by number.

    For these two the oracle is the published formula (Makridakis et al. 2020; Hyndman and Koehler
    2006), summed in a loop.
    """
    for random in generators():
        given: dict[str, Any] = {}
        season = 4
        if random:
            season, steps = int(random.integers(1, 6)), int(random.integers(1, 12))
            past = season + int(random.integers(1, 20))
            given = {"y": random.normal(5, 3, steps), "yhat": random.normal(5, 3, steps)}
            given |= {"history": random.normal(5, 3, past), "season": season}
        trace = forecast_metrics(**given)
        y, yhat, history = (np.asarray(trace.inputs[n]) for n in ("y", "yhat", "history"))
        naive = [history[len(history) - season + t % season] for t in range(len(y))]
        agree(trace, "naive", naive)
        comparison = []
        for forecast in (yhat, naive):
            smape, total = 0.0, 0.0
            for actual, predicted in zip(y, forecast, strict=True):
                smape += 200 * abs(actual - predicted) / (abs(actual) + abs(predicted)) / len(y)
                total += abs(actual - predicted)
            scale = sum(abs(b - a) for a, b in zip(history, history[season:], strict=False))
            mase = (total / len(y)) / (scale / (len(history) - season))
            mae = sk.mean_absolute_error(y, forecast)
            comparison.append([mae, sk.root_mean_squared_error(y, forecast), smape, mase])
        agree(trace, "comparison", comparison)
        agree(trace, "mase", comparison[0][3])
