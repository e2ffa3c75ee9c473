"""Markdown becomes blocks, and formulas keep every character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.bank.markdown import count_words, parse_markdown, plain
from nnquiz.model.document import Span
from nnquiz.tex import linear, parse


def text(words: str) -> Span:
    """Return a span of words."""
    return {"kind": "text", "text": words}


def maths(tex: str) -> Span:
    """Return a span of a formula."""
    return {"kind": "maths", "tex": tex, "linear": linear(parse(tex))}


def test_inline_markup() -> None:
    """Emphasis, code, links, maths and breaks become spans, and plain words stay one."""
    blocks = parse_markdown("a *b* **c** `d` [e](example:neuron#a) $x_1$\\\nf\ng & <b>").blocks
    assert blocks == [
        {
            "kind": "paragraph",
            "spans": [
                text("a "),
                {"kind": "emphasis", "spans": [text("b")]},
                text(" "),
                {"kind": "strong", "spans": [text("c")]},
                text(" "),
                {"kind": "code", "text": "d"},
                text(" "),
                {"kind": "link", "href": "example:neuron#a", "spans": [text("e")]},
                text(" "),
                maths("x_1"),
                {"kind": "break"},
                text("f g & <b>"),
            ],
        }
    ]


def test_blocks() -> None:
    """Headings, lists, quotes, rules, code and displayed formulas keep their structure."""
    source = (
        "### h\n\n3. a\n4. b\n   - c\n\n> q\n\n---\n\n```python\nx = '$1$'\n```\n\n$$\nx^2\n$$\n"
    )
    paragraph = {"a": {"kind": "paragraph", "spans": [text("a")]}}
    blocks = parse_markdown(source).blocks
    assert [block["kind"] for block in blocks] == [
        "heading",
        "list",
        "quote",
        "rule",
        "fence",
        "formula",
    ]
    assert blocks[0] == {"kind": "heading", "level": 3, "spans": [text("h")]}
    assert blocks[1]["kind"] == "list"
    assert blocks[1]["start"] == 3
    assert blocks[1]["items"][0] == [paragraph["a"]]
    assert blocks[1]["items"][1][1]["kind"] == "list"
    assert blocks[4] == {"kind": "fence", "language": "python", "text": "x = '$1$'"}
    assert blocks[5] == {"kind": "formula", "tex": "x^2", "linear": "x²"}


@pytest.mark.parametrize(
    "formula", [r"a*b*c", r"a_1 + b_2", r"\{x\}", r"\hat{x}_{i,j}", r"\$5", r"x \| y", "a<b"]
)
def test_markdown_leaves_formulas_alone(formula: str) -> None:
    """Stars, underlines and backslashes between dollars are the formula's own."""
    blocks = parse_markdown(f"*so* ${formula}$ *there*").blocks
    assert blocks[0]["kind"] == "paragraph"
    assert blocks[0]["spans"][2]["kind"] == "maths"
    assert blocks[0]["spans"][2]["tex"] == formula


def test_bars_in_the_formulas_of_tables() -> None:
    """A bar inside dollars is part of the formula; one outside still ends the cell."""
    source = "| a | b |\n|:-:|--:|\n| $|x|$ | $p(x|y)$ and `c\\|d` |\n"
    source += "| $\\|x\\|$ | $\\Vert x \\Vert$ |\n"
    assert parse_markdown(source).blocks == [
        {
            "kind": "table",
            "align": ["centre", "right"],
            "head": [[text("a")], [text("b")]],
            "rows": [
                [[maths("|x|")], [maths("p(x|y)"), text(" and "), {"kind": "code", "text": "c|d"}]],
                [[maths("|x|")], [maths(r"\Vert x \Vert")]],
            ],
        }
    ]


def test_bars_in_code_and_displayed_formulas_stay() -> None:
    """Only rows of tables are looked at for bars."""
    blocks = parse_markdown("```\n| $a|b$ |\n```\n\n$$\n|x| + 1\n$$\n").blocks
    assert blocks[0]["kind"] == "fence"
    assert blocks[0]["text"] == "| $a|b$ |"
    assert blocks[1]["kind"] == "formula"
    assert blocks[1]["tex"] == "|x| + 1"


def test_a_displayed_formula_needs_no_empty_line() -> None:
    """`$$…$$` parts a paragraph, on its own line or within one."""
    for source in ("so\n$$\nx\n$$\nthen", "so\n$$x$$\nthen", "so $$x$$ then"):
        assert parse_markdown(source).blocks == [
            {"kind": "paragraph", "spans": [text("so")]},
            {"kind": "formula", "tex": "x", "linear": "x"},
            {"kind": "paragraph", "spans": [text("then")]},
        ]


def test_money_is_no_formula() -> None:
    """Dollars before digits are dollars."""
    assert plain(parse_markdown("between $5 and $10").blocks) == "between $5 and $10"


def test_a_formula_that_cannot_be_read_is_kept_and_told() -> None:
    """The words stay as they were written, with what is wrong and where."""
    parsed = parse_markdown(r"so $x + \simga$ and $y$")
    assert plain(parsed.blocks) == r"so x + \simga and y"
    assert len(parsed.flaws) == 1
    assert (parsed.flaws[0].words, parsed.flaws[0].shift) == (r"x + \simga", 4)
    assert r"did you mean '\sigma'" in parsed.flaws[0].what


def test_plain_words() -> None:
    """Everything that can be read is found in the plain words, in its order."""
    source = "# h\n\na *b* `c`\nd\n\n- e\n\n"
    source += "| f | g |\n|---|---|\n| $x^2$ | i |\n\n> j\n\n```\nk\n```\n\n$$y$$"
    assert plain(parse_markdown(source).blocks) == "h a b c d e f g x² i j k y"


def test_words_of_the_prose() -> None:
    """Tables, code and displayed formulas are not counted; an inline formula is one word."""
    source = "one two $x + y + z$ `a b`.\n\n- five\n\n"
    source += "| no | no |\n|---|---|\n\n```\nno\n```\n\n$$n + o$$"
    assert count_words(parse_markdown(source).blocks) == 5


@given(st.text(alphabet="ab1 $|\\`*_[]()<>#-\n\t!&;~^{}\"'", max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_becomes_blocks(source: str) -> None:
    """No text whatever stops the parser, and its words can be read."""
    plain(parse_markdown(source).blocks)
