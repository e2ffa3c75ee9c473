"""Question 12: scaled dot-product attention."""
# ruff: noqa: N803 -- Q, K and V are the names that the whole field uses

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import dot, equals, number, operand, row, total
from nnquiz.examples.parameters import Mask, Matrix, Names, Switch, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# 3 tokens, 4 dimensions. The first query likes all keys alike; the values' last column, all ones,
# comes out as ones again because the weights sum to 1.
QUERIES = np.array([[1.0, 1, 1, 1], [0, 2, 0, 1], [1, 0, 1, 0]])
KEYS = np.array([[1.0, 0, 1, 0], [0, 1, 0, 1], [1, 1, 0, 0]])
VALUES = np.array([[1.0, 2, 0, 1], [0, 1, 3, 1], [4, 0, 1, 1]])
NO_PADDING = np.array([], dtype=int)
TOKENS = ("the", "cat", "sat")


def softmax(scores: Array) -> Array:
    """Turn each row of scores into weights that sum to 1; a score of -inf gets weight 0."""
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))  # the shift changes nothing
    weights: Array = exp / exp.sum(axis=-1, keepdims=True)
    return weights


def mask_of(shape: tuple[int, int], *, causal: bool, pad: Array) -> Array:
    """Return what is added to the scores: 0 where a query may look, -inf where it may not.

    Args:
        shape: (queries, keys).
        causal: query i may look at keys 1 to i only.
        pad: (keys,), 1 where a key is padding; empty where none is.
    """
    hidden = np.zeros(shape, dtype=bool)
    if causal:
        hidden |= np.triu(np.ones(shape, dtype=bool), k=1)
    if pad.size:
        hidden |= pad.astype(bool)
    return np.where(hidden, -np.inf, 0.0)


@example
def attention(
    *,
    Q: Matrix = QUERIES,
    K: Matrix = KEYS,
    V: Matrix = VALUES,
    scale: Switch = True,
    causal: Switch = False,
    pad: Mask = NO_PADDING,
    tokens: Names = TOKENS,
) -> Working:
    """Scaled dot-product attention, equation 1 of Vaswani et al. (2017), with masks.

    `pad` marks the keys that are padding with 1; `tokens` names the keys.
    """
    _check_shapes(Q, K, V, pad)
    n, d = Q.shape
    mask = mask_of((n, len(K)), causal=causal, pad=pad)
    hidden = np.isneginf(mask)
    require(
        not hidden.all(axis=1).any(), "a query has no key left to look at; show it one at least"
    )

    products = Q @ K.T  # (n, m)
    scores = products / np.sqrt(d) + mask if scale else products + mask
    weights = softmax(scores)
    output = weights @ V  # (n, d_v)

    keys = _names(tokens, len(K))
    queries = keys if n == len(K) else tuple(f"q{i}" for i in range(1, n + 1))
    grid = (queries, keys)
    masked = bool(causal or pad.any())
    score_steps = _score_steps(Q, K, products, mask, scores, scale=scale, masked=masked)
    return Working(
        inputs={"Q": Q, "K": K, "V": V},
        steps=(
            *score_steps,
            Step(
                "weights",
                r"w_{ij} = \frac{e^{s_{ij}}}{\sum_k e^{s_{ik}}}",
                _softmax_written(scores, weights),
                weights,
                "The softmax makes each row positive and lets it sum to 1.",
            ),
            Step(
                "output",
                r"o_i = \sum_j w_{ij} v_j",
                _mix_written(weights, V),
                output,
                "Each output is an average of the value rows, by its row of weights.",
            ),
        ),
        results={"scores": scores, "weights": weights, "output": output},
        axes={
            "Q": (queries, ()),
            "K": (keys, ()),
            "V": (keys, ()),
            **({"mask": grid} if masked else {}),
            **dict.fromkeys(("products", "scores", "weights"), grid),
            "output": (queries, ()),
        },
        plots=(_heatmap(weights, queries, keys),),
        invariants=(
            same("each row of the weights sums to 1", weights.sum(axis=1), 1.0),
            same("hidden keys get no weight", np.where(hidden, weights, 0.0), 0.0),
            same(
                "a constant added to a row of scores changes nothing",
                softmax(scores + 3),
                weights,
                scale=np.abs(products).max(),
            ),
        ),
        conventions=(
            "Row i belongs to query i and column j to key j; many heads do this side by side.",
            "A mask is added before the softmax: zeroing weights afterwards breaks the sum of 1.",
        ),
        tries=(
            Try(("causal=true",), "no token sees a later one"),
            Try(("scale=false",), "larger scores, a sharper softmax"),
            Try(("pad=0,0,1",), "a padded key is ignored"),
        ),
    )


def _check_shapes(Q: Array, K: Array, V: Array, pad: Array) -> None:
    m, dim_q, dim_k = len(K), Q.shape[1], K.shape[1]
    require(dim_q == dim_k, f"Q has {dim_q} columns and K has {dim_k}; a dot product needs as many")
    require(m == len(V), f"K has {m} rows and V has {len(V)}; keys and values come in pairs")
    require(pad.size in {0, m}, f"pad has {pad.size} entries and K has {m} rows; each key has one")


def _names(tokens: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Return the tokens, or numbered ones where the default does not fit."""
    if len(tokens) == count:
        return tokens
    given = f"tokens has {len(tokens)} names and K has {count} rows; each key has one"
    require(tokens == TOKENS, given)
    return tuple(f"t{i}" for i in range(1, count + 1))


def _score_steps(
    Q: Array, K: Array, products: Array, mask: Array, scores: Array, *, scale: bool, masked: bool
) -> tuple[Step, ...]:
    """Return the steps up to the scores, each worked out for the last query and the first key."""
    n, d = Q.shape
    q_dot_k, product = r"q_i \cdot k_j", number(products[-1, 0])
    formula = rf"\frac{{{q_dot_k}}}{{\sqrt{{d_k}}}}" if scale else q_dot_k
    numbers = rf"\frac{{{product}}}{{\sqrt{{{d}}}}}" if scale else product
    if masked:
        formula, numbers = f"{formula} + m_{{ij}}", f"{numbers} + {operand(mask[-1, 0])}"
    steps = (
        Step(
            "products",
            rf"(QK^\top)_{{ij}} = {q_dot_k}",
            rf"q_{{{n}}} \cdot k_1 = {dot(Q[-1], K[0])} {equals(products[-1, 0])}",
            products,
            "How well each query (row) matches each key (column).",
        ),
        Step(
            "mask",
            r"m_{ij} = \begin{cases} -\infty & \text{hidden} \\ 0 & \text{visible} \end{cases}",
            rf"m_{{{n}1}} = {number(mask[-1, 0])}",
            mask,
            "What a query may not see gets minus infinity, which the softmax turns into 0.",
        ),
        Step(
            "scores",
            f"s_{{ij}} = {formula}",
            f"s_{{{n}1}} = {numbers} {equals(scores[-1, 0])}",
            scores,
            "The root keeps their variance from growing with the dimension."
            if scale
            else "Unscaled, they grow with the dimension and the softmax saturates.",
        ),
    )
    return steps if masked else (steps[0], steps[2])


def _softmax_written(scores: Array, weights: Array) -> str:
    """Write the softmax of the last row for its first entry."""
    first, below = f"e^{{{number(scores[-1, 0])}}}", (f"e^{{{number(s)}}}" for s in scores[-1])
    left = f"w_{{{len(scores)}1}}"
    return rf"{left} = \frac{{{first}}}{{{total(below)}}} {equals(weights[-1, 0])}"


def _mix_written(weights: Array, V: Array) -> str:
    """Write the last output as an average of the value rows."""
    terms = (f"{number(w)} {row(v)}" for w, v in zip(weights[-1], V, strict=True))
    return rf"o_{{{len(weights)}}} = {total(terms)}"


def _heatmap(weights: Array, queries: tuple[str, ...], keys: tuple[str, ...]) -> Plot:
    places = np.arange(len(keys))
    rows = tuple(Series(name, places, row_) for name, row_ in zip(queries, weights, strict=True))
    return Plot("heatmap", "who looks at whom", "key", "query", rows, x_ticks=keys)
