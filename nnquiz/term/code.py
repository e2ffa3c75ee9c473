"""Code in the colours of its language.

Imported only where code is shown in colour, for Pygments costs more than all the rest of a page.
The colours are the terminal's own, of which each reader has chosen a set that suits the background.
"""

from typing import Final

from pygments.token import Comment, Keyword, Name, Number, Operator, String
from rich.style import Style
from rich.syntax import ANSISyntaxTheme, Syntax
from rich.text import Text

_THEME: Final = ANSISyntaxTheme(
    {
        Comment: Style(dim=True, italic=True),
        Keyword: Style(color="magenta"),
        Operator.Word: Style(color="magenta"),
        Name.Function: Style(bold=True),
        Name.Class: Style(bold=True),
        Number: Style(color="cyan"),
        String: Style(color="green"),
    }
)


def highlighted(lines: list[str], language: str) -> list[Text]:
    """Return lines of code with the styles of what they say; of an unknown language as they are."""
    plain = [Text(line) for line in lines]
    shown = Syntax("", language, theme=_THEME).highlight("\n".join(lines))
    drawn = shown.split("\n", allow_blank=True)[: len(lines)]
    # Colour is no reason to lose a sign.
    return drawn if [line.plain for line in drawn] == lines else plain
