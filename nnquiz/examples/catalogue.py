"""The catalogue of worked examples: known by name without importing one, and so without numpy."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from nnquiz.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nnquiz.examples.example import Example


class Entry(NamedTuple):
    """One row: the example `name`, with hyphens for the underscores of its function.

    Attributes:
        name: what `nnquiz run-example` calls it.
        module: the module of `nnquiz.examples` that it lives in.
        question: the number of the question it belongs to.
        idea: the idea in a line.
    """

    name: str
    module: str
    question: int
    idea: str


ENTRIES = (
    Entry("neuron", "neuron", 1, "Weigh the inputs, add a bias, bend the sum."),
    Entry("neuron-gradient", "neuron_gradient", 1, "Multiply slopes back along the chain."),
    Entry("xor", "xor", 1, "One line cannot part XOR; two layers can."),
    Entry("dense", "dense", 2, "Weigh every feature for every output."),
    Entry("conv2d", "convolution", 2, "Slide shared filters over an image."),
    Entry("param-count", "parameter_counts", 2, "Count what a layer has to learn."),
    Entry("conv-as-dense", "convolution", 2, "A dense layer of zeros and shared weights."),
    Entry("batchnorm-train", "batch_norm", 3, "Normalise each feature over the batch."),
    Entry("batchnorm-eval", "batch_norm", 3, "Normalise with running statistics, row by row."),
    Entry(
        "batchnorm-backward", "batch_norm_backward", 3, "Send a gradient back through the batch."
    ),
    Entry("batchnorm-fold", "batch_norm_fold", 3, "Melt the normalisation into the layer before."),
    Entry("norm-axes", "normalisation", 3, "What batch, layer, instance and group norm average."),
    Entry("capacity-table", "parameter_counts", 4, "Count a perceptron layer by layer."),
    Entry("depth-gradient", "depth", 4, "Multiply slopes through the layers, and watch."),
    Entry("linear-collapse", "depth", 4, "Without an activation, three layers are one."),
    Entry("transformer-block-params", "parameter_counts", 4, "Count a transformer block."),
    Entry("optimizer-race", "optimiser_race", 5, "Send eight optimisers down one bowl."),
    Entry("adam-vs-adamw", "decoupled_decay", 5, "Decay inside the moments, or past them."),
    Entry("grad-clip", "clipping", 5, "Shorten a gradient and keep its direction."),
    Entry("rnn-unroll", "recurrent", 6, "Apply the same weights at every step, state by state."),
    Entry("bptt-jacobian", "recurrent", 6, "Multiply the slopes of every step, back to the first."),
    Entry("order-matters", "recurrent", 6, "Add words up, or read them in turn: who bit whom."),
    Entry("linear-probe", "transfer", 7, "Fit a head to features that stay as they are."),
    Entry("freeze-mask", "transfer", 7, "Take a step in some layers and not in others."),
    Entry("head-count", "parameter_counts", 7, "Count a new head, and a low-rank update."),
    Entry("confusion", "metrics", 8, "Cut the scores at a threshold and count the errors."),
    Entry("roc-auc", "metrics", 8, "Judge a ranking over all thresholds at once."),
    Entry("regression-metrics", "metrics", 8, "Sum up residuals as MSE, MAE and R²."),
    Entry("average-precision", "average_precision", 8, "Weigh precision by the recall it adds."),
    Entry("calibration-ece", "calibration", 8, "Compare promises with outcomes, bin by bin."),
    Entry("averaging", "multiclass", 8, "Ask each class alike, or each case."),
    Entry("equivariance", "translation", 9, "Shift and convolve, in either order."),
    Entry("invariance", "translation", 9, "Pool the whole map, and the place is forgotten."),
    Entry("aliasing", "aliasing", 9, "A stride sees another signal after one step."),
    Entry("scalers", "scaling", 10, "Subtract a centre, divide by a spread."),
    Entry("conditioning", "scaling", 10, "Unscaled features make a long, narrow bowl."),
    Entry("leakage", "scaling", 10, "Scale by the training data, never by the test data."),
    Entry("ewc-quadratic", "forgetting", 11, "Springs hold the weights that the old task needs."),
    Entry("fisher-diag", "forgetting", 11, "Average squared gradients, over the right labels."),
    Entry("forgetting-matrix", "forgetting", 11, "Sum up a sequence of tasks in three numbers."),
    Entry("attention", "attention", 12, "Score each key, softmax the scores, average the values."),
    Entry("multi-head", "multi_head", 12, "Several narrow attentions side by side, then mixed."),
    Entry("why-sqrt-dk", "attention_scale", 12, "Scores grow with d; its root tames them."),
    Entry("permutation", "positions", 12, "Attention sees no order until positions are added."),
    Entry("birnn", "bidirectional", 13, "Read from both ends, join the states at each token."),
    Entry("birnn-summary-trap", "bidirectional", 13, "Why the last output is no summary."),
    Entry("pad-mask-pack", "padding", 14, "Pad to a grid, mask it, or pack it away."),
    Entry("masked-softmax", "padding", 14, "Mask before the softmax, not after."),
    Entry("masked-loss", "cross_entropy", 14, "Average the loss over real positions only."),
    Entry("kfold", "cross_validation", 15, "Let every case be validated once."),
    Entry("bias-variance", "bias_variance", 15, "Fit a noisy sine too little, well, and too much."),
    Entry("dropout", "regularisation", 15, "Drop units at random, scale the rest."),
    Entry("label-smoothing", "cross_entropy", 15, "Give every class a little of each target."),
    Entry("weight-decay", "regularisation", 15, "Keep a share of each weight at every step."),
    Entry("early-stopping", "regularisation", 15, "Stop when patience ends, restore the best."),
    Entry("lstm-cell", "gated", 16, "Gates decide what to write, keep and show."),
    Entry("gru-cell", "gated", 16, "Two gates share one state between old and new."),
    Entry("windowing", "forecasting", 16, "Cut a series into windows and split it by time."),
    Entry("forecast-metrics", "forecasting", 16, "Hold a forecast against the seasonal naive one."),
    Entry("linear-ae", "anomaly", 17, "Squeeze data through a plane, and rebuild them."),
    Entry("anomaly-score", "anomaly", 17, "Flag what is rebuilt badly, and what that misses."),
    Entry("gram-style-loss", "style", 18, "Compare which channels fire together."),
    Entry("gan-losses", "adversarial", 18, "Five games, and the gradient each one passes on."),
    Entry("optimal-discriminator", "adversarial", 18, "The best D turns the game into a JSD."),
    Entry("frechet", "generation", 18, "The distance behind FID, from two Gaussians."),
    Entry("cycle-loss", "generation", 18, "There and back again should change nothing."),
    Entry("two-tower-score", "recommendation", 19, "Embed both sides, take dots, keep the best."),
    Entry("bpr-step", "recommendation", 19, "Pull the chosen item closer, push the other away."),
    Entry("ranking-metrics", "recommendation", 19, "NDCG, MRR, recall and AP of one ranked list."),
    Entry("iou-nms", "suppression", 20, "Measure overlaps, keep the best box of each crowd."),
    Entry("map", "detection", 20, "Match boxes to objects, average the precision."),
    Entry("dice-iou", "segmentation", 20, "Judge a mask by its pixels, and train on it."),
    Entry("sensor-fusion", "fusion", 20, "Weigh each sensor by how certain it is."),
    Entry("nt-xent", "contrastive", 21, "Find the other view of the same image."),
    Entry("vae-elbo", "variational", 21, "Rebuild well, and stay close to the prior."),
    Entry("deep-clustering", "clustering", 21, "Train on sharpened assignments of one's own."),
    Entry("masked-lm", "masked_language", 21, "Guess hidden words, and pay for those alone."),
    Entry("conv1d", "temporal", 22, "Slide shared filters along the sensors' time."),
    Entry("rul-labels", "maintenance", 22, "Count down to failure, from a cap."),
    Entry("cmapss-score", "maintenance", 22, "Make late predictions dearer than early ones."),
    Entry("weibull", "maintenance", 22, "Survival, hazard, and survival given the age."),
    Entry("cost-threshold", "maintenance", 22, "Raise the alarm where it costs least."),
)

ALIASES = {
    "batchnorm": ("batchnorm-train",),
    "metrics": ("confusion", "roc-auc", "regression-metrics"),
}

# The ids of the 22 questions, so that `run-example batch-norm` needs no bank.
QUESTIONS = {
    "neuron": 1,
    "dense-vs-conv": 2,
    "batch-norm": 3,
    "architecture": 4,
    "optimizers": 5,
    "rnn-or-feedforward": 6,
    "transfer-learning": 7,
    "metrics": 8,
    "translation-invariance": 9,
    "data-normalization": 10,
    "catastrophic-forgetting": 11,
    "attention": 12,
    "bidirectional-rnn": 13,
    "variable-length": 14,
    "generalization": 15,
    "forecasting": 16,
    "anomaly-detection": 17,
    "gans": 18,
    "recommender": 19,
    "self-driving": 20,
    "unsupervised": 21,
    "predictive-maintenance": 22,
}

_HINT = "`nnquiz examples` lists them"


def resolve(name: str) -> tuple[Entry, ...]:
    """Return the examples that `name` means, in the catalogue's order.

    An example's exact name comes first, then an alias, a question's number (all its examples) or
    id, then an unambiguous beginning of any of these but a number.

    >>> [entry.name for entry in resolve("metrics")]
    ['confusion', 'roc-auc', 'regression-metrics']
    >>> [entry.name for entry in resolve("att")]
    ['attention']

    Raises:
        BadInput: nothing has that name, several have that beginning, or the question has no
            example yet.
    """
    wanted = _normal(name)
    meanings = _meanings()
    if wanted in meanings:
        return meanings[wanted]
    if wanted.isdecimal() or wanted in QUESTIONS:
        return of_question(wanted)
    begun = [known for known in meanings if wanted and known.startswith(wanted)]
    if len({meanings[known] for known in begun}) == 1:
        return meanings[begun[0]]
    if begun:
        several = f"{name!r} is the beginning of {', '.join(begun)}"
        raise BadInput(several, _HINT)
    raise _unknown("worked example", name, meanings)


def of_question(name: str) -> tuple[Entry, ...]:
    """Return the examples of a question that is given by its number or id.

    Raises:
        BadInput: there is no such question, or it has no example yet.
    """
    wanted = _normal(name)
    if not wanted.isdecimal() and wanted not in QUESTIONS:
        raise _unknown("question", name, QUESTIONS)
    # No number of a question has more digits than fit into an int of any kind.
    number = QUESTIONS[wanted] if wanted in QUESTIONS else int(wanted[:9])
    last = max(QUESTIONS.values())
    if not 1 <= number <= last:
        unknown = f"no question {number}; there are 1 to {last}"
        raise BadInput(unknown, _HINT)
    entries = tuple(entry for entry in ENTRIES if entry.question == number)
    if not entries:
        none_yet = f"question {number} has no worked example yet"
        raise BadInput(none_yet, _HINT)
    return entries


def names() -> tuple[str, ...]:
    """Return every name that `resolve` knows, examples first: what a shell may complete."""
    return tuple(_meanings())


def load(entry: Entry) -> Example:
    """Import an example, and numpy with it."""
    module = import_module(f"nnquiz.examples.{entry.module}")
    found: Example = getattr(module, entry.name.replace("-", "_"))
    return found


def did_you_mean(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return "did you mean ...?" for the known name nearest to `name`, or nothing.

    `cutoff` is how alike they must be, from 0 to 1.
    """
    from difflib import get_close_matches  # only a mistake pays for its import

    close = get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return f"did you mean {close[0]}?" if close else ""


def _normal(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def _unknown(what: str, name: str, known: Iterable[str]) -> BadInput:
    return BadInput(f"no {what} {name!r}", did_you_mean(_normal(name), known) or _HINT)


def _meanings() -> dict[str, tuple[Entry, ...]]:
    """Return what each name means; the earlier kinds of names win over the later ones."""
    entries = {entry.name: entry for entry in ENTRIES}
    meanings: dict[str, tuple[Entry, ...]] = {name: (entry,) for name, entry in entries.items()}
    for alias, members in ALIASES.items():
        meanings.setdefault(alias, tuple(entries[member] for member in members))
    for id_, number in QUESTIONS.items():
        of_it = tuple(entry for entry in ENTRIES if entry.question == number)
        if of_it:
            meanings.setdefault(id_, of_it)
    return meanings
