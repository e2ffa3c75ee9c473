"""What every form promises of every formula: the bank's, the examples', and any that grows."""

import doctest
import importlib
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnquiz.examples import catalogue
from nnquiz.paths import locate
from nnquiz.tex import Node, box, linear, lines, mathml, parse, speech
from nnquiz.tex.ascii import transliterated
from nnquiz.tex.cells import cells
from nnquiz.tex.tree import Fence, Root, Row, Symbol

WIDTHS = [20, 27, 40, 80, 200]
FORMULA = re.compile(
    r"\$\$(.+?)\$\$|(?<![\\$\w])\$(?! )((?:\\.|[^$\\\n])+?)(?<! )\$(?!\d)", re.DOTALL
)


def formulas_of_the_bank() -> list[str]:
    """Return every formula between dollars in the bank's files, once each."""
    found: dict[str, None] = {}
    for path in sorted(Path(locate(os.environ).shipped).glob("[0-9]*.yaml")):
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for displayed, inline in FORMULA.findall(text):
            # In a table a bar is written with a backslash, lest it end the cell.
            found[" ".join((displayed or inline.replace(r"\|", "|")).split())] = None
    return list(found)


def small_sources() -> st.SearchStrategy[str]:
    """Draw LaTeX without structure."""
    return st.sampled_from(
        [
            *("x", "B", "k", "2", "0.5", "10", r"\theta", r"\Sigma", r"\mathbb{R}", r"\infty"),
            *(r"\mathcal{L}", r"\mathrm{KL}", r"\text{if } x", r"\text{組}", r"\hat{x}", "n!"),
            *(r"\partial a", "a, b", "-1", r"p(x \mid z)", r"\max", "é", r"\ldots"),
        ]
    )


def sources() -> st.SearchStrategy[str]:
    """Draw LaTeX in which any construct holds any other."""

    def grown(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        one = [
            r"\sqrt{%s}",
            r"\sqrt[3]{%s}",
            r"\left(%s\right)^2",
            r"\left|%s\right|",
            r"\left\lfloor %s \right\rfloor",
            r"\left\langle %s \right\rangle",
            r"\left\{ x \middle| %s \right\}",
            r"\left[ %s \right)_i",
            r"\overline{%s}",
            r"\hat{%s}",
            r"\underbrace{%s}_{\text{gap}}",
            r"\overbrace{%s}^n",
            r"\log %s",
            r"x_{%s}",
            r"e^{%s}",
            r"{%s}^\top",
            r"\mathbf{%s}",
        ]
        two = [
            r"%s + %s",
            r"%s = %s",
            r"%s %s",
            r"%s \cdot %s, \quad c",
            r"\frac{%s}{%s}",
            r"\sqrt[%s]{%s}",
            r"\sum_{i=1}^{%s} %s",
            r"\max_{%s} %s",
            r"\int_0^{%s} %s\,dx",
            r"{%s}_{%s}^2",
            r"a \xrightarrow[%s]{%s} b",
            r"\begin{cases} %s & \text{if } a \\ %s \end{cases}",
            r"\begin{bmatrix} %s & 1 \\ -2 & %s \end{bmatrix}",
            r"\begin{aligned} a &= %s \\ &+ %s \end{aligned}",
        ]
        return st.one_of(
            st.tuples(st.sampled_from(one), parts).map(lambda made: made[0] % made[1]),
            st.tuples(st.sampled_from(two), parts, parts).map(lambda made: made[0] % made[1:]),
        )

    return st.recursive(small_sources(), grown, max_leaves=8)


def leaves(value: Any) -> Iterator[str]:
    """Return the texts of a tree, with the words that ASCII brackets are."""
    if isinstance(value, Symbol):
        yield value.text
    elif isinstance(value, tuple):
        if isinstance(value, Fence):
            yield value.left
        if isinstance(value, Root) and value.degree is not None and linear(value.degree) == "2":
            value = value._replace(degree=None)  # it needs no index
        for part in value:
            yield from leaves(part) if isinstance(part, tuple) else ()


def letters(texts: Iterator[str]) -> Counter[str]:
    """Count letters and digits, whether they are small signs, marked, or of a letter style."""
    plain = "".join(texts).translate({ord("⊤"): "T", ord("∛"): "3", ord("∜"): "4"})
    return Counter(sign for sign in unicodedata.normalize("NFKD", plain) if sign.isalnum())


def check_all_forms(node: Node, widths: list[int]) -> None:
    """Assert what holds of every formula in every form."""
    for ascii_only in (False, True):
        drawn = box(node, ascii=ascii_only)
        assert {cells(row) for row in drawn.rows} == {drawn.width}
        assert 0 <= drawn.first <= drawn.baseline <= drawn.last < len(drawn.rows)
        tree = transliterated(node) if ascii_only else node
        assert letters(iter(drawn.rows)) == letters(leaves(tree))
        shown = [*drawn.rows, linear(node, ascii=ascii_only), speech(node)]
        for width in widths:
            screen = lines(node, width, ascii=ascii_only)
            assert all(cells(line) <= width for line in screen)
            assert all(line == line.rstrip() for line in screen)
            assert letters(iter(screen)) >= letters(leaves(tree))
            shown += screen
        assert all(text.isprintable() for text in shown)
        assert not ascii_only or all(text.isascii() for text in shown if text != speech(node))
        # Poor fonts and screen readers stumble on the mathematical alphabets.
        assert max("".join(shown)) < "\U0001d400"
    written = "".join(ElementTree.fromstring(mathml(node)).itertext())
    assert letters(iter(written)) >= letters(leaves(node))
    assert not written.strip() or max(written) < "\U0001d400"


@settings(max_examples=150, deadline=None)
@given(sources(), st.integers(20, 200))
@example(r"\frac{}{} + \sqrt{}^{}_{} \begin{cases}\end{cases}", 20)
@example(r"\left. \frac{a}{b} \right|_{x=0} \xrightarrow{} {}_{}", 20)
def test_whatever_grows_is_whole_in_every_form(source: str, width: int) -> None:
    """Rows are equally wide, lines fit, nothing is lost, and nothing acts on a terminal."""
    check_all_forms(parse(source), [width])


@pytest.mark.parametrize("source", formulas_of_the_bank())
def test_a_formula_of_the_bank_is_whole_in_every_form(source: str) -> None:
    """Nobody who reads an answer meets a formula that a form cannot show."""
    check_all_forms(parse(source), WIDTHS)


def test_a_formula_of_the_field_is_whole_in_every_form(field_name: str, field_source: str) -> None:
    """So it is with the formulas that the golden screens show."""
    check_all_forms(parse(field_source), WIDTHS)


@pytest.mark.parametrize("entry", catalogue.ENTRIES, ids=lambda entry: entry.name)
def test_the_formulas_of_an_example_are_whole_in_every_form(entry: catalogue.Entry) -> None:
    """A step of a worked example, and the same with its numbers put in, can be drawn and said."""
    steps = catalogue.load(entry)().steps
    assert steps
    for source in {text for step in steps for text in (step.formula, step.substituted) if text}:
        check_all_forms(parse(source), [40])


def calls_of(form: Callable[[Node], object], node: Node) -> int:
    """Count the calls that a form takes."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        form(node)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("form", [linear, box, mathml, speech, lambda node: lines(node, 40)])
@pytest.mark.parametrize(
    "opening", ["x^{", "{x_B}_{", r"\sqrt{", r"\frac1{\partial ", r"e^{\frac{1}{", r"\left(1, "]
)
def test_deep_nesting_takes_little_time(opening: str, form: Callable[[Node], object]) -> None:
    """What stands deep inside is drawn once, not again for every construct around it."""
    close = r"\right)" if opening.startswith(r"\left") else "}"
    count = max(opening.count("{") - opening.count("}"), 1)
    shallow, deep = (parse(opening * depth + "y" + close * count * depth) for depth in (6, 12))
    form(deep)  # what is imported on first use does not count
    assert calls_of(form, deep) < 8 * calls_of(form, shallow)


def test_the_bank_has_formulas() -> None:
    """The scan finds them at all, the best known one among them."""
    found = formulas_of_the_bank()
    assert len(found) > 150
    assert any(r"\operatorname{softmax}\left(\frac{QK^\top}" in source for source in found)


def test_the_baseline_holds_the_relation(field_name: str, field_source: str) -> None:
    """What stands beside a relation is level with it."""
    node = parse(field_source)
    if isinstance(node, Row):
        signs = {item.text for item in node.items if isinstance(item, Symbol) if item.text in "=≈≤"}
        drawn = box(node)
        assert all(sign in drawn.rows[drawn.baseline] for sign in signs)


def test_different_formulas_are_said_differently(field_formulas: dict[str, str]) -> None:
    """Two formulas that are said in the same words are the same on one line."""
    said: dict[str, str] = {}
    for source in [*field_formulas.values(), *formulas_of_the_bank()]:
        node = parse(source)
        line = linear(node).replace("‖", "|").replace(" × ", " · ")
        # Where no small letter is about, a single capital is said like one.
        line = re.sub(r"[,;:.! ]+$", "", re.sub(r"[;,]? {2,}|; ", "; ", line))
        assert said.setdefault(speech(node), line) == line


SHAPES = [
    *(r"%s+%s", r"%s %s", r"%s=%s", r"\frac{%s}{%s}", r"{%s}^{%s}", r"{%s}_{%s}", r"(%s)%s"),
    *(r"\sqrt{%s}%s", r"\sqrt[%s]{%s}", r"|%s| %s", r"\sum_{%s}%s", r"\log %s %s", r"%s,%s"),
    *(r"\max_{%s}%s", r"\hat{%s}%s", r"\mathbb{E}_{%s}%s", r"\int_{%s}^{%s}x\,dx"),
    *(r"\begin{bmatrix}%s&%s\end{bmatrix}", r"\underbrace{%s}_{%s}", r"\left\{%s\mid %s\right\}"),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_two_small_formulas_sound_alike(shape: str) -> None:
    """Whoever hears a formula knows how far each part of it reaches: here, with differences."""
    shapes, grown = ("%s-%s", shape), ["x"]
    for _ in range(2):
        grown += [made % (one, other) for made in shapes for one in grown for other in grown]
    for _ in range(2):
        grown += [made % ("x", one) for made in shapes for one in dict.fromkeys(grown)]
        grown += [made % (one, "x") for made in shapes[:1] for one in dict.fromkeys(grown)]
    said: dict[str, str] = {}
    for source in dict.fromkeys(grown):
        node = parse(source)
        line = linear(node)
        assert said.setdefault(speech(node), line) == line, source
    assert len(said) > 20


DOCUMENTED = ["", *(f".{name}" for name in ["ascii", "boxes", "brackets", "cells", "errors"])]
DOCUMENTED += [f".{name}" for name in ["folding", "linear", "parser"]]


@pytest.mark.parametrize("module", [f"nnquiz.tex{name}" for name in DOCUMENTED])
def test_documentation_examples_hold(module: str) -> None:
    """The examples in the docstrings run and show what they say."""
    found = doctest.testmod(importlib.import_module(module), raise_on_error=False)
    assert found.attempted > 0
    assert found.failed == 0


def test_drawing_and_speaking_are_imported_when_they_are_called() -> None:
    """Whoever shows one line imports only what that needs."""
    program = (
        "import sys; from nnquiz.tex import linear, parse; linear(parse('x')); "
        "print(*sorted(m for m in sys.modules if m.startswith('nnquiz')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    kept = ["errors", "linear", "parser", "spacing", "symbols", "tree"]
    assert done.stdout.split() == ["nnquiz", "nnquiz.tex", *(f"nnquiz.tex.{name}" for name in kept)]
