"""What a plan is made from, read from banks, log, settings and clock."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnquiz.bank.index import Index
    from nnquiz.history.log import History
    from nnquiz.model.goal import Goal
    from nnquiz.study.campaign import Campaign
    from nnquiz.study.learner import Learner


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

    return measure_learner(log.events(), campaign.cards)
