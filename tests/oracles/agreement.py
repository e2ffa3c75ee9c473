"""What every oracle test of the worked examples needs: random inputs, tensors, and agreement."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from oracle_values import VALUES

from nnquiz.examples.trace import Trace

ROUNDS = 60
TOLERANCE = 1e-10
STORED_SEEDS = (1, 2, 3)


def generators(rounds: int = ROUNDS) -> Iterator[np.random.Generator | None]:
    """None stands for the defaults: once as they are, then drawn with seeds of the examples.

    What oracles say of these runs is stored; a random generator stands for inputs of the test.
    """
    for seed in (None, *STORED_SEEDS):
        with VALUES.of_seed(seed):
            yield None
    with VALUES.closed():
        for seed in range(rounds):
            yield np.random.default_rng(seed)


def tensor(value: Any) -> torch.Tensor:
    """A writable tensor of doubles."""
    return torch.tensor(np.array(value, dtype=float))


def agree(trace: Trace, name: str, wanted: Any, tolerance: float = TOLERANCE) -> None:
    """A result or step equals what the oracle says, which is stored for the ordinary tests."""
    wanted = numbers(wanted)
    found = {**{step.name: step.value for step in trace.steps}, **trace.results}[name]
    np.testing.assert_allclose(numbers(found), wanted, rtol=tolerance, atol=tolerance)
    VALUES.add(trace, name, wanted, tolerance)


def equal(found: Any, wanted: Any, tolerance: float = TOLERANCE) -> None:
    """Equal to 1e-10, relative to numbers above 1."""
    np.testing.assert_allclose(numbers(found), numbers(wanted), rtol=tolerance, atol=tolerance)


def numbers(value: Any) -> np.ndarray[Any, Any]:
    """Numbers of any library as an array of doubles."""
    return np.asarray(value.detach() if isinstance(value, torch.Tensor) else value, float)
