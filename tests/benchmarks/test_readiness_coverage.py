"""The benchmark of `nnquiz ready` runs, and measures what it says."""

from benchmarks.readiness import measure


def test_the_interval_holds_most_of_what_happens() -> None:
    """A dozen matched learners find their share in the interval about four times out of five."""
    covered = measure("matched", people=12, seed=1)
    assert set(covered) == {"first", "early", "middle", "late"}
    for forecasts in covered.values():
        assert 0.6 <= sum(one.held for one in forecasts) / len(forecasts) <= 0.97


def test_a_far_off_memory_is_found_out_in_time() -> None:
    """Somebody who forgets four times as fast is believed to remember more, and less so later."""
    covered = measure("fast", people=6, seed=1)
    errors = {when: sum(one.error for one in all_of) / 6 for when, all_of in covered.items()}
    assert errors["middle"] > errors["late"] > 0
