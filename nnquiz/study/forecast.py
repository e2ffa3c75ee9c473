"""What is to be expected of the day of an interview: if the plan is kept, and if it is not."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnquiz.study.campaign import Campaign
from nnquiz.study.deck import Deck
from nnquiz.study.learner import Learner
from nnquiz.study.outlook import left_without_study
from nnquiz.study.plan import Plan, keep, make_plan, share_recalled, stop
from nnquiz.study.planned_queue import Worth
from nnquiz.study.readiness import Posterior, Share, chances, draw, expected_share
from nnquiz.study.simulate import Course, People

Array = NDArray[Any]

HALF, DOUBLE = 0.5, 2.0

_PEOPLE = 12_000  # cards of all people together that an interval is played with
_SHORT = 60  # days up to which that holds; over longer times fewer are played
_FEWEST_PEOPLE, _MOST_PEOPLE = 20, 100


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
        days: each day from today until the one before the interview, if the plan is kept.
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
    stop: Share
    half: Share
    kept: Share
    double: Share
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


def people_needed(cards: int, days: int) -> int:
    """Return how many people an interval is made of: as many as can be afforded."""
    played = _PEOPLE * _SHORT // max(_SHORT, days)
    return min(_MOST_PEOPLE, max(_FEWEST_PEOPLE, played // max(1, cards)))


def foresee(
    campaign: Campaign,
    learner: Learner,
    previous: Sequence[float] | None,
    belief: Posterior,
    *,
    wider: float = 1.0,
) -> Forecast:
    """Return what is to be expected of a campaign that has cards, on a day before its interview.

    What is left without another review follows from the belief itself, as `nnquiz ready` says it;
    the plan is played with people who are drawn from the belief.

    Args:
        campaign: what there is to study.
        learner: whose seconds and grades they are.
        previous: prices of an earlier plan for the same days; None where there are none.
        belief: about the learner's memory.
        wider: by which the intervals are stretched.
    """
    deck = _deck(campaign, learner)
    memories = left_without_study(campaign, learner)
    stopped = stop(deck, campaign.days, chances(memories, belief))
    without = expected_share(memories, belief, wider)
    people = _people(campaign, learner, belief)

    def follow(plan: Plan | None, factor: float = 1.0) -> Course:
        if plan is None:
            return stopped
        budgets = campaign.budgets(factor)
        return keep(deck, budgets, learner, plan.steering, people, seed=campaign.day)

    def share(course: Course) -> Share:
        return without if course is stopped else share_recalled(course, wider)

    plan = _plan(campaign, deck, learner, previous)
    prices = previous if plan is None else plan.prices.tolist()
    kept = follow(plan)
    half = follow(_plan(campaign, deck, learner, prices, HALF), HALF)
    double = follow(_plan(campaign, deck, learner, prices, DOUBLE), DOUBLE)
    return Forecast(
        days=tuple(_days(campaign, kept)),
        stop=without,
        half=share(half),
        kept=share(kept),
        double=share(double),
        unbegun=_unbegun(kept),
        double_unbegun=_unbegun(double),
        topics=tuple(_topics(campaign, deck, stopped, kept)),
        prices=() if plan is None else tuple(plan.prices.tolist()),
    )


def _people(campaign: Campaign, learner: Learner, belief: Posterior) -> People:
    """Draw people who the learner may be, the same on every call."""
    random = np.random.default_rng(campaign.day)
    count = people_needed(len(campaign.cards), campaign.days)
    m, d = draw(belief, random, count)
    known = {kind: random.beta(*learner.known[kind], count) for kind in sorted(learner.known)}
    nothing = np.zeros(count)
    unseen = [known.get(card.kind, nothing) for card in campaign.cards]
    return People(m, d, np.stack(unseen, axis=1))


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


def _days(campaign: Campaign, course: Course) -> Iterable[Day]:
    for at, budget in enumerate(campaign.budgets()):
        yield Day(
            ordinal=campaign.day + at,
            new=float(course.begun[at]),
            reviews=float(course.reviews[at]),
            seconds=float(course.seconds[at]),
            budget=budget,
        )


def _topics(campaign: Campaign, deck: Deck, stopped: Course, kept: Course) -> Iterable[TopicGain]:
    names = np.array(campaign.topics)
    gains = []
    for topic in dict.fromkeys(campaign.topics):
        at = names == topic
        gains.append(
            TopicGain(
                topic=topic,
                cards=int(at.sum()),
                without=_mean(stopped.recall[at], deck.weight[at]),
                kept=_mean(kept.recall[at], deck.weight[at]),
                unbegun=float((1 - kept.touched[at]).sum()),
                weight=float(deck.weight[at].mean()),
            )
        )
    return sorted(gains, key=lambda one: -one.gain)


def _unbegun(course: Course) -> float:
    return float((1 - course.touched).sum())


def _mean(values: Array, weights: Array) -> float:
    return float(values @ weights / weights.sum())
