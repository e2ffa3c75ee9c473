"""`nnquiz run-example --step`: the real program, through a pipe and on a terminal."""

import os
import shlex
import subprocess
import sys

import pexpect
import pytest

ENVIRONMENT = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}


def nnquiz(typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program with lines that are typed into a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", "run-example", *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=ENVIRONMENT,
    )


def test_values_are_predicted_and_counted() -> None:
    """Right, revealed, wrong, and arithmetic: each is answered, and the right ones counted."""
    done = nnquiz("-0.75\n\n-0.56\n1/(1+exp(0.65))\n", "neuron", "--step")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[-1] == "2 of 4 predicted"
    told = [line for line in lines if line.endswith(("right.", "wrong.")) or "The answer" in line]
    assert told == [
        "-0.75 is right.",
        "The answer is -0.75.",
        "The answer is -0.75.",
        "-0.56 is wrong.",
        "The answer is -0.65.",
        "0.34299 is right.",
        "The answer is 0.34299.",
    ]


def test_nothing_is_shown_too_early() -> None:
    """The numbers of a step come after the reply to its question."""
    lines = nnquiz("0.5\n", "neuron", "--step").stdout.splitlines()
    order = [
        "1. products",
        "   products[x3] = ? Answer to 3 significant digits.",
        "0.5 is wrong.",
        "   p₁ = 0.5 · 1 = 0.5",
        "2. sum",
    ]
    places = [lines.index(line) for line in order]
    assert places == sorted(places)


def test_what_cannot_be_read_is_asked_again() -> None:
    """It is no answer: the next line is, and what can be read is said on standard error."""
    done = nnquiz("minus a half\n-0,75\n-0.75\n", "neuron", "--step")
    assert done.stderr.count("I read numbers like 0.25") == 2
    assert "-0.75 is right." in done.stdout
    assert done.stdout.endswith("\n1 of 4 predicted\n")


def test_the_end_of_input_reveals_the_rest() -> None:
    """All that a plain run shows is there in the end, and the program is done."""
    plain = nnquiz("", "metrics").stdout.splitlines()
    done = nnquiz("", "metrics", "--step")
    assert done.returncode == 0
    assert set(plain) <= set(done.stdout.splitlines())
    assert done.stdout.splitlines()[-1].startswith("0 of ")


def test_no_input_at_all_is_the_end_of_it() -> None:
    """Where standard input is closed, everything is revealed."""
    command = f"{shlex.quote(sys.executable)} -m nnquiz run-example neuron --step <&-"
    done = subprocess.run(
        command, shell=True, capture_output=True, encoding="utf-8", check=False, env=ENVIRONMENT
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\n0 of 4 predicted\n")


def test_settings_and_pictures_go_with_it(tmp_path: object) -> None:
    """`--set` changes what is asked, and `--svg` writes its file."""
    file = os.path.join(str(tmp_path), "neuron.svg")
    done = nnquiz("2\n2\n2.1\n", "neuron", "--set", "x=1", "--set", "w=2", "--step", "--svg", file)
    assert done.stdout.endswith("\n3 of 4 predicted\n")
    assert os.path.exists(file)


@pytest.mark.parametrize("other", ["--json", "--compare=b=1,2"])
def test_it_stands_alone(other: str) -> None:
    """With JSON or a comparison there is nobody to ask: one line, exit code 2."""
    done = nnquiz("", "neuron", "--step", other)
    assert (done.returncode, done.stdout) == (2, "")
    name = other.partition("=")[0]
    assert f"--step and {name} do not go together" in done.stderr


def test_a_terminal_is_prompted() -> None:
    """On a terminal there is a prompt; Ctrl-D shows the rest, and Ctrl-C ends it with 130."""
    command = [sys.executable, "-m", "nnquiz", "run-example", "neuron", "--step"]
    environment = {**ENVIRONMENT, "TERM": "xterm-256color"}
    with pexpect.spawn(
        command[0], command[1:], encoding="utf-8", env=environment, timeout=20, dimensions=(50, 80)
    ) as child:
        child.expect(r"products\[x3\] = \?")
        child.expect("> ")
        child.sendline("-0.75")
        child.expect("is right")
        child.expect("> ")
        child.sendeof()
        child.expect("1 of 4 predicted")
        child.expect(pexpect.EOF)
    assert child.exitstatus == 0
    with pexpect.spawn(
        command[0], command[1:], encoding="utf-8", env=environment, timeout=20
    ) as child:
        child.expect("> ")
        child.sendintr()
        child.expect(pexpect.EOF)
    assert child.exitstatus == 130
