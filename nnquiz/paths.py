"""Where things are kept: banks, the data of a person, and what may be deleted at any time.

Written out here because platformdirs costs as much start-up as a bare interpreter, and three
conventions (XDG, Application Support, AppData) are all there is to it.
"""

import os
import sys
from typing import NamedTuple

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


class Paths(NamedTuple):
    """The places of one run, as absolute paths.

    Attributes:
        shipped: the folder of the bank that comes with nnquiz.
        banks: files and folders of one's own banks: `NNQUIZ_BANK`, then the data folder's `banks`.
        overrides: edited copies of shipped questions.
        data: what must not be lost: the review log.
        cache: what is computed again when it is missing.
        config: where `config.toml` is looked for.
    """

    shipped: str
    banks: tuple[str, ...]
    overrides: str
    data: str
    cache: str
    config: str

    @property
    def history(self) -> str:
        """The review log."""
        return os.path.join(self.data, "history.db")

    @property
    def compiled(self) -> str:
        """The compiled banks."""
        return os.path.join(self.cache, "bank.db")


def locate(environ: "os._Environ[str] | dict[str, str]") -> Paths:
    """Return the places that `environ` asks for (NNQUIZ_HOME, NNQUIZ_BANK, XDG_*)."""
    home = environ.get("NNQUIZ_HOME")
    if home:
        home = os.path.abspath(os.path.expanduser(home))
        data, cache, config = home, os.path.join(home, "cache"), home
    else:
        data, cache, config = _platform_folders(environ)
    named = [path for path in environ.get("NNQUIZ_BANK", "").split(os.pathsep) if path]
    own = os.path.join(data, "banks")
    return Paths(
        shipped=_shipped_bank(),
        banks=tuple(os.path.abspath(os.path.expanduser(path)) for path in named) + _own_banks(own),
        overrides=os.path.join(own, "overrides"),
        data=data,
        cache=cache,
        config=config,
    )


def _shipped_bank() -> str:
    """Return `questions` of an installed wheel, or of the source tree for an editable install."""
    installed = os.path.join(_PACKAGE, "questions")
    if os.path.isdir(installed):
        return installed
    return os.path.join(os.path.dirname(_PACKAGE), "questions")


def _own_banks(folder: str) -> tuple[str, ...]:
    """Return the banks lying in the data folder's `banks`: each a folder or a YAML file."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return ()
    return tuple(
        os.path.join(folder, name)
        for name in names
        if name != "overrides"
        and not name.startswith(".")
        and (name.endswith((".yaml", ".yml")) or os.path.isdir(os.path.join(folder, name)))
    )


def _platform_folders(environ: "os._Environ[str] | dict[str, str]") -> tuple[str, str, str]:
    """Return the folders for data, cache and configuration of this operating system."""
    user = os.path.expanduser("~")
    if sys.platform == "win32":
        local = environ.get("LOCALAPPDATA") or os.path.join(user, "AppData", "Local")
        base = os.path.join(local, "nnquiz")
        return base, os.path.join(base, "cache"), base
    if sys.platform == "darwin":
        base = os.path.join(user, "Library", "Application Support", "nnquiz")
        return base, os.path.join(user, "Library", "Caches", "nnquiz"), base

    def xdg(variable: str, *default: str) -> str:
        chosen = environ.get(variable, "")
        # The XDG specification has relative paths ignored.
        root = chosen if os.path.isabs(chosen) else os.path.join(user, *default)
        return os.path.join(root, "nnquiz")

    return (
        xdg("XDG_DATA_HOME", ".local", "share"),
        xdg("XDG_CACHE_HOME", ".cache"),
        xdg("XDG_CONFIG_HOME", ".config"),
    )
