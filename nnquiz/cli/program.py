"""The program: finds the command, runs it, and turns every failure into one clear line."""

import os
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer._click.exceptions import ClickException  # 0.26 exports no base of its errors
from typer.core import TyperGroup
from typer.main import get_command, get_command_from_info, get_group_from_info
from typer.models import CommandInfo, TyperInfo

from nnquiz import __version__
from nnquiz.cli.commands import COMMANDS, Command
from nnquiz.errors import NnquizError

USAGE = 2
INTERRUPTED = 130  # 128 + SIGINT, as shells count it


class LazyCommands(MutableMapping[str, Any]):
    """The commands of a table, each imported and built when it is asked for."""

    def __init__(self, rows: Sequence[Command]) -> None:
        self._rows = {command.name: command for command in rows}

    def __getitem__(self, name: str) -> Any:
        row = self._rows[name]
        function = getattr(import_module(f"nnquiz.cli.{row.module}"), row.function)
        settings = {"help_option_names": ["-h", "--help"]}
        if row.commands:
            return _group(row, function, settings)
        info = CommandInfo(name=name, callback=function, context_settings=settings)
        return get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __setitem__(self, name: str, command: Any) -> None:
        raise TypeError("commands are added to the table in nnquiz.cli.commands")

    def __delitem__(self, name: str) -> None:
        raise TypeError("commands are taken out of the table in nnquiz.cli.commands")


class LazyGroup(TyperGroup):
    """A group whose help is written from the table, so that it imports no command."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.offer(COMMANDS)

    def offer(self, rows: Sequence[Command]) -> None:
        """Let the group consist of the commands of a table."""
        self._rows = rows
        self.commands = LazyCommands(rows)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the table's order."""
        del ctx
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each command with its line."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.help) for command in self._rows])


def _group(row: Command, function: Any, settings: dict[str, Any]) -> LazyGroup:
    """Build a command that has commands of its own; without one of them it does its own work."""
    info = TyperInfo(
        typer.Typer(),
        name=row.name,
        cls=LazyGroup,
        callback=function,
        invoke_without_command=True,
        subcommand_metavar="[COMMAND]",
        context_settings=settings,
    )
    group: Any = get_group_from_info(
        info, pretty_exceptions_short=True, suggest_commands=True, rich_markup_mode=None
    )
    group.offer(row.commands)
    return cast(LazyGroup, group)


app = typer.Typer(
    cls=LazyGroup,
    name="nnquiz",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nnquiz {__version__}")
        raise typer.Exit


@app.callback()
def nnquiz(
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Get ready for the neural-network part of a machine-learning interview.

    Start with `nnquiz drill`: it asks, you answer, and it asks again before you forget.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the program with `arguments` and return its exit code.

    0 done, 1 failed, 2 usage or bad input, 3 a bank that does not check, 130 interrupted.
    """
    _write_anything_anywhere()
    try:
        code = get_command(app).main(list(arguments), "nnquiz", standalone_mode=False)
        sys.stdout.flush()
    except NnquizError as error:
        return _report(str(error), error.hint, error.exit_code)
    except ClickException as error:
        return _report_usage(error)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        return _leave_quietly()
    except Exception as error:
        if os.environ.get("NNQUIZ_DEBUG") == "1":
            raise
        what = f"internal error: {type(error).__name__}: {error}"
        return _report(what, "NNQUIZ_DEBUG=1 shows where it happened; your answers are kept", 1)
    return code if isinstance(code, int) else 0


def _write_anything_anywhere() -> None:
    """Let no character stop a print: where the encoding lacks it, `?` stands for it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _report(message: str, hint: str, code: int) -> int:
    sys.stdout.flush()
    sys.stderr.write(f"{message}\n")
    if hint:
        sys.stderr.write(f"hint: {hint}\n")
    return code


def _report_usage(error: Any) -> int:
    """Report what typer says of a command line that it cannot read."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stdout.write(f"{error.format_message()}\n")
        return USAGE
    hint = f"{context.command_path} --help" if context is not None else "nnquiz --help"
    return _report(error.format_message(), hint, USAGE)


def _leave_quietly() -> int:
    """End without a word when the reader of a pipe has gone (`nnquiz show 12 | head -1`)."""
    # What is still buffered would raise again when the interpreter flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
