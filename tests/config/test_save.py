"""Changing `config.toml`: one value changes, and everything else stays as it was."""

import os
from pathlib import Path

import pytest

from nnquiz.config.load import load_settings
from nnquiz.config.options import find_option
from nnquiz.config.save import set_value, unset
from nnquiz.errors import BadInput, NnquizError

RETENTION = find_option("retention")
NEW_CARDS = find_option("new_cards")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file may be, in a folder that is not there yet."""
    return tmp_path / "nnquiz" / "config.toml"


def test_the_first_value_makes_the_file(path: Path) -> None:
    """Folder and file are made, and nothing else is left beside it."""
    set_value(str(path), RETENTION, 0.85)
    assert path.read_text() == "retention = 0.85\n"
    assert os.listdir(path.parent) == ["config.toml"]
    assert load_settings(str(path.parent), {}).retention == 0.85


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_order_and_line_ends_stay(path: Path, end: str) -> None:
    """Only the value itself changes; a new key comes behind the others."""
    path.parent.mkdir()
    lines = ["# for the interview", "", "new_cards = 3   # few", "rollover=5"]
    path.write_bytes(end.join([*lines, ""]).encode())
    set_value(str(path), NEW_CARDS, 20)
    set_value(str(path), RETENTION, 0.9)
    lines[2] = "new_cards = 20   # few"
    assert path.read_bytes().decode().startswith(end.join([*lines, "retention = 0.9"]))


def test_a_value_that_was_wrong_can_be_put_right(path: Path) -> None:
    """A bad value in the file does not stand in the way of a good one."""
    path.parent.mkdir()
    path.write_text("retention = [\n 90,\n]")
    set_value(str(path), RETENTION, 0.9)
    assert path.read_text() == "retention = 0.9\n"


def test_a_key_is_taken_out_again(path: Path) -> None:
    """Unset says whether the key was there, and also removes one that no setting has."""
    path.parent.mkdir()
    path.write_text("colour = 1\n# keep\nnew_cards = 3\n")
    assert unset(str(path), "colour")
    assert not unset(str(path), "colour")
    assert unset(str(path), "new_cards")
    assert path.read_text() == "# keep\n"


def test_a_file_that_is_no_toml_is_left_as_it_is(path: Path) -> None:
    """What cannot be read is not written over."""
    path.parent.mkdir()
    path.write_text("retention 0.9\n")
    for change in (lambda: set_value(str(path), RETENTION, 0.8), lambda: unset(str(path), "x")):
        with pytest.raises(BadInput, match=r"config\.toml:1: is not TOML"):
            change()
    assert path.read_text() == "retention 0.9\n"


def test_a_link_and_the_permissions_stay(path: Path, tmp_path: Path) -> None:
    """A file that is linked from a folder of dotfiles is changed where it is."""
    real = tmp_path / "dotfiles.toml"
    real.write_text("rollover = 5\n")
    real.chmod(0o640)
    path.parent.mkdir()
    path.symlink_to(real)
    set_value(str(path), RETENTION, 0.8)
    assert path.is_symlink()
    assert real.read_text() == "rollover = 5\nretention = 0.8\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_written_is_said_and_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk refuses, the old file is whole and no temporary one is left."""
    set_value(str(path), RETENTION, 0.8)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NnquizError, match=r"config\.toml: cannot be written: No space left"):
        set_value(str(path), RETENTION, 0.9)
    assert path.read_text() == "retention = 0.8\n"
    assert os.listdir(path.parent) == ["config.toml"]
