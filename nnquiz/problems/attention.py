"""Question 12, attention: weights, outputs, masks, and what they cost."""

import math
from collections.abc import Iterable
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimals, integer, signed
from nnquiz.problems.problem import Draft, DrawAgain

_HEAD_SIZES = (32, 64, 80, 96, 128)
_CONTEXTS = (512, 1024, 2048, 4096, 8192, 16384, 32768)


def attn_two_tokens(rng: Random) -> Draft:
    """Weight that one query gives to the first of two keys."""
    width = integer(rng, 2, 4)
    query, first, second = (tuple(signed(rng, 0.1, 2.0) for _ in range(width)) for _ in range(3))
    scores = (_dot(query, first), _dot(query, second))
    gap = scores[0] - scores[1]
    scaled = tuple(score / math.sqrt(width) for score in scores)
    weight = _sigmoid(gap / math.sqrt(width))
    if not 0.02 < weight < 0.98:
        raise DrawAgain
    return Draft(
        params={"q": query, "k1": first, "k2": second, "d_k": width},
        text=f"q = {vector(query)}, k1 = {vector(first)}, k2 = {vector(second)}, "
        f"$d_k$ = {width}. Attention weight on token 1?",
        answer=weight,
        steps=(
            r"$\operatorname{softmax}(q \cdot k_i / \sqrt{d_k})$",
            (
                f"scores {number(scores[0])} and {number(scores[1])}, over sqrt({width}): "
                f"{significant(scaled[0])} and {significant(scaled[1])}"
            ),
            (
                f"1/(1 + exp({significant(scaled[1])} - {significant(scaled[0])})) = "
                f"{significant(weight)}"
            ),
        ),
        mistakes=(
            (_sigmoid(gap), "forgot the division by sqrt(d_k)"),
            (_sigmoid(gap / width), "divided by d_k instead of its root"),
            (1 - weight, "gave the weight on token 2"),
            (100 * weight, "percent for fraction"),
        ),
    )


def attn_output(rng: Random) -> Draft:
    """Output of attention for one query over three scalar values."""
    scores, values = decimals(rng, 3, -2.0, 2.0), tuple(signed(rng, 0.1, 3.0) for _ in range(3))
    exponentials = [math.exp(score) for score in scores]
    weights = tuple(e / sum(exponentials) for e in exponentials)
    answer = _dot(weights, values)
    if abs(answer) < 0.05 or len(set(scores)) < 3:
        raise DrawAgain
    rounded = ", ".join(significant(weight) for weight in weights)
    products = " + ".join(
        f"{significant(w)}·{number(v)}" for w, v in zip(weights, values, strict=True)
    )
    return Draft(
        params={"scores": scores, "values": values},
        text=f"Scaled scores {vector(scores)}, scalar values {vector(values)}. Attention output?",
        answer=answer,
        steps=(
            rf"weights $\operatorname{{softmax}}(s)$: [{rounded}]",
            f"{products} = {significant(answer)}",
        ),
        mistakes=(
            (_dot(scores, values), "weighted by the scores, without softmax"),
            (_dot(exponentials, values), "forgot to divide by the sum of the exponentials"),
            (sum(values) / 3, "took the plain mean of the values"),
            (values[scores.index(max(scores))], "took the value with the largest score"),
        ),
    )


def mha_params(rng: Random) -> Draft:
    """Parameters of multi-head attention, which do not depend on the number of heads."""
    heads, size = choose(rng, (2, 4, 6, 8, 10, 12, 16, 20, 24, 32)), choose(rng, _HEAD_SIZES)
    d = heads * size
    answer = 4 * (d * d + d)
    return Draft(
        params={"d_model": d, "heads": heads},
        text=f"Multi-head attention with d_model = {d} and {heads} heads, biases on all of its "
        "projections (query, key, value, output): how many parameters?",
        answer=answer,
        kind="integer",
        steps=(
            "the heads share out $d$: $4(d^2 + d)$ for any number of them",
            f"4·({d}² + {d}) = {answer}",
        ),
        mistakes=(
            (4 * d * d, "forgot the bias"),
            (3 * (d * d + d), "forgot the output projection"),
            (heads * answer, "multiplied by the number of heads"),
            (4 * (d * size + size), "counted one head"),
            (d * d + d, "counted one projection"),
        ),
    )


def causal_nonzero(rng: Random) -> Draft:
    """Pairs that a causal mask leaves."""
    n = choose(rng, (*range(5, 41), 48, 50, 64, 100, 128, 256, 512, 1024, 2048))
    answer = n * (n + 1) // 2
    return Draft(
        params={"n": n},
        text=f"Causal mask on {n} tokens: number of allowed query-key pairs?",
        answer=answer,
        kind="integer",
        steps=(
            "each token sees itself and what came before: $n(n + 1)/2$",
            f"{n}·{n + 1}/2 = {answer}",
        ),
        mistakes=(
            (n * (n - 1) // 2, "left out the diagonal"),
            (n * n, "forgot the mask"),
            (n * n / 2, "half the square: the diagonal stays whole"),
        ),
    )


def kv_cache_bytes(rng: Random) -> Draft:
    """Size of the key-value cache of a decoder whose query heads share keys and values."""
    layers, tokens = choose(rng, (12, 16, 22, 24, 28, 32, 36, 40, 48, 80)), choose(rng, _CONTEXTS)
    shared, size = choose(rng, (2, 4, 8)), choose(rng, (64, 128))
    heads, (width, name) = shared * choose(rng, (2, 4, 8)), choose(rng, ((2, "fp16"), (1, "int8")))
    entries = layers * shared * size * tokens
    answer = 2 * entries * width
    mistakes: list[tuple[float, str]] = [
        (answer // 2, "forgot the factor 2 for keys and values"),
        (answer // shared * heads, "counted the query heads"),
        (answer // layers, "counted one layer"),
    ]
    if width > 1:
        mistakes.insert(0, (2 * entries, "numbers for bytes"))
    return Draft(
        params={
            "layers": layers,
            "heads": heads,
            "shared": shared,
            "size": size,
            "format": name,
            "tokens": tokens,
        },
        text=f"A decoder of {layers} layers, each with {heads} query heads and {shared} key-value "
        f"heads of size {size}. Its cache of keys and values is kept in {name}: how many bytes for "
        f"one sequence of {tokens} tokens?",
        answer=answer,
        kind="integer",
        unit="bytes",
        steps=(
            "keys and values, for each layer, key-value head, entry and token",
            f"2·{layers}·{shared}·{size}·{tokens}·{width} = {answer}",
        ),
        mistakes=tuple(mistakes),
    )


def attention_macs(rng: Random) -> Draft:
    """Multiply-accumulates of the two products of self-attention, projections aside."""
    tokens = choose(rng, (128, 197, 256, 512, 577, 1024, 2048, 4096))
    heads, size = choose(rng, (4, 6, 8, 12, 16, 32)), choose(rng, (32, 64, 128))
    d = heads * size
    once = tokens * tokens * d
    return Draft(
        params={"tokens": tokens, "d_model": d, "heads": heads},
        text=f"Self-attention over {tokens} tokens without a mask, d_model = {d} shared out among "
        rf"{heads} heads: multiply-accumulates of $QK^\top$ and of the weighted sum of the values "
        "together?",
        answer=2 * once,
        kind="integer",
        steps=(
            r"$n^2 d$ for $QK^\top$ over all heads, and as much for the weighted sum",
            f"2·{tokens}²·{d} = {2 * once}",
        ),
        mistakes=(
            (once, "counted one of the two products"),
            (4 * once, "counted each multiply-accumulate twice, as FLOPs"),
            (2 * once * heads, "multiplied by the number of heads"),
            (2 * tokens * d * d, "squared the width instead of the length"),
            (2 * once // heads, "counted one head"),
            (4 * tokens * d * d, "counted the projections instead"),
        ),
    )


def _dot(a: Iterable[float], b: Iterable[float]) -> float:
    return sum(first * second for first, second in zip(a, b, strict=True))


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))
