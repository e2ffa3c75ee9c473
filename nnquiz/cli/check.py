"""`nnquiz check`: every problem of a bank, each with its place and its way out."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from nnquiz.bank.check import Findings


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Folders or files; without any, all banks."),
    ] = None,
) -> int:
    """Check banks of questions and report every problem.

    Each problem is a line `file:line:column: what`, most with a hint below. Nothing in a bank is
    executed; numbers that link to a worked example are compared with what it gives. The exit code
    is 3 where there is a problem.
    """
    from nnquiz.bank.check import check_all, check_paths
    from nnquiz.bank.standards import Known
    from nnquiz.errors import BadInput, BankProblem
    from nnquiz.examples.catalogue import ENTRIES
    from nnquiz.paths import locate
    from nnquiz.problems.catalogue import PROBLEMS

    for path in paths or ():
        if not os.path.exists(path):
            what = f"there is no file or folder {path}"
            raise BadInput(what)
    known = Known({entry.name for entry in ENTRIES}, {row.name for row in PROBLEMS}, _number)
    findings = check_paths(paths, known) if paths else check_all(locate(os.environ), known)
    _print(findings)
    for copy, shipped in findings.behind:
        typer.echo(f"note: {_shorter(copy)}: its shipped question has changed since you copied it")
        typer.echo(f"  hint: compare it with {_shorter(shipped)}, or delete it to go back to that")
    if not paths and not findings.problems:
        from nnquiz.cli.vanished import vanished_note

        for line in vanished_note():
            typer.echo(line)
    return BankProblem.exit_code if findings.problems else 0


def _number(address: str) -> float:
    """Return what a worked example gives; numpy is imported at the first link."""
    from nnquiz.examples.reference import number

    return number(address)


def _print(findings: "Findings") -> None:
    from nnquiz.model.visible import visible_line

    for problem in findings.problems:
        shorter = _shorter(problem.file)
        typer.echo(visible_line(f"{shorter}{str(problem).removeprefix(problem.file)}"))
        if problem.hint:
            typer.echo(f"  hint: {visible_line(problem.hint)}")
    questions = _counted(findings.questions, "question")
    if not findings.problems:
        typer.echo(f"{questions}, no problems")
        return
    files = len({problem.file for problem in findings.problems})
    problems = _counted(len(findings.problems), "problem")
    typer.echo(f"{questions}, {problems} in {_counted(files, 'file')}")


def _shorter(path: str) -> str:
    """Return a path relative to the current directory, where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except (ValueError, OSError):  # another drive, or a directory that is gone
        return path
    return relative if len(relative) < len(path) else path


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
