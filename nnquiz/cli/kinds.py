"""The kinds of cards as options of commands."""

from collections.abc import Sequence

from nnquiz.errors import BadInput


def kind_names(incomplete: str) -> list[str]:
    """Return the kinds that a shell may complete."""
    from nnquiz.cards import KINDS

    return [kind for kind in KINDS if kind.startswith(incomplete)]


def chosen_kinds(names: Sequence[str] | None) -> Sequence[str]:
    """Return the kinds that were named, or all where none was.

    Raises:
        BadInput: one of them is no kind.
    """
    from nnquiz.bank.names import did_you_mean
    from nnquiz.cards import KINDS

    chosen = [name.strip().lower().replace("_", "-") for name in names or ()]
    for name, kind in zip(names or (), chosen, strict=True):
        if kind not in KINDS:
            near = did_you_mean(kind, KINDS)
            what = f'no kind "{name}"'
            raise BadInput(f"{what}; {near}" if near else what, "kinds: " + ", ".join(KINDS))
    return chosen or KINDS
