"""An interview to study for: its date, the time there is until then, and what matters most."""

from collections.abc import Mapping
from typing import NamedTuple

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL_MINUTES = 20.0


class Goal(NamedTuple):
    """What a plan is made for.

    Attributes:
        interview: the day of the interview, as the ordinal of its date.
        minutes: minutes of study on Monday to Sunday, (7,).
        off: days without study, as ordinals.
        weights: importance by topic, tag or `bank/question`; 1 for what is not named, 0 leaves out.
    """

    interview: int
    minutes: tuple[float, ...] = (USUAL_MINUTES,) * len(WEEKDAYS)
    off: frozenset[int] = frozenset()
    weights: Mapping[str, float] = {}

    def seconds(self, day: int) -> float:
        """Return the seconds of study on a day, an ordinal; none from the interview on.

        >>> goal = Goal(interview=739_967, off=frozenset({739_960}))
        >>> goal.seconds(739_959), goal.seconds(739_960), goal.seconds(739_967)
        (1200.0, 0.0, 0.0)
        """
        if day >= self.interview or day in self.off:
            return 0.0
        # The ordinal 1 is a Monday.
        return 60.0 * self.minutes[(day - 1) % len(WEEKDAYS)]
