"""A reference to one number of a worked example, as a text of a bank quotes it.

`NAME[?PARAMETER=VALUE&...]#RESULT[i,j]`: the example's name, the parameters that differ from
their defaults, the name of a result or step, and for an array the place of the number in it,
counted from 0.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nnquiz.errors import BadInput
from nnquiz.examples import catalogue

if TYPE_CHECKING:
    from nnquiz.examples.trace import Trace, Value

_FORM = "the form is NAME?PARAMETER=VALUE#RESULT[0,1], with no more of it than is needed"
_RESULT = re.compile(r"(?P<name>[^\[\]]*[^\[\]\s])\s*(\[(?P<place>[0-9, ]*)\])?")
_KEPT = 64  # runs; a text quotes several numbers of one run, and a bank has few runs


class Reference(NamedTuple):
    """One number: of which example, run with which settings, from which result, and where."""

    example: str
    settings: tuple[tuple[str, str], ...]
    result: str
    place: tuple[int, ...]


def read(text: str) -> Reference:
    """Read a reference.

    >>> read("dense?b=0,1#y[0,1]")
    Reference(example='dense', settings=(('b', '0,1'),), result='y', place=(0, 1))

    Raises:
        BadInput: the text has another form.
    """
    run, _, result = text.partition("#")
    name, question_mark, typed = run.partition("?")
    found = _RESULT.fullmatch(result.strip())
    if not found or not name:
        message = f"no number of an example is meant by {text!r}"
        raise BadInput(message, _FORM)
    settings = [_setting(part) for part in typed.split("&")] if question_mark else []
    names = [parameter for parameter, _ in settings]
    if len(set(names)) < len(names):
        message = f"a parameter is set twice in {text!r}"
        raise BadInput(message)
    return Reference(name, tuple(settings), found["name"], _place(found["place"], text))


def number(text: str) -> float:
    """Run the example that a reference names and return the number; numpy is imported for it.

    Raises:
        BadInput: the reference cannot be read, or there is no such example, parameter, result or
            place; the example cannot take a value.
        BrokenInvariant: the run contradicts itself.
    """
    reference = read(text)
    trace = _run(reference.example, reference.settings)
    values = {**{step.name: step.value for step in trace.steps}, **trace.results}
    if reference.result not in values:
        message = f"{trace.name}: no result {reference.result!r}; there are {', '.join(values)}"
        raise BadInput(message, catalogue.did_you_mean(reference.result, values))
    return _entry(values[reference.result], reference)


def _setting(part: str) -> tuple[str, str]:
    name, equals, value = (piece.strip() for piece in part.partition("="))
    if not equals or not name:
        message = f"expected PARAMETER=VALUE behind the question mark; came {part!r}"
        raise BadInput(message, _FORM)
    if value.startswith("@"):
        message = f"{name}: a text names no file"
        raise BadInput(message, "write the numbers themselves")
    return name, value


def _place(indices: str | None, text: str) -> tuple[int, ...]:
    if indices is None:
        return ()
    parts = [part.strip() for part in indices.split(",")]
    if not all(part.isdecimal() and len(part) < 10 for part in parts):
        message = f"no place of a number is meant by [{indices}] in {text!r}"
        raise BadInput(message, "indices count from 0, such as [0] or [0,1]")
    return tuple(int(part) for part in parts)


@lru_cache(maxsize=_KEPT)
def _run(name: str, settings: tuple[tuple[str, str], ...]) -> "Trace":
    entries = {entry.name: entry for entry in catalogue.ENTRIES}
    if name not in entries:
        message = f"no worked example {name!r}"
        raise BadInput(
            message, catalogue.did_you_mean(name, entries) or "`nnquiz examples` lists them"
        )
    from nnquiz.examples.comparison import SEED

    given = dict(settings)
    seed = SEED.read(given.pop(SEED.name)) if SEED.name in given else None
    return catalogue.load(entries[name])(seed=seed, **given)


def _entry(value: "Value", reference: Reference) -> float:
    import numpy as np

    shape, place = np.shape(value), reference.place
    what = f"{reference.example}#{reference.result}"
    if len(place) != len(shape):
        size = " x ".join(map(str, shape))
        first = f"[{','.join('0' * len(shape))}]" if shape else ""
        message = f"{what} is {f'an array of {size}' if shape else 'one number'}"
        raise BadInput(message, f"name a number of it, such as {what}{first}")
    for index, length in zip(place, shape, strict=True):
        if index >= length:
            message = (
                f"{what} has no entry {list(place)}; its shape is {' x '.join(map(str, shape))}"
            )
            raise BadInput(message, "indices count from 0")
    return float(np.asarray(value)[place])
