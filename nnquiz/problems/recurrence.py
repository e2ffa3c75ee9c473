"""Question 6, recurrent networks: two steps, parameters, and gradients through time."""

import math
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimal, distinct, integer, signed
from nnquiz.problems.problem import Draft, DrawAgain


def rnn_two_steps(rng: Random) -> Draft:
    """Second state of a scalar recurrent network."""
    w_x, w_h = decimal(rng, 0.2, 1.2), decimal(rng, 0.2, 1.2)
    x = (signed(rng, 0.3, 1.5), signed(rng, 0.3, 1.5))
    first = math.tanh(w_x * x[0])
    total = w_x * x[1] + w_h * first
    second = math.tanh(total)
    if abs(second) < 0.02:
        raise DrawAgain
    return Draft(
        params={"w_x": w_x, "w_h": w_h, "x": x},
        text=rf"Scalar RNN $h_t = \tanh({number(w_x)} x_t + {number(w_h)} h_{{t-1}})$ with "
        f"$h_0 = 0$ and x = {vector(x)}. What is $h_2$?",
        answer=second,
        steps=(
            rf"$h_1 = \tanh({number(w_x)} \cdot {number(x[0])}) = {significant(first)}$",
            (
                f"h2 = tanh({number(w_x)}·{number(x[1])} + {number(w_h)}·{significant(first)}) = "
                f"tanh({significant(total)}) = {significant(second)}"
            ),
        ),
        mistakes=(
            (math.tanh(w_x * x[1]), "forgot the state before"),
            (total, "forgot the last tanh"),
            (math.tanh(w_x * (x[1] + w_h * x[0])), "forgot the tanh of the first step"),
            (first, "stopped at the first step"),
        ),
    )


def rnn_params(rng: Random) -> Draft:
    """Parameters of one recurrent layer in PyTorch, which has two bias vectors."""
    d, h = distinct(rng, (10, 16, 20, 24, 32, 40, 48, 50, 64, 100, 128, 200, 256, 300, 512), 2)
    weights = h * d + h * h
    answer = weights + 2 * h
    return Draft(
        params={"d": d, "h": h},
        text=f"A vanilla RNN in PyTorch (two bias vectors), input size {d}, hidden size {h}, one "
        "layer: how many parameters?",
        answer=answer,
        kind="integer",
        steps=(
            "$hd + h^2 + 2h$",
            f"{h}·{d} + {h}² + 2·{h} = {answer}",
        ),
        mistakes=(
            (weights + h, "one bias vector instead of PyTorch's two"),
            (weights, "forgot the bias"),
            (h * d + 2 * h, "forgot the recurrent weights"),
            (4 * answer, "counted the four gates of an LSTM"),
        ),
    )


def bptt_factor(rng: Random) -> Draft:
    """Size of the gradient through a linear recurrence: one weight, raised to the steps."""
    size = choose(rng, (0.8, 0.85, 0.9, 0.94, 0.96, 1.03, 1.04, 1.05, 1.06, 1.08, 1.1, 1.15, 1.2))
    w = size if rng.random() < 0.7 else -size
    steps = integer(rng, 5, 50)
    answer = size**steps
    mistakes: list[tuple[float, str]] = [
        (size ** (steps - 1), "one factor too few"),
        (size ** (steps + 1), "one factor too many"),
        (size * steps, "multiplied by T instead of raising to it"),
    ]
    if w < 0 and steps % 2:
        mistakes.insert(0, (-answer, "forgot the absolute value"))
    return Draft(
        params={"w": w, "T": steps},
        text=rf"Linear RNN $h_t = {number(w)} \, h_{{t-1}}$: absolute value of "
        rf"$\partial h_T / \partial h_0$ for T = {steps}?",
        answer=answer,
        steps=(
            r"$|\partial h_T / \partial h_0| = |w|^T$",
            f"{number(size)}^{steps} = {significant(answer)}",
        ),
        mistakes=tuple(mistakes),
    )


def gradient_clipping(rng: Random) -> Draft:
    """A component of a gradient whose norm is clipped.

    Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural networks".
    """
    gradient = (signed(rng, 1, 9, 0.5), signed(rng, 1, 9, 0.5))
    limit = choose(rng, (0.25, 0.5, 1.0, 1.0, 2.0, 5.0))
    norm = math.hypot(*gradient)
    if norm < 1.1 * limit:
        raise DrawAgain  # nothing to clip
    answer = gradient[0] * limit / norm
    by_value = max(-limit, min(limit, gradient[0]))
    l1_norm = sum(abs(component) for component in gradient)
    return Draft(
        params={"gradient": gradient, "limit": limit},
        text=f"The gradient {vector(gradient)} is clipped to an L2 norm of at most "
        f"{number(limit)}. Its first component afterwards?",
        answer=answer,
        steps=(
            r"$g \leftarrow g \cdot c / \|g\|$ where $\|g\| > c$",
            (
                f"norm sqrt({number(gradient[0] ** 2)} + {number(gradient[1] ** 2)}) = "
                f"{significant(norm)}"
            ),
            f"{number(gradient[0])}·{number(limit)}/{significant(norm)} = {significant(answer)}",
        ),
        mistakes=(
            (by_value, "clipped the component, not the norm"),
            (gradient[0] / norm * limit / norm, "divided by the square of the norm"),
            (gradient[0] * limit / l1_norm, "took the L1 norm"),
            (gradient[0], "left it as it was"),
        ),
    )
