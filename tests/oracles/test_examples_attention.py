"""Many heads, the scale and positions (question 12) against torch and the paper's formulas."""
# ruff: noqa: N806 -- X and P are matrices

import math
from typing import Any

import numpy as np
import pytest
import torch
from agreement import agree, generators, tensor
from torch.nn import functional as F  # noqa: N812 -- as everybody calls it

from nnquiz.examples.attention_scale import why_sqrt_dk
from nnquiz.examples.multi_head import multi_head
from nnquiz.examples.positions import permutation

PROJECTIONS = ("W_Q", "W_K", "W_V", "W_O")


def test_multi_head_equals_torch() -> None:
    """The output and each head's weights are those of nn.MultiheadAttention without biases."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            heads, width = int(random.integers(1, 5)), int(random.integers(1, 4))
            d, n = heads * width, int(random.integers(1, 6))
            given = {"X": random.normal(size=(n, d)), "h": heads}
            given |= {name: random.normal(size=(d, d)) for name in PROJECTIONS}
        trace = multi_head(**given)
        X = tensor(trace.inputs["X"])
        w_q, w_k, w_v, w_o = (tensor(trace.inputs[name]) for name in PROJECTIONS)
        layer = torch.nn.MultiheadAttention(
            X.shape[1], trace.params["h"], bias=False, dtype=torch.float64
        )
        with torch.no_grad():
            layer.in_proj_weight.copy_(torch.cat([w_q, w_k, w_v]))
            layer.out_proj.weight.copy_(w_o)
            output, weights = layer(X, X, X, average_attn_weights=False)
        agree(trace, "output", output)
        agree(trace, "weights", weights)


def test_scores_have_the_variance_that_theory_says() -> None:
    """Over seeds: variance d unscaled and 1 scaled, within six standard errors."""
    count = 100 * 8
    for draw in range(20):
        trace = why_sqrt_dk(draw=draw)
        results = trace.results
        # Scores of one query share it: their variance varies as that of 100 queries, not 800.
        bound = 6 * math.sqrt(2 / count + 2 / (100 * 4))
        for name, wanted in (("std_unscaled", np.sqrt([4, 16, 64, 512])), ("std_scaled", 1.0)):
            ratio = (np.asarray(results[name]) / wanted) ** 2
            assert (np.abs(ratio - 1) < bound).all()
        largest = np.asarray(results["largest"])
        assert (np.diff(largest) > 0).all()
        assert largest[-1] > 0.9
        assert (np.asarray(results["largest_scaled"]) < 0.45).all()
        random = np.random.default_rng(draw)
        scores = []
        for d in (4, 16, 64, 512):  # the queries, then the keys of each dimension
            q, k = tensor(random.normal(size=(100, 1, d))), tensor(random.normal(size=(100, 8, d)))
            scores.append(torch.bmm(q, k.mT)[:, 0])
        agree(trace, "std_unscaled", [s.std(correction=0) for s in scores])
        largest_of = [torch.softmax(s, dim=1).amax(1).mean() for s in scores]
        agree(trace, "largest", largest_of)


def test_permutation_equals_torch() -> None:
    """The outputs are F.scaled_dot_product_attention's, before and after the codes."""
    for random in generators():
        given: dict[str, Any] = {}
        if random:
            n, d = int(random.integers(1, 7)), int(random.integers(1, 7))
            given = {"X": random.normal(size=(n, d)), "order": random.permutation(n) + 1}
        trace = permutation(**given)
        X = tensor(trace.inputs["X"])
        order = torch.tensor(np.array(trace.inputs["order"])) - 1
        steps = {step.name: step.value for step in trace.steps}
        agree(trace, "output", F.scaled_dot_product_attention(X, X, X))
        moved = X[order]
        agree(trace, "of_permuted", F.scaled_dot_product_attention(moved, moved, moved))
        agree(trace, "permuted", F.scaled_dot_product_attention(X, X, X)[order])
        codes = tensor(steps["positions"])
        still, moved = X + codes, moved + codes
        left = F.scaled_dot_product_attention(moved, moved, moved)
        right = F.scaled_dot_product_attention(still, still, still)[order]
        agree(trace, "with positions", left)
        agree(trace, "broken", (left - right).abs().max())


@pytest.mark.parametrize(("n", "d"), [(1, 1), (3, 4), (7, 6), (9, 5), (50, 16)])
def test_position_codes_equal_the_papers_formula(n: int, d: int) -> None:
    """PE(pos, 2i) = sin(pos / 10000^(2i/d)) and PE(pos, 2i+1) = cos of the same, entry by entry."""
    trace = permutation(X=np.ones((n, d)), order=list(range(1, n + 1)))
    codes = np.asarray(trace.results["positions"])
    for pos in range(n):
        for i in range((d + 1) // 2):
            angle = pos / 10000 ** (2 * i / d)
            assert codes[pos, 2 * i] == pytest.approx(math.sin(angle), abs=1e-12)
            if 2 * i + 1 < d:
                assert codes[pos, 2 * i + 1] == pytest.approx(math.cos(angle), abs=1e-12)
