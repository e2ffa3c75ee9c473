"""The examples in the documentation of this room are true."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["cards", "load", "names", "visible"])
def test_examples_in_docstrings(name: str) -> None:
    """What a docstring shows is what the function returns."""
    result = doctest.testmod(import_module(f"nnquiz.bank.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
