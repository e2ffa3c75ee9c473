"""Formulas for a browser against latex2mathml, an independent translator of the same LaTeX."""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from latex2mathml.converter import convert

from nnquiz.bank.load import load_bank
from nnquiz.paths import locate
from nnquiz.tex import mathml, parse

FIELD = Path(__file__).parents[1] / "tex" / "field.txt"
# It sets these signs otherwise: the bar of a condition, a tilde, a bar over letters, application.
RESPELT = str.maketrans({"∣": "|", "∼": "~", "−": "-", "―": "", "\u2061": "", "\u2062": ""})
# It leaves an ampersand in `aligned` unescaped, and does not know \arg\min.
UNREADABLE = ("aligned", "\\arg\\min")


def formulas(value: Any) -> Iterator[str]:
    """Yield the LaTeX of every formula in a value of the bank."""
    if isinstance(value, dict):
        if "tex" in value:
            yield value["tex"]
        yield from formulas(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from formulas(part)


def every_formula() -> list[str]:
    """Return the formulas of the field and of the bank, once each."""
    field = FIELD.read_text(encoding="utf-8").split("## ")[1:]
    found = dict.fromkeys(entry.partition("\n")[2].strip() for entry in field)
    for built in load_bank(locate(os.environ).shipped).built:
        found |= dict.fromkeys(formulas(built.question))
    return [source for source in found if not any(word in source for word in UNREADABLE)]


def signs(written: str) -> str:
    """Return the text of a formula, letters of a style as the plain ones, without blanks."""
    shown = "".join(ElementTree.fromstring(written).itertext())
    plain = unicodedata.normalize("NFKD", shown).translate(RESPELT)
    return "".join(sign for sign in plain if not sign.isspace())


def structure(written: str) -> dict[str, int]:
    """Count the constructs of a formula, whether limits stand aside or above and below."""
    elements = list(ElementTree.fromstring(written).iter())
    counted = Counter(element.tag.rpartition("}")[2] for element in elements)
    # A bar over several letters is a border of ours, for few fonts can stretch theirs.
    counted["mover"] += sum("border-top" in element.get("style", "") for element in elements)
    pairs = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
    shape = {name: counted[name] + counted[other] for name, other in pairs.items()}
    return shape | {name: counted[name] for name in ("mfrac", "msqrt", "mroot", "mtable", "mtd")}


@pytest.mark.parametrize("source", every_formula())
def test_a_formula_has_the_signs_and_the_structure_that_it_should(source: str) -> None:
    """Both translate it to the same signs in the same order, and to as many of each construct."""
    ours, theirs = mathml(parse(source)), convert(source)
    assert signs(ours) == signs(theirs)
    assert structure(ours) == structure(theirs)


def test_most_formulas_are_compared() -> None:
    """Few formulas are left out for what the other one cannot read."""
    assert len(every_formula()) > 250
