"""The oracle of the forms: read back as arithmetic, a form has the value of the formula.

`Reader` reads the linear form by the rules that people read by, and no more: a script ends with
its letters, a product binds tighter than a sum, `∑` takes one term. Where two readings are
possible, such as a factor after the denominator in `1/2F`, it refuses. `AsciiReader` does the same
for the ASCII form, and for speech, of which `written` makes brackets by the words that open and
close.
"""

import math
import operator
import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.tex import Node, linear, parse, speech
from nnquiz.tex.tree import Row, Symbol

RAISED = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜⁿⁱʲᵏˡᵐᵗᵀᴴᴶᴷᴺᶻˣ", "0123456789+-=()abcnijklmtTHJKNzx", strict=True)
)
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼₖₗₘₙₜₕₓ", "0123456789+-=()ijklmnthx", strict=True))
FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "log": math.log,
    "exp": math.exp,
    "tanh": math.tanh,
    "cos": math.cos,
    "log₂": math.log2,
    "abs": abs,
    "σ": lambda z: 1 / (1 + math.exp(-z)),
    "max": max,
    "min": min,
}


COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "≤": operator.le,
    "≥": operator.ge,
}
BRACKETS: Mapping[str, tuple[str, Callable[[float], float]]] = {
    "(": (")", float),
    "[": ("]", float),
    "|": ("|", abs),
}
OPENING: Mapping[str, tuple[str, Callable[[float], float]]] = {
    **BRACKETS,
    "√(": (")", math.sqrt),
    "∛(": (")", lambda x: x ** (1 / 3)),
    "⌊": ("⌋", math.floor),
}
LARGE: Mapping[str, Callable[[list[float]], float]] = {"SUM": sum, "PROD": math.prod}
OBSERVATIONS = 4  # how far a sum over an index reaches whose limits are not written


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
        if rest.startswith((" if ", " otherwise")):
            return False
        if rest[:1] == " " and rest[1:2] not in "+-=<>≤≥":
            self.at += 1
            return True
        if rest[:1] == "|" and self.in_bars:
            return False
        return bool(rest) and (rest[0].isalnum() or rest[0] in "(√∑∏|∛⌊") and rest[0] not in RAISED

    def bracket(self, close: str) -> float:
        """Read up to the closing bracket."""
        found = self.sum()
        assert self.take(close), f"{close} is missing before {self.rest()!r}"
        return found

    def factor(self) -> float:
        """Read a base with its exponent, or a sum over an index."""
        if self.rest()[:1] in ("∑", "∏"):
            return self.large()
        if self.take("{"):
            return self.cases()
        base = self.base()
        return base ** self.exponent() if self.rest()[:1] in (*RAISED, "^") else base

    def base(self) -> float:
        """Read a bracket, a root, a number, a function or a name."""
        for opening, (close, within) in OPENING.items():
            if self.take(opening):
                outside, self.in_bars = self.in_bars, opening == "|"
                inside = self.bracket(close)
                self.in_bars = outside
                return within(inside)
        number = re.match(r"[0-9]+(\.[0-9]+)?", self.rest())
        if number:
            self.at += number.end()
            return float(number[0])
        if self.take("root("):
            radicand = self.sum()
            assert self.take(", ")
            return float(radicand ** (1 / self.bracket(")")))
        for name, function in FUNCTIONS.items():
            # A σ that touches no bracket is a deviation.
            if self.rest().startswith((f"{name}(", f"{name}[", f"{name} ")) and (
                name != "σ" or self.rest()[1] == "("
            ):
                self.take(name)
                return self.applied(function)
        return self.name()

    def applied(self, function: Callable[..., float]) -> float:
        """Read a function's arguments in brackets, or one term."""
        if self.take(" "):
            return function(self.term())
        close = ")" if self.take("(") else "]" if self.take("[") else ""
        arguments = [self.sum()]
        while self.take(", "):
            arguments.append(self.sum())
        assert self.take(close)
        return function(*arguments)

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
        series = self.values.get(f"{letter}s", self.values.get(letter))
        return float(series[int(Reader(self.spread(index), self.values).value())])

    def cases(self) -> float:
        """Read cases: the value whose condition holds."""
        found = None
        while True:
            value = self.sum()
            holds = self.take(" otherwise") or (self.take(" if ") and self.condition())
            found = value if holds and found is None else found
            if self.take("}"):
                assert found is not None
                return found
            assert self.take("; ")

    def condition(self) -> bool:
        """Read a comparison."""
        left = self.sum()
        for sign, holds in COMPARISONS.items():
            if self.take(f" {sign} "):
                return holds(left, self.sum())
        raise AssertionError(self.rest())

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
        """Read a sum or a product over an index: its limits, then one term."""
        together = sum if self.rest()[0] == "∑" else math.prod
        self.at += 1
        low, high = self.limit(LOWERED, "_"), self.limit(RAISED, "^")
        index, _, first = low.partition("=")
        start_at = Reader(self.spread(first), self.values).value() if first else 1
        last = Reader(self.spread(high), self.values).value() if high else OBSERVATIONS
        assert self.take(" ")
        start, terms = self.at, []
        for number in range(int(start_at), int(last) + 1):
            self.at = start
            self.values[index] = number
            terms.append(self.term())
        del self.values[index]
        return together(terms)

    def limit(self, signs: Mapping[str, str], lead: str) -> str:
        """Read a limit, as small signs or in brackets."""
        small = re.match(f"[{''.join(signs)}]*|", self.rest())
        written = re.match(rf"\{lead}\(([^)]*)\)", self.rest())
        found = written or small
        assert found
        self.at += found.end()
        return written[1] if written else "".join(signs[sign] for sign in found[0])


WORDS = {
    **{
        word: unicodedata.normalize("NFC", sign)
        for word, sign in {
            "theta": "θ",
            "alpha": "α",
            "beta": "β",
            "gamma": "γ",
            "delta": "δ",
            "epsilon": "ε",
            "eta": "η",
            "lambda": "λ",
            "mu": "μ",
            "pi": "π",
            "sigma": "σ",
            "tau": "τ",
        }.items()
    },
}
MARKS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}


class AsciiReader:
    """Reads a line of the ASCII form: braces hold scripts, names of several letters are known."""

    TOKEN = re.compile(
        r" *([0-9]+(?:\.[0-9]+)?|_[A-Za-z0-9]+|SUM|PROD|sqrt|root|floor|if|otherwise|hat|bar|tilde"
        rf"|abs|tanh|cos|log_2|log|exp|max|min|{'|'.join(WORDS)}|<=|>=|[A-Za-z]|\S)"
    )

    def __init__(self, line: str, values: Mapping[str, Any]) -> None:
        self.tokens = self.TOKEN.findall(line)
        self.at = 0
        self.in_bars = False
        self.values = dict(values)

    @property
    def here(self) -> str:
        """The token that is next, or nothing at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, token: str) -> bool:
        """Step over a token where it comes next."""
        found = self.here == token
        self.at += found
        return found

    def value(self) -> float:
        """Read the whole line."""
        found = self.sum()
        assert not self.here, f"left over: {self.tokens[self.at :]}"
        return found

    def sum(self) -> float:
        """Read terms and the signs between them."""
        total = -self.term() if self.take("-") else self.term()
        while self.here in ("+", "-"):
            sign = 1 if self.take("+") else -1 if self.take("-") else 0
            total += sign * self.term()
        return total

    def term(self) -> float:
        """Read factors; at most one slash, and nothing after what it divides by."""
        found, divided = self.factor(), False
        ends = ("", *"+-)]},;<>=", "<=", ">=", "if", "otherwise", *("|" * self.in_bars))
        while self.here not in ends:
            assert not divided, "after a denominator: does it belong to it?"
            if self.take("/"):
                found, divided = found / self.factor(), True
            else:
                self.take("*")
                found *= self.factor()
        return found

    def factor(self) -> float:
        """Read a base with its exponent."""
        base = self.base()
        return base ** float(self.script(self.sum)) if self.take("^") else base

    def script(self, read: Callable[[], Any]) -> Any:
        """Read a script: in braces, or one name or number."""
        if not self.take("{"):
            return self.base()
        found = read()
        assert self.take("}")
        return found

    def bracket(self, close: str) -> float:
        """Read up to the closing bracket."""
        found = self.sum()
        assert self.take(close), f"{close} is missing before {self.tokens[self.at :]}"
        return found

    def base(self) -> float:
        """Read a bracket, a function, a large operator, a number or a name."""
        assert self.here, "something is missing at the end"
        here = self.here
        self.at += 1
        if here in BRACKETS:
            close, within = BRACKETS[here]
            outside, self.in_bars = self.in_bars, here == "|"
            inside = self.bracket(close)
            self.in_bars = outside
            return within(inside)
        if here in LARGE:
            return self.large(LARGE[here])
        if here in ("sqrt", "floor", "root"):
            assert self.take("(")
            return self.called(here)
        if here in ("log_2", *FUNCTIONS) or (here, self.here) == ("sigma", "("):
            return self.function(here)
        return self.cases() if here == "{" else self.number_or_name(here)

    def number_or_name(self, token: str) -> float:
        """Read what has no bracket."""
        return float(token) if token[0].isdigit() else self.name(token)

    def called(self, name: str) -> float:
        """Read the arguments of a root or a floor."""
        first = self.sum()
        degree = self.sum() if self.take(",") else 2.0
        assert self.take(")")
        return math.floor(first) if name == "floor" else first ** (1 / degree)

    def function(self, name: str) -> float:
        """Read a function's arguments in brackets, or one term."""
        function = FUNCTIONS[{"log_2": "log₂", "sigma": "σ"}.get(name, name)]
        for opening, close in ("()", "[]"):
            if self.take(opening):
                arguments = [self.sum()]
                while self.take(","):
                    arguments.append(self.sum())
                assert self.take(close)
                return function(*arguments)
        return function(self.term())

    def name(self, token: str) -> float:
        """Read a letter with its mark and subscript, and look its value up."""
        if token in MARKS:
            assert self.take("(")
            token, mark = self.tokens[self.at], MARKS[token]
            self.at += 1
            assert self.take(")")
        else:
            mark = ""
        letter = unicodedata.normalize("NFC", WORDS.get(token, token) + mark)
        index = self.index()
        if self.tokens[self.at : self.at + 2] == ["^", "*"]:
            self.at += 2
            letter += "*"
        if not index:
            return float(self.values[letter])
        if f"{letter}_{index}" in self.values:
            return float(self.values[f"{letter}_{index}"])
        series = self.values.get(f"{letter}s", self.values.get(letter))
        return float(series[int(AsciiReader(index, self.values).value())])

    def cases(self) -> float:
        """Read cases: the value whose condition holds."""
        found = []
        while True:
            value = self.sum()
            if self.take("otherwise") or (self.take("if") and self.condition()):
                found.append(value)
            if self.take("}"):
                return found[0]
            assert self.take(";")

    def index(self) -> str:
        """Read a subscript as text: `_max`, or what braces hold."""
        start = self.at
        if not self.take("_"):
            self.at += self.here[:1] == "_"
            return "".join(self.tokens[start : self.at])[1:]
        assert self.take("{")
        while not self.take("}"):
            assert self.here, "a brace is never closed"
            self.at += 1
        return "".join(self.tokens[start + 2 : self.at - 1])

    def condition(self) -> bool:
        """Read a comparison."""
        left, sign = self.sum(), self.here
        self.at += 1
        return COMPARISONS[{"<=": "≤", ">=": "≥"}.get(sign, sign)](left, self.sum())

    def large(self, together: Callable[[list[float]], float]) -> float:
        """Read the limits of a sum or a product, then one term."""
        index, _, first = self.index().partition("=")
        begin = AsciiReader(first or "1", self.values).value()
        last = self.script(self.sum) if self.take("^") else OBSERVATIONS
        start, terms = self.at, []
        for number in range(int(begin), int(last) + 1):
            self.at = start
            self.values[index] = number
            terms.append(self.term())
        del self.values[index]
        return together(terms)


SPOKEN = [
    (r"the fraction ", "(("),
    (r" end fraction", "))"),
    (r"the (sum|product) from (\w+) equals (.+?) to (.+?) of ", r"@\1_{\2=\3}^{\4} ("),
    (r"the (sum|product) over (\w+) of ", r"@\1_{\2} ("),
    (r" end (sum|product)", ")"),
    (r" over ", ")/("),
    (r"the square root of ", "sqrt("),
    (r"the cube root of (.*?) end root", r"root(\1, 3)"),
    (r"the root of degree (\w+) of (.*?) end root", r"root(\2, \1)"),
    (r" end root", ")"),
    (r"the floor of (.*?) end floor", r"floor(\1)"),
    (r"the absolute value of ", "abs ("),
    (r" end absolute value", ")"),
    (r"the quantity ", "("),
    (r" end quantity", ")"),
    (r"the cases; case 1:", "{"),
    (r"; case \d:", ";"),
    (r"; end cases", "}"),
    (r" to the power of ", "^{"),
    (r" end power", "}"),
    (r" to the (\w+)", r"^{\1}"),
    (r"(\w+) (hat|bar|tilde)\b", r"\2(\1)"),
    (r" with index ", "_{"),
    (r" end index", "}"),
    (r"divided by", "/"),
    (r"log sub 2 of", "log_2"),
    (r" sub (\w+)", r"_{\1}"),
    (r" squared", "^{2}"),
    (r" cubed", "^{3}"),
    (r" star\b", "^*"),
    (r"the maximum of", "max"),
    (r"\b(log|exp|tanh) of", r"\1"),
    (r"cosine of", "cos"),
    (r"capital ", ""),
    (r"open paren", "("),
    (r"close paren", ")"),
    (r"open bracket", "["),
    (r"close bracket", "]"),
    (r" comma", ","),
    (r"minus", "-"),
    (r"plus", "+"),
    (r"\b(dot|times)\b", "*"),
    (r"is less than", "<"),
    (r"is greater than", ">"),
    (r"is at most", "<="),
    (r"is at least", ">="),
    (r"@sum", "SUM"),
    (r"@product", "PROD"),
]


def written(said: str) -> str:
    """Return what was said as a line of the ASCII form, with a bracket for every word of one."""
    line = said.replace(",", "")
    for words, signs in SPOKEN:
        line = re.sub(words, signs, line)
    return line


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


def field_values(seed: int) -> Values:
    """Draw values for the formulas of the field; the series of `y` is `ys`."""
    drawn = random.Random(seed)
    names = [*"abcdgprswxyzuαβγδεηλμστθŷbFPRV", *("k_h", "k_w", "C_in", "C_out", "n_in", "n_out")]
    names += ["m̂_t", "v̂_t", "η_min", "η_max", "λ_max", "λ_min", "ᾱ_t", "α_t"]
    series = [*"dgkoprsvwxyŷzμσθPR", "p̂"]
    values = Values({"e": math.e, "π": math.pi, "i": 2, "j": 3, "k": 2, "l": 4, "m": 1, "n": 4})
    values.update({"t": 3, "C": 3, "H": 3, "J": 3, "K": 4, "N": 5, "T": 4})
    values.update({unicodedata.normalize("NFC", name): drawn.uniform(0.2, 0.9) for name in names})
    for name in series:
        key = unicodedata.normalize("NFC", name) + "s"
        values[key] = [drawn.uniform(0.2, 0.9) for _ in range(9)]
    return values


def sigmoid(z: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-z))


def mean(last: int, term: Callable[[int], float]) -> float:
    """The mean of a term over the indices from 1 to `last`."""
    return total(last, term) / last


def huber(r: float, delta: float) -> float:
    """The loss of Huber."""
    return r * r / 2 if abs(r) <= delta else delta * (abs(r) - delta / 2)


# What stands on the right of the last relation of a formula of the field.
MEANT: dict[str, Callable[[Any], float]] = {
    "neuron": lambda v: sigmoid(total(4, lambda i: v.ws[i] * v.xs[i]) + v.b),
    "KL of two Gaussians": lambda v: (
        math.log(v.σs[2] / v.σs[1])
        + (v.σs[1] ** 2 + (v.μs[1] - v.μs[2]) ** 2) / (2 * v.σs[2] ** 2)
        - 0.5
    ),
    "KL to the standard normal": lambda v: (
        -total(3, lambda j: (1 + math.log(v.σs[j] ** 2) - v.μs[j] ** 2 - v.σs[j] ** 2) / 2)
    ),
    "cross-entropy": lambda v: -total(3, lambda c: v.ys[c] * math.log(v.p̂s[c])),
    "binary cross-entropy": lambda v: (
        -mean(
            4,
            lambda i: v.ys[i] * math.log(v.ŷs[i]) + (1 - v.ys[i]) * math.log(1 - v.ŷs[i]),
        )
    ),
    "softmax": lambda v: math.exp(v.zs[2] / 4) / total(4, lambda j: math.exp(v.zs[j] / 4)),
    "sigmoid derivative": lambda v: sigmoid(v.z) * (1 - sigmoid(v.z)),
    "GELU": lambda v: v.x / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (v.x + 0.044715 * v.x**3))),
    "leaky ReLU": lambda v: v.x if v.x > 0 else v.α * v.x,
    "Huber loss": lambda v: huber(v.r, v.δ),
    "AdamW": lambda v: v.θs[2] - v.η * (v.m̂_t / (math.sqrt(v.v̂_t) + v.ε) + v.λ * v.θs[2]),
    "cosine schedule": lambda v: (
        v.η_min + (v.η_max - v.η_min) / 2 * (1 + math.cos(3 * math.pi / 4))
    ),
    "Xavier initialisation": lambda v: 2 / (v.n_in + v.n_out),
    "convolution output size": lambda v: math.floor((4 + 2 * v.p - v.d * (2 - 1) - 1) / v.s) + 1,
    "dilated kernel": lambda v: 2 + (2 - 1) * (v.d - 1),
    "receptive field": lambda v: v.rs[3] + (v.ks[4] - 1) * math.prod(v.ss[1:4]),
    "convolution parameters": lambda v: (v.k_h * v.k_w * v.C_in + 1) * v.C_out,
    "R squared": lambda v: (
        1 - total(4, lambda i: (v.ys[i] - v.ŷs[i]) ** 2) / total(4, lambda i: (v.ys[i] - v.ȳ) ** 2)
    ),
    "root mean squared error": lambda v: math.sqrt(mean(4, lambda i: (v.ys[i] - v.ŷs[i]) ** 2)),
    "MAPE": lambda v: 100 * mean(4, lambda i: abs((v.ys[i] - v.ŷs[i]) / v.ys[i])),
    "MASE": lambda v: (
        mean(3, lambda h: abs(v.ys[4 + h] - v.ŷs[4 + h]))
        / (sum(abs(v.ys[t] - v.ys[t - 1]) for t in (2, 3, 4)) / 3)
    ),
    "pinball loss": lambda v: max(v.τ * (v.y - v.ŷ), (v.τ - 1) * (v.y - v.ŷ)),
    "MCC": lambda v: (
        (4 * v.P * 4 * 5 - v.F * v.P * v.F * 5)
        / math.sqrt(
            (4 * v.P + v.F * v.P) * (4 * v.P + v.F * 5) * (4 * 5 + v.F * v.P) * (4 * 5 + v.F * 5)
        )
    ),
    "F-beta score": lambda v: (1 + v.β**2) * v.P * v.R / (v.β**2 * v.P + v.R),
    "Brier score": lambda v: mean(4, lambda i: (v.ps[i] - v.os[i]) ** 2),
    "DCG": lambda v: total(2, lambda i: (2 ** v.rs[i] - 1) / math.log2(i + 1)),
    "average precision": lambda v: total(4, lambda n: (v.Rs[n] - v.Rs[n - 1]) * v.Ps[n]),
    "Dice loss": lambda v: (
        1
        - (2 * total(4, lambda i: v.ps[i] * v.gs[i]) + v.ε)
        / (total(4, lambda i: v.ps[i]) + total(4, lambda i: v.gs[i]) + v.ε)
    ),
    "focal loss": lambda v: -v.α_t * (1 - v.ps[3]) ** v.γ * math.log(v.ps[3]),
    "C-MAPSS score": lambda v: total(
        4, lambda i: math.exp(-v.ds[i] / 13 if v.ds[i] < 0 else v.ds[i] / 10) - 1
    ),
    "Weibull survival": lambda v: math.exp(-((3 / v.λ) ** 2)),
    "Weibull hazard": lambda v: 2 / v.λ * (3 / v.λ),
    "condition number": lambda v: v.λ_max / v.λ_min,
    "Gaussian density": lambda v: (
        math.exp(-((v.x - v.μ) ** 2) / (2 * v.σ**2)) / math.sqrt(2 * math.pi * v.σ**2)
    ),
    "entropy": lambda v: -total(4, lambda k: v.ps[k] * math.log(v.ps[k])),
    "diffusion step": lambda v: math.sqrt(v.ᾱ_t) * v.xs[0] + math.sqrt(1 - v.ᾱ_t) * v.ε,
    "label smoothing": lambda v: (1 - v.ε) * v.ys[2] + v.ε / 4,
    "mixup": lambda v: v.λ * v.xs[2] + (1 - v.λ) * v.xs[3],
    "geometric mean": lambda v: math.prod(v.xs[1:5]) ** (1 / 4),
    "cube root": lambda v: (3 * v.V / (4 * math.pi)) ** (1 / 3),
}
READ: dict[str, Callable[[Node, Values], float]] = {
    "linear": lambda node, v: Reader(linear(node), v).value(),
    "ascii": lambda node, v: AsciiReader(linear(node, ascii=True), v).value(),
    "speech": lambda node, v: AsciiReader(written(speech(node)), v).value(),
}
every_form = pytest.mark.parametrize("form", READ)


def right_side(node: Node) -> Node:
    """Return what follows the last relation of a formula."""
    assert isinstance(node, Row)
    relations = [
        at
        for at, item in enumerate(node.items)
        if isinstance(item, Symbol) and item.role == "relation"
    ]
    return node._replace(items=node.items[relations[-1] + 1 :]) if relations else node


@every_form
@pytest.mark.parametrize("name", MEANT)
def test_a_formula_of_the_field_has_its_value(
    form: str, name: str, field_formulas: dict[str, str]
) -> None:
    """What a formula says in any of its lines is what somebody worked out by hand."""
    node = right_side(parse(field_formulas[name]))
    for seed in range(3):
        values = field_values(seed)
        values["ȳ"] = 0.4
        values["ds"] = [(-1) ** at * 20 * d for at, d in enumerate(values["ds"])]
        values["x"] *= (-1) ** seed
        assert READ[form](node, values) == pytest.approx(MEANT[name](values), rel=1e-12)


@every_form
@pytest.mark.parametrize(("source", "meant"), ARITHMETIC)
def test_a_line_has_the_value_of_the_formula(
    source: str, meant: Callable[[Any], float], form: str
) -> None:
    """Read back as arithmetic, a line gives what the formula means, whatever the values."""
    node = parse(source)
    for seed in range(5):
        values = Values(some_values(seed))
        values["w_2"] = 1.7
        assert READ[form](node, values) == pytest.approx(meant(values), rel=1e-12)


@pytest.mark.parametrize("line", ["1/2F", "a/b/c", "∂L/∂a∂a/∂z", "(a/b", "a/b·c"])
def test_the_reader_refuses_what_can_be_read_in_two_ways(line: str) -> None:
    """The oracle itself would catch the forms that others print."""
    with pytest.raises((AssertionError, KeyError)):
        Reader(line, dict.fromkeys("abcFLz", 2.0)).value()


@pytest.mark.parametrize("line", ["1/2F", "a/b/c", "(a/b", "a/b*c", "x_{1", "a b)"])
def test_the_reader_of_ascii_refuses_it_too(line: str) -> None:
    """So it would in the other alphabet."""
    with pytest.raises((AssertionError, KeyError, IndexError)):
        AsciiReader(line, dict.fromkeys("abcFLzx", 2.0)).value()


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
    """Products, quotients, roots and squares of anything keep their value in every line."""
    source, meant = formula
    values = Values({name: 1.1 + index / 7 for index, name in enumerate("abcdxyz")})
    node = parse(source)
    for read in READ.values():
        assert read(node, values) == pytest.approx(meant(values), rel=1e-9)
