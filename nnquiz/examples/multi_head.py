"""Question 12: multi-head self-attention."""
# ruff: noqa: N803, N806 -- X, Q, K, V and the W are the names that the whole field uses

from typing import Annotated

import numpy as np

from nnquiz.examples.attention import TOKENS, softmax
from nnquiz.examples.example import example
from nnquiz.examples.notation import dot, equals, row
from nnquiz.examples.parameters import Matrix, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# 3 tokens, 4 dimensions. The heads look at different features of them; W_O mixes the heads.
X = np.array([[1.0, 0, 1, 0], [0, 1, 0, 1], [1, 1, 0, 0]])
W_Q = np.array([[2.0, 0, 0, 0], [0, 2, 0, 0], [0, 0, 1, 1], [1, 0, 0, 0]])
W_K = np.array([[1.0, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0, 1], [0, 0, 1, 1]])
W_V = np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
W_O = np.array([[1.0, 0, 1, 0], [0, 1, 0, 1], [1, 0, -1, 0], [0, 1, 0, -1]])

Heads = Annotated[int, Whole(1, 100)]


def split(Z: Array, heads: int) -> Array:
    """Give each head its share of the columns: (n, d) -> (heads, n, d / heads)."""
    n, d = Z.shape
    return Z.reshape(n, heads, d // heads).transpose(1, 0, 2)


@example
def multi_head(
    *,
    X: Matrix = X,
    W_Q: Matrix = W_Q,
    W_K: Matrix = W_K,
    W_V: Matrix = W_V,
    W_O: Matrix = W_O,
    h: Heads = 2,
) -> Working:
    """Multi-head self-attention (Vaswani et al. 2017, section 3.2.2), without biases.

    Projections are x Wᵀ, as PyTorch's weights are laid out; h is the number of heads.
    """
    n, d = X.shape
    for name, W in (("W_Q", W_Q), ("W_K", W_K), ("W_V", W_V), ("W_O", W_O)):
        sizes = f"{W.shape[0]} x {W.shape[1]}"
        require(W.shape == (d, d), f"{name} is {sizes}; with {d} columns of X it is {d} x {d}")
    require(d % h == 0, f"h is {h} and X has {d} columns; the heads share them evenly")

    Q, K, V = (split(X @ W.T, h) for W in (W_Q, W_K, W_V))  # (h, n, d/h)
    scores = Q @ K.transpose(0, 2, 1) / np.sqrt(d // h)  # (h, n, n)
    weights = softmax(scores)
    per_head = weights @ V  # (h, n, d/h)
    concat = per_head.transpose(1, 0, 2).reshape(n, d)
    output = concat @ W_O.T  # (n, d)

    tokens = TOKENS if n == len(TOKENS) else tuple(f"t{i}" for i in range(1, n + 1))
    heads = tuple(f"head {k}" for k in range(1, h + 1))
    parts = [per_head[k] @ W_O[:, columns].T for k, columns in enumerate(_columns(d, h))]
    sizes = np.abs(concat).max() * np.abs(W_O).sum(axis=1).max()
    return Working(
        inputs={"X": X, "W_Q": W_Q, "W_K": W_K, "W_V": W_V, "W_O": W_O},
        steps=(
            *(
                _projection(name, X, W, Z)
                for name, W, Z in (("Q", W_Q, Q), ("K", W_K, K), ("V", W_V, V))
            ),
            Step(
                "scores",
                r"S_k = \frac{Q_k K_k^\top}{\sqrt{d / h}}",
                rf"s_{{1,11}} = \frac{{{dot(Q[0, 0], K[0, 0])}}}{{\sqrt{{{d // h}}}}} "
                f"{equals(scores[0, 0, 0])}",
                scores,
                "Each head compares its own queries with its own keys.",
            ),
            Step(
                "weights",
                r"A_k = \text{softmax}(S_k)",
                rf"a_{{1,1}} = \text{{softmax}}({row(scores[0, 0])}) = {row(weights[0, 0])}",
                weights,
                "One table of weights a head; each of their rows sums to 1.",
            ),
            Step(
                "per_head",
                r"O_k = A_k V_k",
                rf"o_{{1,11}} = {dot(weights[0, 0], V[0, :, 0])} {equals(per_head[0, 0, 0])}",
                per_head,
                "Each head averages its own values.",
            ),
            Step(
                "concat",
                r"O = [O_1, \ldots, O_h]",
                rf"o_1 = {row(concat[0])}",
                concat,
                "Side by side the heads are as wide as the model again.",
            ),
            Step(
                "output",
                r"Y = O W_O^\top",
                rf"y_{{11}} = {dot(concat[0], W_O[0])} {equals(output[0, 0])}",
                output,
                "W_O mixes what the heads have found.",
            ),
        ),
        results={
            "scores": scores,
            "weights": weights,
            "per_head": per_head,
            "concat": concat,
            "output": output,
        },
        axes={
            **dict.fromkeys(("Q", "K", "V", "per_head"), (heads, tokens, ())),
            **dict.fromkeys(("scores", "weights"), (heads, tokens, tokens)),
            **dict.fromkeys(("X", "concat", "output"), (tokens, ())),
        },
        plots=tuple(
            Plot(
                "heatmap",
                f"who looks at whom, {name}",
                "key",
                "query",
                tuple(Series(t, np.arange(n), weights[k, i]) for i, t in enumerate(tokens)),
                x_ticks=tokens,
            )
            for k, name in enumerate(heads)
        ),
        invariants=(
            same("each row of every head's weights sums to 1", weights.sum(axis=-1), 1.0),
            same(
                "the output is a sum over heads, each by its columns of W_O",
                np.sum(parts, axis=0),
                output,
                scale=1 + sizes,
            ),
        ),
        conventions=(
            "The scale is the root of d / h, a head's width; not that of the model.",
            "Four d x d matrices whatever h is: more heads cost no more parameters.",
        ),
        tries=(
            Try(("h=1",), "one head: plain attention with projections"),
            Try(("h=4",), "four heads of one dimension each"),
        ),
    )


def _projection(name: str, X: Array, W: Array, Z: Array) -> Step:
    q, what = name.lower(), {"Q": "ask for", "K": "offer to a query", "V": "pass on"}[name]
    first = rf"{q}_{{1,11}} = {dot(X[0], W[0])} {equals(Z[0, 0, 0])}"
    formula = rf"{name} = X W_{name}^\top = [{name}_1, \ldots, {name}_h]"
    return Step(name, formula, first, Z, f"What the tokens {what}, cut into a slice a head.")


def _columns(d: int, h: int) -> list[slice]:
    width = d // h
    return [slice(k * width, (k + 1) * width) for k in range(h)]
