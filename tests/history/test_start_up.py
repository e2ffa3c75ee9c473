"""Opening the log costs a drill little: only what it needs is imported."""

import subprocess
import sys

_OPEN_AND_ANSWER = """
import sys
before = set(sys.modules)
from nnquiz.clock import now
from nnquiz.history.log import History
with History.open(sys.argv[1]) as history:
    history.record("bury", "bank/question/card", moment=now(4))
    history.undo(now(4))
print(*sorted({name.partition(".")[0] for name in set(sys.modules) - before}))
"""


def test_the_log_imports_little(path: str) -> None:
    """Neither uuid, hashlib, random and json nor any package from outside is imported."""
    run = subprocess.run(
        [sys.executable, "-c", _OPEN_AND_ANSWER, path], capture_output=True, text=True, check=True
    )
    imported = set(run.stdout.split())
    assert "sqlite3" in imported
    foreign = imported - sys.stdlib_module_names - {"nnquiz"}
    assert foreign == set()
    slow = {"uuid", "hashlib", "random", "json", "pathlib", "secrets", "socket", "platform"}
    assert imported & slow == set()
