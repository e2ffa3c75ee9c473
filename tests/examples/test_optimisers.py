"""The steps of eight optimisers: closed forms and relations between them."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.examples.optimisers import Optimiser, Settings, State, advance, descend

BOWL = np.array([1.0, 10])
numbers = st.floats(-5, 5).map(lambda number: round(number, 2))


def last(optimiser: Optimiser, start: list[float], steps: int, settings_: Settings) -> np.ndarray:
    """Where an optimiser stands after some steps down a bowl."""
    return np.asarray(descend(optimiser, np.array(start), BOWL, steps, settings_)[-1].p)


@settings(max_examples=30)
@given(numbers, numbers)
def test_special_cases_are_plain_sgd(x: float, y: float) -> None:
    """Without momentum there is nothing to remember."""
    plain = last("sgd", [x, y], 7, Settings(0.05))
    for name in ("momentum", "nesterov"):
        found = last(name, [x, y], 7, Settings(0.05, momentum=0))  # type: ignore[arg-type]
        np.testing.assert_array_equal(found, plain)


@settings(max_examples=30)
@given(numbers, numbers)
def test_without_decay_three_are_adam(x: float, y: float) -> None:
    """Both kinds of decay differ from Adam by the decay only."""
    adam = last("adam", [x, y], 7, Settings(0.1))
    for name in ("adam-l2", "adamw"):
        np.testing.assert_array_equal(last(name, [x, y], 7, Settings(0.1)), adam)  # type: ignore[arg-type]


def test_momentum_grows_steps_tenfold() -> None:
    """Under a constant gradient a momentum of 0.9 leads to steps of ten times the rate."""
    state = State(np.zeros(1), np.zeros(1), np.zeros(1))
    for t in range(1, 300):
        before, state = state, advance("momentum", state, np.ones(1), t, Settings(0.01))
    assert (before.p - state.p)[0] == pytest.approx(0.1)


@pytest.mark.parametrize("optimiser", ["adagrad", "rmsprop", "adam", "adamw"])
def test_adaptive_ones_ignore_the_scale(optimiser: Optimiser) -> None:
    """A thousand times the gradient is the same step, but for eps."""
    g, zero = np.array([0.3, -2]), np.zeros(2)
    for t in (1, 5):
        one, other = (
            advance(optimiser, State(zero, zero, zero), scale * g, t, Settings(0.1)).p
            for scale in (1, 1000)
        )
        np.testing.assert_allclose(one, other, rtol=1e-6)


@pytest.mark.parametrize("optimiser", get_args(Optimiser))
def test_the_minimum_is_kept(optimiser: Optimiser) -> None:
    """Without a gradient nobody moves."""
    np.testing.assert_array_equal(last(optimiser, [0, 0], 9, Settings(0.1, wd=0.1)), 0)
