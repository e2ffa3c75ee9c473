"""Where a card is edited: never in an installed file, and at its own line."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nnquiz.bank.check import check_all
from nnquiz.bank.drafts import begin_draft, end_draft, has_changed_since
from nnquiz.bank.load import load_bank
from nnquiz.bank.standards import Known
from nnquiz.examples.reference import number
from nnquiz.model.question import Question

TEXT = """\
# yaml-language-server: $schema=../schema.json
id: att
question: What?
answer: So.
follow_ups:
  - {id: why, question: Why?, answer: Because.}
cards:
  - {id: one, kind: cloze, text: "{{c1::a}}"}
  - id: two
    kind: cloze
    text: "{{c1::b}}"
"""
DECK = """\
questions:
  - {id: first, question: q, answer: a}
  - {id: second, question: q, answer: a}
"""


@pytest.fixture
def places(tmp_path: Path) -> Any:
    """Return a shipped bank of one question, and a deck of one's own."""
    shipped, overrides = tmp_path / "shipped", tmp_path / "own" / "overrides"
    shipped.mkdir()
    (shipped / "bank.yaml").write_text("id: nnquiz\ntitle: t\n")
    (shipped / "1-att.yaml").write_text(TEXT)
    (tmp_path / "deck.yaml").write_text(DECK)
    return SimpleNamespace(
        shipped=str(shipped), overrides=str(overrides), banks=(str(tmp_path / "deck.yaml"),)
    )


def question(path: str, name: str) -> Question:
    """Return a question as it was loaded."""
    return next(b.question for b in load_bank(path).built if b.question.id == name)


@pytest.mark.parametrize(
    ("card", "line"),
    [
        ("nnquiz/att/explain", 2),
        ("nnquiz/att/follow-up/why", 6),
        ("nnquiz/att/one/c1", 8),
        ("nnquiz/att/two/c1", 9),
        ("nnquiz/att/gone", 2),
    ],
)
def test_a_shipped_card_is_edited_in_a_copy_at_its_line(places: Any, card: str, line: int) -> None:
    """The copy holds the whole question; the shipped file is not touched."""
    draft = begin_draft(places, question(places.shipped, "att"), card)
    assert draft.file == os.path.join(places.overrides, "1-att.yaml")
    assert (draft.line, draft.copied) == (line, True)
    copy = Path(draft.file).read_text()
    assert copy.splitlines()[1:] == TEXT.splitlines()[1:]
    assert Path(places.shipped, "1-att.yaml").read_text() == TEXT
    bank = load_bank(places.shipped, overrides=places.overrides)
    assert [built.question.file for built in bank.built] == [draft.file]


def test_a_copy_that_was_not_changed_goes_again(places: Any) -> None:
    """To have looked leaves nothing behind; a copy that was there before stays."""
    shipped = question(places.shipped, "att")
    draft = begin_draft(places, shipped, "nnquiz/att/explain")
    assert not end_draft(draft)
    assert os.listdir(places.overrides) == []
    draft = begin_draft(places, shipped, "nnquiz/att/explain")
    Path(draft.file).write_text(Path(draft.file).read_text() + "tags: [x]\n")
    assert end_draft(draft)
    again = begin_draft(places, shipped, "nnquiz/att/explain")
    assert not again.copied
    assert not end_draft(again)
    assert "tags: [x]" in Path(again.file).read_text()


def test_a_card_of_ones_own_is_edited_in_its_own_file(places: Any) -> None:
    """No copy is made, and of a deck the question's own line is found."""
    (deck,) = places.banks
    draft = begin_draft(places, question(deck, "second"), "deck/second/explain")
    assert (draft.file, draft.line, draft.copied) == (deck, 3, False)
    assert not os.path.exists(places.overrides)


def test_a_copy_is_told_to_be_behind_when_the_shipped_question_changes(places: Any) -> None:
    """`check` tells it from the line that the copy carries, and without that line it does not."""
    draft = begin_draft(places, question(places.shipped, "att"), "nnquiz/att/explain")
    shipped = os.path.join(places.shipped, "1-att.yaml")
    known = Known((), (), number)
    assert not has_changed_since(draft.file, shipped)
    assert check_all(places, known).behind == ()
    Path(shipped).write_text(TEXT.replace("So.", "So it is."))
    assert has_changed_since(draft.file, shipped)
    assert check_all(places, known).behind == ((draft.file, shipped),)
    Path(draft.file).write_text(TEXT)
    assert not has_changed_since(draft.file, shipped)
    assert not has_changed_since(draft.file, shipped + ".gone")


def test_a_copy_that_cannot_be_made_leaves_nothing(places: Any) -> None:
    """Where the folder is a file, the error names it."""
    Path(places.overrides).parent.mkdir()
    Path(places.overrides).write_text("")
    with pytest.raises(OSError, match="overrides"):
        begin_draft(places, question(places.shipped, "att"), "nnquiz/att/explain")
