"""The oracle of the linear form: read back as arithmetic, it has the value of the formula.

`Reader` knows the rules that people read by, and no more: a script ends with its letters, a
product binds tighter than a sum, `∑` takes one term. Where two readings are possible, such as a
factor after the denominator in `1/2F`, it refuses.
"""

import math
import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.tex import linear, parse

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜⁿⁱʲᵏᵗᵀᴴᴺᶻˣ", "0123456789+-=()abcnijktTHNzx", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼₖₙₜₕₓ", "0123456789+-=()ijknthx", strict=True))
FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "log": math.log,
    "exp": math.exp,
    "tanh": math.tanh,
    "max": max,
    "min": min,
}


class Reader:
    """Reads a line of the linear form as a person would, and works out its value."""

    def __init__(self, line: str, values: Mapping[str, Any]) -> None:
        self.line = line
        self.at = 0
        self.in_bars = False
        self.values = dict(values)

    def rest(self) -> str:
        """Return what is still unread."""
        return self.line[self.at :]

    def take(self, text: str) -> bool:
        """Step over `text` where it comes next."""
        if not self.rest().startswith(text):
            return False
        self.at += len(text)
        return True

    def value(self) -> float:
        """Read the whole line."""
        found = self.sum()
        assert not self.rest(), f"left over: {self.rest()!r}"
        return found

    def sum(self) -> float:
        """Read terms and the signs between them."""
        total = -self.term() if self.take("-") else self.term()
        while True:
            if self.take(" + "):
                total += self.term()
            elif self.take(" - "):
                total -= self.term()
            else:
                return total

    def term(self) -> float:
        """Read factors; at most one slash, and nothing after what it divides by."""
        found, divided = self.factor(), False
        while True:
            if self.take("/"):
                assert not divided, "a second slash: which comes first?"
                found, divided = found / self.factor(), True
            elif self.take(" · ") or self.take(" × ") or self.take("·") or self.starts_factor():
                assert not divided, "a factor after a denominator: does it belong to it?"
                found *= self.factor()
            else:
                return found

    def starts_factor(self) -> bool:
        """Say whether a factor follows that only touches the one before, or a space."""
        rest = self.rest()
        if rest[:1] == " " and rest[1:2] not in "+-=<>":
            self.at += 1
            return True
        if rest[:1] == "|" and self.in_bars:
            return False
        return bool(rest) and (rest[0].isalnum() or rest[0] in "(√∑|∛") and rest[0] not in RAISED

    def bracket(self, close: str) -> float:
        """Read up to the closing bracket."""
        found = self.sum()
        assert self.take(close), f"{close} is missing before {self.rest()!r}"
        return found

    def factor(self) -> float:
        """Read a base with its exponent, or a sum over an index."""
        if self.take("∑"):
            return self.large()
        base = self.base()
        return base ** self.exponent() if self.rest()[:1] in (*RAISED, "^") else base

    def base(self) -> float:
        """Read a bracket, a root, a number, a function or a name."""
        for opening, close in (("√(", ")"), ("∛(", ")"), ("(", ")"), ("|", "|")):
            if self.take(opening):
                outside, self.in_bars = self.in_bars, opening == "|"
                inside = self.bracket(close)
                self.in_bars = outside
                powers = {"√(": lambda x: x**0.5, "∛(": lambda x: x ** (1 / 3), "|": abs}
                return powers.get(opening, lambda x: x)(inside)
        number = re.match(r"[0-9]+(\.[0-9]+)?", self.rest())
        if number:
            self.at += number.end()
            return float(number[0])
        for name, function in FUNCTIONS.items():
            if self.take(f"{name}("):
                arguments = [self.sum()]
                while self.take(", "):
                    arguments.append(self.sum())
                assert self.take(")")
                return function(*arguments)
            if self.take(f"{name} "):
                return function(self.term())
        return self.name()

    def name(self) -> float:
        """Read a letter with its accent and subscript, and look its value up."""
        found = re.match(r"[^\W\d_][\u0300-\u036f]?", self.rest())
        assert found, f"no name: {self.rest()!r}"
        self.at += found.end()
        letter = unicodedata.normalize("NFC", found[0])
        raised = re.match(f"[{''.join(RAISED)}]+(?=_)", self.rest())
        if raised:  # σ²_B: the exponent stands before the name of the variable ends
            self.at += raised.end()
        if self.take("*"):
            letter += "*"
        script = re.match(r"_\(([^)]*)\)|_(\w+)", self.rest())
        lowered = re.match(f"[{''.join(LOWERED)}]+", self.rest())
        if script:
            self.at += script.end()
            letter += "_" + (script[1] or script[2])
        elif lowered:
            self.at += lowered.end()
            letter += "_" + "".join(LOWERED[sign] for sign in lowered[0])
        value = self.lookup(letter)
        if raised:
            value **= Reader("".join(RAISED[sign] for sign in raised[0]), self.values).value()
        return value

    def lookup(self, name: str) -> float:
        """Return the value of a name, or of an indexed letter."""
        if name in self.values:
            return float(self.values[name])
        letter, _, index = name.partition("_")
        return float(self.values[letter][int(self.values[index])])

    def exponent(self) -> float:
        """Read raised signs, or what follows `^`."""
        raised = re.match(f"[{''.join(RAISED)}]+", self.rest())
        if raised:
            self.at += raised.end()
            return Reader(self.spread("".join(RAISED[s] for s in raised[0])), self.values).value()
        assert self.take("^")
        return self.bracket(")") if self.take("(") else self.name()

    @staticmethod
    def spread(packed: str) -> str:
        """Put spaces around signs, which raised text has not."""
        return packed[:1] + re.sub(r"([+-])", r" \1 ", packed[1:])

    def large(self) -> float:
        """Read a sum over an index: its limits, then one term."""
        low = re.match(f"[{''.join(LOWERED)}]+", self.rest())
        assert low
        self.at += low.end()
        index, _, first = "".join(LOWERED[sign] for sign in low[0]).partition("=")
        high = re.match(f"[{''.join(RAISED)}]+", self.rest())
        assert high
        self.at += high.end()
        last = Reader(self.spread("".join(RAISED[sign] for sign in high[0])), self.values).value()
        assert self.take(" ")
        start, total = self.at, 0.0
        for number in range(int(first), int(last) + 1):
            self.at = start
            self.values[index] = number
            total += self.term()
        del self.values[index]
        return total


def some_values(seed: int) -> dict[str, Any]:
    """Draw a positive value for every letter a formula uses; lists for indexed ones."""
    drawn = random.Random(seed)
    names = ["a", "b", "c", "d", "x", "y", "z", "ε", "η", "γ", "β", "σ_B", "μ_B", "c_FP", "c_FN"]
    names += ["m̂_t", "v̂_t", "d_k", "σ", "μ", "λ", "F_i", "w", "k", "x̂", "P", "R", "s", "p"]
    values: dict[str, Any] = {
        unicodedata.normalize("NFC", name): drawn.uniform(0.5, 3.0) for name in names
    }
    lists = {letter: [drawn.uniform(0.5, 3.0) for _ in range(9)] for letter in "uvw"}
    ready = [drawn.uniform(0.5, 3.0) for _ in range(9)]
    values |= {"n": 4, "N": 5, "e": math.e, "π": math.pi, **lists, "y": values["y"], "ŷ": ready}
    return values


def total(last: int, term: Callable[[int], float]) -> float:
    """Add up a term for every index from 1 to `last`."""
    return sum(term(i) for i in range(1, last + 1))


ARITHMETIC: list[tuple[str, Callable[[Any], float]]] = [
    (
        r"\frac{x-\mu_B}{\sqrt{\sigma_B^2+\epsilon}}",
        lambda v: (v.x - v.μ_B) / math.sqrt(v.σ_B**2 + v.ε),
    ),
    (r"\frac{1}{2F_i}", lambda v: 1 / (2 * v.F_i)),
    (r"\frac12 F_i", lambda v: v.F_i / 2),
    (r"\frac{a}{b}\frac{c}{d}", lambda v: v.a / v.b * v.c / v.d),
    (r"x\frac{a+b}{c}y", lambda v: v.x * (v.a + v.b) / v.c * v.y),
    (r"\frac{\frac ab}{\frac cd}", lambda v: (v.a / v.b) / (v.c / v.d)),
    (
        r"\frac{ab}{cd} - \frac{a-b}{c+d}",
        lambda v: v.a * v.b / (v.c * v.d) - (v.a - v.b) / (v.c + v.d),
    ),
    (r"\left(\frac{a}{b}\right)^2 c", lambda v: (v.a / v.b) ** 2 * v.c),
    (r"\frac{a}{b}^2", lambda v: (v.a / v.b) ** 2),
    (
        r"\eta\,\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}",
        lambda v: v.η * v["m̂_t"] / (math.sqrt(v["v̂_t"]) + v.ε),
    ),
    (r"\gamma\hat{x}+\beta", lambda v: v.γ * v["x̂"] + v.β),
    (r"\frac{c_{FP}}{c_{FP}+c_{FN}}", lambda v: v.c_FP / (v.c_FP + v.c_FN)),
    (r"\frac{1}{1+e^{-z}}", lambda v: 1 / (1 + math.exp(-v.z))),
    (
        r"\frac{1}{\sqrt{2\pi\sigma^2}}e^{-\frac{(x-\mu)^2}{2\sigma^2}}",
        lambda v: math.exp(-((v.x - v.μ) ** 2) / (2 * v.σ**2)) / math.sqrt(2 * math.pi * v.σ**2),
    ),
    (r"\frac{2PR}{P+R}", lambda v: 2 * v.P * v.R / (v.P + v.R)),
    (r"\sum_{i=1}^n u_i v_i + b", lambda v: total(4, lambda i: v.u[i] * v.v[i]) + v.b),
    (
        r"\frac1n\sum_{i=1}^n (u_i - v_i)^2",
        lambda v: total(4, lambda i: (v.u[i] - v.v[i]) ** 2) / 4,
    ),
    (
        r"\frac1n\sum_{i=1}^n |u_i-\hat y_i|",
        lambda v: total(4, lambda i: abs(v.u[i] - v["ŷ"][i])) / 4,
    ),
    (
        r"1-\frac{\sum_{i=1}^n u_i}{\sum_{i=1}^n v_i}",
        lambda v: 1 - total(4, lambda i: v.u[i]) / total(4, lambda i: v.v[i]),
    ),
    (r"\sum_{i=1}^n \frac{u_i}{v_i}", lambda v: total(4, lambda i: v.u[i] / v.v[i])),
    (r"\log\frac{a}{b} - \log a", lambda v: math.log(v.a / v.b) - math.log(v.a)),
    (r"\frac{\log a}{\log b}", lambda v: math.log(v.a) / math.log(v.b)),
    (r"\frac{\lambda}{2}w_2^2", lambda v: v.λ / 2 * v["w_2"] ** 2),
    (r"\sqrt[3]{x+1}\sqrt{y}", lambda v: (v.x + 1) ** (1 / 3) * math.sqrt(v.y)),
    (r"x^{y^2}z", lambda v: v.x ** (v.y**2) * v.z),
    (r"x^{a+b}-{x^a}^b", lambda v: v.x ** (v.a + v.b) - (v.x**v.a) ** v.b),
    (r"x^\lambda y^{ab}", lambda v: v.x**v.λ * v.y ** (v.a * v.b)),
    (r"-a-(-b)", lambda v: -v.a + v.b),
    (r"\max(a, b-c)\tanh x", lambda v: max(v.a, v.b - v.c) * math.tanh(v.x)),
    (r"\frac{a}{b}\cdot\frac{c}{d}", lambda v: v.a / v.b * v.c / v.d),
    (r"\dfrac{|a-b|}{2|c||d|}", lambda v: abs(v.a - v.b) / (2 * v.c * v.d)),
    (r"2\cdot 10^{-3}x", lambda v: 2e-3 * v.x),
]


class Values(dict[str, Any]):
    """Values that a lambda reads as attributes."""

    def __getattr__(self, name: str) -> Any:
        return self[unicodedata.normalize("NFC", name)]


@pytest.mark.parametrize(("source", "meant"), ARITHMETIC)
def test_the_linear_form_has_the_value_of_the_formula(
    source: str, meant: Callable[[Any], float]
) -> None:
    """Read back as arithmetic, the line gives what the formula means, whatever the values."""
    line = linear(parse(source))
    for seed in range(5):
        values = Values(some_values(seed))
        values["w_2"] = 1.7
        read = Reader(line, values).value()
        assert read == pytest.approx(meant(values), rel=1e-12), line


@pytest.mark.parametrize("line", ["1/2F", "a/b/c", "∂L/∂a∂a/∂z", "(a/b", "a/b·c"])
def test_the_reader_refuses_what_can_be_read_in_two_ways(line: str) -> None:
    """The oracle itself would catch the forms that others print."""
    with pytest.raises((AssertionError, KeyError)):
        Reader(line, dict.fromkeys("abcFLz", 2.0)).value()


def formulas() -> st.SearchStrategy[tuple[str, Callable[[Mapping[str, float]], float]]]:
    """Draw a formula of arithmetic as LaTeX, together with its meaning."""
    letters = st.sampled_from("abcdxyz").map(lambda name: (name, lambda v: v[name]))
    numbers = st.integers(2, 9).map(lambda n: (str(n), lambda _: float(n)))

    def grown(parts: Any) -> Any:
        two = st.tuples(parts, parts)
        return st.one_of(
            two.map(lambda p: (f"{p[0][0]}+{p[1][0]}", lambda v: p[0][1](v) + p[1][1](v))).map(
                lambda f: (f"({f[0]})", f[1])
            ),
            two.map(
                lambda p: (f"\\frac{{{p[0][0]}}}{{{p[1][0]}}}", lambda v: p[0][1](v) / p[1][1](v))
            ),
            two.map(lambda p: (f"{p[0][0]}\\cdot {p[1][0]}", lambda v: p[0][1](v) * p[1][1](v))),
            two.map(lambda p: (f"{p[0][0]} {p[1][0]}", lambda v: p[0][1](v) * p[1][1](v))),
            parts.map(lambda p: (f"\\sqrt{{{p[0]}}}", lambda v: math.sqrt(p[1](v)))),
            parts.map(lambda p: (f"\\left({p[0]}\\right)^2", lambda v: p[1](v) ** 2)),
            parts.map(lambda p: (f"\\frac{{1}}{{2+{p[0]}}}", lambda v: 1 / (2 + p[1](v)))),
        )

    return st.recursive(st.one_of(letters, numbers), grown, max_leaves=8)


@settings(max_examples=200, deadline=None)
@given(formulas())
def test_grown_formulas_keep_their_value(
    formula: tuple[str, Callable[[Mapping[str, float]], float]],
) -> None:
    """Products, quotients, roots and squares of anything keep their value on one line."""
    source, meant = formula
    values = {name: 1.1 + index / 7 for index, name in enumerate("abcdxyz")}
    line = linear(parse(source))
    assert Reader(line, values).value() == pytest.approx(meant(values), rel=1e-9), line
