"""A card that is forgotten time and again is set aside, and again when it does not get better."""

from nnquiz.model.state import CardState
from nnquiz.study.leech import LAPSES, becomes_leech


def test_the_sixth_lapse_and_every_third_after_it() -> None:
    """Six lapses make a leech; taken back, it becomes one again at nine and at twelve."""
    made = [
        lapses
        for lapses in range(1, 14)
        if becomes_leech(CardState("c", lapses=lapses - 1), CardState("c", lapses=lapses))
    ]
    assert made == [LAPSES, 9, 12] == [6, 9, 12]


def test_no_other_answer_makes_one() -> None:
    """A card with six lapses that is recalled, or repeated on the same day, stays."""
    state = CardState("c", lapses=LAPSES)
    assert not becomes_leech(state, state)
