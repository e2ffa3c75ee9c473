"""No draw is degenerate: what would make a problem trivial or ill-defined never comes up."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.problems.catalogue import problem

Fair = Callable[[dict[str, Any], float], bool]

# What must hold of the parameters and the answer, by the problem's name.
FAIR: dict[str, Fair] = {
    "neuron_preactivation": lambda p, _: 0 not in p["w"] and p["b"] != 0,
    "neuron_relu_grad": lambda p, _: (
        abs(sum(w * x for w, x in zip(p["w"], p["x"], strict=True)) + p["b"]) >= 0.05
    ),
    "conv_params": lambda p, _: p["c_in"] != p["c_out"],
    "fc_params": lambda p, _: p["n_in"] != p["n_out"],
    "conv_output_size": lambda p, answer: answer > 1 and p["s"] > 1 and p["p"] > 0,
    "depthwise_separable_params": lambda p, _: p["c_in"] != p["c_out"],
    "receptive_field": lambda p, _: any(stride > 1 for _, stride in p["layers"][:-1]),
    "conv_macs": lambda p, _: p["c_in"] != p["c_out"],
    "transposed_conv_output_size": lambda p, answer: (
        answer > p["n"] and p["output_padding"] < p["s"]
    ),
    "batchnorm_normalise": lambda p, answer: len(set(p["batch"])) > 1 and abs(answer) >= 0.05,
    "batchnorm_running_mean": lambda p, _: p["running"] != p["batch"] and p["momentum"] != 0.5,
    "batchnorm_eval": lambda p, _: p["x"] != p["mean"] and p["variance"] > 0,
    "groupnorm_mean": lambda p, _: len({sum(channel) for channel in p["channels"]}) > 1,
    "mlp_params": lambda p, _: len(set(p["sizes"])) > 2,
    "vanishing_bound": lambda p, answer: p["weight"] < 4 and answer < 0,
    "sgd_momentum_step": lambda p, answer: answer != 0 and p["buffer"] != 0,
    "adam_first_step": lambda p, _: abs(p["gradient"]) != 1,
    "adamw_decay": lambda p, answer: answer != 0 and p["w"] != 0,
    "rmsprop_step": lambda p, _: p["v"] != p["gradient"] ** 2,
    "cosine_lr": lambda p, _: 0 < p["step"] < p["total"] and 2 * p["step"] != p["total"],
    "warmup_lr": lambda p, _: 0 < p["step"] < p["warmup"] and 2 * p["step"] != p["warmup"],
}


@pytest.mark.parametrize("name", FAIR)
@given(seed=st.integers(0, 999_999))
@settings(max_examples=60)
def test_no_draw_is_degenerate(name: str, seed: int) -> None:
    """Whatever the seed, the numbers leave something to compute."""
    drawn = problem(name, seed)
    assert FAIR[name](dict(drawn.params), drawn.answer)
