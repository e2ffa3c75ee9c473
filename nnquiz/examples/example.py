"""A worked example: a function of checked parameters that returns a trace."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from nnquiz.errors import BadInput
from nnquiz.examples.catalogue import ENTRIES, Entry, did_you_mean
from nnquiz.examples.parameters import (
    MOST_SEEDS,
    Parameter,
    Seed,
    Tensor,
    Whole,
    parameters_of,
)
from nnquiz.examples.trace import BrokenInvariant, Trace, Working


class Example:
    """A function that computes a `Working`, with its heading and its parameters.

    Calling it checks the parameters and returns the `Trace`. Data may be nested lists, arrays or
    a text such as "1,2,3":

    >>> from nnquiz.examples.neuron import neuron
    >>> neuron(x=[1, 2], w="0.5,-1", b=0.5).results["z"]
    -1.0
    """

    def __init__(self, function: Callable[..., Working]) -> None:
        name = function.__name__.replace("_", "-")
        self.entry: Entry = next(entry for entry in ENTRIES if entry.name == name)
        self.parameters: tuple[Parameter, ...] = parameters_of(function)
        self.__doc__ = function.__doc__
        self._function = function

    def __call__(self, *, seed: int | None = None, **settings: Any) -> Trace:
        """Run with these settings and the defaults for the rest.

        With a seed, data that is not set is drawn in the shapes of the defaults, to one decimal;
        labels, masks and settings that are no data keep their defaults. An example that draws
        numbers itself begins there.

        Raises:
            BadInput: a parameter that it does not have or a value that it cannot take; the
                message begins with the example's name.
            BrokenInvariant: the result contradicts itself.
        """
        try:
            values = self._values(settings, seed)
            # What is not finite is written into the formulas on purpose, never come by.
            with np.errstate(over="raise", divide="raise", invalid="raise"):
                working = self._function(**values)
        except (FloatingPointError, OverflowError):  # numpy's, and that of Python's own floats
            message = f"{self.entry.name}: these numbers grow beyond what float64 holds"
            raise BadInput(message, "try smaller ones") from None
        except (BadInput, BrokenInvariant) as error:
            message = f"{self.entry.name}: {error}"
            raise type(error)(message, error.hint) from None
        return self._trace(working, values, seed)

    def _values(self, settings: Mapping[str, Any], seed: int | None) -> dict[str, Any]:
        known = [parameter.name for parameter in self.parameters]
        for name in settings:
            if name not in known:
                raise _unknown(name, known)
        drawn = {} if seed is None else self._drawn(seed)
        return {
            parameter.name: parameter.read(settings[parameter.name])
            if parameter.name in settings
            else drawn.get(parameter.name, parameter.default)
            for parameter in self.parameters
        }

    def _drawn(self, seed: int) -> dict[str, Any]:
        if not 0 <= seed < MOST_SEEDS:
            message = f"seed: expected a whole number from 0 to {MOST_SEEDS - 1}; came {seed}"
            raise BadInput(message)
        random = np.random.default_rng(seed)
        drawn: dict[str, Any] = {}
        for parameter in self.parameters:
            if isinstance(parameter.kind, Seed):
                drawn[parameter.name] = seed
            elif isinstance(parameter.kind, (Tensor, Whole)) and parameter.kind.redrawn:
                shape = np.shape(parameter.default)
                drawn[parameter.name] = parameter.kind.draw(random, shape)
        return drawn

    def _trace(self, working: Working, values: Mapping[str, Any], seed: int | None) -> Trace:
        params = {name: value for name, value in values.items() if name not in working.inputs}
        parts = {part.name: getattr(working, part.name) for part in fields(Working)}
        entry = self.entry
        return Trace(
            name=entry.name,
            question=entry.question,
            idea=entry.idea,
            params=params,
            seed=seed,
            **parts,
        )


def example(function: Callable[..., Working]) -> Example:
    """Make a function of the catalogue a worked example."""
    return Example(function)


def run_each(
    examples: Sequence[Example], settings: Mapping[str, Any], seed: int | None
) -> tuple[Trace, ...]:
    """Run examples that one name stands for; each takes the settings that it knows.

    Raises:
        BadInput: none of them knows a setting, or one cannot take it.
    """
    if len(examples) == 1:
        return (examples[0](seed=seed, **settings),)
    known = [[parameter.name for parameter in one.parameters] for one in examples]
    every = list(dict.fromkeys(name for names in known for name in names))
    for name in settings:
        if name not in every:
            raise _unknown(name, every)
    return tuple(
        one(seed=seed, **{name: settings[name] for name in names if name in settings})
        for one, names in zip(examples, known, strict=True)
    )


def _unknown(name: str, known: Sequence[str]) -> BadInput:
    message = f"no parameter {name!r}; there are {', '.join(known)}"
    return BadInput(message, did_you_mean(name, known, cutoff=0.5))
