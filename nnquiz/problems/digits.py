"""Significant digits: the unit of the last one, and numbers written with them."""

from collections.abc import Iterable


def last_digit(value: float, digits: int) -> float:
    """Return what one step of the last of `digits` significant digits of `value` is worth.

    Zero has no significant digits; its last digit counts as the last of so many decimals.

    >>> last_digit(0.0625, 3)
    0.0001
    >>> last_digit(-14450688, 3)
    100000.0
    """
    return float(f"1e{_exponent(value) - digits + 1 if value else -digits}")


def significant(value: float, digits: int = 4) -> str:
    """Write `value` with `digits` significant digits, as an exponent only where it is extreme.

    >>> significant(0.68997448)
    '0.6900'
    >>> significant(17386.2, 3)
    '17400'
    >>> significant(0.0000017, 2)
    '1.7e-6'
    """
    exponent = _exponent(float(f"{value:.{digits - 1}e}")) if value else 0
    if -5 <= exponent < 12:
        decimals = digits - 1 - exponent
        return f"{round(value, decimals):.{max(decimals, 0)}f}"
    return _short_exponent(f"{value:.{digits - 1}e}")


def number(value: float) -> str:
    """Write `value` as briefly as it can be read back, up to rounding in the 12th digit.

    >>> number(1.7000000000000002), number(-1.0), number(0.00001), number(25120)
    ('1.7', '-1', '1e-5', '25120')
    """
    return str(value) if isinstance(value, int) else _short_exponent(f"{value + 0.0:.12g}")


def vector(values: Iterable[float]) -> str:
    """Write a list of numbers.

    >>> vector((0.5, -1.0))
    '[0.5, -1]'
    """
    return f"[{', '.join(number(value) for value in values)}]"


def _exponent(value: float) -> int:
    """Return the power of ten of a number other than 0, forgiving rounding in the 13th digit."""
    return int(f"{value:.12e}".partition("e")[2])


def _short_exponent(written: str) -> str:
    """Return `1e-5` for `1e-05`."""
    mantissa, mark, exponent = written.partition("e")
    return f"{mantissa}e{int(exponent)}" if mark else written
