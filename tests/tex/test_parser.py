"""The parser: what is read, what is refused, and where the trouble is."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnquiz.tex import TexError, linear, parse
from nnquiz.tex.symbols import SYMBOLS, commands
from nnquiz.tex.tree import Accent, Fence, Fraction, Grid, Root, Row, Script, Symbol


def test_a_fraction_knows_its_halves_and_places() -> None:
    """A tree keeps structure and columns, counted from 1."""
    tree = parse(r"x = \frac{a}{bc}")
    assert isinstance(tree, Row)
    fraction = tree.items[2]
    assert isinstance(fraction, Fraction)
    assert (tree.column, fraction.column) == (1, 5)
    assert isinstance(fraction.top, Symbol)
    assert (fraction.top.text, fraction.top.column) == ("a", 11)
    assert isinstance(fraction.bottom, Row)
    assert [item.column for item in fraction.bottom.items] == [14, 15]


def test_a_root_keeps_its_index() -> None:
    r"""`\sqrt[3]{x}` is a third root, and its index may hold brackets of its own."""
    tree = parse(r"\sqrt[n+1]{x}")
    assert isinstance(tree, Root)
    assert isinstance(tree.degree, Row)
    assert len(tree.degree.items) == 3
    assert isinstance(parse(r"\sqrt{x}"), Root)
    assert parse(r"\sqrt x") == Root(Symbol("x", "letter", "x", 7), None, 1)


def test_scripts_hang_on_what_stands_before_them() -> None:
    """A script belongs to one base: a letter, a whole bracket, or a group."""
    tree = parse("(a+b)_i^2")
    assert isinstance(tree, Script)
    assert isinstance(tree.base, Fence)
    assert isinstance(tree.below, Symbol)
    assert isinstance(tree.above, Symbol)
    assert (tree.below.text, tree.above.text) == ("i", "2")
    assert linear(parse("x^12")) == "x¹ 2"  # as TeX reads it


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x_i^2", "x^2_i"),
        (r"\frac12", r"\frac{1}{2}"),
        (r"\dfrac ab", r"\frac{a}{b}"),
        (r"\hat x", r"\hat{x}"),
        ("f''", r"f^{\prime\prime}"),
        (r"\left(x\right)", "(x)"),
        (r"\Big( x \Big)", "(x)"),
        (r"\bigl| x \bigr|", "|x|"),
        (r"\lVert x \rVert_2", r"\|x\|_2"),
        (r"a \not= b", r"a \neq b"),
        (r"x \in \not\in", r"x \in \notin"),
        (r"a ≤ b · c", r"a \le b \cdot c"),
        (r"\mathrm{ KL }(p)", r"\operatorname{KL}(p)"),
        ("x_\\text{in}", r"x_{\mathrm{in}}"),
        ("a\n+\tb", "a+b"),
    ],
)
def test_two_ways_to_write_are_one_formula(one: str, other: str) -> None:
    """Spelling that makes no difference on a page makes none here."""
    assert linear(parse(one)) == linear(parse(other))


@pytest.mark.parametrize(
    ("source", "column", "token", "words"),
    [
        ("x^^2", 3, "^", "nothing to stand on"),
        ("x__2", 3, "_", "nothing to stand on"),
        ("^2", 1, "^", "nothing to stand on"),
        ("x^2^3", 4, "^", "two superscripts"),
        ("x_1_2", 4, "_", "two subscripts"),
        ("x^2'", 4, "'", "prime after"),
        ("x^", 3, "", "a script is missing"),
        ("{a", 1, "{", "never closed"),
        ("a}", 2, "}", "closes nothing"),
        ("(a", 1, "(", "never closed"),
        ("f(a]+[b)]", 9, "]", "closes nothing"),
        ("{a)}", 3, ")", "closes nothing"),
        ("({a)}", 4, ")", "closes nothing"),
        ("|a", 1, "|", "never closed"),
        (r"\left( a", 1, r"\left", "without '\\right'"),
        (r"\left a \right)", 7, "a", "a delimiter is missing"),
        (r"a \right)", 3, r"\right", "without '\\left'"),
        (r"\frac{1}", 9, "", "a denominator is missing"),
        (r"\frac", 6, "", "a numerator is missing"),
        (r"\sqrt[3{x}", 6, "[", "never closed"),
        (r"\sqrt[]{x}", 7, "]", "index is missing"),
        (r"\simga", 1, r"\simga", "did you mean '\\sigma'"),
        (r"a \zzzzzz b", 3, r"\zzzzzz", "unknown command"),
        ("a & b", 3, "&", "outside an environment"),
        (r"a \\ b", 3, "\\\\", "outside an environment"),
        (r"\begin{array} a \end{array}", 8, "array", "unknown environment"),
        (r"\begin{cases} a", 1, r"\begin", "without '\\end'"),
        (r"\begin{cases} a \end{matrix}", 22, "matrix", "ends as 'matrix'"),
        (r"a \end{cases}", 3, r"\end", "without '\\begin'"),
        ("50%", 3, "%", "write '\\%'"),
        ("a # b", 3, "#", "has no meaning"),
        (r"\text{a $b$}", 9, "$", "inside a text"),
        (r"\text{a \alpha}", 9, r"\a", "inside a text"),
        (r"\text{a", 6, "{", "never closed"),
        (r"\text a", 7, "a", "in braces"),
        (r"\operatorname{}(x)", 15, "}", "without a name"),
        (r"\big x", 6, "x", "a size is for a bracket"),
        (r"\not a", 6, "a", "for a relation"),
        (r"x^\,", 3, r"\,", "cannot be a script"),
        ("x\\", 2, "\\", "lone backslash"),
        ("a\x1b[31m", 2, "\x1b", "cannot be printed"),
        ("a\u202eb", 2, "\u202e", "cannot be printed"),
        ("", 1, "", "empty formula"),
        ("  ", 1, "", "empty formula"),
        ("x" * 4001, 4001, "", "longer than"),
    ],
)
def test_trouble_has_its_column(source: str, column: int, token: str, words: str) -> None:
    """Whatever is broken or unknown is refused, with the column and the token that stands there."""
    with pytest.raises(TexError) as caught:
        parse(source)
    assert (caught.value.column, caught.value.token) == (column, token)
    assert words in str(caught.value)


@pytest.mark.parametrize("opening", ["{", "(", r"\hat", r"\sqrt", r"\frac1", "x^{", r"\left("])
def test_deep_nesting_is_refused(opening: str) -> None:
    """Hostile nesting ends in an error, not in an exhausted stack."""
    with pytest.raises(TexError, match="deep"):
        parse(opening * 400 + "x")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("|x|", "|x|"),
        ("|x - |y||", "|x - |y||"),
        ("2|x||y|", "2|x|·|y|"),
        (r"\lambda |w| + 1", "λ|w| + 1"),
        ("p(a|b)p(c|d)", "p(a | b)p(c | d)"),
        (r"D(p \| q)", "D(p ‖ q)"),
        (r"\|x\|_2^2", "‖x‖₂²"),
        (r"|-x|", "|-x|"),
        (r"\left. f \right|_{x=0}", "f|ₓ₌₀"),
    ],
)
def test_a_bar_is_a_size_or_a_condition(source: str, shown: str) -> None:
    """A bar that has a partner in its brackets is an absolute value; one alone is a condition."""
    assert linear(parse(source)) == shown


def test_an_interval_may_be_half_open() -> None:
    """Round and square brackets may pair with each other."""
    assert linear(parse(r"x \in [0, 1) \cup (2, 3]")) == "x ∈ [0, 1) ∪ (2, 3]"


def test_a_bracket_may_span_aligned_lines() -> None:
    """In a grid a bracket may find its partner in another cell."""
    tree = parse(r"\begin{aligned} y &= (a \\ &+ b) \end{aligned}")
    assert isinstance(tree, Grid)
    assert linear(tree) == "y = (a + b)"


@pytest.mark.parametrize("labelled", [r"a \xrightarrow[x]{y} b", r"\sqrt[3]{x}"])
def test_square_brackets_of_a_command_close_in_a_cell(labelled: str) -> None:
    """What a command holds in square brackets ends there, in a grid as elsewhere."""
    tree = parse(rf"\begin{{cases}} {labelled} & c \\ d & (e \end{{cases}}")
    assert isinstance(tree, Grid)
    assert linear(tree.rows[0][0]) == linear(parse(labelled))


def test_a_group_of_one_relation_has_no_spaces() -> None:
    """`50{,}000` is one number, as in TeX."""
    assert linear(parse("50{,}000")) == "50,000"


def test_every_command_is_read() -> None:
    """Every command of the vocabulary is read in the smallest formula that can hold it."""
    holders = {
        r"\sqrt": r"\sqrt{x}",
        r"\left": r"\left(x\right)",
        r"\right": r"\left(x\right)",
        r"\middle": r"\left(x\middle|y\right)",
        r"\begin": r"\begin{cases}x\end{cases}",
        r"\end": r"\begin{cases}x\end{cases}",
        r"\mathrm": r"\mathrm{KL}",
        r"\operatorname": r"\operatorname{sim}",
        r"\underbrace": r"\underbrace{x}_{y}",
        r"\overbrace": r"\overbrace{x}^{y}",
        r"\xrightarrow": r"a \xrightarrow[b]{c} d",
        r"\not": r"a \not= b",
        "\\\\": r"\begin{matrix}a\\b\end{matrix}",
    }
    for command in commands():
        plain = [f"a {command} b", f"{command}{{x}}{{y}}", f"\\left{command} x \\right."]
        tried = [holders[command]] if command in holders else plain
        read = 0
        for source in [*tried, f"\\left. x \\right{command}", f"{command}( x )"]:
            try:
                read += bool(linear(parse(source)))
            except TexError:
                continue
        assert read, command


def test_no_sign_is_from_the_mathematical_alphabets() -> None:
    """The letters of U+1D400 stay out, because poor fonts and screen readers lack them."""
    letters = "".join(sign for sign, _ in SYMBOLS.values())
    letters += "".join(
        linear(parse(f"\\{style}{{{letter}}}"))
        for style in ("mathbf", "mathcal", "mathbb", "boldsymbol", "mathrm", "mathsf")
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabc1"
    )
    assert max(letters) < "\U0001d400"
    assert all(len(linear(Accent("hat", Symbol(c, "letter", c, 1), 1))) <= 2 for c in "xyzθ")


PIECES = st.sampled_from(
    [
        *commands(),
        *"abxyz0123456789+-=<>/*^_{}()[]|&,;.!' ",
        "\\\\",
        r"\begin{cases}",
        r"\end{cases}",
        *(r"\begin{aligned}", r"\end{aligned}", r"\text{if }", r"\mathrm{KL}", "{a+b}", "_{i=1}"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=25).map("".join)))
@example("\\")
@example("x^{'}")
@example("{}^2")
@example(r"\begin{cases}&\\\end{cases}")
def test_random_text_is_read_or_refused(source: str) -> None:
    """Whatever is typed becomes a printable line or raises the one error, inside its text."""
    shown, column = "", 1
    try:
        shown = linear(parse(source))
    except TexError as error:
        column = error.column
    assert 1 <= column <= len(source) + 1
    assert shown.isprintable()
    assert max(shown, default=" ") < "\U0001d400" or max(source) >= "\U0001d400"
