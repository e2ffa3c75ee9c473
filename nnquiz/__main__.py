"""The way in: `nnquiz` on the command line and `python -m nnquiz`."""

import sys

from nnquiz import __version__


def main() -> None:
    """Answer `--version` at once; hand everything else to the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"nnquiz {__version__}\n")
        return
    from nnquiz.cli.program import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
