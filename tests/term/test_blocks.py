"""Documents as lines: nothing lost, nothing too wide, nothing that acts on a terminal."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from nnquiz.bank.load import load_bank
from nnquiz.bank.markdown import parse_markdown
from nnquiz.model.document import Document
from nnquiz.model.question import Question
from nnquiz.model.section import SECTIONS, Section
from nnquiz.paths import locate
from nnquiz.term.blocks import CROPPED, draw
from nnquiz.term.question import WIDEST, draw_question

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (40, 60, 80, 120)
QUESTIONS = [built.question for built in load_bank(locate(os.environ).shipped).built]


def compiled(markdown: str) -> Document:
    """Return Markdown as a bank compiles it."""
    return parse_markdown(markdown).blocks


def plain(document: Document, width: int, *, whole: bool = False) -> list[str]:
    """Return what is drawn, without its styles."""
    return [line.plain for line in draw(document, width, whole=whole)]


def compare_with_golden(name: str, lines: list[str]) -> None:
    """Compare lines with a stored screen; `NNQUIZ_GOLDEN=write` stores them anew."""
    path = GOLDEN / f"{name}.txt"
    drawn = "\n".join(lines) + "\n"
    if os.environ.get("NNQUIZ_GOLDEN") == "write":
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_document_with_everything_looks_as_it_did(width: int) -> None:
    """Every kind of block keeps the form that was looked at, at three widths."""
    source = (GOLDEN / "document.md").read_text(encoding="utf-8")
    compare_with_golden(f"document-{width}", plain(compiled(source), width))


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("number", [3, 8, 12])
def test_pages_of_the_bank_look_as_they_did(number: int, width: int) -> None:
    """A page with tables, one with long formulas and one with both keep their form."""
    question = next(question for question in QUESTIONS if question.number == number)
    sections: list[Section] = ["short", "full", "points"]
    lines = [line.plain for line in draw_question(question, min(width, WIDEST), sections)]
    compare_with_golden(f"question-{number:02}-{width}", lines)


def words_of(markdown: str) -> Counter[str]:
    """Count the words of a Markdown source, by nothing but the look of the source."""
    text = re.sub(r"\$\$.*?\$\$|\$(?:\\.|[^$\\])+\$", " ", markdown, flags=re.DOTALL)
    text = re.sub(r"\]\(example:[^)]*\)|^ *```\w*", " ", text, flags=re.MULTILINE)
    return Counter(re.findall(r"[^\W_]+", text))


def texts_of(question: Question) -> list[str]:
    """Return all the sources of a question that its page shows."""
    passages = [question.question, question.short, question.full]
    passages += [point.point for point in question.key_points]
    passages += [part for item in question.follow_ups for part in (item.question, item.answer)]
    passages += [part for item in question.pitfalls for part in (item.claim, item.holds)]
    return [passage.source for passage in passages]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.id))
def test_no_word_of_the_bank_is_lost(question: Question, width: int) -> None:
    """Every word of every question is on its page, however narrow, and no line is too wide."""
    lines = [line.plain for line in draw_question(question, width, SECTIONS, whole=True)]
    printed = Counter(re.findall(r"[^\W_]+", "\n".join(lines)))
    for source in texts_of(question):
        assert words_of(source) - printed == Counter()
    cut = [line.plain for line in draw_question(question, width)]
    assert max(map(cell_len, cut)) <= width
    assert not any(line != line.rstrip() for line in [*lines, *cut])


def test_words_keep_their_order() -> None:
    """Outside tables the words are printed in the order in which they stand in the source."""
    source = "One *two* **three** `four`:\n\n- five\n- six\n    1. seven\n\n> eight [nine](x:y) ten"
    order = re.findall(r"\w+", " ".join(plain(compiled(source), 20)))
    said = " ".join(word for word in order if not word.isdecimal())
    assert said == "One two three four five six seven eight nine x y ten"


def test_code_is_cut_with_a_mark_and_a_hint() -> None:
    """A line of code that is too wide ends in a mark; it is never folded, and a hint follows."""
    code = compiled("```python\nshort\n" + "x" * 50 + "\n\tindented\n```")
    assert plain(code, 40) == ["short", "x" * 39 + "…", "    indented", *wrapped_hint(40)]
    assert plain(code, 40, whole=True) == ["short", "x" * 50, "    indented"]
    assert plain(code, 54) == ["    short", "    " + "x" * 50, "        indented"]
    assert plain(code, 52)[0] == "  short"


def wrapped_hint(width: int) -> list[str]:
    """Return the hint as a paragraph of that width."""
    return plain([{"kind": "paragraph", "spans": [{"kind": "text", "text": CROPPED}]}], width)


def test_a_wide_character_at_the_cut_does_not_exceed_the_width() -> None:
    """Cells are counted, not characters."""
    lines = plain(compiled("```\n" + "組" * 30 + "\n```"), 21)
    assert cell_len(lines[0]) <= 21
    assert lines[0].rstrip().endswith("…")


def test_lists_hang_and_count() -> None:
    """Marks stand in a column of their own, numbers go on from the first one."""
    assert plain(compiled("9. nine\n10. ten and more\n    - in"), 12) == [
        " 9. nine",
        "10. ten and",
        "    more",
        "    ◦ in",
    ]


def test_a_list_of_longer_items_is_set_apart() -> None:
    """Items with more than a paragraph get a blank line between them."""
    assert plain(compiled("- one\n\n  more\n- two"), 20) == ["• one", "", "  more", "", "• two"]


def test_control_characters_are_shown() -> None:
    """What Markdown smuggles in as an entity is shown, in words, code and formulas alike."""
    document: Document = [
        {"kind": "paragraph", "spans": [{"kind": "text", "text": "a\x1b[31mb"}]},
        {"kind": "paragraph", "spans": [{"kind": "code", "text": "\x07"}]},
        {"kind": "paragraph", "spans": [{"kind": "maths", "tex": "", "linear": "\x9b"}]},
        {"kind": "formula", "tex": "", "linear": "x\x08y"},
        {"kind": "fence", "language": "", "text": "\x1b]0;title\x07"},
        {
            "kind": "paragraph",
            "spans": [{"kind": "link", "href": "x\x1b", "spans": [{"kind": "text", "text": "y"}]}],
        },
    ]
    drawn = "\n".join(plain(document, 40))
    assert all(sign.isprintable() for sign in drawn if sign != "\n")
    assert "a␛[31mb" in drawn
    assert "y (x␛)" in drawn


INLINE = st.sampled_from(
    [
        *("word", "*weak*", "**strong words**", "`code x`", "$x^2$", "a-b-c", "組み合わせ"),
        r"$\frac{a+b}{c} = \sum_i x_i$",
        "[link](https://example.org/path)",
        "supercalifragilisticexpialidocious",
    ]
)
LINE = st.lists(INLINE, min_size=1, max_size=12).map(" ".join)
ROW = st.lists(LINE, min_size=3, max_size=3).map(lambda cells: f"| {' | '.join(cells)} |")
BLOCK = st.one_of(
    LINE,
    LINE.map(lambda line: f"## {line}"),
    st.lists(LINE, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {i}" for i in items)),
    st.lists(LINE, min_size=1, max_size=3).map(lambda items: "\n".join(f"8. {i}" for i in items)),
    st.lists(ROW, min_size=2, max_size=3).map(lambda r: "\n".join([r[0], "|---|:-:|--:|", *r[1:]])),
    LINE.map(lambda line: f"> {line}\n>\n> - {line}"),
    st.just("$$\\text{MCC} = \\frac{TP \\cdot TN - FP \\cdot FN}{\\sqrt{(TP+FP)(TN+FN)}}$$"),
    st.just("```text\n┌────────────────────────────────────┐\n```"),
    st.just("---"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=4), st.integers(8, 130))
def test_any_document_fits_and_keeps_its_letters(blocks: list[str], width: int) -> None:
    """Whatever blocks there are, every line fits, ends without blanks, and no letter is missing."""
    document = compiled("\n\n".join(blocks))
    lines = plain(document, width)
    assert all(cell_len(line) <= width for line in lines)
    assert not any(line != line.rstrip() for line in lines)
    wide = Counter("".join(plain(document, 10_000, whole=True)))
    narrow = Counter("".join(plain(document, width, whole=True)))
    missing = wide - narrow
    assert not [sign for sign in missing if sign.isalnum()]
