"""A card as it is drawn: its prompt, the judgement of an answer, and what is right."""

from collections.abc import Callable

import pytest

from nnquiz.cards import KINDS
from nnquiz.study.session import Action, Session, step
from nnquiz.study.sitting import Asked
from nnquiz.term import card
from nnquiz.term.forms import Form
from nnquiz.term.page import Part, Size

MakeAsked = Callable[[str], Asked]
MakeSession = Callable[..., Session]

WIDTHS = (40, 80, 140)


def plain(part: Part, width: int = 80) -> list[str]:
    """Return a part's lines as they are read."""
    return [line.plain for line in part(Size(width, 24))]


def drawn(session: Session, width: int = 80) -> list[str]:
    """Return all lines that follow an answer."""
    return [line for part in card.answer(session) for line in plain(part, width)]


def answered(session: Session, typed: str) -> Session:
    """Return a card after an answer was typed or chosen."""
    action = Action.CHOOSE if session.exercise and session.exercise.prompt.keys else Action.SUBMIT
    after, effect = step(session, action, typed)
    assert effect is not None
    return after


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_card_says_where_it_belongs_and_what_it_asks(
    asked: MakeAsked, kind: str, width: int
) -> None:
    """Number, kind and topic in a rule, the prompt below, nothing wider than the window."""
    lines = plain(card.question(asked(kind), wanted=True), width)
    head = f"── Question 1 · {kind} · training · core "
    assert lines[0] == f"{head:─<{min(width, 100)}}" or lines[0] == f"{head[: width - 1]}…"
    prompt = asked(kind).exercise.prompt
    words = " ".join(" ".join(lines[1:]).split())
    for line in (*prompt.lines, *prompt.partners):
        assert f"{line.label} " in words
    assert prompt.wanted in words
    assert max(map(len, lines)) <= min(width, 100)
    if prompt.wanted:
        without = " ".join(" ".join(plain(card.question(asked(kind), wanted=False))).split())
        assert prompt.wanted not in without


def test_pairs_stand_side_by_side_where_there_is_room(asked: MakeAsked) -> None:
    """Both sides in three rows, or one below the other in a narrow window."""
    wide = plain(card.question(asked("match"), wanted=False), 40)
    assert sum(line.startswith(("1  query", "2  key", "3  value")) for line in wide) == 3
    assert all(line[12] in "abc" for line in wide[3:6])
    narrow = plain(card.question(asked("match"), wanted=False), 20)
    assert [line[0] for line in narrow if line[1:3] == "  "] == [*"123abc"]


def test_the_judgement_is_in_words(session: MakeSession) -> None:
    """Right, close, wrong with the reason; the answer as it was typed; and what is right."""
    lines = drawn(answered(session("cloze"), "Softmax"))
    assert lines == ["> Softmax", "Right.", "It comes from a softmax.", ""]
    lines = drawn(answered(session("cloze"), "sofmax"))
    assert lines[:2] == ["> sofmax", "Close: look at the spelling."]
    assert lines[2:] == ["The answer:", "It comes from a softmax.", ""]
    assert drawn(answered(session("cloze"), ""))[:2] == ["The answer:", "It comes from a softmax."]


def test_a_wrong_option_comes_with_its_reason_and_the_letter_of_the_right_one(
    session: MakeSession,
) -> None:
    """The reason behind the chosen one, then the right one with its letter and its reason."""
    asking = session("choice")
    assert asking.exercise is not None
    options = {line.label: str(line.text) for line in asking.exercise.prompt.lines}
    right = next(label for label, text in options.items() if "the right one" in text)
    wrong = next(label for label, text in options.items() if "another one" in text)
    lines = drawn(answered(asking, wrong))
    assert lines == [
        f"> {wrong}",
        "Wrong.",
        "another mistake",
        "",
        "The answer:",
        f"{right}  the right one",
        "   so it is",
        "",
    ]
    assert drawn(answered(asking, right)) == [f"> {right}", "Right.", "so it is", ""]


def test_a_problem_comes_with_its_solution(session: MakeSession) -> None:
    """The value that was read, the answer, and the steps to it."""
    asking = session("numeric")
    assert asking.exercise is not None
    lines = drawn(answered(asking, "1/4"))
    assert lines[:2] == ["> 1/4", "0.25 is wrong."]
    assert any(line.startswith("The answer is ") for line in lines)
    steps = asking.exercise.key.steps
    assert sum(line.startswith(f"{n}. ") for n, _ in enumerate(steps, 1) for line in lines) == len(
        steps
    )


def test_what_was_typed_cannot_speak_to_the_terminal(session: MakeSession) -> None:
    """Control characters of a typed answer are shown."""
    assert drawn(answered(session("cloze"), "\x1b[31msoft"))[0] == "> ␛[31msoft"


def test_a_hint_is_the_last_one_taken(session: MakeSession) -> None:
    """Key points one after the other, or how an answer begins."""
    asking = session("explain")
    for number in range(3):
        asking, _ = step(asking, Action.HINT)
        assert plain(card.hint(asking)) == [f"Hint: point {number}", ""]
    asking, _ = step(session("cloze", typing=False), Action.HINT)
    assert plain(card.hint(asking))[0].startswith("Hint: It begins with s")


def test_a_heading_stays_with_what_it_heads(session: MakeSession) -> None:
    """The full answer comes in parts that can be read one at a time, and nothing is lost."""
    asking = session("explain")
    parts = [plain(part) for part in card.full(asking)]
    assert parts == [["full one", ""], ["full two", ""]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_card_in_ascii_fits_its_window(
    asked: MakeAsked, session: MakeSession, kind: str, width: int
) -> None:
    """Every part of a card is typed where nothing else arrives, and nothing gets too wide."""
    size = Size(width, 24, Form(ascii=True))
    asking = session(kind)
    parts = [card.question(asked(kind), wanted=True)]
    if asking.exercise is not None and asking.exercise.prompt.wanted:
        typed = asking.exercise.prompt.keys[0] if asking.exercise.prompt.keys else "naïve → 2²"
        parts += card.answer(answered(asking, typed))
    lines = [line.plain for part in parts for line in map(size.form.marks, part(size))]
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert max(map(len, lines)) <= min(width, 100)
    assert " | training | core " in f"{lines[0]} " or width == 40
