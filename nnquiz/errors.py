"""What goes wrong, said in one clear line with a way out."""


class NnquizError(Exception):
    """A failure that the user can understand and act on.

    `str(error)` is one line that names the place and what is wrong there; `hint` is the way out.
    The command line prints both on standard error and exits with `exit_code`.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class BadInput(NnquizError):  # noqa: N818 -- reads as what it is: bad input
    """What the user asked for or typed cannot be done as it stands."""

    exit_code = 2


class BankProblem(NnquizError):  # noqa: N818 -- as above
    """A bank of questions that does not check."""

    exit_code = 3
