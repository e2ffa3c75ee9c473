"""`nnquiz tune` as the program, with a trainer that gives what a test asks for."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from nnquiz.model.event import Event
from nnquiz.study.memory import DEFAULT_WEIGHTS
from nnquiz.study.tuning import LEAST_REVIEWS

Course = Callable[..., list[Event]]

# Of somebody who hardly ever forgets, and of somebody who forgets three times as fast as usual.
WRONG = [w * 8 for w in DEFAULT_WEIGHTS[:4]] + list(DEFAULT_WEIGHTS[4:])
FAST = [w / 3 for w in DEFAULT_WEIGHTS[:4]] + list(DEFAULT_WEIGHTS[4:])

TRAINER = """\
DEFAULT_PARAMETERS = [1.0] * 21

class FSRSReview:
    def __init__(self, rating, delta_t):
        assert rating in (1, 2, 3, 4) and delta_t >= 0

class FSRSItem:
    def __init__(self, reviews):
        assert len(reviews) > 1

class FSRS:
    def __init__(self, parameters):
        pass

    def compute_parameters(self, items):
        return {weights}
"""


def nnquiz(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the real program in a home of its own, with the trainer that lies there."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "NNQUIZ_HOME": str(home),
            "COLUMNS": "80",
            "PYTHONPATH": str(home / "trainer"),
            **more,
        },
    )


def printed(home: Path, *arguments: str, **more: str) -> str:
    """Return what a command prints when all is well."""
    done = nnquiz(home, *arguments, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def install(home: Path, weights: list[float]) -> None:
    """Lay a trainer into a home that always finds these weights."""
    folder = home / "trainer"
    folder.mkdir(exist_ok=True)
    source = TRAINER.format(weights=weights)
    (folder / "fsrs_rs_python.py").write_text(source, encoding="utf-8")


def test_too_few_answers_change_nothing(tmp_path: Path, course: Course) -> None:
    """Below the least number of reviews it says so, and JSON has no verdict."""
    install(tmp_path, WRONG)
    course(days=5)
    assert f"need {LEAST_REVIEWS} reviews" in printed(tmp_path, "tune", "--apply")
    shape = json.loads(printed(tmp_path, "tune", "--json"))
    assert list(shape) == ["schema", "applied", "in_use"]
    assert shape["in_use"] == list(DEFAULT_WEIGHTS)


def test_what_does_not_help_is_not_applied(tmp_path: Path, course: Course) -> None:
    """A fit that foretells worse is shown, and the log is as it was."""
    install(tmp_path, WRONG)
    log = course(days=500, forgets=3.0)
    shape = json.loads(printed(tmp_path, "tune", "--apply", "--json"))
    assert shape["after"] > shape["before"]
    assert (shape["helps"], shape["applied"]) == (False, False)
    text = " ".join(printed(tmp_path, "tune", "--apply").split())
    assert "worse, give or take" in text
    assert "That is no help: the usual ones stay in use." in text
    assert printed(tmp_path, "history", "export", "-").count("\n") == len(log) + 1


def test_what_helps_is_offered_applied_and_taken_back(tmp_path: Path, course: Course) -> None:
    """Without a terminal it says how to; --apply recomputes all, and --reset goes back."""
    course(days=500, forgets=5.0)
    install(tmp_path, FAST)
    text = printed(tmp_path, "tune")
    assert "They foretell you better." in text
    assert text.endswith("To use them: nnquiz tune --apply\n")
    before = printed(tmp_path, "cards", "--json")
    assert "12 cards computed anew" in printed(tmp_path, "tune", "--apply")
    tuned = printed(tmp_path, "cards", "--json")
    assert tuned != before
    printed(tmp_path, "history", "verify")
    shape = json.loads(printed(tmp_path, "tune", "--json"))
    assert shape["in_use"] == shape["weights"] != list(DEFAULT_WEIGHTS)
    assert "in use already" in printed(tmp_path, "tune", "--apply")
    printed(tmp_path, "ready")
    assert "in use again" in printed(tmp_path, "tune", "--reset")
    assert printed(tmp_path, "cards", "--json") == before
    assert "in use already" in printed(tmp_path, "tune", "--reset")
    printed(tmp_path, "history", "verify")


def test_answers_go_on_under_the_weights(tmp_path: Path, course: Course) -> None:
    """A drill after a choice saves what its buttons said, and the log verifies."""
    course(days=500, forgets=5.0)
    install(tmp_path, FAST)
    printed(tmp_path, "tune", "--apply")
    done = subprocess.run(
        [sys.executable, "-m", "nnquiz", "drill", "mine/q1", "--plain"],
        input="\n3\n",
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NNQUIZ_HOME": str(tmp_path), "COLUMNS": "80"},
    )
    assert "1 answer" in done.stdout
    printed(tmp_path, "history", "verify")
    last = printed(tmp_path, "history", "export", "-").splitlines()[-1]
    assert json.loads(last)["model"].startswith("fsrs-6/1+")


def test_a_trainer_that_fails_leaves_all_as_it_was(tmp_path: Path, course: Course) -> None:
    """Numbers that are no weights get one clear line."""
    install(tmp_path, [0.0] * 21)
    course(days=500, forgets=3.0)
    done = nnquiz(tmp_path, "tune", "--apply")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("the fit gave no weights that the memory model can have\n")


def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path) -> None:
    """The trainer is no part of the plain installation."""
    code = "import sys; sys.modules['fsrs_rs_python'] = None; import nnquiz.__main__ as m; m.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "tune"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NNQUIZ_HOME": str(tmp_path)},
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "hint: pip install 'nnquiz[tune]'"


@pytest.mark.parametrize("other", ["--apply", "--json"])
def test_reset_goes_alone(tmp_path: Path, other: str) -> None:
    """Options that contradict each other are refused."""
    done = nnquiz(tmp_path, "tune", "--reset", other)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--reset goes with no other option\n")


def test_on_a_terminal_it_asks(tmp_path: Path, course: Course) -> None:
    """No and Ctrl-C leave the weights as they are, and yes chooses the fitted ones."""
    course(days=500, forgets=5.0)
    install(tmp_path, FAST)
    for key, code in (("n\r", 0), ("\x03", 130), ("y\r", 0)):
        assert json.loads(printed(tmp_path, "tune", "--json"))["in_use"] == list(DEFAULT_WEIGHTS)
        environment = {"NNQUIZ_HOME": str(tmp_path), "PYTHONPATH": str(tmp_path / "trainer")}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "nnquiz", "tune"],
            env={**os.environ, **environment},
            timeout=30,
            encoding="utf-8",
        )
        child.expect_exact("Use them from now on? [y/N]: ")
        child.send(key)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == code
    assert json.loads(printed(tmp_path, "tune", "--json"))["in_use"] != list(DEFAULT_WEIGHTS)
