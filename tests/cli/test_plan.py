"""`nnquiz plan` and the drill that follows it, as the real program does them."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

TODAY = date.today()
INTERVIEW = TODAY + timedelta(days=6)


def run(
    home: Path, *arguments: str, typed: str = "", columns: int = 80
) -> subprocess.CompletedProcess[str]:
    """Run the real program, whose days begin at midnight."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "NNQUIZ_HOME": str(home),
            "NNQUIZ_ROLLOVER": "0",
            "COLUMNS": str(columns),
        },
    )


def nnquiz(home: Path, *arguments: str, typed: str = "", columns: int = 80) -> str:
    """Run the real program, expect it to succeed, and return what it printed."""
    done = run(home, *arguments, typed=typed, columns=columns)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(home: Path, *arguments: str) -> list[str]:
    """Run the real program, expect it to refuse, and return what it said."""
    done = run(home, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.splitlines()


def shape_of(home: Path, *arguments: str) -> dict[str, object]:
    """Return the plan as JSON."""
    shape: dict[str, object] = json.loads(nnquiz(home, "plan", *arguments, "--json"))
    assert shape["schema"] == "nnquiz.plan/1"
    return shape


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a plan of six days that is not changed."""
    home = tmp_path_factory.mktemp("planned")
    nnquiz(home, "plan", "--interview", f"{INTERVIEW}", "--minutes", "10")
    return home


@pytest.fixture
def home(tmp_path: Path, planned: Path) -> Path:
    """Return a new home in which the banks are compiled already."""
    (tmp_path / "cache").mkdir()
    shutil.copy(planned / "cache" / "bank.db", tmp_path / "cache")
    return tmp_path


def test_without_a_plan_it_says_how_to_make_one(home: Path) -> None:
    """Nothing is planned, nothing is written, and JSON says null."""
    assert "nnquiz plan --interview" in nnquiz(home, "plan")
    assert shape_of(home)["interview"] is None
    assert not (home / "config.toml").exists()


def test_the_plan_shows_days_shares_topics_and_seconds(planned: Path) -> None:
    """What is kept is more than half of it, and that more than stopping; days hold their time."""
    shape = shape_of(planned)
    share = shape["share"]
    assert isinstance(share, dict)
    assert 1 >= share["double"] > share["kept"] > share["half"] > share["stop"] == 0
    days = shape["days"]
    assert isinstance(days, list)
    assert [day["day"] for day in days] == [f"{TODAY + timedelta(days=n)}" for n in range(6)]
    assert all(9 < day["minutes"] < 10.3 and day["available"] == 10 for day in days)
    assert shape["seconds"] == {"again": 25.0, "recalled": 12.0, "first": 30.0}
    text = nnquiz(planned, "plan")
    assert text.startswith(f"The interview is on {INTERVIEW:%a} {INTERVIEW}, in 6 days.")
    for words in ("if you keep the plan", "if you stop now", "Topic", "30 s for a first answer"):
        assert words in text


def test_too_few_minutes_are_said_in_plain_words(planned: Path) -> None:
    """How many cards will not be begun, what twice the minutes do, and what to leave out."""
    text = " ".join(nnquiz(planned, "plan").split())
    assert re.search(r"do not cover the deck: about \d+ of \d+ new cards will not be begun", text)
    advice = re.search(r"nnquiz (plan( --weight [a-z]+=0)+)", text)
    assert advice is not None


def test_the_advice_can_be_followed(home: Path) -> None:
    """The command that is printed runs, and leaves fewer cards unbegun."""
    nnquiz(home, "plan", "--interview", f"{INTERVIEW}", "--minutes", "15")
    before = shape_of(home)["unbegun"]
    advice = re.search(
        r"nnquiz (plan( --weight [a-z]+=0)+)", " ".join(nnquiz(home, "plan").split())
    )
    assert advice is not None
    nnquiz(home, *advice[1].split())
    after = shape_of(home)["unbegun"]
    assert isinstance(before, float)
    assert isinstance(after, float)
    assert after < before


@pytest.mark.parametrize("columns", [40, 200])
def test_it_fits_the_window(planned: Path, columns: int) -> None:
    """No line is wider than the window, nor than is pleasant to read."""
    lines = nnquiz(planned, "plan", columns=columns).splitlines()
    assert max(map(len, lines)) <= min(columns, 80)


def test_options_add_up_and_can_be_taken_back(home: Path) -> None:
    """Each call changes what it names; a weight of 1 and a day that is on are as before."""
    day = TODAY + timedelta(days=2)
    nnquiz(home, "plan", "--interview", f"{INTERVIEW}", "--minutes", "mon=30,sat=60.5")
    first = shape_of(home, "--off", f"{day}", "--weight", "Transformers=3", "--weight", "18=0")
    assert first["minutes"] == {
        **dict.fromkeys(("tue", "wed", "thu", "fri", "sun"), 0.0),
        "mon": 30.0,
        "sat": 60.5,
    }
    assert first["off"] == [f"{day}"]
    assert first["weights"] == {"transformers": 3.0, "nnquiz/gans": 0.0}
    assert shape_of(home) == first
    last = shape_of(
        home, "--on", f"{day}", "--weight", "transformers=1", "--minutes", "20,sunday=0"
    )
    assert last["off"] == []
    assert last["weights"] == {"nnquiz/gans": 0.0}
    minutes = last["minutes"]
    assert isinstance(minutes, dict)
    assert (minutes["mon"], minutes["sun"]) == (20, 0)


def test_what_cannot_be_planned_is_refused_and_nothing_changes(home: Path) -> None:
    """A refusal names the option and the way out, and writes nothing."""
    for arguments, said in (
        (["--interview", f"{TODAY}"], "is today"),
        (["--clear", "--minutes", "3"], "--clear goes with nothing else"),
    ):
        lines = refused(home, "plan", *arguments)
        assert said in lines[0]
        assert len(lines) == 2
    assert not (home / "config.toml").exists()


def test_no_time_and_no_cards_have_an_answer(home: Path) -> None:
    """Zero minutes, and a deck of which nothing counts, say so and how to go on."""
    text = nnquiz(home, "plan", "--interview", f"{INTERVIEW}", "--minutes", "0")
    assert "recalled without another review: 0 %." in " ".join(text.split())
    assert shape_of(home)["share"] == {"kept": 0.0, "double": 0.0, "half": 0.0, "stop": 0.0}
    topics = {line["topic"] for line in json.loads(nnquiz(home, "list", "--json"))["questions"]}
    weights = [option for topic in sorted(topics) for option in ("--weight", f"{topic}=0")]
    text = nnquiz(home, "plan", "--minutes", "10", *weights)
    assert text.startswith("There is no card to plan for")
    assert nnquiz(home, "drill") == text
    assert shape_of(home)["share"] is None


@pytest.mark.parametrize(
    ("days", "said"), [(0, "The interview is today."), (-3, "The interview was on")]
)
def test_the_day_itself_and_after(home: Path, days: int, said: str) -> None:
    """On the day there is good luck; afterwards the drill goes by intervals again."""
    (home / "config.toml").write_text(f"[plan]\ninterview = {TODAY + timedelta(days=days)}\n")
    assert nnquiz(home, "plan").startswith(said)
    assert shape_of(home)["interview"] == f"{TODAY + timedelta(days=days)}"
    assert "Interview in" not in nnquiz(home, "drill", typed="q\n")


def test_clearing_goes_back_to_intervals(home: Path) -> None:
    """The table is dropped from the file, and drill knows no interview any more."""
    (home / "config.toml").write_text("retention = 0.85 # mine\n")
    nnquiz(home, "plan", "--interview", f"{INTERVIEW}")
    assert "Interview in 6 days" in nnquiz(home, "drill", typed="q\n")
    assert "ordinary spaced repetition" in nnquiz(home, "plan", "--clear")
    assert nnquiz(home, "plan", "--clear") == "No interview was planned.\n"
    assert (home / "config.toml").read_text().strip() == "retention = 0.85 # mine"
    assert "Interview in" not in nnquiz(home, "drill", typed="q\n")


def test_a_drill_keeps_to_the_minutes_of_the_day(home: Path) -> None:
    """What was answered is taken off, and the plan of tomorrow starts from today's prices."""
    nnquiz(home, "plan", "--interview", f"{INTERVIEW}", "--minutes", "2")
    text = nnquiz(home, "drill", typed="\n1\n\n3\nq\n")
    assert text.count("Question ") == 3
    assert "about 4 cards in 2 min" in text
    prices = json.loads((home / "cache" / "prices.json").read_text())
    assert len(prices["prices"]) == 6
    again = nnquiz(home, "drill", typed="q\n")
    assert "1 coming again" in again or "Question 1" in again
    assert shape_of(home)["answers"] == 2


def test_due_knows_what_the_plan_has_left(home: Path) -> None:
    """A prompt shows the time of today; kinds are counted as ever, and JSON has both."""
    assert json.loads(nnquiz(home, "due", "--json"))["planned"] is None
    (home / "config.toml").write_text(f"[plan]\ninterview = {INTERVIEW}\nminutes = 12\n")
    assert nnquiz(home, "due") == "interview in 6 days, 12 min left today\n"
    assert json.loads(nnquiz(home, "due", "--json"))["planned"] == 720
    assert "new" in nnquiz(home, "due", "--kind", "cloze")
    (home / "config.toml").write_text(f"[plan]\ninterview = {INTERVIEW}\noff = [{TODAY}]\n")
    assert nnquiz(home, "due") == "interview in 6 days, nothing left today\n"


def test_days_without_time_are_respected(home: Path) -> None:
    """The plan asks nothing on a day off, and says how to study all the same."""
    nnquiz(home, "plan", "--interview", f"{INTERVIEW}", "--off", f"{TODAY}")
    assert nnquiz(home, "drill").startswith("The plan leaves today free.")
    assert "in 10 min" in nnquiz(home, "drill", "--minutes", "10", typed="q\n")


def test_cards_that_were_chosen_come_before_the_plan(home: Path) -> None:
    """Named questions are asked as ever; a topic is asked in the order of the plan."""
    nnquiz(home, "plan", "--interview", f"{INTERVIEW}", "--off", f"{TODAY}")
    assert "Question 12 " in nnquiz(home, "drill", "12", typed="q\n")
    nnquiz(home, "plan", "--on", f"{TODAY}")
    text = nnquiz(home, "drill", "--topic", "transformers", "--limit", "2", typed="\n1\n\n1\n")
    assert "about 2 cards" in text
    assert set(re.findall(r"· ([a-z]+) · core", text)) == {"transformers"}


def test_what_weighs_nothing_is_not_asked(home: Path) -> None:
    """Topics of weight 0 are left out of the plan and of the drill."""
    topics = {line["topic"] for line in json.loads(nnquiz(home, "list", "--json"))["questions"]}
    others = sorted(topics - {"vision"})
    weights = [option for topic in others for option in ("--weight", f"{topic}=0")]
    nnquiz(home, "plan", "--interview", f"{INTERVIEW}", *weights)
    text = nnquiz(home, "drill", typed="\n1\n" * 4 + "q\n")
    asked = re.findall(r"Question \d+ · [a-z-]+ · ([a-z]+)", text)
    assert len(asked) >= 4
    assert set(asked) == {"vision"}


def test_the_first_card_waits_for_no_numpy(planned: Path) -> None:
    """The queue of a planned drill hands out its first card before numpy is imported."""
    code = """
import os, sys
from nnquiz.bank.index import Index
from nnquiz.cli.planned_drill import PlannedDrill
from nnquiz.clock import now
from nnquiz.config.goal import load_goal
from nnquiz.history.log import History
from nnquiz.paths import locate
from nnquiz.study.selection import Wish
paths = locate(os.environ)
with Index.open(paths) as index, History.open(paths.history) as log:
    drill = PlannedDrill(Wish(), load_goal(paths.config), index, log, now(0).day)
    queue = drill.queue(index.shelf(), paths)
    assert queue.next() is not None
    assert queue.left > 5
    assert "numpy" not in sys.modules and "tomlkit" not in sys.modules
    assert queue.next() is not None
    assert "numpy" in sys.modules
"""
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "NNQUIZ_HOME": str(planned)}
    )


def test_without_a_date_nothing_of_the_plan_is_imported(home: Path) -> None:
    """An ordinary drill pays for no plan."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nnquiz", "drill"],
        input="\n3\n\n3\nq\n",
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NNQUIZ_HOME": str(home)},
    )
    imported = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert not imported & {"numpy", "nnquiz.study.plan", "nnquiz.study.campaign"}


def test_ready_is_about_the_interview(home: Path) -> None:
    """With an interview to come its day is the one in question, and tomorrow without."""
    tomorrow = TODAY + timedelta(days=1)
    assert json.loads(nnquiz(home, "ready", "--json"))["day"] == f"{tomorrow}"
    (home / "config.toml").write_text(f"[plan]\ninterview = {INTERVIEW}\n")
    assert json.loads(nnquiz(home, "ready", "--json"))["day"] == f"{INTERVIEW}"
    (home / "config.toml").write_text(f"[plan]\ninterview = {TODAY - timedelta(days=2)}\n")
    assert json.loads(nnquiz(home, "ready", "--json"))["day"] == f"{tomorrow}"
