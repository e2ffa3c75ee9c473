"""The order of a drill: what is waiting, how it is lined up, and how far cards are kept apart."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.model.card import Card
from nnquiz.model.event import AGAIN, GOOD
from nnquiz.model.state import CardState
from nnquiz.study.queue import (
    AGAIN_DISTANCE,
    EARLY_RETURNS,
    SIBLING_DISTANCE,
    Queue,
    Waiting,
    line_up,
    recall,
)

Find = Callable[..., Waiting]

TODAY = 739_942


def card(name: str, question: str = "", group: str = "") -> Card:
    """Return a card; its question is its own unless one is named."""
    return Card(f"b/{question or name}/{name}", f"b/{question or name}", "explain", group, "")


def reviewed(
    of: Card, *, stability: float = 5.0, day: int = TODAY - 5, due: int = TODAY, grade: int = GOOD
) -> CardState:
    """Return the state of a card that was answered before."""
    return CardState(of.id, stability, 5.0, day, due, grade, reviews=1, first_day=day, event="e")


def drain(queue: Queue) -> list[Card]:
    """Take every card, none of them graded Again."""
    cards = []
    while (taken := queue.next()) is not None:
        cards.append(taken)
    return cards


@st.composite
def orders(draw: st.DrawFn) -> list[Card]:
    """Draw cards of several questions in any order."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=25))
    cards = [card(f"c{n}", f"q{q}") for q, size in enumerate(sizes) for n in range(size)]
    return draw(st.permutations(cards))


@given(orders())
@settings(max_examples=150)
def test_every_card_comes_exactly_once(order: list[Card]) -> None:
    """Nothing is lost and nothing is doubled by keeping siblings apart."""
    queue = Queue(order)
    assert queue.left == len(order)
    asked = drain(queue)
    assert Counter(asked) == Counter(order)
    assert queue.left == 0


@given(orders())
@settings(max_examples=200)
def test_siblings_are_as_far_apart_as_the_rest_allows(order: list[Card]) -> None:
    """Siblings are eight turns apart, or as far as the question with most cards allows."""
    sizes = Counter(c.question for c in order)
    longest = max(sizes.values())
    tied = sum(size == longest for size in sizes.values())
    nearest = nearest_siblings(drain(Queue(order)))
    if longest > 1:
        assert nearest >= min(SIBLING_DISTANCE, (len(order) - tied) // (longest - 1))


def nearest_siblings(asked: list[Card]) -> float:
    """Return the least distance in turns between two cards of one question."""
    last: dict[str, int] = {}
    nearest = float("inf")
    for turn, taken in enumerate(asked):
        if taken.question in last:
            nearest = min(nearest, turn - last[taken.question])
        last[taken.question] = turn
    return nearest


@given(st.integers(0, 60))
def test_cards_without_siblings_keep_their_order(number: int) -> None:
    """The order of need is left alone where no question has two cards."""
    order = [card(f"c{n}") for n in range(number)]
    assert drain(Queue(order)) == order


@given(st.integers(0, 60), st.integers(0, 30))
def test_new_cards_are_spread_evenly_among_the_due(due: int, new: int) -> None:
    """Any two stretches between new cards hold the same number of due ones, give or take one."""
    waiting = Waiting(
        (), tuple(card(f"d{n}") for n in range(due)), tuple(card(f"n{n}") for n in range(new))
    )
    order = line_up(waiting)
    assert [c for c in order if c.id.endswith(tuple(f"/d{n}" for n in range(due)))] == list(
        waiting.due
    )
    at = [place for place, c in enumerate(order) if c in waiting.new]
    gaps = [after - before for before, after in pairwise(at)]
    assert len(order) == due + new
    assert max(gaps, default=0) - min(gaps, default=0) <= 1


def test_a_limit_takes_its_share_of_new_cards() -> None:
    """A drill that is cut short is not all reviews, and what was left at Again is in it."""
    again = (card("a"),)
    due = tuple(card(f"d{n}") for n in range(20))
    new = tuple(card(f"n{n}") for n in range(10))
    order = line_up(Waiting(again, due, new), limit=10)
    assert order[0] == again[0]
    assert len(order) == 10
    assert sum(c in new for c in order) == 3


def test_an_again_comes_back_after_three_others() -> None:
    """A card that failed is asked on the fourth turn after."""
    order = [card(f"c{n}") for n in range(6)]
    queue = Queue(order)
    first = queue.next()
    assert first is not None
    queue.again(first)
    assert queue.coming_again == 1
    assert drain(queue) == [*order[1:4], first, *order[4:]]


@given(orders(), st.data())
@settings(max_examples=150)
def test_an_again_is_never_next_while_another_card_is_left(
    order: list[Card], data: st.DataObject
) -> None:
    """With any answers: three others between where there are three, and never twice in a row."""
    queue = Queue(order)
    asked: list[Card] = []
    came_soon: Counter[str] = Counter()
    for _ in range(4 * len(order)):
        others = queue.left + queue.coming_again
        taken = queue.next()
        if taken is None:
            break
        if taken in asked:
            distance = len(asked) - (len(asked) - 1 - asked[::-1].index(taken))
            assert distance > 1 or others == 1
            came_soon[taken.id] += distance < AGAIN_DISTANCE
        asked.append(taken)
        if data.draw(st.booleans()):
            queue.again(taken)
    assert set(asked) == set(order) or queue.left
    assert max(came_soon.values(), default=0) <= EARLY_RETURNS


def test_cards_that_fail_every_time_do_not_keep_out_the_others() -> None:
    """With five hopeless cards all forty others have had their turn in less than twice as many."""
    order = [card(f"c{n:02}") for n in range(45)]
    queue, hopeless, asked = Queue(order), set(order[:5]), Counter[str]()
    while queue.left:
        taken = queue.next()
        assert taken is not None
        asked[taken.id] += 1
        if taken in hopeless:
            queue.again(taken)
    assert set(asked) == {c.id for c in order}
    assert 5 * 3 <= sum(asked[c.id] for c in hopeless) < 40


def test_the_last_card_comes_twice_more_and_then_rests() -> None:
    """Alone in the drill, a failed card is asked twice more before the drill offers to end."""
    only = card("c")
    queue = Queue([only])
    for _ in range(1 + EARLY_RETURNS):
        assert queue.next() == only
        queue.again(only)
    assert queue.next() is None
    assert queue.coming_again == 1
    queue.go_on()
    assert queue.next() == only


def test_what_is_put_back_comes_next_and_only_once() -> None:
    """After an undo the card taken back is asked, then the one it interrupted."""
    order = [card(f"c{n}") for n in range(5)]
    queue = Queue(order)
    first, second = queue.next(), queue.next()
    assert first is not None
    assert second is not None
    queue.again(first)
    queue.put_back(second)
    queue.put_back(first)
    assert (queue.left, queue.coming_again) == (5, 0)
    assert drain(queue) == order


def test_due_cards_come_weakest_first_and_again_before_them(find_waiting: Find) -> None:
    """Cards left at Again lead; then the lowest retrievability does."""
    strong, weak, failed = card("strong"), card("weak"), card("failed")
    states = {
        strong.id: reviewed(strong, stability=50),
        weak.id: reviewed(weak, stability=2),
        failed.id: reviewed(failed, day=TODAY - 1, due=TODAY - 1, grade=AGAIN),
    }
    waiting = find_waiting([strong, weak, failed], states, TODAY)
    assert waiting == Waiting((failed,), (weak, strong), ())
    assert recall(states[weak.id], TODAY) < recall(states[strong.id], TODAY)


def test_cards_that_are_set_aside_do_not_wait(find_waiting: Find) -> None:
    """Suspended ones never come, buried ones on the next day, new ones or not."""
    suspended, buried, unseen = card("s"), card("b"), card("u")
    states = {
        suspended.id: CardState(suspended.id, suspended=True, event="e"),
        buried.id: CardState(buried.id, buried_on=TODAY, event="e"),
    }
    cards = [suspended, buried, unseen]
    assert find_waiting(cards, states, TODAY).new == (unseen,)
    assert find_waiting(cards, states, TODAY + 1).new == (buried, unseen)


def test_ahead_takes_what_is_due_within_the_days(find_waiting: Find) -> None:
    """`ahead=2` asks today what is due the day after tomorrow, and nothing later."""
    soon, later = card("soon"), card("later")
    states = {soon.id: reviewed(soon, due=TODAY + 2), later.id: reviewed(later, due=TODAY + 3)}
    cards = [soon, later]
    assert find_waiting(cards, states, TODAY).reviews == 0
    assert find_waiting(cards, states, TODAY, ahead=2).due == (soon,)


def test_variants_of_one_fact_never_share_a_day(find_waiting: Find) -> None:
    """Of a group one card is asked, none if one was today; siblings without a group all are."""
    first, second, other = card("a", "q", "g"), card("b", "q", "g"), card("c", "q")
    cards = [first, second, other]
    assert find_waiting(cards, {}, TODAY).new == (first, other)
    done = {first.id: reviewed(first, day=TODAY, due=TODAY + 3)}
    assert find_waiting(cards, done, TODAY).new == (other,)
    assert find_waiting(cards, done, TODAY + 1).new == (second, other)


def test_a_clock_set_back_gives_a_recall_of_at_most_one() -> None:
    """A card reviewed "tomorrow" is certain, not more than certain."""
    c = card("c")
    assert recall(reviewed(c, day=TODAY + 1, due=TODAY + 2), TODAY) == 1.0
