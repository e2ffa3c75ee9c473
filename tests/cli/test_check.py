"""`nnquiz check` tells every problem with its place, and by its exit code that there is one."""

import subprocess
import sys
from pathlib import Path

import pytest

from nnquiz.cli.program import run

DECK = "questions:\n- {id: a, question: q}\n- {id: b, question: q, answer: $\\zzz$}\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, which is also the current directory."""
    monkeypatch.setenv("NNQUIZ_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NNQUIZ_BANK", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_shipped_bank_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a path all banks are checked; nothing wrong is one line and exit code 0."""
    assert run(["check"]) == 0
    assert capsys.readouterr().out == "22 questions, no problems\n"


def test_every_problem_at_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem is `file:line:column: what` with its hint, then one line sums up; exit 3."""
    (home / "deck.yaml").write_text(DECK)
    assert run(["check", "deck.yaml"]) == 3
    captured = capsys.readouterr()
    assert captured.out == (
        "deck.yaml:2:3: missing key: answer\n"
        "deck.yaml:3:33: in the formula $\\zzz$: unknown command '\\zzz'\n"
        "1 question, 2 problems in 1 file\n"
    )
    assert captured.err == ""


def test_hints_stand_below(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hint is a line of its own."""
    (home / "deck.yaml").write_text("id: a\nqestion: q\nanswer: a\n")
    assert run(["check", "deck.yaml"]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        'deck.yaml:2:1: unknown key "qestion"',
        "  hint: did you mean question?",
    ]


def test_ones_own_banks_are_checked_too(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Banks of the data folder and overrides are among all banks."""
    overrides = home / "home" / "banks" / "overrides"
    overrides.mkdir(parents=True)
    (home / "home" / "banks" / "mine.yaml").write_text("id: a\n")
    (overrides / "neuron.yaml").write_text("id: nueron\nquestion: q\nanswer: a\n")
    assert run(["check"]) == 3
    out = capsys.readouterr().out
    assert "home/banks/mine.yaml:1:1: missing keys: question, answer" in out
    assert "home/banks/overrides/neuron.yaml:1:1: " in out


def test_a_file_is_checked_as_part_of_its_bank(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """bank.yaml and sources.yaml hold for one file too, but only its own problems are told."""
    bank = home / "bank"
    bank.mkdir()
    (bank / "bank.yaml").write_text("id: b\ntitle: B\ntopics: [{id: vision, title: V}]\n")
    (bank / "1.yaml").write_text("id: a\nquestion: q\nanswer: a\ntopic: visoin\n")
    (bank / "2.yaml").write_text("id: c\n")
    assert run(["check", "bank/1.yaml"]) == 3
    assert capsys.readouterr().out == (
        'bank/1.yaml:4:8: unknown topic "visoin"\n'
        "  hint: did you mean vision?\n"
        "1 question, 1 problem in 1 file\n"
    )


def test_unknown_examples_and_problems(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names are compared with the examples and problems that nnquiz really has."""
    (home / "deck.yaml").write_text(
        "id: a\nquestion: q\nanswer: a\nexamples: [neuron, nuron]\n"
        "cards:\n- {id: b, kind: numeric, problem: conv_params}\n"
        "- {id: c, kind: numeric, problem: conv_parms}\n"
    )
    assert run(["check", "deck.yaml"]) == 3
    out = capsys.readouterr().out
    assert 'deck.yaml:4:20: unknown example "nuron"' in out
    assert 'deck.yaml:7:35: unknown problem "conv_parms"' in out
    assert "2 problems" in out


def test_quoted_numbers_are_those_of_the_examples(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A number that links to a worked example is compared with a run of it."""
    (home / "deck.yaml").write_text(
        "id: a\nquestion: q\nanswer: |\n"
        "  It is [0.343](example:neuron#a), and [0.344](example:neuron#a) it is not;\n"
        "  [0.6](<example:grad-clip?max_norm=1#g>)\n"
    )
    assert run(["check", "deck.yaml"]) == 3
    out = capsys.readouterr().out.splitlines()
    assert out[0] == ('deck.yaml:4:48: "0.344" is not what example:neuron#a gives: 0.3429895373')
    assert out[1].startswith("deck.yaml:5:10: example:grad-clip?max_norm=1#g: grad-clip: no result")


def test_a_check_without_quoted_numbers_needs_no_numpy(home: Path) -> None:
    """The first link imports numpy, so that a deck without one is checked fast."""
    (home / "deck.yaml").write_text("id: a\nquestion: q\nanswer: a\n")
    code = (
        "import sys; from nnquiz.cli.program import run; "
        "sys.exit(run(['check', 'deck.yaml']) or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=home).returncode == 0


def test_a_missing_path_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    """A path that is not there is a mistake of the command line, and nothing is checked."""
    assert run(["check", "nowhere"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no file or folder nowhere" in captured.err


def test_nothing_of_a_bank_reaches_the_terminal(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Escape sequences in texts and in names of files are shown, not sent."""
    (home / "\x1b[31m.yaml").write_text('id: a\nquestion: q\nanswer: a\n"\\e[2J": 1\n')
    assert run(["check", "\x1b[31m.yaml"]) == 3
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert '␛[31m.yaml:4:1: unknown key "␛[2J"' in out
