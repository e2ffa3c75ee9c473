"""A reference names one number of one run of an example."""

import math
import subprocess
import sys

import pytest

from nnquiz.errors import BadInput
from nnquiz.examples.reference import Reference, number, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("neuron#a", Reference("neuron", (), "a", ())),
        ("neuron?b=0#a", Reference("neuron", (("b", "0"),), "a", ())),
        (
            "a-b?x=1,2&w=[[1]]#y[0, 1]",
            Reference("a-b", (("x", "1,2"), ("w", "[[1]]")), "y", (0, 1)),
        ),
        ("bpr-step#m hat", Reference("bpr-step", (), "m hat", ())),
        ("rnn#t=1[2]", Reference("rnn", (), "t=1", (2,))),
    ],
)
def test_reading(text: str, expected: Reference) -> None:
    """Name, settings, result and place are parted at `?`, `&`, `#` and the brackets."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no number of an example is meant by ''"),
        ("neuron", "no number of an example is meant by 'neuron'"),
        ("neuron#", "no number of an example is meant by 'neuron#'"),
        ("#a", "no number of an example is meant by '#a'"),
        ("neuron#a[0", "no number of an example is meant by 'neuron#a[0'"),
        ("neuron#a[]", "no place of a number is meant by [] in 'neuron#a[]'"),
        ("neuron#a[0,]", "no place of a number is meant by [0,] in 'neuron#a[0,]'"),
        ("neuron?#a", "expected PARAMETER=VALUE behind the question mark; came ''"),
        ("neuron?b#a", "expected PARAMETER=VALUE behind the question mark; came 'b'"),
        ("neuron?b=1&b=2#a", "a parameter is set twice in 'neuron?b=1&b=2#a'"),
        ("neuron?b=@/etc/passwd#a", "b: a text names no file"),
        ("nueron#a", "no worked example 'nueron'"),
        ("metrics#accuracy", "no worked example 'metrics'"),
        ("neuron#y", "neuron: no result 'y'; there are products, sum, z, a"),
        ("neuron?c=1#a", "neuron: no parameter 'c'; there are x, w, b, act"),
        ("neuron?b=x#a", "neuron: b: expected a number; came 'x'"),
        ("neuron?seed=-1#a", "seed: expected a whole number from 0 to"),
        ("neuron#a[0]", "neuron#a is one number"),
        ("dense#y", "dense#y is an array of 2 x 2"),
        ("dense#y[0]", "dense#y is an array of 2 x 2"),
        ("dense#y[0,2]", "dense#y has no entry [0, 2]; its shape is 2 x 2"),
    ],
)
def test_what_cannot_be_found_is_told(text: str, message: str) -> None:
    """One line says what is wrong with a reference or with what it asks for."""
    with pytest.raises(BadInput) as refused:
        number(text)
    assert str(refused.value).startswith(message)


def test_numbers() -> None:
    """Results, entries, steps, settings and seeds lead to the number of that run."""
    assert number("neuron#a") == pytest.approx(1 / (1 + math.exp(0.65)))
    assert number("neuron?w=1,1,1&b=0.5#z") == 2.5
    assert number("neuron#products[2]") == -0.75
    assert number("param-count#conv") == 4640
    assert number("neuron?seed=1#z") != number("neuron?seed=2#z")


def test_reading_needs_no_numpy() -> None:
    """Where nothing is run, a check starts without numpy."""
    code = "import sys; from nnquiz.examples import reference; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
