"""A drill on a pseudo-terminal: keys, screen, log, and every way out."""

import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnquiz.history.log import History
from nnquiz.model.event import BURY, REVIEW, SUSPEND, UNDO, Event
from nnquiz.study.replay import replay

Start = Callable[..., Any]
Recorded = Callable[[], list[Event]]

EXPLAIN = ("--kind", "explain")  # the kind that has most keys, and a card in every question


def grades(events: list[Event]) -> list[int | None]:
    """Return the grades of the reviews."""
    return [event.grade for event in events if event.kind == REVIEW]


def test_a_first_run_asks_at_once(start: Start) -> None:
    """A greeting of two sentences, what is waiting, and the first question with its keys."""
    terminal = start()
    terminal.wait("? keys")
    assert "Welcome." in terminal.text
    assert re.search(r"^15 new, about \d+ min$", terminal.text, re.MULTILINE)
    assert "Question 1 · choice" in terminal.text
    assert "a c d g choose" in terminal.text
    assert "15 left" in terminal.text


def test_keys_typed_ahead_are_honoured_one_by_one(start: Start, recorded: Recorded) -> None:
    """A burst before the first card is drawn: three cards revealed, graded, and the end."""
    terminal = start(*EXPLAIN)
    terminal.send(" 3 2 4q")
    assert terminal.end() == 0
    assert grades(recorded()) == [3, 2, 4]
    assert "3 answers" in terminal.text
    assert "1 Hard, 1 Good, 1 Easy" in terminal.text


def test_grades_typed_before_the_answer_do_nothing(start: Start, recorded: Recorded) -> None:
    """What was not seen cannot be graded, so a held digit grades one card at most."""
    terminal = start(*EXPLAIN)
    terminal.send("333 3333q")
    assert terminal.end() == 0
    assert grades(recorded()) == [3]


def test_a_lone_esc_does_nothing_and_hangs_nothing(start: Start) -> None:
    """Esc alone, arrows and unknown sequences are no keys of a drill, and the next key works."""
    terminal = start(*EXPLAIN)
    terminal.wait("? keys")
    for keys in ("\x1b", "\x1b[A", "\x1b[1;5C"):
        terminal.send(keys)
        terminal.read(0.15)
    assert "Which of these did you say?" not in terminal.text
    terminal.send(" ")
    terminal.wait("Which of these did you say?")


def test_a_held_space_reveals_and_then_stops(start: Start, recorded: Recorded) -> None:
    """Key repeat never grades; a space pressed anew takes the suggested grade."""
    terminal = start(*EXPLAIN)
    terminal.wait("? keys")
    terminal.send(" " * 40)
    terminal.wait("Which of these did you say?")
    terminal.read(0.8)
    assert recorded() == []
    terminal.send("ac ")
    terminal.wait("Question 2")
    assert len(recorded()) == 1


def test_ticks_move_the_suggestion_which_space_takes(start: Start, recorded: Recorded) -> None:
    """Boxes fill, the brackets move from Again over Hard to Good, and Good is saved."""
    terminal = start("12", *EXPLAIN)
    terminal.wait("? keys")
    terminal.send(" ")
    terminal.wait("[1 Again: again today]")
    terminal.send("acd")
    terminal.wait("[2 Hard:")
    assert "[x] a" in terminal.text
    terminal.send("gjkl")
    terminal.wait("[3 Good:")
    terminal.send("d")
    terminal.wait("[2 Hard:")
    terminal.send("d\rq")
    assert terminal.end() == 0
    assert grades(recorded()) == [3]


def test_the_interval_shown_is_the_one_saved(start: Start, recorded: Recorded) -> None:
    """Each button's days are what the log holds for that grade."""
    for grade, name in ((2, "Hard"), (3, "Good"), (4, "Easy")):
        terminal = start(str(grade), *EXPLAIN)
        terminal.wait("? keys")
        terminal.send(" ")
        terminal.wait(f"{grade} {name}: ")
        shown = re.search(rf"{grade} {name}: (\d+) d", terminal.text)
        assert shown is not None
        terminal.send(f"{grade}q")
        assert terminal.end() == 0
        event = recorded()[-1]
        assert event.due == event.day + int(shown[1])


def test_undo_takes_the_answer_back_and_asks_the_card_again(
    start: Start, recorded: Recorded, home: Path
) -> None:
    """3, u, 1: the state is that of a log in which only the 1 was given."""
    terminal = start(*EXPLAIN)
    terminal.wait("? keys")
    terminal.send(" ac3")
    terminal.wait("Question 2")
    terminal.send("u")
    terminal.wait("Taken back: Good on neuron/explain.")
    terminal.wait("[x] c")
    terminal.send("1")
    terminal.wait("1 coming again")
    terminal.send("q")
    assert terminal.end() == 0
    events = recorded()
    assert [event.kind for event in events] == [REVIEW, UNDO, REVIEW]
    with History.open(str(home / "history.db")) as log:
        assert log.states() == replay(events[2:])
    assert "1 answer in" in terminal.text


def test_undo_works_after_a_restart_and_redo_brings_it_back(
    start: Start, recorded: Recorded
) -> None:
    """What was answered today is taken back by the next drill, and stands again by U."""
    first = start(*EXPLAIN)
    first.send(" 3q")
    assert first.end() == 0
    second = start(*EXPLAIN)
    second.wait("u undo")
    second.send("u")
    second.wait("Question 1 ")
    second.send("U")
    second.wait("Stands again: Good on neuron/explain.")
    second.wait("Question 2")
    second.send("uq")
    assert second.end() == 0
    assert replay(recorded()) == {}


def test_skip_bury_and_suspend(start: Start, recorded: Recorded) -> None:
    """Skipping records nothing; burying and suspending do, and none of them is an answer."""
    terminal = start(*EXPLAIN)
    terminal.send("sb!q")
    assert terminal.end() == 0
    assert [event.kind for event in recorded()] == [BURY, SUSPEND]
    assert "Nothing answered" in terminal.text
    again = start(*EXPLAIN)
    again.wait("? keys")
    assert "Question 1 " in again.text
    again.send("s")
    again.wait("Question 4")


def test_the_full_answer_and_the_keys_are_printed_above(start: Start) -> None:
    """The key f prints the full answer and leaves the footer; ? lists what acts."""
    terminal = start("12", *EXPLAIN, rows=100)
    terminal.wait("? keys")
    terminal.send(" ")
    terminal.wait("f full answer")
    terminal.send("f")
    terminal.wait("quadratic")
    terminal.wait(lambda: "f full answer" not in terminal.text)
    terminal.send("?")
    terminal.wait("end the drill; every answer is saved already")
    assert terminal.text.count("? keys") == 1


def test_x_runs_the_worked_example_and_comes_back(start: Start, recorded: Recorded) -> None:
    """The example is printed by a process of its own, one at a time, and the card waits."""
    terminal = start("1", *EXPLAIN, rows=200)
    terminal.wait("? keys")
    terminal.send(" x")
    terminal.wait(
        lambda: terminal.text.count("[1 Again: again today]") == 1 and "Given" in terminal.text
    )
    terminal.wait("That was neuron; x again runs neuron-gradient.")
    assert "neuron-gradient (question 1)" not in terminal.text
    terminal.send("x")
    terminal.wait("That was neuron-gradient; x again runs xor.")
    assert "neuron-gradient (question 1)" in terminal.text
    terminal.send("3q")
    assert terminal.end() == 0
    assert grades(recorded()) == [3]


def test_ctrl_c_ends_with_a_summary_and_130(start: Start, recorded: Recorded, home: Path) -> None:
    """The answers are kept, the summary is printed, and the terminal is as it was."""
    script = (
        "stty -g > before; python -m nnquiz drill --kind explain; echo code=$?; stty -g > after"
    )
    home.joinpath("run").write_text(script.replace("python", _python()), encoding="utf-8")
    terminal = start(command=["bash", "-c", f"cd '{home}' && . ./run"])
    terminal.wait("? keys")
    terminal.send(" 3")
    terminal.wait("Question 2")
    terminal.send("\x03")
    terminal.wait("code=130")
    terminal.end()
    assert "1 answer in" in terminal.text
    assert "space answer" not in terminal.text
    assert grades(recorded()) == [3]
    assert (home / "before").read_text() == (home / "after").read_text() != ""


def _python() -> str:
    import sys

    return sys.executable


def test_ctrl_z_and_fg(start: Start, recorded: Recorded, home: Path) -> None:
    """Stopped, the shell has an ordinary terminal; brought back, the card is there and works."""
    terminal = start(command=["bash", "--norc", "--noprofile", "-i"], PS1="$ ")
    terminal.send(f"{_python()} -m nnquiz drill --kind explain\r")
    terminal.wait("? keys")
    terminal.send("\x1a")
    terminal.wait("Stopped")
    terminal.send("stty -a | grep -o -w -e -icanon -e icanon -e -echo -e echo | xargs echo mode\r")
    terminal.wait("mode icanon echo")
    terminal.send("clear; fg\r")
    terminal.wait(lambda: "? keys" in terminal.text and "Question 1" in terminal.text)
    terminal.send(" 3")
    terminal.wait("Question 2")
    terminal.send("q")
    terminal.wait("1 answer in")
    terminal.send("stty -a | grep -o -w -e -icanon -e icanon -e -echo -e echo | xargs echo mode\r")
    terminal.wait("mode icanon echo")
    terminal.send("exit\r")
    terminal.end()
    assert grades(recorded()) == [3]


def test_a_resize_draws_the_card_for_the_new_width(start: Start) -> None:
    """Narrower and wider again: one footer, nothing cut, the ticks as they were."""
    terminal = start("12", *EXPLAIN, rows=60)
    terminal.wait("? keys")
    terminal.send(" ac")
    terminal.wait("[x] c")
    for columns in (40, 100, 60):
        terminal.resize(columns, 60)
        terminal.read(0.4)
        terminal.wait("? keys")
        assert terminal.text.count("space") == 1
        assert terminal.text.count("[x]") == 2
        words = " ".join(terminal.text.split())
        assert "the output is the weighted average of the values. (must)" in words


def test_forty_columns(start: Start) -> None:
    """Everything is folded between words, and the keys are all there."""
    terminal = start("1", *EXPLAIN, columns=40, rows=30)
    terminal.wait("? keys")
    terminal.send(" a")
    terminal.wait("[x]a")
    words = " ".join(terminal.text.split())
    for key in ("space Again", "1-4 grade", "letters tick", "f full answer", "q end", "1 left"):
        assert key in words
    assert "[1 Again: again today]" in terminal.text
    assert all(len(line) <= 40 for line in terminal.lines)


def test_end_of_input_ends_with_a_summary(start: Start, recorded: Recorded) -> None:
    """Ctrl-D is the end of input: like q, and exit 0."""
    terminal = start(*EXPLAIN)
    terminal.send(" 3")
    terminal.wait("Question 2")
    terminal.send("\x04")
    assert terminal.end() == 0
    assert "1 answer in" in terminal.text
    assert grades(recorded()) == [3]


def test_sigterm_and_a_closed_window_lose_nothing(start: Start, recorded: Recorded) -> None:
    """Killed politely, the program leaves with the signal's code and its answers saved."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        terminal = start(*EXPLAIN)
        terminal.wait("? keys")
        terminal.send(" 3")
        terminal.wait("back ")
        terminal.child.kill(number)
        assert terminal.end() == 128 + number
    assert grades(recorded()) == [3, 3]


def test_sigkill_right_after_an_answer_loses_nothing(start: Start, recorded: Recorded) -> None:
    """As soon as the next card shows, the answer is in the log, and the next start is clean."""
    for answered in (1, 2, 3):
        terminal = start(*EXPLAIN)
        terminal.wait("? keys")
        terminal.send(" 3")
        terminal.wait("back ")
        terminal.child.kill(signal.SIGKILL)
        assert terminal.end() == 128 + signal.SIGKILL
        assert len(recorded()) == answered
    last = start(*EXPLAIN)
    last.wait("? keys")
    assert "Question 4" in last.text
    assert "12 new" in last.text


def test_two_drills_at_once(start: Start, recorded: Recorded) -> None:
    """The second to answer the same card is told, saves nothing, and goes on with another card."""
    one, other = start(*EXPLAIN), start(*EXPLAIN)
    for terminal in (one, other):
        terminal.wait("? keys")
        terminal.send(" ")
        terminal.wait("[1 Again")
    one.send("3")
    one.wait("Question 2")
    other.send("4")
    other.wait("Changed by another drill")
    assert grades(recorded()) == [3]
    one.send(" 3")
    one.wait("Question 3")
    other.send("s")
    other.wait("Question 3")
    assert "Question 2" not in other.text
    for terminal in (one, other):
        terminal.send("q")
        assert terminal.end() == 0


def test_only_failed_cards_left(start: Start, recorded: Recorded) -> None:
    """One card failed three times: the drill offers to end, and space goes on all the same."""
    terminal = start("5", *EXPLAIN, rows=200)
    for times in range(3):
        terminal.wait(lambda times=times: terminal.text.count("Question 5 ") == times + 1)
        terminal.send(" 1")
    terminal.wait("Enough for now?")
    terminal.read(0.8)
    terminal.send(" ")
    terminal.wait(lambda: terminal.text.count("Question 5 ") == 4)
    terminal.read(0.8)
    terminal.send(" 3q")
    assert terminal.end() == 0
    assert grades(recorded()) == [1, 1, 1, 3]


def test_no_colour_is_asked_for_with_no_color(start: Start) -> None:
    """NO_COLOR leaves bold and dim, and the suggested grade has brackets anyway."""
    terminal = start("12", *EXPLAIN, NO_COLOR="1")
    terminal.wait("? keys")
    terminal.send(" acd")
    terminal.wait("[x] d")
    colours = re.findall(rb"\x1b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7])[;m]", terminal.raw)
    assert colours == []


def test_a_bank_cannot_speak_to_the_terminal(start: Start, tmp_path: Path) -> None:
    """Escape sequences in a question are shown, not sent."""
    deck = tmp_path / "deck.yaml"
    deck.write_text(
        'id: bad\nquestion: "see \\e[31mred\\e[2J"\nanswer: "a \\a b"\n', encoding="utf-8"
    )
    terminal = start("deck/bad", NNQUIZ_BANK=str(deck))
    terminal.wait("? keys")
    assert "␛[31mred␛[2J" in terminal.text
    assert b"\x1b[31m" not in terminal.raw
    assert b"\x1b[2J" not in terminal.raw


def test_the_next_card_is_there_at_once(start: Start) -> None:
    """From a grade to the next question takes no longer than a person notices."""
    terminal = start(*EXPLAIN)
    terminal.wait("? keys")
    terminal.send(" ")
    terminal.wait("[1 Again")
    began = time.monotonic()
    terminal.send("3")
    terminal.wait("Question 2")
    assert time.monotonic() - began < 1.0


def test_a_screen_without_unicode_is_ascii(start: Start) -> None:
    """Rules, bullets, letters and formulas are the signs of a typewriter, each where it belongs."""
    terminal = start("attention", *EXPLAIN, columns=60, rows=110, PYTHONIOENCODING="ascii")
    terminal.wait("? keys")
    assert "-- Question 12 | explain | transformers | core ---" in terminal.text
    terminal.send(" f")
    terminal.wait("input X come three linear projections")
    terminal.wait("Project")
    assert terminal.raw.isascii()
    assert "Attention(Q, K, V) = softmax(----" in terminal.text
    assert max(map(len, terminal.lines)) <= 60
