"""What can be set: the name, the environment variable and the range of each setting."""

from typing import NamedTuple

from nnquiz.errors import BadInput
from nnquiz.model.settings import Settings


class Option(NamedTuple):
    """A number that a person may choose.

    Attributes:
        key: its name in `config.toml` and in `Settings`.
        variable: the environment variable that comes before the file.
        least: the smallest value allowed.
        greatest: the greatest.
        meaning: what it does, in a few words.
    """

    key: str
    variable: str
    least: int | float
    greatest: int | float
    meaning: str

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are allowed."""
        return isinstance(self.least, int)

    @property
    def default(self) -> int | float:
        """The value where nobody has chosen one."""
        value: int | float = getattr(Settings(), self.key)
        return value

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        if self.whole:
            return f"a whole number from {self.least} to {self.greatest}"
        return f"a number from {self.least:.2f} to {self.greatest:.2f}"


OPTIONS = (
    Option("retention", "NNQUIZ_RETENTION", 0.70, 0.99, "chance of recall at which a card is due"),
    Option("new_cards", "NNQUIZ_NEW_CARDS", 0, 9999, "new cards a day"),
    Option("rollover", "NNQUIZ_ROLLOVER", 0, 23, "hour at which a study day begins"),
    Option("minutes", "NNQUIZ_MINUTES", 1, 1440, "minutes a day"),
)


PLAN = "plan"  # a table of `config.toml` that is no setting: `nnquiz.config.goal` reads it


def find_option(key: str) -> Option:
    """Return the option of a key; `new-cards` means `new_cards`.

    Raises:
        BadInput: there is no such setting.
    """
    name = key.strip().lower().replace("-", "_")
    for option in OPTIONS:
        if option.key == name:
            return option
    what = f'no setting "{key}"'
    raise BadInput(what, meant(name))


def meant(key: str) -> str:
    """Return "did you mean ...?" for a key that is not known, or all keys."""
    from difflib import get_close_matches

    keys = [option.key for option in OPTIONS]
    near = get_close_matches(key.lower(), keys, n=1)
    return f"did you mean {near[0]}?" if near else f"settings: {', '.join(keys)}"


def allow(option: Option, value: object) -> int | float | None:
    """Return a value if it is one that the option allows, else None.

    >>> allow(OPTIONS[0], 0.85), allow(OPTIONS[0], 85), allow(OPTIONS[1], True)
    (0.85, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int if option.whole else (int, float)):
        return None
    return value if option.least <= value <= option.greatest else None


def parse(option: Option, text: str) -> int | float | None:
    """Return the value that a text says, if the option allows it, else None."""
    try:
        return allow(option, int(text) if option.whole else float(text))
    except ValueError:
        return None
