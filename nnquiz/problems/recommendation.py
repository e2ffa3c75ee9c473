"""Question 19, recommenders: losses, sizes, and measures of a ranking."""

import math
from collections.abc import Sequence
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimal, distinct, integer, shuffled
from nnquiz.problems.problem import Draft, DrawAgain


def ndcg3(rng: Random) -> Draft:
    """NDCG of the first three of a ranking, with linear gain (Järvelin and Kekäläinen 2002)."""
    ranked = distinct(rng, range(6), 4)
    ideal = tuple(sorted(ranked, reverse=True))
    if ranked[:3] == ideal[:3]:
        raise DrawAgain
    gain, best = _dcg(ranked), _dcg(ideal)
    answer = gain / best
    a, b, c = ranked[:3]
    mistakes: list[tuple[float, str]] = [
        (gain, "gave DCG: did not divide by the ideal one"),
        (
            _dcg([2**rel - 1 for rel in ranked]) / _dcg([2**rel - 1 for rel in ideal]),
            "exponential gain instead of linear",
        ),
        ((a + b + c) / sum(ideal[:3]), "did not discount the lower ranks"),
        ((a + b / 2 + c / 3) / (ideal[0] + ideal[1] / 2 + ideal[2] / 3), "discounted by the rank"),
    ]
    if ranked[3] != ideal[3]:
        top = sorted(ranked[:3], reverse=True)
        mistakes.append((gain / _dcg(top), "took the ideal order of the top 3 alone"))
    return Draft(
        params={"ranked": ranked},
        text=f"Relevances of all four items, in ranked order: {vector(ranked)}. "
        "NDCG@3 with linear gain?",
        answer=answer,
        steps=(
            r"$\sum_i \frac{rel_i}{\log_2(i + 1)}$, divided by that of the ideal order",
            f"DCG = {a} + {b}/log2(3) + {c}/2 = {significant(gain)}",
            f"ideal: {ideal[0]} + {ideal[1]}/log2(3) + {ideal[2]}/2 = {significant(best)}",
            f"{significant(gain)}/{significant(best)} = {significant(answer)}",
        ),
        mistakes=tuple(mistakes),
    )


def _dcg(relevances: Sequence[int]) -> float:
    return sum(rel / math.log2(rank + 2) for rank, rel in enumerate(relevances[:3]))


def bpr(rng: Random) -> Draft:
    """Bayesian personalised ranking: the loss of one pair (Rendle et al. 2009)."""
    positive, negative = decimal(rng, -1.0, 3.0), decimal(rng, -1.0, 3.0)
    difference = positive - negative
    if abs(difference) < 0.05:
        raise DrawAgain
    answer = math.log1p(math.exp(-difference))
    return Draft(
        params={"positive": positive, "negative": negative},
        text=f"Score of the positive item {number(positive)}, of the negative item "
        f"{number(negative)}. BPR loss, in nats?",
        answer=answer,
        steps=(
            r"$-\ln \sigma(s^+ - s^-) = \ln(1 + e^{s^- - s^+})$",
            f"ln(1 + exp({number(-difference)})) = {significant(answer)}",
        ),
        mistakes=(
            (math.log1p(math.exp(difference)), "swapped positive and negative"),
            (math.exp(-answer), "gave the probability, not its log"),
            (answer / math.log(10), "log10 for ln"),
            (math.log1p(math.exp(-positive)), "left out the negative item"),
            (max(0.0, 1 - difference), "took the hinge loss"),
        ),
    )


def embedding_params(rng: Random) -> Draft:
    """Parameters of the embedding tables of users and items."""
    users, items = 1000 * integer(rng, 5, 200), 1000 * integer(rng, 1, 60)
    dim = choose(rng, (16, 32, 64, 128, 256))
    answer = (users + items) * dim
    return Draft(
        params={"users": users, "items": items, "dim": dim},
        text=f"{users} users, {items} items, embeddings of dimension {dim}, no biases: "
        "how many embedding parameters?",
        answer=answer,
        kind="integer",
        steps=("$(U + I)d$", f"({users} + {items})·{dim} = {answer}"),
        mistakes=(
            (users * dim, "left out the items"),
            (users * items, "counted the matrix that is factorised"),
            (users * items * dim, "multiplied users by items"),
            (answer + users + items, "added biases"),
        ),
    )


def recall_at_k(rng: Random) -> Draft:
    """Share of a user's relevant items that the top k brings."""
    k, relevant = choose(rng, (5, 10, 20)), integer(rng, 3, 30)
    hits = integer(rng, 1, min(k, relevant) - 1)
    answer = hits / relevant
    return Draft(
        params={"k": k, "relevant": relevant, "hits": hits},
        text=f"A user has {relevant} relevant held-out items, {hits} of them in the top {k}. "
        f"Recall@{k}?",
        answer=answer,
        steps=(
            "hits in the top k, divided by all relevant items",
            f"{hits}/{relevant} = {significant(answer)}",
        ),
        mistakes=(
            (hits / k, "precision instead of recall"),
            (1 - answer, "gave the share that is missed"),
            (2 * hits / (relevant + k), "F1 instead of recall"),
            (100 * answer, "percent for fraction"),
        ),
    )


def map_at_k(rng: Random) -> Draft:
    """Mean average precision of two users' top five."""
    tops = tuple(shuffled(rng, (1,) * hits + (0,) * (5 - hits)) for hits in (2, integer(rng, 1, 3)))
    relevant = tuple(sum(top) + integer(rng, 0, 2) for top in tops)
    if all(sum(top) == count for top, count in zip(tops, relevant, strict=True)):
        raise DrawAgain
    sums = [sum(_precisions_at_hits(top)) for top in tops]
    averages = [total / min(5, count) for total, count in zip(sums, relevant, strict=True)]
    answer = sum(averages) / 2
    return Draft(
        params={"tops": tops, "relevant": relevant},
        text=f"The top 5 of two users, 1 for a relevant item: {vector(tops[0])} and "
        f"{vector(tops[1])}; they have {relevant[0]} and {relevant[1]} relevant items in all. "
        "MAP@5, average precision divided by min(5, relevant items)?",
        answer=answer,
        steps=(
            r"for each user $\frac{1}{\min(5, R)} \sum_i P_i$ with the precision $P_i$ at each hit",
            *(
                f"user {user}: {significant(total)}/{min(5, count)} = {significant(average)}"
                for user, total, count, average in zip(
                    (1, 2), sums, relevant, averages, strict=True
                )
            ),
            f"({significant(averages[0])} + {significant(averages[1])})/2 = {significant(answer)}",
        ),
        mistakes=(
            (
                sum(total / sum(top) for total, top in zip(sums, tops, strict=True)) / 2,
                "divided by the hits, not by the relevant items",
            ),
            (sum(sum(top) for top in tops) / 10, "took precision@5"),
            (sum(1 / (top.index(1) + 1) for top in tops) / 2, "took the reciprocal rank"),
            (sum(sums) / 10, "divided by 5 for every user"),
            (100 * answer, "percent for fraction"),
        ),
    )


def _precisions_at_hits(top: tuple[int, ...]) -> list[float]:
    return [sum(top[: rank + 1]) / (rank + 1) for rank, hit in enumerate(top) if hit]
