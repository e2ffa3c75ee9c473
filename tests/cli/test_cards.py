"""`nnquiz cards` and `nnquiz card` as the program: how cards stand, and how that is changed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nnquiz.clock import now
from nnquiz.history.log import History
from nnquiz.model.card import Card
from nnquiz.model.event import LEECH
from nnquiz.model.moment import Moment
from nnquiz.study.memory import retrievability
from nnquiz.study.schedule import choices

BANK = """\
questions:
  - id: one
    number: 1
    question: What is one?
    answer: "The number behind $0$."
    topic: numbers
  - id: two
    number: 2
    question: What is two?
    answer: One and one.
    topic: numbers
    level: advanced
    tags: [even]
    cards:
      - id: half
        kind: cloze
        text: "The half of two is {{c1::one}}, its square {{c2::four}}."
      - id: parity
        kind: choice
        prompt: Which is even?
        options:
          - text: two
            right: true
          - text: three
"""


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


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with a small bank of one's own: five cards of two questions."""
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks" / "mine.yaml").write_text(BANK)
    return tmp_path


def answer(home: Path, card: str, grade: int, days_ago: int = 0) -> None:
    """Give an answer, as a drill of some days ago would have recorded it."""
    clock, offset, day = now(4)
    moment = Moment(clock - days_ago * 86_400_000, offset, day - days_ago)
    with History.open(str(home / "history.db")) as history:
        before = history.state(card)
        history.answer(
            Card(card, card.rpartition("/")[0], "explain", "", "an older text"),
            before,
            choices(before, moment.day, 0.9)[grade - 1],
            moment=moment,
            day=moment.day,
            grade=grade,
            seconds=20,
            retention=0.9,
        )


def listed(home: Path, *filters: str) -> list[str]:
    """Return the ids of the cards that a list has."""
    shape = json.loads(nnquiz(home, "cards", "--topic", "numbers", "--json", *filters).stdout)
    assert shape["schema"] == "nnquiz.cards/1"
    return [row["id"] for row in shape["cards"]]


ALL = [
    "mine/one/explain",
    "mine/two/explain",
    "mine/two/half/c1",
    "mine/two/half/c2",
    "mine/two/parity",
]


def test_the_list_says_how_each_card_stands(home: Path) -> None:
    """A line each: the id, the kind, and the state in words."""
    answer(home, "mine/one/explain", 3)
    answer(home, "mine/two/explain", 1)
    answer(home, "mine/two/parity", 4, days_ago=60)
    rows = nnquiz(home, "cards", "--topic", "numbers").stdout.splitlines()
    assert [re.split(" {2,}", row) for row in rows] == [
        ["mine/one/explain", "explain", "due in 2 days, recall 100 %"],
        ["mine/two/explain", "explain", "again today, recall 100 %"],
        ["mine/two/half/c1", "cloze", "new"],
        ["mine/two/half/c2", "cloze", "new"],
        ["mine/two/parity", "choice", rows[-1].split("  ")[-1].strip()],
    ]
    assert re.search(r"overdue by 5\d days, recall 7\d %$", rows[-1])
    narrow = nnquiz(home, "cards", "--topic", "numbers", COLUMNS="40").stdout.splitlines()
    assert narrow[:2] == ["mine/one/explain", "  explain, due in 2 days, recall 100 %"]


def test_filters_add_up(home: Path) -> None:
    """Topic, tag, kind and how a card stands each leave some out."""
    answer(home, "mine/one/explain", 3)
    answer(home, "mine/two/explain", 1)
    answer(home, "mine/two/parity", 4, days_ago=60)
    assert listed(home) == ALL
    assert listed(home, "--tag", "even") == listed(home, "--level", "advanced") == ALL[1:]
    assert listed(home, "--kind", "cloze") == ALL[2:4]
    assert listed(home, "--kind", "cloze", "--kind", "choice") == ALL[2:]
    assert listed(home, "--due") == ["mine/two/explain", "mine/two/parity"]
    assert listed(home, "--due", "--kind", "choice") == ["mine/two/parity"]
    assert listed(home, "--suspended") == listed(home, "--buried") == listed(home, "--leech") == []
    assert nnquiz(home, "cards", "--suspended").stdout == "no such card\n"


def test_json_has_the_numbers(home: Path) -> None:
    """The shape is stable: state, due, retrievability and what they are computed from."""
    answer(home, "mine/two/explain", 3, days_ago=1)
    shape = json.loads(nnquiz(home, "cards", "--tag", "even", "--json").stdout)
    reviewed, new = shape["cards"][:2]
    stability = reviewed["stability"]
    assert stability == pytest.approx(2.3065)
    assert reviewed["difficulty"] == pytest.approx(2.118, abs=1e-3)
    assert reviewed["retrievability"] == round(retrievability(1, stability), 4)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", reviewed["due"])
    assert new == {
        "id": "mine/two/half/c1",
        "question": 2,
        "kind": "cloze",
        "state": "new",
        "due": None,
        "retrievability": None,
        "stability": None,
        "difficulty": None,
        "reviews": 0,
        "lapses": 0,
        "leech": False,
    }


def test_what_was_set_aside_has_a_way_back(home: Path) -> None:
    """Suspend and unsuspend, leeches too, and bury and unbury, each with a list."""
    with History.open(str(home / "history.db")) as history:
        history.record(LEECH, "mine/two/parity", moment=now(4))
        history.record("bury", "mine/one/explain", moment=now(4))
    done = nnquiz(home, "cards", "--suspend", "mine/two/half/c2", "--suspend", "mine/2/half/c1")
    assert done.stdout.splitlines() == [
        f"mine/two/half/{name} is set aside; nnquiz cards --unsuspend takes it back"
        for name in ("c2", "c1")
    ]
    assert listed(home, "--suspended") == ALL[2:]
    assert listed(home, "--leech") == ["mine/two/parity"]
    assert listed(home, "--buried") == ["mine/one/explain"]
    assert (
        nnquiz(home, "cards", "--unbury", "mine/one").stdout == "mine/one/explain is asked today\n"
    )
    back = nnquiz(home, "cards", "--unsuspend", "two/parity", "--unsuspend", "half/c1")
    assert back.stdout == "mine/two/parity is asked again\nmine/two/half/c1 is asked again\n"
    assert listed(home, "--suspended") == ["mine/two/half/c2"]
    assert listed(home, "--buried") == []
    assert "was not set aside" in nnquiz(home, "cards", "--unsuspend", "mine/one").stdout
    assert "was set aside already" in nnquiz(home, "cards", "--suspend", "half/c2").stdout
    assert "was not buried" in nnquiz(home, "cards", "--unbury", "mine/one").stdout
    assert nnquiz(home, "history", "verify").returncode == 0


def test_a_card_can_begin_anew(home: Path) -> None:
    """What is forgotten on purpose is new again, and its answers stay in the log."""
    answer(home, "mine/one/explain", 3, days_ago=9)
    assert "begins anew" in nnquiz(home, "cards", "--forget", "mine/one").stdout
    assert "was never answered" in nnquiz(home, "cards", "--forget", "mine/one").stdout
    shape = json.loads(nnquiz(home, "card", "mine/one", "--json").stdout)
    assert (shape["state"], len(shape["answers"])) == ("new", 1)


def test_a_name_that_is_wrong_changes_nothing(home: Path) -> None:
    """One bad name among several is told with what is near, and none is changed."""
    for names, message in [
        (("mine/two/half/c1", "mine/two/party"), 'no card "mine/two/party"; did you mean parity?'),
        (("mine/two/half",), '"mine/two/half" may be mine/two/half/c1 or mine/two/half/c2'),
        (("mine/three",), 'no question "mine/three"; `nnquiz list` shows them all'),
        (("nothing",), 'no question "nothing"; `nnquiz list` shows them all'),
    ]:
        done = nnquiz(home, "cards", *(part for name in names for part in ("--suspend", name)))
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines()[0] == message
    assert listed(home, "--suspended") == []
    mixed = nnquiz(home, "cards", "--suspend", "mine/one", "--json")
    assert mixed.returncode == 2


def test_answers_move_to_a_card_that_was_renamed(home: Path) -> None:
    """A vanished id is named by check with the card that has its text, and its answers move."""
    nnquiz(home, "drill", "mine/two", "--kind", "choice", "--plain", typed="\n3\n3\nq\n")
    answer(home, "mine/two/explain", 3)
    assert "note" not in nnquiz(home, "check").stdout
    bank = home / "banks" / "mine.yaml"
    bank.write_text(BANK.replace("id: parity", "id: evenness"))
    checked = nnquiz(home, "check")
    assert checked.returncode == 0
    assert checked.stdout.splitlines()[1:] == [
        "note: 1 card that you have answered is in no bank any more",
        "  mine/two/parity: nnquiz cards --move mine/two/parity mine/two/evenness",
    ]
    moved = nnquiz(home, "cards", "--move", "mine/two/parity", "two/evenness")
    assert moved.stdout == "mine/two/evenness has 1 answer now, with those of mine/two/parity\n"
    assert nnquiz(home, "check").stdout.count("\n") == 1
    shape = json.loads(nnquiz(home, "card", "evenness", "--json").stdout)
    assert [row["card"] for row in shape["answers"]] == ["mine/two/parity"]
    for old, new in (("evenness", "evenness"), ("half/c1", "evenness"), ("mine/no", "evenness")):
        assert nnquiz(home, "cards", "--move", old, new).returncode == 2
    assert nnquiz(home, "history", "verify").returncode == 0


def test_check_offers_what_it_knows(home: Path) -> None:
    """Without a card of the same text the new name is left open; other banks are not missed."""
    answer(home, "mine/two/gone", 3)
    answer(home, "theirs/two/gone", 3)
    assert nnquiz(home, "check").stdout.splitlines()[1:] == [
        "note: 1 card that you have answered is in no bank any more",
        "  mine/two/gone: nnquiz cards --move mine/two/gone NEW",
    ]
    assert "note" not in nnquiz(home, "check", str(home / "banks" / "mine.yaml")).stdout


def test_check_makes_no_log(home: Path) -> None:
    """Checking leaves the data folder as it is."""
    nnquiz(home, "check")
    assert not (home / "history.db").exists()


def test_a_card_is_shown_with_its_curve_and_its_answers(home: Path) -> None:
    """The question, how it stands, the curve with its due day, and the answers."""
    answer(home, "mine/one/explain", 3, days_ago=2)
    answer(home, "mine/one/explain", 1)
    lines = nnquiz(home, "card", "mine/one").stdout.splitlines()
    assert lines[:4] == [
        "mine/one/explain",
        "What is one?",
        "",
        "explain, again today, recall 100 %",
    ]
    assert re.fullmatch(r"2 reviews, 1 lapse, stability 0\.\d days, difficulty .* of 10", lines[4])
    assert re.fullmatch(r"next due \d{4}-\d\d-\d\d", lines[5])
    assert lines[6] == "its text has changed since the last answer"
    assert lines[8] == "Chance of recall"
    assert lines[-3] == "Answers"
    assert "Again" in lines[-2]
    assert "Good" in lines[-1]
    assert all(len(line) <= 80 for line in lines)
    narrow = nnquiz(home, "card", "mine/one", COLUMNS="40").stdout.splitlines()
    assert all(len(line) <= 40 for line in narrow[:-2])


@pytest.mark.parametrize(
    ("name", "prompt"),
    [
        ("two/explain", "What is two?"),
        ("two/half/c1", "The half of two is […], its square four."),
        ("parity", "Which is even?"),
    ],
)
def test_every_kind_shows_what_it_asks(home: Path, name: str, prompt: str) -> None:
    """What is asked stands below the name, and no answer is given away."""
    assert nnquiz(home, "card", name).stdout.splitlines()[1] == prompt
    assert json.loads(nnquiz(home, "card", name, "--json").stdout)["curve"] == []


def test_the_curve_of_json_is_the_memory_model(home: Path) -> None:
    """Each day's chance is the retrievability that FSRS gives."""
    answer(home, "mine/one/explain", 3, days_ago=3)
    shape = json.loads(nnquiz(home, "card", "mine/one/explain", "--json").stdout)
    assert shape["schema"] == "nnquiz.card/1"
    chances = [row["retrievability"] for row in shape["curve"]]
    assert len(chances) == 15
    assert chances == [
        round(retrievability(3 + ahead, shape["stability"]), 4) for ahead in range(15)
    ]
    assert shape["curve"][0]["day"] < shape["curve"][1]["day"]


def test_a_text_cannot_send_control_sequences(tmp_path: Path) -> None:
    """Ids and answers from elsewhere are shown, never obeyed."""
    answer(tmp_path, "nnquiz/evil\x1b[31m/explain", 3)
    for command in (("history",), ("check",)):
        assert "\x1b" not in nnquiz(tmp_path, *command).stdout
