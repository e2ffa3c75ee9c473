"""The queue of a planned day: the best use of the next seconds, within the time there is."""

from nnquiz.model.card import Card
from nnquiz.study.planned_queue import PlannedQueue, Worth
from nnquiz.study.queue import SIBLING_DISTANCE


def card(name: str, question: str = "", group: str = "") -> Card:
    """Return a card, of a question of its own unless one is given."""
    return Card(name, question or f"q-{name}", "cloze", group, "")


def worth(name: str, priority: float, seconds: float = 10, question: str = "") -> Worth:
    """Return what a card is worth."""
    return Worth(card(name, question), priority, seconds)


def queue_of(*worths: Worth, seconds: float = 1000) -> PlannedQueue:
    """Return a queue of which opening and plan are the same."""
    return PlannedQueue(worths, lambda: worths, seconds)


def play(queue: PlannedQueue, seconds: float = 10) -> list[str]:
    """Answer every card in so many seconds, and return the ids."""
    asked = []
    while (one := queue.next()) is not None:
        queue.answered(one, seconds)
        asked.append(one.id)
    return asked


def test_the_highest_priority_comes_first() -> None:
    """What a review does not help is not asked, and equals come in their order."""
    worths = (worth("a", 1), worth("b", 3), worth("c", 0), worth("d", 2), worth("e", 2))
    queue = queue_of(*worths)
    assert queue.left == 4
    assert play(queue) == ["b", "d", "e", "a"]
    assert queue.left == 0


def test_what_does_not_fit_is_passed_over() -> None:
    """A long card gives way to shorter ones that are worth less."""
    queue = queue_of(
        worth("a", 3), worth("long", 2, 25), worth("b", 1), worth("c", 0.5), seconds=30
    )
    assert queue.left == 3
    assert play(queue) == ["a", "b", "c"]


def test_real_seconds_are_taken_off() -> None:
    """Whoever takes longer gets fewer cards, and whoever is quick more."""
    worths = [worth(str(n), 10 - n) for n in range(9)]
    assert len(play(queue_of(*worths, seconds=40), 10)) == 4
    assert len(play(queue_of(*worths, seconds=40), 25)) == 2
    assert len(play(queue_of(*worths, seconds=40), 5)) == 7


def test_it_knows_whether_time_or_cards_are_out() -> None:
    """Time is up while a card would help for which there is none left; not where all were asked."""
    short = queue_of(worth("a", 2), worth("b", 1), seconds=15)
    assert not short.time_is_up
    assert play(short) == ["a"]
    assert short.time_is_up
    enough = queue_of(worth("a", 2), worth("b", 0), seconds=15)
    assert play(enough) == ["a"]
    assert not enough.time_is_up
    variants = [Worth(card(name, group="g"), 1, 10) for name in ("a", "b")]
    family = queue_of(*variants, seconds=15)
    assert play(family) == ["a"]
    assert not family.time_is_up
    limited = PlannedQueue([worth("a", 2), worth("b", 1)], list, 100, most=1)
    assert limited.next() == card("a")
    assert not limited.time_is_up


def test_no_time_is_no_card() -> None:
    """On a day off nothing is asked, and nothing is left."""
    queue = queue_of(worth("a", 1), seconds=0)
    assert queue.left == 0
    assert queue.next() is None


def test_the_plan_is_waited_for_before_the_second_card_alone() -> None:
    """The first card and what is left come from the opening, and the rest from the plan."""
    calls = []

    def plan() -> list[Worth]:
        calls.append(1)
        return [worth("x", 5), worth("first", 9), worth("y", 7)]

    queue = PlannedQueue([worth("first", 2), worth("other", 1)], plan, 1000)
    assert queue.left == 2
    first = queue.next()
    assert first is not None
    assert first.id == "first"
    assert queue.left == 1
    assert not calls
    assert play(queue) == ["y", "x"]
    assert calls == [1]


def test_cards_of_a_question_are_kept_apart() -> None:
    """As far as the rest of the time allows, eight turns lie between them."""
    siblings = [worth(f"s{n}", 50 - n, question="q") for n in range(3)]
    others = [worth(f"o{n}", 20 - n) for n in range(20)]
    asked = play(queue_of(*siblings, *others))
    places = [asked.index(f"s{n}") for n in range(3)]
    assert places == [0, SIBLING_DISTANCE, 2 * SIBLING_DISTANCE]
    assert len(asked) == 23


def test_being_apart_costs_no_priority() -> None:
    """Where the time is short, siblings follow each other rather than give way to lesser cards."""
    siblings = [worth(f"s{n}", 50 - n, question="q") for n in range(3)]
    others = [worth(f"o{n}", 20 - n) for n in range(20)]
    assert sorted(play(queue_of(*siblings, *others, seconds=40))) == ["o0", "s0", "s1", "s2"]


def test_only_one_card_of_a_group_is_asked() -> None:
    """Variants of one fact wait for another day."""
    worths = [Worth(card(name, group="g"), 5.0, 10.0) for name in ("a", "b")]
    assert play(queue_of(*worths, worth("c", 1))) == ["a", "c"]


def test_an_again_comes_back_when_nothing_else_fits() -> None:
    """It does so twice, while there is time; then it waits to be asked for."""
    queue = queue_of(*[worth(str(n), 20 - n) for n in range(6)], seconds=100)
    asked = []
    while (one := queue.next()) is not None:
        queue.answered(one, 10)
        asked.append(one.id)
        if one.id == "0":
            queue.again(one)
            assert queue.coming_again == 1
    assert asked == ["0", "1", "2", "3", "4", "5", "0", "0"]
    assert queue.coming_again == 1
    queue.go_on()
    assert queue.coming_again == 0
    assert play(queue) == ["0"]


def test_without_time_an_again_waits_to_be_asked_for() -> None:
    """The drill can offer it: going on asks it, time or not."""
    queue = queue_of(worth("a", 1), worth("b", 0.5), seconds=15)
    one = queue.next()
    assert one is not None
    queue.answered(one, 20)
    queue.again(one)
    assert queue.next() is None
    assert queue.coming_again == 1
    queue.go_on()
    assert queue.left == 1
    assert play(queue) == ["a"]


def test_what_was_put_back_is_next_even_without_time() -> None:
    """An answer that was undone is given again."""
    queue = queue_of(worth("a", 1), seconds=10)
    one = queue.next()
    assert one is not None
    queue.answered(one, 10)
    queue.put_back(one)
    assert queue.left == 1
    assert queue.next() == one


def test_what_was_withdrawn_comes_no_more() -> None:
    """Neither from the plan, nor again, nor put back."""
    queue = queue_of(worth("a", 3), worth("b", 2), worth("c", 1))
    first = queue.next()
    assert first is not None
    queue.again(first)
    queue.withdraw(first)
    queue.withdraw(card("b"))
    assert queue.coming_again == 0
    assert play(queue) == ["c"]


def test_the_card_in_hand_has_its_time_reserved() -> None:
    """What is left does not count on the seconds that the card in front of someone takes."""
    queue = queue_of(*[worth(str(n), 9 - n) for n in range(9)], seconds=40)
    assert queue.left == 4
    one = queue.next()
    assert one is not None
    assert queue.left == 3
    queue.answered(one, 10)
    assert queue.left == 3


def test_a_drill_may_be_limited_to_a_number_of_cards() -> None:
    """So many different cards are asked; one that comes again does not count."""
    worths = [worth(str(n), 9 - n) for n in range(9)]
    queue = PlannedQueue(worths, lambda: worths, 1000, most=2)
    assert queue.left == 2
    first = queue.next()
    assert first is not None
    queue.again(first)
    assert play(queue) == ["1", "0"]


def test_a_first_answer_that_is_undone_does_not_lose_the_plan() -> None:
    """The first card is asked again, and then the plan is followed all the same."""
    queue = PlannedQueue([worth("first", 2)], lambda: [worth("planned", 1)], 1000)
    first = queue.next()
    assert first is not None
    queue.answered(first, 5)
    queue.put_back(first)
    assert queue.next() == first
    assert play(queue) == ["planned"]
