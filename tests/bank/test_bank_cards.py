"""Cards have ids that stay and hashes that change with what is asked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnquiz.bank.cards import blanks, cards_of, content_hash

RAW: dict[str, Any] = {
    "id": "q",
    "question": "Why?",
    "answer": {"short": "So.", "full": "So, in full."},
    "follow_ups": [{"id": "then", "question": "And then?", "answer": "This.", "group": "g"}],
    "cards": [
        {"id": "words", "kind": "cloze", "text": "{{c1::a}} and {{c2::b}} and {{c1::c}}"},
        {
            "id": "pick",
            "kind": "choice",
            "prompt": "Which?",
            "options": [{"text": "x"}, {"text": "y", "right": True}],
        },
        {"id": "steps", "kind": "order", "prompt": "Order", "items": ["1", "2"], "group": "g"},
        {"id": "parts", "kind": "match", "prompt": "Match", "pairs": {"k": "v", "l": "w"}},
        {"id": "sum", "kind": "numeric", "problem": "add_two"},
    ],
}


def test_ids_kinds_and_groups() -> None:
    """Ids are bank/question/name, every blank is a card, and groups belong to the bank."""
    cards = cards_of("b", RAW)
    assert [(card.id, card.kind) for card in cards] == [
        ("b/q/explain", "explain"),
        ("b/q/follow-up/then", "follow-up"),
        ("b/q/words/c1", "cloze"),
        ("b/q/words/c2", "cloze"),
        ("b/q/pick", "choice"),
        ("b/q/steps", "order"),
        ("b/q/parts", "match"),
        ("b/q/sum", "numeric"),
    ]
    assert {card.question for card in cards} == {"b/q"}
    assert [(card.kind, card.group) for card in cards if card.group] == [
        ("follow-up", "b/g"),
        ("order", "b/g"),
    ]
    assert len({card.content for card in cards}) == len(cards)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"question": "Why  \n then?"}, ["explain"]),
        ({"answer": {"short": "So.", "full": "Else."}}, ["explain"]),
        ({"tags": ["new"], "number": 7, "topic": "t"}, []),
        ({"question": " Why?\n"}, []),
    ],
)
def test_the_hash_follows_what_is_asked(change: dict[str, Any], changed: list[str]) -> None:
    """Prompt and answer change the hash; white space, tags and numbers do not."""
    pairs = zip(cards_of("b", RAW), cards_of("b", {**RAW, **change}), strict=True)
    assert [old.id.split("/")[-1] for old, new in pairs if old.content != new.content] == changed


def test_the_hash_of_written_cards() -> None:
    """The order of wrong options and of pairs is no change; the right answer is one."""
    reordered = [dict(card) for card in RAW["cards"]]
    reordered[1]["options"] = list(reversed(reordered[1]["options"]))
    reordered[3]["pairs"] = {"l": "w", "k": "v"}
    assert cards_of("b", RAW) == cards_of("b", {**RAW, "cards": reordered})
    reordered[2]["items"] = ["2", "1"]
    differing = [
        new.id
        for old, new in zip(
            cards_of("b", RAW), cards_of("b", {**RAW, "cards": reordered}), strict=True
        )
        if old != new
    ]
    assert differing == ["b/q/steps"]


@given(st.text(), st.text(), st.text())
def test_content_hashes_are_short_and_stable(kind: str, prompt: str, answer: str) -> None:
    """Sixteen hexadecimal digits, the same for any wrapping of the same words."""
    digits = content_hash(kind, prompt, answer)
    assert len(digits) == 16
    assert int(digits, 16) >= 0
    assert digits == content_hash(kind, f" {prompt}\n", "\n".join(answer.split()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no blank", {}),
        ("{{c1::a}} {{c12::b c}}", {"c1": "a", "c12": "b c"}),
        ("{{c1::a::a hint}}", {"c1": "a"}),
        ("{{c1::a}} {{c1::b}}", {"c1": "a; b"}),
        ("{{c0::a}} {{1::b}} {{c1:c}} {{c1::}}", {}),
        ("{{c1::x}y}}", {"c1": "x}y"}),
    ],
)
def test_blanks(text: str, found: dict[str, str]) -> None:
    """Blanks are Anki's, with or without a hint."""
    assert blanks(text) == found
