"""What is to be expected of an interview: the plan kept, half or twice the minutes, or none."""

import pytest

from nnquiz.model.card import Card
from nnquiz.model.event import GOOD
from nnquiz.model.goal import Goal
from nnquiz.model.listing import QuestionLine
from nnquiz.model.state import CardState
from nnquiz.study.campaign import Campaign, gather
from nnquiz.study.forecast import Forecast, foresee, people_needed, plan_day
from nnquiz.study.learner import Known, Learner, Seconds
from nnquiz.study.readiness import prior

TODAY = 739_960
TOPICS = ("vision", "training")
LINES = [QuestionLine("b", n, f"q{n}", "", "", TOPICS[n % 2], "core", (), {}) for n in range(8)]
CARDS = [
    Card(f"b/q{n}/{name}", f"b/q{n}", "cloze", "", "") for n in range(8) for name in ("a", "b", "c")
]


def campaign_of(minutes: float, days: int = 6, **weights: float) -> Campaign:
    """Return a campaign of 24 cards, of which three were answered, and one is buried."""
    states = {
        card.id: CardState(card.id, 4.0, 5.0, TODAY - 4, TODAY, GOOD, 2, buried_on=buried)
        for card, buried in zip(CARDS[:3], (None, None, TODAY), strict=True)
    }
    goal = Goal(TODAY + days, minutes=(minutes,) * 7, weights=weights)
    return gather(CARDS, LINES, states, goal, day=TODAY, spent=0)


def forecast_of(minutes: float, **weights: float) -> Forecast:
    """Return what is to be expected of that campaign."""
    return foresee(campaign_of(minutes, **weights), Learner(), None, prior())


def test_more_time_is_expected_to_bring_more() -> None:
    """Stopping, half, the plan and twice the minutes come in that order, each within its range."""
    forecast = forecast_of(1)
    shares = (forecast.stop, forecast.half, forecast.kept, forecast.double)
    expected = [share.expected for share in shares]
    assert expected == sorted(expected)
    assert expected[-1] > expected[0] + 0.3
    assert all(0 <= share.low <= share.expected <= share.high <= 1 for share in shares)
    assert forecast.unbegun > forecast.double_unbegun


def test_the_topics_make_up_the_whole() -> None:
    """Shares of equal weight average to that of the deck; a topic that weighs nothing is gone."""
    forecast = forecast_of(2)
    assert {topic.topic for topic in forecast.topics} == set(TOPICS)
    for name in ("without", "kept"):
        mean = sum(getattr(topic, name) * topic.cards for topic in forecast.topics) / 24
        whole = forecast.stop if name == "without" else forecast.kept
        assert mean == pytest.approx(whole.expected)
    assert sum(topic.unbegun for topic in forecast.topics) == pytest.approx(forecast.unbegun)
    gains = [topic.gain for topic in forecast.topics]
    assert gains == sorted(gains, reverse=True)
    assert [topic.topic for topic in forecast_of(2, vision=0).topics] == ["training"]


def test_without_time_there_is_what_is_known_now() -> None:
    """All four are what stopping leaves, and there is nothing for tomorrow's plan to start from."""
    forecast = forecast_of(0)
    assert forecast.kept == forecast.half == forecast.double == forecast.stop
    assert 0.05 < forecast.stop.expected < 0.15
    assert forecast.prices == ()
    assert forecast.unbegun == 21


def test_what_is_known_unseen_counts_the_same_with_and_without_the_plan() -> None:
    """Expected in full though planned with less; the doubt about it widens the interval."""
    campaign = campaign_of(0.5)
    sure, unsure = (
        foresee(campaign, Learner(known={"cloze": known}), None, prior())
        for known in (Known(5000, 5000), Known(3, 3))
    )
    ignorant = foresee(campaign, Learner(), None, prior())
    assert unsure.stop.expected == pytest.approx(ignorant.stop.expected + 0.5 * 21 / 24)
    assert sure.stop.expected == pytest.approx(unsure.stop.expected)
    assert unsure.kept.expected >= unsure.stop.expected
    for said in (lambda one: one.stop, lambda one: one.kept):
        assert said(unsure).high - said(unsure).low > 1.1 * (said(sure).high - said(sure).low)


def test_a_day_is_planned_from_its_cards() -> None:
    """Every card that may be asked today has its worth; a buried one has none."""
    worths, prices = plan_day(campaign_of(2), Learner(), None)
    assert {one.card.id for one in worths} == {card.id for card in CARDS} - {CARDS[2].id}
    assert all(10 < one.seconds <= 30 for one in worths)
    assert len(prices) == 6
    assert plan_day(campaign_of(0), Learner(), None) == ([], [])


def test_a_day_is_not_of_one_kind() -> None:
    """New cards of kinds that take about as long are worth the same: their order is as ever."""
    kinds = ("cloze", "explain", "order")
    cards = tuple(card._replace(kind=kinds[at % 3]) for at, card in enumerate(CARDS))
    seconds = {kind: Seconds(25, 12, 29.0 + at) for at, kind in enumerate(kinds)}
    known = {"cloze": Known(1, 30), "order": Known(1, 20)}
    campaign = campaign_of(2)._replace(cards=cards)
    worths, _ = plan_day(campaign, Learner(kinds=seconds, known=known), None)
    new = [one.priority for one in worths if one.card.id not in campaign.states]
    assert new == pytest.approx([new[0]] * 21, rel=1e-9)


def test_fewer_people_are_played_with_more_cards() -> None:
    """And over more days: an interval costs about the same for any deck."""
    assert people_needed(10, 5) == 100
    assert people_needed(300, 60) == 40
    assert people_needed(300, 120) == 20
    assert people_needed(10**6, 5) == people_needed(10**5, 900) == 20
    assert people_needed(0, 5) == 100
