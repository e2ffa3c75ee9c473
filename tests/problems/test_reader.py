"""What is read as a number, and what is not."""

import ast
import math
import operator
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnquiz.problems.reader import EXPECTED, Unreadable, read


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("25120", 25120),
        ("-7", -7),
        ("+3", 3),
        ("0.25", 0.25),
        (".5", 0.5),
        ("5.", 5.0),
        ("2.5e-1", 0.25),
        ("1E3", 1000.0),
        ("1/4", 0.25),
        ("-1/4", -0.25),
        ("10/5", 2),
        ("2,362,368", 2362368),
        ("1,234.5", 1234.5),
        ("-1,000", -1000),
        ("25%", 0.25),
        ("-0.5 %", -0.005),
        ("7*7*16*32+32", 25120),
        ("7 · 7 × 16*32 + 32", 25120),
        ("1/(1+exp(-0.8))", 1 / (1 + math.exp(-0.8))),
        ("sqrt(2/512)", 0.0625),
        ("ln(2)", math.log(2)),
        ("log10(1/4)", math.log10(0.25)),
        ("LOG2(8)", 3.0),
        ("tanh(0.3)", math.tanh(0.3)),
        ("floor((62+6-4-1)/3)+1", 22),
        ("ceil(476/10)", 48),
        ("(62+6-5)//3+1", 22),
        ("2^10", 1024),
        ("2**-1", 0.5),
        ("-2^2", -4),
        ("e^-1", math.exp(-1)),
        ("pi/2", math.pi / 2),
        ("−1.18", -1.18),
        ("  0.5  ", 0.5),
        ("((((((1))))))", 1),
    ],
)
def test_numbers_and_arithmetic_are_read(typed: str, value: float) -> None:
    """Every way of writing a number that the message promises, and whole numbers stay whole."""
    assert read(typed) == value
    assert type(read(typed)) is type(value)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "%",
        "-",
        "dropout",
        "0,25",
        "0,250",
        "1,2345",
        "12,34",
        "1234,567",
        "1,234,56",
        ",5",
        "1.234,5",
        "25 120",
        "1_000",
        "0x10",
        "1j",
        "٣",
        "½",
        "1e400",
        "nan",
        "inf",
        "1/4%",
        "5%%",
        "50%+1",
        "1/0",
        "0^-1",
        "ln(0)",
        "sqrt(-1)",
        "(-8)^0.5",
        "exp(1000)",
        "sqrt 4",
        "sqrt()",
        "sqrt(4, 2)",
        "sqrt",
        "2(3)",
        "1 2",
        "(1",
        "1)",
        "2e",
        "~1",
        "1 if 1 else 2",
        "1if 1else 2",
        "1 < 2",
        "[1]",
        "'1'",
        "x",
        "1;2",
        "1\n2",
        "1\x00",
        "__import__('os')",
        "exp.__class__",
        "(1).real",
        "lambda: 1",
        "print(1)",
        "int(1)",
        "eval(1)",
    ],
)
def test_anything_else_is_asked_again(typed: str) -> None:
    """What could be misread, or is no arithmetic, is refused in the words that the spec fixes."""
    with pytest.raises(Unreadable) as refused:
        read(typed)
    assert (
        str(refused.value)
        == EXPECTED
        == "I read numbers like 0.25, 1/4, 25%, 2.5e-1 or 7*7*16*32+32"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "9**9**9",
        "9^9^9^9",
        "2**1000000000",
        "(10^99)^99",
        "10^60*10^60",
        "9" * 150,
        "(" * 99 + "1" + ")" * 99 + "^" * 50,
        "-" * 190 + "x",
        "1" + "*99999999999" * 16,
        "(9^90)^(9^90)",
        "exp(exp(exp(exp(9))))",
        "1" * 201,
    ],
)
def test_huge_numbers_are_refused_before_they_are_computed(typed: str) -> None:
    """No answer can keep the machine busy: each is refused within a few milliseconds."""
    started = time.perf_counter()
    with pytest.raises(Unreadable):
        read(typed)
    assert time.perf_counter() - started < 0.1


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("4.09", "%", 4.09),
        ("4.09%", "%", 4.09),
        ("4.09 %", "%", 4.09),
        ("100*4.5/110%", "%", 100 * 4.5 / 110),
        ("5600 MB", "MB", 5600),
        ("5600mb", "MB", 5600),
        ("350*16 MB", "MB", 5600),
        ("0.28 m", "m", 0.28),
        ("16.4 points", "points", 16.4),
        ("1 point", "points", 1),
        ("3 points", "point", 3),
    ],
)
def test_the_unit_may_stand_behind_the_number(typed: str, unit: str, value: float) -> None:
    """The unit that was asked for is taken away, and percent means percent where it is the unit."""
    assert read(typed, unit) == value


@pytest.mark.parametrize(("typed", "unit"), [("5 ms", "m"), ("5.6 GB", "MB"), ("MB", "MB")])
def test_another_unit_is_not_taken_for_the_right_one(typed: str, unit: str) -> None:
    """A unit that was not asked for is asked again instead of being dropped."""
    with pytest.raises(Unreadable):
        read(typed, unit)


@given(st.text(max_size=60))
@example("1and 2")
@example("1or 2")
@example("0b1")
@settings(max_examples=300)
def test_any_text_is_a_finite_number_or_refused(typed: str) -> None:
    """No text raises anything else, warns, or gives what is no number."""
    try:
        value = read(typed)
    except Unreadable:
        return
    assert type(value) in {int, float}
    assert math.isfinite(value)


_WORDS = ["1", "2.5", "1e3", "exp", "sqrt", "ln", "e", "pi", "(", ")", "+", "-", "*", "/", "//"]


@given(st.lists(st.sampled_from([*_WORDS, "**", "^", ",", "%", "1,000"]), max_size=12))
@settings(max_examples=300)
def test_any_row_of_its_own_words_is_a_finite_number_or_refused(words: list[str]) -> None:
    """Neither do texts made of the words it knows."""
    try:
        value = read(" ".join(words))
    except Unreadable:
        return
    assert type(value) in {int, float}
    assert math.isfinite(value)


def _expressions() -> st.SearchStrategy[tuple[str, float]]:
    """Arithmetic as text, with its value computed while the text is built."""
    numbers = st.integers(1, 999).map(lambda value: (str(value), float(value)))
    symbols = {"+": operator.add, "-": operator.sub, "*": operator.mul}

    def combine(parts: tuple[tuple[str, float], str, tuple[str, float]]) -> tuple[str, float]:
        (left, a), symbol, (right, b) = parts
        return f"({left} {symbol} {right})", symbols[symbol](a, b)

    return st.recursive(
        numbers,
        lambda inner: st.tuples(inner, st.sampled_from(sorted(symbols)), inner).map(combine),
        max_leaves=8,
    )


@given(_expressions())
@settings(max_examples=100)
def test_arithmetic_has_the_value_it_was_built_with(expression: tuple[str, float]) -> None:
    """An expression's value is what its parts give when they are combined one by one."""
    text, value = expression
    assert read(text) == value


@given(st.integers(-(10**15), 10**15))
@settings(max_examples=100)
def test_whole_numbers_survive_thousands_separators(value: int) -> None:
    """Written with commas or without, a whole number is read as itself."""
    assert read(f"{value:,}") == read(str(value)) == ast.literal_eval(str(value))
