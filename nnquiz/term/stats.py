"""The statistics on a screen: a calendar, bars and short tables; and the same as plots for SVG."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import numpy as np
from rich.text import Text

from nnquiz.examples.trace import Plot, Series
from nnquiz.model.visible import visible_line
from nnquiz.study.stats import (
    DIFFICULTIES,
    INTERVALS,
    Day,
    Effort,
    Stats,
    Week,
    days_in_a_row,
    monday_of,
)
from nnquiz.term.bars import bar
from nnquiz.term.flow import flow, folded
from nnquiz.term.plots import ASCII_SHADES, SHADES
from nnquiz.term.spans import cells
from nnquiz.term.wording import count, duration

WIDEST: Final = 88
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_MOST_WEEKS, _WEEKS_OF_PICTURE = 18, 26
_CELL: Final = 4  # cells of a day in the calendar: a month's name and a blank
_WEEKS_SHOWN, _DAYS_SHOWN = 10, 14
_LONGEST: Final = 30  # cells of the longest bar
_GAP: Final = "  "
_MARGIN: Final = "   "

_Bar = tuple[str, float, str]  # a name, how long its bar is, and what stands behind it


class Page:
    """Draws statistics in lines of at most `width` cells."""

    def __init__(self, stats: Stats, today: int, width: int, *, ascii_only: bool = False) -> None:
        self._stats = stats
        self._today = today
        self._width = min(width, WIDEST)
        self._ascii_only = ascii_only

    def draw(self, topics: dict[str, str], names: Sequence[str]) -> list[Text]:
        """Draw all of it.

        Args:
            topics: titles of the topics.
            names: of the hardest cards, in their order.
        """
        stats = self._stats
        return [
            *self._opening(),
            *self._calendar(),
            *self._bars("Recalled by week, of how many, and desired", self._weeks(), full=1.0),
            *self._bars(f"Due in the next {_DAYS_SHOWN} days", self._due()),
            *self._bars("Intervals in days", _trimmed(_binned(INTERVALS, stats.intervals))),
            *self._bars("Difficulty, 1 to 10", _binned(DIFFICULTIES, stats.difficulties)),
            *self._efforts("By kind", stats.kinds, {}),
            *self._efforts("By topic", stats.topics, topics),
            *self._hardest(names),
        ]

    def _opening(self) -> Iterator[Text]:
        for number, line in enumerate(opening(self._stats, self._today)):
            for row in folded(line, self._width):
                row.stylize("" if number else "bold")
                yield row

    def _heading(self, words: str) -> Iterator[Text]:
        yield Text()
        for line in folded(words, self._width):
            line.stylize("bold")
            yield line

    def _calendar(self) -> Iterator[Text]:
        """Yield the last weeks, a column each, with the minutes of each day as a shade."""
        weeks = max(1, min(_MOST_WEEKS, (self._width - len(_MARGIN) - _CELL) // _CELL))
        minutes = _minutes_by_week(self._stats.days, self._today, weeks)
        most = max((one for week in minutes for one in week), default=0.0)
        shades = ASCII_SHADES if self._ascii_only else SHADES
        yield from self._heading(f"Minutes a day, the last {count(weeks, 'week')}")
        months = [_month(monday_of(self._today) - 7 * back) for back in range(weeks - 1, -1, -1)]
        heads = "".join(f"{month:<{_CELL}}" for month in months)
        yield Text(f"{_MARGIN}{'':<{_CELL}}{heads}".rstrip())
        for weekday, name in enumerate(WEEKDAYS):
            days = [_shade(week[weekday], most, shades) * (_CELL - 1) for week in minutes]
            line = Text(f"{_MARGIN}{name:<{_CELL}}").append(" ".join(days), "green")
            line.rstrip()
            yield line
        if most:
            steps = [most * step / (len(shades) - 1) for step in range(1, len(shades))]
            said = [f"{shade} {up:.0f}" for shade, up in zip(shades[1:], steps, strict=True)]
            yield Text(f"{_MARGIN}{'':<{_CELL}}up to {'  '.join(said)} min")

    def _bars(self, heading: str, rows: Sequence[_Bar], full: float = 0.0) -> Iterator[Text]:
        """Yield rows of a name, a bar and what it says; nothing where there is nothing to show.

        The longest bar that fits is that of `full`, or of the greatest value.
        """
        most = full if full and rows else max((value for _, value, _ in rows), default=0.0)
        if not most:
            return
        names = max(cells(name) for name, _, _ in rows)
        said = max(cells(words) for _, _, words in rows)
        room = max(min(_LONGEST, self._width - len(_MARGIN) - names - said - 2 * len(_GAP)), 4)
        yield from self._heading(heading)
        for name, value, words in rows:
            drawn = bar(value / most * room, ascii_only=self._ascii_only)
            line = Text(f"{_MARGIN}{name}{' ' * (names - cells(name))}{_GAP}")
            line.append(drawn, "cyan")
            yield line.append(f"{' ' * (room - len(drawn))}{_GAP}{words:>{said}}")

    def _weeks(self) -> list[_Bar]:
        return [
            (
                _short_date(week.day),
                week.recalled / week.reviews,
                _said(week),
            )
            for week in self._stats.weeks[-_WEEKS_SHOWN:]
        ]

    def _due(self) -> list[_Bar]:
        names = ["today", *(_short_date(self._today + ahead) for ahead in range(1, _DAYS_SHOWN))]
        return [
            (name, float(due), str(due))
            for name, due in zip(names, self._stats.due[:_DAYS_SHOWN], strict=True)
        ]

    def _efforts(
        self, heading: str, efforts: dict[str, Effort], titles: dict[str, str]
    ) -> Iterator[Text]:
        """Yield a line for each kind or topic that was begun: a table, or phrases where narrow."""
        rows = [
            (visible_line(titles.get(key) or key or "no topic"), one)
            for key, one in efforts.items()
        ]
        rows = [(name, one) for name, one in rows if one.answers]
        if not rows:
            return
        yield from self._heading(heading)
        table = [("", "cards", "answers", "time", "s each", "recalled")]
        table += [
            (
                name,
                f"{one.begun}/{one.cards}",
                f"{one.answers}",
                duration(one.seconds),
                f"{one.seconds / one.answers:.0f}",
                _percent(one.recalled, one.reviews),
            )
            for name, one in rows
        ]
        widths = [max(map(cells, column)) for column in zip(*table, strict=True)]
        if sum(widths) + len(_MARGIN) + len(_GAP) * len(widths[1:]) <= self._width:
            for number, (name, *numbers) in enumerate(table):
                line = f"{_MARGIN}{name}{' ' * (widths[0] - cells(name))}"
                for wide, said in zip(widths[1:], numbers, strict=True):
                    line += f"{_GAP}{said:>{wide}}"
                yield Text(line.rstrip(), "" if number else "dim")
            return
        for name, one in rows:
            facts = [
                f"{one.begun} of {count(one.cards, 'card')}",
                f"{count(one.answers, 'answer')}, {one.seconds / one.answers:.0f} s each",
            ]
            facts += [f"{_percent(one.recalled, one.reviews)} recalled"] if one.reviews else []
            yield from self._phrases(name, facts)

    def _hardest(self, names: Sequence[str]) -> Iterator[Text]:
        if not self._stats.hardest:
            return
        yield from self._heading("Hardest cards")
        widest = max(cells(name) for name in names)
        for name, hard in zip(names, self._stats.hardest, strict=True):
            facts = (
                f"forgotten {hard.lapses} of {hard.reviews}",
                f"difficulty {hard.difficulty:.1f}",
                f"{hard.seconds:.0f} s each",
            )
            line = f"{_MARGIN}{name}{' ' * (widest - cells(name))}{_GAP}{', '.join(facts)}"
            if cells(line) <= self._width:
                yield Text(line)
            else:
                yield from self._phrases(name, facts)

    def _phrases(self, name: str, facts: Sequence[str]) -> Iterator[Text]:
        """Yield a name, and below it facts, as many a line as fit."""
        room = self._width - len(_MARGIN)
        for line in folded(name, room):
            yield Text.assemble(_MARGIN, line)
        for line in flow([Text(fact) for fact in facts], room - len(_GAP), len(_GAP)):
            yield Text.assemble(_MARGIN, _GAP, line)


def _said(week: Week) -> str:
    recalled, desired = _percent(week.recalled, week.reviews), f"{100 * week.desired:.0f} %"
    return f"{recalled:>5} of {week.reviews:>4}  {desired:>5}"


def opening(stats: Stats, today: int) -> list[str]:
    """Return the sums in words, a paragraph each."""
    studied = [day for day in stats.days if day.answers]
    crammed = sum(day.crammed for day in stats.days)
    said, on = count(stats.answers, "answer"), count(len(studied), "day")
    lines = [f"{said} on {on}, {duration(stats.seconds)}."]
    week = [day for day in studied if day.day >= monday_of(today)]
    answers, seconds = sum(day.answers for day in week), sum(day.seconds for day in week)
    said = f"This week: {count(answers, 'answer')}, {duration(seconds)}." if answers else ""
    row = days_in_a_row(stats.days, today)
    said += f" {row} days in a row." if row > 1 else ""
    reviews, recalled = (
        sum(getattr(week, name) for week in stats.weeks) for name in ("reviews", "recalled")
    )
    if reviews:
        said += (
            f" {_percent(recalled, reviews)} of {count(reviews, 'card')} asked again on a later "
            "day were recalled."
        )
    lines += [said.strip()] if said else []
    if crammed:
        seconds = sum(day.crammed_seconds for day in stats.days)
        lines.append(
            f"Crammed besides: {count(crammed, 'answer')}, {duration(seconds)}; "
            "they count nowhere below."
        )
    return lines


def plots(stats: Stats, today: int) -> list[Plot]:
    """Return the pictures as data, for a file."""
    minutes = np.array(_minutes_by_week(stats.days, today, _WEEKS_OF_PICTURE)).T
    mondays = [monday_of(today) - 7 * back for back in range(_WEEKS_OF_PICTURE - 1, -1, -1)]
    weeks = np.arange(float(_WEEKS_OF_PICTURE))
    calendar = tuple(Series(name, weeks, row) for name, row in zip(WEEKDAYS, minutes, strict=True))
    found = [Plot("heatmap", "Minutes a day", "week", "day", calendar, tuple(map(_month, mondays)))]
    if stats.weeks:
        at = np.arange(float(len(stats.weeks)))
        recalled = np.array([100 * week.recalled / week.reviews for week in stats.weeks])
        desired = np.array([100 * week.desired for week in stats.weeks])
        shown = (Series("recalled", at, recalled), Series("desired", at, desired))
        dates = tuple(_short_date(week.day) for week in stats.weeks)
        found.append(Plot("line", "Recalled, week by week", "week", "%", shown, _sparse(dates)))
    found.append(_bar_plot("Due in the next days", "days from today", "cards", stats.due))
    for title, starts, counts in (
        ("Intervals", INTERVALS, stats.intervals),
        ("Difficulty", DIFFICULTIES, stats.difficulties),
    ):
        names = tuple(name for name, _, _ in _binned(starts, counts))
        unit = "days" if starts is INTERVALS else "difficulty"
        found.append(_bar_plot(title, unit, "cards", counts, names))
    begun = {key: one for key, one in stats.kinds.items() if one.answers}
    each = [one.seconds / one.answers for one in begun.values()]
    found.append(_bar_plot("Time an answer takes", "kind", "seconds", each, tuple(begun)))
    return [plot for plot in found if any(series.y.any() for series in plot.series)]


def _bar_plot(
    title: str, across: str, up: str, values: Sequence[float], names: tuple[str, ...] = ()
) -> Plot:
    series = Series("", np.arange(float(len(values))), np.array(values, dtype=float))
    return Plot("bar", title, across, up, (series,), names)


def _sparse(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names with most of many left out, so that those that stay can be read."""
    every = -(-len(names) // 10)
    return tuple(name if place % every == 0 else "" for place, name in enumerate(names))


def _minutes_by_week(days: Sequence[Day], today: int, weeks: int) -> list[list[float]]:
    """Return for each of the last weeks the minutes of its seven days."""
    first = monday_of(today) - 7 * (weeks - 1)
    minutes = [[0.0] * 7 for _ in range(weeks)]
    for day in days:
        week, weekday = divmod(day.day - first, 7)
        if 0 <= week < weeks:
            minutes[week][weekday] = day.seconds / 60
    return minutes


def _shade(minutes: float, most: float, shades: str) -> str:
    """Return a shade; a day without a minute has none, and every other one some."""
    steps = len(shades) - 1
    return shades[min(1 + int(minutes / most * steps), steps)] if minutes else shades[0]


def _month(monday: int) -> str:
    """Return the name of the month that begins in a week, or nothing."""
    last = date.fromordinal(monday + 6)
    return last.strftime("%b") if last.day <= 7 else ""


def _short_date(day: int) -> str:
    return date.fromordinal(day).strftime("%b %d")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else ""


def _binned(starts: Sequence[int], counts: Sequence[int]) -> list[_Bar]:
    """Return the bins as rows: "2-3", "4-7", ..., "91+"."""
    rows = []
    for place, (start, number) in enumerate(zip(starts, counts, strict=True)):
        end = starts[place + 1] - 1 if place + 1 < len(starts) else None
        name = f"{start}" if end == start else f"{start}-{end}"
        if end is None:
            name = f"{start}" if starts is DIFFICULTIES else f"{start}+"
        rows.append((name, float(number), str(number)))
    return rows


def _trimmed(rows: list[_Bar]) -> list[_Bar]:
    """Return rows without the empty ones at both ends."""
    full = [place for place, (_, value, _) in enumerate(rows) if value]
    return rows[full[0] : full[-1] + 1] if full else []
