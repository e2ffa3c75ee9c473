"""Words of a line: styled, and folded to a width without losing any."""

import re
from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from nnquiz.model.document import Link, Span
from nnquiz.model.visible import visible

_GLUE: Final = "\u00a0"  # stands for a space at which a line does not end
_GLUED: Final = 24  # cells; a longer formula may be parted before its relations and operators
_INSIDE: Final = re.compile(
    r" (?![-=+−±≈≠≤≥<>∈∼→·×*] )"
)  # a blank of a formula that is none of these

_BOLD: Final = Style(bold=True)
_ITALIC: Final = Style(italic=True)
_CODE: Final = Style(color="cyan")

# A word that is wider than its line is parted behind one of these, where there is one.
_PARTING: Final = re.compile(r"[-/_,;:·=+)\]}]")
_WORD: Final = re.compile(r"[^ ]+ *|^ +")


def words(spans: Sequence[Span]) -> Text:
    """Return spans as one styled text; the lines that an author ended are ended in it.

    Code keeps its backticks and a web address stands behind its words, so that nothing is said by
    colour alone. Control characters are shown, never sent.
    """
    text = Text()
    _append(text, spans, Style.null())
    return text


def _append(text: Text, spans: Sequence[Span], style: Style) -> None:
    for span in spans:
        match span["kind"]:
            case "text":
                text.append(_one_line(span["text"]), style)
            case "code":
                text.append(_glued(f"`{_one_line(span['text'])}`"), style + _CODE)
            case "maths":
                text.append(_formula(_one_line(span["linear"])), style)
            case "emphasis" | "strong":
                more = _ITALIC if span["kind"] == "emphasis" else _BOLD
                _append(text, span["spans"], style + more)
            case "link":
                _append_link(text, span, style)
            case "break":
                text.append("\n")


def _append_link(text: Text, link: Link, style: Style) -> None:
    before = len(text)
    _append(text, link["spans"], style)
    address = _one_line(link["href"])
    # A link into an example leads nowhere outside the program: its words are what counts.
    if not address.startswith("example:") and text.plain[before:] != address:
        text.append(f" ({address})" if len(text) > before else address, style)


def _one_line(text: str) -> str:
    return visible(text).replace("\n", " ").replace("\t", " ")


def _glued(text: str) -> str:
    return text.replace(" ", _GLUE) if cells(text) <= _GLUED else text


def _formula(linear: str) -> str:
    """Return a formula that ends a line only where a reader would part it."""
    return _INSIDE.sub(_GLUE, linear) if cells(linear) > _GLUED else _glued(linear)


def cells(text: str) -> int:
    """Return the cells that a text without control characters takes."""
    return len(text) if text.isascii() else cell_len(text)


def fold(text: Text, width: int) -> list[Text]:
    """Return a text as lines of at most `width` cells, without blanks at their ends.

    Lines end between words. A word wider than a line is parted, behind a sign like a hyphen where
    it has one, and all of it is shown. (Only a single character wider than the line exceeds it.)
    """
    lines: list[Text] = []
    for part in text.split("\n", allow_blank=True):
        for line in part.divide(_ends(_unglued(part.plain, width), max(width, 1))):
            # What is left alone costs nothing; most lines are plain words.
            if _GLUE in line.plain:
                line.plain = line.plain.replace(_GLUE, " ")
            lines.append(trimmed(line))
    return lines


def trimmed(line: Text) -> Text:
    """Return a line without blanks at its end."""
    if line.plain[-1:].isspace():
        line.rstrip()
    return line


def hang(head: Text, lines: Sequence[Text], rest: Text) -> list[Text]:
    """Return lines with `head` before the first of them and `rest` before the others."""
    hung = []
    for number, line in enumerate(lines or [Text()]):
        # Begun without a style, so that the one of `head` stays on its own words.
        whole = Text().append_text(rest if number else head).append_text(line)
        hung.append(trimmed(whole))
    return hung


def natural_width(text: Text) -> int:
    """Return the cells that a text takes where it is not folded."""
    return max((cells(line) for line in text.plain.split("\n")), default=0)


def longest_word(text: Text) -> int:
    """Return the cells of the longest word, or short formula, of a text."""
    return max(cells(word) for word in text.plain.replace("\n", " ").split(" "))


def _unglued(plain: str, width: int) -> str:
    """Return a text in which formulas that are wider than a line have their spaces back."""
    if _GLUE not in plain:
        return plain
    return " ".join(
        word.replace(_GLUE, " ") if cells(word) > width else word for word in plain.split(" ")
    )


def _ends(plain: str, width: int) -> list[int]:
    """Return the offsets at which new lines begin."""
    ends: list[int] = []
    if cells(plain) <= width:
        return ends
    used = 0
    for found in _WORD.finditer(plain):
        at, word = found.start(), found[0]
        bare = word.rstrip(" ")
        wide = cells(bare)
        if used and used + wide > width:
            ends.append(at)
            used = 0
        while wide > width:
            cut = _cut(word, width)
            word, at = word[cut:], at + cut
            bare = word.rstrip(" ")
            wide = cells(bare)
            if not bare:
                break
            ends.append(at)
        used += wide + len(word) - len(bare)
    return ends


def _cut(word: str, width: int) -> int:
    """Return how many characters of a word go on a line that it does not fit on."""
    most = fitting(word, width)
    preferred = [part.end() for part in _PARTING.finditer(word, 0, most)]
    return preferred[-1] if preferred and preferred[-1] > most // 3 else most


def fitting(text: str, width: int) -> int:
    """Return how many characters of a text fit in `width` cells; at least one."""
    used = 0
    for number, sign in enumerate(text):
        used += cells(sign)
        if used > width:
            return max(number, 1)
    return len(text)
