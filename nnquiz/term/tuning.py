"""What came of fitting the memory model to somebody's answers, in words."""

from nnquiz.study.tuning import Verdict
from nnquiz.term.wording import count

_TOO_FEW = """\
Weights of your own need {least} reviews of cards that were answered on an earlier day, and on \
more than one day. Until then the usual ones foretell you best.
"""
_TESTED = """\
{tested} of {reviews} were foretold with weights fitted to earlier answers alone, leaning on the \
usual ones. Log loss, where less is better:
usual weights {before:.4f}, fitted weights {after:.4f}: {gain:.4f} {better}, give or take \
{error:.4f}.
"""
_CHOSEN = "They are in use now: {cards} computed anew, with the days on which they are due."


def too_few(least: int) -> list[str]:
    """Return what to say where there is too little to fit, a paragraph each."""
    return _TOO_FEW.format(least=least).splitlines()


def said(verdict: Verdict) -> list[str]:
    """Return how the fit did, a paragraph each."""
    gain = verdict.before - verdict.after
    return _TESTED.format(
        tested=count(verdict.tested, "review"),
        reviews=verdict.reviews,
        before=verdict.before,
        after=verdict.after,
        gain=abs(gain),
        better="better" if gain > 0 else "worse",
        error=verdict.error,
    ).splitlines()


def advice(verdict: Verdict | None, *, own: bool, same: bool) -> str:
    """Return what follows from a verdict; nothing where there is none.

    Args:
        verdict: None where there was too little to fit.
        own: whether weights of one's own are in force.
        same: whether they are those of the verdict.
    """
    if verdict is not None and verdict.helps:
        return "They are in use already." if same else "They foretell you better."
    if own:
        return "Weights of your own are in use. To go back to the usual ones: nnquiz tune --reset"
    return "" if verdict is None else "That is no help: the usual ones stay in use."


def chosen(cards: int) -> str:
    """Return what to say when weights were chosen that concern so many cards."""
    return _CHOSEN.format(cards=count(cards, "card"))
