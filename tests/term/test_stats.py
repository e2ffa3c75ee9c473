"""Statistics on a screen: the calendar, the bars and the tables."""

from datetime import date

from nnquiz.study.stats import Day, Effort, Stats, Week
from nnquiz.term.stats import Page, plots

TODAY = date(2026, 11, 26).toordinal()  # a Thursday


def stats(*days: Day, weeks: tuple[Week, ...] = ()) -> Stats:
    """Return statistics of some days and nothing else."""
    return Stats(days, weeks, (0,) * 30, (0,) * 8, (0,) * 10, {}, {}, ())


def drawn(found: Stats, width: int = 80, *, ascii_only: bool = False) -> list[str]:
    """Return the page as plain lines."""
    return [line.plain for line in Page(found, TODAY, width, ascii_only=ascii_only).draw({}, [])]


def test_the_calendar_has_a_shade_for_each_day() -> None:
    """A day without an answer is blank, one of a second is not, and the longest is full."""
    days = [Day(TODAY - 3, 1, 1.0, 0, 0.0), Day(TODAY, 40, 1200.0, 0, 0.0)]
    lines = drawn(stats(*days))
    monday, tuesday, thursday = (
        next(line for line in lines if line.startswith(f"   {name}"))
        for name in ("Mon", "Tue", "Thu")
    )
    assert monday.endswith(" ░░░")
    assert tuesday == "   Tue"
    assert thursday.endswith(" ███")
    assert len(monday) == len(thursday) == 3 + 4 + 17 * 4 + 3
    assert any(line.strip() == "up to ░ 5  ▒ 10  ▓ 15  █ 20 min" for line in lines)


def test_days_before_the_calendar_are_only_counted() -> None:
    """A day of long ago is in the sums and in no column."""
    lines = drawn(stats(Day(TODAY - 400, 3, 90.0, 0, 0.0)))
    assert lines[0] == "3 answers on 1 day, 2 min."
    assert "   Mon" in lines


def test_bars_of_recall_are_parts_of_the_whole() -> None:
    """Half of the reviews recalled is half of the longest bar, whatever the other weeks were."""
    weeks = (Week(TODAY - 17, 10, 5, 0.9), Week(TODAY - 10, 10, 4, 0.9))
    lines = drawn(stats(Day(TODAY, 1, 1.0, 0, 0.0), weeks=weeks), ascii_only=True)
    rows = [line for line in lines if "#" in line and " of " in line]
    assert [row.count("#") for row in rows] == [15, 12]
    assert rows[0].split()[-6:] == ["50", "%", "of", "10", "90", "%"]


def test_what_is_empty_is_left_out() -> None:
    """Without reviews there are no bars of them, and without kinds no table."""
    text = "\n".join(drawn(stats(Day(TODAY, 1, 1.0, 0, 0.0))))
    for heading in ("Recalled", "Due", "Intervals", "Difficulty", "By kind", "Hardest"):
        assert heading not in text


def test_a_narrow_table_becomes_phrases() -> None:
    """At 40 cells a kind is a few lines, and says what the row said."""
    found = stats(Day(TODAY, 1, 1.0, 0, 0.0))._replace(
        kinds={"cloze": Effort(20, 8, 50, 600.0, 30, 27)}
    )
    wide, narrow = (" ".join(" ".join(drawn(found, width)).split()) for width in (80, 40))
    assert "cloze 8/20 50 10 min 12 90 %" in wide
    assert "cloze 8 of 20 cards 50 answers, 12 s each 90 % recalled" in narrow


def test_pictures_show_what_there_is() -> None:
    """A plot without anything in it is not drawn; the calendar covers half a year."""
    (calendar,) = plots(stats(Day(TODAY, 1, 60.0, 0, 0.0)), TODAY)
    assert calendar.kind == "heatmap"
    assert [series.label for series in calendar.series][:2] == ["Mon", "Tue"]
    assert calendar.series[3].y.tolist() == [0.0] * 25 + [1.0]
