"""A card of each kind, as a session asks it."""

from collections.abc import Callable
from typing import Any

import pytest

from nnquiz import cards
from nnquiz.cards.exercise import Turn
from nnquiz.model.card import Card
from nnquiz.model.moment import Moment
from nnquiz.model.question import FollowUp, KeyPoint, Passage, Question
from nnquiz.model.state import CardState
from nnquiz.model.written import Body, Choice, Cloze, Match, Numeric, Option, Order
from nnquiz.study.schedule import choices
from nnquiz.study.session import Session, begin
from nnquiz.study.sitting import Asked

LONG = "a formula that is said in words which take a good deal more than one line of a window"


def text(words: str) -> Passage:
    """Return a text of one paragraph."""
    spans: Any = [{"kind": "text", "text": words}]
    return Passage(words, [{"kind": "paragraph", "spans": spans}])


QUESTION = Question(
    bank="b",
    number=1,
    id="q",
    question=text("Why does it work?"),
    topic="training",
    level="core",
    tags=(),
    short=text("The short answer: " + LONG),
    full=Passage("", [*text("full one").blocks, *text("full two").blocks]),
    key_points=tuple(KeyPoint(f"p{n}", text(f"point {n}"), n % 3 + 1, ()) for n in range(5)),
    follow_ups=(),
    pitfalls=(),
    examples=("attention",),
    cards=(),
    sources=(),
    file="",
    line=1,
)
BODIES: dict[str, Body] = {
    "choice": Choice(
        text("Which is it?"),
        (
            Option(text("the right one"), right=True, why=text("so it is")),
            Option(text(LONG), right=False, why=text("the mistake behind it")),
            Option(text("another one"), right=False, why=text("another mistake")),
        ),
    ),
    "match": Match(
        text("Match the parts."),
        ((text("query"), text("asks")), (text("key"), text("offers")), (text("value"), text("is"))),
    ),
    "cloze": Cloze(
        text("It comes from a […]."), text("It comes from a softmax."), "softmax", (), False
    ),
    "order": Order(text("Put it in order."), (text("first"), text("second"), text("third"))),
    "numeric": Numeric("neuron_preactivation"),
    "follow-up": FollowUp("f", text("And then?"), text("Then that.")),
    "explain": QUESTION,
}

MakeAsked = Callable[[str], Asked]
MakeSession = Callable[..., Session]


def _asked(kind: str) -> Asked:
    card = Card(f"b/q/{kind}", "b/q", kind, "", "")
    state = CardState(card.id)
    exercise = cards.ask(kind, BODIES[kind], Turn(card.id, 0, lambda _: False))
    return Asked(
        card, QUESTION, exercise, state, choices(state, 739_942, 0.9), Moment(0, 0, 739_942)
    )


@pytest.fixture(scope="session")
def asked() -> MakeAsked:
    """Return a function that asks a card of a kind."""
    return _asked


@pytest.fixture(scope="session")
def session() -> MakeSession:
    """Return a function that begins the session of a card of a kind."""

    def make(kind: str, *, typing: bool = True, **more: Any) -> Session:
        return begin(_asked(kind).exercise, QUESTION, typing=typing)._replace(**more)

    return make
