"""Plots in a terminal: lines and points in braille, bars in blocks, heat maps in shades.

Without colours the series of a plot are told apart by their markers, and a terminal that has
neither braille nor blocks gets ASCII.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import isfinite
from typing import Protocol

from rich.cells import cell_len
from rich.text import Text

from nnquiz.examples.trace import Plot, Series
from nnquiz.term.axes import SHORTEST, Axis, spanning
from nnquiz.term.bars import bar
from nnquiz.term.matrix import written
from nnquiz.term.trace import MARGIN, NARROWEST, WIDEST, folded

HEIGHT = 12  # rows of a plot with two axes
WIDEST_CANVAS = 56  # cells; wider ones are flat at this height
MARKERS = "ox+*#@%&"
COLOURS = ("cyan", "yellow", "magenta", "green", "blue", "red", "bright_cyan", "bright_yellow")
MOST_MARKED = 12  # points of a line that are all marked; of a longer line only some are
MARKED_OF_MANY = 4
MOST_TICKS = 5  # round numbers along an axis
DOTS_ACROSS, DOTS_UP = 2, 4  # of a braille character
SHADES = " ░▒▓█"
ASCII_SHADES = " .:*#"
UNDEFINED = "-"

_BLANK = "\N{BRAILLE PATTERN BLANK}"
_Cell = tuple[str, int]  # a character and the number of the series that it belongs to


def draw(plots: Sequence[Plot], width: int, *, ascii_only: bool = False) -> list[Text]:
    """Draw plots, one below the other, in lines of at most `width` cells."""
    width = max(min(width, WIDEST), NARROWEST)
    lines: list[Text] = []
    for plot in plots:
        lines.append(Text())
        for line in folded(plot.title[:1].upper() + plot.title[1:], width):
            line.stylize("bold")
            lines.append(line)
        for line in _drawing(plot)(plot, width - len(MARGIN), ascii_only=ascii_only):
            line.rstrip()
            lines.append(Text.assemble(MARGIN, line))
    return lines


class _Drawing(Protocol):
    def __call__(self, plot: Plot, width: int, *, ascii_only: bool) -> Iterator[Text]: ...


def _drawing(plot: Plot) -> _Drawing:
    if plot.kind == "bar":
        return _bars
    return _heat_map if plot.kind == "heatmap" else _curves


def _curves(plot: Plot, width: int, *, ascii_only: bool) -> Iterator[Text]:
    """Yield lines and points on a canvas between two axes."""
    across = spanning(series.x for series in plot.series)
    up = spanning(series.y for series in plot.series)
    labels = _labels(up)
    margin = max(map(cell_len, labels.values()))
    canvas = min(width - margin - 2, WIDEST_CANVAS)
    cells = [[(" ", 0)] * canvas for _ in range(HEIGHT)]
    for place, series in enumerate(plot.series):
        marker = MARKERS[place % len(MARKERS)]
        points = _points(series, (across, up), canvas)
        rows = _rows(points, canvas, marker, joined=plot.kind == "line")
        _put(cells, rows, place)
    rule, corner, dash = ("|", "+", "-") if ascii_only else ("│", "└", "─")
    yield Text(f"{' ' * margin} {plot.y_label}")
    for place, row in enumerate(cells):
        line = Text(f"{labels.get(place, ''):>{margin}} {rule}")
        for owner, run in groupby(row, key=lambda cell: cell[1]):
            shown = "".join(character for character, _ in run)
            line.append(_in_ascii(shown) if ascii_only else shown, _colour(owner))
        yield line
    yield Text(f"{' ' * margin} {corner}{dash * canvas}")
    for text in _below(plot, across, canvas):
        yield Text(f"{' ' * (margin + 2)}{text}")
    if len(plot.series) > 1:
        yield from _legend(plot.series, width)


def _in_ascii(cells: str) -> str:
    return "".join("." if _is_dots(character) else character for character in cells)


def _labels(up: Axis) -> dict[int, str]:
    """Return the round numbers that stand beside rows, by the rows' places from above."""
    ticks = up.ticks(MOST_TICKS)
    dots = [round(up.part(tick) * (DOTS_UP * HEIGHT - 1)) for tick in ticks]
    places = [HEIGHT - 1 - dot // DOTS_UP for dot in dots]
    return dict(zip(places, written(ticks), strict=True))


def _points(series: Series, axes: tuple[Axis, Axis], width: int) -> list[tuple[float, float]]:
    """Return where the points of a series are, in dots from the lower left corner."""
    across, up = axes
    right, top = DOTS_ACROSS * width - 1, DOTS_UP * HEIGHT - 1
    return [
        (across.part(x) * right, up.part(y) * top)
        for x, y in zip(series.x.tolist(), series.y.tolist(), strict=True)
        if isfinite(x) and isfinite(y)
    ]


def _rows(
    points: Sequence[tuple[float, float]], width: int, marker: str, *, joined: bool
) -> list[str]:
    """Return the rows of a canvas that has one series on it, the upper one first."""
    from plotille import Canvas

    # Its own coordinates leave the greatest value out, so it is made to count in dots.
    canvas = Canvas(width, HEIGHT, 0, 0, DOTS_ACROSS * width, DOTS_UP * HEIGHT)
    if joined:
        for (x0, y0), (x1, y1) in pairwise(points):
            canvas.line(x0, y0, x1, y1)
    every = len(points) // MARKED_OF_MANY if joined and len(points) > MOST_MARKED else 1
    # Of a long line, not the first one: lines like to begin at the same place.
    for x, y in points[every // 2 :: every]:
        canvas.point(x, y, marker=marker)
    return str(canvas.plot()).splitlines()


def _put(cells: list[list[_Cell]], rows: Sequence[str], place: int) -> None:
    """Lay the rows of one series over the cells; dots join dots, and markers cover them."""
    for row, line in zip(cells, rows, strict=True):
        for column, above in enumerate(line):
            below = row[column][0]
            if above in {_BLANK, " "} or (_is_dots(above) and _is_marker(below)):
                continue
            both = _is_dots(above) and _is_dots(below)
            # The dots of a braille character are the bits of its number.
            row[column] = (chr(ord(above) | ord(below)) if both else above, place)


def _is_marker(character: str) -> bool:
    return character in MARKERS


def _is_dots(character: str) -> bool:
    return "\N{BRAILLE PATTERN BLANK}" <= character <= "\N{BRAILLE PATTERN DOTS-12345678}"


def _below(plot: Plot, across: Axis, width: int) -> Iterator[str]:
    """Yield what stands below the horizontal axis: names or round numbers, and what they are."""
    last = width - 1
    centres = [round(across.part(place) * last) for place in range(len(plot.x_ticks))]
    row = _named(plot.x_ticks, centres, width)
    for most in range(MOST_TICKS, 0, -1):
        if not row:
            ticks = across.ticks(most)
            row = _named(written(ticks), [round(across.part(t) * last) for t in ticks], width)
    yield row
    yield from (line.plain for line in folded(plot.x_label, width))
    if plot.x_ticks and plot.x_ticks[0] not in row:
        names = ", ".join(f"{place} {name}" for place, name in enumerate(plot.x_ticks))
        yield from (line.plain for line in folded(names, width))


def _named(names: Sequence[str], centres: Sequence[int], width: int) -> str:
    """Return names in a row, each at its centre, or nothing where they do not fit."""
    row = ""
    for name, centre in zip(names, centres, strict=False):
        start = min(max(centre - cell_len(name) // 2, 0), width - cell_len(name))
        if start < cell_len(row) + bool(row):
            return ""
        row += " " * (start - cell_len(row)) + name
    return row


def _legend(series: Sequence[Series], width: int) -> Iterator[Text]:
    """Yield the markers with the names of their series, as many a line as fit."""
    line = Text()
    for place, one in enumerate(series):
        entry = Text.assemble(
            (MARKERS[place % len(MARKERS)], _colour(place)), f" {one.label}".rstrip()
        )
        if line and cell_len(line.plain) + 3 + cell_len(entry.plain) > width:
            yield line
            line = Text()
        line.append("   " if line else "").append_text(entry)
    yield line


def _bars(plot: Plot, width: int, *, ascii_only: bool) -> Iterator[Text]:
    """Yield a bar to the right for each number, and to the left of zero for a negative one."""
    bars = [
        (_tick(plot, x), place, y)
        for x, y_of_series in _by_x(plot.series)
        for place, y in y_of_series
    ]
    numbers = written([y for _, _, y in bars])
    digits = max(map(len, numbers), default=0)
    finite = [y for _, _, y in bars if isfinite(y)]
    low, high = min([0.0, *finite]), max([0.0, *finite])
    axis = Axis(low, high if high - low > SHORTEST else 1.0)
    names = max((cell_len(name) for name, _, _ in bars), default=0)
    several = len(plot.series) > 1
    taken = names + 2 * several + digits + 3
    room = max(min(width - taken, WIDEST_CANVAS), 4)
    yield Text(f"{plot.y_label} by {plot.x_label}")
    before = ""
    for (name, place, y), number in zip(bars, numbers, strict=True):
        label = name if name != before else ""
        before = name
        line = Text(label + " " * (names - cell_len(label)) + " ")
        if several:
            line.append(f"{MARKERS[place % len(MARKERS)]} ", _colour(place))
        drawn = _bar(axis, y, room, ascii_only=ascii_only) if isfinite(y) else ""
        line.append(drawn, _colour(place))
        yield line.append(" " * (room - cell_len(drawn) + 1) + f"{number:>{digits}}")
    if several:
        yield from _legend(plot.series, width)


def _by_x(series: Sequence[Series]) -> list[tuple[float, list[tuple[int, float]]]]:
    """Return the numbers of all series at each x, in its order."""
    found: dict[float, list[tuple[int, float]]] = {}
    for place, one in enumerate(series):
        for x, y in zip(one.x.tolist(), one.y.tolist(), strict=True):
            found.setdefault(x, []).append((place, y))
    return sorted(found.items())


def _tick(plot: Plot, x: float) -> str:
    named = float(x).is_integer() and 0 <= x < len(plot.x_ticks)
    return plot.x_ticks[int(x)] if named else f"{x:g}"


def _bar(axis: Axis, y: float, width: int, *, ascii_only: bool) -> str:
    """Return a bar from zero to y in eighths of a cell, to whole cells on the left of zero."""
    zero = round(axis.part(0.0) * width)
    end = axis.part(y) * width
    if y < 0:
        start = min(round(end), zero)
        return " " * start + ("#" if ascii_only else "█") * (zero - start)
    return (" " * zero + bar(end - zero, ascii_only=ascii_only)).rstrip()


def _heat_map(plot: Plot, width: int, *, ascii_only: bool) -> Iterator[Text]:
    """Yield a row of shaded cells for each series, and what the shades mean."""
    scale = spanning(series.y for series in plot.series)
    shades = ASCII_SHADES if ascii_only else SHADES
    columns = max((series.y.size for series in plot.series), default=0)
    names = max((cell_len(series.label) for series in plot.series), default=0)
    wanted = max((cell_len(name) for name in plot.x_ticks), default=1) + 1
    room = width - names - 1
    cell = max(min(max(wanted, 3), room // max(columns, 1)), 1)
    named = bool(plot.x_ticks) and cell >= wanted
    yield Text(f"{plot.y_label} down, {plot.x_label} across")
    if named:
        heads = "".join(name + " " * (cell - cell_len(name)) for name in plot.x_ticks)
        yield Text(" " * (names + 1) + heads)
    for series in plot.series:
        line = series.label + " " * (names - cell_len(series.label) + 1)
        for y in series.y.tolist():
            line += (_shade(scale, y, shades) if isfinite(y) else UNDEFINED) * cell
        yield Text(line)
    if plot.x_ticks and not named:
        across = ", ".join(f"{place} {name}" for place, name in enumerate(plot.x_ticks, start=1))
        yield from folded(f"across: {across}", width)
    bounds = written([scale.low, scale.high])
    yield Text(f"{bounds[0]} [{shades}] {bounds[1]}")


def _shade(scale: Axis, y: float, shades: str) -> str:
    return shades[min(int(scale.part(y) * len(shades)), len(shades) - 1)]


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]
