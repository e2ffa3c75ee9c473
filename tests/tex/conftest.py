"""The formulas of the field, which several files of tests draw, read and say."""

from pathlib import Path

import pytest


def field() -> dict[str, str]:
    """Return the LaTeX of every formula of the collection by its name."""
    text = (Path(__file__).parent / "field.txt").read_text(encoding="utf-8")
    entries = (entry.partition("\n") for entry in text.split("## ")[1:])
    return {name.strip(): source.strip() for name, _, source in entries}


FIELD = field()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `field_name` once for every formula of the collection."""
    if "field_name" in metafunc.fixturenames:
        metafunc.parametrize("field_name", list(FIELD))


@pytest.fixture
def field_source(field_name: str) -> str:
    """The LaTeX of the formula with that name."""
    return FIELD[field_name]


@pytest.fixture
def field_formulas() -> dict[str, str]:
    """Every formula of the collection by its name."""
    return FIELD
