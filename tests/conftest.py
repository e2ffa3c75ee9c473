"""A shelf of cards and a study day in memory: what the index and the log have to answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pytest

from nnquiz.model.card import Card
from nnquiz.model.settings import Settings
from nnquiz.model.state import CardState
from nnquiz.study.agenda import make_agenda
from nnquiz.study.introduction import introduce
from nnquiz.study.queue import Waiting, is_set_aside, recall, waits_again


class CardsInMemory:
    """The plainest shelf: a list."""

    def __init__(self, cards: Iterable[Card], advanced: Iterable[str] = ()) -> None:
        self._cards = list(cards)
        self._advanced = set(advanced)
        self.narrow = False
        self.order = ""

    def cards(self) -> list[Card]:
        """Return the list."""
        return self._cards

    def pick(self, ids: Sequence[str]) -> list[Card]:
        """Look every id up."""
        known = {card.id: card for card in self._cards}
        return [known[name] for name in ids if name in known]

    def introduced(self, start: int = 0) -> Iterator[Card]:
        """Put all of them in order."""
        yield from introduce(self._cards)[start:]

    def families(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the groups."""
        return {card.id: card.group for card in self.pick(ids) if card.group}

    def advanced(self, ids: Sequence[str]) -> set[str]:
        """Return the questions named as advanced."""
        return {card.question for card in self.pick(ids)} & self._advanced


class DayInMemory:
    """The plainest answer to every question about a day: look at every state."""

    def __init__(
        self,
        states: Mapping[str, CardState],
        ordinal: int,
        failed: Sequence[str] = (),
        seconds: float = 0.0,
    ) -> None:
        self._states = states
        self.ordinal = ordinal
        self._failed = list(failed)
        self._seconds = seconds
        self.remembered: dict[str, int] = {}

    def _weakest(self, wanted: Callable[[CardState], bool]) -> list[str]:
        found = [state for state in self._states.values() if state.due is not None]
        found = [s for s in found if wanted(s) and not is_set_aside(s, self.ordinal)]
        found.sort(key=lambda state: (recall(state, self.ordinal), state.card))
        return [state.card for state in found]

    def again(self) -> list[str]:
        """Return what waits again."""
        return self._weakest(waits_again)

    def due(self, ahead: int = 0, limit: int | None = None) -> list[str]:
        """Return what else is due."""
        last = self.ordinal + ahead
        return self._weakest(lambda s: not waits_again(s) and (s.due or 0) <= last)[:limit]

    def count_due(self, ahead: int = 0) -> int:
        """Count them."""
        return len(self.due(ahead))

    def upcoming(self) -> Iterator[tuple[str, int]]:
        """Yield what is due later."""
        found = [
            (state.due, state.card)
            for state in self._states.values()
            if state.due is not None and state.due > self.ordinal and not state.suspended
        ]
        yield from ((card, due) for due, card in sorted(found))

    def buried(self) -> list[str]:
        """Return what comes back tomorrow."""
        return [
            state.card
            for state in self._states.values()
            if is_set_aside(state, self.ordinal) and not state.suspended and state.due is not None
        ]

    def weakest(self, limit: int | None = None) -> list[str]:
        """Return all that were begun."""
        return self._weakest(lambda _: True)[:limit]

    def met(self) -> set[str]:
        """Return what was reviewed on the day."""
        return {state.card for state in self._states.values() if state.day == self.ordinal}

    def begun(self) -> int:
        """Count the first reviews of the day."""
        return sum(state.first_day == self.ordinal for state in self._states.values())

    def new(self, cards: Sequence[str]) -> list[str]:
        """Return what has no state that says otherwise."""
        states = [self._states.get(card) or CardState(card) for card in cards]
        new = [s for s in states if s.due is None and not is_set_aside(s, self.ordinal)]
        return [state.card for state in new]

    def count_begun(self, cards: Sequence[str]) -> int:
        """Count those that have been reviewed."""
        states = [self._states.get(card) or CardState(card) for card in cards]
        return sum(state.due is not None for state in states)

    def introduced(self, banks: str) -> int:
        """Return what was remembered."""
        return self.remembered.get(banks, 0)

    def remember_introduced(self, banks: str, rank: int) -> None:
        """Remember it."""
        self.remembered = {banks: rank}

    def recent(self, count: int) -> list[float]:
        """Return nothing: the pace is the guess."""
        del count
        return []

    def failed(self) -> list[str]:
        """Return what the test said."""
        return self._failed

    def seconds(self) -> float:
        """Return what the test said."""
        return self._seconds


@pytest.fixture(scope="session")
def shelf_of() -> type[CardsInMemory]:
    """Return what makes a shelf of cards."""
    return CardsInMemory


@pytest.fixture(scope="session")
def day_of() -> type[DayInMemory]:
    """Return what makes a day of states."""
    return DayInMemory


@pytest.fixture(scope="session")
def find_waiting() -> Callable[..., Waiting]:
    """Return what finds everything that waits among cards on a day."""

    def find(
        cards: Iterable[Card], states: Mapping[str, CardState], day: int, ahead: int = 0
    ) -> Waiting:
        shelf, today = CardsInMemory(cards), DayInMemory(states, day)
        return make_agenda(shelf, today, Settings(), new=10**9, ahead=ahead).waiting

    return find
