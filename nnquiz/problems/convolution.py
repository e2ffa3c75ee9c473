"""Question 2, dense against convolutional: parameters, shapes, receptive fields, work."""

import math
from random import Random

from nnquiz.problems.draws import choose, distinct, integer
from nnquiz.problems.problem import Draft, DrawAgain

_CHANNELS = (16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)


def conv_params(rng: Random) -> Draft:
    """Weights and biases of a convolution."""
    k = choose(rng, (3, 5, 7, 11))
    c_in, c_out = distinct(rng, (3, *_CHANNELS), 2)
    weights = k * k * c_in * c_out
    return Draft(
        params={"k": k, "c_in": c_in, "c_out": c_out},
        text=f"Convolution {k}×{k} from {c_in} to {c_out} channels, with bias: "
        "how many parameters?",
        answer=weights + c_out,
        kind="integer",
        steps=(
            r"$k^2 C_{in} C_{out} + C_{out}$",
            f"{k}·{k}·{c_in}·{c_out} + {c_out} = {weights + c_out}",
        ),
        mistakes=(
            (weights, "forgot the bias"),
            (k * k * c_in + c_out, "left out C_out"),
            (weights + c_in, "one bias an input channel instead of an output channel"),
            (k * c_in * c_out + c_out, "took k instead of k²"),
        ),
    )


def fc_params(rng: Random) -> Draft:
    """Weights and biases of a fully connected layer."""
    sizes = (10, 20, 32, 64, 88, 100, 128, 152, 256, 300, 400, 512, 784, 1000, 1024, 2048, 4096)
    n_in, n_out = distinct(rng, sizes, 2)
    answer = n_in * n_out + n_out
    return Draft(
        params={"n_in": n_in, "n_out": n_out},
        text=f"A fully connected layer from {n_in} to {n_out} units, with bias: "
        "how many parameters?",
        answer=answer,
        kind="integer",
        steps=(
            r"$n_{in} n_{out} + n_{out}$",
            f"{n_in}·{n_out} + {n_out} = {answer}",
        ),
        mistakes=(
            (n_in * n_out, "forgot the bias"),
            (n_in * n_out + n_in, "one bias an input instead of an output"),
            (n_in * n_out + 1, "one bias for the whole layer"),
        ),
    )


def conv_output_size(rng: Random) -> Draft:
    """Side length after a convolution with stride, padding and dilation."""
    n = choose(rng, (28, 30, 32, 48, 62, 64, 96, 100, 112, 128, 160, 200, 224, 227, 256, 299))
    k, s = choose(rng, (3, 5, 7, 11)), integer(rng, 2, 4)
    p, d = integer(rng, 1, 3), choose(rng, (1, 1, 2))
    span = n + 2 * p - d * (k - 1) - 1
    answer = span // s + 1
    mistakes: list[tuple[float, str]] = [
        (answer - 1, "forgot the + 1"),
        ((span - 2 * p) // s + 1, "forgot the padding"),
        ((span - p) // s + 1, "padded one side only"),
    ]
    if span % s:
        mistakes.insert(0, (span / s + 1, "did not floor"))
    if d > 1:
        mistakes.insert(0, ((n + 2 * p - k) // s + 1, "ignored the dilation"))
    return Draft(
        params={"n": n, "k": k, "s": s, "p": p, "d": d},
        text=f"Input {n}×{n}, kernel {k}, stride {s}, padding {p}, dilation {d}: "
        "output side length?",
        answer=answer,
        kind="integer",
        steps=(
            r"$\left\lfloor \frac{n + 2p - d(k - 1) - 1}{s} \right\rfloor + 1$",
            f"floor(({n} + {2 * p} - {d}·{k - 1} - 1)/{s}) + 1 = {answer}",
        ),
        mistakes=tuple(mistakes),
    )


def depthwise_separable_params(rng: Random) -> Draft:
    """A depthwise convolution and the pointwise one behind it."""
    k = choose(rng, (3, 5, 7))
    c_in, c_out = distinct(rng, _CHANNELS, 2)
    depthwise, pointwise = k * k * c_in, c_in * c_out
    answer = depthwise + pointwise
    return Draft(
        params={"k": k, "c_in": c_in, "c_out": c_out},
        text=f"A depthwise {k}×{k} convolution on {c_in} channels, then a pointwise one to "
        f"{c_out}, no biases: how many parameters in total?",
        answer=answer,
        kind="integer",
        steps=(
            r"$k^2 C_{in} + C_{in} C_{out}$",
            f"{k * k}·{c_in} + {c_in}·{c_out} = {answer}",
        ),
        mistakes=(
            (depthwise * c_out, "counted an ordinary convolution"),
            (depthwise, "forgot the pointwise convolution"),
            (depthwise + k * k * pointwise, "gave the second convolution the kernel of the first"),
            (k * k * c_out + pointwise, "depthwise on the output channels"),
        ),
    )


def receptive_field(rng: Random) -> Draft:
    """Receptive field of one unit behind a stack of convolutions."""
    depth = integer(rng, 3, 4)
    layers = tuple((choose(rng, (3, 3, 5, 7)), integer(rng, 1, 2)) for _ in range(depth))
    field, jump, early, jumps = 1, 1, 1, []
    for kernel, stride in layers:
        jumps.append(jump)
        field += (kernel - 1) * jump
        jump *= stride
        early += (kernel - 1) * jump
    grown = " + ".join(f"{k - 1}·{j}" for (k, _), j in zip(layers, jumps, strict=True))
    return Draft(
        params={"layers": layers},
        text="A stack of convolutions (kernel, stride) "
        f"{', '.join(str(layer) for layer in layers)}: receptive field of one output unit?",
        answer=field,
        kind="integer",
        steps=(
            r"$r \leftarrow r + (k - 1) j$, then $j \leftarrow j s$, from $r = j = 1$",
            f"1 + {grown} = {field}",
        ),
        mistakes=(
            (1 + sum(kernel - 1 for kernel, _ in layers), "ignored the strides"),
            (sum(kernel for kernel, _ in layers), "added the kernels"),
            (early, "let a layer's own stride widen it"),
        ),
    )


def conv_macs(rng: Random) -> Draft:
    """Multiply-accumulates of a convolution."""
    k, side = choose(rng, (1, 3, 5, 7)), choose(rng, (7, 14, 28, 32, 56, 64, 112))
    c_in, c_out = distinct(rng, _CHANNELS, 2)
    answer = side * side * k * k * c_in * c_out
    mistakes: tuple[tuple[float, str], ...] = (
        (2 * answer, "counted each multiply-accumulate twice, as FLOPs"),
        (answer // c_out, "left out C_out"),
        (answer // (side * side), "counted the parameters, not every place they are used"),
    )
    return Draft(
        params={"k": k, "c_in": c_in, "c_out": c_out, "side": side},
        text=f"A {k}×{k} convolution from {c_in} to {c_out} channels, output {side}×{side}, "
        "no bias: how many multiply-accumulates?",
        answer=answer,
        kind="integer",
        steps=(
            r"$H W k^2 C_{in} C_{out}$",
            f"{side}·{side}·{k}·{k}·{c_in}·{c_out} = {answer}",
        ),
        mistakes=mistakes,
    )


def transposed_conv_output_size(rng: Random) -> Draft:
    """Side length after a transposed convolution, as PyTorch counts it (ConvTranspose2d)."""
    n = choose(rng, (4, 5, 7, 8, 10, 14, 16, 20, 28, 32))
    k, s = integer(rng, 2, 5), integer(rng, 2, 3)
    p, extra = integer(rng, 0, 2), integer(rng, 0, 1)
    if 2 * p >= k:
        raise DrawAgain  # the padding would take away all that the kernel adds
    answer = (n - 1) * s - 2 * p + k + extra
    mistakes: list[tuple[float, str]] = [
        (math.floor((n + 2 * p - k) / s) + 1, "took the formula of the ordinary convolution"),
        (answer + s, "n instead of n - 1"),
    ]
    if p:
        mistakes.append((answer + 4 * p, "added the padding instead of taking it away"))
    if extra:
        mistakes.append((answer - extra, "forgot the output padding"))
    if n * s != answer:
        mistakes.append((n * s, "multiplied by the stride and left it there"))
    return Draft(
        params={"n": n, "k": k, "s": s, "p": p, "output_padding": extra},
        text=f"A transposed convolution on {n}×{n}: kernel {k}, stride {s}, padding {p}, "
        f"output padding {extra}, dilation 1: output side length?",
        answer=answer,
        kind="integer",
        steps=(
            r"$(n - 1)s - 2p + k + p_{out}$",
            f"{n - 1}·{s} - {2 * p} + {k} + {extra} = {answer}",
        ),
        mistakes=tuple(mistakes),
    )
