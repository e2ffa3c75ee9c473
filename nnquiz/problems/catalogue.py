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
