"""Values on a grid against answers worked out one by one."""

import numpy as np
import pytest

from nnquiz.study import memory
from nnquiz.study.learner import Learner
from nnquiz.study.value import (
    DIFFICULTIES,
    STABILITIES,
    Grid,
    classes,
    look_up,
    place,
    tables,
)

LEARNER = Learner()


def gain_of_a_last_review(stability: float, difficulty: float, elapsed: int, left: int) -> float:
    """Return the gain in recall for a second, computed with the scalar model."""
    recall = memory.retrievability(elapsed, stability)
    shares = (1 - recall, *(recall * share for share in LEARNER.recalled_grades))
    after = sum(
        share
        * memory.retrievability(
            left,
            memory.next_memory(memory.Memory(stability, difficulty), grade, elapsed).stability,
        )
        for grade, share in zip((1, 2, 3, 4), shares, strict=True)
    )
    seconds = recall * LEARNER.seconds.recalled + (1 - recall) * LEARNER.seconds.again
    return (after - memory.retrievability(elapsed + left, stability)) / seconds


@pytest.mark.parametrize("left", [1, 5, 20])
@pytest.mark.parametrize("elapsed", [1, 3, 12])
def test_greedy_priorities_are_the_gains_of_a_last_review(left: int, elapsed: int) -> None:
    """Where the future has no room, the table agrees with the scalar model between its points."""
    grid = Grid(left, 30, LEARNER)
    greedy = tables(
        grid, np.full(left, np.inf), np.arange(left) == 0, np.array([1.0]), np.array([0.0])
    )
    for stability in (0.5, 2.3, 9.0, 80.0):
        for difficulty in (1.7, 5.0, 9.2):
            at = place(np.array([stability]), np.array([difficulty]))
            row = int(grid.nearest[elapsed])
            found = look_up(greedy.review[0].reshape(-1), row, at)[0]
            expected = gain_of_a_last_review(stability, difficulty, elapsed, left)
            assert found == pytest.approx(expected, rel=0.05, abs=2e-4)


def test_beginning_a_card_is_worth_its_first_grades() -> None:
    """On the last evening a new card brings the recall of tomorrow, by first grade."""
    grid = Grid(1, 0, LEARNER)
    found = tables(grid, np.array([0.0]), np.array([True]), np.array([1.0]), np.array([0.0, 0.3]))
    expected = sum(
        share * memory.retrievability(1, memory.first(grade).stability)
        for grade, share in zip((1, 2, 3, 4), LEARNER.first_grades, strict=True)
    )
    assert found.begin[0, 0] * 30 == pytest.approx([expected, expected - 0.3], rel=0.01)


def test_a_dearer_second_lowers_no_priority_of_the_last_day() -> None:
    """Prices of the days to come change what today is worth; the last day has none to come."""
    grid = Grid(4, 10, LEARNER)
    cheap, dear = (
        tables(grid, np.full(4, price), np.ones(4, bool), np.array([1.0]), np.array([0.0]))
        for price in (1e-6, 1e-2)
    )
    rows = grid.reached(3)
    assert np.array_equal(cheap.review[3, 0, :rows], dear.review[3, 0, :rows])
    assert not np.array_equal(cheap.review[0], dear.review[0])


def test_a_day_without_time_has_no_priorities() -> None:
    """The tables of a day off stay at -1."""
    grid = Grid(3, 0, LEARNER)
    studied = np.array([True, False, True])
    found = tables(grid, np.full(3, 1e-3), studied, np.array([1.0]), np.array([0.0]))
    assert (found.review[1] == -1).all()
    assert (found.begin[1] == -1).all()


def test_points_of_the_grid_are_found_where_they_are() -> None:
    """Looking up a point gives its value, and the middle of two the mean; edges hold outside."""
    table = np.arange(DIFFICULTIES.size * STABILITIES.size, dtype=float)
    at = place(STABILITIES[[0, 7, 35]], DIFFICULTIES[[0, 3, 6]])
    assert look_up(table, 0, at) == pytest.approx([0, 3 * 36 + 7, 6 * 36 + 35])
    middle = place(np.sqrt(STABILITIES[[7]] * STABILITIES[[8]]), np.array([1.0]))
    assert look_up(table, 0, middle) == pytest.approx([7.5])
    outside = place(np.array([1e-3, 36500.0]), np.array([1.0, 10.0]))
    assert look_up(table, 0, outside) == pytest.approx([0, table[-1]])


def test_up_to_four_ratios_have_classes_of_their_own() -> None:
    """More of them share five, each card in the nearest."""
    ratios, which = classes(np.array([2.0, 1.0, 2.0, 0.5]))
    assert ratios.tolist() == [0.5, 1, 2]
    assert which.tolist() == [2, 1, 2, 0]
    ratios, which = classes(np.array([1.0, 2.0, 3.0, 9.0, 16.0, 15.0]))
    assert ratios == pytest.approx([1, 2, 4, 8, 16])
    assert which.tolist() == [0, 1, 2, 3, 4, 4]
