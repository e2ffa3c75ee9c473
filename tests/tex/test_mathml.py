"""The form for a browser: well-formed, of the elements that MathML Core has, with nothing lost."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from nnquiz.tex import Node, mathml, parse
from nnquiz.tex.tree import Accent, Brace, Fence, Grid, Row, Symbol

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
# How many children an element of MathML Core has; None where there may be any number.
ARITIES = {
    **dict.fromkeys(("mi", "mn", "mo", "mtext", "mspace"), 0),
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
    **dict.fromkeys(("math", "mrow", "mtable", "mtr", "mtd"), None),
    "msqrt": 1,
}
ATTRIBUTES = {
    "math": {"display"},
    "mi": {"mathvariant", "style"},
    "mn": {"style"},
    "mo": {"form", "fence", "lspace", "movablelimits", "rspace", "stretchy"},
    "mover": {"accent"},
    "mrow": {"style"},
    "mspace": {"width"},
    "mtable": {"displaystyle"},
    "mtd": {"style"},
    "munder": {"accentunder"},
}
BRACKETS = {"bmatrix": "[]", "pmatrix": "()", "vmatrix": "||", "cases": "{"}
MARKS = {"hat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "vec": "→", "dot": "˙"}
WIDE_MARKS = {**MARKS, "hat": "\u0302", "bar": "", "overline": ""}


def inside(source: str, *, display: bool = False) -> str:
    """Return what stands between the tags of the `math` element."""
    return mathml(parse(source), display=display).partition(">")[2].removesuffix("</math>")


def checked(source: str) -> ElementTree.Element:
    """Return the element of a formula, after every tag in it was held against the standard."""
    written = mathml(parse(source))
    root = ElementTree.fromstring(written)
    for element in root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        assert ARITIES[name] in (None, len(element)), (source, name)
        assert set(element.attrib) <= ATTRIBUTES.get(name, set()), (source, name)
        # Text stands in leaves alone: between elements a browser would drop it.
        assert name in ("mi", "mn", "mo", "mtext") or not (element.text or "").strip()
        assert not element.tail
    return root


def signs(value: Any) -> Iterator[str]:
    """Yield every sign that a page shows of a tree, spaces left out."""
    match value:
        case Symbol():
            yield "" if value.role == "space" else value.text
            return
        case Fence():
            yield value.left + value.right
        case Accent():
            is_wide = isinstance(value.body, Row) and len(value.body.items) > 1
            yield {**(WIDE_MARKS if is_wide else MARKS), "ddot": "¨"}[value.mark]
        case Brace():
            yield "⏟" if value.side == "under" else "⏞"
        case Grid():
            yield BRACKETS.get(value.shape, "")
    for part in value:
        if isinstance(part, tuple):
            yield from signs(part)


def counted(text: str) -> Counter[str]:
    """Count the signs of a text, letters of a style as the plain ones, blanks not at all."""
    plain = unicodedata.normalize("NFKD", text).replace("−", "-")
    return Counter(sign for sign in plain if not sign.isspace())


def assert_nothing_is_lost(source: str) -> None:
    """Compare the text of a page with the signs of the tree."""
    node: Node = parse(source)
    shown = "".join(checked(source).itertext())
    assert counted(shown) == counted("".join(signs(node)))
    assert not any(ord(sign) >= 0x1D400 for sign in shown)


def test_every_formula_of_the_field_is_whole(field_source: str) -> None:
    """Read as XML, it has elements of MathML Core alone and every sign of its source."""
    assert_nothing_is_lost(field_source)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("x_i", "<msub><mi>x</mi><mi>i</mi></msub>"),
        ("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
        ("e^{-z}", '<msup><mi>e</mi><mrow><mo form="prefix">−</mo><mi>z</mi></mrow></msup>'),
        ("a - b", '<mi>a</mi><mo form="infix">−</mo><mi>b</mi>'),
        ("a = -b", '<mi>a</mi><mo>=</mo><mo form="prefix">−</mo><mi>b</mi>'),
        (r"\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
        (r"\sum_{i} x", "<munder><mo>∑</mo><mi>i</mi></munder><mi>x</mi>"),
        (r"\int_0^1 f", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>f</mi>"),
        (r"\log x", '<mi>log</mi><mspace width="0.167em"/><mi>x</mi>'),
        (
            r"\log(x)",
            (
                '<mi>log</mi><mrow><mo form="prefix" stretchy="false">(</mo><mi>x</mi>'
                '<mo form="postfix" stretchy="false">)</mo></mrow>'
            ),
        ),
        (r"\hat{x}", '<mover accent="true"><mi>x</mi><mo stretchy="false">^</mo></mover>'),
        (r"\bar{x}", '<mover accent="false"><mi>x</mi><mo stretchy="false">¯</mo></mover>'),
        (
            r"\overline{xy}",
            (
                '<mrow style="border-top:0.06em solid;padding-top:0.12em">'
                "<mrow><mi>x</mi><mi>y</mi></mrow></mrow>"
            ),
        ),
        (r"\mathbf{w}", '<mi mathvariant="normal" style="font-weight:bold">w</mi>'),
        (r"\mathbb{R}", "<mi>ℝ</mi>"),
        (r"\mathcal{L}", "<mi>ℒ</mi>"),
        (r"\mathcal{N}", "<mi>N</mi>"),
        (r"\Sigma", '<mi mathvariant="normal">Σ</mi>'),
        (r"\text{ if }x", "<mtext>\u00a0if\u00a0</mtext><mi>x</mi>"),
        ("1{,}5", '<mn>1</mn><mo lspace="0" rspace="0" stretchy="false">,</mo><mn>5</mn>'),
        (
            "x := y",
            (
                '<mi>x</mi><mo lspace="0.278em" rspace="0">:</mo>'
                '<mo lspace="0" rspace="0.278em">=</mo><mi>y</mi>'
            ),
        ),
    ],
)
def test_constructs_are_the_elements_of_the_standard(source: str, written: str) -> None:
    """Each construct is what MathML Core has for it, in the order that it wants."""
    checked(source)
    assert inside(source) == written


@pytest.mark.parametrize(
    ("source", "grows"),
    [
        ("(x_i^2)", False),
        (r"\left(\hat x\right)", False),
        (r"\left(\frac{a}{b}\right)", True),
        (r"|x + \sqrt{\frac{1}{n}}|", True),
        (r"(\sum_i x_i)", True),
        (r"(e^{\frac{1}{2}})", True),
        (r"\begin{pmatrix} a \\ b \end{pmatrix}", True),
    ],
)
def test_brackets_grow_with_what_is_tall(source: str, grows: bool) -> None:
    """Around letters they stay as they are, for browsers set growing ones too far apart."""
    found = {mo.get("stretchy") for mo in checked(source).iter(f"{NAMESPACE}mo") if mo.get("form")}
    assert str(grows).lower() in found
    assert grows or found == {"false"}


def test_a_line_of_its_own_is_said_to_be_one() -> None:
    """Displayed mathematics is a block, other mathematics a word among words."""
    assert 'display="block"' in mathml(parse("x"), display=True)
    assert "display" not in mathml(parse("x"))


def test_no_sign_is_taken_for_a_tag() -> None:
    """What is markup to XML is text in a formula, in every leaf."""
    source = r"a < b > c \& \text{<script>alert(1)</script> & </math>} \operatorname{<b>}"
    shown = "".join(checked(source).itertext())
    assert "<script>alert(1)</script> & </math>" in shown
    assert "<script" not in mathml(parse(source))


def test_aligned_lines_go_on() -> None:
    """A plus at the beginning of a continued line has two operands, after a relation one."""
    lines = checked(r"\begin{aligned} a &= -b \\ &+ c \end{aligned}")
    forms = [mo.get("form") for mo in lines.iter(f"{NAMESPACE}mo") if mo.text in ("+", "−")]
    assert forms == ["prefix", "infix"]
