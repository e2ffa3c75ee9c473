"""A trace keeps its promises or is not made."""

import numpy as np
import pytest

from nnquiz.examples.trace import BrokenInvariant, Invariant, Plot, Series, Step, Working, same


def step(value: object) -> Step:
    """A step with this value."""
    return Step("s", "a = b", "1 = 1", value, "It is so.")  # type: ignore[arg-type]


def test_a_failed_invariant_raises() -> None:
    """A result that contradicts itself is an error, never a printed number."""
    with pytest.raises(BrokenInvariant, match="it does not hold that rows sum to 1") as caught:
        Working({}, (), {}, invariants=(Invariant("rows sum to 1", 0.1),))
    assert caught.value.exit_code == 1
    assert "0.1" in caught.value.hint


@pytest.mark.parametrize(
    ("left", "right", "scale", "holds"),
    [
        (0.1 + 0.2, 0.3, 1.0, True),
        (0.3, 0.3 + 1e-8, 1.0, False),
        ([1.0, 2.0], [1.0, 2.1], 1.0, False),
        (1e12, 1e12 + 1, 1.0, True),
        (1e-8, 0.0, 1e3, True),
        (float("nan"), 1.0, 1.0, False),
        (1.0, float("nan"), 1.0, False),
        ([], [], 1.0, True),
    ],
)
def test_same_forgives_rounding_and_nothing_else(
    left: float, right: float, scale: float, holds: bool
) -> None:
    """The gap is measured against the size of the numbers, and nan never holds."""
    assert same("they agree", left, right, scale=scale).holds is holds


def test_arrays_are_copies_that_cannot_be_written_to() -> None:
    """A trace does not change with the array that it was made from."""
    x = np.array([1.0, 2.0])
    working = Working({"x": x}, (step(x),), {"y": x})
    x[0] = 9
    for kept in (working.inputs["x"], working.steps[0].value, working.results["y"]):
        assert isinstance(kept, np.ndarray)
        assert kept[0] == 1
        with pytest.raises(ValueError, match="read-only"):
            kept[0] = 5


def test_numbers_are_plain() -> None:
    """A number of numpy becomes a number of Python, so that JSON takes it."""
    working = Working({"n": np.int64(3)}, (step(np.float64(0.5)),), {"z": np.array(2.0)})
    numbers = [working.inputs["n"], working.steps[0].value, working.results["z"]]
    assert [type(number) for number in numbers] == [int, float, float]


@pytest.mark.parametrize(
    "axes",
    [
        {"x": (("a", "b", "c"),)},
        {"x": (("a", "b"), ())},
        {"n": (("a",),)},
        {"unknown": (("a",),)},
    ],
)
def test_axes_fit_their_array(axes: dict[str, tuple[tuple[str, ...], ...]]) -> None:
    """Names that are too many or too few, or of nothing, are refused."""
    with pytest.raises(ValueError, match="do not fit"):
        Working({"x": np.ones(2), "n": 1.0}, (), {}, axes=axes)


def test_axes_may_be_left_out_for_a_dimension() -> None:
    """An empty tuple says that a dimension has no names."""
    axes = {"X": (("a", "b"), ())}
    assert Working({"X": np.ones((2, 3))}, (), {}, axes=axes).axes == axes


def test_a_series_has_a_y_for_each_x() -> None:
    """A series that cannot be drawn is refused."""
    series = Series("curve", np.ones(3), np.ones(2))
    with pytest.raises(ValueError, match="series curve"):
        Working({}, (), {}, plots=(Plot("line", "t", "x", "y", (series,)),))
