"""A simulated candidate plays the real program, by the clock that it is given."""

from benchmarks.candidate import FIRST_DAY, PEOPLE, play, table


def test_two_days_are_played_by_a_clock_of_their_own() -> None:
    """The days follow each other, are filled, and what was said of stopping is what happens."""
    first, second = (course := play(PEOPLE["matched"], 2, "10", seed=1, interrupt=2)).days
    assert [first.day, second.day] == [FIRST_DAY.toordinal(), FIRST_DAY.toordinal() + 1]
    for day in course.days:
        assert day.planned == 600
        assert 570 < day.seconds < 600 + 60
        assert 0 < day.new <= day.answers
    assert first.stop == (0, 0, 0)
    assert first.stopped == 0
    assert second.stop[1] <= second.stopped <= second.stop[2]
    assert course.end > second.stopped > 0
    assert f"recalled on the day of the interview: {100 * course.end:.1f} %" in table(course)[-1]


def test_who_knows_cards_before_has_them_counted() -> None:
    """What was known and never asked is recalled on the day, and nothing else that was not."""
    course = play(PEOPLE["versed"], 1, "2", seed=1)
    assert course.days[0].stopped > 0.2
    assert course.end > course.days[0].stopped
