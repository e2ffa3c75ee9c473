"""`nnquiz examples` as it is typed."""

import json
import subprocess
import sys

import pytest

from nnquiz.cli.examples import _questions
from nnquiz.cli.program import run
from nnquiz.examples.catalogue import ENTRIES


def test_every_example_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Number, name and idea, in the order of the questions."""
    assert run(["examples"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[str(e.question), e.name] for e in ENTRIES]


@pytest.mark.parametrize("question", ["3", "batch-norm"])
def test_a_question_has_its_own(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A question's number or id narrows the list."""
    assert run(["examples", question, "--json"]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert shape["schema"] == "nnquiz.examples/1"
    names = [(part["name"], part["question"]) for part in shape["examples"]]
    assert names[:2] == [("batchnorm-train", 3), ("batchnorm-eval", 3)]
    assert all(number == 3 for _, number in names)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("32", "no question 32; there are 1 to 22"),
        ("metric", "did you mean metrics?"),
    ],
)
def test_other_questions_are_refused(
    question: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2 with one line."""
    assert run(["examples", question]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("width", [40, 80])
def test_lines_fit(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ideas are folded where the terminal is narrow."""
    monkeypatch.setenv("COLUMNS", str(width))
    assert run(["examples"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= max(width, 44)


def test_listing_needs_no_numpy_and_no_rich() -> None:
    """The list starts as fast as `--help`."""
    code = (
        "import sys; from nnquiz.cli.program import run; run(['examples']);"
        "print([name for name in ('numpy', 'rich', 'yaml') if name in sys.modules],"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_a_shell_completes_questions() -> None:
    """Beginnings are completed to ids."""
    assert _questions("ba") == ["batch-norm"]
