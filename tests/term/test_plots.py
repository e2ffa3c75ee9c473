"""Plots in a terminal and in a file."""

import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from nnquiz.examples.attention import attention
from nnquiz.examples.catalogue import ENTRIES, load
from nnquiz.examples.trace import Plot, Series
from nnquiz.term.axes import Axis, spanning
from nnquiz.term.plots import HEIGHT, draw
from nnquiz.term.svg import svg

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("line", "scatter", "bar", "heatmap")


def series(label: str, *numbers: float) -> Series:
    """Numbers at 0, 1, 2 and so on."""
    return Series(label, np.arange(len(numbers)), np.array(numbers, dtype=float))


def lines(plot: Plot, width: int = 40, **options: Any) -> list[str]:
    """The drawing as plain lines."""
    return [line.plain for line in draw([plot], width, **options)]


def elements(plot: Plot, name: str) -> list[ET.Element]:
    """The elements of that name in the picture of a plot."""
    root = ET.fromstring(svg([plot]))
    return root.findall(f".//{SVG}{name}")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_plot_fits(entry: Any) -> None:
    """At 40 and 80 columns no line is too long or ends in blanks, whatever the numbers are."""
    for seed in (None, 1):
        plots = load(entry)(seed=seed).plots
        for width in (40, 80):
            for line in draw(plots, width):
                assert cell_len(line.plain) <= width
                assert line.plain == line.plain.rstrip()
        if plots:
            ET.fromstring(svg(plots))


def test_a_line_rises_from_corner_to_corner() -> None:
    """The least value is at the bottom on the left, the greatest at the top on the right."""
    drawn = lines(Plot("line", "a ramp", "x", "y", (series("ramp", 0, 1, 2, 3),)))
    assert drawn[:3] == ["", "A ramp", "     y"]
    rows = drawn[3 : 3 + HEIGHT]
    assert rows[0].startswith("   3 │")
    assert rows[0].endswith("o")
    assert rows[-1].startswith("   0 │o")
    assert drawn[3 + HEIGHT] == "     └" + "─" * 34
    assert drawn[3 + HEIGHT + 1].split() == ["0", "1", "2", "3"]


def test_points_are_where_their_numbers_say() -> None:
    """A marker stands above its name, and rows fall as numbers rise."""
    plot = Plot("scatter", "three", "x", "y", (series("s", 0, 2, 1),), ("a", "b", "c"))
    rows = lines(plot)[3 : 3 + HEIGHT]
    below = lines(plot)[3 + HEIGHT + 1]
    found = {row.index("o"): place for place, row in enumerate(rows) if "o" in row}
    places = [found[below.index(name)] for name in "abc"]
    assert places[1] < places[2] < places[0]


def test_series_have_markers_of_their_own() -> None:
    """Without colour two series can be told apart, and the legend says which is which."""
    drawn = lines(Plot("line", "two", "x", "y", (series("up", 0, 1), series("down", 1, 0))))
    rows = drawn[3 : 3 + HEIGHT]
    assert (rows[0].count("x"), rows[0].count("o")) == (1, 1)
    assert rows[0].index("x") < rows[0].index("o")
    assert drawn[-1] == "   o up   x down"


def test_bars_are_as_long_as_their_numbers() -> None:
    """Half the number is half the bar; a negative one lies on the other side of zero."""
    plot = Plot("bar", "shares", "part", "share", (series("s", 2, 1, -2),), ("a", "b", "c"))
    bars = [line for line in lines(plot) if "█" in line]
    long, half, negative = (bar.count("█") for bar in bars)
    assert long == pytest.approx(2 * half, abs=1)
    assert long == pytest.approx(negative, abs=1)
    assert bars[2].rindex("█") < bars[0].index("█")
    assert [bar.split()[0] + bar.split()[-1] for bar in bars] == ["a2", "b1", "c-2"]


def test_a_heat_map_is_darkest_where_the_number_is_greatest() -> None:
    """Shades rise with the numbers, and the columns have their names."""
    plot = attention().plots[0]
    drawn = lines(plot)
    assert drawn[3] == "       the cat sat"
    weights = [row.y for row in plot.series]
    for row, line in zip(weights, drawn[4:7], strict=True):
        shades = [" ░▒▓█".index(line.ljust(20)[7 + 4 * column]) for column in range(3)]
        assert shades[int(np.argmax(row))] == max(shades)
    assert drawn[-1].startswith("   0.1220 [ ░▒▓█] 0.5465")


def test_an_ascii_terminal_gets_ascii() -> None:
    """Where there is neither braille nor blocks, every kind of plot is drawn without."""
    for kind in KINDS:
        plot = Plot(kind, "p", "x", "y", (series("a", 0, 2, -1), series("b", 1, 1, 1)))
        assert "".join(lines(plot, ascii_only=True)).isascii()


NUMBERS = st.lists(
    st.one_of(
        st.floats(-1e300, 1e300),
        st.sampled_from([float("inf"), float("-inf"), float("nan"), 0.0, 5e-324]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(KINDS), NUMBERS, st.integers(40, 100))
def test_any_numbers_can_be_drawn(kind: Any, numbers: list[float], width: int) -> None:
    """Numbers that are huge, tiny, equal, infinite or undefined leave no plot without a picture."""
    plot = Plot(kind, "any", "x", "y", (series("a", *numbers), series("b", *numbers[::-1])))
    drawn = lines(plot, width)
    assert max(map(len, drawn)) <= width
    assert "nan" not in "".join(e.get(a, "") for e in elements(plot, "rect") for a in ("x", "y"))


@settings(max_examples=100, deadline=None)
@given(st.floats(-1e9, 1e9), st.floats(1, 1e9), st.integers(2, 8))
def test_ticks_are_few_and_on_the_axis(low: float, length: float, most: int) -> None:
    """There are one to `most` of them, each within the axis up to rounding, in order."""
    axis = Axis(low, low + length)
    ticks = axis.ticks(most)
    assert len(ticks) <= most
    assert ticks == sorted(set(ticks))
    assert all(-1e-6 <= axis.part(tick) <= 1 + 1e-6 for tick in ticks)


def test_an_axis_of_one_number_has_it_in_the_middle() -> None:
    """Equal numbers, and none at all, give an axis too."""
    assert spanning([np.array([4.0, 4.0])]) == Axis(2.0, 6.0)
    assert spanning([np.array([np.nan])]) == Axis(0.0, 1.0)


def test_a_picture_has_its_points_and_names() -> None:
    """A circle for each point of a short line, a bar for each number, a cell for each entry."""
    two = (series("<a>", 0, 1, 2), series("b & c", 2, np.nan, 0))
    assert len(elements(Plot("line", "t", "x", "y", two), "circle")) == 5
    assert len(elements(Plot("line", "t", "x", "y", two), "polyline")) == 2
    words = {text.text for text in elements(Plot("bar", "t", "x", "y", two), "text")}
    assert {"<a>", "b & c", "t", "x", "y"} <= words
    cells = elements(Plot("heatmap", "t", "x", "y", two), "rect")
    assert [cell.get("fill") for cell in cells[1:]] == [
        "#ffffff",
        "#80b8d8",
        "#0072b2",
        "#0072b2",
        "#ddd",
        "#ffffff",
    ]


def test_bars_of_a_picture_stand_on_zero() -> None:
    """A bar's height is in proportion to its number, and positive ones end where others begin."""
    bars = elements(Plot("bar", "t", "x", "y", (series("s", 2, -1),)), "rect")[1:]
    (top, height), (other_top, other) = (
        (float(bar.get("y", "")), float(bar.get("height", ""))) for bar in bars
    )
    assert height == pytest.approx(2 * other, abs=0.2)
    assert top + height == pytest.approx(other_top, abs=0.2)
