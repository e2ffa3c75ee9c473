"""What every oracle test of the worked examples needs: random inputs, tensors, and agreement."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

ROUNDS = 60


def generators(rounds: int = ROUNDS) -> Iterator[np.random.Generator | None]:
    """None stands for the defaults."""
    yield None
    for seed in range(rounds):
        yield np.random.default_rng(seed)


def tensor(value: Any) -> torch.Tensor:
    """A writable tensor of doubles."""
    return torch.tensor(np.array(value, dtype=float))


def agree(found: Any, wanted: Any) -> None:
    """Equal to 1e-10, relative to numbers above 1."""
    np.testing.assert_allclose(
        np.asarray(found, float), np.asarray(wanted, float), rtol=1e-10, atol=1e-10
    )
