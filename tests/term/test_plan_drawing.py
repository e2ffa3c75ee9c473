"""A plan on a window: every line fits, far days go by the week, and warnings are plain."""

import pytest

from nnquiz.model.card import Card
from nnquiz.model.goal import Goal
from nnquiz.study.campaign import Campaign
from nnquiz.study.forecast import Day, Forecast, TopicGain
from nnquiz.study.learner import Known, Learner, Seconds
from nnquiz.study.plan import Share
from nnquiz.term.plan import draw_plan, expendable, minutes_a_day, warnings, when_is

TODAY = 739_960  # Thu 2026-12-10
CARDS = tuple(Card(f"b/q{n}/a", f"b/q{n}", "cloze", "", "") for n in range(40))


def campaign_of(days: int, goal: Goal | None = None) -> Campaign:
    """Return a campaign of forty new cards."""
    chosen = goal or Goal(TODAY + days, weights={"vision": 2.0})
    return Campaign(CARDS, (1.0,) * 40, ("vision",) * 40, {}, chosen, TODAY, 90.0)


def forecast_of(days: int, *, unbegun: float = 0.0, twice: float = 0.0) -> Forecast:
    """Return a forecast in which the first Sunday is off."""
    topics = (
        TopicGain("transformers", 20, 0.0, 1.0, 0.0, 2.0),
        TopicGain("systems", 6, 0.0, 0.5, unbegun / 2, 1.0),
        TopicGain("an-own-topic-with-a-long-name", 14, 0.0, 0.4, unbegun, 1.0),
    )
    share = Share(0.98, 0.95, 1.0)
    return Forecast(
        days=tuple(
            Day(TODAY + at, 3.0, 120.0, 0.0 if at == 3 else 1200.0, 0.0 if at == 3 else 1200.0)
            for at in range(days)
        ),
        stop=Share(0.0, 0.0, 0.0),
        half=share,
        kept=share,
        double=share,
        unbegun=unbegun,
        double_unbegun=twice,
        topics=topics,
        prices=(),
    )


@pytest.mark.parametrize("width", [36, 40, 80, 300])
@pytest.mark.parametrize("days", [1, 19, 365])
def test_every_line_fits(width: int, days: int) -> None:
    """Whatever the window, and no wider than 80 cells; a plan for a year is not long."""
    learner = Learner(kinds={"follow-up": Seconds()}, known={"cloze": Known(1, 3)}, answers=1234)
    lines = draw_plan(campaign_of(days), learner, forecast_of(days, unbegun=9), width)
    assert max(line.cell_len for line in lines) <= max(40, min(width, 80))
    assert len(lines) < 120


def test_sure_shares_fit_as_well() -> None:
    """Where everything is recalled, or nothing, there is no range, and no line of 41 cells."""
    sure = forecast_of(3)._replace(double=Share(1.0, 0.999, 1.0), kept=Share(1.0, 0.99, 1.0))
    lines = [line.plain for line in draw_plan(campaign_of(3), Learner(), sure, 40)]
    assert max(map(len, lines)) == 40
    assert "  if you keep the plan   100 %  99-100 %" in lines
    assert "  with twice the minutes 100 %" in lines
    assert "  if you stop now          0 %" in lines


def test_the_first_two_weeks_are_shown_day_by_day() -> None:
    """After them a row is a week until its Sunday, and the last one ends before the interview."""
    text = [line.plain for line in draw_plan(campaign_of(25), Learner(), forecast_of(25), 80)]
    start = next(at for at, line in enumerate(text) if line.startswith("Day "))
    rows = text[start + 1 : start + 17]
    assert rows[0].split() == ["Thu", "2026-12-10", "3", "120", "20"]
    assert rows[3].split() == ["Sun", "2026-12-13", "off"]
    assert rows[13].startswith("Wed 2026-12-23")
    assert rows[14].split() == ["to", "2026-12-27", "12", "480", "80"]
    assert rows[15].split() == ["to", "2027-01-03", "21", "840", "140"]


def test_a_warning_names_what_makes_room() -> None:
    """The least important topics, of which most would be left anyway, until they make room."""
    assert warnings(campaign_of(5), forecast_of(5)) == []
    forecast = forecast_of(5, unbegun=9, twice=4)
    assert expendable(forecast) == [forecast.topics[2].topic]
    (said,) = warnings(campaign_of(5), forecast)
    assert (
        "about 9 of 40 new cards will not be begun. With twice the minutes 4 would be left." in said
    )
    assert expendable(forecast_of(5, unbegun=30)) == [forecast.topics[2].topic, "systems"]
    (said,) = warnings(campaign_of(5), forecast_of(5, unbegun=9))
    assert "Twice the minutes would begin all of them." in said


def test_dates_and_minutes_read_like_speech() -> None:
    """One day, one minute, and days of the week that differ."""
    assert when_is(Goal(TODAY + 1), TODAY) == "The interview is on Fri 2026-12-11, tomorrow."
    assert when_is(Goal(TODAY + 2), TODAY) == "The interview is on Sat 2026-12-12, in 2 days."
    assert minutes_a_day(Goal(TODAY, (20,) * 5 + (60, 0))) == (
        "20 minutes a day, 60 on Sat, none on Sun"
    )
    assert minutes_a_day(Goal(TODAY, (1,) * 7)) == "1 minute a day"
