"""What a plan is made from: the cards that count, and the time of each day."""

from nnquiz.model.card import Card
from nnquiz.model.event import GOOD
from nnquiz.model.goal import Goal
from nnquiz.model.listing import QuestionLine
from nnquiz.model.state import CardState
from nnquiz.study.campaign import Campaign, gather

TODAY = 739_960  # a Thursday
SOON = Goal(TODAY + 4)
LINES = [
    QuestionLine("b", 1, "one", "", "", "first", "core", (), {}),
    QuestionLine("b", 2, "two", "", "", "second", "advanced", (), {}),
]
CARDS = [
    Card("b/one/a", "b/one", "cloze", "fact", ""),
    Card("b/one/b", "b/one", "cloze", "fact", ""),
    Card("b/two/c", "b/two", "explain", "", ""),
]


def campaign_of(*states: CardState, goal: Goal = SOON, spent: float = 0.0) -> Campaign:
    """Return the campaign of the cards above."""
    known = {state.card: state for state in states}
    return gather(CARDS, LINES, known, goal, day=TODAY, spent=spent)


def answered(card: str, day: int, **others: bool | int) -> CardState:
    """Return the state of a card that was answered on a day."""
    return CardState(card, 5.0, 5.0, day, day + 5, GOOD, 1, **others)  # type: ignore[arg-type]


def test_what_is_suspended_or_weighs_nothing_does_not_count() -> None:
    """The others keep their order, each with its importance and its topic."""
    campaign = campaign_of(answered("b/one/b", TODAY - 3, suspended=True))
    assert [card.id for card in campaign.cards] == ["b/one/a", "b/two/c"]
    assert campaign.weights == (2, 1)
    assert campaign.topics == ("first", "second")
    campaign = campaign_of(goal=Goal(TODAY + 4, weights={"first": 0}))
    assert [card.id for card in campaign.cards] == ["b/two/c"]


def test_what_today_has_had_is_taken_off_its_time() -> None:
    """Never below nothing, and no other day pays for it."""
    goal = Goal(TODAY + 4, minutes=(10,) * 5 + (30, 10), off=frozenset({TODAY + 3}))
    assert campaign_of(goal=goal, spent=200).budgets() == [400, 600, 1800, 0]
    assert campaign_of(goal=goal, spent=900).budgets(2) == [300, 1200, 3600, 0]
    assert campaign_of(goal=goal, spent=9000).budgets()[0] == 0
    assert campaign_of(goal=Goal(TODAY)).budgets() == []


def test_buried_cards_and_variants_of_what_was_met_wait_until_tomorrow() -> None:
    """Both count for the plan all the same."""
    campaign = campaign_of(
        answered("b/one/a", TODAY), answered("b/two/c", TODAY - 2, buried_on=TODAY)
    )
    assert len(campaign.cards) == 3
    assert [campaign.may_be_asked(card) for card in campaign.cards] == [True, False, False]
