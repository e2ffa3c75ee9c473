"""Names that were meant: the nearest known ones for one that is not known."""

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return "did you mean ...?" for the known names nearest to `name`, or nothing.

    >>> did_you_mean("atention", ["attention", "neuron"])
    'did you mean attention?'
    """
    from difflib import get_close_matches

    close = get_close_matches(name.lower(), list(known), n=3, cutoff=0.7)
    return f"did you mean {' or '.join(close)}?" if close else ""
