"""A drill that follows the plan for an interview: its cards, and the plan made beside the first."""

from collections.abc import Callable, Iterable, Sequence
from heapq import nsmallest
from threading import Event, Thread
from typing import TYPE_CHECKING

from nnquiz.cli.campaigns import read_campaign, read_learner
from nnquiz.cli.prices import load_prices, save_prices
from nnquiz.errors import NnquizError
from nnquiz.study.learner import Learner
from nnquiz.study.opening import greedy_worths
from nnquiz.study.planned_queue import PlannedQueue, Worth
from nnquiz.study.queue import waits_again

if TYPE_CHECKING:
    from nnquiz.bank.index import Index
    from nnquiz.bank.shelf import Shelf
    from nnquiz.history.log import History
    from nnquiz.model.card import Card
    from nnquiz.model.goal import Goal
    from nnquiz.paths import Paths
    from nnquiz.study.campaign import Campaign
    from nnquiz.study.selection import Wish
    from nnquiz.study.sitting import Sitting

_HEAD_START = 0.25  # seconds in which the first card is drawn before the plan takes the processor
_NOT_A_CARD = 5.0  # seconds: with less than this left of it a day is over
_OPENING_BEGUN, _OPENING_NEW = 300, 200  # cards among which the first one is looked for


def planned_drill(
    wish: "Wish",
    goal: "Goal",
    index: "Index",
    log: "History",
    day: int,
    *,
    shelf: "Shelf",
    paths: "Paths",
    begin: "Callable[..., Sitting]",
) -> "tuple[Sitting | None, list[str]]":
    """Return the drill, or None where today has nothing for it, and what is said before it.

    Args:
        wish: what somebody asked for.
        goal: the interview, and the time until then.
        index: the banks.
        log: the review log.
        day: the study day, as an ordinal.
        shelf: the cards to choose from.
        paths: where prices are kept from day to day.
        begin: begins a sitting with a queue and the states of its cards.
    """
    planned = PlannedDrill(wish, goal, index, log, day)
    queue = planned.queue(shelf, paths)
    if queue is None:
        return None, planned.why_not()
    return begin(queue, dict(planned.campaign.states)), [planned.announcement(queue)]


class PlannedDrill:
    """The drill of one day of the plan.

    Attributes:
        campaign: what the plan is made from.
        seconds: that there are for this drill.
    """

    def __init__(
        self, wish: "Wish", goal: "Goal", index: "Index", log: "History", day: int
    ) -> None:
        campaign = read_campaign(index, log, goal, day)
        if wish.minutes is not None:
            # Whatever the plan had for today, it has these minutes now.
            campaign = campaign._replace(spent=goal.seconds(day) - 60.0 * wish.minutes)
        self.campaign = campaign
        self.seconds = campaign.budgets()[0]
        self._time_left = self.seconds >= _NOT_A_CARD
        self._wish = wish
        self._usual = Learner(weights=log.weights())

    def queue(self, shelf: "Shelf", paths: "Paths") -> PlannedQueue | None:
        """Return the cards to come, of those on the shelf, and begin to make the plan.

        None where today has no time left, or nothing to spend it on.
        """
        if not self._time_left:
            return None
        chosen = {card.id for card in shelf.cards()} if shelf.narrow else None
        opening = _worths_of(_opening(self.campaign, self._usual), chosen)
        again = [card for card in self.campaign.cards if self._is_left_at_again(card)]
        if chosen is not None:
            again = [card for card in again if card.id in chosen]
        helpful = [one for one in opening if one.priority > 0]
        if not again and not any(one.seconds <= self.seconds for one in helpful):
            self._time_left = not helpful
            return None
        plan = _Beside(self.campaign, paths, opening, chosen)
        queue = PlannedQueue(opening, plan, self.seconds, most=self._wish.limit)
        for card in again:
            queue.again(card)
        return queue

    def why_not(self) -> list[str]:
        """Return why there is no queue, and how to study all the same."""
        from nnquiz.term.wording import NO_CARD_COUNTS, nothing_planned

        if not self.campaign.cards:
            return list(NO_CARD_COUNTS)
        minutes = self.campaign.goal.seconds(self.campaign.day) / 60
        return nothing_planned(minutes, time_left=self._time_left)

    def announcement(self, queue: PlannedQueue) -> str:
        """Return what there is to do today, on one line."""
        from nnquiz.term.wording import planned

        return planned(self.campaign.days, self.seconds, queue.left)

    def _is_left_at_again(self, card: "Card") -> bool:
        """Say whether a card failed earlier today, and was promised to come again."""
        state = self.campaign.states.get(card.id)
        failed = state is not None and state.day == self.campaign.day and waits_again(state)
        return failed and self.campaign.may_be_asked(card)


class _Beside:
    """The plan of today, made in a thread while the first card is being read."""

    def __init__(
        self,
        campaign: "Campaign",
        paths: "Paths",
        opening: Sequence[Worth],
        chosen: set[str] | None,
    ) -> None:
        self._campaign = campaign
        self._paths = paths
        self._worths: Sequence[Worth] = opening
        self._chosen = chosen
        self._fault: Exception | None = None
        self._wanted = Event()
        # A daemon: whoever ends the drill at its first card does not wait for a plan.
        self._thread = Thread(target=self._make, daemon=True)
        self._thread.start()

    def __call__(self) -> Sequence[Worth]:
        """Return the plan, at once if it is ready; or the opening, where the log failed."""
        self._wanted.set()
        self._thread.join()
        if self._fault is not None and not isinstance(self._fault, NnquizError):
            raise self._fault
        return self._worths

    def _make(self) -> None:
        from nnquiz.history.log import History

        self._wanted.wait(_HEAD_START)
        try:
            from nnquiz.study.forecast import plan_day

            campaign, cache = self._campaign, self._paths.cache
            # A connection belongs to one thread.
            with History.open(self._paths.history) as log:
                learner = read_learner(log, campaign)
            known = load_prices(cache, campaign)
            worths, prices = plan_day(campaign, learner, known)
            self._worths = _worths_of(worths, self._chosen)
            save_prices(cache, campaign, prices)
        except Exception as fault:  # raised where the plan is asked for
            self._fault = fault


def _opening(campaign: "Campaign", learner: Learner) -> list[Worth]:
    """Return what stands in for the plan: greed, among the weakest and the first new cards."""
    from nnquiz.model.state import CardState
    from nnquiz.study.queue import recall

    def chance(at: int) -> float:
        return recall(campaign.states.get(cards[at].id, CardState("")), campaign.day)

    cards = campaign.cards
    askable = [at for at, card in enumerate(cards) if campaign.may_be_asked(card)]
    begun = [at for at in askable if _is_begun(campaign, cards[at])]
    new = [at for at in askable if not _is_begun(campaign, cards[at])][:_OPENING_NEW]
    some = nsmallest(_OPENING_BEGUN, begun, key=chance) + new
    return greedy_worths(
        [cards[at] for at in some],
        campaign.states,
        [campaign.weights[at] for at in some],
        day=campaign.day,
        interview=campaign.goal.interview,
        learner=learner,
    )


def _is_begun(campaign: "Campaign", card: "Card") -> bool:
    state = campaign.states.get(card.id)
    return state is not None and state.stability is not None


def _worths_of(worths: Iterable[Worth], chosen: set[str] | None) -> list[Worth]:
    return [one for one in worths if chosen is None or one.card.id in chosen]
