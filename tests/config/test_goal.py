"""The table `[plan]`: read with the line of every mistake, written with every comment kept."""

from datetime import date
from pathlib import Path

import pytest

from nnquiz.config.goal import load_goal
from nnquiz.config.load import load_settings
from nnquiz.config.save import set_goal, unset
from nnquiz.errors import BadInput
from nnquiz.model.goal import Goal

INTERVIEW = date(2026, 12, 15).toordinal()
ST_NICHOLAS = date(2026, 12, 6).toordinal()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file may be."""
    return tmp_path / "config.toml"


def goal_of(path: Path, text: str) -> Goal | None:
    """Return the goal that a text says."""
    path.write_text(text)
    return load_goal(str(path.parent))


def test_without_the_table_there_is_no_goal(path: Path) -> None:
    """Neither a missing file nor one with other settings plans anything."""
    assert load_goal(str(path.parent)) is None
    assert goal_of(path, "retention = 0.8\n") is None


def test_a_date_alone_is_enough(path: Path) -> None:
    """Minutes have a default; a date in quotes is a date too."""
    goal = goal_of(path, "[plan]\ninterview = 2026-12-15\n")
    assert goal == Goal(INTERVIEW)
    assert goal_of(path, '[plan]\ninterview = "2026-12-15"\n') == goal


def test_minutes_by_the_day_of_the_week(path: Path) -> None:
    """Days that are not named have the usual minutes, or none where those are not said."""
    text = "[plan]\ninterview = 2026-12-15\nminutes = { usual = 20, sat = 60.5 }\n"
    goal = goal_of(path, text)
    assert goal is not None
    assert goal.minutes == (20, 20, 20, 20, 20, 60.5, 20)
    goal = goal_of(path, text.replace("usual = 20, ", ""))
    assert goal is not None
    assert goal.minutes == (0, 0, 0, 0, 0, 60.5, 0)


def test_the_time_of_a_day_knows_weekdays_and_days_off() -> None:
    """2026-12-05 is a Saturday; the day of the interview itself has no time."""
    goal = Goal(INTERVIEW, (20, 20, 20, 20, 20, 60, 20), frozenset({ST_NICHOLAS}))
    days = [goal.seconds(ST_NICHOLAS + at) for at in (-1, 0, 1)]
    assert days == [3600, 0, 1200]
    assert goal.seconds(INTERVIEW - 1) == 1200
    assert goal.seconds(INTERVIEW) == goal.seconds(INTERVIEW + 5) == 0


def test_what_is_written_is_read_again_and_comments_stay(path: Path) -> None:
    """Setting, changing and clearing leave all other lines as they were."""
    before = (
        "# mine\nretention = 0.8 # high enough\n\n[plan] # Acme\ninterview = 2026-12-01 # 9:30\n"
    )
    path.write_text(before)
    goal = Goal(INTERVIEW, (30.0,) * 6 + (0.0,), frozenset({ST_NICHOLAS}), {"b/q": 0, "gans": 2.5})
    set_goal(str(path), goal)
    assert load_goal(str(path.parent)) == goal
    for comment in ("# mine", "# high enough", "# Acme", "# 9:30"):
        assert comment in path.read_text()
    set_goal(str(path), Goal(INTERVIEW))
    assert load_goal(str(path.parent)) == Goal(INTERVIEW)
    assert "off" not in path.read_text()
    assert unset(str(path), "plan")
    assert path.read_text() == "# mine\nretention = 0.8 # high enough\n\n"


def test_settings_do_not_mind_the_table(path: Path) -> None:
    """The other settings are read as ever."""
    path.write_text("retention = 0.8\n[plan]\ninterview = 2026-12-15\n")
    assert load_settings(str(path.parent), {}).retention == 0.8


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("plan = 3", 1, "plan: 3 is not allowed"),
        ("[plan]\nminutes = 3", 1, "[plan] has no interview"),
        ("[plan]\n\ninterview = 12", 3, "plan.interview: 12 is not allowed"),
        ("[plan]\ninterview = 2026-12-15T10:00:00", 2, "plan.interview: 2026-12-15 10:00:00"),
        ("[plan]\ninterview = '20261215'", 2, "plan.interview: '20261215' is not allowed"),
        ("[plan]\ninterview = 2026-12-15\nmintes = 1", 3, 'unknown setting "mintes" in [plan]'),
        ("[plan]\ninterview = 2026-12-15\nminutes = -1", 3, "plan.minutes: -1 is not"),
        ("[plan]\ninterview = 2026-12-15\nminutes = true", 3, "plan.minutes: True is not"),
        ("[plan]\ninterview = 2026-12-15\n[plan.minutes]\nmo = 1", 4, 'no day is called "mo"'),
        ("[plan]\ninterview = 2026-12-15\n[plan.minutes]\nmon = 1441", 4, "plan.minutes.mon: 1441"),
        ("[plan]\ninterview = 2026-12-15\noff = 2026-12-06", 3, "plan.off: 2026-12-06 is not"),
        ("[plan]\ninterview = 2026-12-15\noff = [7]", 3, "plan.off: 7 is not allowed"),
        ("[plan]\ninterview = 2026-12-15\nweights = 3", 3, "plan.weights: 3 is not allowed"),
        ("[plan]\ninterview = 2026-12-15\nweights = {a = nan}", 3, "plan.weights.a: nan is not"),
    ],
)
def test_a_mistake_is_named_with_its_line(path: Path, table: str, line: int, said: str) -> None:
    """Whatever is wrong gets file, line and what is allowed."""
    with pytest.raises(BadInput) as caught:
        goal_of(path, f"{table}\n")
    assert f"{path}:{line}: " in str(caught.value)
    assert said in str(caught.value)
    assert caught.value.hint
