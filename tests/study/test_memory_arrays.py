"""The memory model for arrays equals the scalar one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnquiz.study import memory, memory_arrays

GRADES = np.array([1, 2, 3, 4])
STABILITIES = (memory.LEAST_STABILITY, 0.03, 0.9, 2.3065, 14.7, 365.0, memory.GREATEST_STABILITY)
DIFFICULTIES = (1.0, 2.5, 5.0, 9.99, 10.0)
DAYS = (-3, 0, 1, 2, 7, 30, 400)

# w0 to w20 away from the defaults, so that no weight is right by chance.
OTHER = tuple(0.93 * weight for weight in memory.DEFAULT_WEIGHTS)


@pytest.mark.parametrize("weights", [memory.DEFAULT_WEIGHTS, OTHER], ids=["defaults", "others"])
def test_every_answer_leads_where_the_scalar_model_leads(weights: tuple[float, ...]) -> None:
    """Stability and difficulty agree to 1e-12 for all grades, gaps and corners of the state."""
    s, d, g, t = (
        axis.ravel() for axis in np.meshgrid(STABILITIES, DIFFICULTIES, GRADES, DAYS, indexing="ij")
    )
    stability, difficulty = memory_arrays.next_memory(s, d, g, t, weights)
    for at in range(s.size):
        expected = memory.next_memory(
            memory.Memory(float(s[at]), float(d[at])), int(g[at]), int(t[at]), weights
        )
        assert stability[at] == pytest.approx(expected.stability, rel=1e-12)
        assert difficulty[at] == pytest.approx(expected.difficulty, rel=1e-12)


@given(
    st.floats(memory.LEAST_STABILITY, memory.GREATEST_STABILITY),
    st.floats(1, 10),
    st.sampled_from((1, 2, 3, 4)),
    st.integers(-5, 40_000),
)
def test_any_answer_leads_where_the_scalar_model_leads(
    stability: float, difficulty: float, grade: int, days: int
) -> None:
    """Stability, difficulty and retrievability agree for states that nobody chose."""
    moved = memory_arrays.next_memory(
        np.array([stability]), np.array([difficulty]), np.array([grade]), np.array([days])
    )
    expected = memory.next_memory(memory.Memory(stability, difficulty), grade, days)
    assert (moved[0][0], moved[1][0]) == pytest.approx(tuple(expected), rel=1e-12)
    assert float(memory_arrays.retrievability(days, stability)) == pytest.approx(
        memory.retrievability(days, stability), rel=1e-12
    )


def test_first_answers_are_those_of_the_scalar_model() -> None:
    """The four starts stand in the order of the grades."""
    stability, difficulty = memory_arrays.first()
    for grade in (1, 2, 3, 4):
        assert (stability[grade - 1], difficulty[grade - 1]) == tuple(memory.first(grade))
