"""Question 12: attention does not see the order of tokens, unless positions are added."""
# ruff: noqa: N803, N806 -- X and P are matrices

from typing import Annotated

import numpy as np

from nnquiz.examples.attention import TOKENS, softmax
from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, operand, row
from nnquiz.examples.parameters import Matrix, Switch, Tensor, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

X = np.array([[1.0, 0, 1, 0], [0, 1, 0, 1], [1, 1, 0, 0]])
ORDER = np.array([3, 1, 2])

Order = Annotated[Array, Tensor(1, whole=True, drawn=None, low=1)]


def self_attention(X: Array) -> Array:
    """Return the attention of the tokens among themselves, with Q = K = V = X."""
    scores = X @ X.T / np.sqrt(X.shape[1])  # (n, n)
    output: Array = softmax(scores) @ X
    return output


def sinusoids(n: int, d: int) -> Array:
    """Return the sinusoidal position codes of Vaswani et al. (2017, section 3.5), (n, d)."""
    position, column = np.arange(n)[:, None], np.arange(d)
    angles = position / 10_000 ** (2 * (column // 2) / d)
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))


@example
def permutation(*, X: Matrix = X, order: Order = ORDER, positions: Switch = True) -> Working:
    """Self-attention is permutation equivariant; adding sinusoidal position codes ends that.

    `order` says which token comes first, second, and so on.
    """
    n, d = X.shape
    every = sorted(order.tolist()) == list(range(1, n + 1))
    require(every, f"order is {','.join(map(str, order))}; it needs each of 1 to {n} once")
    P = np.eye(n)[order - 1]  # (n, n)

    output = self_attention(X)
    of_permuted = self_attention(P @ X)
    permuted = P @ output
    difference = float(np.abs(of_permuted - permuted).max())
    rounding = 1e-12 * (1 + np.abs(output).max())
    shown = 0.0 if difference <= rounding else difference

    tokens = TOKENS if n == len(TOKENS) else tuple(f"t{i}" for i in range(1, n + 1))
    moved = tuple(tokens[i - 1] for i in order)
    coded = _with_positions(X, P) if positions else ()
    return Working(
        inputs={"X": X, "order": order},
        steps=(
            Step(
                "output",
                r"Y = \text{softmax}(\frac{X X^\top}{\sqrt{d}}) X",
                rf"y_1 = {row(output[0])}",
                output,
                "Attention of the tokens among themselves, with Q = K = V = X.",
            ),
            Step(
                "of_permuted",
                r"\text{attn}(P X)",
                rf"\text{{attn}}(P X)_1 = {row(of_permuted[0])}",
                of_permuted,
                "The same tokens in another order.",
            ),
            Step(
                "permuted",
                r"P \cdot \text{attn}(X)",
                rf"y_{{{order[0]}}} = {row(permuted[0])}",
                permuted,
                "The first output with its rows in that order: the same table.",
            ),
            Step(
                "difference",
                r"\max |\text{attn}(P X) - P \cdot \text{attn}(X)|",
                rf"|{number(of_permuted[0, 0])} - {number(permuted[0, 0])}| = 0, "
                r"\quad \text{and so everywhere}",
                shown,
                "It moved with the tokens: their order has told it nothing.",
            ),
            *coded,
        ),
        results={
            "output": output,
            "difference": shown,
            **({"positions": coded[0].value, "broken": coded[-1].value} if coded else {}),
        },
        axes={
            "X": (tokens, ()),
            "output": (tokens, ()),
            **dict.fromkeys(("of_permuted", "permuted"), (moved, ())),
            **({"positions": (tuple(f"t={t}" for t in range(n)), ())} if positions else {}),
        },
        plots=(
            Plot(
                "line",
                "position codes",
                "position",
                "code",
                tuple(
                    Series(f"column {j + 1}", np.arange(n), sinusoids(n, d)[:, j])
                    for j in range(min(d, 4))
                ),
            ),
        )
        if positions
        else (),
        invariants=(
            same(
                "attention of permuted tokens is the permuted attention",
                of_permuted,
                permuted,
                scale=1 + np.abs(output).max(),
            ),
            same("a permutation and its inverse cancel", P.T @ P, np.eye(n)),
        ),
        conventions=(
            "Even columns are sines and odd ones cosines, counted from 0; positions too.",
            "A causal mask breaks the symmetry as well: who comes first sees less.",
        ),
        tries=(
            Try(("positions=false",), "without codes, order stays invisible"),
            Try(("order=2,1,3",), "two tokens change places"),
        ),
    )


def _with_positions(X: Array, P: Array) -> tuple[Step, ...]:
    """Return the steps that add position codes, to what stays in place when tokens move."""
    n, d = X.shape
    last = n - 1
    codes = sinusoids(n, d)
    coded, of_permuted = self_attention(X + codes), self_attention(P @ X + codes)
    difference = float(np.abs(of_permuted - P @ coded).max())
    row_, column = np.unravel_index(np.abs(of_permuted - P @ coded).argmax(), (n, d))
    left, right = of_permuted[row_, column], (P @ coded)[row_, column]
    return (
        Step(
            "positions",
            r"c_{t,2i} = \sin(\frac{t}{10000^{2i/d}}), "
            r"\quad c_{t,2i+1} = \cos(\frac{t}{10000^{2i/d}})",
            rf"c_{{{last}}} = {row(codes[-1])}, \quad t = {last}",
            codes,
            "A code for each position, whichever token stands there.",
        ),
        Step(
            "with positions",
            r"\text{attn}(P X + C)",
            rf"\text{{attn}}(P X + C)_1 = {row(of_permuted[0])}",
            of_permuted,
            "The tokens move, the codes stay.",
        ),
        Step(
            "broken",
            r"\max |\text{attn}(P X + C) - P \cdot \text{attn}(X + C)|",
            rf"|{number(left)} - {operand(right)}| {equals(difference)}",
            difference,
            "No longer 0: now the order makes a difference."
            if difference
            else "Still 0: this order changes nothing.",
        ),
    )
