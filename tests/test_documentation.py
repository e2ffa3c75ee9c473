"""The examples in the documentation are true, in every room."""

import doctest
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import nnquiz

ROOT = Path(nnquiz.__file__).parent


def modules_with_examples() -> list[str]:
    """Return every module of the package whose source shows a session with `>>>`."""
    names = [module.name for module in pkgutil.walk_packages([str(ROOT)], "nnquiz.")]
    sources = {name: ROOT.joinpath(*name.split(".")[1:]) for name in names}
    return [
        name
        for name, path in sources.items()
        for file in (path.with_suffix(".py"), path / "__init__.py")
        if file.is_file() and ">>> " in file.read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("name", modules_with_examples())
def test_what_a_docstring_shows_is_what_happens(name: str) -> None:
    """Every example of a docstring runs and gives what stands below it."""
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
