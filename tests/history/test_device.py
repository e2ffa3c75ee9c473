"""Which machine this is: found cheaply, told apart, and not given away."""

from pathlib import Path

import pytest

from nnquiz.history import device


@pytest.fixture
def identifiers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Put the two files that may identify a machine into a folder of the test."""
    paths = tmp_path / "machine-id", tmp_path / "dbus-machine-id"
    monkeypatch.setattr(device, "_IDENTIFIERS", tuple(map(str, paths)))
    return paths


def test_a_machine_keeps_its_name_and_others_have_others(identifiers: tuple[Path, Path]) -> None:
    """The name follows from the identifier, which cannot be read off it."""
    names = set()
    for identifier in ("0f1e2d3c4b5a69788796a5b4c3d2e1f0", "1f1e2d3c4b5a69788796a5b4c3d2e1f0"):
        identifiers[0].write_text(f"{identifier}\n")
        assert device.machine() == device.machine()
        assert identifier[:8] != device.machine()
        names.add(device.machine())
    assert len(names) == 2


@pytest.mark.parametrize("first", [None, b"\n", b"\xff\xfe"])
def test_the_second_file_stands_in_for_the_first(
    identifiers: tuple[Path, Path], first: bytes | None
) -> None:
    """A missing, empty or unreadable identifier is passed over."""
    identifiers[0].write_bytes(b"abcdef")
    expected = device.machine()
    identifiers[0].unlink()
    if first is not None:
        identifiers[0].write_bytes(first)
    identifiers[1].write_bytes(b"abcdef")
    assert device.machine() == expected


def test_the_network_address_stands_in_for_both(
    identifiers: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without identifiers the address counts, unless it was made up on the spot."""
    monkeypatch.setattr("uuid.getnode", lambda: 0x0242AC110002)
    real = device.machine()
    monkeypatch.setattr("uuid.getnode", lambda: 0x0142AC110002)
    made_up = device.machine()
    monkeypatch.setattr("uuid.getnode", lambda: 0xF342AC110003)
    assert real != made_up == device.machine()
