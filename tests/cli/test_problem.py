"""`nnquiz problem`: one numeric problem, asked, judged and worked out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from nnquiz.problems.catalogue import PROBLEMS, Row, problem
from nnquiz.problems.reader import EXPECTED
from nnquiz.term.problem import question, solution

SEED = ("--seed", "7")
DRAWN = problem("conv_params", 7)


def nnquiz(
    *arguments: str, home: Path, typed: str = "", columns: int = 80
) -> subprocess.CompletedProcess[str]:
    """Run the real program with lines on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        capture_output=True,
        text=True,
        check=False,
        input=typed,
        env={**os.environ, "NNQUIZ_HOME": str(home), "COLUMNS": str(columns)},
    )


def test_a_right_answer_is_right(tmp_path: Path) -> None:
    """Arithmetic is read, the value is shown, and the steps follow."""
    p = DRAWN.params
    typed = f"{p['k']}^2*{p['c_in']}*{p['c_out']}+{p['c_out']}\n"
    result = nnquiz("problem", "conv_params", *SEED, home=tmp_path, typed=typed)
    assert (result.returncode, result.stderr) == (0, "")
    assert DRAWN.text in " ".join(result.stdout.split())
    assert f"{DRAWN.answer} is right." in result.stdout
    assert DRAWN.steps[-1] in result.stdout


def test_a_usual_mistake_is_named(tmp_path: Path) -> None:
    """Whoever forgets the bias is told so, and sees the answer."""
    value, mistake = DRAWN.mistakes[0]
    result = nnquiz("problem", "conv_params", *SEED, home=tmp_path, typed=f"{value}\n")
    assert result.returncode == 0
    assert f"{value} is wrong: {mistake}." in result.stdout
    assert f"The answer is {DRAWN.answer}." in result.stdout


def test_any_other_wrong_answer_is_only_wrong(tmp_path: Path) -> None:
    """Nothing is made up where no usual error leads to the number."""
    result = nnquiz("problem", "conv_params", *SEED, home=tmp_path, typed="3\n")
    assert "3 is wrong.\n" in result.stdout


@pytest.mark.parametrize("unreadable", ["0,25", "a lot", "\udcff\udcfe", "9**9**9"])
def test_what_cannot_be_read_is_asked_again(unreadable: str, tmp_path: Path) -> None:
    """It does not count as an answer; the next line does."""
    result = subprocess.run(
        [sys.executable, "-m", "nnquiz", "problem", "conv_params", *SEED],
        input=f"{unreadable}\n{DRAWN.answer}\n".encode(errors="surrogateescape"),
        capture_output=True,
        check=False,
        env={**os.environ, "NNQUIZ_HOME": str(tmp_path)},
    )
    assert result.stderr.decode() == f"{EXPECTED}\n"
    assert f"{DRAWN.answer} is right." in result.stdout.decode()


@pytest.mark.parametrize("typed", ["", "\n", "what?\n", "what?\n\n"])
def test_an_empty_line_or_the_end_of_input_shows_the_solution(typed: str, tmp_path: Path) -> None:
    """Giving up is not judged."""
    result = nnquiz("problem", "conv_params", *SEED, home=tmp_path, typed=typed)
    assert result.returncode == 0
    assert f"The answer is {DRAWN.answer}." in result.stdout
    assert "wrong" not in result.stdout
    assert DRAWN.steps[-1] in result.stdout


def test_answer_shows_the_solution_at_once(tmp_path: Path) -> None:
    """`--answer` reads nothing."""
    given_up = nnquiz("problem", "conv_params", *SEED, home=tmp_path)
    shown = nnquiz("problem", "conv_params", *SEED, "--answer", home=tmp_path, typed="1\n")
    assert shown.stdout == given_up.stdout


@pytest.mark.parametrize("row", PROBLEMS, ids=lambda row: row.name)
def test_every_problem_is_drawn_at_any_width(row: Row) -> None:
    """At 40 columns nothing is cut, and no line ends in blanks."""
    for width in (40, 80):
        for seed in range(3):
            drawn = problem(row.name, seed)
            lines = [*question(drawn, width), *solution(drawn, width)]
            assert all(line.cell_len <= width for line in lines)
            assert all(line.plain == line.plain.rstrip() for line in lines)
            text = "".join(line.plain for line in lines)
            assert "$" not in text
            assert "…" not in text


def test_the_json_is_the_problem(tmp_path: Path) -> None:
    """All there is to know, in the documented shape, and nothing is asked."""
    shape = json.loads(nnquiz("problem", "conv_params", *SEED, "--json", home=tmp_path).stdout)
    assert list(shape) == [
        *("schema", "name", "version", "seed", "question", "params", "text", "answer", "kind"),
        *("digits", "unit", "steps", "mistakes"),
    ]
    assert shape["schema"] == "nnquiz.problem/1"
    assert shape["params"] == dict(DRAWN.params)
    assert (shape["name"], shape["seed"], shape["answer"]) == ("conv_params", 7, DRAWN.answer)
    value, mistake = DRAWN.mistakes[0]
    assert shape["mistakes"][0] == {"value": value, "mistake": mistake}


def test_every_problem_becomes_json_without_loss() -> None:
    """Parameters are plain values, so that any reader of JSON gets them."""
    for row in PROBLEMS:
        drawn = problem(row.name, 1)
        read_back = json.loads(json.dumps(dict(drawn.params), allow_nan=False))
        assert list(read_back) == list(drawn.params)


def test_a_label_of_the_log_draws_the_problem_again(tmp_path: Path) -> None:
    """`name@version:seed` is as good as name and seed."""
    by_seed = nnquiz("problem", "conv_params", *SEED, "--json", home=tmp_path)
    assert nnquiz("problem", DRAWN.label, "--json", home=tmp_path).stdout == by_seed.stdout


def test_without_a_seed_the_numbers_are_fresh(tmp_path: Path) -> None:
    """Two calls draw different seeds, and each says which."""
    seeds = {
        json.loads(nnquiz("problem", "conv_params", "--json", home=tmp_path).stdout)["seed"]
        for _ in range(3)
    }
    assert len(seeds) > 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["conv_parms"], "no problem 'conv_parms'\nhint: did you mean conv_params?\n"),
        (["conv_params@9:1"], "conv_params is at version 1, not 9\n"),
        (["conv_params@1:1", "--seed", "2"], "no problem 'conv_params@1:1'\n"),
    ],
)
def test_an_unknown_problem_is_bad_input(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    """One line, a hint, exit code 2."""
    result = nnquiz("problem", *arguments, home=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(message)


def test_on_a_terminal_it_asks_and_answers(tmp_path: Path) -> None:
    """The prompt waits; an unreadable line is asked again; the next one is judged."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "nnquiz", "problem", "conv_params", *SEED],
        env={**os.environ, "NNQUIZ_HOME": str(tmp_path), "TERM": "xterm"},
        dimensions=(24, 40),
        encoding="utf-8",
        timeout=10,
    )
    child.expect_exact("> ")
    child.sendline("about 5")
    child.expect_exact("I read numbers like")
    child.expect_exact("> ")
    child.sendline(str(DRAWN.answer))
    child.expect_exact("is right.")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    """An interrupted question leaves no traceback."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "nnquiz", "problem", "conv_params"],
        env={**os.environ, "NNQUIZ_HOME": str(tmp_path), "TERM": "xterm"},
        encoding="utf-8",
        timeout=10,
    )
    child.expect_exact("> ")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in child.before


def test_neither_command_imports_numpy(tmp_path: Path) -> None:
    """A numeric problem starts as fast as any other card."""
    program = (
        "import sys; from nnquiz.cli.program import run; code = run(sys.argv[1:]);"
        "print(' '.join(sys.modules)); sys.exit(code)"
    )
    for arguments in (["problems"], ["problem", "conv_params", "--answer"]):
        result = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "NNQUIZ_HOME": str(tmp_path)},
        )
        imported = set(result.stdout.splitlines()[-1].split())
        heavy = {"numpy", "yaml", "jsonschema", "markdown_it", "sqlite3", "rich.markdown"}
        assert heavy & imported == set()
