"""The table of problems: where each one's generator is, without importing any of them."""

from importlib import import_module
from random import Random
from typing import NamedTuple

from nnquiz.errors import BadInput
from nnquiz.problems.problem import Problem, draw

_SEEDS = 1_000_000
_LISTED = "`nnquiz problems` lists them"


class Row(NamedTuple):
    """One problem: the function `name` of `nnquiz.problems.<module>` draws its numbers.

    `version` goes up when the same seed would give another problem than before.
    """

    name: str
    question: int
    module: str
    title: str
    version: int = 1


PROBLEMS = (
    Row("neuron_preactivation", 1, "neuron", "Pre-activation of a neuron"),
    Row("neuron_sigmoid", 1, "neuron", "Sigmoid of a pre-activation"),
    Row("neuron_relu_grad", 1, "neuron", "Gradient of a ReLU neuron by a weight"),
    Row("sigmoid_bce_grad", 1, "neuron", "Gradient of binary cross-entropy by the logit"),
    Row("conv_params", 2, "convolution", "Parameters of a convolution"),
    Row("fc_params", 2, "convolution", "Parameters of a fully connected layer"),
    Row("conv_output_size", 2, "convolution", "Output size of a convolution"),
    Row("depthwise_separable_params", 2, "convolution", "Depthwise separable parameters"),
    Row("receptive_field", 2, "convolution", "Receptive field of a stack of convolutions"),
    Row("conv_macs", 2, "convolution", "Multiply-accumulates of a convolution"),
    Row("transposed_conv_output_size", 2, "convolution", "Output size of a transposed convolution"),
    Row("batchnorm_normalise", 3, "batch_norm", "Batch normalisation in training"),
    Row("batchnorm_running_mean", 3, "batch_norm", "Running mean of batch normalisation"),
    Row("batchnorm_eval", 3, "batch_norm", "Batch normalisation in evaluation"),
    Row("groupnorm_mean", 3, "batch_norm", "Mean taken by group normalisation"),
    Row("mlp_params", 4, "architecture", "Parameters of a multilayer perceptron"),
    Row("he_init_std", 4, "architecture", "Standard deviation of He's initialisation"),
    Row("vanishing_bound", 4, "architecture", "How fast sigmoid gradients vanish"),
    Row("sgd_momentum_step", 5, "optimisers", "A step of SGD with momentum"),
    Row("adam_first_step", 5, "optimisers", "The first step of Adam"),
    Row("adamw_decay", 5, "optimisers", "Decoupled weight decay"),
    Row("adam_memory", 5, "optimisers", "Memory of training with Adam"),
    Row("rmsprop_step", 5, "optimisers", "A step of RMSprop"),
    Row("cosine_lr", 5, "optimisers", "Learning rate on a cosine schedule"),
    Row("warmup_lr", 5, "optimisers", "Learning rate during warm-up"),
    Row("effective_batch", 5, "optimisers", "Effective batch size with accumulation"),
    Row("rnn_two_steps", 6, "recurrence", "Two steps of a recurrent network"),
    Row("rnn_params", 6, "recurrence", "Parameters of a recurrent network"),
    Row("bptt_factor", 6, "recurrence", "Gradient through a linear recurrence"),
    Row("gradient_clipping", 6, "recurrence", "Gradient clipped by its norm"),
    Row("head_params", 7, "transfer", "Parameters of a new head"),
    Row("trainable_fraction", 7, "transfer", "Share of parameters trained"),
    Row("lora_params", 7, "transfer", "Parameters of a low-rank update"),
    Row("layerwise_rate", 7, "transfer", "Learning rate of a lower layer"),
    Row("precision", 8, "metrics", "Precision from counts"),
    Row("recall", 8, "metrics", "Recall from counts"),
    Row("f1", 8, "metrics", "F1 from counts"),
    Row("specificity", 8, "metrics", "Specificity from counts"),
    Row("auc_small", 8, "metrics", "ROC AUC of a few scores"),
    Row("r2", 8, "metrics", "Coefficient of determination"),
    Row("base_rate_precision", 8, "metrics", "Precision at a base rate"),
    Row("macro_f1", 8, "metrics", "Macro-averaged F1"),
    Row("mcc", 8, "metrics", "Matthews correlation coefficient"),
    Row("brier_score", 8, "metrics", "Brier score of probabilities"),
    Row("ece_two_bins", 8, "metrics", "Expected calibration error over two bins"),
    Row("conv_shift", 9, "translation", "Shift of a convolution's peak"),
    Row("maxpool_shift", 9, "translation", "What a shift does to max pooling"),
    Row("stride_shift", 9, "translation", "Shift of a feature map behind strides"),
    Row("zscore", 10, "scaling", "Standardised test value"),
    Row("minmax", 10, "scaling", "Min-max scaled test value"),
    Row("imagenet_norm", 10, "scaling", "Pixel normalised as for ImageNet"),
    Row("ewc_penalty", 11, "forgetting", "Penalty of elastic weight consolidation"),
    Row("ewc_scalar_min", 11, "forgetting", "Minimum under elastic weight consolidation"),
    Row("forgetting", 11, "forgetting", "Forgetting of an old task"),
    Row("backward_transfer", 11, "forgetting", "Backward transfer over three tasks"),
    Row("attn_two_tokens", 12, "attention", "Attention weight on one of two tokens"),
    Row("attn_output", 12, "attention", "Output of attention"),
    Row("mha_params", 12, "attention", "Parameters of multi-head attention"),
    Row("causal_nonzero", 12, "attention", "Pairs that a causal mask leaves"),
    Row("kv_cache_bytes", 12, "attention", "Size of a key-value cache"),
    Row("attention_macs", 12, "attention", "Multiply-accumulates of self-attention"),
    Row("birnn_output_dim", 13, "bidirectional", "Output width of a bidirectional network"),
    Row("bilstm_params", 13, "bidirectional", "Parameters of a bidirectional LSTM"),
    Row("bilstm_two_layer_params", 13, "bidirectional", "Parameters of two bidirectional layers"),
    Row("padding_waste", 14, "padding", "Share of padding in a batch"),
    Row("masked_mean", 14, "padding", "Mean over the valid positions"),
    Row("masked_softmax", 14, "padding", "Softmax over the valid positions"),
    Row("packed_batch_size", 14, "padding", "Batch size at a step of a packed batch"),
    Row("dropout_scale", 15, "generalisation", "Activation kept by inverted dropout"),
    Row("kfold_steps", 15, "generalisation", "Largest fold of cross-validation"),
    Row("l2_shrink", 15, "generalisation", "A step of SGD with an L2 penalty"),
    Row("early_stop_epoch", 15, "generalisation", "Epoch kept by early stopping"),
    Row("label_smoothed_target", 15, "generalisation", "Target of label smoothing"),
    Row("lstm_params", 16, "forecasting", "Parameters of an LSTM"),
    Row("lstm_cell", 16, "forecasting", "New cell state of an LSTM"),
    Row("windows", 16, "forecasting", "Windows cut from a series"),
    Row("gru_params", 16, "forecasting", "Parameters of a GRU"),
    Row("causal_padding", 16, "forecasting", "Padding of a causal convolution"),
    Row("recon_error", 17, "anomaly", "Reconstruction error of a sample"),
    Row("threshold_sigma", 17, "anomaly", "Threshold some sigmas above the mean"),
    Row("expected_false_alarms", 17, "anomaly", "False alarms of a quantile threshold"),
    Row("gan_d_loss", 18, "adversarial", "Loss of a discriminator"),
    Row("gan_g_grad_ratio", 18, "adversarial", "What the non-saturating loss gains"),
    Row("optimal_discriminator", 18, "adversarial", "Output of the optimal discriminator"),
    Row("gram_entry", 18, "adversarial", "Entry of a Gram matrix"),
    Row("dcgan_output_size", 18, "adversarial", "Image size of a DCGAN"),
    Row("ndcg3", 19, "recommendation", "NDCG of a ranking"),
    Row("bpr", 19, "recommendation", "Loss of Bayesian personalised ranking"),
    Row("embedding_params", 19, "recommendation", "Parameters of embedding tables"),
    Row("recall_at_k", 19, "recommendation", "Recall of the top k"),
    Row("map_at_k", 19, "recommendation", "Mean average precision of the top k"),
    Row("box_iou", 20, "driving", "IoU of two boxes"),
    Row("dice_from_iou", 20, "driving", "Dice from IoU"),
    Row("nms_kept", 20, "driving", "Boxes kept by non-maximum suppression"),
    Row("fps_budget", 20, "driving", "Distance driven between two frames"),
    Row("sensor_fusion", 20, "driving", "Fusion of two range measurements"),
    Row("giou", 20, "driving", "Generalised IoU of two boxes"),
    Row("soft_nms_score", 20, "driving", "Score after soft-NMS"),
    Row("stereo_depth", 20, "driving", "Depth from disparity"),
    Row("infonce", 21, "unlabelled", "InfoNCE loss of an anchor"),
    Row("vae_kl", 21, "unlabelled", "KL divergence of a VAE's posterior"),
    Row("simclr_negatives", 21, "unlabelled", "Negatives of an anchor in SimCLR"),
    Row("mlm_tokens", 21, "unlabelled", "Tokens masked by BERT"),
    Row("perplexity", 21, "unlabelled", "Perplexity from a mean loss"),
    Row("triplet_loss", 21, "unlabelled", "Triplet loss with a margin"),
    Row("cmapss_score", 22, "maintenance", "C-MAPSS score of a prediction"),
    Row("piecewise_rul", 22, "maintenance", "Capped label of remaining life"),
    Row("conv1d_params", 22, "maintenance", "Parameters of a convolution over time"),
    Row("maintenance_cost", 22, "maintenance", "Cost of false alarms and missed failures"),
    Row("weibull_survival", 22, "maintenance", "Weibull reliability"),
    Row("population_stability", 22, "maintenance", "Population stability index"),
    Row("rul_rmse", 22, "maintenance", "RMSE of remaining life"),
)
_ROWS = {row.name: row for row in PROBLEMS}


def of_question(question: int) -> tuple[Row, ...]:
    """Return the problems of a question, by its number."""
    return tuple(row for row in PROBLEMS if row.question == question)


def find(name: str) -> Row:
    """Return the problem of this name, or the only one whose name begins so.

    Raises:
        BadInput: no problem, or more than one, is called that.
    """
    wanted = name.strip().lower().replace("-", "_")
    if wanted in _ROWS:
        return _ROWS[wanted]
    begun = [row for row in PROBLEMS if wanted and row.name.startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        message = f"{name!r} is the beginning of {', '.join(row.name for row in begun)}"
        raise BadInput(message, _LISTED)
    raise _unknown(name)


def problem(name: str, seed: int) -> Problem:
    """Draw the problem of this exact name with the numbers of a seed.

    Raises:
        BadInput: there is no problem of that name.
    """
    row = _ROWS.get(name)
    if row is None:
        raise _unknown(name)
    generate = getattr(import_module(f"nnquiz.problems.{row.module}"), name)
    return draw(generate, name, row.version, row.question, seed)


def redraw(label: str) -> Problem:
    """Draw a past problem again from the `name@version:seed` that the log kept.

    Raises:
        BadInput: the label is no label, or the problem has changed since.
    """
    name, _, rest = label.partition("@")
    version, _, seed = rest.partition(":")
    try:
        wanted, number = int(version), int(seed)
    except ValueError:
        message = f"{label!r} is not name@version:seed"
        raise BadInput(message) from None
    row = find(name)
    if row.version != wanted:
        message = f"{row.name} is at version {row.version}, not {wanted}"
        raise BadInput(message, f"`nnquiz problem {row.name}` draws new numbers")
    return problem(row.name, number)


def card_seed(card: str, reviews: int) -> int:
    """Return the seed for a card that was reviewed so many times: new numbers at each review."""
    return int(Random(f"{card}#{reviews}").random() * _SEEDS)  # noqa: S311 -- not cryptography


def _unknown(name: str) -> BadInput:
    """Return what to say of a name that no problem has."""
    from difflib import get_close_matches

    within = [known for known in _ROWS if name and name in known]
    close = within or get_close_matches(name, _ROWS, n=1)
    return BadInput(f"no problem {name!r}", f"did you mean {close[0]}?" if close else _LISTED)
