"""Code in colours: only where it is wanted, and never at the cost of a sign."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.text import Text

from nnquiz.term.blocks import CROPPED, draw
from nnquiz.term.code import highlighted
from nnquiz.term.forms import Form

CODE = '# a comment\ndef f(x):\n\n    return "two" if x == 2 else None\n'
COLOURED = Form(coloured=True)


def styled(lines: list[Text]) -> dict[str, str]:
    """Return the words that have a style of their own, with it."""
    return {
        line.plain[span.start : span.end]: str(span.style)
        for line in lines
        for span in line.spans
        if str(span.style) != "none"
    }


def test_the_kinds_of_words_have_colours() -> None:
    """Comments, keywords, names, strings and numbers are told apart in the terminal's colours."""
    found = styled(highlighted(CODE.splitlines(), "python"))
    assert found["# a comment"] == "dim italic"
    assert found["def"] == found["return"] == "magenta"
    assert found["f"] == "bold"
    assert found["2"] == "cyan"
    assert "green" in (found.get("two"), found.get('"two"'))
    assert not any("on " in style or "#" in style for style in found.values())


@pytest.mark.parametrize("language", ["python", "text", "no-such-language"])
def test_coloured_code_is_the_same_code(language: str) -> None:
    """Line by line it reads as it does without colours."""
    lines = CODE.splitlines()
    assert [line.plain for line in highlighted(lines, language)] == lines


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]))))
def test_no_sign_is_lost(lines: list[str]) -> None:
    """Whatever stands in a block, and broken code above all, is shown as it is."""
    assert [line.plain for line in highlighted(lines or [""], "python")] == (lines or [""])


def test_a_block_is_coloured_where_that_is_asked_for() -> None:
    """The same lines, cut in the same places, with colours and without."""
    fence = {"kind": "fence", "language": "python", "text": CODE}
    for width in (20, 40, 80):
        with_colour = draw([fence], width, form=COLOURED)
        without = draw([fence], width)
        assert [line.plain for line in with_colour] == [line.plain for line in without]
        assert "def" in styled(with_colour)
        assert "def" not in styled(without)
    cut = " ".join(line.plain for line in draw([fence], 20, form=COLOURED))
    assert cut.endswith(CROPPED)


def test_a_diagram_has_no_colours() -> None:
    """A block without a language, or one of text, is drawn in one colour."""
    for language in ("", "text"):
        block = {"kind": "fence", "language": language, "text": "if x → y"}
        assert styled(draw([block], 40, form=COLOURED)) == {}
