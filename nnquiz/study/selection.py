"""Which cards a drill asks: what is waiting, or what somebody chose instead.

More than the day's minutes hold is not asked at once. After days away that would be hundreds of
cards, and people who meet those give up; so the most important and weakest come, and the others
wait where they are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from nnquiz.model.card import Card
from nnquiz.model.settings import Settings
from nnquiz.model.state import CardState
from nnquiz.study.agenda import WEIGHED, Agenda, Day, Shelf, make_agenda, new_cards
from nnquiz.study.importance import ADVANCED, CORE
from nnquiz.study.queue import Waiting, is_set_aside, line_up, recall

ANY_TIME = 36500  # days ahead: all that was ever begun

_A_LITTLE_MORE = 1.25  # times the minutes: so much is not worth being put off
_NO_TIME_LEFT = 60.0  # seconds: who drills on with less than this wants another helping

States = Callable[[Sequence[str]], Mapping[str, CardState]]


class Wish(NamedTuple):
    """What somebody asked for.

    Attributes:
        named: questions were named: their cards are asked whether due or not.
        weak: begun cards, due or not, the weakest first.
        failed: what was graded Again today.
        cram: everything, and the schedule stays as it is.
        minutes: for so long, with what is weakest once nothing is waiting.
        limit: at most so many different cards.
        new: begin up to so many new cards.
        ahead: days by which a card may be early.
        seed: ask in an order drawn from this.
    """

    named: bool = False
    weak: bool = False
    failed: bool = False
    cram: bool = False
    minutes: int | None = None
    limit: int | None = None
    new: int | None = None
    ahead: int = 0
    seed: int | None = None

    @property
    def follows_plan(self) -> bool:
        """Whether the cards are those of a plan, where there is one, and not some of one's own."""
        chosen = self.named or self.weak or self.failed or self.cram or self.ahead
        return not chosen and self.new is None and self.seed is None


class Selection(NamedTuple):
    """What a drill asks.

    Attributes:
        order: the cards in the order of asking.
        agenda: all that is waiting, where the cards are chosen from that.
        tonight: how many cards of those are asked now, where that is not all.
        helping: whether the day's minutes had been used up, and these are more.
    """

    order: list[Card]
    agenda: Agenda | None = None
    tonight: int | None = None
    helping: bool = False


def select(
    wish: Wish,
    shelf: Shelf,
    day: Day,
    *,
    states: States,
    settings: Settings,
) -> Selection:
    """Return the cards that a drill asks.

    Args:
        wish: what somebody asked for.
        shelf: the cards to choose from.
        day: what the log knows of the study day.
        states: returns the states of the cards of some ids.
        settings: minutes and new cards a day, desired retention.
    """
    new, ahead = (10**9, ANY_TIME) if wish.named else (wish.new, wish.ahead)
    minutes = wish.minutes or settings.minutes
    agenda = make_agenda(shelf, day, settings._replace(minutes=minutes), new=new, ahead=ahead)
    if wish.failed:
        chosen = Selection(_standing(shelf.pick(day.failed()), states, day.ordinal))
    elif wish.weak or wish.cram:
        chosen = Selection(_by_weakness(wish, shelf, day, _room(wish, agenda, settings)))
    elif wish.named:
        chosen = Selection(line_up(agenda.waiting), agenda)
    else:
        chosen = _waiting(wish, shelf, day, agenda, states=states, settings=settings)
    order = chosen.order
    if wish.seed is not None:
        from random import Random

        Random(wish.seed).shuffle(order)  # noqa: S311 -- an order, not a secret
    return chosen._replace(order=order[: wish.limit])


def most_important(
    agenda: Agenda,
    seconds: float,
    recalls: Mapping[str, float],
    advanced: Iterable[str],
) -> Waiting:
    """Return what of the waiting cards fits into a time; all of it where that is about all.

    Cards left at Again come first. The rest of the time is shared between due and new cards as
    they are waiting, for reviews alone, or new cards alone, recall less on the day of an
    interview. Of the due ones those are taken whose weight times the chance of having forgotten
    them is the highest.

    Args:
        agenda: what is waiting.
        seconds: the time.
        recalls: the probability of recalling a due card, by its id; those without one wait.
        advanced: questions that weigh half as much as those of the core.
    """
    waiting, pace = agenda.waiting, agenda.pace
    if agenda.seconds <= seconds * _A_LITTLE_MORE:
        return waiting
    again = waiting.again[: max(1, int(seconds / pace.review))]
    due = agenda.reviews - len(waiting.again)
    left = seconds - pace.seconds(len(again), 0)
    share = max(0.0, left / max(1.0, pace.seconds(due, len(waiting.new))))
    lesser = set(advanced)

    def loss(card: Card) -> float:
        weight = ADVANCED if card.question in lesser else CORE
        return weight * (1 - recalls[card.id])

    known = [card for card in waiting.due if card.id in recalls]
    dearest = sorted(known, key=loss, reverse=True)[: round(share * due)]
    dearest.sort(key=lambda card: (recalls[card.id], card.id))
    return Waiting(again, tuple(dearest), waiting.new[: round(share * len(waiting.new))])


def _waiting(
    wish: Wish,
    shelf: Shelf,
    day: Day,
    agenda: Agenda,
    *,
    states: States,
    settings: Settings,
) -> Selection:
    """Return what of the waiting cards the day's minutes hold, or for given minutes more."""
    seconds, helping = 60.0 * (wish.minutes or settings.minutes), False
    if wish.minutes is None and agenda.seconds > seconds * _A_LITTLE_MORE:
        left = seconds - day.seconds()
        helping = left < _NO_TIME_LEFT
        seconds = seconds if helping else left
    tonight = agenda.waiting
    if agenda.seconds > seconds * _A_LITTLE_MORE:
        few = int(WEIGHED * seconds / agenda.pace.review)
        ids = [card.id for card in agenda.waiting.due[:few]]
        found = states(ids)
        recalls = {id_: recall(found[id_], day.ordinal) for id_ in ids}
        tonight = most_important(agenda, seconds, recalls, shelf.advanced(ids))
    order = line_up(tonight)
    asked = len(order)
    if wish.minutes is not None:
        order += _others(order, line_up(agenda.waiting))
        order += _others(order, shelf.pick(day.weakest(len(order) + _room(wish, agenda, settings))))
    whole = asked == agenda.reviews + len(agenda.waiting.new)
    return Selection(order, agenda, None if whole else asked, helping)


def _room(wish: Wish, agenda: Agenda, settings: Settings) -> int:
    """Return how many cards seen before the minutes hold, rather more than fewer."""
    minutes = wish.minutes or settings.minutes
    return wish.limit or 1 + int(60 * minutes / agenda.pace.review)


def _by_weakness(wish: Wish, shelf: Shelf, day: Day, room: int) -> list[Card]:
    """Return begun cards, the weakest first, and to cram also those never seen."""
    chosen = shelf.narrow or wish.named  # then all of them are meant
    cards = shelf.pick(day.weakest(None if chosen else room))
    unseen = new_cards(shelf, day) if wish.cram else iter(())
    return list(islice(chain(cards, unseen), None if chosen else room))


def _standing(cards: Sequence[Card], states: States, today: int) -> list[Card]:
    """Return the cards that are not set aside."""
    found = states([card.id for card in cards])
    return [card for card in cards if not is_set_aside(found[card.id], today)]


def _others(order: Iterable[Card], cards: Iterable[Card]) -> list[Card]:
    """Return those of `cards` that are not in `order`."""
    known = {card.id for card in order}
    return [card for card in cards if card.id not in known]
