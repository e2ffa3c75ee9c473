"""Words of a line, styled and folded."""

from typing import Any

from rich.style import Style
from rich.text import Text

from nnquiz.term.spans import fold, hang, words


def folded(text: str, width: int) -> list[str]:
    """Return a text's lines."""
    return [line.plain for line in fold(Text(text), width)]


def test_lines_end_between_words() -> None:
    """A line takes the words that fit, and its blanks are not kept."""
    assert folded("one two  three", 7) == ["one two", "three"]
    assert folded("one\ntwo", 7) == ["one", "two"]
    assert folded("", 7) == [""]


def test_a_word_wider_than_a_line_is_parted() -> None:
    """It parts behind a hyphen where there is one, and else where the line ends."""
    assert folded("well-behaved", 8) == ["well-", "behaved"]
    assert folded("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert folded("組み合わせ", 4) == ["組み", "合わ", "せ"]


def test_a_short_formula_stays_together() -> None:
    """A line does not end inside a formula that fits on the next one."""
    text = words(
        [{"kind": "text", "text": "words "}, {"kind": "maths", "tex": "", "linear": "a = b"}]
    )
    assert [line.plain for line in fold(text, 9)] == ["words", "a = b"]
    assert [line.plain for line in fold(text, 4)] == ["word", "s a", "= b"]


def test_meaning_does_not_hang_on_colour() -> None:
    """Code keeps its backticks and an address its words; a number of an example is plain."""
    text = words(
        [
            {"kind": "code", "text": "x"},
            {"kind": "link", "href": "https://a.org", "spans": [{"kind": "text", "text": "y"}]},
            {"kind": "link", "href": "https://b.org", "spans": []},
            {
                "kind": "link",
                "href": "example:neuron#a",
                "spans": [{"kind": "text", "text": "0.3"}],
            },
        ]
    )
    assert text.plain == "`x`y (https://a.org)https://b.org0.3"


def test_styles_stay_on_their_words() -> None:
    """Folding moves no style to another word."""
    text = words(
        [
            {"kind": "text", "text": "plain words "},
            {"kind": "strong", "spans": [{"kind": "text", "text": "strong words"}]},
        ]
    )
    first, second = fold(text, 18)
    assert first.plain == "plain words strong"
    assert [
        first.plain[span.start : span.end].strip() for span in first.spans if span.style.bold
    ] == ["strong"]
    assert second.plain == "words"
    assert second.spans[0].style.bold


def test_a_hanging_mark_keeps_its_style_to_itself() -> None:
    """What is put before a line does not style the line."""
    (line,) = hang(Text("must ", Style(bold=True)), [Text("words")], Text())
    assert line.plain == "must words"
    assert [(span.start, span.end) for span in line.spans] == [(0, 5)]
    assert not line.style


def test_a_long_formula_goes_on_with_an_operator() -> None:
    """A formula ends a line before a relation or operator, and never between two factors."""
    formula: Any = {"kind": "maths", "tex": "", "linear": "aaaa bbbb = cccc dddd + eeee ffff"}
    before: Any = {"kind": "text", "text": "the sum "}
    lines = [line.plain for line in fold(words([before, formula]), 20)]
    assert lines == ["the sum aaaa bbbb", "= cccc dddd", "+ eeee ffff"]
    narrow = [line.plain for line in fold(words([formula]), 8)]
    assert " ".join(narrow) == formula["linear"]
