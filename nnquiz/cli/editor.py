"""The editor that somebody has chosen, opened at a line, and what the edited card became."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from nnquiz.errors import NnquizError
from nnquiz.study.sitting import Asked
from nnquiz.term.conversation import Edited

if TYPE_CHECKING:
    from nnquiz.bank.index import Index
    from nnquiz.paths import Paths

_USUAL = ("sensible-editor", "nano", "vi", "notepad")
# These want the line behind the file; code and its kin also have to be told to wait.
_WITH_COLON: dict[str, list[str]] = {
    "hx": [],
    "helix": [],
    "micro": [],
    "subl": ["--wait"],
    "zed": ["--wait"],
}
_LIKE_CODE = ("code", "codium", "code-insiders", "cursor")


class Workshop:
    """Edits cards, and opens the banks anew when one has changed.

    Attributes:
        index: the banks as they are now.
    """

    def __init__(self, paths: "Paths", index: "Index") -> None:
        self.index = index
        self._paths = paths
        self._opened: list[Index] = []

    def __enter__(self) -> "Workshop":
        return self

    def __exit__(self, *_: object) -> None:
        for index in self._opened:
            index.close()

    def edit(self, asked: Asked, lend: Callable[[Callable[[], None]], None]) -> Edited:
        """Open the file of a card in the editor, wait, and return what came of it.

        Args:
            asked: the card.
            lend: calls what it is given while the terminal belongs to that.

        Raises:
            NnquizError: there is no editor, or the file cannot be used.
        """
        from nnquiz.bank.drafts import begin_draft, end_draft

        command = chosen_editor(os.environ)
        try:
            draft = begin_draft(self._paths, asked.question, asked.card.id)
            lend(lambda: _run([*command, *_at(command, draft.file, draft.line)]))
            changed = end_draft(draft)
        except OSError as error:
            message = f"{error.filename or asked.question.file}: {error.strerror}"
            raise NnquizError(message) from error
        if not changed:
            return Edited(self.index, "Nothing was changed.", changed=False)
        return self._reopened(draft.file)

    def _reopened(self, file: str) -> Edited:
        """Open the banks as they are now; say what of the file cannot be used."""
        from nnquiz.bank.index import Index

        self.index = Index.open(self._paths)
        self._opened.append(self.index)
        found = next((line for line in self.index.warnings if line.startswith(file)), "")
        fault = found.replace(file, os.path.basename(file))  # there is little room for it
        return Edited(self.index, fault or f"Changed in {file}.", changed=not fault)


def chosen_editor(environ: "os._Environ[str] | dict[str, str]") -> list[str]:
    """Return the command of the editor: $VISUAL, $EDITOR, or one that is usually there.

    Raises:
        NnquizError: there is none.
    """
    import shlex
    from shutil import which

    said = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    try:
        command = shlex.split(said)
    except ValueError as error:
        message = f"the editor cannot be understood: {said}"
        raise NnquizError(message, "set EDITOR to a command, such as nano") from error
    command = command or next(([name] for name in _USUAL if which(name)), [])
    if not command or which(command[0]) is None:
        what = f"there is no editor {command[0]}" if command else "there is no editor"
        raise NnquizError(what, "set EDITOR to one, such as nano")
    return command


def _at(command: list[str], file: str, line: int) -> list[str]:
    """Return the arguments that open a file at a line."""
    name = os.path.basename(command[0]).removesuffix(".exe")
    if name in _LIKE_CODE:
        return ["--wait", "--goto", f"{file}:{line}"]
    if name in _WITH_COLON:
        return [*_WITH_COLON[name], f"{file}:{line}"]
    return [file] if name == "notepad" else [f"+{line}", file]


def _run(command: list[str]) -> None:
    """Run the editor, and wait for its end, whatever it thinks of that."""
    import subprocess

    subprocess.run(command, check=False)  # noqa: S603 -- the editor that its user has set
