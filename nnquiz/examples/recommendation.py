"""Question 19: scores of two towers, one step of BPR, and the measures of a ranking."""
# ruff: noqa: N803, N806 -- A and B are matrices, U and V the embeddings they lead to

import math
from typing import Annotated, Literal

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.functions import sigmoid, softplus
from nnquiz.examples.metrics import quotient
from nnquiz.examples.notation import addition, dot, equals, number, operand
from nnquiz.examples.parameters import Matrix, Real, Tensor, Vector, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Three users and five items, each with three features; both towers lead to two dimensions.
USERS = np.array([[1.0, 0, 1], [0, 1, 0], [1, 1, 0]])
ITEMS = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 2], [1, 1, 0], [3, 0, 1]])
USER_TOWER = np.array([[1.0, 0, 0.5], [0, 1, -0.5]])
ITEM_TOWER = np.array([[0.8, 0.1, 0.3], [-0.1, 1, 0]])
USER = np.array([1.0, 0.5])
LIKED, OTHER = np.array([0.5, 1.0]), np.array([1.0, -0.5])
RELEVANCE = np.array([3, 2, 0, 1, 2])

Similarity = Literal["dot", "cosine"]
Gain = Literal["linear", "exponential"]
Count = Annotated[int, Whole(1, 100)]
Rate = Annotated[float, Real(above=0.0)]
Penalty = Annotated[float, Real(0.0, 1e6)]
Relevance = Annotated[Array, Tensor(1, low=0.0, high=10.0, whole=True, drawn=(0, 9))]


@example
def two_tower_score(
    *,
    users: Matrix = USERS,
    items: Matrix = ITEMS,
    A: Matrix = USER_TOWER,
    B: Matrix = ITEM_TOWER,
    similarity: Similarity = "dot",
    k: Count = 2,
) -> Working:
    """Two linear towers, a score for every user and item, and the k best items of each user.

    A maps a user's features to an embedding, B an item's; equal scores keep the order of items.
    """
    _check_tower("A", A, "users", users)
    _check_tower("B", B, "items", items)
    given = f"A has {len(A)} rows and B has {len(B)}; the embeddings must meet in one space"
    require(len(A) == len(B), given)
    n, m = len(users), len(items)
    require(k <= m, f"k is {k} and there are {m} items")

    U, V = users @ A.T, items @ B.T  # (n, d), (m, d)
    products = U @ V.T  # (n, m)
    lengths = np.outer(np.linalg.norm(U, axis=1), np.linalg.norm(V, axis=1))
    if similarity == "cosine":
        require(bool(lengths.all()), "an embedding is 0 everywhere; it has no direction")
    scores = products / lengths if similarity == "cosine" else products
    ranking = np.argsort(-scores, axis=1, kind="stable")  # (n, m)
    top = ranking[:, :k]

    sorted_ = np.take_along_axis(scores, ranking, axis=1)
    places = np.argsort(ranking, axis=1) + 1  # (n, m)
    sizes = np.abs(U) @ np.abs(V).T
    people, things = _numbered("user", n), _numbered("item", m)
    return Working(
        inputs={"users": users, "items": items, "A": A, "B": B},
        steps=(
            Step(
                "U",
                r"u_i = A x_i",
                f"u_{{11}} = {dot(A[0], users[0])} {equals(U[0, 0])}",
                U,
                "The user tower: features and history become a vector.",
            ),
            Step(
                "V",
                r"v_j = B y_j",
                f"v_{{11}} = {dot(B[0], items[0])} {equals(V[0, 0])}",
                V,
                "The item tower never sees the user, so that an index can hold its vectors.",
            ),
            _score(U, V, scores, similarity),
            Step(
                "places",
                r"\text{place}_{ij} = 1 + |\{l : s_{il} > s_{ij}\}|",
                rf"\text{{place}}_{{11}} = {places[0, 0]}",
                places,
                "Where each item stands in each user's list.",
            ),
            Step(
                "top",
                r"\operatorname{top}_k(i) = \text{the } k \text{ highest } s_{ij}",
                rf"\operatorname{{top}}_{k}(1) = {', '.join(str(j + 1) for j in top[0])}",
                top + 1,
                "What is shown, or handed to the ranker: the numbers of the items.",
            ),
        ),
        results={"U": U, "V": V, "scores": scores, "ranking": ranking + 1, "top": top + 1},
        axes={
            "users": (people, ()),
            "items": (things, ()),
            "U": (people, ()),
            "V": (things, ()),
            **dict.fromkeys(("scores", "places"), (people, things)),
            "ranking": (people, _numbered("place ", m)),
            "top": (people, _numbered("place ", k)),
        },
        invariants=(
            same("no score rises along a ranking", np.maximum(np.diff(sorted_), 0), 0.0),
            same(
                "a dot product is at most the product of the lengths",
                np.maximum(np.abs(products) - lengths, 0),
                0.0,
                scale=sizes,
            ),
        ),
        conventions=(
            "Items and places are counted from 1.",
            "Approximate search returns almost these items without scoring all of them.",
        ),
        tries=(
            Try(("similarity=cosine",), "a long vector no longer wins by its length"),
            Try(("k=4",), "a longer list"),
        ),
    )


def _score(U: Array, V: Array, scores: Array, similarity: Similarity) -> Step:
    product = dot(U[0], V[0])
    if similarity == "dot":
        formula, written = r"s_{ij} = u_i \cdot v_j", f"s_{{11}} = {product}"
        note = "Who likes what, as one number; a long item vector is recommended to many."
    else:
        formula = r"s_{ij} = \frac{u_i \cdot v_j}{\lVert u_i \rVert \lVert v_j \rVert}"
        lengths = (float(np.linalg.norm(vector)) for vector in (U[0], V[0]))
        below = r" \cdot ".join(number(length) for length in lengths)
        written = rf"s_{{11}} = \frac{{{product}}}{{{below}}}"
        note = "Only the direction counts, from -1 to 1."
    return Step("scores", formula, f"{written} {equals(scores[0, 0])}", scores, note)


def _check_tower(tower: str, weights: Array, whom: str, features: Array) -> None:
    width, count = weights.shape[1], features.shape[1]
    given = f"{tower} has {width} columns and {whom} has {count}; each feature has its weights"
    require(width == count, given)


@example
def bpr_step(
    *,
    u: Vector = USER,
    i: Vector = LIKED,
    j: Vector = OTHER,
    lr: Rate = 0.1,
    reg: Penalty = 0.01,
) -> Working:
    """One step of Bayesian personalised ranking (Rendle et al. 2009), by gradient descent.

    u is the user's vector, i that of an item they chose, j of one they did not; the penalty is
    half of `reg` times the squared norms.
    """
    given = f"u has {u.size} entries, i has {i.size} and j has {j.size}; all need as many"
    require(u.size == i.size == j.size, given)

    x = u @ (i - j)
    penalty = reg / 2 * (u @ u + i @ i + j @ j)
    loss = softplus(-x) + penalty  # softplus(-x) is -log sigmoid(x)
    pull = sigmoid(-x)
    grad_u = -pull * (i - j) + reg * u
    grad_i = -pull * u + reg * i
    grad_j = pull * u + reg * j
    u_new, i_new, j_new = u - lr * grad_u, i - lr * grad_i, j - lr * grad_j
    x_new = u_new @ (i_new - j_new)

    gradients = np.stack([grad_u, grad_i, grad_j])
    factors = _numbered("", u.size)
    return Working(
        inputs={"u": u, "i": i, "j": j},
        steps=(
            Step(
                "x",
                r"x = u \cdot (i - j)",
                f"x = {dot(u, i - j)} {equals(x)}",
                x,
                "By how much the user prefers i to j, as far as the model knows.",
            ),
            Step(
                "loss",
                r"L = -\log \sigma(x) + \frac{\rho}{2} "
                r"(\lVert u \rVert^2 + \lVert i \rVert^2 + \lVert j \rVert^2)",
                rf"L = -\log \sigma({number(x)}) + {number(penalty)} {equals(loss)}",
                loss,
                "A pair in the right order costs little; ρ (reg) keeps the vectors short.",
            ),
            Step(
                "pull",
                r"\frac{\partial \log \sigma(x)}{\partial x} = \sigma(-x)",
                rf"\sigma({number(-x)}) {equals(pull)}",
                pull,
                "How hard the pair still pulls: 1/2 when undecided, near 0 when in order.",
            ),
            Step(
                "gradients",
                r"g_u = -\sigma(-x) (i - j) + \rho u, \quad g_i = -\sigma(-x) u + \rho i, "
                r"\quad g_j = \sigma(-x) u + \rho j",
                rf"g_{{u1}} = -{number(pull)} \cdot {operand((i - j)[0])} + {number(reg)} \cdot "
                f"{operand(u[0])} {equals(grad_u[0])}",
                gradients,
                "The chosen item is drawn to the user, the other pushed away as hard.",
            ),
            Step(
                "update",
                r"\theta \leftarrow \theta - \eta g_\theta",
                rf"u_1 \leftarrow {number(u[0])} - {number(lr)} \cdot {operand(grad_u[0])} "
                f"{equals(u_new[0])}",
                np.stack([u_new, i_new, j_new]),
                "One step down the slope for all three vectors.",
            ),
            Step(
                "x_new",
                r"x = u \cdot (i - j)",
                f"x = {dot(u_new, i_new - j_new)} {equals(x_new)}",
                x_new,
                "The same pair after the step.",
            ),
        ),
        results={
            "x": x,
            "loss": loss,
            "gradients": gradients,
            "u_new": u_new,
            "i_new": i_new,
            "j_new": j_new,
            "x_new": x_new,
        },
        axes={
            **dict.fromkeys(("u", "i", "j", "u_new", "i_new", "j_new"), (factors,)),
            **dict.fromkeys(("gradients", "update"), (("u", "i", "j"), factors)),
        },
        invariants=(
            same(
                "i and j are pulled apart equally, but for the penalty",
                grad_i + grad_j,
                reg * (i + j),
                scale=np.abs(gradients).max(),
            ),
            same("the pulls of a pair and of its reverse add up to 1", pull + sigmoid(x), 1.0),
        ),
        conventions=(
            "The loss is minimised; the paper maximises its negative.",
            "The penalty has the factor 1/2, so that its gradient is reg times the vector.",
        ),
        tries=(
            Try(("i=1,-0.5", "j=0.5,1"), "a pair in the right order already"),
            Try(("lr=1",), "a larger step"),
            Try(("reg=0",), "no penalty: i and j move as far as each other"),
        ),
    )


@example
def ranking_metrics(*, rel: Relevance = RELEVANCE, k: Count = 3, gain: Gain = "linear") -> Working:
    """Measures of one ranked list, the best-ranked item first.

    NDCG is that of Järvelin and Kekäläinen (2002). An item is relevant when its relevance is not
    0. Without any relevant item all but the gains and the hit are 0/0 and come out as nan.
    """
    n = rel.size
    require(k <= n, f"k is {k} and rel has {n} items")

    gains = 2.0**rel - 1 if gain == "exponential" else rel.astype(float)  # (n,)
    discounts = np.log2(np.arange(2, n + 2))  # (n,)
    terms, best_terms = gains / discounts, np.sort(gains)[::-1] / discounts
    dcg, idcg = terms[:k].sum(), best_terms[:k].sum()
    ndcg = quotient(float(dcg), float(idcg))

    relevant = rel > 0
    found, every = int(relevant[:k].sum()), int(relevant.sum())
    first = int(relevant.argmax()) + 1
    mrr = 1 / first if every else math.nan
    precisions = np.cumsum(relevant) / np.arange(1, n + 1)  # (n,)
    ap = quotient(float(precisions[relevant].sum()), every)

    ranks = tuple(str(rank) for rank in range(1, n + 1))
    kept = list(precisions[relevant])
    numerator = rf"2^{{{rel[0]}}} - 1" if gain == "exponential" else number(rel[0])
    symbol = r"2^{r_i} - 1" if gain == "exponential" else "r_i"
    return Working(
        inputs={"rel": rel},
        steps=(
            Step(
                "terms",
                rf"t_i = \frac{{{symbol}}}{{\log_2(i + 1)}}",
                rf"t_1 = \frac{{{numerator}}}{{\log_2 2}} {equals(terms[0])}",
                terms,
                "What each item is worth where it stands.",
            ),
            Step(
                "dcg",
                r"\text{DCG}_k = \sum_{i \le k} t_i",
                rf"\text{{DCG}}_{{{k}}} = {addition(terms[:k])} {equals(dcg)}",
                dcg,
                f"The worth of the first {k}.",
            ),
            Step(
                "idcg",
                r"\text{IDCG}_k = \max \text{DCG}_k",
                rf"\text{{IDCG}}_{{{k}}} = {addition(best_terms[:k])} {equals(idcg)}",
                idcg,
                "The same for all the items in their best order.",
            ),
            Step(
                "ndcg",
                r"\text{NDCG}_k = \frac{\text{DCG}_k}{\text{IDCG}_k}",
                rf"\text{{NDCG}}_{{{k}}} = \frac{{{number(dcg)}}}{{{number(idcg)}}} {equals(ndcg)}",
                ndcg,
                "1 for the best order; a swap at the top costs most."
                if every
                else "There is nothing relevant, so it is 0/0; scikit-learn puts 0.",
            ),
            Step(
                "mrr",
                r"\text{RR} = \frac{1}{\min \{i : r_i > 0\}}",
                rf"\text{{RR}} = \frac{{1}}{{{first}}} {equals(mrr)}"
                if every
                else r"\text{RR} = \text{undefined}",
                mrr,
                "One over the rank of the first relevant item; its mean over many lists is MRR.",
            ),
            _share("precision", "k", (found, k, k), f"The relevant share of the first {k}."),
            _share("recall", "R", (found, every, k), "The share of all relevant items among them."),
            Step(
                "hit_rate",
                r"\text{HR}_k = \begin{cases} 1 & R_k > 0 \\ 0 & R_k = 0 \end{cases}",
                rf"\text{{HR}}_{{{k}}} = {int(found > 0)}",
                int(found > 0),
                "Whether anything relevant is among them; over many lists, how often.",
            ),
            Step(
                "ap",
                r"\text{AP} = \frac{1}{R} \sum_{i \,:\, r_i > 0} P_i",
                rf"\text{{AP}} = \frac{{{addition(kept)}}}{{{every}}} {equals(ap)}"
                if every
                else r"\text{AP} = \text{undefined}",
                ap,
                "The precision at each relevant item, averaged over the whole list.",
            ),
        ),
        results={
            "dcg": dcg,
            "idcg": idcg,
            "ndcg": ndcg,
            "mrr": mrr,
            "precision": found / k,
            "recall": quotient(found, every),
            "hit_rate": int(found > 0),
            "ap": ap,
        },
        axes=dict.fromkeys(("rel", "terms"), (ranks,)),
        plots=(
            Plot(
                "bar",
                "worth by rank",
                "rank",
                "worth",
                (
                    Series("this order", np.arange(n), terms),
                    Series("best order", np.arange(n), best_terms),
                ),
                x_ticks=ranks,
            ),
        ),
        invariants=(
            same("no order is worth more than the best", max(dcg - idcg, 0.0), 0.0, scale=idcg),
            same(
                "AP is the area of precision over recall, step by step",
                (precisions * np.diff(np.cumsum(relevant) / max(every, 1), prepend=0)).sum(),
                ap if every else 0.0,
            ),
        ),
        conventions=(
            "linear gain: r, as in scikit-learn; exponential: 2^r - 1, as in many papers.",
            "The best order is that of the items listed; those never ranked are not known here.",
        ),
        tries=(
            Try(("gain=exponential",), "the very relevant count for much more"),
            Try(("rel=0,2,3,1,2",), "a useless item on top"),
            Try(("k=1",), "only the first place"),
        ),
    )


def _share(name: str, of: str, counts: tuple[int, int, int], note: str) -> Step:
    """Return the step of a share: relevant items among the first k, of how many, and k."""
    (found, all_, k), title = counts, rf"\text{{{name}}}"
    value = quotient(found, all_)
    return Step(
        name,
        rf"{title}_k = \frac{{R_k}}{{{of}}}",
        rf"{title}_{{{k}}} = \frac{{{found}}}{{{all_}}} {equals(value)}",
        value,
        note,
    )


def _numbered(name: str, count: int) -> tuple[str, ...]:
    return tuple(f"{name}{i}" for i in range(1, count + 1))
