"""What goes wrong in a formula."""


class TexError(ValueError):
    r"""A formula outside the subset of LaTeX that is read here.

    Attributes:
        message: what is wrong, in a few words.
        column: where, counted from 1 in the characters of the source.
        token: the piece of source that stands there; empty at the end of the formula.

    >>> error = TexError("nothing follows", 4, "")
    >>> str(error)
    'column 4: nothing follows'
    """

    def __init__(self, message: str, column: int, token: str) -> None:
        super().__init__(f"column {column}: {message}")
        self.message = message
        self.column = column
        self.token = token
