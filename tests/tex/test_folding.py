"""One line on several: parted where a reader would part it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.tex.cells import cells
from nnquiz.tex.folding import folded


@pytest.mark.parametrize(
    ("line", "width", "parts"),
    [
        ("y = γx̂ + β", 10, ["y = γx̂ + β"]),
        ("a = b + c,  d = e + f", 12, ["a = b + c,", "d = e + f"]),
        ("f = [a; b]; g = f + 1", 12, ["f = [a; b];", "g = f + 1"]),
        (
            "loss = aaaa + bbbb - cccc = dddd",
            16,
            ["loss = aaaa", "    + bbbb", "    - cccc", "    = dddd"],
        ),
        (
            "MCC = (TP · TN)/√((TP + FP)(TP + FN))",
            30,
            ["MCC = (TP · TN)", "    /√((TP + FP)(TP + FN))"],
        ),
        (
            "ℒ = max(0, ‖f(a) - f(p)‖ - ‖f(a) - f(n)‖)",
            28,
            ["ℒ = max(0, ‖f(a) - f(p)‖", "    - ‖f(a) - f(n)‖)"],
        ),
        (
            "L = max(0, ||f(a) - f(p)|| - ||f(a) - f(n)||)",
            28,
            ["L = max(0, ||f(a) - f(p)||", "    - ||f(a) - f(n)||)"],
        ),
        ("f(x) = {aaaa if |x| > 0; b}", 18, ["f(x) = {aaaa", "    if |x| > 0; b}"]),
        ("aaaaaaaaaaaaaa", 5, ["aaaaa", "aaaaa", "aaaa"]),
    ],
)
def test_lines_part_outside_of_brackets(line: str, width: int, parts: list[str]) -> None:
    """Equations first, then relations, operators and words; bars are brackets too."""
    assert folded(line, width) == parts


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abx₁√=+-·/(), ;|‖組", max_size=80), st.integers(2, 40))
def test_no_sign_is_lost(line: str, width: int) -> None:
    """However a line is parted, its signs stay in order, and every part fits."""
    parts = folded(" ".join(line.split()), width)
    assert "".join("".join(parts).split()) == "".join(line.split())
    assert all(cells(part) <= width for part in parts)
