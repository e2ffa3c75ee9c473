"""Cards of every kind on a pseudo-terminal: typed, chosen, judged, and taken back."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from nnquiz.model.event import REVIEW, UNDO, Event

Start = Callable[..., Any]
Recorded = Callable[[], list[Event]]
Deck = dict[str, str]

SIZES = [(80, 24), (40, 24)]


@pytest.fixture
def ask(start: Start, deck: Deck) -> Start:
    """Return a function that starts a drill of the deck's cards of one kind."""

    def ask(kind: str, *arguments: str, **settings: Any) -> Any:
        return start("deck/all", "--kind", kind, *arguments, **{**settings, **deck})

    return ask


def words(terminal: Any) -> str:
    """Return the screen as words, wherever its lines end."""
    return " ".join(terminal.text.split())


def label(terminal: Any, text: str) -> str:
    """Return the label that stands before a text on the screen."""
    found = re.search(rf"(?:^|\s)(\w)  {text}", terminal.text, re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_choice_is_one_key(ask: Start, recorded: Recorded, columns: int, rows: int) -> None:
    """A letter answers; a wrong one names its reason and the right letter; space saves it."""
    terminal = ask("choice", columns=columns, rows=rows)
    terminal.wait("a c choose")
    right, wrong = label(terminal, "the right one"), label(terminal, "the other")
    terminal.send(wrong)
    terminal.wait("Wrong.")
    assert "it is not" in terminal.text
    assert terminal.text.index("The answer:") < terminal.text.rindex(f"{right}  the right one")
    terminal.send(right)  # which now chooses nothing
    terminal.wait("[1 Again: again today]")
    terminal.read(0.1)
    terminal.send(" ")
    terminal.wait("Again: comes again today")
    terminal.wait("a c choose")
    terminal.send(f"{label(terminal, 'the right one')} q")
    assert terminal.end() == 0
    assert [(event.grade, event.typed) for event in recorded()] == [
        (1, "the other"),
        (3, "the right one"),
    ]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_gap_is_typed(ask: Start, recorded: Recorded, columns: int, rows: int) -> None:
    """A near miss is close and Hard; keys of the drill are letters here; Backspace works."""
    terminal = ask("cloze", columns=columns, rows=rows)
    terminal.wait("Enter I don't know")
    terminal.send("squ")
    terminal.wait("> squ")
    terminal.wait("Enter answer")
    terminal.send("\x7f\x7foftmx\r")
    terminal.wait("Close: look at the spelling.")
    assert "> softmx" in terminal.text
    assert "The weights come from a softmax." in words(terminal)
    terminal.wait("[2 Hard:")
    terminal.send(" q")
    assert terminal.end() == 0
    assert [(event.grade, event.typed) for event in recorded()] == [(2, "softmx")]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_pairs_and_an_order_are_typed(
    ask: Start, recorded: Recorded, columns: int, rows: int
) -> None:
    """Both are answered by their labels, right or partly right."""
    terminal = ask("match", "--kind", "order", columns=columns, rows=rows)
    terminal.wait("Type a letter for each number")
    terminal.send(f"{label(terminal, 'asks')} {label(terminal, 'offers')}\r")
    terminal.wait("Right.")
    terminal.send(" ")
    terminal.wait("Type all 3 numbers")
    first, second, third = (label(terminal, word) for word in ("first", "second", "third"))
    terminal.send(f"{second}{first}{third}\r")
    terminal.wait("2 of 3 pairs in the right order.")
    terminal.wait("[2 Hard:")
    terminal.send(" q")
    assert terminal.end() == 0
    typed = [(event.card, event.grade, event.typed) for event in recorded()]
    assert typed == [("deck/all/pairs", 3, "1 2"), ("deck/all/steps", 2, "2 1 3")]


@pytest.mark.parametrize(("columns", "rows"), [(80, 50), (40, 60)])
def test_an_undone_problem_has_the_same_numbers(
    ask: Start, recorded: Recorded, columns: int, rows: int
) -> None:
    """What is no number is asked again; a wrong one gets the solution; undone it is the same."""
    terminal = ask("numeric", columns=columns, rows=rows)
    terminal.wait("Enter I don't know")
    terminal.send("many\r")
    terminal.wait("That is no answer yet.")
    assert "> many" in terminal.text
    assert recorded() == []
    terminal.send("\x151/3\r")
    terminal.wait("is wrong.")
    terminal.wait("1. ")
    answer = re.search(r"The answer is ([-\d.]+)\.\n", terminal.text)
    assert answer is not None
    terminal.send("2")
    terminal.wait("That was the last card.")
    terminal.send("u")
    terminal.wait("Taken back: Hard on all/sum.")
    terminal.wait(lambda: terminal.text.count("is wrong.") == 2)
    assert terminal.text.count(f"The answer is {answer[1]}.") == 2
    terminal.send("1")
    terminal.wait("Again: comes again today")
    terminal.wait("Enter I don't know")
    terminal.send("\x1bq")
    assert terminal.end() == 0
    first, undo, second = recorded()
    assert (first.kind, undo.kind, second.kind) == (REVIEW, UNDO, REVIEW)
    assert first.problem == second.problem
    assert first.problem is not None
    assert first.problem.startswith("neuron_preactivation@")
    assert (first.typed, second.typed, second.grade) == ("1/3", "1/3", 1)


def test_a_follow_up_is_said_and_graded(ask: Start, recorded: Recorded) -> None:
    """Space shows the answer, and takes Good where nothing else is said."""
    terminal = ask("follow-up")
    terminal.wait("space answer")
    assert "Why are scores scaled?" in terminal.text
    terminal.send(" ")
    terminal.wait("Because their variance grows.")
    terminal.wait("[3 Good:")
    terminal.read(0.8)
    terminal.send(" q")
    assert terminal.end() == 0
    assert [(event.grade, event.typed) for event in recorded()] == [(3, None)]


def test_a_typed_explanation_ticks_what_it_names(ask: Start, recorded: Recorded) -> None:
    """It may be long, be corrected with the arrows, and ticks its points before one does."""
    terminal = ask("explain", columns=40)
    terminal.wait("t type")
    terminal.send("t")
    terminal.wait("Esc keys")
    begun, rest = "it takes a weighted aver", "ge, and that is all I know about it today"
    terminal.send(begun + rest)
    terminal.wait("today")
    terminal.send("\x1b[D" * len(rest) + "a")
    terminal.wait("weighted average")
    terminal.send("\r")
    terminal.wait("[x] a")
    assert "[ ] c" in terminal.text
    terminal.wait("[2 Hard:")
    terminal.send("c")
    terminal.wait("[3 Good:")
    terminal.send(" q")
    assert terminal.end() == 0
    (event,) = recorded()
    assert event.grade == 3
    assert event.typed == f"{begun}a{rest}"


def test_a_hint_costs_the_good(ask: Start, recorded: Recorded) -> None:
    """The next key point on an explain card, the first letter of a gap; Hard at most then."""
    terminal = ask("explain", "--kind", "cloze")
    terminal.wait("Enter I don't know")
    terminal.send("soft\x1b")
    terminal.wait("h hint")
    assert "> soft" in terminal.text
    terminal.send("h")
    terminal.wait("Hint: It begins with s and has 7 characters.")
    terminal.send("max\r")
    terminal.wait("[2 Hard:")
    terminal.send(" ")
    terminal.wait("h hint")
    terminal.send("hh")
    terminal.wait("Hint: The weights come from a softmax.")
    assert "Hint: A weighted average of values." in terminal.text
    assert "h hint" not in terminal.text
    terminal.send(" ac q")
    assert terminal.end() == 0
    assert [event.grade for event in recorded()] == [2, 2]


def test_esc_leads_to_the_keys_and_t_back(ask: Start, recorded: Recorded) -> None:
    """While an answer is typed q is a letter; after Esc it ends, and u takes back."""
    terminal = ask("cloze", "--kind", "numeric")
    terminal.wait("Enter I don't know")
    terminal.send("softmax\r ")
    terminal.wait("numeric")
    terminal.send("qu")
    terminal.wait("> qu")
    terminal.send("\x1b")
    terminal.wait("space I don't know")
    terminal.send("t")
    terminal.wait("Enter answer")
    terminal.send("\x1b")
    terminal.wait("u undo")
    terminal.send("u")
    terminal.wait("Taken back: Good on all/gap/c1.")
    terminal.wait(lambda: terminal.text.count("> softmax") == 2)
    terminal.send("2")
    terminal.wait("Hard: back")
    terminal.wait("Enter I don't know")
    terminal.send("\x1bs")
    terminal.wait("Skipped")
    terminal.wait("That was the last card.")
    terminal.send("q")
    assert terminal.end() == 0
    assert [(event.kind, event.grade) for event in recorded()] == [
        (REVIEW, 3),
        (UNDO, None),
        (REVIEW, 2),
    ]


def test_a_whole_drill_typed_ahead(start: Start, deck: Deck, recorded: Recorded) -> None:
    """One burst answers a card of each kind, and every key goes where it belongs."""
    terminal = start("deck/all", **deck)
    for keys in (" 3", "ab\r3", "softmax\r3", " ac4", "123\r2", "0.5\r2", " 1", " 3", "q"):
        terminal.send(keys)
    assert terminal.end() == 0
    kinds = [(event.card.removeprefix("deck/all/"), event.grade) for event in recorded()]
    assert kinds == [
        ("pick", 3),
        ("pairs", 3),
        ("gap/c1", 3),
        ("explain", 4),
        ("steps", 2),
        ("sum", 2),
        ("follow-up/why", 1),
        ("follow-up/why", 3),
    ]


def test_what_is_pasted_is_text(ask: Start, recorded: Recorded) -> None:
    """A line end in it is no Enter, and where nothing is typed a paste is no keys."""
    terminal = ask("cloze")
    terminal.wait("Enter I don't know")
    terminal.send("\x1b[200~soft\rmax\x1b[201~")
    terminal.wait("> soft max")
    terminal.send("\r")
    terminal.wait("Right.")
    terminal.send("\x1b[200~2q\x1b[201~")
    terminal.send(" q")
    assert terminal.end() == 0
    assert [event.grade for event in recorded()] == [3]


def test_nothing_has_to_be_typed(ask: Start, recorded: Recorded) -> None:
    """With --no-typing a gap is thought, shown and graded; t types it all the same."""
    terminal = ask("cloze", "--no-typing")
    terminal.wait("space answer")
    assert "Type what belongs" not in terminal.text
    terminal.send(" ")
    terminal.wait("[3 Good:")
    terminal.send("1")
    terminal.wait(lambda: terminal.text.count("cloze") == 2)
    terminal.send("tsoftmax\r q")
    assert terminal.end() == 0
    assert [(event.grade, event.typed) for event in recorded()] == [(1, None), (3, "softmax")]


def test_a_held_enter_does_not_give_up(ask: Start, recorded: Recorded) -> None:
    """Key repeat of the Enter that took a grade answers nothing on the next card."""
    terminal = ask("numeric", "--kind", "order")
    terminal.wait("Enter I don't know")
    terminal.send("123\r")
    terminal.wait("The answer:")
    terminal.read(0.8)
    terminal.send("\r" * 20)
    terminal.wait("numeric")
    terminal.read(0.3)
    assert "The answer is" not in terminal.text
    terminal.send("7\r")
    terminal.wait("The answer is")
    terminal.send("3q")
    assert terminal.end() == 0
    assert len(recorded()) == 2


def test_the_stopwatch_runs_until_the_answer_and_rewrites_only_itself(ask: Start) -> None:
    """It counts in the footer without drawing anything else, and stops at the reveal."""
    terminal = ask("explain")
    terminal.wait("0:00")
    terminal.wait(lambda: re.search(r"0:0[1-9]$", terminal.text, re.MULTILINE) is not None)
    drawn = len(terminal.raw)
    shown = terminal.text.count("0:0")
    terminal.wait(lambda: re.search(r"0:0[2-9]$", terminal.text, re.MULTILINE) is not None)
    terminal.wait(lambda: re.search(r"0:0[3-9]$", terminal.text, re.MULTILINE) is not None)
    assert terminal.text.count("0:0") == shown == 1
    assert b"What does attention" not in terminal.raw[drawn:]
    assert len(terminal.raw) - drawn < 4 * 200
    terminal.send(" ")
    terminal.wait("Which of these did you say?")
    terminal.read(0.2)
    stopped = len(terminal.raw)
    terminal.read(1.3)
    assert len(terminal.raw) == stopped


def test_after_the_last_card_its_answer_can_be_taken_back(ask: Start, recorded: Recorded) -> None:
    """The drill says that it was the last one, and ends with Enter or q."""
    terminal = ask("follow-up")
    terminal.wait("space answer")
    terminal.send(" 1")
    terminal.wait("Again: comes again today")
    terminal.send(" 4")
    terminal.wait("That was the last card.")
    assert "Enter end" in terminal.text
    terminal.send("u")
    terminal.wait("Taken back: Easy on all/follow-up/why.")
    terminal.send("3")
    terminal.wait("That was the last card.")
    terminal.read(0.1)
    terminal.send("\r")
    assert terminal.end() == 0
    assert "2 answers" in terminal.text
    assert [event.grade for event in recorded()] == [1, 4, None, 3]


def test_a_low_window_shows_one_thing_at_a_time(start: Start) -> None:
    """At 80x24 the short answer stays until it was read; then come the points to tick."""
    terminal = start("12", "--kind", "explain", rows=24)
    terminal.wait("space answer")
    terminal.send(" ")
    terminal.wait("space more")
    assert "Question 12" in terminal.text
    assert "[ ]a" not in terminal.text
    terminal.read(0.8)
    terminal.send(" ")
    terminal.wait("You said: [ ]a")
    assert "space Again" in terminal.text
    assert "space more" not in terminal.text
    terminal.send("f")
    terminal.wait("space more")
    terminal.send("a")
    terminal.wait("[x]a")
    assert "space Again" in terminal.text


@pytest.mark.parametrize("columns", [30, 100])
def test_a_resize_keeps_what_is_being_typed(ask: Start, columns: int) -> None:
    """Narrower or wider: one line with its text, one footer, and typing goes on."""
    terminal = ask("cloze", columns=60, rows=20)
    terminal.wait("Enter I don't know")
    terminal.send("a softmax over all the keys there are")
    terminal.wait("there are")
    terminal.resize(columns, 20)
    terminal.read(0.3)
    terminal.send(" now")
    terminal.wait(lambda: "there are now" in words(terminal))
    assert terminal.text.count("Enter answer") == 1
    assert terminal.text.count("softmax over") == 1


def test_ctrl_z_while_an_answer_is_typed(start: Start, deck: Deck, recorded: Recorded) -> None:
    """Back from the shell, the line is there with its text and goes on."""
    import sys

    terminal = start(command=["bash", "--norc", "--noprofile", "-i"], PS1="$ ", **deck)
    terminal.send(f"{sys.executable} -m nnquiz drill deck/all --kind cloze\r")
    terminal.wait("Enter I don't know")
    terminal.send("soft")
    terminal.wait("> soft")
    terminal.send("\x1a")
    terminal.wait("Stopped")
    terminal.send("clear; fg\r")
    terminal.wait("> soft")
    terminal.send("max\r")
    terminal.wait("Right.")
    terminal.send(" q")
    terminal.wait("1 answer in")
    terminal.send("exit\r")
    terminal.end()
    assert [event.typed for event in recorded()] == ["softmax"]
