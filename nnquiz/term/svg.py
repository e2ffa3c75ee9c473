"""Plots as a picture in a file: scalable vector graphics, which any browser shows.

See the W3C's SVG 1.1 (https://www.w3.org/TR/SVG11/) for the elements.
"""

from collections.abc import Iterator, Sequence
from html import escape
from math import isfinite

import numpy as np

from nnquiz.examples.trace import Plot, Series
from nnquiz.term.axes import Axis, spanning
from nnquiz.term.matrix import written

WIDTH, HEIGHT = 640, 400  # of one plot, in pixels
LEFT, RIGHT, TOP, BOTTOM = 90, 20, 45, 60  # around its data
LINE = 18  # from one line of the legend to the next
MOST_TICKS = 7
MOST_MARKED = 12  # points of a line that are marked
MOST_WRITTEN = 10  # columns of a heat map whose numbers are written
# Okabe and Ito (2008), Color Universal Design: told apart by colour-blind people as well.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")

_STYLE = "text{font:13px sans-serif;fill:#222}.title{font-weight:bold;font-size:15px}"
_RIGHT, _BELOW = WIDTH - RIGHT, HEIGHT - BOTTOM


def svg(plots: Sequence[Plot]) -> str:
    """Return the text of an SVG file that shows the plots, one below the other."""
    body: list[str] = []
    top = 0
    for plot in plots:
        body.append(f'<g transform="translate(0 {top})">')
        body += _plot(plot)
        body.append("</g>")
        top += HEIGHT + LINE * _legend_lines(plot)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}" '
        f'viewBox="0 0 {WIDTH} {top}">'
    )
    paper = f'<rect width="{WIDTH}" height="{top}" fill="#fff"/>'
    return "\n".join([head, f"<style>{_STYLE}</style>", paper, *body, "</svg>", ""])


def _plot(plot: Plot) -> Iterator[str]:
    yield _text(LEFT, 20, plot.title, "start", 'class="title"')
    yield _text((LEFT + _RIGHT) / 2, HEIGHT - 15, plot.x_label, "middle")
    middle = (TOP + _BELOW) / 2
    turned = f'transform="rotate(-90 18 {_n(middle)})"'
    yield _text(18, middle, plot.y_label, "middle", turned)
    if plot.kind == "heatmap":
        yield from _heat_map(plot)
    elif plot.kind == "bar":
        yield from _bars(plot)
    else:
        yield from _curves(plot)
    if _legend_lines(plot):
        for place, series in enumerate(plot.series):
            y = HEIGHT + LINE * place
            yield f'<rect x="{LEFT}" y="{y - 10}" width="12" height="12" fill="{_colour(place)}"/>'
            yield _text(LEFT + 20, y, series.label, "start")


def _legend_lines(plot: Plot) -> int:
    """Return the lines of the legend; a heat map has the names of its rows beside them."""
    return len(plot.series) if plot.kind != "heatmap" and len(plot.series) > 1 else 0


def _curves(plot: Plot) -> Iterator[str]:
    across, up = (
        _roomy(spanning(s.x for s in plot.series)),
        _roomy(spanning(s.y for s in plot.series)),
    )
    yield from _y_axis(up)
    if plot.x_ticks:
        ticks = [float(place) for place in range(len(plot.x_ticks))]
    else:
        ticks = across.ticks(MOST_TICKS)
    for tick, name in zip(ticks, plot.x_ticks or written(ticks), strict=True):
        yield _text(_x(across, tick), _BELOW + 20, name, "middle")
    for place, series in enumerate(plot.series):
        points = [(_x(across, x), _y(up, y)) for x, y in _finite(series)]
        if plot.kind == "line":
            joined = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
            stroke = f'fill="none" stroke="{_colour(place)}" stroke-width="2"'
            yield f'<polyline points="{joined}" {stroke}/>'
        if plot.kind == "scatter" or len(points) <= MOST_MARKED:
            for x, y in points:
                yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="4" fill="{_colour(place)}"/>'


def _bars(plot: Plot) -> Iterator[str]:
    up = spanning([*(series.y for series in plot.series), np.zeros(1)])
    yield from _y_axis(up)
    places = sorted({x for series in plot.series for x, _ in _finite(series)})
    group = (_RIGHT - LEFT) / max(len(places), 1)
    wide = group * 0.8 / len(plot.series)
    zero = _y(up, 0.0)
    for place, series in enumerate(plot.series):
        for x, y in _finite(series):
            left = LEFT + group * (places.index(x) + 0.1) + wide * place
            top, bottom = sorted((zero, _y(up, y)))
            yield _rectangle(left, top, wide, bottom - top, _colour(place))
    for i, x in enumerate(places):
        named = float(x).is_integer() and 0 <= x < len(plot.x_ticks)
        name = plot.x_ticks[int(x)] if named else f"{x:g}"
        yield _text(LEFT + group * (i + 0.5), _BELOW + 20, name, "middle")


def _heat_map(plot: Plot) -> Iterator[str]:
    """Yield cells from white to blue; a number that is undefined leaves its cell grey."""
    scale = spanning(series.y for series in plot.series)
    columns = max(series.y.size for series in plot.series)
    wide, high = (_RIGHT - LEFT) / columns, (_BELOW - TOP) / len(plot.series)
    for row, series in enumerate(plot.series):
        top = TOP + high * row
        yield _text(LEFT - 8, top + high / 2 + 4, series.label, "end")
        numbers = series.y.tolist()
        for column, (y, number) in enumerate(zip(numbers, written(numbers), strict=True)):
            part = scale.part(y) if isfinite(y) else 0.0
            left = LEFT + wide * column
            yield _rectangle(left, top, wide, high, _shade(part) if isfinite(y) else "#ddd")
            if columns <= MOST_WRITTEN:
                ink = 'style="fill:#fff"' if part > 0.5 else ""
                middle = (left + wide / 2, top + high / 2 + 4)
                yield _text(*middle, number, "middle", ink)
    for column, name in enumerate(plot.x_ticks):
        yield _text(LEFT + wide * (column + 0.5), _BELOW + 20, name, "middle")


def _y_axis(up: Axis) -> Iterator[str]:
    ticks = up.ticks(MOST_TICKS)
    for tick, number in zip(ticks, written(ticks), strict=True):
        y = _n(_y(up, tick))
        yield f'<path d="M{LEFT} {y}H{_RIGHT}" stroke="#ddd"/>'
        yield _text(LEFT - 8, float(y) + 4, number, "end")
    yield f'<path d="M{LEFT} {TOP}V{_BELOW}H{_RIGHT}" fill="none" stroke="#222"/>'


def _roomy(axis: Axis) -> Axis:
    """Return an axis that is a little longer, so that nothing lies on the edge."""
    room = axis.high / 40 - axis.low / 40
    return Axis(axis.low - room, axis.high + room)


def _finite(series: Series) -> list[tuple[float, float]]:
    points = zip(series.x.tolist(), series.y.tolist(), strict=True)
    return [(x, y) for x, y in points if isfinite(x) and isfinite(y)]


def _x(across: Axis, x: float) -> float:
    return LEFT + across.part(x) * (_RIGHT - LEFT)


def _y(up: Axis, y: float) -> float:
    return _BELOW - up.part(y) * (_BELOW - TOP)


def _shade(part: float) -> str:
    """Return a colour from white to the first of the palette."""
    full = (0x00, 0x72, 0xB2)
    return "#" + "".join(f"{round(255 + (channel - 255) * part):02x}" for channel in full)


def _rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    size = f'width="{_n(width)}" height="{_n(height)}"'
    return f'<rect x="{_n(x)}" y="{_n(y)}" {size} fill="{fill}"/>'


def _text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"'
    return f"<text {place} {more}>{escape(words)}</text>"


def _n(number: float) -> str:
    return f"{number:.1f}"


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]
