"""The forms of a text: formulas drawn, as their LaTeX or in words, and all of it in ASCII."""

from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple, cast

from nnquiz.model.document import Document, Formula, Maths
from nnquiz.model.visible import visible
from nnquiz.term.spans import cells


class Form(NamedTuple):
    """How a text is shown.

    Attributes:
        formulas: drawn as a book sets them, as their LaTeX source, or in the words one would say.
        ascii: with the signs of a typewriter alone, for a terminal that knows no others.
    """

    formulas: Literal["drawn", "source", "spoken"] = "drawn"
    ascii: bool = False

    def words(self, text: str) -> str:
        """Return plain words in this form; control characters are shown, never sent."""
        return _typed(text) if self.ascii else visible(text)


USUAL: Final = Form()
"""Formulas drawn, in Unicode."""

# Marks of the page and lines of diagrams: each is one cell wide in either alphabet, so that
# nothing moves.
_MARKS: Final[dict[int, int | str]] = {
    **dict.fromkeys(map(ord, "─━═╌┄"), "-"),
    **dict.fromkeys(map(ord, "│┃║╎┆"), "|"),
    **dict.fromkeys(map(ord, "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬"), "+"),
    **dict.fromkeys(map(ord, "→▶►▷"), ">"),
    **dict.fromkeys(map(ord, "←◀◄◁"), "<"),
    **dict.fromkeys(map(ord, "↑▲△"), "^"),
    **dict.fromkeys(map(ord, "↓▼▽"), "v"),
    **dict.fromkeys(map(ord, "█▓▒░■"), "#"),
    **str.maketrans("╱╲•◦▪…", "/\\*o-~"),
}
# Control characters, which `visible` shows as pictures, by their codes.
_CODES: Final = {0x2400 + code: f"\\x{code:02x}" for code in range(0x20)} | {0x2421: "\\x7f"}


def typed_marks(text: str) -> str:
    """Return the marks that the program itself sets, in ASCII."""
    return text.translate(_MARKS)


def in_form(document: Document, form: Form) -> Document:
    """Return a document whose words are in a form, with its formulas' one-line form in their place.

    A formula that `nnquiz check` complains about stays as it was written.
    """
    return document if form == USUAL else cast(Document, _in_form(document, form))


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
            lines = map(_typed_diagram, node["text"].split("\n"))
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


def _typed(text: str) -> str:
    """Return a text in ASCII: signs as they are typed, letters without marks."""
    if text.isascii() and text.isprintable():
        return text
    from nnquiz.tex.ascii import spelt

    return spelt(visible(text).translate(_CODES))


def _typed_diagram(line: str) -> str:
    """Return a line of code or of a diagram in ASCII, with its columns where they were.

    A sign that takes more cells than before takes them from the blanks or dashes behind it.
    """
    typed: list[str] = []
    owed = 0
    for sign, after in pairwise(f"{line}\n"):
        if owed > 0 and sign == after and sign in " ─":
            owed -= 1
            continue
        plain = _typed(sign.translate(_MARKS))
        typed.append(plain)
        owed += 0 if sign == "\t" else len(plain) - cells(visible(sign))
    return "".join(typed)
