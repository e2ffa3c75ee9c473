"""Every card of the shipped bank: what it states is graded right, and what is wrong is told why."""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

import pytest

from nnquiz import cards
from nnquiz.bank.index import OURS, Index
from nnquiz.cards.exercise import Exercise, Turn
from nnquiz.cards.result import Outcome
from nnquiz.cards.spelling import near, same
from nnquiz.model.card import Card
from nnquiz.model.event import GOOD
from nnquiz.model.written import Body, Choice, Cloze
from nnquiz.paths import locate

REVIEWS = range(3)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The shipped bank, compiled."""
    home = tmp_path_factory.mktemp("home")
    with Index.open(locate({"NNQUIZ_HOME": str(home)})) as opened:
        yield opened


@pytest.fixture(scope="module")
def shipped(index: Index) -> list[tuple[Card, Body]]:
    """All its cards, each with what is asked on it."""
    return [(card, index.body(card.id)) for card in index.cards() if card.id.startswith(f"{OURS}/")]


def asked(index: Index, card: Card, body: Body, reviews: int) -> Exercise[Any]:
    """Return a card as a drill asks it."""
    return cards.ask(card.kind, body, Turn(card.id, reviews, partial(index.is_answer, OURS)))


def best(exercise: Exercise[Any], body: Body) -> list[str]:
    """Return every answer that the card states to be right, as one would type it."""
    labels = [line.label for line in exercise.prompt.lines]
    match exercise.kind:
        case "cloze":
            assert isinstance(body, Cloze)
            return [body.answer, *body.accept]
        case "choice":
            assert isinstance(body, Choice)
            right = next(option.text.blocks for option in body.options if option.right)
            texts = [line.text for line in exercise.prompt.lines]
            return [labels[texts.index(right)]]
        case "order":
            items = exercise.right[0]["items"]  # type: ignore[typeddict-item]
            texts = [line.text for line in exercise.prompt.lines]
            return [" ".join(labels[texts.index(item)] for item in items)]
        case "match":
            letters = [
                line.label
                for _, right in body.pairs  # type: ignore[union-attr]
                for line in exercise.prompt.partners
                if line.text == right.blocks
            ]
            return [" ".join(letters)]
        case "numeric":
            return [repr(exercise.key.answer)]
        case _:
            return []


def test_every_stated_answer_is_right(index: Index, shipped: list[tuple[Card, Body]]) -> None:
    """However often it is asked, what a card states is graded right and suggests Good."""
    graded = 0
    for card, body in shipped:
        for reviews in REVIEWS:
            exercise = asked(index, card, body, reviews)
            for typed in best(exercise, body):
                result = cards.grade(exercise, typed)
                graded += 1
                assert (result.outcome, result.suggested) == (Outcome.RIGHT, GOOD), (card, typed)
    assert graded > 100


def test_every_wrong_option_names_its_mistake(
    index: Index, shipped: list[tuple[Card, Body]]
) -> None:
    """Each wrong option is graded wrong and shows its own reason."""
    for card, body in shipped:
        if isinstance(body, Choice):
            exercise = asked(index, card, body, 0)
            results = [cards.grade(exercise, line.label) for line in exercise.prompt.lines]
            wrong = [result for result in results if result.outcome is Outcome.WRONG]
            assert len(wrong) == len(body.options) - 1
            assert all(result.why for result in wrong), card.id
            whys = [option.why.blocks for option in body.options if not option.right]
            assert sorted(str(result.why) for result in wrong) == sorted(map(str, whys))


def test_no_answer_passes_for_another(index: Index, shipped: list[tuple[Card, Body]]) -> None:
    """No accepted answer or tag of the bank is close to an answer of another card."""
    clozes = [(card, body) for card, body in shipped if isinstance(body, Cloze) and not body.maths]
    answers = [list(chain([body.answer], body.accept)) for _, body in clozes]
    every = {*chain.from_iterable(answers), *index.tags()}
    met = 0
    for (card, body), own in zip(clozes, answers, strict=True):
        for other in every:
            if not any(same(other, answer) for answer in own):
                met += any(near(other, answer) for answer in own)
                result = cards.grade(asked(index, card, body, 0), other)
                assert result.outcome is Outcome.WRONG, (card.id, other)
    assert met, "the rule has something to do"


def test_the_answer_is_not_given_away(shipped: list[tuple[Card, Body]]) -> None:
    """A cloze shows its gap and no other gap, and filled in it shows its answer."""
    for card, body in shipped:
        if isinstance(body, Cloze):
            assert str(body.gapped.blocks).count("[…]") == 1, card.id
            assert body.answer in str(body.filled.blocks), card.id
            assert "{{" not in body.gapped.source + body.filled.source


def test_nothing_needs_the_reader_of_formulas(shipped: list[tuple[Card, Body]]) -> None:
    """Every formula on a card comes with the form that is drawn."""

    def formulas(node: Any) -> Iterator[dict[str, str]]:
        if isinstance(node, dict):
            if node.get("kind") in {"maths", "formula"}:
                yield node
            node = list(node.values())
        if isinstance(node, list):
            for item in node:
                yield from formulas(item)

    clozes = [body.gapped.blocks for _, body in shipped if isinstance(body, Cloze)]
    found = list(formulas(clozes))
    assert len(found) > 10
    assert all(formula["linear"] for formula in found)
