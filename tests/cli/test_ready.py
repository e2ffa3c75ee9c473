"""`nnquiz ready`: one number, its interval and its parts, on a screen and as JSON."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnquiz.bank.index import Index
from nnquiz.clock import now
from nnquiz.model.event import Event
from nnquiz.paths import locate
from nnquiz.study.past import find_trials
from nnquiz.study.readiness import expected_share, posterior, remembered, widening
from nnquiz.study.replay import histories, replay

Course = Callable[..., list[Event]]


def nnquiz(
    home: Path, *arguments: str, typed: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the real program in a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NNQUIZ_HOME": str(home), "COLUMNS": "80", **more},
    )


def printed(home: Path, *arguments: str, **more: str) -> str:
    """Return what a command prints when all is well."""
    done = nnquiz(home, *arguments, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_without_answers_there_is_a_way_to_begin(tmp_path: Path) -> None:
    """An empty log gets a kind answer, and JSON that says the same in numbers."""
    assert "nnquiz drill" in printed(tmp_path, "ready")
    shape = json.loads(printed(tmp_path, "ready", "--json"))
    assert (shape["schema"], shape["begun"], shape["expected"]) == ("nnquiz.ready/1", 0, 0)
    assert shape["forecasts"] is None


def test_the_number_is_that_of_the_log(tmp_path: Path, course: Course) -> None:
    """What JSON says of the whole deck is what the belief of the log leads to.

    Answers that were taken back and crams count for nothing.
    """
    log = course(days=12)
    shape = json.loads(printed(tmp_path, "ready", "--json"))
    today = now(4).day
    states = replay(log)
    # Mine are the only cards that were begun; the shipped ones count, and are not known.
    with Index.open(locate({"NNQUIZ_HOME": str(tmp_path)})) as index:
        cards, lines = index.cards(), index.lines()
    level = {f"{line.bank}/{line.id}": line.level for line in lines}
    weight = np.array([1.0 if level[card.question] == "advanced" else 2.0 for card in cards])
    memories = remembered([states.get(card.id) for card in cards], today + 1)
    belief = posterior(find_trials(histories(log)))
    share = expected_share(memories._replace(weight=weight), belief, widening(12))
    assert shape["expected"] == pytest.approx(share.expected, abs=1e-4)
    assert shape["low"] == pytest.approx(share.low, abs=1e-4)
    assert shape["high"] == pytest.approx(share.high, abs=1e-4)
    assert shape["begun"] == len(states) == 12
    assert shape["cards"] == len(cards)


def test_parts_come_weakest_first_with_a_command_that_works(tmp_path: Path, course: Course) -> None:
    """Topics and questions ascend; what each suggests is a command that finds its question."""
    course(days=12)
    shape = json.loads(printed(tmp_path, "ready", "--json"))
    for parts in (shape["topics"], shape["questions"]):
        expected = [part["expected"] for part in parts]
        assert expected == sorted(expected)
        assert all(part["low"] <= part["expected"] <= part["high"] for part in parts)
    mine = [part for part in shape["questions"] if part["begun"]]
    assert {part["id"] for part in mine} == {f"q{number}" for number in range(1, 13)}
    command = mine[0]["command"].split()
    assert command[0] == "nnquiz"
    done = nnquiz(tmp_path, *command[1:])
    assert done.returncode == 0


def test_the_share_falls_until_the_day(tmp_path: Path, course: Course) -> None:
    """A later day finds less, and the text names the day."""
    course(days=12)
    then = (date.fromordinal(now(4).day) + timedelta(days=60)).isoformat()
    near = json.loads(printed(tmp_path, "ready", "--json"))
    far = json.loads(printed(tmp_path, "ready", "--on", then, "--json"))
    assert far["day"] == then
    assert far["expected"] < near["expected"]
    text = " ".join(printed(tmp_path, "ready", "--on", then).split())
    assert f"in 60 days, on {then}" in text
    assert f"roughly {round(100 * far['expected'])} %" in text


@pytest.mark.parametrize(
    ("said", "message"),
    [("2001-01-01", "is past"), ("soon", "is no date"), ("2026-13-40", "is no date")],
)
def test_a_day_that_cannot_be_gets_one_clear_line(tmp_path: Path, said: str, message: str) -> None:
    """A past day or no day at all: what is wrong, how to write one, and exit 2."""
    done = nnquiz(tmp_path, "ready", "--on", said)
    assert (done.returncode, done.stdout) == (2, "")
    line, hint = done.stderr.splitlines()
    assert line == f"--on: {said} {message}"
    assert hint.startswith("hint: ")


def test_forecasts_are_judged_after_fifty(tmp_path: Path, course: Course) -> None:
    """Few answers are counted, and enough of them are set beside what was foretold."""
    course(days=5)
    few = json.loads(printed(tmp_path, "ready", "--json"))
    assert 0 < few["answers"] < 50
    assert few["forecasts"] is None
    assert f"({few['answers']} so far)" in printed(tmp_path, "ready")


def test_what_was_foretold_adds_up(tmp_path: Path, course: Course) -> None:
    """The bins hold every answer, and their means are those of the whole."""
    course(days=60)
    found = json.loads(printed(tmp_path, "ready", "--json"))["forecasts"]
    bins = found["bins"]
    assert sum(one["answers"] for one in bins) == found["answers"] >= 50
    for key in ("foretold", "recalled"):
        mean = sum(one[key] * one["answers"] for one in bins) / found["answers"]
        assert mean == pytest.approx(found[key], abs=1e-3)
    for one in bins:
        assert one["low"] <= one["foretold"] <= one["high"]
    text = " ".join(printed(tmp_path, "ready").split())
    assert f"foretold of the {found['answers']} answers" in text


@pytest.mark.parametrize("width", [80, 40])
def test_it_fits_the_window(tmp_path: Path, course: Course, width: int) -> None:
    """No line is wider than asked for, nothing is coloured in a pipe, and no blank ends a line."""
    course(days=60)
    text = printed(tmp_path, "ready", COLUMNS=str(width))
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= width
    assert all(line == line.rstrip() for line in text.splitlines())


def test_ascii_has_the_same_numbers(tmp_path: Path, course: Course) -> None:
    """Where Unicode does not arrive the bars are of other signs, and the words the same."""
    course(days=60)
    plain = printed(tmp_path, "ready", PYTHONIOENCODING="ascii")
    assert plain.isascii()
    assert re.findall(r"\d+ %", plain) == re.findall(r"\d+ %", printed(tmp_path, "ready"))


def test_cards_that_are_set_aside_do_not_count(tmp_path: Path, course: Course) -> None:
    """A suspended card leaves the deck, and the page says so."""
    course(days=12)
    before = json.loads(printed(tmp_path, "ready", "--json"))
    printed(tmp_path, "cards", "--suspend", "mine/q1/explain")
    after = json.loads(printed(tmp_path, "ready", "--json"))
    assert (after["cards"], after["set_aside"]) == (before["cards"] - 1, 1)
    assert "1 set aside" in printed(tmp_path, "ready")


def test_plan_and_ready_say_the_same_of_stopping_now(tmp_path: Path, course: Course) -> None:
    """Whole and topics, with interval; also when no plan is set and the day is named.

    Typed first answers let unseen cards count for something, a topic has a weight of its own, one
    weighs nothing, and a card is set aside.
    """
    course(days=12)
    lines = "\n2\n" * 6 + "q\n"
    drilled = nnquiz(tmp_path, "drill", "--kind", "cloze", "--no-typing", "--new", "6", typed=lines)
    assert drilled.returncode == 0
    printed(tmp_path, "cards", "--suspend", "mine/q1/explain")
    interview = (date.fromordinal(now(4).day) + timedelta(days=9)).isoformat()
    planned = json.loads(printed(tmp_path, "plan", "--interview", interview, "--json"))
    assert planned["known"]["cloze"] > 0
    printed(tmp_path, "plan", "--clear")
    without = json.loads(printed(tmp_path, "ready", "--on", interview, "--json"))
    assert stopping(planned) == stopping(without)
    weights = ("--weight", "even=3", "--weight", "vision=0")
    command = ("plan", "--interview", interview, "--minutes", "1", *weights, "--json")
    weighted = json.loads(printed(tmp_path, *command))
    ready = json.loads(printed(tmp_path, "ready", "--json"))
    assert stopping(weighted) == stopping(ready) != stopping(planned)
    assert ready["set_aside"] == 1
    assert "vision" not in {part["topic"] for part in ready["topics"]}


def stopping(shape: dict[str, Any]) -> dict[str, Any]:
    """Return what the JSON of a plan or of `nnquiz ready` expects of stopping now."""
    plan = shape["schema"] == "nnquiz.plan/1"
    key = "stop" if plan else "expected"
    interval = shape["interval"]["stop"] if plan else [shape["low"], shape["high"]]
    return {
        "share": shape["share"]["stop"] if plan else shape["expected"],
        "interval": interval,
        "cards": shape["cards"],
        "topics": {part["topic"]: (part["cards"], part[key]) for part in shape["topics"]},
    }
