"""The prices in the cache: kept for the same goal, and no matter where they cannot be."""

from pathlib import Path

import pytest

from nnquiz.cli.prices import load_prices, save_prices
from nnquiz.model.card import Card
from nnquiz.model.goal import Goal
from nnquiz.study.campaign import Campaign

TODAY = 739_960
GOAL = Goal(TODAY + 4, weights={"vision": 2.0})
PRICES = [0.5, 0.25, 0.125, 1.0]
CARDS = (Card("b/q/a", "b/q", "cloze", "", ""), Card("b/q/b", "b/q", "cloze", "", ""))


def campaign_of(day: int = TODAY, goal: Goal = GOAL, cards: int = 2) -> Campaign:
    """Return a campaign for which prices may be kept."""
    return Campaign(CARDS[:cards], (1.0,) * cards, ("t",) * cards, {}, goal, day, 0.0)


def test_tomorrow_has_the_rest_of_them(tmp_path: Path) -> None:
    """The prices of days that are over are dropped."""
    folder = str(tmp_path / "cache")
    save_prices(folder, campaign_of(), PRICES)
    assert load_prices(folder, campaign_of(TODAY)) == PRICES
    assert load_prices(folder, campaign_of(TODAY + 1)) == PRICES[1:]
    assert load_prices(folder, campaign_of(TODAY - 1)) is None
    assert [path.name for path in Path(folder).iterdir()] == ["prices.json"]


def test_another_goal_has_others(tmp_path: Path) -> None:
    """Whatever changes what a second brings makes the old prices useless."""
    save_prices(str(tmp_path), campaign_of(), PRICES)
    for other in (
        GOAL._replace(interview=TODAY + 5),
        GOAL._replace(minutes=(3.0,) * 7),
        GOAL._replace(off=frozenset({TODAY})),
        GOAL._replace(weights={}),
    ):
        assert load_prices(str(tmp_path), campaign_of(goal=other)) is None
    assert load_prices(str(tmp_path), campaign_of(cards=1)) is None


@pytest.mark.parametrize(
    "damaged", ["", "[]", "7", '{"format": 1}', '{"format": 1, "of": 7, "day": "x"}', "\x00"]
)
def test_what_cannot_be_read_is_not_there(tmp_path: Path, damaged: str) -> None:
    """A damaged file is a missing one, and is replaced."""
    (tmp_path / "prices.json").write_text(damaged)
    assert load_prices(str(tmp_path), campaign_of(TODAY)) is None
    save_prices(str(tmp_path), campaign_of(), PRICES)
    assert load_prices(str(tmp_path), campaign_of(TODAY)) == PRICES


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    """Nothing is raised, and the next plan starts anew."""
    (tmp_path / "file").write_text("")
    save_prices(str(tmp_path / "file"), campaign_of(), PRICES)
    assert load_prices(str(tmp_path / "file"), campaign_of(TODAY)) is None
