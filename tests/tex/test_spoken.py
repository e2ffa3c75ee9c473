"""The words of a formula, beyond those that are read back and those that the golden file has."""

import pytest

from nnquiz.tex import parse, speech
from nnquiz.tex.symbols import SYMBOLS


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("x_t - x_{t-1}", "x sub t minus x with index t minus 1, end index"),
        ("x^2 + y^3 + z^n", "x squared plus y cubed plus z to the n"),
        ("{x_i^2}^3", "the quantity x sub i squared, end quantity, cubed"),
        (r"W^\top x^* f'", "W transpose x star f prime"),
        ("N = n + D", "capital N equals n plus D"),
        (r"\Sigma + \sigma", "capital sigma plus sigma"),
        (r"3 \cdot 4 + a \cdot b", "3 times 4 plus a dot b"),
        ("50{,}000", "50,000"),
        ("x := 2", "x is defined as 2"),
        (r"p(x \mid z)", "p open paren x given z close paren"),
        (r"\{x \mid x > 0\}", "open brace x such that x is greater than 0 close brace"),
        (r"\log p + \log", "log of p plus log"),
        (r"\max_i x_i \quad x_{\max}", "the maximum over i of x sub i; x sub max"),
        (r"\arg\max_\theta p", "the arg max over theta of p"),
        (r"\sum_i -a_i - b", "the sum over i of minus a sub i, end sum, minus b"),
        (
            r"\prod_{i} a_i b \cdot c = d",
            "the product over i of a sub i b dot c, end product, equals d",
        ),
        (
            r"\mathbb{E}[x] \in \mathbb{R}",
            "the expectation of open bracket x close bracket in the reals",
        ),
        (r"\left. f \right|_{0}", "f bar sub 0"),
        (
            r"x^{(t)} z^{\text{in}}",
            "x with superscript open paren t close paren, end superscript, z superscript in",
        ),
        (r"\overline{xy}", "the quantity x y, end quantity, bar"),
    ],
)
def test_a_formula_is_said_as_one_would(source: str, words: str) -> None:
    """What opens is closed, and a sum reaches to the next plus."""
    assert speech(parse(source)) == words


def test_every_sign_has_words() -> None:
    """A screen reader never meets a sign that it would leave out."""
    for command, (sign, role) in SYMBOLS.items():
        if role == "space" or command in ("\\colon", "\\%", "\\_", "\\$", "\\#", "\\&"):
            continue
        words = speech(parse(f"a {command} b"))
        assert words.isascii(), command
        assert sign.isascii() or sign not in words, command
