"""Colour and ASCII as the environment asks for them, in answers and in worked examples."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

COLOURS = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
CLEAN = {
    name: value
    for name, value in os.environ.items()
    if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM", "COLORTERM")
}
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
KEYWORD = "\x1b[35mimport\x1b[0m"
SHADE = re.compile(r"\x1b\[38;5;16;48;5;\d+m *0\.5465\x1b\[0m")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the bank is compiled already."""
    folder = tmp_path_factory.mktemp("home")
    assert "Key points" in nnquiz(folder, "show", "12")
    return folder


def nnquiz(home: Path, *arguments: str, **environment: str) -> str:
    """Return what the program prints into a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        env={**CLEAN, "NNQUIZ_HOME": str(home), "PYTHONIOENCODING": "utf-8", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    ("arguments", "coloured"),
    [(["show", "variable-length"], KEYWORD), (["run-example", "attention"], SHADE.pattern)],
    ids=["code", "weights"],
)
def test_colour_comes_where_it_arrives_and_is_wanted(
    home: Path, arguments: list[str], coloured: str
) -> None:
    """FORCE_COLOR brings it, NO_COLOR wins over that; the words are the same either way."""
    pattern = re.compile(coloured if coloured == SHADE.pattern else re.escape(coloured))
    bare = nnquiz(home, *arguments)
    assert "\x1b" not in bare
    forced = nnquiz(home, *arguments, **COLOURS)
    assert pattern.search(forced)
    assert ESCAPE.sub("", forced) == bare
    refused = nnquiz(home, *arguments, **COLOURS, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*[34][0-9;]*m", refused)
    assert ESCAPE.sub("", refused) == bare
    assert "\x1b" not in nnquiz(home, *arguments, FORCE_COLOR="1", TERM="dumb")


def test_shades_need_256_colours(home: Path) -> None:
    """A terminal of sixteen colours shows the numbers on its own background."""
    assert not SHADE.search(nnquiz(home, "run-example", "attention", FORCE_COLOR="1", TERM="xterm"))
    true = nnquiz(home, "run-example", "attention", **COLOURS, COLORTERM="truecolor")
    assert SHADE.search(true)


def test_plain_answers_have_no_colour(home: Path) -> None:
    """`--plain` asks for what a pipe gets, whatever the environment says."""
    plain = nnquiz(home, "show", "variable-length", "--plain", **COLOURS)
    assert plain == nnquiz(home, "show", "variable-length")


@pytest.mark.parametrize(("name", "loaded"), [("attention", False), ("variable-length", True)])
def test_only_code_in_colour_pays_for_its_colours(home: Path, name: str, loaded: bool) -> None:
    """Pygments is imported for a page that has code, and for no other."""
    probe = (
        f"import sys; from nnquiz.cli.program import run; run(['show', '{name}']);"
        "sys.stderr.write(str('pygments' in sys.modules))"
    )
    for environment, expected in ((COLOURS, loaded), ({}, False)):
        done = subprocess.run(
            [sys.executable, "-c", probe],
            env={**CLEAN, "NNQUIZ_HOME": str(home), **environment},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stderr == str(expected)


def test_examples_are_ascii_where_nothing_else_arrives(home: Path) -> None:
    """Another encoding than UTF-8 or a dumb terminal: formulas in ASCII, and no question marks."""
    for encoding in ("ascii", "latin-1"):
        page = nnquiz(home, "run-example", "attention", PYTHONIOENCODING=encoding)
        assert page.isascii()
        assert "w_31 = e^1/(e^1 + e^0 + e^{0.5}) ~= 0.5065" in page
        assert "?" not in page
    dumb = pexpect.run(
        f"{sys.executable} -m nnquiz run-example attention",
        env={**CLEAN, "NNQUIZ_HOME": str(home), "TERM": "dumb"},
        encoding="utf-8",
        dimensions=(24, 80),
    )
    assert dumb.isascii()
    assert "s   = -------" in dumb  # drawn, for it is a window
    assert "?" not in dumb


def test_comparisons_are_ascii_as_well(home: Path) -> None:
    """What comes out of several runs has no sign that would not arrive."""
    arguments = ("run-example", "nt-xent", "--compare", "tau=0.1,0.5")
    page = nnquiz(home, *arguments, PYTHONIOENCODING="ascii")
    assert page.isascii()
    assert "?" not in page


def test_data_is_the_same_in_any_encoding(home: Path) -> None:
    """`--json` does not depend on what a terminal can show."""
    usual = json.loads(nnquiz(home, "run-example", "attention", "--json"))
    plain = nnquiz(home, "run-example", "attention", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(plain) == usual


def test_problems_are_ascii_as_well(home: Path) -> None:
    """The question, the reply and the solution of a numeric problem, and of a predicted step."""
    asked = ("problem", "conv_params", "--seed", "4", "--answer")
    page = nnquiz(home, *asked, PYTHONIOENCODING="ascii")
    assert page.startswith("conv_params | question 2 | seed 4\n")
    assert "Convolution 5*5 from 128 to 96 channels" in page
    stepped = nnquiz(home, "run-example", "attention", "--step", PYTHONIOENCODING="ascii")
    assert "s_{ij} = (q_i * k_j)/sqrt(d_k)" in stepped
