"""A reading of the clock, as the log records it."""

from typing import NamedTuple


class Moment(NamedTuple):
    """A reading of the clock.

    Attributes:
        clock: UTC, ms since 1970.
        offset: minutes that local time is ahead of UTC.
        day: study day, as the ordinal of its date: local time minus the rollover hour.
    """

    clock: int
    offset: int
    day: int
