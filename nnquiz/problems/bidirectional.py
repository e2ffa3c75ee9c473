"""Question 13, bidirectional recurrence: widths and parameters."""

from random import Random

from nnquiz.problems.draws import choose, distinct, integer
from nnquiz.problems.problem import Draft

_SIZES = (16, 20, 24, 32, 48, 50, 64, 96, 100, 128, 200, 256, 300)


def birnn_output_dim(rng: Random) -> Draft:
    """Width of the output of a stacked bidirectional network."""
    cell, layers = choose(rng, ("RNN", "GRU", "LSTM")), integer(rng, 2, 4)
    h = choose(rng, (*_SIZES, 40, 75, 80, 150, 160, 192, 320, 384, 400, 512, 600, 768, 1024))
    return Draft(
        params={"cell": cell, "h": h, "layers": layers},
        text=f"Bidirectional {cell}, hidden size {h}, {layers} layers: output features at each "
        "time step?",
        answer=2 * h,
        kind="integer",
        steps=(
            "forward and backward states of the last layer, concatenated",
            f"2·{h} = {2 * h}",
        ),
        mistakes=(
            (h, "forgot the second direction"),
            (2 * h * layers, "added up the layers"),
            (4 * h, "doubled twice"),
        ),
    )


def bilstm_params(rng: Random) -> Draft:
    """Parameters of one bidirectional LSTM layer in PyTorch, which has two bias vectors."""
    d, h = distinct(rng, _SIZES, 2)
    one = _lstm_params(d, h)
    return Draft(
        params={"d": d, "h": h},
        text=f"A one-layer bidirectional LSTM in PyTorch has input size {d} and hidden size {h}. "
        "How many parameters?",
        answer=2 * one,
        kind="integer",
        steps=(
            r"$2 \cdot 4(hd + h^2 + 2h)$",
            f"2·4·({h}·{d} + {h}² + 2·{h}) = {2 * one}",
        ),
        mistakes=(
            (one, "counted one direction only"),
            (2 * (one - 4 * h), "one bias vector instead of PyTorch's two"),
            (2 * (one - 8 * h), "forgot the bias"),
            (one // 2, "forgot the four gates"),
        ),
    )


def bilstm_two_layer_params(rng: Random) -> Draft:
    """Parameters of two bidirectional LSTM layers: the second takes in both directions."""
    d, h = distinct(rng, _SIZES, 2)
    below, above = 2 * _lstm_params(d, h), 2 * _lstm_params(2 * h, h)
    answer = below + above
    return Draft(
        params={"d": d, "h": h},
        text=f"A two-layer bidirectional LSTM in PyTorch has input size {d} and hidden size {h}. "
        "How many parameters?",
        answer=answer,
        kind="integer",
        steps=(
            "the second layer takes in $2h$ features; two directions, four gates, two biases",
            f"first layer 2·4·({h}·{d} + {h}² + 2·{h}) = {below}",
            f"second layer 2·4·({h}·{2 * h} + {h}² + 2·{h}) = {above}",
            f"{below} + {above} = {answer}",
        ),
        mistakes=(
            (below + 2 * _lstm_params(h, h), "gave the second layer h inputs instead of 2h"),
            (2 * below, "took the second layer for the same as the first"),
            (answer // 2, "counted one direction only"),
            (answer - 16 * h, "one bias vector instead of PyTorch's two"),
        ),
    )


def _lstm_params(d: int, h: int) -> int:
    """Parameters of one direction of one layer: four gates, each with two bias vectors."""
    return 4 * (h * d + h * h + 2 * h)
