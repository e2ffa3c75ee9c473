"""Question 13: a bidirectional recurrent network, and the trap of its last output."""
# ruff: noqa: N803 -- W_ih and W_hh are the names that papers and PyTorch use

from collections.abc import Sequence

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, operand, row
from nnquiz.examples.parameters import Matrix, Vector
from nnquiz.examples.recurrent import check_shapes, times, unroll
from nnquiz.examples.trace import Array, Axes, Names, Plot, Series, Step, Try, Working, same

# Four tokens of two features each; three hidden units a direction.
SEQUENCE = np.array([[1.0, 0], [0, 1], [1, 1], [-1, 0.5]])
W_IH = np.array([[0.5, -0.3], [0.2, 0.4], [-0.6, 0.1]])
W_HH = np.array([[0.4, -0.2, 0.1], [0.3, 0.5, -0.4], [-0.1, 0.2, 0.6]])
B = np.array([0.1, 0.0, -0.1])
W_IH_BACK = np.array([[-0.4, 0.6], [0.3, 0.1], [0.2, -0.5]])
W_HH_BACK = np.array([[0.2, 0.3, -0.1], [-0.4, 0.1, 0.2], [0.1, -0.2, 0.5]])
B_BACK = np.array([0.0, 0.1, 0.1])


def both_ways(
    x: Array, forward: tuple[Array, Array, Array], backward: tuple[Array, Array, Array]
) -> tuple[Array, Array]:
    """Return the states of both directions, (T, h) each, row t belonging to token t.

    Args:
        x: (T, d).
        forward: W_ih (h, d), W_hh (h, h) and b (h,) of the network that reads from the left.
        backward: those of the one that reads from the right.
    """
    start = np.zeros(len(forward[2]))
    left_to_right = unroll(x, start, *forward)[1:]
    right_to_left = unroll(x[::-1], start, *backward)[1:]
    return left_to_right, right_to_left[::-1]


@example
def birnn(
    *,
    x: Matrix = SEQUENCE,
    W_ih: Matrix = W_IH,
    W_hh: Matrix = W_HH,
    b: Vector = B,
    W_ih_back: Matrix = W_IH_BACK,
    W_hh_back: Matrix = W_HH_BACK,
    b_back: Vector = B_BACK,
) -> Working:
    """A bidirectional network (Schuster and Paliwal 1997): two readers, joined at each token.

    The biases b are the sums of PyTorch's two. Both directions start from zero.
    """
    _check(x, (W_ih, W_hh, b), (W_ih_back, W_hh_back, b_back))

    forward, backward = both_ways(x, (W_ih, W_hh, b), (W_ih_back, W_hh_back, b_back))
    outputs = np.concatenate([forward, backward], axis=1)  # (T, 2h)
    h_n = np.stack([forward[-1], backward[0]])  # (2, h)

    swapped = both_ways(x[::-1], (W_ih_back, W_hh_back, b_back), (W_ih, W_hh, b))
    tokens, h = times(len(x)), len(b)
    ahead, back = _units("f", h), _units("r", h)
    places, last = np.arange(len(x)), len(x)
    return Working(
        inputs=_inputs(x, (W_ih, W_hh, b), (W_ih_back, W_hh_back, b_back)),
        steps=(
            Step(
                "forward",
                r"f_t = \tanh(W_{ih} x_t + W_{hh} f_{t-1} + b)",
                rf"f_{{11}} = \tanh({_written(W_ih, x[0], b)}) "
                f"{equals(forward[0, 0])}",
                forward,
                "One reader goes from left to right; f at t has seen tokens 1 to t.",
            ),
            Step(
                "backward",
                r"r_t = \tanh(W^r_{ih} x_t + W^r_{hh} r_{t+1} + b^r)",
                rf"r_{{{last}1}} = \tanh({_written(W_ih_back, x[-1], b_back)}) "
                f"{equals(backward[-1, 0])}",
                backward,
                f"The other starts at t={last}; r at t has seen tokens t to {last}.",
            ),
            Step(
                "outputs",
                r"o_t = [f_t; r_t]",
                rf"o_1 = {row(outputs[0])}",
                outputs,
                "Joined at each token: twice as wide, and aware of both sides.",
            ),
            Step(
                "h_n",
                r"h_n = [f_T; r_1]",
                rf"r_1 = {row(backward[0])}",
                h_n,
                "Each direction's last state: forward at the end, backward at t=1.",
            ),
        ),
        results={"outputs": outputs, "h_n": h_n},
        axes={
            **_axes_of_inputs(tokens, ahead, back),
            "forward": (tokens, ahead),
            "backward": (tokens, back),
            "outputs": (tokens, (*ahead, *back)),
            "h_n": (("forward", "backward"), ()),
        },
        plots=(
            Plot(
                "line",
                "the first unit of each direction",
                "token",
                "h",
                (
                    Series("forward", places, forward[:, 0]),
                    Series("backward", places, backward[:, 0]),
                ),
                x_ticks=tokens,
            ),
        ),
        invariants=(
            same("reading from the other end swaps the directions", swapped[1][::-1], forward),
            same(
                "the first forward state knows the first token only",
                both_ways(x[:1], (W_ih, W_hh, b), (W_ih_back, W_hh_back, b_back))[0],
                forward[:1],
            ),
        ),
        conventions=(
            "PyTorch has two biases a direction; b is their sum.",
            "It needs the whole sequence: what streams or forecasts cannot read backwards.",
        ),
        tries=(
            Try(("x=[[1,0],[0,1],[1,1],[2,-2]]",), "the last token changes every backward state"),
            Try(("x=[[1,0]]",), "one token: both read the same"),
        ),
    )


@example
def birnn_summary_trap(
    *,
    x: Matrix = SEQUENCE,
    W_ih: Matrix = W_IH,
    W_hh: Matrix = W_HH,
    b: Vector = B,
    W_ih_back: Matrix = W_IH_BACK,
    W_hh_back: Matrix = W_HH_BACK,
    b_back: Vector = B_BACK,
) -> Working:
    """The last output of a bidirectional network is no summary: half of it has seen one token."""
    _check(x, (W_ih, W_hh, b), (W_ih_back, W_hh_back, b_back))

    forward, backward = both_ways(x, (W_ih, W_hh, b), (W_ih_back, W_hh_back, b_back))
    trap = np.concatenate([forward[-1], backward[-1]])  # outputs[-1]: (2h,)
    summary = np.concatenate([forward[-1], backward[0]])  # h_n, joined: (2h,)
    difference = trap - summary

    one_token = np.tanh(W_ih_back @ x[-1] + b_back)
    h, largest = len(b), int(np.abs(difference).argmax())
    tokens, last = times(len(x)), len(x)
    ahead, back = _units("f", h), _units("r", h)
    units = (*ahead, *back)
    return Working(
        inputs=_inputs(x, (W_ih, W_hh, b), (W_ih_back, W_hh_back, b_back)),
        steps=(
            Step(
                "outputs",
                r"o_t = [f_t; r_t]",
                rf"o_1 = {row(np.concatenate([forward[0], backward[0]]))}",
                np.concatenate([forward, backward], axis=1),
                "As birnn computes them: f read from the left, r from the right.",
            ),
            Step(
                "trap",
                r"o_T = [f_T; r_T]",
                rf"r_{{{last}1}} = \tanh({_written(W_ih_back, x[-1], b_back)}) "
                f"{equals(trap[h])}",
                trap,
                f"Written out[-1]: its r half is the backward reader's first step, at t={last}.",
            ),
            Step(
                "summary",
                r"s = [f_T; r_1]",
                rf"s = {row(summary)}",
                summary,
                "The right summary takes each direction where it has read everything.",
            ),
            Step(
                "difference",
                r"d_i = o_{Ti} - s_i",
                rf"d_{{{largest + 1}}} = {number(trap[largest])} - {operand(summary[largest])} "
                f"{equals(difference[largest])}",
                difference,
                "The forward halves agree; the backward halves do not."
                if difference.any()
                else "With this input both agree.",
            ),
        ),
        results={"trap": trap, "summary": summary, "difference": difference},
        axes={
            **_axes_of_inputs(tokens, ahead, back),
            "outputs": (tokens, units),
            **dict.fromkeys(("trap", "summary", "difference"), (units,)),
        },
        plots=(
            Plot(
                "bar",
                "out[-1] against the summary",
                "unit",
                "h",
                (
                    Series("out[-1]", np.arange(2 * h), trap),
                    Series("summary", np.arange(2 * h), summary),
                ),
                x_ticks=units,
            ),
        ),
        invariants=(
            same("the forward halves agree", difference[:h], 0.0),
            same("the backward half of out[-1] has seen the last token only", trap[h:], one_token),
        ),
        conventions=(
            "The summary is nn.RNN's second result: torch.cat([h_n[-2], h_n[-1]], dim=-1).",
            "In a padded batch out[-1] is wrong twice: it may be a pad; pack the sequences.",
        ),
        tries=(
            Try(("x=[[9,9],[0,1],[1,1],[-1,0.5]]",), "its r half does not notice the first token"),
            Try(("x=[[1,0]]",), "with one token there is no trap"),
        ),
    )


def _check(
    x: Array, forward: tuple[Array, Array, Array], backward: tuple[Array, Array, Array]
) -> None:
    check_shapes(x, *forward[:2], b=forward[2], b_back=backward[2])
    check_shapes(x, *backward[:2], b_back=backward[2])


def _inputs(x: Array, forward: Sequence[Array], backward: Sequence[Array]) -> dict[str, Array]:
    """Return the inputs of both examples by name."""
    names = ("W_ih", "W_hh", "b")
    named = {"x": x, **dict(zip(names, forward, strict=True))}
    return named | {f"{name}_back": w for name, w in zip(names, backward, strict=True)}


def _axes_of_inputs(tokens: Names, ahead: Names, back: Names) -> dict[str, Axes]:
    """Return the names along their axes: tokens, and the units of each direction."""
    return {
        "x": (tokens, ()),
        **dict.fromkeys(("W_ih", "W_hh"), (ahead, ())),
        **dict.fromkeys(("W_ih_back", "W_hh_back"), (back, ())),
        "b": (ahead,),
        "b_back": (back,),
    }


def _written(weights: Array, x: Array, bias: Array) -> str:
    """Write a first step's sum for the first unit; the state before is zero."""
    return rf"{row(weights[0])} \cdot {row(x)} + {operand(bias[0])}"


def _units(letter: str, count: int) -> tuple[str, ...]:
    return tuple(f"{letter}{i}" for i in range(1, count + 1))
