"""No draw is degenerate: what would make a problem trivial or ill-defined never comes up."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnquiz.problems.catalogue import problem

Fair = Callable[[dict[str, Any], float], bool]


def precision_is_not_recall(p: dict[str, Any]) -> bool:
    """The counts tell precision from recall."""
    return abs(p["tp"] / (p["tp"] + p["fp"]) - p["tp"] / (p["tp"] + p["fn"])) >= 0.1


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
    "rnn_two_steps": lambda p, answer: 0 not in p["x"] and 0.02 <= abs(answer) < 1,
    "rnn_params": lambda p, _: p["d"] != p["h"],
    "bptt_factor": lambda p, _: abs(p["w"]) != 1,
    "gradient_clipping": lambda p, _: math.hypot(*p["gradient"]) > p["limit"],
    "trainable_fraction": lambda p, _: 0 < p["trained"] < p["total"],
    "precision": lambda p, _: precision_is_not_recall(p),
    "recall": lambda p, _: precision_is_not_recall(p),
    "f1": lambda p, _: precision_is_not_recall(p),
    "macro_f1": lambda p, _: precision_is_not_recall(p),
    "mcc": lambda p, answer: precision_is_not_recall(p) and answer > 0.01,
    "auc_small": lambda p, answer: not set(p["positive"]) & set(p["negative"]) and 0 < answer < 1,
    "r2": lambda p, answer: p["y"] != p["predicted"] and answer != 0,
    "base_rate_precision": lambda p, _: p["specificity"] < 1 and p["prevalence"] < 0.5,
    "ece_two_bins": lambda p, _: all(
        abs(c - a) >= 0.005 for c, a in zip(p["confidence"], p["accuracy"], strict=True)
    ),
    "conv_shift": lambda p, answer: p["peak"] < p["width"] and answer != p["peak"],
    "maxpool_shift": lambda _, answer: answer > 0,
    "stride_shift": lambda p, _: math.prod(p["strides"]) > 1,
    "zscore": lambda p, _: p["x"] != p["mean"] and p["deviation"] > 1,
    "minmax": lambda p, _: p["x"] not in {p["low"], p["high"]},
    "imagenet_norm": lambda _, answer: abs(answer) >= 0.05,
    "ewc_penalty": lambda _, answer: answer >= 0.05,
    "ewc_scalar_min": lambda p, answer: p["theta_a"] != p["theta_b"] and answer != 0,
    "forgetting": lambda p, _: p["before"] > p["after"],
    "backward_transfer": lambda _, answer: abs(answer) >= 1,
    "attn_two_tokens": lambda p, answer: p["k1"] != p["k2"] and 0.02 < answer < 0.98,
    "attn_output": lambda p, _: len(set(p["scores"])) == 3,
    "mha_params": lambda p, _: p["heads"] > 1 and p["d_model"] % p["heads"] == 0,
    "kv_cache_bytes": lambda p, _: p["heads"] > p["shared"] > 1,
    "attention_macs": lambda p, _: p["tokens"] != p["d_model"],
    "birnn_output_dim": lambda p, _: p["layers"] > 1,
    "bilstm_params": lambda p, _: p["d"] != p["h"],
    "bilstm_two_layer_params": lambda p, _: p["d"] not in {p["h"], 2 * p["h"]},
    "padding_waste": lambda _, answer: 0 < answer < 1,
    "masked_mean": lambda p, _: 1 < p["valid"] < len(p["values"]),
    "masked_softmax": lambda p, answer: 1 < p["valid"] < len(p["scores"]) and 0 < answer < 1,
    "packed_batch_size": lambda p, answer: (
        p["step"] < p["lengths"][0] and 0 < answer < sum(p["counts"])
    ),
    "dropout_scale": lambda p, _: p["p"] != 0.5 and p["x"] != 0,
    "kfold_steps": lambda p, _: p["n"] % p["k"] != 0,
    "l2_shrink": lambda p, answer: answer != 0 and p["w"] != 0,
    "early_stop_epoch": lambda p, answer: p["losses"][answer - p["first"]] > min(p["losses"]),
    "label_smoothed_target": lambda p, answer: answer not in {p["epsilon"], 1 - p["epsilon"]},
    "lstm_params": lambda p, _: p["d"] != p["h"],
    "lstm_cell": lambda p, answer: p["f"] != p["i"] and abs(answer) >= 0.05,
    "windows": lambda p, answer: p["stride"] > 1 and answer > 1,
    "gru_params": lambda p, _: p["d"] != p["h"],
    "causal_padding": lambda p, _: p["k"] > 1 and p["dilation"] > 1,
    "recon_error": lambda _, answer: answer >= 0.05,
    "threshold_sigma": lambda p, _: p["deviation"] > 0 and p["k"] > 1,
    "expected_false_alarms": lambda p, answer: 0 < answer < p["n"] / 2,
    "gan_d_loss": lambda p, _: abs(p["fake"] - 0.5) >= 0.005,
    "gan_g_grad_ratio": lambda p, answer: p["fake"] < 0.5 and answer > 1,
    "optimal_discriminator": lambda p, _: p["data"] != p["generated"],
    "gram_entry": lambda _, answer: abs(answer) >= 0.05,
    "dcgan_output_size": lambda p, answer: answer > 2 * p["side"],
    "ndcg3": lambda _, answer: 0 < answer < 1,
    "bpr": lambda p, _: p["positive"] != p["negative"],
    "embedding_params": lambda p, _: p["items"] > 1 and p["dim"] > 1,
    "recall_at_k": lambda p, _: p["relevant"] != p["k"] and 0 < p["hits"] < p["relevant"],
    "map_at_k": lambda _, answer: 0 < answer < 1,
    "box_iou": lambda _, answer: 0 < answer < 1,
    "nms_kept": lambda p, answer: max(p["scores"]) < answer < sum(p["scores"]),
    "sensor_fusion": lambda p, answer: (
        min(p["camera"], p["lidar"]) < answer < max(p["camera"], p["lidar"])
    ),
    "giou": lambda _, answer: 0.02 <= abs(answer) < 1,
    "infonce": lambda _, answer: answer >= 0.05,
    "vae_kl": lambda p, answer: p["sigma"] != 1 and p["mu"] != 0 and answer > 0,
    "simclr_negatives": lambda p, _: p["devices"] > 1,
    "mlm_tokens": lambda _, answer: answer > 1,
    "triplet_loss": lambda p, answer: answer >= 0 and p["margin"] > 0,
    "cmapss_score": lambda p, answer: p["predicted"] != p["true"] and answer > 0,
    "piecewise_rul": lambda p, answer: 0 < answer <= p["cap"] != p["fails"] - p["now"],
    "maintenance_cost": lambda p, _: p["alarms"] != p["missed"] and p["cheap"] != p["dear"],
    "weibull_survival": lambda p, answer: p["time"] != p["scale"] and 0.01 < answer < 0.99,
    "population_stability": lambda p, answer: 0 not in (*p["before"], *p["now"]) and answer >= 0.01,
    "rul_rmse": lambda _, answer: answer >= 1,
}


@pytest.mark.parametrize("name", FAIR)
@given(seed=st.integers(0, 999_999))
@settings(max_examples=60)
def test_no_draw_is_degenerate(name: str, seed: int) -> None:
    """Whatever the seed, the numbers leave something to compute."""
    drawn = problem(name, seed)
    assert FAIR[name](dict(drawn.params), drawn.answer)
