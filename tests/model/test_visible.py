"""What would act on a terminal is shown instead."""

import sys
import unicodedata

from nnquiz.model.visible import visible, visible_line


def test_ordinary_text_stays_as_it_is() -> None:
    """Letters, formulas, diagrams, line ends and tabs are left alone."""
    for text in ("", "words", "x̂ = (x - μ_B)/√(σ²_B + ε)", "┌──┐\n│\t│", "日本語", "👍"):
        assert visible(text) == text


def test_nothing_that_acts_on_a_terminal_is_left() -> None:
    """Of all characters, no control, no change of direction and no half of a pair comes out."""
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        if sign in "\n\t":
            continue
        kinds = {unicodedata.category(shown) for shown in visible(sign)}
        assert not kinds & {"Cc", "Cs", "Zl", "Zp"}, hex(code)
        assert unicodedata.bidirectional(visible(sign)[0]) not in (
            "RLO",
            "LRO",
            "RLE",
            "LRI",
            "PDF",
        )


def test_what_was_there_can_be_recognised() -> None:
    """An escape sequence is shown as the signs it is made of."""
    assert visible("\x1b[31mred\x07") == "␛[31mred␇"
    assert visible("a\ud800b") == "a\N{REPLACEMENT CHARACTER}b"
    assert visible("\x9b\u202e\x7f") == "\\x9b\\u202e␡"


def test_a_line_stays_one_line() -> None:
    """Line ends and tabs are shown as well where one line is wanted."""
    assert visible_line("a\nb\tc\x1b") == "a␊b␉c␛"
