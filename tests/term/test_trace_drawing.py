"""Worked examples on the screen.

NNQUIZ_GOLDEN=write writes the golden screens anew; to add one, make an empty file of its name.
"""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len

from nnquiz.examples.attention import attention
from nnquiz.examples.batch_norm import batchnorm_train
from nnquiz.examples.catalogue import ENTRIES, load, resolve
from nnquiz.examples.metrics import confusion
from nnquiz.examples.neuron import neuron
from nnquiz.examples.trace import Step, Trace
from nnquiz.term.trace import Look, draw, in_ascii
from nnquiz.tex import linear, parse

HEADING: Any = {"name": "maps", "question": 2, "idea": "An idea.", "params": {}}
GOLDEN = Path(__file__).parent / "golden" / "examples"
WINDOWS = GOLDEN.with_name("windows")


def lines(trace: Any, width: int) -> list[str]:
    """The drawing as plain lines."""
    return [line.plain for line in draw(trace, width)]


def test_every_formula_parses() -> None:
    """Each formula, with and without numbers, is LaTeX that the terminal can show."""
    for entry in ENTRIES:
        example = load(entry)
        changes = [dict(s.split("=", 1) for s in change.settings) for change in example().tries]
        for trace in (example(), example(seed=1), *(example(**change) for change in changes)):
            for step in trace.steps:
                assert linear(parse(step.formula))
                assert linear(parse(step.substituted))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_a_drawing_fits_and_loses_nothing(entry: Any, width: int) -> None:
    """At any width no line is too long or ends in blanks, and every formula is there whole."""
    for seed in (None, 2):
        trace = load(entry)(seed=seed)
        drawn = lines(trace, width)
        assert all(cell_len(line) <= width and line == line.rstrip() for line in drawn)
        squeezed = "".join("".join(drawn).split())
        for step in trace.steps:
            for part in (linear(parse(step.formula)), linear(parse(step.substituted)), step.note):
                assert "".join(part.split()) in squeezed


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
@pytest.mark.parametrize("width", [40, 80])
def test_formulas_in_two_dimensions_fit(entry: Any, width: int) -> None:
    """In a window no line is too long or ends in blanks, and all that is no formula is there."""
    trace = load(entry)()
    boxed = [line.plain for line in draw(trace, width, look=Look(boxed=True))]
    assert all(cell_len(line) <= width and line == line.rstrip() for line in boxed)
    assert boxed[0] == lines(trace, width)[0]
    result = [drawn.index("Result") for drawn in (boxed, lines(trace, width))]
    assert boxed[result[0] :] == lines(trace, width)[result[1] :]


@pytest.mark.parametrize("screen", [file.stem for file in sorted(WINDOWS.glob("*.txt"))])
def test_windows_look_as_they_did(screen: str) -> None:
    """The same with formulas in two dimensions: read by somebody, and not changed unseen."""
    name, _, width = screen.rpartition("-")
    [entry] = resolve(name)
    drawn = [line.plain for line in draw(load(entry)(), int(width), look=Look(boxed=True))]
    _compare(WINDOWS / f"{screen}.txt", drawn)


@pytest.mark.parametrize("screen", [file.stem for file in sorted(GOLDEN.glob("*.txt"))])
def test_screens_look_as_they_did(screen: str) -> None:
    """The drawing is the one that was looked at."""
    name, _, width = screen.rpartition("-")
    [entry] = resolve(name)
    _compare(GOLDEN / f"{screen}.txt", lines(load(entry)(), int(width)))


def _compare(file: Path, lines: list[str]) -> None:
    drawn = "\n".join(lines) + "\n"
    if os.environ.get("NNQUIZ_GOLDEN") == "write":
        file.write_text(drawn, encoding="utf-8")
    assert drawn == file.read_text(encoding="utf-8")


def test_long_formulas_break_outside_brackets() -> None:
    """A line ends before a sign that stands as far outside the brackets as possible."""
    drawn = lines(attention(), 40)
    first = drawn.index("   o₃ = 0.5065[1, 2, 0, 1]")
    assert drawn[first + 1] == "       + 0.1863[0, 1, 3, 1]"
    assert drawn[first + 2] == "       + 0.3072[4, 0, 1, 1]"


def test_numbers_that_are_none_are_words() -> None:
    """An undefined metric and a masked score are written as such."""
    undefined = lines(confusion(threshold=2), 80)
    assert "   precision = 0/(0 + 0) = undefined" in undefined
    assert "   precision = nan" in undefined
    assert "   the    1  -inf  -inf" in lines(attention(causal=True), 80)


def test_what_may_be_changed_can_be_copied() -> None:
    """A setting with characters of the shell is quoted; the seed is named."""
    drawn = "\n".join(lines(batchnorm_train(seed=3), 80))
    assert "--set 'x=[[1,8],[3,8],[5,8]]'" in drawn
    assert "batchnorm-train (question 3, seed 3)" in drawn


def test_more_than_two_dimensions_are_drawn_as_slices() -> None:
    """Each matrix of the last two dimensions stands below its place in the others, by name."""
    value = np.arange(12).reshape(2, 1, 2, 3)
    step = Step("maps", "y = x", "1 = 1", value, "Slices.")
    axes = {"maps": (("image 1", "image 2"), ("red",), (), ("a", "b", "c"))}
    drawn = lines(Trace(**HEADING, inputs={"x": value}, steps=(step,), results={}, axes=axes), 40)
    first = drawn.index("   image 1, red:")
    assert drawn[first + 1 : first + 5] == [
        "     a  b  c",
        "     0  1  2",
        "     3  4  5",
        "   image 2, red:",
    ]
    assert "      2, 1:" in drawn  # without names the places are numbered


def test_long_inputs_fold() -> None:
    """A hundred inputs are shown in blocks, none lost."""
    given = [i + 0.5 for i in range(100)]
    words = " ".join(lines(neuron(x=given, w=given), 40)).split()
    assert all(words.count(f"{x}") >= 2 for x in given if x > 10)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
@pytest.mark.parametrize("width", [40, 80])
def test_an_example_in_ascii_fits_and_loses_nothing(entry: Any, width: int) -> None:
    """On a terminal without Unicode every line is ASCII, and what stands there is the same."""
    trace = load(entry)()
    typed = in_ascii(trace)
    for boxed in (False, True):
        drawn = [line.plain for line in draw(typed, width, look=Look(boxed, ascii=True))]
        assert all(line.isascii() and line.isprintable() for line in drawn)
        assert all(len(line) <= width and line == line.rstrip() for line in drawn)
    squeezed = "".join("".join(lines(typed, width)).split())
    for step in typed.steps:
        assert "".join(step.note.split()) in squeezed
    plain = [line.plain for line in draw(typed, 96, look=Look(ascii=True))]
    squeezed = "".join("".join(plain).split())
    for step in typed.steps:
        for part in (step.formula, step.substituted):
            assert "".join(linear(parse(part), ascii=True).split()) in squeezed


def shades(trace: Trace, width: int = 80) -> list[tuple[str, str]]:
    """Return the texts of a drawing that have a background, each with its colour."""
    return [
        (line.plain[span.start : span.end].strip(), str(span.style).rpartition("on ")[2])
        for line in draw(trace, width, look=Look(shaded=True))
        for span in line.spans
        if "on " in str(span.style)
    ]


def test_weights_are_shaded_by_their_size() -> None:
    """The more weight, the hotter the ground; the words are those of a page without shades."""
    trace = attention()
    found = shades(trace)
    rows = ["0.3333 0.3333 0.3333", "0.1220 0.5465 0.3315", "0.5065 0.1863 0.3072"]
    assert [number for number, _ in found] == " ".join(rows).split()
    colours = dict(found)
    assert len({colours["0.1220"], colours["0.3333"], colours["0.5465"]}) == 3
    assert colours["0.5465"] == colours["0.5065"]
    shaded = [line.plain for line in draw(trace, 80, look=Look(shaded=True))]
    assert shaded == lines(trace, 80)


def test_only_weights_are_shaded() -> None:
    """Scores, counts and rows that share out nothing keep the colours of the terminal."""
    assert shades(neuron()) == []
    masked = shades(attention(causal=True))
    assert ("0.0000", "color(230)") not in masked  # what is hidden has no weight


def test_shades_go_on_in_the_blocks_of_a_narrow_window() -> None:
    """A matrix that is folded has the same shades as on a wide screen."""
    step = Step("w", "w = x", "w = x", np.full((2, 9), 1 / 9), "Weights.")
    trace = Trace(**HEADING, inputs={}, steps=(step,), results={})
    assert len(shades(trace, 40)) == len(shades(trace, 96)) == 18
    assert [line.plain for line in draw(trace, 40, look=Look(shaded=True))] == lines(trace, 40)
