"""The line that a terminal without Unicode shows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.tex import linear, parse
from nnquiz.tex.ascii import spelt
from nnquiz.tex.symbols import SYMBOLS


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (r"\sqrt{\sigma_B^2 + \epsilon}", "sqrt(sigma_B^2 + epsilon)"),
        (r"\sum_{i=1}^n w_i x_i", "SUM_{i=1}^n w_i x_i"),
        (r"\mu \le \theta^*_A", "mu <= theta_A^*"),
        (r"W x_t + QK^\top x", "W x_t + Q K^T x"),
        (r"p^*\frac12", "p^* * (1/2)"),
        (r"\gamma\hat x + \lambda|w|", "gamma hat(x) + lambda |w|"),
        (r"\frac{\partial L}{\partial a}\frac{a}{z}", "(partial L/partial a)*(a/z)"),
        (r"2\left\lfloor x \right\rfloor \| v \|", "2 floor(x) ||v||"),
        (r"f''(x) + 90^\circ", "f''(x) + 90^deg"),
        (r"x_{\max} + x_{ab} + x_{10}", "x_max + x_{ab} + x_10"),
        (r"\mathbb{R}^{n \times d}", "R^{n*d}"),
        (r"\mathcal{L}, \mathbf{x}", "L, x"),
        (r"a \xrightarrow{f} b \to c", "a --(f)--> b -> c"),
        (r"\underbrace{a + b}_{\text{gap}}", "(a + b) <gap>"),
        (r"é \text{ – “naïve”}", 'e - "naive"'),
    ],
)
def test_a_line_is_what_one_would_type(source: str, line: str) -> None:
    """Greek is spelt, scripts are those of LaTeX, and a star multiplies."""
    assert linear(parse(source), ascii=True) == line


def test_every_sign_has_its_spelling() -> None:
    """No two signs of the vocabulary are spelt alike, unless they mean the same here."""
    same = [{"·", "×", "⋆"}, {"∥", "‖"}, {"…", "⋯", "⋱"}]
    spellings: dict[str, str] = {}
    for sign, role in SYMBOLS.values():
        if role in ("space", "function", "limit") or sign.isascii():
            continue
        other = spellings.setdefault(spelt(sign), sign)
        assert other == sign or any({sign, other} <= group for group in same)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_whatever_is_spelt_is_ascii(text: str) -> None:
    """Every text has a spelling, and one in ASCII keeps its own."""
    assert spelt(text).isascii()
    assert spelt(spelt(text)) == spelt(text)
