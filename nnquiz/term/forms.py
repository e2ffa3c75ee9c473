"""The forms of a text: formulas drawn, as LaTeX or in words; all of it in ASCII; code coloured."""

from typing import Any, Final, Literal, NamedTuple, cast

from rich.text import Text

from nnquiz.model.document import Document, Formula, Maths
from nnquiz.model.visible import visible
from nnquiz.term.spans import cells


class Form(NamedTuple):
    """How a text is shown.

    Attributes:
        formulas: drawn as a book sets them, as their LaTeX source, or in the words one would say.
        ascii: with the signs of a typewriter alone, for a terminal that knows no others.
        coloured: with code in the colours of its language.
    """

    formulas: Literal["drawn", "source", "spoken"] = "drawn"
    ascii: bool = False
    coloured: bool = False

    def words(self, text: str) -> str:
        """Return plain words in this form; control characters are shown, never sent."""
        if not self.ascii:
            return visible(text)
        from nnquiz.term.typewriter import typed

        return typed(text)

    def marks(self, line: Text) -> Text:
        """Return a line whose own marks, such as rules and bullets, are in this form."""
        if self.ascii:
            from nnquiz.term.typewriter import typed_marks

            line.plain = typed_marks(line.plain)
        return line


USUAL: Final = Form()
"""Formulas drawn, in Unicode."""


def in_form(document: Document, form: Form) -> Document:
    """Return a document whose words are in a form, with its formulas' one-line form in their place.

    A formula that `nnquiz check` complains about stays as it was written.
    """
    is_usual = form.formulas == USUAL.formulas and not form.ascii
    return document if is_usual else cast(Document, _in_form(document, form))


def displayed(tex: str, width: int, form: Form) -> list[str] | None:
    """Return a formula in two dimensions; None where it does not parse or is not to be drawn."""
    if form.formulas != "drawn":
        return None
    # Only what draws a formula pays for the parser.
    from nnquiz.tex import TexError, lines, parse

    try:
        return [form.words(line) for line in lines(parse(tex), width, ascii=form.ascii)]
    except TexError:
        return None


def fold_formula(line: str, width: int) -> list[str]:
    """Return the one-line form of a formula as lines of at most `width` cells.

    One that is too wide is parted where a reader would part it, and goes on indented.
    """
    if cells(line) <= width:
        return [line]
    # Most formulas fit, and then nobody pays for the package of formulas.
    from nnquiz.tex.folding import folded

    return folded(line, width)


def _in_form(node: Any, form: Form) -> Any:
    if isinstance(node, list):
        return [_in_form(item, form) for item in node]
    if isinstance(node, str):
        return form.words(node)
    if not isinstance(node, dict):
        return node
    match node["kind"]:
        case "maths" | "formula":
            formula = cast(Maths | Formula, node)
            return {**formula, "linear": form.words(_formula(formula, form))}
        case "fence" if form.ascii:
            from nnquiz.term.typewriter import typed_diagram

            lines = map(typed_diagram, node["text"].split("\n"))
            return {**node, "text": "\n".join(lines)}
    return {name: _in_form(value, form) for name, value in node.items()}


def _formula(formula: Maths | Formula, form: Form) -> str:
    """Return a formula as its source, in words, or on one line of ASCII."""
    from nnquiz.tex import TexError, linear, parse, speech

    tex = formula["tex"].strip()
    if form.formulas == "source":
        # Among words the dollar signs say where a formula ends.
        return f"${tex}$" if formula["kind"] == "maths" else tex
    try:
        tree = parse(tex)
    except TexError:
        return formula["linear"]
    return speech(tree) if form.formulas == "spoken" else linear(tree, ascii=form.ascii)
