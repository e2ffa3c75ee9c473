"""`nnquiz due`: one line for a prompt, or JSON."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that is used from test to test, in their order."""
    return tmp_path_factory.mktemp("home")


def nnquiz(home: Path, *arguments: str, typed: str = "") -> str:
    """Run the real program and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NNQUIZ_HOME": str(home), "COLUMNS": "80"},
    )
    assert done.stderr == ""
    return done.stdout


def test_new_cards_of_a_first_day(home: Path) -> None:
    """On the first day the allowance of new cards is waiting, on one line."""
    assert re.fullmatch(r"15 new, about \d+ min\n", nnquiz(home, "due"))


def test_json_has_the_same_numbers(home: Path) -> None:
    """The shape is stable: schema, day, due, new, seconds, next, planned."""
    shape = json.loads(nnquiz(home, "due", "--json"))
    assert list(shape) == ["schema", "day", "due", "new", "seconds", "next", "planned"]
    assert (shape["schema"], shape["due"], shape["new"]) == ("nnquiz.due/1", 0, 15)
    assert shape["seconds"] == 15 * 30
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", shape["day"])


def test_an_again_is_due_today(home: Path) -> None:
    """A card failed today counts as due; the allowance shrinks by what was begun."""
    nnquiz(home, "drill", typed="\n1\n\n3\nq\n")
    assert nnquiz(home, "due").startswith("1 due, 13 new, about ")


def test_nothing_due_names_the_next_day(home: Path) -> None:
    """When all is done the line says until when; new cards wait for tomorrow."""
    nnquiz(home, "drill", typed="\n4\n" * 20)
    line = nnquiz(home, "due")
    assert re.fullmatch(r"nothing due until \d{4}-\d\d-\d\d\n", line)
    shape = json.loads(nnquiz(home, "due", "--json"))
    assert (shape["due"], shape["new"], shape["seconds"]) == (0, 0, 0)
    assert shape["next"] in line
    assert shape["next"] > shape["day"]


def test_only_what_a_prompt_can_wait_for_is_imported(home: Path) -> None:
    """No terminal library and nothing that compiles a bank."""
    nnquiz(home, "due")  # which compiles the bank where that is to be done
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nnquiz", "due"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NNQUIZ_HOME": str(home)},
    )
    imported = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert not imported & {"rich.console", "rich.text", "numpy", "yaml", "markdown_it"}


def test_kinds_are_counted_apart(tmp_path: Path) -> None:
    """`--kind` counts the cards of those kinds alone, and knows no others."""
    assert nnquiz(tmp_path, "due", "--kind", "numeric").startswith("15 new")
    nnquiz(tmp_path, "config", "new_cards", "999")

    def counted(*kinds: str) -> int:
        named = [word for kind in kinds for word in ("--kind", kind)]
        new: int = json.loads(nnquiz(tmp_path, "due", "--json", *named))["new"]
        return new

    assert 0 < counted("order") < counted("order", "Match")
    done = subprocess.run(
        [sys.executable, "-m", "nnquiz", "due", "--kind", "clozes"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NNQUIZ_HOME": str(tmp_path)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        'no kind "clozes"; did you mean cloze?',
        "hint: kinds: choice, match, cloze, order, numeric, follow-up, explain",
    ]
