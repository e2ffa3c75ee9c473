"""Question 16, forecasting with recurrent and causal networks: parameters, a cell, windows."""

import math
from random import Random

from nnquiz.problems.digits import number, significant
from nnquiz.problems.draws import choose, distinct, integer, signed
from nnquiz.problems.problem import Draft, DrawAgain

_SIZES = (8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 96, 100, 128, 200, 256)


def lstm_params(rng: Random) -> Draft:
    """Parameters of one LSTM layer in PyTorch, which has two bias vectors."""
    return _gated_params(rng, "LSTM", 4, (3, "three gates, as in a GRU"))


def gru_params(rng: Random) -> Draft:
    """Parameters of one GRU layer in PyTorch, which has two bias vectors."""
    return _gated_params(rng, "GRU", 3, (4, "four gates, as in an LSTM"))


def _gated_params(rng: Random, layer: str, gates: int, other: tuple[int, str]) -> Draft:
    d, h = distinct(rng, _SIZES, 2)
    gate = h * d + h * h + 2 * h
    return Draft(
        params={"d": d, "h": h},
        text=f"A one-layer {layer} in PyTorch has input size {d} and hidden size {h}. "
        "How many parameters?",
        answer=gates * gate,
        kind="integer",
        steps=(
            f"${gates}(hd + h^2 + 2h)$",
            f"{gates}·({h}·{d} + {h}² + 2·{h}) = {gates * gate}",
        ),
        mistakes=(
            (gates * (gate - h), "one bias vector instead of PyTorch's two"),
            (gates * (gate - 2 * h), "forgot the bias"),
            (gate, "forgot that each gate has weights of its own"),
            (other[0] * gate, other[1]),
            (gates * (h * d + 2 * h), "left out the weights from state to state"),
        ),
    )


def lstm_cell(rng: Random) -> Draft:
    """The new cell state of an LSTM (Gers, Schmidhuber and Cummins 2000, with a forget gate)."""
    f, i, g, c = (signed(rng, 0.1, 2.0) for _ in range(4))
    forget, accept = _sigmoid(f), _sigmoid(i)
    answer = forget * c + accept * math.tanh(g)
    if abs(answer) < 0.05:
        raise DrawAgain
    return Draft(
        params={"f": f, "i": i, "g": g, "c": c},
        text=f"Pre-activations of an LSTM cell: forget gate f = {number(f)}, input gate "
        f"i = {number(i)}, candidate g = {number(g)}; previous cell state {number(c)}. "
        "New cell state?",
        answer=answer,
        steps=(
            r"$c_t = \sigma(f) c_{t-1} + \sigma(i) \tanh(g)$",
            (
                f"{significant(forget)}·{number(c)} + {significant(accept)}·"
                f"{significant(math.tanh(g))} = {significant(answer)}"
            ),
        ),
        mistakes=(
            (accept * c + forget * math.tanh(g), "swapped forget gate and input gate"),
            (forget * c + accept * _sigmoid(g), "sigmoid instead of tanh on the candidate"),
            (forget * c + accept * g, "forgot the tanh of the candidate"),
            (math.tanh(answer), "took tanh of the cell state, on the way to the output"),
            ((1 - accept) * c + accept * math.tanh(g), "coupled the gates, as a GRU does"),
        ),
    )


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def windows(rng: Random) -> Draft:
    """How many training windows fit into a series."""
    n = choose(rng, (96, 120, 144, 168, 180, 192, 240, 336, 365, 500, 720, 730, 1000))
    width, horizon = integer(rng, 10, 48), integer(rng, 2, 12)
    stride = integer(rng, 2, 6)
    span = n - width - horizon
    answer = span // stride + 1
    mistakes: list[tuple[float, str]] = [
        (answer - 1, "forgot the + 1"),
        ((n - width) // stride + 1, "left no room for the target"),
        (span + 1, "ignored the stride"),
        (n // stride, "let windows run over the end"),
    ]
    if span % stride:
        mistakes.insert(1, (span / stride + 1, "did not floor"))
    return Draft(
        params={"n": n, "width": width, "horizon": horizon, "stride": stride},
        text=f"A series of {n} values is cut into samples: {width} values as input, the {horizon} "
        f"after them as target, stride {stride}. How many samples?",
        answer=answer,
        kind="integer",
        steps=(
            r"$\left\lfloor \frac{n - w - h}{s} \right\rfloor + 1$",
            f"floor(({n} - {width} - {horizon})/{stride}) + 1 = {answer}",
        ),
        mistakes=tuple(mistakes),
    )


def causal_padding(rng: Random) -> Draft:
    """Zeros in front of a series so that a dilated convolution sees no future."""
    k, dilation = integer(rng, 2, 9), choose(rng, (2, 4, 8, 16, 32, 64))
    answer = (k - 1) * dilation
    return Draft(
        params={"k": k, "dilation": dilation},
        text=f"A causal 1D convolution with kernel {k} and dilation {dilation} keeps the length "
        "of its input: how many zeros stand in front of the series?",
        answer=answer,
        kind="integer",
        steps=("$(k - 1)d$", f"{k - 1}·{dilation} = {answer}"),
        mistakes=(
            (answer // 2, "padded both sides, which looks into the future"),
            (k - 1, "ignored the dilation"),
            (k * dilation, "k instead of k-1"),
            (answer + 1, "gave the receptive field"),
        ),
    )
