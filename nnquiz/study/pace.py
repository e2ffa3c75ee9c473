"""How long an answer takes: the person's own seconds, leaning on a guess while there are few."""

from collections.abc import Sequence
from typing import NamedTuple

# Guesses in seconds until there are answers, and how many answers each guess weighs as much as.
_AGAIN, _RECALLED, _NEW = 25.0, 12.0, 30.0
_GUESS_WEIGHT = 10

LONGEST_ANSWER = 120.0  # longer than this, somebody had left the room


class Pace(NamedTuple):
    """Seconds that a card takes on average: one seen before, and a new one."""

    review: float
    new: float

    def seconds(self, reviews: int, new: int) -> float:
        """Return how long that many cards take."""
        return reviews * self.review + new * self.new


def measure(recent: Sequence[float], retention: float) -> Pace:
    """Return the pace that recent answers show.

    Each mean is (10 guesses + the sum of min(seconds, 120)) / (10 + n). The guess is 30 s for a
    new card and, for one seen before, 12 s where it is recalled and 25 s where it is not, mixed
    by the desired retention. It is not known whether a card was new, so all answers count as
    reviews, and a new card is expected to take 30 s or as long as a review, if that is longer.

    Args:
        recent: seconds that recent answers took.
        retention: desired retention, the share of reviews that are expected to be recalled.
    """
    taken = sum(min(seconds, LONGEST_ANSWER) for seconds in recent)
    guess = retention * _RECALLED + (1 - retention) * _AGAIN
    review = (_GUESS_WEIGHT * guess + taken) / (_GUESS_WEIGHT + len(recent))
    return Pace(review=review, new=max(_NEW, review))
