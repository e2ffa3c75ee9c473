"""Parameters of worked examples: what a person may set, and how what was typed is checked.

An example's function says in its annotations what it takes: `float`-like settings as
`Annotated[float, Real(above=0)]`, switches as `bool`, choices as `Literal[...]`, and data as
`Vector`, `Matrix` and their like. What is given may be a text from a command line, or nested
lists or arrays from Python or a file; both are checked alike.

The kinds are named tuples: a frozen dataclass takes several times as long to make.
"""

import inspect
import math
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, NamedTuple, Protocol, get_args, get_origin

import numpy as np

from nnquiz.errors import BadInput
from nnquiz.examples.trace import Array

MOST_NUMBERS = 1000  # in one input: more is no longer followed by hand, nor read on a screen
MOST_ROWS = 100  # along a dimension of a table
MOST_DIMENSIONS = 4
MOST_WHOLE = 2**53  # float64 holds every whole number up to here
LONGEST_WORD = 20
MOST_SEEDS = 2**32

_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


class Refusal(Exception):  # noqa: N818 -- a value that is refused, with the reason
    """Says what came instead of what was expected."""


def require(holds: bool, message: str) -> None:  # noqa: FBT001 -- reads like `assert`
    """Raise `BadInput` with this message unless it holds: for what parameters must be together."""
    if not holds:
        raise BadInput(message)


class Kind(Protocol):
    """What a parameter takes."""

    @property
    def expected(self) -> str:
        """What it takes, in words that follow "expected"."""
        ...

    def read(self, given: Any) -> Any:
        """Return the value that was given, checked.

        Raises:
            Refusal: it is not what was expected.
        """
        ...


class Real(NamedTuple):
    """A number, from `low` to `high` and, where `above` is given, larger than that."""

    low: float = -math.inf
    high: float = math.inf
    above: float = -math.inf

    @property
    def expected(self) -> str:
        """Name the range."""
        if self.above > -math.inf:
            return f"a number above {self.above:g}"
        if self.low > -math.inf:
            return f"a number from {self.low:g} to {self.high:g}"
        return "a number"

    def read(self, given: Any) -> float:
        """Read a number in the range."""
        value = _number(given)
        if not (self.low <= value <= self.high and value > self.above):
            what = f"{value:g}"
            raise Refusal(what)
        return value


class Whole(NamedTuple):
    """A whole number from `low` to `high`; a seed draws it from `drawn`, where that is given."""

    low: int
    high: int
    drawn: tuple[int, int] | None = None

    @property
    def expected(self) -> str:
        """Name the range."""
        return f"a whole number from {self.low} to {self.high}"

    def read(self, given: Any) -> int:
        """Read a whole number in the range."""
        value = _number(given)
        if not (value.is_integer() and self.low <= value <= self.high):
            what = f"{value:g}"
            raise Refusal(what)
        return int(value)

    @property
    def redrawn(self) -> bool:
        """Whether a seed draws it."""
        return self.drawn is not None

    def draw(self, random: "np.random.Generator", shape: tuple[int, ...] = ()) -> int:
        """Draw a whole number, for a kind that is `redrawn`; it has no dimensions."""
        low, high = self.drawn or (self.low, self.high)
        return int(random.integers(low, high, shape, endpoint=True))


class Seed:
    """Where the random numbers begin that an example draws itself; `--seed` sets it."""

    expected = f"a whole number from 0 to {MOST_SEEDS - 1}"

    def read(self, given: Any) -> int:
        """Read a seed."""
        return Whole(0, MOST_SEEDS - 1).read(given)


class Flag:
    """A switch."""

    expected = "true or false"

    def read(self, given: Any) -> bool:
        """Read true, yes, on and 1, and their opposites."""
        word = str(given).strip().lower() if isinstance(given, (str, int)) else ""
        if word not in _YES | _NO:
            raise Refusal(_shown(given))
        return word in _YES


class Choice(NamedTuple):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def expected(self) -> str:
        """List the words."""
        return f"one of {', '.join(self.words)}"

    def read(self, given: Any) -> str:
        """Read one of the words."""
        if given not in self.words:
            raise Refusal(_shown(given))
        return str(given)


class Words:
    """Names, such as those of tokens."""

    expected = f"words such as the,cat,sat (at most {LONGEST_WORD} characters each)"

    def read(self, given: Any) -> tuple[str, ...]:
        """Read words between commas, or a list of words."""
        given = _parsed(given) if isinstance(given, str) else given
        if not isinstance(given, (list, tuple)) or len(given) > MOST_ROWS:
            raise Refusal(_shown(given))
        for word in given:
            if not isinstance(word, (str, int, float)) or not _is_word(str(word).strip()):
                raise Refusal(_shown(word))
        return tuple(str(word).strip() for word in given)


class Tensor(NamedTuple):
    """Numbers in `ndim` dimensions: the data of an example.

    Attributes:
        ndim: 0 for one number, 1 for a row of them, 2 for a table, 3 for a stack of tables, 4 for
            rows of stacks.
        above: each is larger than this.
        binary: each is 0 or 1.
        empty: there may be none.
        drawn: the range from which a seed draws them, to one decimal or whole; None where it
            leaves them as they are. Binary ones keep their default, for they are not continuous.
        low: each is at least this.
        high: each is at most this.
        whole: each is a whole number.
    """

    ndim: int
    above: float = -math.inf
    binary: bool = False
    empty: bool = False
    drawn: tuple[float, float] | None = (-2.0, 2.0)
    low: float = -math.inf
    high: float = math.inf
    whole: bool = False

    @property
    def expected(self) -> str:
        """Name the form, with an instance of it."""
        form = (
            "a number",
            "numbers in a row such as 1,0,1",
            "a table of numbers such as [[1, 2], [3, 4]]",
            "a list nested 3 deep such as [[[1, 2], [3, 4]]]",
            "a list nested 4 deep such as [[[[1, 2], [3, 4]]]]",
        )[self.ndim]
        form = form.replace("number", "whole number") if self.whole else form
        if self.binary:
            return f"{form}, each 0 or 1"
        if math.isfinite(self.low):
            upper = f"from {self.low:g} to {self.high:g}"
            return f"{form}, {upper if math.isfinite(self.high) else f'at least {self.low:g}'}"
        return f"{form}, above {self.above:g}" if self.above > -math.inf else form

    @property
    def redrawn(self) -> bool:
        """Whether a seed draws them."""
        return self.drawn is not None and not self.binary

    def read(self, given: Any) -> Array:
        """Read a number, numbers between commas, a JSON list, nested lists or an array."""
        if isinstance(given, str):
            given = _parsed(given)
            if self.ndim == 0 and len(given) == 1:
                given = given[0]
        elif isinstance(given, (np.ndarray, np.generic)):
            given = given.tolist() if given.size <= MOST_NUMBERS else list(given.flat)
        shape = _shape(given)
        if len(shape) != self.ndim or (not self.empty and 0 in shape):
            raise Refusal(_form(shape, given))
        read = _binary if self.binary else _number
        values = [read(leaf) for leaf in _leaves(given, shape)]
        for value in values:
            fits = value > self.above and self.low <= value <= self.high
            if not fits or (self.whole and not _is_whole(value)):
                what = f"{value:g}"
                raise Refusal(what)
        return np.array(values, dtype=int if self.binary or self.whole else float).reshape(shape)

    def draw(self, random: "np.random.Generator", shape: tuple[int, ...]) -> Array:
        """Draw numbers of that shape, to one decimal or whole, for a kind that is `redrawn`."""
        low, high = self.drawn or (0.0, 0.0)
        if self.whole:
            return np.asarray(random.integers(int(low), int(high), shape, endpoint=True))
        # + 0.0 turns a rounded -0.0 into 0.0.
        return np.asarray(random.uniform(low, high, shape)).round(1) + 0.0


Switch = Annotated[bool, Flag()]
Names = Annotated[tuple[str, ...], Words()]
Scalar = Annotated[Array, Tensor(0)]
Vector = Annotated[Array, Tensor(1)]
Matrix = Annotated[Array, Tensor(2)]
Stack = Annotated[Array, Tensor(3)]
Batch = Annotated[Array, Tensor(4)]
Labels = Annotated[Array, Tensor(1, binary=True)]
Mask = Annotated[Array, Tensor(1, binary=True, empty=True)]
Scores = Annotated[Array, Tensor(1, drawn=(0.0, 1.0))]
Variances = Annotated[Array, Tensor(1, above=0.0, drawn=(0.5, 2.0))]
Probabilities = Annotated[Array, Tensor(1, drawn=(0.0, 1.0), low=0.0, high=1.0)]
Draw = Annotated[int, Seed()]


class Parameter(NamedTuple):
    """One keyword parameter of an example."""

    name: str
    kind: Kind
    default: Any

    def read(self, given: Any) -> Any:
        """Return the value that was given, checked.

        Raises:
            BadInput: it is not what the parameter takes.
        """
        try:
            return self.kind.read(given)
        except Refusal as refusal:
            message = f"{self.name}: expected {self.kind.expected}; came {refusal}"
            raise BadInput(message) from None


def parameters_of(function: Callable[..., Any]) -> tuple[Parameter, ...]:
    """Read the parameters of an example's function from its signature."""
    return tuple(
        Parameter(name, _kind(parameter.annotation), parameter.default)
        for name, parameter in inspect.signature(function).parameters.items()
    )


def _kind(annotation: Any) -> Kind:
    if get_origin(annotation) is Literal:
        return Choice(get_args(annotation))
    kind: Kind = annotation.__metadata__[0]
    return kind


def _parsed(text: str) -> list[Any]:
    """Split a text at its commas, or read it as JSON where it opens a bracket."""
    if not text.strip().startswith("["):
        return [part.strip() for part in text.split(",")] if text.strip() else []
    import json

    try:
        parsed: list[Any] = json.loads(text)
    except (ValueError, RecursionError):
        what = f"{_shown(text)}, which is no list in JSON"
        raise Refusal(what) from None
    return parsed


def _shape(given: Any) -> tuple[int, ...]:
    """Return the lengths of nested lists, looking at their first entries only.

    Raises:
        Refusal: there is too much of it. A list that contains itself is found so too.
    """
    shape: tuple[int, ...] = ()
    while isinstance(given, (list, tuple)):
        shape = (*shape, len(given))
        if math.prod(shape) > MOST_NUMBERS:
            what = f"more than {MOST_NUMBERS} numbers"
            raise Refusal(what)
        if len(shape) > MOST_DIMENSIONS:
            what = f"a list nested more than {MOST_DIMENSIONS} deep"
            raise Refusal(what)
        if not given:
            break
        given = given[0]
    if len(shape) > 1 and max(shape) > MOST_ROWS:
        what = f"a table with more than {MOST_ROWS} rows or columns"
        raise Refusal(what)
    return shape


def _leaves(given: Any, shape: tuple[int, ...]) -> Iterator[Any]:
    """Yield what nested lists contain.

    Raises:
        Refusal: they are not all of that shape.
    """
    if not shape:
        yield given
        return
    for place, part in enumerate(given, start=1):
        inner = len(part) if isinstance(part, (list, tuple)) else None
        wanted = shape[1] if len(shape) > 1 else None
        if inner != wanted:
            what = f"a list whose entry {place} differs in length from the first"
            raise Refusal(what)
        yield from _leaves(part, shape[1:])


def _number(given: Any) -> float:
    try:
        # A list would be a TypeError; that true is 1 is Python's affair.
        value = float("true" if isinstance(given, bool) else given)
    except (ValueError, TypeError, OverflowError):
        what = f"{_shown(given)}, which is no number"
        raise Refusal(what) from None
    if not math.isfinite(value):
        what = f"{value:g}, which is not finite"
        raise Refusal(what)
    return value


def _is_whole(value: float) -> bool:
    return abs(value) <= MOST_WHOLE and value == int(value)


def _binary(given: Any) -> int:
    value = float(given) if isinstance(given, bool) else _number(given)
    if value not in {0.0, 1.0}:
        what = f"{value:g}"
        raise Refusal(what)
    return int(value)


def _form(shape: tuple[int, ...], given: Any) -> str:
    if not shape:
        return _shown(given)
    if 0 in shape:
        return "an empty list"
    if len(shape) == 1:
        return f"{shape[0]} number{'s' * (shape[0] != 1)} in a row"
    return f"a list nested {len(shape)} deep: {' x '.join(map(str, shape))}"


def _is_word(text: str) -> bool:
    return 0 < len(text) <= LONGEST_WORD and text.isprintable()


def _shown(given: Any) -> str:
    """Quote what was given, escaped and shortened; of what contains more, say only that."""
    if isinstance(given, (list, tuple, dict, set)):
        return "a list" if isinstance(given, (list, tuple)) else "names with values"
    text = repr(given) if isinstance(given, str) else str(given)
    text = text.encode("unicode_escape").decode() if not text.isprintable() else text
    return text if len(text) <= 40 else f"{text[:37]}..."
