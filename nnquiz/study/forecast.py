"""What is to be expected of the day of an interview: if the plan is kept, and if it is not."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnquiz.study.campaign import Campaign
from nnquiz.study.deck import Deck
from nnquiz.study.learner import Learner
from nnquiz.study.plan import Plan, make_plan, stop_now
from nnquiz.study.planned_queue import Worth

Array = NDArray[Any]

HALF, DOUBLE = 0.5, 2.0


class Day(NamedTuple):
    """What a day of the plan is expected to hold.

    Attributes:
        ordinal: the study day.
        new: cards that are begun.
        reviews: cards that are reviewed.
        seconds: that they take.
        budget: seconds that there are.
    """

    ordinal: int
    new: float
    reviews: float
    seconds: float
    budget: float


class TopicGain(NamedTuple):
    """What the plan does for a topic; shares are weighted by importance.

    Attributes:
        topic: its id.
        cards: how many of its cards count.
        without: the share recalled on the day without another review.
        kept: the share recalled if the plan is kept.
        unbegun: how many of its cards the plan is not expected to begin.
        weight: the mean importance of its cards.
    """

    topic: str
    cards: int
    without: float
    kept: float
    unbegun: float
    weight: float

    @property
    def gain(self) -> float:
        """By how much the plan raises the share."""
        return self.kept - self.without


class Forecast(NamedTuple):
    """What is expected; shares of the cards, weighted by importance.

    Attributes:
        days: each day from today until the one before the interview.
        stop: the share recalled without another review.
        half: with half of the minutes.
        kept: if the plan is kept.
        double: with twice the minutes.
        unbegun: how many cards are never begun if the plan is kept.
        double_unbegun: how many with twice the minutes.
        topics: where the plan gains most comes first.
        prices: what tomorrow's plan starts from; empty where there is nothing to plan.
    """

    days: tuple[Day, ...]
    stop: float
    half: float
    kept: float
    double: float
    unbegun: float
    double_unbegun: float
    topics: tuple[TopicGain, ...]
    prices: tuple[float, ...]


def plan_day(
    campaign: Campaign, learner: Learner, previous: Sequence[float] | None
) -> tuple[list[Worth], list[float]]:
    """Return what each card is worth today, and the prices for tomorrow's plan."""
    plan = _plan(campaign, _deck(campaign, learner), learner, previous)
    if plan is None:
        return [], []
    rows = zip(campaign.cards, plan.priorities.tolist(), plan.seconds.tolist(), strict=True)
    worths = [Worth(*row) for row in rows if campaign.may_be_asked(row[0])]
    return worths, plan.prices.tolist()


def foresee(campaign: Campaign, learner: Learner, previous: Sequence[float] | None) -> Forecast:
    """Return what is to be expected of a campaign that has cards, and days until the interview."""
    deck = _deck(campaign, learner)
    stop = stop_now(deck, campaign.days, learner)
    kept = _plan(campaign, deck, learner, previous)
    prices = previous if kept is None else kept.prices.tolist()
    half = _plan(campaign, deck, learner, prices, HALF)
    double = _plan(campaign, deck, learner, prices, DOUBLE)
    return Forecast(
        days=tuple(_days(campaign, kept)),
        stop=_mean(stop, deck.weight),
        half=_share(half, stop, deck),
        kept=_share(kept, stop, deck),
        double=_share(double, stop, deck),
        unbegun=_unbegun(kept, deck),
        double_unbegun=_unbegun(double, deck),
        topics=tuple(_topics(campaign, deck, stop, kept)),
        prices=() if kept is None else tuple(kept.prices.tolist()),
    )


def _deck(campaign: Campaign, learner: Learner) -> Deck:
    return Deck.of(campaign.cards, campaign.states, campaign.weights, campaign.day, learner)


def _plan(
    campaign: Campaign,
    deck: Deck,
    learner: Learner,
    previous: Sequence[float] | None,
    factor: float = 1.0,
) -> Plan | None:
    """Return the plan of today with `factor` times the minutes, the same on every call."""
    budgets = campaign.budgets(factor)
    return make_plan(deck, budgets, learner, seed=campaign.day, previous=previous)


def _days(campaign: Campaign, plan: Plan | None) -> Iterable[Day]:
    for at, budget in enumerate(campaign.budgets()):
        if plan is None:
            yield Day(campaign.day + at, 0.0, 0.0, 0.0, budget)
        else:
            course = plan.course
            yield Day(
                ordinal=campaign.day + at,
                new=float(course.begun[at]),
                reviews=float(course.reviews[at]),
                seconds=float(course.seconds[at]),
                budget=budget,
            )


def _topics(campaign: Campaign, deck: Deck, stop: Array, plan: Plan | None) -> Iterable[TopicGain]:
    recall = stop if plan is None else plan.course.recall
    touched = ~deck.new if plan is None else plan.course.touched
    names = np.array(campaign.topics)
    gains = []
    for topic in dict.fromkeys(campaign.topics):
        at = names == topic
        gains.append(
            TopicGain(
                topic=topic,
                cards=int(at.sum()),
                without=_mean(stop[at], deck.weight[at]),
                kept=_mean(recall[at], deck.weight[at]),
                unbegun=float((1 - touched[at]).sum()),
                weight=float(deck.weight[at].mean()),
            )
        )
    return sorted(gains, key=lambda one: -one.gain)


def _share(plan: Plan | None, stop: Array, deck: Deck) -> float:
    return _mean(stop if plan is None else plan.course.recall, deck.weight)


def _unbegun(plan: Plan | None, deck: Deck) -> float:
    return float(deck.new.sum() if plan is None else (1 - plan.course.touched).sum())


def _mean(values: Array, weights: Array) -> float:
    return float(values @ weights / weights.sum())
