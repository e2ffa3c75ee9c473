"""The index finds questions by every name, and says clearly what it does not find."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnquiz.bank.files import Places
from nnquiz.bank.index import Index
from nnquiz.bank.load import load_bank
from nnquiz.errors import BadInput


@pytest.fixture
def index(home: Places) -> Iterator[Index]:
    """The index of the test's banks."""
    with Index.open(home) as opened:
        yield opened


def refusal(index: Index, name: str) -> str:
    """Return what is said of a name that cannot be resolved."""
    with pytest.raises(BadInput) as caught:
        index.resolve(name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("1", "nnquiz/neuron"),
        ("neuron", "nnquiz/neuron"),
        ("NEURON", "nnquiz/neuron"),
        ("ne", "nnquiz/neuron"),
        ("nnquiz/2", "nnquiz/attention"),
        ("nnquiz/att", "nnquiz/attention"),
        ("nnquiz/attention", "nnquiz/attention"),
        ("gradient", "own/gradient"),
        ("g", "own/gradient"),
        ("own/gradient", "own/gradient"),
    ],
)
def test_names(index: Index, name: str, expected: str) -> None:
    """A number, an id, a beginning, alone or behind its bank, lead to the question."""
    assert index.resolve(name) == expected
    question = index.question(name)
    assert f"{question.bank}/{question.id}" == expected


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("32", "no question 32; there are 1 to 3"),
        ("own/1", "no question own/1"),
        ("9" * 40, f"no question {'9' * 40}; there are 1 to 3"),
        ("atention", 'no question "atention"; did you mean attention?'),
        ("zzz", 'no question "zzz"; `nnquiz list` shows them all'),
        ("", 'no question ""; `nnquiz list` shows them all'),
        ("onw/gradient", 'no bank "onw"; there are nnquiz, own'),
        ("nnquis/1", 'no bank "nnquis"; did you mean nnquiz?'),
    ],
)
def test_unknown_names(index: Index, name: str, said: str) -> None:
    """One line says that there is no such question, and which are near."""
    assert refusal(index, name) == said


def test_ours_win_and_ambiguous_beginnings_list_their_candidates(
    home: Places, write: Callable[..., Path]
) -> None:
    """A bank of one's own takes no name from the shipped one; two that fit are both named."""
    write(
        "own/deck.yaml",
        "questions:\n"
        "- {number: 1, id: attention, question: q, answer: a}\n"
        "- {number: 9, id: gru-gates, question: q, answer: a}\n"
        "- {id: gru-steps, question: q, answer: a}\n",
    )
    with Index.open(home) as index:
        assert index.resolve("1") == "nnquiz/neuron"
        assert index.resolve("att") == "nnquiz/attention"
        assert index.resolve("own/att") == "own/attention"
        assert index.resolve("9") == "own/gru-gates"
        assert refusal(index, "gru") == '"gru" may be own/gru-gates or own/gru-steps'


def test_what_was_compiled_is_what_was_loaded(index: Index, home: Places) -> None:
    """A question read back from the index equals the one that was built from its file."""
    bank = load_bank(home.shipped)
    assert [index.question(f"nnquiz/{b.question.id}") for b in bank.built] == [
        built.question for built in bank.built
    ]
    cards = [card for built in bank.built for card in built.cards]
    assert [card for card in index.cards() if card.id.startswith("nnquiz/")] == cards


def test_the_shipped_bank_reads_back() -> None:
    """Every question of the real bank survives the index unchanged."""
    from nnquiz.bank.record import from_json, to_json

    for built in load_bank(str(Path(__file__).parents[2] / "questions")).built:
        assert from_json(to_json(built.question)) == built.question


def test_lines(index: Index) -> None:
    """A list is in the banks' order and has what JSON needs."""
    lines = index.lines()
    assert [(line.bank, line.number, line.id) for line in lines] == [
        ("nnquiz", 1, "neuron"),
        ("nnquiz", 2, "attention"),
        ("nnquiz", 3, "batch-norm"),
        ("own", None, "gradient"),
    ]
    assert (lines[0].question, lines[0].tags, lines[0].cards) == (
        "What is neuron?",
        ("neuron",),
        {"explain": 1},
    )
    assert [line.id for line in index.lines(topic="basics", tag="NEURON")] == ["neuron"]


@pytest.mark.parametrize("method", ["lines", "cards"])
def test_unknown_topics_and_tags(index: Index, method: str) -> None:
    """An unknown topic or tag is said with the known ones, and never gives an empty list."""
    call: Any = getattr(index, method)
    with pytest.raises(BadInput, match='no topic "basic"; did you mean basics') as caught:
        call(topic="basic")
    assert caught.value.hint == "topics: basics"
    with pytest.raises(BadInput, match='no tag "zzz"') as caught:
        call(tag="zzz")
    assert caught.value.hint == "tags: attention, batch-norm, neuron"


def test_cards(index: Index) -> None:
    """Cards are chosen by question, topic, tag and kind, in the banks' order."""
    ids = [card.id for card in index.cards()]
    assert ids == [f"{line.bank}/{line.id}/explain" for line in index.lines()]
    assert [card.id for card in index.cards(questions=["own/gradient"])] == ids[3:]
    assert [card.id for card in index.cards(topic="basics", tag="neuron")] == ids[:1]
    assert [card.id for card in index.cards(kinds=["explain"])] == ids
    assert index.cards(kinds=["cloze"]) == []
    assert index.cards(questions=[]) == []


def found(index: Index, words: str) -> list[str]:
    """Return the ids of the questions in which words stand."""
    return [hit.line.id for hit in index.search(words)]


def test_search(home: Places, write: Callable[..., Path]) -> None:
    """Words, beginnings, other spellings and endings find; the question's own words come first."""
    write(
        "own/deck.yaml",
        "questions:\n"
        "- {id: a, question: What is dropout?, answer: It drops units.}\n"
        "- {id: b, question: Why regularise?, answer: Dropout and weight decay normalise it.}\n"
        "- {id: c, question: Why?, answer: Networks vanish.}\n",
    )
    with Index.open(home) as index:
        assert found(index, "dropout") == ["a", "b"]
        assert found(index, "DROPO") == ["a", "b"]
        assert found(index, "regularize normalization") == ["b"]
        assert found(index, "regularize") == found(index, "regularise") == ["b"]
        assert found(index, "network vanishing") == ["c"]
        assert found(index, "dropout decay") == ["b"]
        assert found(index, "nothing-of-the-kind") == []
        hit = index.search("decay")[0]
        assert ("decay", True) in hit.snippet
        assert [line.line.id for line in index.search("is", topic="basics", tag="neuron")] == [
            "neuron"
        ]


@given(words=st.text(max_size=30) | st.text(alphabet="ab\"'*():-^+{}. ANDORNT", max_size=30))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_words_may_be_searched(index: Index, words: str) -> None:
    """Nothing that is typed is an operator or an error."""
    assert isinstance(index.search(words), list)


def test_topics_and_tags(index: Index) -> None:
    """Topics come with their titles, tags in order."""
    assert [(topic.id, topic.title) for topic in index.topics()] == [("basics", "Basics")]
    assert index.tags() == ["attention", "batch-norm", "neuron"]
