"""The settings: what is allowed, what comes before what, and errors that name their line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.config.load import FILE, file_of, line_of, load_choices, load_settings
from nnquiz.config.options import OPTIONS, Option, allow, find_option, parse
from nnquiz.errors import BadInput
from nnquiz.model.settings import Settings


def write(folder: Path, text: str) -> str:
    """Write a `config.toml` and return its folder."""
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return str(folder)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """Nothing has to be there, not even the folder, and nothing is made."""
    assert load_settings(str(tmp_path / "none"), {}) == Settings()
    assert list(tmp_path.iterdir()) == []


def test_every_setting_is_an_option() -> None:
    """What a drill obeys can be set, and what can be set a drill obeys."""
    assert tuple(option.key for option in OPTIONS) == Settings._fields
    assert all(allow(option, option.default) is not None for option in OPTIONS)


def test_the_environment_comes_before_the_file_and_that_before_the_default(tmp_path: Path) -> None:
    """Each setting has the value of the first place that has one."""
    folder = write(tmp_path, "retention = 0.8\nnew_cards = 3\n")
    environ = {"NNQUIZ_NEW_CARDS": " 7 ", "NNQUIZ_RETENTION": ""}
    assert load_settings(folder, environ) == Settings(retention=0.8, new_cards=7, rollover=4)
    sources = [choice.source for choice in load_choices(folder, environ)]
    assert sources == ["file", "environment", "default", "default"]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("retention = 1.2", "1: retention: 1.2", "0.70 to 0.99"),
        ("# mine\n\nretention = true", "3: retention: True", "0.70 to 0.99"),
        ("retention = nan", "1: retention: nan", "0.70 to 0.99"),
        ("new_cards = 2\nrollover = 4.0", "2: rollover: 4.0", "whole number from 0 to 23"),
        ("rollover = 24", "1: rollover: 24", "whole number from 0 to 23"),
        ('new_cards = "5"', "1: new_cards: '5'", "whole number from 0 to 9999"),
        ("new_cards = -1", "1: new_cards: -1", "whole number from 0 to 9999"),
        ("rollover = 3\nretenton = 0.9", '2: unknown setting "retenton"', "mean retention?"),
        ("\n[drill]\nretention = 0.9", '2: unknown setting "drill"', "retention, new_cards"),
        ("new_cards = [\n 1,\n]\n", "1: new_cards: [1]", "whole number"),
        ("rollover = 3\nnew_cards = = 2", "2: is not TOML", "retention = 0.9"),
        ("new_cards = 2\nnew_cards = 3", "2: is not TOML", "retention = 0.9"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, text: str, place: str, hint: str
) -> None:
    """A bad key, value or syntax is told with file and line, and with what is allowed."""
    folder = write(tmp_path, text)
    with pytest.raises(BadInput) as caught:
        load_settings(folder, {})
    assert str(caught.value).startswith(f"{file_of(folder)}:{place}")
    assert hint in caught.value.hint


@pytest.mark.parametrize("said", ["1", "0.69", "0.9.1", "ninety", "nan", "inf"])
def test_a_variable_that_is_wrong_is_named(tmp_path: Path, said: str) -> None:
    """A value of the environment is held to the same range."""
    with pytest.raises(BadInput, match="NNQUIZ_RETENTION=") as caught:
        load_settings(str(tmp_path), {"NNQUIZ_RETENTION": said})
    assert caught.value.hint == "retention is a number from 0.70 to 0.99"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A folder in its place and bytes that are no UTF-8 get one line each."""
    (tmp_path / "config.toml").write_bytes(b"rollover = 3 # caf\xe9\n")
    with pytest.raises(BadInput, match="is not UTF-8"):
        load_settings(str(tmp_path), {})
    (tmp_path / "config.toml").unlink()
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(BadInput, match="cannot be read"):
        load_settings(str(tmp_path), {})


def test_editors_of_windows_are_understood(tmp_path: Path) -> None:
    """A byte order mark and their line ends change nothing."""
    (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbf# mine\r\nrollover = 3\r\n")
    _, _, rollover, _ = load_choices(str(tmp_path), {})
    assert (rollover.value, rollover.source) == (3, FILE)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(("", "# retention = 1", "a = [", "1,", "]", 'b = """', '"""'))))
def test_the_line_of_a_key_is_found_behind_anything(before: list[str]) -> None:
    """Whatever stands above, commented out or over several lines, the key's own line is found."""
    import tomllib

    above = "".join(f"{line}\n" for line in before)
    text = f"{above}retention = 0.9\n"
    try:
        known = "retention" in tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        known = False
    if known:
        assert line_of(text, "retention") == len(before) + 1


def test_keys_are_found_as_people_write_them() -> None:
    """Hyphens and capitals are forgiven; what is near is suggested, else all keys are."""
    assert find_option("New-Cards").key == "new_cards"
    with pytest.raises(BadInput) as caught:
        find_option("roll")
    assert caught.value.hint == "did you mean rollover?"
    with pytest.raises(BadInput) as caught:
        find_option("colour")
    assert caught.value.hint == "settings: retention, new_cards, rollover, minutes"


@given(st.sampled_from(OPTIONS), st.text(max_size=8))
def test_no_text_is_taken_for_a_value_out_of_range(option: Option, text: str) -> None:
    """Whatever is typed gives a number in the range, or none."""
    value = parse(option, text)
    assert value is None or option.least <= value <= option.greatest
