"""What time it is, and which study day: the only place that asks the system's clock."""

import time

from nnquiz.model.moment import Moment

__all__ = ["Moment", "now", "study_day"]

_ORDINAL_1970 = 719163  # datetime.date(1970, 1, 1).toordinal()
_DAY_MINUTES = 24 * 60


def study_day(clock: int, offset: int, rollover: int) -> int:
    """Return the ordinal of the study day of a UTC time in ms, for an offset in minutes.

    >>> import datetime
    >>> just_before_four = 1_700_000_000_000 // 86_400_000 * 86_400_000 + 3 * 3_600_000
    >>> datetime.date.fromordinal(study_day(just_before_four, 0, rollover=4)).isoformat()
    '2023-11-13'
    """
    minutes = clock // 60_000 + offset - rollover * 60
    return _ORDINAL_1970 + minutes // _DAY_MINUTES


def now(rollover: int) -> Moment:
    """Read the clock and the local offset of this very moment."""
    clock = time.time_ns() // 1_000_000
    offset = (time.localtime(clock // 1000).tm_gmtoff or 0) // 60
    return Moment(clock, offset, study_day(clock, offset, rollover))
