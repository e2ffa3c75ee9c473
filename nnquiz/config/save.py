"""Changing `config.toml`: one value, with every other line and comment as its owner wrote it."""

import os
import tempfile
from contextlib import suppress

from nnquiz.config.load import read, read_text
from nnquiz.config.options import Option
from nnquiz.errors import NnquizError


def set_value(path: str, option: Option, value: int | float) -> None:
    """Write that `option` is `value`; folder and file are made where there are none.

    Raises:
        BadInput: the file is no TOML; it is left as it was.
        NnquizError: it cannot be written; it is left as it was.
    """
    import tomlkit

    read(path)  # says the line of a mistake, which tomlkit does less well
    document = tomlkit.parse(read_text(path))
    document[option.key] = value
    _replace(path, tomlkit.dumps(document))


def unset(path: str, key: str) -> bool:
    """Take a key out of the file, and say whether it was there.

    Raises:
        BadInput: the file is no TOML; it is left as it was.
        NnquizError: it cannot be written; it is left as it was.
    """
    if key not in read(path):
        return False
    import tomlkit

    document = tomlkit.parse(read_text(path))
    del document[key]
    _replace(path, tomlkit.dumps(document))
    return True


def _replace(path: str, text: str) -> None:
    """Put `text` in the place of a file, so that at any moment one of both is there, whole."""
    text = text if text.endswith("\n") or not text else f"{text}\n"
    path = os.path.realpath(path)  # a link into a folder of dotfiles stays one
    folder = os.path.dirname(path)
    temporary = None
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=folder, prefix=".config-", delete=False
        ) as file:
            temporary = file.name
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            os.chmod(temporary, os.stat(path).st_mode & 0o777)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
        message = f"{path}: cannot be written: {error.strerror}"
        raise NnquizError(message, "NNQUIZ_HOME chooses another folder") from error
