"""Clipping a gradient by its norm."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.clipping import grad_clip


def test_defaults_show_the_millionth() -> None:
    """(3, 4) becomes (0.59999988, 0.79999984), not quite (0.6, 0.8)."""
    clipped = grad_clip().results["clipped"]
    np.testing.assert_allclose(clipped, [0.59999988, 0.79999984], atol=5e-9)


@settings(max_examples=40)
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=8), st.floats(1e-3, 1e3))
def test_the_norm_is_bounded_and_the_direction_kept(g: list[float], max_norm: float) -> None:
    """Short gradients stay, long ones come out at the bound, and nothing turns."""
    results = grad_clip(g=g, max_norm=max_norm).results
    clipped, norm = np.asarray(results["clipped"]), np.linalg.norm(g)
    assert np.linalg.norm(clipped) <= max_norm * (1 + 1e-12)
    if norm + 1e-6 <= max_norm:
        np.testing.assert_array_equal(clipped, g)
    else:
        assert np.linalg.norm(clipped) == pytest.approx(max_norm * norm / (norm + 1e-6))


def test_a_bound_of_zero_is_refused() -> None:
    """A gradient cannot be clipped to nothing."""
    with pytest.raises(BadInput, match="max_norm: expected a number above 0; came 0"):
        grad_clip(max_norm=0)
