"""Weights of the memory model fitted to one person's answers, and whether they foretell better.

A fit to few answers learns their accidents, so it is blended with the default weights: n long-term
reviews count as n / (n + 1000) of it. Whether that helps is asked of answers that the fit has not
seen: the log is cut into parts by time, and each part is foretold with a fit to those before it.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnquiz.errors import NnquizError
from nnquiz.model.event import FORGET, REVIEW, Outline
from nnquiz.study.calibration import losses
from nnquiz.study.memory import DEFAULT_WEIGHTS, retrievability
from nnquiz.study.past import Trial, find_trials
from nnquiz.study.weights import are_allowed

LEAST_REVIEWS = 200
"""Long-term reviews below which nothing is fitted."""

_GUESS = 1000  # long-term reviews that the default weights count as much as
_PARTS = 5  # of the log, of which all but the first are foretold

Answers = Sequence[tuple[int, int]]
"""Answers to one card: each a grade and the study days since the one before; the first has 0."""

Fit = Callable[[Sequence[Answers]], Sequence[float]]
"""Returns w0 to w20 for the answers up to each long-term review, which is the last of each."""


class Verdict(NamedTuple):
    """Whether fitted weights are better.

    Attributes:
        reviews: long-term reviews of the log.
        tested: how many of them were foretold.
        before: log loss of those with the default weights.
        after: log loss with weights fitted to earlier answers alone.
        error: standard error of the difference between the two.
        weights: fitted to all answers, and blended.
    """

    reviews: int
    tested: int
    before: float
    after: float
    error: float
    weights: tuple[float, ...]

    @property
    def helps(self) -> bool:
        """Whether the gain is more than its standard error."""
        return self.before - self.after > self.error


def judge(histories: Mapping[str, Iterable[Outline]], fit: Fit) -> Verdict | None:
    """Fit weights, and judge them on answers that the fit had not seen.

    Args:
        histories: the standing events of each card, as `nnquiz.study.replay.histories` has them.
        fit: what fits.

    Returns:
        The verdict, or None where there are fewer than `LEAST_REVIEWS` long-term reviews or all
        are of one day.

    Raises:
        NnquizError: the fit gave what cannot be weights.
    """
    histories = {card: list(history) for card, history in histories.items()}
    trials = find_trials(histories)
    if len(trials) < LEAST_REVIEWS:
        return None
    reviews = _reviews(histories)
    cuts = sorted({trials[len(trials) * part // _PARTS].day for part in range(1, _PARTS)})
    cuts = [cut for cut in cuts if cut > trials[0].day]
    if not cuts:
        return None
    gains: list[NDArray[np.float64]] = []
    before: list[NDArray[np.float64]] = []
    for cut, end in zip(cuts, [*cuts[1:], math.inf], strict=True):
        weights = _blended(fit, [answers for day, answers in reviews if day < cut])
        usual = _losses([one for one in trials if cut <= one.day < end], DEFAULT_WEIGHTS)
        tuned = [one for one in find_trials(histories, weights) if cut <= one.day < end]
        before.append(usual)
        gains.append(usual - _losses(tuned, weights))
    gain, loss = np.concatenate(gains), np.concatenate(before)
    return Verdict(
        reviews=len(trials),
        tested=gain.size,
        before=float(loss.mean()),
        after=float(loss.mean() - gain.mean()),
        error=float(gain.std(ddof=1) / math.sqrt(gain.size)),
        weights=_blended(fit, [answers for _, answers in reviews]),
    )


def blend(fitted: Sequence[float], reviews: int) -> tuple[float, ...]:
    """Return weights between the default ones and those fitted to some long-term reviews.

    >>> blend([2 * w for w in DEFAULT_WEIGHTS], 1000) == tuple(1.5 * w for w in DEFAULT_WEIGHTS)
    True
    """
    share = reviews / (reviews + _GUESS)
    pairs = zip(DEFAULT_WEIGHTS, fitted, strict=True)
    return tuple(usual + share * (own - usual) for usual, own in pairs)


def _blended(fit: Fit, reviews: Sequence[Answers]) -> tuple[float, ...]:
    fitted = fit(reviews)
    if not are_allowed(fitted):
        message = "the fit gave no weights that the memory model can have"
        raise NnquizError(message, "nothing was changed")
    return blend(fitted, len(reviews))


def _reviews(histories: Mapping[str, Iterable[Outline]]) -> list[tuple[int, Answers]]:
    """Return the answers up to each long-term review, with its study day."""
    found: list[tuple[int, Answers]] = []
    for history in histories.values():
        answers: list[tuple[int, int]] = []
        last = 0
        for event in history:
            if event.kind == FORGET:
                answers = []
            if event.kind != REVIEW or event.grade is None:
                continue
            gap = max(0, event.day - last) if answers else 0
            answers.append((event.grade, gap))
            last = event.day
            if gap:
                found.append((event.day, tuple(answers)))
    return found


def _losses(trials: Sequence[Trial], weights: Sequence[float]) -> NDArray[np.float64]:
    chances = [retrievability(one.elapsed, one.stability, weights) for one in trials]
    truth = [float(one.recalled) for one in trials]
    return losses(np.array(chances), np.array(truth))
