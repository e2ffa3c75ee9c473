"""Text of a bank is data: what would act on a terminal is shown instead."""

_PICTURES = 0x2400  # U+2400.. shows the control characters U+0000.. one by one

# Characters that turn the direction of what follows, so that a line may read as another.
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))

_SHOWN: dict[int, str] = {
    **{code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "␡",
    **{code: f"\\x{code:02x}" for code in range(0x80, 0xA0)},
    **{code: f"\\u{code:04x}" for code in _TURNING},
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
}


def visible(text: str) -> str:
    r"""Return `text` with every control character in a form that can be seen.

    Line ends and tabs stay. A lone surrogate, which no encoding can write, becomes U+FFFD.

    >>> visible("\x1b[31mred\x9b")
    '␛[31mred\\x9b'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_SHOWN)


def visible_line(text: str) -> str:
    r"""Return `text` likewise as one line: line ends and tabs are shown too.

    >>> visible_line("a\nb")
    'a␊b'
    """
    return visible(text).replace("\n", "␊").replace("\t", "␉")
