"""`nnquiz run-example`: the mathematics of an answer, executed."""

import json
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nnquiz.errors import BadInput
from nnquiz.examples import catalogue

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from nnquiz.examples.trace import Trace

LARGEST_FILE = 100_000  # bytes; an example takes 1000 numbers at most


def _names(incomplete: str) -> list[str]:
    return [name for name in catalogue.names() if name.startswith(incomplete)]


def run_example(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="An example, the beginning of its name, or a question's number or id.",
            autocompletion=_names,
        ),
    ],
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Change a parameter: 0.5, true, 1,2,3, [[1, 2], [3, 4]] or @file.yaml.",
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar="N", help="Draw the numbers that are not set."),
    ] = None,
    step: Annotated[
        bool,
        typer.Option("--step", help="Ask for a value of each step before it is shown."),
    ] = False,
    comparison: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="NAME=A,B,C",
            help="Run it for each value of a parameter (lists in brackets) and table the results.",
        ),
    ] = None,
    svg: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write the plots to a new file, as an SVG picture."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Run a worked example, step by step.

    Each step comes with its formula, the numbers put in and the value. `nnquiz examples` lists
    what there is; the end of each example says what may be changed.
    """
    entries = catalogue.resolve(name)
    values = _read(settings or [])
    _refuse_together(("--step", step), ("--json", as_json))
    _refuse_together(("--step", step), ("--compare", comparison is not None))
    _refuse_together(("--svg", svg is not None), ("--compare", comparison is not None))

    # Matrices of this size need no threads; to start OpenBLAS's costs 10 ms of numpy's 90.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if comparison is not None:
        _compare(name, comparison, values, seed, as_json=as_json)
        return
    from nnquiz.examples.example import run_each

    traces = run_each([catalogue.load(entry) for entry in entries], values, seed)
    if svg is not None:
        _write_svg(svg, name, traces)
    if as_json:
        from nnquiz.examples.record import record, records

        shape = record(traces[0]) if len(traces) == 1 else records(traces)
        typer.echo(json.dumps(shape, allow_nan=False))
        return

    from nnquiz.term.console import takes_ascii_only

    if takes_ascii_only():
        from nnquiz.term.trace import in_ascii

        traces = tuple(map(in_ascii, traces))
    if step:
        from nnquiz.cli.predict import predict

        predict(traces, pictures=_pictures)
        return
    _print(traces)


def _refuse_together(*options: tuple[str, bool]) -> None:
    """Refuse options that ask for different things, where all of them are given."""
    if all(given for _, given in options):
        message = f"{' and '.join(name for name, _ in options)} do not go together"
        raise BadInput(message, "leave one of them out")


def _print(traces: Sequence["Trace"]) -> None:
    from rich.text import Text

    from nnquiz.term.console import console
    from nnquiz.term.trace import draw, look_of

    out = console()
    look = look_of(out)
    for place, trace in enumerate(traces):
        if place:
            out.print("\n")
        pictures = _pictures(trace, out)
        drawn = draw(trace, out.width, look=look, pictures=pictures)
        out.print(Text("\n").join(drawn))


def _pictures(trace: "Trace", out: "Console") -> list["Text"]:
    """Draw the plots of a trace, for the width and the characters of a terminal."""
    if not trace.plots:
        return []
    from nnquiz.term.console import takes_ascii_only
    from nnquiz.term.plots import draw

    return draw(trace.plots, out.width, ascii_only=takes_ascii_only())


def _write_svg(path: str, name: str, traces: Sequence["Trace"]) -> None:
    """Write the plots of all traces to a file that is not there yet, whole or not at all."""
    from nnquiz.cli.pictures import write_new

    plots = [plot for trace in traces for plot in trace.plots]
    if not plots:
        message = f"--svg: {name} draws no plot"
        raise BadInput(message)
    write_new(path, plots)


def _compare(
    name: str, wanted: str, settings: dict[str, Any], seed: int | None, *, as_json: bool
) -> None:
    """Run one example for several values of a parameter, and print what came out."""
    entries = catalogue.resolve(name)
    if len(entries) > 1:
        several = ", ".join(entry.name for entry in entries)
        message = f"--compare runs one example; {name!r} stands for {several}"
        raise BadInput(message)
    parameter, typed = _pair(wanted, "--compare", "lr=0.1,0.2")
    values = [_value(part, parameter) for part in _parts(typed)]

    from nnquiz.examples.comparison import compare

    comparison = compare(catalogue.load(entries[0]), parameter, values, settings, seed)
    if as_json:
        from nnquiz.examples.record import comparison_record

        typer.echo(json.dumps(comparison_record(comparison), allow_nan=False))
        return

    from rich.text import Text

    from nnquiz.term.comparison import draw
    from nnquiz.term.console import console, takes_ascii_only

    out = console()
    drawn = draw(comparison, out.width, ascii_only=takes_ascii_only())
    out.print(Text("\n").join(drawn))


def _parts(text: str) -> list[str]:
    """Split a text at the commas that stand outside brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "[") - (character == "]")
        if character == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def _read(settings: Iterable[str]) -> dict[str, Any]:
    """Read `name=value` texts; a value that begins with @ is read from a file."""
    values: dict[str, Any] = {}
    for setting in settings:
        name, value = _pair(setting, "--set", "b=0.5")
        if name in values:
            message = f"--set: {name} is set twice"
            raise BadInput(message)
        if name == "seed":
            raise BadInput("--set: seed is no parameter", "--seed N draws the numbers")
        values[name] = _value(value, name)
    return values


def _pair(text: str, option: str, instance: str) -> tuple[str, str]:
    """Read `name=value`."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name:
        message = f"{option}: expected NAME=VALUE, such as {instance}; came {text!r}"
        raise BadInput(message)
    return name, value


def _value(text: str, name: str) -> Any:
    """Return a value as it was typed, or what is in the file that it names."""
    return _from_file(text[1:], name) if text.startswith("@") else text


def _from_file(path: str, name: str) -> Any:
    """Read a value from a YAML (or JSON) file: the whole of it, or what stands there by name."""
    import yaml

    try:
        with open(path, "rb") as file:
            text = file.read(LARGEST_FILE + 1)
        if len(text) > LARGEST_FILE:
            message = f"{path}: larger than {LARGEST_FILE} bytes"
            raise BadInput(message)
        content = yaml.safe_load(text.decode())
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise BadInput(message) from None
    except UnicodeDecodeError:
        message = f"{path}: not UTF-8"
        raise BadInput(message) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        message = f"{path}{place}: {getattr(error, 'problem', None) or 'not YAML'}"
        raise BadInput(message) from None
    except RecursionError:
        message = f"{path}: nested too deep"
        raise BadInput(message) from None
    if isinstance(content, dict):
        if name not in content:
            message = f"{path}: there is no {name} in it"
            raise BadInput(message)
        return content[name]
    return content
