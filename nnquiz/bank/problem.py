"""A problem of a bank: where it is, what it is, and the way out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend in a file; problems sort by their place.

    Attributes:
        file: path of the file or folder.
        line: counted from 1; 0 where the file as a whole is meant.
        column: counted from 1 in characters.
        what: what is wrong, in a few words.
        hint: how to mend it; may be empty.
    """

    file: str
    line: int
    column: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.what}"
