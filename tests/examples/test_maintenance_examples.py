"""Windows of sensors, life labels, scores and costs by hand, and what they refuse."""

import math
from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.example import Example
from nnquiz.examples.maintenance import cmapss_score, cost_threshold, rul_labels, weibull
from nnquiz.examples.temporal import conv1d


def test_conv1d_by_hand() -> None:
    """Three filters of three windows each: a slope, a sum, a difference of sensors."""
    wanted = [[-2, 0, 2], [1, 1, 1], [2, 3, 2]]
    np.testing.assert_array_equal(conv1d().results["y"], wanted)


def test_a_causal_output_sees_no_later_reading() -> None:
    """Changing a reading changes no output before it; the first one sees padding and itself."""
    before = np.asarray(conv1d(causal=True, stride=1).results["y"])
    x = np.array(conv1d().inputs["x"])
    x[:, 5] += 10
    after = np.asarray(conv1d(causal=True, stride=1, x=x).results["y"])
    assert before.shape == (3, 8)
    np.testing.assert_array_equal(before[:, :5], after[:, :5])
    assert (before[:, 5] != after[:, 5]).any()


def test_rul_labels_by_hand() -> None:
    """125 until cycle 75, then a line down to 0 at cycle 200, and 0 after it."""
    results = rul_labels().results
    assert results["knee"] == 75
    np.testing.assert_array_equal(results["label"], [125, 125, 125, 125, 100, 75, 50, 25, 0, 0])


def test_cmapss_score_equals_the_published_numbers() -> None:
    """The sum is 17.05841, or 11.93474 with the divisors swapped."""
    results = cmapss_score().results
    np.testing.assert_allclose(results["s"], [1.71828, 1.71828, 0, 12.46374, 1.15811], atol=5e-6)
    assert results["score"] == pytest.approx(17.05841, abs=5e-6)
    swapped = cmapss_score(a_early=10, a_late=13).results
    assert results["swapped"] == swapped["score"] == pytest.approx(11.93474, abs=5e-6)


def test_weibull_by_hand() -> None:
    """At half the scale with shape 2 the survival is e^-0.25, which is 0.7788."""
    results = weibull().results
    assert results["survival"] == pytest.approx(0.7788, abs=5e-5)
    assert results["hazard"] == pytest.approx(0.01)
    assert results["conditional"] == pytest.approx(math.exp(0.25 - 0.36))


def test_without_ageing_the_past_does_not_matter() -> None:
    """With shape 1 the survival ahead is the same at every age."""
    young, old = (weibull(shape=1, t=t).results["conditional"] for t in (1, 300))
    assert young == pytest.approx(old)
    words = {0.5: "falls", 1: "never", 2: "rises"}
    assert all(word in weibull(shape=shape).steps[2].note for shape, word in words.items())


def test_far_out_the_conditional_survival_is_a_number() -> None:
    """Also where survival itself is too small for float64."""
    results = weibull(t=5000, ahead=1).results
    assert results["survival"] == 0
    assert results["conditional"] == pytest.approx(math.exp(2500 - 50.01**2))


def test_cost_threshold_by_hand() -> None:
    """Catching all four failures costs two false alarms; 100 / 5100 is 0.0196."""
    results = cost_threshold().results
    assert results["best"] == 0.05
    assert results["cost_best"] == 200
    assert results["bayes"] == pytest.approx(0.0196, abs=5e-5)
    assert results["cost_bayes"] == 400


def test_an_alarm_may_never_pay() -> None:
    """Where nothing fails the best is no alarm at all."""
    assert cost_threshold(p="0.5,0.4", y="0,0").results["best"] == math.inf


@pytest.mark.parametrize(
    ("example", "given", "message"),
    [
        (conv1d, {"x": [[1, 2, 3]]}, "W is for 2 sensors and x has 1 rows"),
        (conv1d, {"b": "1"}, "b has 1 entries and W has 3 filters"),
        (conv1d, {"dilation": 4}, "the kernel spans 9 readings and x has 8"),
        (conv1d, {"stride": 0}, "stride: expected a whole number from 1 to 100; came 0"),
        (rul_labels, {"T": 0}, "T: expected a whole number, from 1 to 1e+06; came 0"),
        (rul_labels, {"t": "1,-1"}, "t: expected whole numbers in a row"),
        (rul_labels, {"cap": 0}, "cap: expected a number above 0; came 0"),
        (cmapss_score, {"a_late": 0}, "a_late: expected a number above 0; came 0"),
        (cmapss_score, {"d": "1e5"}, "these numbers grow beyond what float64 holds"),
        (weibull, {"t": 0}, "t: expected a number, above 0; came 0"),
        (cost_threshold, {"p": "0.5"}, "p has 1 entries and y has 10; each machine has both"),
        (cost_threshold, {"c_fn": -1}, "c_fn: expected a number above 0; came -1"),
    ],
)
def test_what_does_not_fit_is_refused(
    example: Example, given: dict[str, Any], message: str
) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given)
    assert message in str(caught.value)
