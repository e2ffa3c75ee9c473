"""What a study day holds: how much is waiting, how long it takes, and when more is."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import NamedTuple, Protocol

from nnquiz.model.card import Card
from nnquiz.model.settings import Settings
from nnquiz.study.pace import Pace, measure
from nnquiz.study.queue import Waiting

_RECENT = 300  # records among which the newest answers show the present pace
WEIGHED = 3  # times as many due cards as fit are weighed against each other
_CHUNKS = (50, 400)  # cards looked up at a time: at first, and then
_WORTH_REMEMBERING = 2000  # begun cards that a start had to pass before it came to a new one


class Shelf(Protocol):
    """The cards to choose from; `nnquiz.bank.shelf.Shelf` is one.

    Attributes:
        narrow: whether something was chosen, so that not every card is here.
        order: the name of the order of introduction where that was worked out beforehand; else
            empty.
    """

    narrow: bool
    order: str

    def cards(self) -> list[Card]:
        """Return all of them."""

    def pick(self, ids: Sequence[str]) -> list[Card]:
        """Return those of these ids, in their order."""

    def introduced(self, start: int = 0) -> Iterator[Card]:
        """Yield them from a rank on, in the order in which new ones are begun."""

    def families(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the groups of those of these cards that have one, chosen or not."""

    def advanced(self, ids: Sequence[str]) -> set[str]:
        """Return the questions of these cards that are advanced."""


class Day(Protocol):
    """What the log knows of a study day; `nnquiz.history.today.Today` is one.

    Attributes:
        ordinal: the study day.
    """

    ordinal: int

    def again(self) -> list[str]:
        """Return the cards left at Again, the weakest first."""

    def due(self, ahead: int = 0, limit: int | None = None) -> list[str]:
        """Return the other cards that are due, the weakest first."""

    def count_due(self, ahead: int = 0) -> int:
        """Return how many those are."""

    def upcoming(self) -> Iterator[tuple[str, int]]:
        """Yield the cards that are due after the day with that day, the earliest first."""

    def buried(self) -> list[str]:
        """Return the begun cards that are set aside for the day alone."""

    def weakest(self, limit: int | None = None) -> list[str]:
        """Return the cards that were ever begun, due or not, the weakest first."""

    def met(self) -> set[str]:
        """Return the cards that were reviewed on the day."""

    def begun(self) -> int:
        """Return how many cards had their first review on the day."""

    def new(self, cards: Sequence[str]) -> list[str]:
        """Return those of `cards` that were never reviewed and are not set aside."""

    def count_begun(self, cards: Sequence[str]) -> int:
        """Return how many of `cards` were ever reviewed."""

    def introduced(self, banks: str) -> int:
        """Return the rank before which all cards in the order of this name are known as begun."""

    def remember_introduced(self, banks: str, rank: int) -> None:
        """Remember that rank for the next start."""

    def recent(self, count: int) -> list[float]:
        """Return the seconds of the answers among the last `count` records, of any day."""

    def failed(self) -> list[str]:
        """Return the cards of which a standing answer of the day was Again."""

    def seconds(self) -> float:
        """Return how long was answered on the day."""


class Agenda(NamedTuple):
    """What is waiting on a study day.

    Attributes:
        waiting: the cards, in order; of the due ones the weakest, three times as many as the
            day's minutes hold, and of the new ones (`nnquiz.study.introduction`) at most the
            day's allowance.
        reviews: how many cards are due in all, those left at Again among them.
        pace: how fast this person answers.
    """

    waiting: Waiting
    reviews: int
    pace: Pace

    @property
    def seconds(self) -> float:
        """How long all of it takes."""
        return self.pace.seconds(self.reviews, len(self.waiting.new))

    @property
    def empty(self) -> bool:
        """Whether nothing is waiting."""
        return not self.waiting.reviews and not self.waiting.new


class Outlook(NamedTuple):
    """When there is more.

    Attributes:
        held_back: new cards that the day's allowance leaves for other days.
        next_due: the study day after today on which a card that was begun is due.
        next_day: the study day after today on which anything waits, new cards among it.
    """

    held_back: int
    next_due: int | None
    next_day: int | None


def make_agenda(
    shelf: Shelf,
    day: Day,
    settings: Settings,
    *,
    new: int | None = None,
    ahead: int = 0,
) -> Agenda:
    """Return what is waiting on a day among the cards of a shelf.

    Args:
        shelf: the candidates.
        day: what the log knows of the day.
        settings: minutes and new cards a day, desired retention.
        new: how many new cards may be begun now, whatever was begun today already; None for what
            the day's allowance leaves.
        ahead: days by which a card may be early.
    """
    met = day.met()
    taken = {family: card for card, family in shelf.families(sorted(met)).items()}
    again = shelf.pick(day.again())
    pace = measure(day.recent(_RECENT), settings.retention)
    limit = None if shelf.narrow else 1 + int(WEIGHED * 60 * settings.minutes / pace.review)
    ids = day.due(ahead, limit)
    due = shelf.pick(ids)
    beyond = day.count_due(ahead) - len(ids) if limit is not None and len(ids) == limit else 0
    allowance = max(0, settings.new_cards - day.begun() if new is None else new)
    waiting = Waiting(
        again=tuple(_one_a_group(again, taken)),
        due=tuple(_one_a_group(due, taken)),
        new=tuple(islice(_one_a_group(new_cards(shelf, day), taken), allowance)),
    )
    return Agenda(waiting, waiting.reviews + beyond, pace)


def look_ahead(shelf: Shelf, day: Day, settings: Settings, agenda: Agenda) -> Outlook:
    """Return when there is more, for a day on which nothing is left.

    Args:
        shelf: the candidates.
        day: what the log knows of the day.
        settings: new cards a day.
        agenda: what is waiting on the day.
    """
    tomorrow = day.ordinal + 1
    held_back = sum(1 for _ in new_cards(shelf, day)) - len(agenda.waiting.new)
    next_due = tomorrow if shelf.pick(day.buried()) else _first_upcoming(shelf, day)
    more = held_back and settings.new_cards
    return Outlook(held_back, next_due, tomorrow if more else next_due)


def new_cards(shelf: Shelf, day: Day) -> Iterator[Card]:
    """Yield the cards that can be begun, in their order; the first ones cost little.

    How many begun cards come before them is remembered, so that the next start need not look at
    all of those again.
    """
    known = start = day.introduced(shelf.order) if shelf.order else 0
    cards = shelf.introduced(start)
    begun = bool(shelf.order)  # whether all cards so far are
    sizes = chain(_CHUNKS[:1], repeat(_CHUNKS[1]))
    while chunk := list(islice(cards, next(sizes))):
        ids = [card.id for card in chunk]
        new = set(day.new(ids))
        begun = begun and not new and day.count_begun(ids) == len(ids)
        if begun:
            start += len(ids)
        elif start - known >= _WORTH_REMEMBERING:
            day.remember_introduced(shelf.order, start)
            known = start
        yield from (card for card in chunk if card.id in new)
    if start - known >= _WORTH_REMEMBERING:
        day.remember_introduced(shelf.order, start)


def _first_upcoming(shelf: Shelf, day: Day) -> int | None:
    """Return the first day after this one on which a card of the shelf is due."""
    upcoming = day.upcoming()
    while chunk := dict(islice(upcoming, _CHUNKS[1])):
        found = shelf.pick(list(chunk))
        if found:
            return chunk[found[0].id]
    return None


def _one_a_group(cards: Iterable[Card], taken: dict[str, str]) -> Iterator[Card]:
    """Yield the cards whose group has no other card today, and enter them in `taken`."""
    for card in cards:
        if not card.group or taken.setdefault(card.group, card.id) == card.id:
            yield card
