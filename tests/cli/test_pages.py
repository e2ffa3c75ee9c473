"""`nnquiz show --all`, `--sheet` and `--html`, run as the program."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

QUESTIONS = 22


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the bank is compiled already."""
    folder = tmp_path_factory.mktemp("home")
    assert show(folder, "12").returncode == 0
    return folder


def show(
    home: Path, *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `nnquiz show` with its output in a pipe."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "TERM")}
    return subprocess.run(
        [sys.executable, "-m", "nnquiz", "show", *arguments],
        env={**kept, "NNQUIZ_HOME": str(home), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
    )


def test_all_questions_come_one_after_another(home: Path) -> None:
    """`--all` prints every page as it is printed alone, with a rule between two of them."""
    pages = show(home, "--all", "--points").stdout.split("\n\n" + "─" * 80 + "\n\n")
    assert len(pages) == QUESTIONS
    assert [page.split()[0] for page in pages] == [str(at + 1) for at in range(QUESTIONS)]
    assert pages[11] + "\n" == show(home, "12", "--points").stdout


def test_all_questions_as_data(home: Path) -> None:
    """`--all --json` holds what `--json` prints of each."""
    shape = json.loads(show(home, "--all", "--json").stdout)
    assert list(shape) == ["schema", "questions"]
    assert shape["schema"] == "nnquiz.book/1"
    assert len(shape["questions"]) == QUESTIONS
    assert shape["questions"][11] == json.loads(show(home, "12", "--json").stdout)


@pytest.mark.parametrize("columns", [40, 80])
def test_the_sheet_has_the_formulas_and_what_must_be_said(home: Path, columns: int) -> None:
    """Every displayed formula of an answer and every point of weight 3, and no line too wide."""
    asked = ("--all", "--sheet", f"--width={columns}")
    sheet = show(home, *asked, "--tex").stdout
    squeezed = re.sub(r"\s", "", sheet)
    plain = re.sub(r"\s", "", show(home, *asked).stdout)
    for question in json.loads(show(home, "--all", "--json").stdout)["questions"]:
        answer = question["answer"]["short"] + "\n" + question["answer"]["full"]
        for formula in re.findall(r"\$\$(.*?)\$\$", answer, flags=re.DOTALL):
            assert re.sub(r"\s", "", formula) in squeezed
        for point in question["key_points"]:
            first = re.split(r"[$`*]", point["point"])[0]
            wanted = re.sub(r"\s", "", first)
            assert not wanted or (wanted in plain) == (point["weight"] == 3), point["id"]
    assert max(map(cell_len, sheet.splitlines())) <= columns
    assert not any(line != line.rstrip() for line in sheet.splitlines())


def test_the_sheet_is_a_few_screens(home: Path) -> None:
    """All of it is read in a quarter of an hour: at 80 columns less than six windows of 48."""
    assert len(show(home, "--all", "--sheet").stdout.splitlines()) < 6 * 48


def test_the_sheet_of_one_question(home: Path) -> None:
    """`--sheet` of a question is its part of the whole sheet, in ASCII as well."""
    one = show(home, "12", "--sheet").stdout
    assert one.startswith("12  How do attention mechanisms work in transformer models?\n")
    assert "\n    Attention(Q, K, V) = softmax(QKᵀ/√(dₖ))V\n    • Queries, keys" in one
    assert one in show(home, "--all", "--sheet").stdout
    plain = show(home, "12", "--sheet", "--ascii").stdout
    assert plain.isascii()
    assert "\n    Attention(Q, K, V) = softmax((Q K^T)/sqrt(d_k))V\n    * Queries" in plain


def test_the_sheet_can_be_printed(home: Path) -> None:
    """`--sheet --html` is one page with every question, its formulas set and nothing more."""
    page = show(home, "--all", "--sheet", "--html", "-").stdout
    assert page.count("<article ") == QUESTIONS
    assert page.count('class="formula"') > 15
    assert "three learned linear projections of the tokens" in page
    assert "Several heads run in parallel" not in page  # of weight 2
    assert "What they ask next" not in page
    assert show(home, "12", "--sheet", "--html", "-").stdout.count("<article ") == 1


def test_a_page_is_written_to_a_file(home: Path, tmp_path: Path) -> None:
    """`--html FILE` writes one page, says so on standard error, and leaves nothing beside it."""
    done = show(home, "12", "--html", "answer.html", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "wrote answer.html\n")
    page = (tmp_path / "answer.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>\n<html")
    assert page.endswith("</html>\n")
    assert "How do attention mechanisms work in transformer models?" in page
    assert "Weigh the inputs" not in page  # another question's example
    assert "Score each key, softmax the scores, average the values." in page
    assert os.listdir(tmp_path) == ["answer.html"]
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "answer.html").stat().st_mode & 0o777 == 0o666 & ~umask


def test_standard_output_gets_the_same_page(home: Path, tmp_path: Path) -> None:
    """`-` prints the bytes that a file gets, whatever the encoding of the terminal is."""
    show(home, "12", "--html", "answer.html", cwd=tmp_path)
    page = (tmp_path / "answer.html").read_text(encoding="utf-8")
    assert show(home, "12", "--html", "-").stdout == page
    assert show(home, "12", "--html", "-", PYTHONIOENCODING="ascii").stdout == page


def test_a_book_has_all_questions_and_replaces_an_older_one(home: Path, tmp_path: Path) -> None:
    """`--all --html` writes the book, in the place of an older page of ours."""
    file = tmp_path / "book.html"
    assert show(home, "12", "--html", str(file)).returncode == 0
    file.chmod(0o644)
    before = file.stat().st_ino
    assert show(home, "--all", "--short", "--html", str(file)).returncode == 0
    book = file.read_text(encoding="utf-8")
    assert book.count("<article ") == QUESTIONS
    assert book.count(">The short answer<") == QUESTIONS
    assert "Key points" not in book
    assert file.stat().st_ino != before  # renamed into its place, so whole at any moment
    assert os.listdir(tmp_path) == ["book.html"]


def test_no_other_file_is_replaced(home: Path, tmp_path: Path) -> None:
    """A file that nnquiz did not write stays as it is, and one line says why."""
    file = tmp_path / "mine.html"
    file.write_text("<p>mine</p>", encoding="utf-8")
    done = show(home, "12", "--html", str(file))
    said = f"--html: {file} is there, and nnquiz did not write it\n"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{said}hint: remove it or give another name\n"
    assert file.read_text(encoding="utf-8") == "<p>mine</p>"
    assert os.listdir(tmp_path) == ["mine.html"]


def test_a_place_that_cannot_be_written_is_said(home: Path, tmp_path: Path) -> None:
    """A folder that is not there, and a folder where a file should be: one line each."""
    for place, why in (("nowhere/a.html", "No such file"), (".", "Is a directory")):
        done = show(home, "12", "--html", place, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert re.fullmatch(rf"--html: .*: {why}.*\n", done.stderr)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "which question?"),
        (["12", "--all"], "--all shows every question"),
        (["12", "--sheet", "--short"], "--sheet has parts of its own"),
        (["12", "--sheet", "--json"], "--json prints data, and --sheet is about a page"),
        *(
            (
                ["12", "--html", "x.html", option],
                f"--html writes for a browser, and {option.partition('=')[0]} is for",
            )
            for option in ("--json", "--plain", "--ascii", "--tex", "--speak", "--width=50")
        ),
        (
            ["12", "--html", "x.html", "--pager"],
            "--html writes for a browser, and --pager is for a terminal or a script",
        ),
        (["99", "--html", "x.html"], "no question 99; there are 1 to 22"),
    ],
)
def test_what_does_not_go_together_is_refused(
    home: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    """One line on standard error, exit code 2, and no file."""
    done = show(home, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert os.listdir(tmp_path) == []
