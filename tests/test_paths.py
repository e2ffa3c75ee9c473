"""Every file has its place, and every variable that should move it does."""

import os
import sys
from pathlib import Path

import pytest

from nnquiz.paths import locate


def test_home_moves_data_cache_and_configuration(tmp_path: Path) -> None:
    """NNQUIZ_HOME keeps a whole life of nnquiz in one folder."""
    paths = locate({"NNQUIZ_HOME": str(tmp_path)})
    assert all(
        str(tmp_path) in place for place in (paths.data, paths.cache, paths.config, paths.history)
    )
    assert str(tmp_path) not in paths.shipped


def test_bank_variable_adds_banks_in_order(tmp_path: Path) -> None:
    """NNQUIZ_BANK names one or more banks; those in the data folder follow."""
    own = tmp_path / "banks" / "mine"
    own.mkdir(parents=True)
    (tmp_path / "banks" / "overrides").mkdir()
    (tmp_path / "banks" / "deck.yaml").touch()
    (tmp_path / "banks" / "notes.txt").touch()
    paths = locate(
        {"NNQUIZ_HOME": str(tmp_path), "NNQUIZ_BANK": os.pathsep.join(["/b/one", "/b/two.yaml"])}
    )
    assert paths.banks == ("/b/one", "/b/two.yaml", str(own.with_name("deck.yaml")), str(own))


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the XDG convention is Linux's")
def test_xdg_variables_are_obeyed_and_relative_ones_ignored(tmp_path: Path) -> None:
    """The XDG base directory specification is followed to the letter."""
    paths = locate({"XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": "relative"})
    assert paths.data == str(tmp_path / "nnquiz")
    assert paths.cache == os.path.join(os.path.expanduser("~"), ".cache", "nnquiz")


def test_the_shipped_bank_is_found() -> None:
    """The bank lies beside the package or inside it, and is really there."""
    assert os.path.isfile(os.path.join(locate({}).shipped, "bank.yaml"))
