"""Which files make up a bank, and the stamp that tells whether one has changed."""

import os
from typing import Protocol

FORMAT = 6  # of the index: raise it with every change of index.sql, record.py or bodies.py
BANK_FILE = "bank.yaml"
SOURCES_FILE = "sources.yaml"
_ENDINGS = (".yaml", ".yml")


class Places(Protocol):
    """Where banks and the compiled index lie: what this room needs of `nnquiz.paths.Paths`."""

    @property
    def shipped(self) -> str:
        """The folder of the bank that comes with nnquiz."""

    @property
    def banks(self) -> tuple[str, ...]:
        """Files and folders of one's own banks."""

    @property
    def overrides(self) -> str:
        """The folder of edited copies of shipped questions."""

    @property
    def compiled(self) -> str:
        """The compiled index."""


def yaml_files(path: str) -> list[str]:
    """Return the YAML files of a folder, sorted by name, or the file itself.

    Raises:
        OSError: when `path` cannot be read.
    """
    if not os.path.isdir(path):
        return [path]
    names = sorted(os.listdir(path))
    return [
        os.path.join(path, name)
        for name in names
        if name.endswith(_ENDINGS) and not name.startswith(".")
    ]


def stamp(places: Places) -> list[tuple[str, str, int, int]]:
    """Return (bank, file, size, mtime in ns) of every file that the index is made of.

    A path that cannot be read is there with size -1, so that its return is a change too.
    """
    rows = []
    for bank in (places.shipped, places.overrides, *places.banks):
        for file in _listed(bank):
            try:
                status = os.stat(file)
                rows.append((bank, file, status.st_size, status.st_mtime_ns))
            except OSError:
                rows.append((bank, file, -1, -1))
    return rows


def _listed(bank: str) -> list[str]:
    try:
        return yaml_files(bank)
    except OSError:
        return [bank]
