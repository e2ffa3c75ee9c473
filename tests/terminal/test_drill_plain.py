"""A drill without a terminal: line by line, for pipes, scripts and screen readers."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nnquiz.history.log import History
from nnquiz.model.event import REVIEW, Event

UNNEEDED = ("nnquiz.tex", "nnquiz.examples", "nnquiz.problems")
HEAVY = {"numpy", "yaml", "pydantic", "jsonschema", "markdown_it", "mdit_py_plugins", "asyncio"}

Recorded = Callable[[], list[Event]]
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_lines_reveal_tick_and_grade(drill: Run, recorded: Recorded) -> None:
    """Empty lines go on, letters tick several points at once, a digit grades, q ends."""
    done = drill("--kind", "explain", typed="\n3\n\nacd gj\n\n\nq\n")
    assert (done.returncode, done.stderr) == (0, "")
    grades = [event.grade for event in recorded() if event.kind == REVIEW]
    assert grades == [3, 3]
    assert "Ticked: a c d g j." in done.stdout
    assert "or Enter for 3 Good:" in done.stdout
    assert "2 answers" in done.stdout


def test_the_end_of_input_ends_with_a_summary(drill: Run, recorded: Recorded) -> None:
    """Without anything to read the first question is asked, and that is all: exit 0."""
    done = drill()
    assert done.returncode == 0
    assert "Question 1" in done.stdout
    assert done.stdout.splitlines()[-1] == "Nothing answered this time."
    assert recorded() == []


def test_a_closed_standard_input_is_an_empty_one(home: Path) -> None:
    """`nnquiz drill <&-` asks nothing of nobody, and says no traceback."""
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m nnquiz drill <&-"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NNQUIZ_HOME": str(home)},
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_anything_can_be_typed(drill: Run, recorded: Recorded) -> None:
    """Words, nonsense and bytes that are no text get one line, and nothing is recorded."""
    done = drill(typed=b"hello\n9\n\xff\xfe\n33\n\n \x00\x1b[A\nq\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "One thing a line" in done.stdout
    assert recorded() == []


def test_undo_skip_and_keys_by_line(drill: Run, recorded: Recorded) -> None:
    """The keys of the screen work as lines of one letter."""
    done = drill("--kind", "explain", typed="?\n\nf\n4\nu\n1\ns\nq\n")
    assert done.returncode == 0
    assert "list the keys" in done.stdout
    assert "Taken back: Easy on neuron/explain." in done.stdout
    assert [event.kind for event in recorded()] == ["review", "undo", "review"]


def test_the_example_is_run(drill: Run) -> None:
    """Typing x prints the worked example of the question."""
    done = drill("1", typed="\nx\nq\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Given" in done.stdout


def test_named_questions_are_asked_due_or_not(drill: Run, recorded: Recorded) -> None:
    """`drill 7 attention 7`: each once, also when both were answered a moment ago."""
    for _ in range(2):
        done = drill("7", "attention", "7", "--kind", "explain", typed="\n3\n\n3\n")
        assert sorted(re.findall(r"Question (\d+) ", done.stdout)) == ["12", "7"]
    assert len(recorded()) == 4


def test_limit_new_and_filters_choose(drill: Run) -> None:
    """Each option does what it says, and the first line says what is waiting."""
    assert "15 new, about 8 min; 2 of them now" in drill("--limit", "2").stdout
    assert "3 new, about 2 min" in drill("--new", "3").stdout
    assert "22 new" in drill("--new", "99", "--kind", "explain").stdout
    vision = drill("--topic", "vision", typed="s\n" * 30)
    assert set(re.findall(r"Question \d+ · [\w-]+ · (\w+)", vision.stdout)) == {"vision"}
    tagged = drill("--tag", "softmax", typed="s\n" * 30)
    assert "Question 12 " in tagged.stdout


def test_nothing_due_says_when_and_how_to_go_on(drill: Run) -> None:
    """The commands that are offered work, with the same filters."""
    drill("--new", "1", "--kind", "explain", typed="\n3\n")
    done = drill("--new", "0", "--kind", "explain")
    assert done.returncode == 0
    assert "Nothing is due." in done.stdout
    due = re.search(r"The next card is due (?:tomorrow|in (\d+) days, )", done.stdout)
    assert due is not None
    assert "To begin some now:\nnnquiz drill --kind explain --new 5\n" in done.stdout
    assert "the weakest now:\nnnquiz drill --kind explain --weak\n" in done.stdout
    assert "Question 1 " in drill("--kind", "explain", "--weak").stdout
    days = int(due[1] or 1)
    ahead = drill("--new", "0", "--ahead", str(days))
    assert "1 due, about 1 min" in ahead.stdout
    assert "Question 1 " in ahead.stdout
    assert "Nothing is due." in drill("--new", "0", "--ahead", str(days - 1)).stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["32"], "no question 32"),
        (["--topic", "cooking"], "cooking"),
        (["--limit", "0"], "--limit"),
        (["--kind", "quiz"], 'no kind "quiz"'),
        (["--kind", "cloze", "--kind", "numerci"], "did you mean numeric?"),
        (["12", "--ahead", "3"], "named questions are always asked"),
        (["12", "--topic", "vision"], "there is no such card to ask"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_line(
    drill: Run, arguments: list[str], complaint: str
) -> None:
    """Bad names, filters and numbers: exit 2, one line and perhaps a hint, and no drill."""
    done = drill(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    message, *hints = done.stderr.splitlines()
    assert complaint in message
    assert all(hint.startswith("hint: ") for hint in hints)


def test_a_damaged_log_is_kept(drill: Run, home: Path) -> None:
    """A log that cannot be read ends the drill before the first card, and stays as it was."""
    garbage = b"not a database, but somebody's file" * 100
    (home / "history.db").write_bytes(garbage)
    done = drill(typed="\n3\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert "history.db: was damaged" in done.stderr
    (kept,) = home.glob("history-damaged-*.db")
    assert kept.read_bytes() == garbage


def test_only_what_is_needed_is_imported(home: Path) -> None:
    """The first card costs no numpy, YAML, schema or Markdown, and none of the examples."""
    for flags in ([], ["-X", "importtime"]):  # the first of them may compile the bank
        done = subprocess.run(
            [sys.executable, *flags, "-m", "nnquiz", "drill"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "NNQUIZ_HOME": str(home)},
        )
    imported = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "rich.console" in imported
    assert not imported & HEAVY
    assert not {name for name in imported if name.startswith(UNNEEDED)}


def test_the_state_is_that_of_its_events(drill: Run, home: Path, recorded: Recorded) -> None:
    """What a drill leaves behind replays to what it saved: four answers, an undo, another one."""
    drill("--kind", "explain", typed="\n1\n\n2\n\n3\n\n4\nu\n\n")
    with History.open(str(home / "history.db")) as log:
        assert log.verify() == []
    assert len(recorded()) == 6


def test_every_kind_line_by_line(drill: Run, deck: dict[str, str], recorded: Recorded) -> None:
    """A letter chooses, a line is a typed answer, and what cannot be read is asked again."""
    typed = ["", "3", "ab", "3", "sofmax", "", "", "ac", "4", "x", "3 2 1", "2", "1e9", "1", "", ""]
    done = drill("deck/all", typed="\n".join([*typed, "7", "3", ""]) + "\n", **deck)
    assert (done.returncode, done.stderr) == (0, "")
    assert [(event.card.removeprefix("deck/all/"), event.grade) for event in recorded()] == [
        ("pick", 3),
        ("pairs", 3),
        ("gap/c1", 2),
        ("explain", 4),
        ("steps", 2),
        ("sum", 1),
        ("follow-up/why", 3),
        ("sum", 3),
    ]
    for said in (
        "A letter, Enter for I don't know",
        "Close: look at the spelling.",
        "That is no answer yet.\n",
        "1000000000 is wrong.",
        "Which of these did you say?",
        "That was the last card. Enter to end, u to undo: ",
    ):
        assert said in done.stdout


def test_keys_stand_behind_a_colon_where_a_line_is_an_answer(
    drill: Run, deck: dict[str, str], recorded: Recorded
) -> None:
    """Hint, list of keys and skip work while an answer is asked for; a bare letter is an answer."""
    done = drill("deck/all", "--kind", "cloze", typed=":h\n:?\nq\n2\n:u\n", **deck)
    assert "Hint: It begins with s" in done.stdout
    assert "type the answer" in done.stdout
    assert "Wrong." in done.stdout
    assert "Taken back: Hard on all/gap/c1." in done.stdout
    assert [(event.kind, event.typed) for event in recorded()] == [("review", "q"), ("undo", None)]
    skipped = drill("deck/all", "--kind", "cloze", typed=":s\n\n", **deck)
    assert "Skipped: nothing was recorded." in skipped.stdout


def test_an_explanation_may_be_typed_line_by_line(
    drill: Run, deck: dict[str, str], recorded: Recorded
) -> None:
    """After t the next line is the answer, and its phrases tick."""
    done = drill("deck/all", "--kind", "explain", typed="t\na weighted average\nc\n\n", **deck)
    assert "Ticked: a." in done.stdout
    assert "Ticked: a c." in done.stdout
    assert [(event.grade, event.typed) for event in recorded()] == [(3, "a weighted average")]


@pytest.mark.parametrize("kind", ["choice", "match", "cloze", "order", "numeric", "follow-up"])
def test_the_input_may_end_anywhere(
    drill: Run, deck: dict[str, str], recorded: Recorded, kind: str
) -> None:
    """Before an answer, or before a grade: the drill ends, and what was not graded is not saved."""
    for typed in ("", "\n", "1"):
        done = drill("deck/all", "--kind", kind, typed=typed, **deck)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith("Nothing answered this time.\n")
    assert recorded() == []


def test_typing_can_be_left_out_line_by_line(
    drill: Run, deck: dict[str, str], recorded: Recorded
) -> None:
    """With --no-typing an empty line shows the answer, and the next one takes Good."""
    done = drill("deck/all", "--kind", "numeric", "--no-typing", typed="\n\n\n", **deck)
    assert "or Enter for 3 Good: " in done.stdout
    assert [event.grade for event in recorded()] == [3]


def test_a_drill_in_ascii_says_all_of_it(drill: Run) -> None:
    """Where Unicode does not arrive, cards and answers are typed, and no sign becomes a `?`."""
    keys = "\nf\n3\n" * 3 + "q\n"
    done = drill("attention", "--kind", "explain", typed=keys, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert "Question 12 | explain | transformers | core" in done.stdout
    assert "softmax((Q K^T)/sqrt(d_k))V" in done.stdout
    asked = re.compile(r"\w\?(?=\s|$)|(?:;|,) :?\? |^\? ", re.MULTILINE)  # questions, and the key
    assert "?" not in asked.sub("", done.stdout)
