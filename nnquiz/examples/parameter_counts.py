"""Questions 2, 4 and 7: how many parameters a layer or a network has."""

from collections.abc import Mapping
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from nnquiz.examples.example import example
from nnquiz.examples.notation import addition, equals, put
from nnquiz.examples.parameters import Switch, Tensor, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

LARGEST = 100_000  # of a layer: products of these fit into 64 bits
LARGEST_KERNEL = 100

WIDTHS = np.array([784, 256, 128, 10])

Size = Annotated[int, Whole(1, LARGEST, drawn=(8, 512))]
Side = Annotated[int, Whole(1, LARGEST_KERNEL, drawn=(1, 7))]
Parts = Annotated[int, Whole(1, LARGEST)]
Widths = Annotated[Array, Tensor(1, whole=True, low=1, high=LARGEST, drawn=(8, 512))]


@example
def param_count(
    *,
    k: Side = 3,
    c_in: Size = 16,
    c_out: Size = 32,
    groups: Parts = 1,
    n_in: Size = 784,
    n_out: Size = 128,
    bias: Switch = True,
) -> Working:
    """The parameters of a convolution, of a dense layer, and of a depthwise convolution.

    The depthwise one has c_out channels, each with a filter of its own.
    """
    given = f"groups={groups} does not divide c_in={c_in} and c_out={c_out}"
    require(c_in % groups == 0 and c_out % groups == 0, given)

    conv = k * k * (c_in // groups) * c_out + bias * c_out
    dense = n_in * n_out + bias * n_out
    depthwise = k * k * c_out + bias * c_out

    sizes = {"k": k, "C_i": c_in, "C_o": c_out, "g": groups, "n_i": n_in, "n_o": n_out}
    of_conv = _with_bias(r"k \cdot k \cdot \frac{C_i}{g} \cdot C_o", "C_o", bias=bias)
    of_dense = _with_bias(r"n_i \cdot n_o", "n_o", bias=bias)
    of_depthwise = _with_bias(r"k \cdot k \cdot C_o", "C_o", bias=bias)
    return Working(
        inputs={
            "k": k,
            "c_in": c_in,
            "c_out": c_out,
            "groups": groups,
            "n_in": n_in,
            "n_out": n_out,
        },
        steps=(
            _count("conv", of_conv, sizes, conv, "The size of the image is not in it."),
            _count("dense", of_dense, sizes, dense, "It grows with the size of what comes in."),
            _count(
                "depthwise",
                of_depthwise,
                sizes,
                depthwise,
                "One filter for each channel: as many groups as channels.",
            ),
        ),
        results={"conv": conv, "dense": dense, "depthwise": depthwise},
        plots=(_bars("parameters", ("conv", "dense", "depthwise"), [conv, dense, depthwise]),),
        invariants=(
            same(
                "each group is a small convolution of its own",
                groups * (k * k * (c_in // groups) * (c_out // groups)) + bias * c_out,
                conv,
            ),
        ),
        conventions=(
            "i and o stand for in and out; one bias for each channel or unit that is out.",
        ),
        tries=(
            Try(("groups=16",), "grouped: each filter sees one of the 16 channels"),
            Try(("k=1",), "a 1 x 1 convolution is a dense layer at every pixel"),
            Try(("n_in=16384", "n_out=32768"), "what those maps would take densely, at 32 x 32"),
        ),
    )


@example
def capacity_table(*, widths: Widths = WIDTHS, bias: Switch = True) -> Working:
    """The parameters, activations and operations of a multilayer perceptron, layer by layer."""
    require(widths.size > 1, "widths has 1 entry; expected at least an input and an output")
    n_in, n_out = widths[:-1], widths[1:]

    params = n_in * n_out + bias * n_out  # (layers,)
    flops = 2 * n_in * n_out
    total = params.sum()

    layers = tuple(f"{a}-{b}" for a, b in zip(n_in, n_out, strict=True))
    formula = _with_bias(r"n_i \cdot n_o", "n_o", bias=bias)
    sizes = {"n_i": n_in[0], "n_o": n_out[0]}
    return Working(
        inputs={"widths": widths},
        steps=(
            Step(
                "params",
                f"P_l = {formula}",
                f"P_1 = {put(formula, sizes)} = {params[0]}",
                params,
                "Weights and biases of each layer." if bias else "Weights of each layer.",
            ),
            Step(
                "activations",
                "A_l = n_o",
                f"A_1 = {n_out[0]}",
                n_out,
                "What each layer hands on for one example, and keeps for the backward pass.",
            ),
            Step(
                "flops",
                r"F_l = 2 \cdot n_i \cdot n_o",
                rf"F_1 = 2 \cdot {n_in[0]} \cdot {n_out[0]} = {flops[0]}",
                flops,
                "Of the forward pass for one example; backwards it takes about twice as many.",
            ),
            Step(
                "total",
                r"P = \sum_l P_l",
                f"P = {addition(params)} = {total}",
                total,
                f"The largest layer has {params.max() / total:.0%} of all parameters.",
            ),
        ),
        results={
            "params": params,
            "activations": n_out,
            "flops": flops,
            "total": total,
            "total_activations": n_out.sum(),
            "total_flops": flops.sum(),
        },
        axes=dict.fromkeys(("params", "activations", "flops"), (layers,)),
        plots=(_bars("parameters of each layer", layers, params),),
        invariants=(
            same(
                "the biases are the weights of an input that is always 1",
                ((n_in + bias) * n_out).sum(),
                total,
            ),
        ),
        conventions=("A multiplication and an addition are 2 operations; activations are free.",),
        tries=(
            Try(("widths=784,64,64,64,64,64,10",), "deeper and narrower: under a third of it"),
            Try(("widths=784,10",), "logistic regression: all in one layer"),
            Try(("bias=false",), "the biases are a small part"),
        ),
    )


@example
def transformer_block_params(*, d: Parts = 64, heads: Parts = 4, ff: Size = 256) -> Working:
    """The parameters of a transformer block: attention, feedforward network, two layer norms.

    Width d, heads that share it, and ff hidden units, as in PyTorch's `TransformerEncoderLayer`.
    """
    given = f"heads={heads} does not divide d={d}; each head takes an equal share"
    require(d % heads == 0, given)

    attention = 4 * (d * d + d)
    feed_forward = 2 * d * ff + ff + d
    norms = 2 * 2 * d
    total = attention + feed_forward + norms

    sizes = {"d": d, "f": ff}
    parts = ("attention", "feed_forward", "norms")
    return Working(
        inputs={"d": d, "heads": heads, "ff": ff},
        steps=(
            _count(
                "attention",
                r"4 \cdot (d^2 + d)",
                sizes,
                attention,
                f"W_Q, W_K, W_V and W_O with biases; {heads} heads share their {d} columns, "
                f"{d // heads} each, and so do not count.",
            ),
            _count(
                "feed_forward",
                r"2 \cdot d \cdot f + f + d",
                sizes,
                feed_forward,
                "Up to f units and down again, with biases.",
            ),
            _count("norms", r"2 \cdot 2 \cdot d", sizes, norms, "A scale and a shift each, twice."),
            Step(
                "total",
                "P = P_a + P_f + P_n",
                f"P = {addition([attention, feed_forward, norms])} = {total}",
                total,
                "12 d² + 13 d, the usual rule, for ff is 4 d."
                if ff == 4 * d
                else "With ff = 4 d it would be 12 d² + 13 d.",
            ),
        ),
        results={
            "attention": attention,
            "feed_forward": feed_forward,
            "norms": norms,
            "total": total,
        },
        plots=(_bars("parameters", parts, [attention, feed_forward, norms]),),
        invariants=(
            same(
                "a network of 4 d hidden units makes it 12 d² + 13 d",
                total + (4 * d - ff) * (2 * d + 1),
                12 * d * d + 13 * d,
            ),
        ),
        conventions=("Biases everywhere; embeddings and the last layer norm are not in a block.",),
        tries=(
            Try(("d=768", "heads=12", "ff=3072"), "a block of BERT-base: 7.1 million"),
            Try(("d=128", "ff=512"), "twice the width is nearly four times the parameters"),
            Try(("ff=64",), "attention outweighs a small feedforward network"),
        ),
    )


@example
def head_count(
    *,
    f: Size = 2048,
    classes: Size = 10,
    rank: Parts = 4,
) -> Working:
    """What a new head of f features costs, and a low-rank update (LoRA) of as large a matrix.

    LoRA (Hu et al. 2022) learns B A of that rank in place of a change of all weights.
    """
    most = min(f, classes)
    require(rank <= most, f"rank={rank} is more than a matrix of {classes} x {f} has: {most}")

    head = f * classes + classes
    lora = rank * (f + classes)
    share = lora / (f * classes)

    sizes = {"f": f, "c": classes, "r": rank}
    cheaper = "Less than all of its weights." if lora < f * classes else "No saving at this rank."
    return Working(
        inputs={"f": f, "classes": classes, "rank": rank},
        steps=(
            _count(
                "head", r"f \cdot c + c", sizes, head, "All that is learned on a frozen backbone."
            ),
            _count(
                "lora",
                r"r \cdot (f + c)",
                sizes,
                lora,
                "A is r x f and B is c x r, without biases.",
            ),
            Step(
                "share",
                r"s = \frac{P}{f \cdot c}",
                rf"s = \frac{{{lora}}}{{{f} \cdot {classes}}} {equals(share)}",
                share,
                f"{cheaper} It pays where both sides are much larger than the rank.",
            ),
        ),
        results={"head": head, "lora": lora, "share": share},
        plots=(_bars("parameters that learn", ("head", "LoRA"), [head, lora]),),
        invariants=(
            same(
                "A and B have as many entries",
                np.broadcast_to(0, (rank, f)).size + np.broadcast_to(0, (classes, rank)).size,
                lora,
            ),
        ),
        conventions=("The head has biases; LoRA leaves those of its layer as they are.",),
        tries=(
            Try(("classes=1000",), "ImageNet's 1000 classes: two million"),
            Try(("f=768", "classes=768", "rank=8"), "LoRA on a square matrix: 2 % of it"),
            Try(("rank=10",), "at full rank LoRA saves nothing"),
        ),
    )


def _count(name: str, formula: str, sizes: Mapping[str, float], value: int, note: str) -> Step:
    return Step(name, f"P = {formula}", f"P = {put(formula, sizes)} = {value}", value, note)


def _with_bias(weights: str, biases: str, *, bias: bool) -> str:
    return f"{weights} + {biases}" if bias else weights


def _bars(title: str, names: tuple[str, ...], counts: ArrayLike) -> Plot:
    values = np.asarray(counts)
    series = (Series("parameters", np.arange(len(names)), values),)
    return Plot("bar", title, "part", "parameters", series, x_ticks=names)
