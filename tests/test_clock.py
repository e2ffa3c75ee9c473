"""Study days begin at the rollover hour of local time, wherever that is."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from nnquiz.clock import now, study_day

CLOCKS = st.integers(0, 4_000_000_000_000)
OFFSETS = st.integers(-14 * 60, 14 * 60)


@given(CLOCKS, OFFSETS, st.integers(0, 23))
def test_a_study_day_is_the_date_of_local_time_minus_the_rollover(
    clock: int, offset: int, rollover: int
) -> None:
    """The arithmetic agrees with the calendar of the standard library."""
    utc = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=clock)
    local = utc + datetime.timedelta(minutes=offset) - datetime.timedelta(hours=rollover)
    assert study_day(clock, offset, rollover) == local.date().toordinal()


def test_now_is_this_very_moment() -> None:
    """The clock is read in ms and with the offset in force here."""
    moment = now(rollover=0)
    here = datetime.datetime.now().astimezone()
    assert abs(moment.clock - here.timestamp() * 1000) < 60_000
    assert moment.offset == (here.utcoffset() or datetime.timedelta()).total_seconds() // 60
    assert abs(moment.day - here.date().toordinal()) <= 1
