"""The most memory that this process has had."""

import re
from pathlib import Path


def peak_memory() -> float:
    """Return the peak of the resident memory in MB, since the program was loaded.

    `getrusage` would also count what the parent had when it forked; Linux keeps this one apart.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024
