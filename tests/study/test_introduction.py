"""The order of new cards: easy ones first, explanations soon, questions by turns."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.cards import KINDS
from nnquiz.model.card import Card
from nnquiz.study.introduction import AT_ONCE, EASY, introduce
from nnquiz.study.queue import SIBLING_DISTANCE, Queue

KIND_COUNTS = {
    "explain": 1,
    "follow-up": 3,
    "cloze": 5,
    "choice": 4,
    "order": 1,
    "match": 2,
    "numeric": 2,
}


def bank(questions: int, counts: dict[str, int] = KIND_COUNTS) -> list[Card]:
    """Return the cards of a bank in its order: question by question."""
    return [
        Card(f"b/q{q}/{kind}{n}", f"b/q{q}", kind, "", "")
        for q in range(questions)
        for kind, count in counts.items()
        for n in range(count)
    ]


cards = st.lists(
    st.builds(
        lambda q, kind, n: Card(f"b/q{q}/{kind}{n}", f"b/q{q}", kind, "", ""),
        st.integers(0, 12),
        st.sampled_from([*KINDS, "later"]),
        st.integers(0, 99),
    ),
    max_size=60,
    unique=True,
)


@given(cards)
@settings(max_examples=100)
def test_every_card_is_begun_once(given: list[Card]) -> None:
    """Nothing is lost and nothing is doubled, also of kinds that only a later version knows."""
    assert Counter(introduce(given)) == Counter(given)


def test_a_question_begins_with_its_easy_kinds_and_then_is_explained() -> None:
    """Each question first asks one card of each easy kind, then for the explanation."""
    order = introduce(bank(22))
    for question in {card.question for card in order}:
        kinds = [card.kind for card in order if card.question == question]
        assert sorted(kinds[:3]) == sorted(EASY)
        assert kinds[3] == "explain"


def test_all_questions_are_explained_before_any_is_gone_through() -> None:
    """At fifteen new cards a day, every explanation of 22 questions is asked within a week."""
    order = introduce(bank(22))
    explained = [place for place, card in enumerate(order) if card.kind == "explain"]
    assert max(explained) < 7 * 15


def test_a_first_day_has_many_questions_and_several_kinds() -> None:
    """Fifteen cards are of eight questions, siblings eight apart, neighbours mostly unlike."""
    first = introduce(bank(22))[:15]
    assert len({card.question for card in first}) == AT_ONCE == SIBLING_DISTANCE
    assert {card.kind for card in first} == set(EASY)
    assert sum(one.kind == other.kind for one, other in pairwise(first)) <= 1
    queue = Queue(first)
    assert [queue.next() for _ in first] == first


def test_the_order_does_not_depend_on_what_was_begun() -> None:
    """What is left of it is in the order it always had, and a deck of one kind keeps its own."""
    whole = bank(30, {"explain": 1})
    assert introduce(whole) == whole
