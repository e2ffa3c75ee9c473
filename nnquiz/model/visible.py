"""Text of a bank is data: what would act on a terminal is shown instead."""

from typing import Final

_PICTURES: Final = 0x2400  # U+2400.. shows the control characters U+0000.. one by one

# Characters that turn the direction of what follows, so that a line may read as another.
_TURNING: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))

_SHOWN: Final[dict[int, str]] = {
    **{code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "␡",
    **{code: f"\\x{code:02x}" for code in range(0x80, 0xA0)},
    **{code: f"\\u{code:04x}" for code in (0x2028, 0x2029, *_TURNING)},
}


def visible(text: str) -> str:
    r"""Return `text` with every control character in a form that can be seen.

    Line ends and tabs stay. A lone surrogate, which no encoding can write, becomes U+FFFD.

    >>> visible("\x1b[31mred\x9b")
    '␛[31mred\\x9b'
    """
    if text.isprintable():
        return text
    shown = text.translate(_SHOWN)
    return shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def visible_line(text: str) -> str:
    r"""Return `text` likewise as one line: line ends and tabs are shown too.

    >>> visible_line("a\nb")
    'a␊b'
    """
    return visible(text).replace("\n", "␊").replace("\t", "␉")
