"""Sets short pieces side by side, as many as a line holds."""

from collections.abc import Iterable

from rich.text import Text


def flow(items: Iterable[Text], width: int, gap: int) -> list[Text]:
    """Return items side by side, and begin a new line where the next one does not fit."""
    lines: list[Text] = []
    for item in items:
        if lines and lines[-1].cell_len + gap + item.cell_len <= width:
            lines[-1].append(" " * gap).append_text(item)
        else:
            # Begun without a style, so that the one of an item stays on its own words.
            lines.append(Text().append_text(item))
    for line in lines:
        line.rstrip()
    return lines


def folded(text: str, width: int) -> list[Text]:
    """Fold plain words into lines; no words are no line."""
    return flow([Text(word) for word in text.split()], width, gap=1)
