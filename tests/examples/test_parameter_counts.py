"""Counts of parameters: the published ones, and counting by the shapes of the arrays."""

from math import prod
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.errors import BadInput
from nnquiz.examples.parameter_counts import (
    capacity_table,
    head_count,
    param_count,
    transformer_block_params,
)

sizes = st.integers(1, 40)


def test_published_counts() -> None:
    """4640, 100480 and 320; 235146; 49984; 20490."""
    results = param_count().results
    assert [results[name] for name in ("conv", "dense", "depthwise")] == [4640, 100480, 320]
    assert capacity_table().results["total"] == 235_146
    assert transformer_block_params().results["total"] == 49_984
    assert head_count().results["head"] == 20_490


def test_well_known_networks() -> None:
    """A block of BERT-base has 7.09 million; the maps of question 2 densely 537 million."""
    bert = transformer_block_params(d=768, heads=12, ff=3072).results["total"]
    assert bert == 12 * 768**2 + 13 * 768 == 7_087_872
    assert param_count(n_in=16 * 1024, n_out=32 * 1024).results["dense"] == 536_903_680


@settings(max_examples=40)
@given(st.integers(1, 7), sizes, sizes, st.integers(1, 4), st.booleans())
def test_a_convolution_has_the_entries_of_its_arrays(
    k: int, c_in: int, c_out: int, groups: int, bias: bool
) -> None:
    """Its weight is (out, in / groups, k, k) and its bias (out)."""
    c_in, c_out = c_in * groups, c_out * groups
    found = param_count(k=k, c_in=c_in, c_out=c_out, groups=groups, bias=bias).results["conv"]
    assert found == prod((c_out, c_in // groups, k, k)) + bias * c_out


@settings(max_examples=40)
@given(st.lists(sizes, min_size=2, max_size=6), st.booleans())
def test_a_perceptron_has_the_entries_of_its_arrays(widths: list[int], bias: bool) -> None:
    """Layer by layer (out, in) and (out), and two operations for each weight."""
    results = capacity_table(widths=widths, bias=bias).results
    shapes = list(zip(widths[1:], widths, strict=False))
    assert results["total"] == sum(prod(shape) + bias * shape[0] for shape in shapes)
    assert results["total_flops"] == sum(2 * prod(shape) for shape in shapes)
    assert results["total_activations"] == sum(widths[1:])


@settings(max_examples=40)
@given(sizes, st.integers(1, 8), sizes)
def test_heads_do_not_count(d: int, heads: int, ff: int) -> None:
    """However many heads share the width, the block has as many parameters."""
    d *= heads
    results = transformer_block_params(d=d, heads=heads, ff=ff).results
    assert results == transformer_block_params(d=d, heads=1, ff=ff).results
    assert results["total"] == 4 * (d + 1) * d + (d + 1) * ff + (ff + 1) * d + 4 * d


def test_a_low_rank_update_is_small() -> None:
    """Rank 8 on 768 x 768 is 2.1 %, and the product of the factors is as large as the matrix."""
    results = head_count(f=768, classes=768, rank=8).results
    assert results["lora"] == np.ones((768, 8)).size + np.ones((8, 768)).size
    assert results["share"] == pytest.approx(0.0208, abs=5e-5)


@pytest.mark.parametrize(
    ("example", "given_", "message"),
    [
        (param_count, {"groups": "3"}, "groups=3 does not divide c_in=16 and c_out=32"),
        (param_count, {"k": "0"}, "k: expected a whole number from 1 to 100; came 0"),
        (param_count, {"k": "1.5"}, "k: expected a whole number from 1 to 100; came 1.5"),
        (capacity_table, {"widths": "7"}, "widths has 1 entry; expected at least an input and"),
        (transformer_block_params, {"heads": "5"}, "heads=5 does not divide d=64"),
        (head_count, {"rank": "11"}, "rank=11 is more than a matrix of 10 x 2048 has: 10"),
    ],
)
def test_what_does_not_fit_is_refused(example: Any, given_: dict[str, Any], message: str) -> None:
    """One line says what was expected and what came."""
    with pytest.raises(BadInput) as caught:
        example(**given_)
    assert message in str(caught.value)
