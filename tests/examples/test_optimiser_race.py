"""The race of eight optimisers."""

from typing import Any

import numpy as np
import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.optimiser_race import RACERS, optimizer_race


def test_the_race_has_all_paths() -> None:
    """Eight paths of 25 steps, and each ends where its row of the race says."""
    trace = optimizer_race()
    race = np.asarray(trace.results["race"])
    assert race.shape == (8, 3)
    for series, row in zip(trace.plots[0].series, race, strict=True):
        assert len(series.x) == 26
        assert (series.x[0], series.y[0]) == (3, -2)
        np.testing.assert_array_equal([series.x[-1], series.y[-1]], row[:2])
    np.testing.assert_allclose(race[:, 2], (race[:, 0] ** 2 + 10 * race[:, 1] ** 2) / 2)


@pytest.mark.parametrize("optimiser", RACERS)
def test_every_optimiser_shows_its_own_step(optimiser: str) -> None:
    """The first step leads from the first row of the path to the second."""
    trace = optimizer_race(optimiser=optimiser)
    path = np.asarray(trace.results["path"])
    (first,) = (step.value for step in trace.steps if step.name == "p")
    np.testing.assert_array_equal(first, path[1, :2])
    np.testing.assert_array_equal(path[-1, :3], trace.results["race"][RACERS.index(optimiser)])  # type: ignore[index, arg-type]


def test_sgd_diverges_above_two_over_the_curvature() -> None:
    """At curvature 10 a rate of 0.19 still converges and one of 0.21 does not."""
    for lr, grows in ((0.19, False), (0.21, True)):
        y = optimizer_race(optimiser="sgd", lr=lr).results["y"]
        assert (abs(y) > 2) is grows  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"start": "1,2,3"}, "start has 3 entries and curvature 2; there are x and y"),
        ({"curvature": "1,0"}, "curvature: expected numbers in a row such as 1,0,1, above 0"),
        ({"optimiser": "lion"}, "optimiser: expected one of sgd, momentum, nesterov"),
        ({"lr": "0"}, "lr: expected a number above 0; came 0"),
        ({"beta2": "1"}, "beta2: expected a number from 0 to 0.9999; came 1"),
        ({"steps": "0"}, "steps: expected a whole number from 1 to 99; came 0"),
        ({"lr": "1e9", "steps": "99"}, "these numbers grow beyond what float64 holds"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        optimizer_race(**given)
    assert message in str(caught.value)
