"""All that a plan is made from: the cards that count, how they stand, and the time until the day.

Nothing here needs numpy, so that the first card of a planned drill need not wait for it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nnquiz.model.card import Card
from nnquiz.model.goal import Goal
from nnquiz.model.listing import QuestionLine
from nnquiz.model.state import CardState
from nnquiz.study.importance import importances
from nnquiz.study.queue import is_set_aside


class Campaign(NamedTuple):
    """What there is to study on a day, and until when.

    Attributes:
        cards: that count, in the order in which new ones are begun.
        weights: the importance of each, above 0.
        topics: the topic of each.
        states: card id to state.
        goal: the interview, and the time until then.
        day: today, as an ordinal.
        spent: seconds of study that today has had already.
        met: groups of which a card was answered today, each with that card's id.
    """

    cards: tuple[Card, ...]
    weights: tuple[float, ...]
    topics: tuple[str, ...]
    states: Mapping[str, CardState]
    goal: Goal
    day: int
    spent: float
    met: Mapping[str, str] = {}

    @property
    def days(self) -> int:
        """Days until the interview; 0 or less where it is today or over."""
        return self.goal.interview - self.day

    @property
    def studied(self) -> int:
        """Days since the first answer ever; 0 where there was none."""
        begun = [state.first_day for state in self.states.values() if state.first_day is not None]
        return self.day - min(begun, default=self.day)

    def budgets(self, factor: float = 1.0) -> list[float]:
        """Return the seconds of today and each day to come, or `factor` times as many."""
        days = [factor * self.goal.seconds(self.day + at) for at in range(self.days)]
        if days:
            days[0] = max(0.0, days[0] - self.spent)
        return days

    def may_be_asked(self, card: Card) -> bool:
        """Say whether a card is not buried today, and no variant of it was answered today."""
        state = self.states.get(card.id)
        alone = not card.group or self.met.get(card.group, card.id) == card.id
        return alone and (state is None or not is_set_aside(state, self.day))


def gather(
    cards: Iterable[Card],
    lines: Iterable[QuestionLine],
    states: Mapping[str, CardState],
    goal: Goal,
    *,
    day: int,
    spent: float,
) -> Campaign:
    """Return the campaign of the cards that count: none that is suspended or weighs nothing.

    Args:
        cards: in the order in which new ones are begun.
        lines: their questions.
        states: card id to state; a card without one is new.
        goal: the interview, and the time until then.
        day: today, as an ordinal.
        spent: seconds of study that today has had already.
    """
    cards, lines = list(cards), list(lines)
    topics = {f"{line.bank}/{line.id}": line.topic for line in lines}
    counted = [
        (card, weight)
        for card, weight in zip(cards, importances(cards, lines, goal.weights), strict=True)
        if weight > 0 and not ((state := states.get(card.id)) and state.suspended)
    ]
    answered = {id_ for id_, state in states.items() if state.day == day}
    return Campaign(
        met={card.group: card.id for card in cards if card.group and card.id in answered},
        cards=tuple(card for card, _ in counted),
        weights=tuple(weight for _, weight in counted),
        topics=tuple(topics[card.question] for card, _ in counted),
        states=states,
        goal=goal,
        day=day,
        spent=spent,
    )
