"""A line that is being typed, and the keys that edit it."""

from typing import NamedTuple

from rich.text import Text

from nnquiz.term.page import Entry, Size
from nnquiz.term.spans import cells

PROMPT = "> "


class Line(NamedTuple):
    """A text with a cursor, which stands before the character with that number."""

    text: str = ""
    cursor: int = 0

    def press(self, key: str) -> "Line":
        """Return the line after a key; a key that edits nothing leaves it as it is.

        The keys are those of every terminal: characters, Backspace, Delete, the arrows, Home and
        End, Ctrl-U for all that is left of the cursor and Ctrl-W for the word there.

        >>> Line("soft", 4).press("m").press("a").press("x").text
        'softmax'
        >>> Line("soft max", 8).press("ctrl-w")
        Line(text='soft ', cursor=5)
        """
        text, cursor = self
        moves = {
            "left": max(0, cursor - 1),
            "right": min(len(text), cursor + 1),
            "home": 0,
            "end": len(text),
        }
        cuts = {
            "backspace": (max(0, cursor - 1), cursor),
            "delete": (cursor, cursor + 1),
            "ctrl-u": (0, cursor),
            "ctrl-w": (text[:cursor].rstrip(" ").rfind(" ") + 1, cursor),
        }
        if key in moves:
            return Line(text, moves[key])
        if key in cuts:
            start, end = cuts[key]
            return Line(text[:start] + text[end:], start)
        if key == "space":
            # No answer begins with one, but the key that brought the card was one perhaps.
            return self.insert(" ") if text else self
        return self.insert(key) if len(key) == 1 else self

    def insert(self, words: str) -> "Line":
        """Return the line with words at the cursor, which stands behind them then."""
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        return Line(before + words + after, self.cursor + len(words))

    def entry(self, size: Size) -> Entry:
        """Return the line behind its prompt, folded to the width of a window."""
        rows = [PROMPT]
        row, column = 0, 0
        for number, character in enumerate(f"{self.text} "):
            # A cell of each row is kept for the cursor, which may stand behind the last character.
            if cells(rows[-1]) + cells(character) >= size.width:
                rows.append("")
            if number == self.cursor:
                row, column = len(rows) - 1, cells(rows[-1])
            rows[-1] += character
        return Entry([Text(text) for text in rows], row, column)
