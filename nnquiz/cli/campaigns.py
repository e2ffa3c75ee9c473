"""What a plan is made from, read from banks, log, settings and clock."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnquiz.bank.index import Index
    from nnquiz.history.log import History
    from nnquiz.model.goal import Goal
    from nnquiz.study.campaign import Campaign
    from nnquiz.study.learner import Learner
    from nnquiz.study.simulate import People


def read_campaign(index: "Index", log: "History", goal: "Goal", day: int) -> "Campaign":
    """Return what there is to study on a day for a goal."""
    from nnquiz.study.campaign import gather

    return gather(
        index.shelf().introduced(),
        index.lines(),
        log.states(),
        goal,
        day=day,
        spent=log.today(day).seconds(),
    )


def read_learner(log: "History", campaign: "Campaign") -> "Learner":
    """Return what the log says about the person whose it is."""
    from nnquiz.study.learner import measure_learner

    return measure_learner(log.events(), campaign.cards)._replace(weights=log.weights())


def read_people(log: "History", campaign: "Campaign") -> "tuple[People, float]":
    """Return draws of who this person may be, by what the log says about their memory.

    Beside them stands by how much an interval made of them is to be stretched.
    """
    from numpy.random import default_rng

    from nnquiz.study.forecast import people_needed
    from nnquiz.study.past import find_trials
    from nnquiz.study.readiness import draw, posterior, widening
    from nnquiz.study.replay import histories
    from nnquiz.study.simulate import People

    weights = log.weights()
    belief = posterior(find_trials(histories(log.outlines()), weights), weights)
    people = People(
        *draw(belief, default_rng(campaign.day), people_needed(len(campaign.cards), campaign.days))
    )
    first_days = [state.first_day for state in campaign.states.values() if state.first_day]
    return people, widening(campaign.day - min(first_days, default=campaign.day))
