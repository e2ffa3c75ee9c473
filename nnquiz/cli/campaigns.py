"""What a plan is made from, read from banks, log, settings and clock."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnquiz.bank.index import Index
    from nnquiz.history.log import History
    from nnquiz.model.goal import Goal
    from nnquiz.study.campaign import Campaign
    from nnquiz.study.learner import Learner
    from nnquiz.study.past import Trial


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

    return measure_learner(log.outlines(), campaign.cards)._replace(weights=log.weights())


def read_trials(log: "History") -> "list[Trial]":
    """Return the long-term reviews of the log, by the weights in force."""
    from nnquiz.study.past import find_trials
    from nnquiz.study.replay import histories

    return find_trials(histories(log.outlines()), log.weights())
