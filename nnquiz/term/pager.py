"""Long pages through a pager: `$PAGER`, or `less -R`."""

import os
import shlex
import signal
import subprocess
from typing import Final

_USUAL: Final = "less -R"


def run_pager(text: str, encoding: str) -> bool:
    """Show a text, styles and all, in the reader's pager, and wait until it is left.

    `PAGER` is a command with its options, without a shell around it. `less` gets `-R` through
    `LESS` where that is unset, for else it would print the codes of colours.

    Returns:
        False where there is no such pager, and nothing was shown.
    """
    try:
        command = shlex.split(os.environ.get("PAGER", "")) or shlex.split(_USUAL)
        pager = subprocess.Popen(  # noqa: S603 -- the reader's own choice
            command, stdin=subprocess.PIPE, env={"LESS": "R", **os.environ}
        )
    except (OSError, ValueError):
        return False
    # Ctrl-C belongs to the pager, which would be left behind without its terminal.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(text.encode(encoding, "replace"))  # a pager that was left reads no more
    finally:
        signal.signal(signal.SIGINT, before)
    return True
