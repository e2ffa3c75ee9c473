"""A problem with its numbers drawn, and the rule by which it is drawn again until it is a fair one.

A generator returns a `Draft`; `draw` gives it a name and a seed and sees to it that no usual
mistake can be taken for the answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal, NamedTuple, TypeAlias

from nnquiz.problems.digits import last_digit, number

Kind = Literal["integer", "real"]
Value: TypeAlias = int | float | str | tuple["Value", ...]

REDRAWS = 100
# Right is anything within a fifth of the distance to a mistake, and an answer rounded to the
# digits wanted is off by half a unit: 2.5 units keep it right, 3 leave room for floats.
_APART = 3


class DrawAgain(Exception):  # noqa: N818 -- an order, not an error
    """Raised by a generator whose numbers came out degenerate."""


class Mistake(NamedTuple):
    """The number to which a usual error leads, and the error's name: `forgot the bias`."""

    value: float
    mistake: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a generator makes of the numbers that it drew.

    Attributes:
        params: the numbers drawn, by the names that the text gives them; enough to compute the
            answer from.
        text: the question: one paragraph; formulas between `$` signs, no other markup.
        answer: exact; an `int` where `kind` is integer.
        steps: the worked solution, a line a step, ending in the answer; formulas between `$`.
        mistakes: numbers that the usual errors give, each with the error's name, the likeliest
            first; where two lead to one number, both are named.
        kind: `integer` answers must be met exactly, `real` ones to `digits` significant digits.
        digits: significant digits wanted of a real answer.
        unit: what stands behind the answer, `%` or `MB`; may be empty.
    """

    params: Mapping[str, Value]
    text: str
    answer: float
    steps: tuple[str, ...]
    mistakes: tuple[tuple[float, str], ...]
    kind: Kind = "real"
    digits: int = 3
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A question with numbers, its answer, the way there, and the numbers of the usual errors.

    The same name, version and seed are the same problem, on every machine. The other attributes
    are those of the `Draft`; real numbers are rounded in the 12th digit, which takes away what
    binary fractions add (1.7000000000000002).
    """

    name: str
    version: int
    seed: int
    question: int
    params: Mapping[str, Value]
    text: str
    answer: float
    kind: Kind
    digits: int
    unit: str
    steps: tuple[str, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def label(self) -> str:
        """What the review log keeps: `name@version:seed`."""
        return label(self.name, self.version, self.seed)

    @property
    def wanted(self) -> str:
        """What kind of number is wanted, in words."""
        unit = f", in {self.unit}" if self.unit else ""
        if self.kind == "integer":
            return f"Answer with a whole number{unit}."
        return f"Answer to {self.digits} significant digits{unit}."

    def written(self, value: float) -> str:
        """Write a value with the unit, a real one to three digits more than are wanted."""
        if self.kind == "real" and not isinstance(value, int):
            value = float(f"{value:.{self.digits + 3}g}")
        space = "" if self.unit in {"", "%"} else " "
        return f"{number(value)}{space}{self.unit}"


Generator: TypeAlias = Callable[[Random], Draft]


def label(name: str, version: int, seed: int) -> str:
    """Return the text that identifies a problem for ever, and that its numbers grow from."""
    return f"{name}@{version}:{seed}"


def draw(generate: Generator, name: str, version: int, question: int, seed: int) -> Problem:
    """Draw the problem of a seed.

    Raises:
        RuntimeError: 100 further draws did not give a fair problem: the generator is at fault.
    """
    rng = Random(label(name, version, seed))  # noqa: S311 -- practice, not cryptography
    for _ in range(1 + REDRAWS):
        try:
            draft = generate(rng)
        except DrawAgain:
            continue
        if all(_apart(draft, value) for value, _ in draft.mistakes):
            return _problem(draft, name, version, question, seed)
    message = f"{label(name, version, seed)}: no fair draw in {1 + REDRAWS}"
    raise RuntimeError(message)


def _apart(draft: Draft, mistake: float) -> bool:
    """Tell whether a mistake can be told from the answer, at the digits wanted."""
    if draft.kind == "integer":
        return mistake != draft.answer
    units = [last_digit(value, draft.digits) for value in (draft.answer, mistake) if value]
    return abs(mistake - draft.answer) >= _APART * max(units, default=1.0)


def _problem(draft: Draft, name: str, version: int, question: int, seed: int) -> Problem:
    named: dict[float, list[str]] = {}
    for value, mistake in draft.mistakes:
        named.setdefault(_tidy(value), []).append(mistake)
    return Problem(
        name=name,
        version=version,
        seed=seed,
        question=question,
        params=draft.params,
        text=draft.text,
        answer=_tidy(draft.answer),
        kind=draft.kind,
        digits=draft.digits,
        unit=draft.unit,
        steps=draft.steps,
        mistakes=tuple(Mistake(value, ", or ".join(names)) for value, names in named.items()),
    )


def _tidy(value: float) -> float:
    return value if isinstance(value, int) else float(f"{value:.12g}") + 0.0
