"""A bar of blocks in eighths of a cell, or of signs that every terminal has."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(length: float, *, ascii_only: bool = False) -> str:
    """Return a bar that is `length` cells long; without blocks, whole cells.

    >>> bar(2.5), bar(2.5, ascii_only=True), bar(-1)
    ('██▌', '##', '')
    """
    if ascii_only:
        return "#" * max(round(length), 0)
    whole, eighth = divmod(max(round(length * 8), 0), 8)
    return ("█" * whole + _EIGHTHS[eighth]).rstrip()
