"""The program as a whole: its help, its failures, and what a start may import."""

import inspect
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from nnquiz import __version__
from nnquiz.cli.commands import COMMANDS, Command

HEAVY = {"numpy", "yaml", "pydantic", "jsonschema", "markdown_it", "mdit_py_plugins", "asyncio"}


def nnquiz(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real program in a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "NNQUIZ_HOME": str(home), "COLUMNS": "80", **environment},
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the bank is compiled already, as it is from the second start on."""
    folder = tmp_path_factory.mktemp("home")
    assert nnquiz("list", home=folder).returncode == 0
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_lines_are_the_first_lines_of_the_docstrings(command: Command) -> None:
    """The table that `--help` prints says what the commands say of themselves."""
    function = getattr(import_module(f"nnquiz.cli.{command.module}"), command.function)
    documentation = inspect.getdoc(function)
    assert documentation is not None
    assert documentation.splitlines()[0] == command.help


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_answers_to_help(command: Command, home: Path) -> None:
    """`-h` and `--help` of every command print its usage and succeed."""
    short, long = (nnquiz(command.name, flag, home=home) for flag in ("-h", "--help"))
    assert (short.returncode, long.returncode) == (0, 0)
    assert short.stdout == long.stdout
    assert f"Usage: nnquiz {command.name}" in long.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_documented_in_the_readme(command: Command) -> None:
    """A command that the README does not mention does not exist for a candidate."""
    readme = Path(__file__).parents[2] / "README.md"
    assert f"nnquiz {command.name}" in readme.read_text(encoding="utf-8")


def test_version_is_one_line(home: Path) -> None:
    """`--version` prints name and version, and nothing else, in every place it can stand."""
    for flag in ("--version", "-V"):
        assert nnquiz(flag, home=home).stdout == f"nnquiz {__version__}\n"


def test_unknown_command_suggests_the_nearest(home: Path) -> None:
    """A mistyped command gets one line that names the right one, and exit code 2."""
    result = nnquiz("dril", home=home)
    assert result.returncode == 2
    assert "Did you mean 'drill'?" in result.stderr
    assert result.stdout == ""


def test_a_failure_is_one_line_and_a_hint(home: Path) -> None:
    """Bad input is answered on standard error without a traceback."""
    result = nnquiz("show", "32", home=home)
    assert result.returncode == 2
    assert result.stderr.startswith("no question 32; there are 1 to 22")
    assert "Traceback" not in result.stderr


def test_a_reader_that_leaves_gets_no_traceback(home: Path) -> None:
    """`nnquiz show 12 | head -1` ends quietly."""
    shell = f"{sys.executable} -m nnquiz show 12 | head -1"
    result = subprocess.run(
        shell,
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NNQUIZ_HOME": str(home)},
    )
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


def test_an_encoding_without_the_letters_still_prints(home: Path) -> None:
    """An ASCII-only stream gets a page, not an encoding error."""
    result = nnquiz("show", "12", home=home, PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert result.stdout.isascii()


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["list", "--json"], set()),
        (["list"], set()),
        (["search", "softmax"], set()),
        (["due"], set()),
        (["where"], set()),
        (["examples"], set()),
        (["show", "12"], set()),
        (["drill", "--plain"], set()),
        (["run-example", "attention"], {"numpy"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_start_imports_only_what_it_needs(
    arguments: list[str], allowed: set[str], home: Path
) -> None:
    """No command pays for a library that it does not use."""
    program = (
        "import sys; from nnquiz.cli.program import run; code = run(sys.argv[1:]);"
        "print('\\n' + ' '.join(sorted(sys.modules))); sys.exit(code)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "NNQUIZ_HOME": str(home)},
    )
    imported = set(result.stdout.splitlines()[-1].split())
    assert (HEAVY - allowed) & imported == set()
    assert "rich.markdown" not in imported
    if arguments[-1] in {"--json", "--help"}:
        assert not any(name.startswith("rich") for name in imported)
