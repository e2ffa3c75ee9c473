"""Question 15: k-fold cross-validation."""

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import row
from nnquiz.examples.parameters import Draw, Switch, Whole, require
from nnquiz.examples.trace import Step, Try, Working, same

Cases = Annotated[int, Whole(2, 100, drawn=(6, 15))]
Folds = Annotated[int, Whole(2, 100, drawn=(2, 5))]


@example
def kfold(*, n: Cases = 10, k: Folds = 3, shuffle: Switch = False, draw: Draw = 0) -> Working:
    """Split n cases into k folds, each of which is the validation set once.

    The first n mod k folds have one case more. `draw` seeds the shuffle, and does nothing without
    it.
    """
    require(k <= n, f"k is {k} and n is {n}; each fold needs a case at least")

    order = np.random.default_rng(draw).permutation(n) if shuffle else np.arange(n)
    sizes = np.full(k, n // k)
    sizes[: n % k] += 1
    fold = np.empty(n, dtype=int)
    fold[order] = np.repeat(np.arange(1, k + 1), sizes)  # (n,), the fold of each case
    validation = (fold == np.arange(1, k + 1)[:, None]).astype(int)  # (k, n)

    cases = tuple(str(i) for i in range(n))
    folds = tuple(f"fold {j}" for j in range(1, k + 1))
    first = np.flatnonzero(validation[0])
    starts = np.cumsum([0, *sizes[:-1]])
    return Working(
        inputs={"n": n, "k": k},
        steps=(
            Step(
                "order",
                r"\pi: \text{the cases, shuffled or not}",
                rf"\pi = {row(order)}",
                order,
                "A random order." if shuffle else "As they come.",
            ),
            Step(
                "sizes",
                r"n_j = \lfloor \frac{n}{k} \rfloor + [j \le n \bmod k]",
                rf"\lfloor \frac{{{n}}}{{{k}}} \rfloor = {n // k}, \quad {n} \bmod {k} = {n % k}",
                sizes,
                "As even as can be: the first folds take what is left over.",
            ),
            Step(
                "starts",
                r"b_j = \sum_{i < j} n_i",
                rf"b_{{{k}}} = {starts[-1]}",
                starts,
                "Each fold is a run of the order, from here on.",
            ),
            Step(
                "validation",
                r"v_{ji} = [i \text{ is in fold } j]",
                rf"\text{{fold }} 1: \quad {', '.join(map(str, first))}",
                validation,
                "1 is validation, 0 is training: train k times, on all but one fold.",
            ),
        ),
        results={"order": order, "sizes": sizes, "fold": fold, "validation": validation},
        axes={
            **dict.fromkeys(("sizes", "starts"), (folds,)),
            "validation": (folds, cases),
            "fold": (cases,),
        },
        invariants=(
            same("every case is validated once", validation.sum(axis=0), 1),
            same("the folds have the sizes", validation.sum(axis=1), sizes),
            same("no two sizes differ by more than 1", max(np.ptp(sizes) - 1, 0), 0),
        ),
        conventions=(
            "Cases count from 0 as in scikit-learn, whose KFold does not shuffle either.",
            "Rare classes call for stratified folds, related rows for grouped ones.",
        ),
        tries=(
            Try(("shuffle=true",), "sorted data must be shuffled first"),
            Try(("k=10",), "leave one out"),
        ),
    )
