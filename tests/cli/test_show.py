"""`nnquiz show`, run as the program."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from nnquiz.cli.show import names_of_questions

BANK = """\
id: mine
questions:
  - id: escape
    question: "What does \\e[31m do?"
    answer: "It colours. \\a"
  - id: wide
    question: Which line is wide?
    answer: |
      This one.

      ```text
      {line}
      ```
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a bank of one's own beside the shipped one."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "banks").mkdir()
    (folder / "banks" / "mine.yaml").write_text(BANK.format(line="x" * 70), encoding="utf-8")
    return folder


def nnquiz(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program with its output in a pipe."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "TERM")}
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", *arguments],
        env={**kept, "NNQUIZ_HOME": str(home), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("name", ["12", "attention", "atten", "nnquiz/12", "nnquiz/attention"])
def test_a_question_has_many_names(home: Path, name: str) -> None:
    """A number, an id, its beginning, and either behind the bank's name all lead to the page."""
    done = nnquiz(home, "show", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("12  How do attention mechanisms work in transformer models?\n")


def test_a_page_has_all_its_sections(home: Path) -> None:
    """The page says the short answer, the full one, the key points, the example and the sources."""
    page = nnquiz(home, "show", "12").stdout
    titles = ["The short answer", "The full answer", "Key points", "See also", "Sources"]
    places = [page.index(f"\n\n{title}\n  ") for title in titles]
    assert places == sorted(places)
    assert "\n  nnquiz run-example attention\n" in page
    assert "\n      Attention(Q, K, V) = softmax(QKᵀ/√(dₖ))V\n" in page
    assert "Vaswani" in page
    for word in ("must", "should", "bonus"):
        assert f"\n  {word:<8}" in page


def test_a_pipe_gets_plain_text(home: Path) -> None:
    """Without a terminal there is no colour, no blank at a line's end, and no line above 80."""
    page = nnquiz(home, "show", "8").stdout
    assert "\x1b" not in page
    lines = page.splitlines()
    assert not any(line != line.rstrip() for line in lines)
    assert max(map(len, lines)) <= 82  # combining accents take no cell


def test_parts_can_be_asked_for_alone(home: Path) -> None:
    """`--short` and `--points` print that section, and both together print both."""
    short = nnquiz(home, "show", "12", "--short").stdout
    points = nnquiz(home, "show", "12", "--points").stdout
    both = nnquiz(home, "show", "12", "--short", "--points").stdout
    head, answer = short.split("\n\n", 1)
    assert answer.startswith("The short answer\n")
    assert "Key points" not in short
    assert points.startswith(f"{head}\n\nKey points\n")
    assert both == short + points.removeprefix(f"{head}\n")


def test_every_part_below_the_answer_can_be_asked_for(home: Path) -> None:
    """What is asked next, what people get wrong and the references each have an option."""
    whole = nnquiz(home, "show", "12").stdout
    titles = {
        "--follow-ups": "What they ask next",
        "--pitfalls": "What people get wrong",
        "--sources": "Sources",
    }
    for option, title in titles.items():
        part = nnquiz(home, "show", "12", option).stdout.split("\n\n", 1)[1]
        assert part.startswith(f"{title}\n")
        assert part in whole
        assert not any(other in part for other in titles.values() if other != title)


def test_json_is_the_whole_question(home: Path) -> None:
    """`--json` with a part is refused in one line, for it would leave nothing out."""
    result = nnquiz(home, "show", "12", "--json", "--short")
    assert result.returncode == 2
    assert result.stderr.startswith("--json prints the whole question\nhint: ")


def test_json_has_the_documented_shape(home: Path) -> None:
    """`--json` gives texts as Markdown, references whole, and every card by name and kind."""
    shape = json.loads(nnquiz(home, "show", "12", "--json").stdout)
    keys = "schema number id question topic level tags answer key_points follow_ups pitfalls"
    assert " ".join(shape) == f"{keys} examples cards sources"
    assert shape["schema"] == "nnquiz.question/1"
    assert (shape["number"], shape["id"]) == (12, "attention")
    assert r"\frac{QK^\top}{\sqrt{d_k}}" in shape["answer"]["full"]
    assert {tuple(point) for point in shape["key_points"]} == {("id", "point", "weight", "accept")}
    assert {"id": "explain", "kind": "explain"} in shape["cards"]
    vaswani = next(source for source in shape["sources"] if source["key"] == "vaswani2017")
    assert list(vaswani) == ["key", "authors", "year", "title", "venue", "doi", "arxiv"]
    assert vaswani["year"] == 2017
    assert "Vaswani" in vaswani["authors"][0]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("32", "no question 32; there are 1 to 22\n"),
        ("atention", 'no question "atention"; did you mean attention?\n'),
    ],
)
def test_an_unknown_name_gets_one_clear_line(home: Path, name: str, message: str) -> None:
    """What is not there is said on standard error, with exit code 2."""
    done = nnquiz(home, "show", name)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_escape_sequences_of_a_bank_are_shown(home: Path) -> None:
    """A bank cannot colour, retitle or ring: its control characters are printed as signs."""
    done = nnquiz(home, "show", "mine/escape", FORCE_COLOR="1", TERM="xterm")
    assert "␛[31m" in done.stdout
    assert "␇" in done.stdout
    assert "\x07" not in done.stdout
    assert "\x1b[31m" not in done.stdout


def test_a_terminal_of_40_columns_shows_everything(home: Path) -> None:
    """On a narrow terminal no line is wider than it, and code that is gets a mark and a hint."""
    environment = {**os.environ, "NNQUIZ_HOME": str(home), "TERM": "xterm", "NO_COLOR": "1"}
    environment.pop("COLUMNS", None)
    sent = pexpect.run(
        f"{sys.executable} -m nnquiz show mine/wide",
        env=environment,
        encoding="utf-8",
        dimensions=(24, 40),
    )
    assert "  " + "x" * 37 + "…\r\n" in sent
    assert "a wider window shows what … cuts off" in sent
    assert "x" * 70 in nnquiz(home, "show", "mine/wide", COLUMNS="40").stdout


def on_a_terminal(home: Path, *arguments: str, columns: int = 80, **environment: str) -> str:
    """Return what the program sends to a terminal, with line ends as in a pipe."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "PAGER")}
    sent = pexpect.run(
        " ".join([sys.executable, "-m", "nnquiz", *arguments]),
        env={**kept, "NNQUIZ_HOME": str(home), "TERM": "xterm-256color", **environment},
        encoding="utf-8",
        dimensions=(24, columns),
    )
    return str(sent).replace("\r\n", "\n")


def test_plain_is_what_a_pipe_gets(home: Path) -> None:
    """`--plain` on a terminal sends the bytes that a pipe gets, FORCE_COLOR or not."""
    piped = nnquiz(home, "show", "12").stdout
    assert on_a_terminal(home, "show", "12") != piped
    assert on_a_terminal(home, "show", "12", "--plain") == piped
    assert nnquiz(home, "show", "12", "--plain", FORCE_COLOR="1", TERM="xterm").stdout == piped
    assert "x" * 70 in on_a_terminal(home, "show", "mine/wide", "--plain", columns=40)


@pytest.mark.parametrize("width", [20, 57, 150])
def test_a_width_can_be_asked_for(home: Path, width: int) -> None:
    """Lines are as wide as asked for, in a pipe and on a terminal, and not wider."""
    asked = ["show", "12", "--short", "--plain", f"--width={width}"]
    page = nnquiz(home, *asked).stdout
    assert width - 20 < max(map(len, page.splitlines())) <= width
    assert on_a_terminal(home, *asked, columns=90) == page


@pytest.mark.parametrize("width", ["19", "401", "wide"])
def test_other_widths_are_refused(home: Path, width: str) -> None:
    """A width that no page can have is refused in one line that names it."""
    done = nnquiz(home, "show", "12", "--width", width)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Invalid value for '--width': {width}" in done.stderr.replace("'wide'", "wide")
    assert done.stderr.count("\n") == 2


@pytest.mark.parametrize(
    "option", ["--plain", "--ascii", "--tex", "--speak", "--width=50", "--pager"]
)
def test_json_has_no_form(home: Path, option: str) -> None:
    """An option about the page is refused beside `--json`, for it would do nothing."""
    done = nnquiz(home, "show", "12", "--json", option)
    name = option.partition("=")[0]
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"--json prints data, and {name} is about a page\nhint: ")


def test_a_formula_has_one_form(home: Path) -> None:
    """Two forms at once are refused."""
    done = nnquiz(home, "show", "12", "--tex", "--speak")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--ascii, --tex and --speak are three forms of a formula\n")


def test_formulas_as_source_and_in_words(home: Path) -> None:
    """`--tex` prints what can be pasted into a paper, `--speak` what can be said aloud."""
    source = "\\operatorname{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d_k}}\\right)V"
    said = "the fraction Q capital K transpose over the square root of d sub k"
    for option, formula in (("--tex", source), ("--speak", said)):
        for page in (
            nnquiz(home, "show", "12", option).stdout,
            on_a_terminal(home, "show", "12", option),
        ):
            assert formula in " ".join(page.split())


def test_ascii_is_asked_for_or_needed(home: Path) -> None:
    """`--ascii`, another encoding than UTF-8, and a dumb terminal: nothing else than ASCII."""
    piped = nnquiz(home, "show", "12", "--ascii").stdout
    assert piped.isascii()
    assert "softmax((Q K^T)/sqrt(d_k))V" in piped
    assert nnquiz(home, "show", "12", PYTHONIOENCODING="ascii").stdout == piped
    assert nnquiz(home, "show", "12", PYTHONIOENCODING="latin-1").stdout == piped
    dumb = on_a_terminal(home, "show", "12", TERM="dumb")
    assert dumb.isascii()
    assert dumb != piped  # formulas are drawn
    assert nnquiz(home, "show", "12", TERM="dumb").stdout == nnquiz(home, "show", "12").stdout
    for option in ("--tex", "--speak"):
        done = nnquiz(home, "show", "12", "--short", option, PYTHONIOENCODING="ascii")
        assert done.stdout == nnquiz(home, "show", "12", "--short", "--ascii").stdout


def test_a_page_goes_through_the_pager_that_is_set(home: Path) -> None:
    """On a terminal `--pager` hands the page, colours and all, to $PAGER with its options."""
    page = on_a_terminal(home, "show", "12")
    assert on_a_terminal(home, "show", "12", "--pager", PAGER="cat") == page
    numbered = on_a_terminal(home, "show", "12", "--pager", PAGER="cat -n")
    assert numbered.splitlines()[2].startswith("     3\t")
    assert on_a_terminal(home, "show", "12", PAGER="cat -n") == page


@pytest.mark.parametrize("pager", ["no-such-pager --at-all", "unbalanced '", "/"])
def test_a_page_without_a_pager_is_printed(home: Path, pager: str) -> None:
    """Where $PAGER cannot be run the page is printed, and in a pipe nobody asks for one."""
    page = on_a_terminal(home, "show", "12")
    assert on_a_terminal(home, "show", "12", "--pager", PAGER=pager) == page
    piped = nnquiz(home, "show", "12")
    paged = nnquiz(home, "show", "12", "--pager", PAGER="false")
    assert (paged.returncode, paged.stdout, paged.stderr) == (0, piped.stdout, "")


def test_a_pager_may_be_left_early(home: Path) -> None:
    """A pager that reads nothing, or that is told to stop with Ctrl-C, leaves no complaint."""
    assert on_a_terminal(home, "show", "12", "--pager", PAGER="true") == ""
    pager = "sh -c 'head -c 9 > /dev/null; echo reading; exec sleep 60'"
    child = pexpect.spawn(
        f"{sys.executable} -m nnquiz show 12 --pager",
        env={**os.environ, "NNQUIZ_HOME": str(home), "TERM": "xterm", "PAGER": pager},
        encoding="utf-8",
    )
    child.expect_exact("reading\r\n")
    child.sendintr()
    assert child.read() == "^C"
    child.close()
    assert child.exitstatus == 0


def test_json_is_whole_in_any_encoding(home: Path) -> None:
    """Where the encoding lacks a character, JSON escapes it."""
    usual = json.loads(nnquiz(home, "show", "12", "--json").stdout)
    assert (
        json.loads(nnquiz(home, "show", "12", "--json", PYTHONIOENCODING="ascii").stdout) == usual
    )


def test_the_shell_completes_ids_and_numbers(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Completion offers the ids, and numbers once one is begun, each with its question."""
    monkeypatch.setenv("NNQUIZ_HOME", str(home))
    every = dict(names_of_questions(""))
    assert {"attention", "batch-norm", "escape"} <= set(every)
    assert not any(name.isdecimal() for name in every)
    assert [name for name, _ in names_of_questions("atten")] == ["attention"]
    assert {"1", "12", "19"} <= {name for name, _ in names_of_questions("1")}
    assert every["attention"] == "How do attention mechanisms work in transformer models?"


def test_a_page_needs_no_heavy_imports(home: Path) -> None:
    """Showing an answer reads a compiled index: no YAML, no Markdown, no numpy, no LaTeX."""
    assert nnquiz(home, "show", "12").returncode == 0  # the index is compiled by now
    probe = (
        "import sys; from nnquiz.cli.program import run; run(['show', '12']);"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env={**os.environ, "NNQUIZ_HOME": str(home)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(done.stderr.split())
    unwanted = {"numpy", "yaml", "pydantic", "jsonschema", "markdown_it", "nnquiz.tex"}
    assert not loaded & (unwanted | {"rich.markdown", "rich.table", "rich.syntax"})


def test_an_edited_copy_says_that_it_is_yours(tmp_path: Path) -> None:
    """A shipped question that somebody has edited is marked, and no other one."""
    overrides = tmp_path / "banks" / "overrides"
    overrides.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "questions" / "12-attention.yaml"
    text = shipped.read_text("utf-8").replace("Attention is a soft lookup.", "Attention is mine.")
    (overrides / "12-attention.yaml").write_text(text, "utf-8")
    shown = " ".join(nnquiz(tmp_path, "show", "12", "--short").stdout.split())
    assert "your edited copy" in shown
    assert "Attention is mine." in shown
    assert "your edited copy" not in nnquiz(tmp_path, "show", "1", "--short").stdout
