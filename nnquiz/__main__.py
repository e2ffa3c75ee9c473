"""The way in: `nnquiz` on the command line and `python -m nnquiz`."""

import gc
import sys

from nnquiz import __version__

# A start makes some 90,000 objects and keeps nearly all of them: to look for garbage among them
# every 700 takes half as long as a bare interpreter. A long drill is still looked after.
_OBJECTS_OF_A_START = 100_000


def main() -> None:
    """Answer `--version` at once; hand everything else to the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"nnquiz {__version__}\n")
        return
    gc.set_threshold(_OBJECTS_OF_A_START)
    from nnquiz.cli.program import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
