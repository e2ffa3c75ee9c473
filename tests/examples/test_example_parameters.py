"""What may be set: read from texts, lists and arrays alike, and refused in one clear line."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.attention import attention
from nnquiz.examples.catalogue import ENTRIES, load
from nnquiz.examples.parameters import (
    MOST_NUMBERS,
    Choice,
    Flag,
    Parameter,
    Real,
    Seed,
    Tensor,
    Whole,
    Words,
)

VECTOR = Parameter("x", Tensor(1), None)
MATRIX = Parameter("X", Tensor(2), None)
NUMBER = Parameter("b", Tensor(0), None)
LABELS = Parameter("y", Tensor(1, binary=True), None)
EVERYTHING = [parameter for entry in ENTRIES for parameter in load(entry).parameters]


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (VECTOR, "1,2,3", [1, 2, 3]),
        (VECTOR, " 1 , -2.5e0,.5", [1, -2.5, 0.5]),
        (VECTOR, "[1, 2]", [1, 2]),
        (VECTOR, "7", [7]),
        (MATRIX, "[[1, 2], [3, 4]]", [[1, 2], [3, 4]]),
        (NUMBER, "0.5", 0.5),
        (LABELS, "1,0,1.0", [1, 0, 1]),
        (LABELS, [True, False], [1, 0]),
        (VECTOR, ["1e-3", 2], [0.001, 2]),
        (MATRIX, np.eye(2), [[1, 0], [0, 1]]),
        (NUMBER, np.float64(2), 2),
        (Parameter("pad", Tensor(1, binary=True, empty=True), None), "", []),
        (Parameter("k", Tensor(1, low=0, whole=True), None), "0,3.0", [0, 3]),
        (Parameter("F", Tensor(3), None), "[[[1, 2]], [[3, 4]]]", [[[1, 2]], [[3, 4]]]),
    ],
)
def test_data_is_read_from_many_forms(parameter: Parameter, text: Any, value: Any) -> None:
    """Numbers between commas, JSON, lists and arrays give the array."""
    np.testing.assert_array_equal(parameter.read(text), value)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Real(0, 1), "0.5", 0.5),
        (Real(above=0), 1, 1.0),
        (Whole(0, 9), "3", 3),
        (Seed(), "7", 7),
        (Flag(), "TRUE", True),
        (Flag(), "off", False),
        (Flag(), False, False),
        (Choice(("a", "b")), "b", "b"),
        (Words(), "the, cat", ("the", "cat")),
        (Words(), '["a,b", 7]', ("a,b", "7")),
    ],
)
def test_settings_are_read(kind: Any, text: Any, value: Any) -> None:
    """Numbers in a range, switches, choices and words are read from a text."""
    read = Parameter("k", kind, None).read(text)
    assert read == value
    assert type(read) is type(value)


CYCLE: list[Any] = []
CYCLE.append(CYCLE)
BOMB: list[Any] = [0] * 9
for _ in range(30):
    BOMB = [BOMB] * 9


@pytest.mark.parametrize(
    ("parameter", "given", "message"),
    [
        (VECTOR, "1,x", "came 'x', which is no number"),
        (VECTOR, "1,,2", "came '', which is no number"),
        (VECTOR, "", "came an empty list"),
        (VECTOR, "[[1]]", "came a list nested 2 deep: 1 x 1"),
        (VECTOR, "[1, [2]]", "entry 2 differs in length"),
        (VECTOR, "[1, null]", "came None, which is no number"),
        (VECTOR, [True], "came True, which is no number"),
        (VECTOR, "[1", "no list in JSON"),
        (VECTOR, "[" * 100_000, "no list in JSON"),
        (VECTOR, "1,nan", "came nan, which is not finite"),
        (VECTOR, "[1e999]", "came inf, which is not finite"),
        (VECTOR, "[Infinity]", "came inf, which is not finite"),
        (VECTOR, [10**400], "which is no number"),
        (VECTOR, [1] * 1001, f"came more than {MOST_NUMBERS} numbers"),
        (VECTOR, np.ones(1001), f"came more than {MOST_NUMBERS} numbers"),
        (VECTOR, CYCLE, "nested more than 4 deep"),
        (VECTOR, BOMB, f"more than {MOST_NUMBERS} numbers"),
        (VECTOR, [1, BOMB], "entry 2 differs in length"),
        (VECTOR, {"a": 1}, "came names with values"),
        (MATRIX, "1,2", "expected a table of numbers such as [[1, 2], [3, 4]]; came 2 numbers"),
        (MATRIX, "[[1, 2], [3]]", "came a list whose entry 2 differs in length from the first"),
        (MATRIX, [[1]] * 101, "more than 100 rows or columns"),
        (NUMBER, "1,2", "expected a number; came 2 numbers in a row"),
        (LABELS, "0,2", "each 0 or 1; came 2"),
        (Parameter("v", Tensor(1, above=0), None), "1,0", "above 0; came 0"),
        (
            Parameter("v", Tensor(1, low=0), None),
            "1,-1",
            "in a row such as 1,0,1, at least 0; came -1",
        ),
        (Parameter("v", Tensor(1, low=0, high=1), None), "0,2", "1,0,1, from 0 to 1; came 2"),
        (Parameter("v", Tensor(1, whole=True), None), "1.5", "whole numbers in a row"),
        (Parameter("v", Tensor(1, whole=True), None), "1e100", "whole numbers in a row"),
        (
            Parameter("v", Tensor(3), None),
            "[[1]]",
            "nested 3 deep such as [[[1, 2], [3, 4]]]; came",
        ),
        (Parameter("k", Whole(1, 9), None), "1.5", "a whole number from 1 to 9; came 1.5"),
        (Parameter("s", Seed(), None), "-1", "a whole number from 0 to 4294967295; came -1"),
        (Parameter("k", Whole(1, 9), None), "10", "a whole number from 1 to 9; came 10"),
        (Parameter("p", Real(0, 1), None), "1.5", "p: expected a number from 0 to 1; came 1.5"),
        (Parameter("p", Real(above=0), None), "0", "a number above 0; came 0"),
        (Parameter("p", Real(), None), "nan", "a number; came nan, which is not finite"),
        (Parameter("p", Real(), None), BOMB, "came a list, which is no number"),
        (Parameter("f", Flag(), None), "maybe", "true or false; came 'maybe'"),
        (Parameter("f", Flag(), None), BOMB, "true or false; came a list"),
        (Parameter("c", Choice(("a", "b")), None), "z", "one of a, b; came 'z'"),
        (Parameter("c", Choice(("a", "b")), None), ["a"], "one of a, b; came a list"),
        (Parameter("w", Words(), None), "a" * 21, "at most 20 characters"),
        (Parameter("w", Words(), None), "a,,b", "came ''"),
        (Parameter("w", Words(), None), "a,\x1b[2J", r"came '\x1b[2J'"),
        (Parameter("w", Words(), None), ["a", BOMB], "came a list"),
    ],
)
def test_bad_values_are_refused_in_one_line(parameter: Parameter, given: Any, message: str) -> None:
    """The line names the parameter, what was expected and what came, and is safe to print."""
    with pytest.raises(BadInput) as caught:
        parameter.read(given)
    line = str(caught.value)
    assert line.startswith(f"{parameter.name}: expected ")
    assert message in line
    assert line.isprintable()
    assert len(line) < 200


nested = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.sampled_from(EVERYTHING), nested | st.text(max_size=12))
def test_anything_is_read_or_refused(parameter: Parameter, given: Any) -> None:
    """Whatever comes is either a checked value or `BadInput`; data read is finite."""
    try:
        value = parameter.read(given)
    except BadInput as refusal:
        assert str(refusal).isprintable()  # noqa: PT017 -- either outcome is right
    else:
        if isinstance(value, np.ndarray):
            assert np.isfinite(value).all()


def test_defaults_are_values_that_may_be_set() -> None:
    """Every default passes the check of its own parameter."""
    for parameter in EVERYTHING:
        np.testing.assert_array_equal(parameter.read(parameter.default), parameter.default)


@given(st.integers(0, 50), st.sampled_from([(3,), (2, 3), ()]))
@settings(max_examples=50)
def test_drawn_numbers_can_be_followed_by_hand(seed: int, shape: tuple[int, ...]) -> None:
    """Drawn numbers lie in the range, have one decimal, and none is a negative zero."""
    drawn = Tensor(len(shape), drawn=(-1, 1)).draw(np.random.default_rng(seed), shape)
    assert drawn.shape == shape
    assert (np.abs(drawn) <= 1).all()
    assert (drawn.round(1) == drawn).all()
    assert not any(number == 0 and math.copysign(1, number) < 0 for number in drawn.flat)


def test_parameters_come_from_the_signature() -> None:
    """The names, in order, are those of the function."""
    names = [parameter.name for parameter in attention.parameters]
    assert names == ["Q", "K", "V", "scale", "causal", "pad", "tokens"]


def test_a_seed_draws_within_the_range() -> None:
    """Numbers are drawn to one decimal, whole ones whole, in the range of their kind."""
    random = np.random.default_rng(0)
    numbers = Tensor(1, drawn=(0.5, 2.0)).draw(random, (99,))
    assert ((numbers >= 0.5) & (numbers <= 2.0)).all()
    np.testing.assert_array_equal(numbers, numbers.round(1))
    counts = Tensor(1, whole=True, drawn=(1, 3)).draw(random, (99,))
    assert counts.dtype == int
    assert set(counts.tolist()) == {1, 2, 3}
    assert {Whole(1, 9, drawn=(2, 4)).draw(random) for _ in range(99)} == {2, 3, 4}
