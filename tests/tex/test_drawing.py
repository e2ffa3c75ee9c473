"""The two-dimensional form: the traps that others fell into, drawn."""

from textwrap import dedent

import pytest

from nnquiz.tex import box, parse


def drawn(source: str, *, ascii_only: bool = False) -> str:
    """Return a box as a page shows it."""
    rows = box(parse(source), ascii=ascii_only).rows
    return dedent("\n".join(row.rstrip() for row in rows))


@pytest.mark.parametrize(
    ("source", "page"),
    [
        (
            r"\frac{\partial L}{\partial a}\frac{\partial a}{\partial z}",
            """\
            ∂L  ∂a
            ─── ───
            ∂a  ∂z""",
        ),
        (
            r"-\frac{1}{n}",
            """\
               1
            - ───
               n""",
        ),
        (
            r"\frac{\frac{a}{b}}{c}",
            """\
              a
             ───
              b
            ─────
              c""",
        ),
        (
            r"\frac{a}{b}^2",
            """\
            ⎛ a ⎞²
            ⎜───⎟
            ⎝ b ⎠""",
        ),
        (
            r"\overline{ab}\,\overline{cd}",
            """\
            __ __
            ab cd""",
        ),
    ],
)
def test_bars_touch_no_neighbour(source: str, page: str) -> None:
    """A bar beside a bar, a minus or a letter is never taken for a longer one."""
    assert drawn(source) == dedent(page)


@pytest.mark.parametrize(
    ("source", "page"),
    [
        (r"\sqrt{d_k} + \sqrt[3]{n}", "√dₖ + ∛n"),
        (
            r"\sqrt{d}x",
            """\
             _
            √d x""",
        ),
        (
            r"\sqrt{x^2}",
            """\
             __
            √x²""",
        ),
        (
            r"2\sqrt[n]{a+b}",
            """\
              n _____
            2  √a + b""",
        ),
        (
            r"\sqrt{\frac{a}{b}}",
            """\
             ┌───
             │ a
             │───
            √│ b""",
        ),
    ],
)
def test_a_roof_reaches_as_far_as_its_root(source: str, page: str) -> None:
    """One sign needs no roof, unless a factor follows; the index stands in the corner."""
    assert drawn(source) == dedent(page)


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("x_i^2 + \\sigma'", "xᵢ² + σ′"),
        (
            r"\sigma_B^2 + x_i^B",
            """\
            σ² + xᵢᴮ
             B""",
        ),
        (
            "x^Q_{By}z",
            """\
             Q
            x  z
             By""",
        ),
        (
            "e^{-\\frac{x}{2}}",
            """\
             -x/2
            e""",
        ),
        (
            "{x_B}^Q",
            """\
                Q
            (x )
              B""",
        ),
    ],
)
def test_scripts_are_small_or_in_their_row(source: str, page: str) -> None:
    """A script is of small signs only where each of its signs has one."""
    assert drawn(source) == dedent(page)


@pytest.mark.parametrize(
    ("sign", "other", "page"),
    [
        ("(", ")", "⎛ a ⎞|⎜───⎟|⎝ b ⎠"),
        ("[", "]", "⎡ a ⎤|⎢───⎥|⎣ b ⎦"),
        ("\\{", "\\}", "⎧ a ⎫|⎨───⎬|⎩ b ⎭"),
        ("\\lfloor", "\\rfloor", "⎢ a ⎥|⎢───⎥|⎣ b ⎦"),
        ("\\lceil", "\\rceil", "⎡ a ⎤|⎢───⎥|⎢ b ⎥"),
        ("\\lvert", "\\rvert", "│  a  │|│ ─── │|│  b  │"),
        ("\\|", "\\|", "║  a  ║|║ ─── ║|║  b  ║"),
        ("\\langle", "\\rangle", " ╱ a ╲|⟨ ───⟩| ╲ b ╱"),
        (".", "]", " a ⎤|───⎥| b ⎦"),
    ],
)
def test_brackets_grow_with_what_they_hold(sign: str, other: str, page: str) -> None:
    """Every delimiter has a tall form, and an empty one takes no room."""
    shown = drawn(rf"\left{sign} \frac ab \right{other}").split("\n")
    assert [row.replace(" ", "") for row in shown] == page.replace(" ", "").split("|")
    assert drawn(rf"\left{sign} x \right{other}").count("\n") == 0


def test_limits_stand_over_and_under() -> None:
    """Limits of a sum and of a minimum stand around it; in a script they stand behind it."""
    page = """\
             n
        min  ∑  xᵢ
         θ  i=1"""
    assert drawn(r"\min_\theta \sum_{i=1}^n x_i") == dedent(page)
    assert drawn(r"e^{\sum_i x_i}").split("\n")[0] == " ∑ᵢ xᵢ"


def test_ascii_has_the_same_shapes() -> None:
    """What Unicode draws with lines, ASCII draws with the signs of a typewriter."""
    page = """\
                 __________
                | 1       2
        mu <=   |--- sigma
              \\/| n       B"""
    assert drawn(r"\mu \le \sqrt{\frac{1}{n} \sigma_B^2}", ascii_only=True) == dedent(page)
    assert "floor(" in drawn(r"\left\lfloor \frac ab \right\rfloor", ascii_only=True)


@pytest.mark.parametrize(
    ("source", "page"),
    [
        (
            r"\begin{bmatrix} 50 & a \\ -1.5 & bc \end{bmatrix}",
            """\
            ⎡50    a ⎤
            ⎣-1.5  bc⎦""",
        ),
        (
            r"\begin{bmatrix} 0.125 & -12 \\ -10.5 & 3 \\ 7 & 100 \end{bmatrix}",
            """\
            ⎡  0.125  -12⎤
            ⎢-10.5      3⎥
            ⎣  7      100⎦""",
        ),
    ],
)
def test_columns_of_numbers_meet_at_the_point(source: str, page: str) -> None:
    """Numbers in a column can be compared; everything else stands in the middle."""
    assert drawn(source) == dedent(page)
