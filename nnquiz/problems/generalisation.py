"""Question 15, generalisation: dropout, penalties, early stopping, folds, softened targets."""

from itertools import accumulate
from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimal, decimals, integer, signed
from nnquiz.problems.problem import Draft, DrawAgain


def dropout_scale(rng: Random) -> Draft:
    """What inverted dropout makes of an activation that it keeps."""
    p, x = choose(rng, (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.6, 0.8)), signed(rng, 0.5, 4.0)
    return Draft(
        params={"p": p, "x": x},
        text=f"Inverted dropout with p = {number(p)} (the probability of dropping), in training: "
        f"what becomes of an activation {number(x)} that is kept?",
        answer=x / (1 - p),
        steps=(
            r"$\frac{x}{1 - p}$ keeps the expected value",
            f"{number(x)}/{number(1 - p)} = {significant(x / (1 - p))}",
        ),
        mistakes=(
            (x / p, "p for 1-p"),
            (x, "did not scale"),
            (x * (1 - p), "multiplied by 1-p, as the first dropout did at test time"),
        ),
    )


def kfold_steps(rng: Random) -> Draft:
    """Size of the largest test fold, where the folds cannot be equal."""
    k, n = choose(rng, (3, 4, 5, 6, 7, 8, 10)), integer(rng, 50, 999)
    if n % k == 0:
        raise DrawAgain
    answer = n // k + 1
    mistakes: list[tuple[float, str]] = [
        (n // k, "rounded down: the first folds get one more"),
        (n / k, "did not round"),
        (n - answer, "gave the size of the training part"),
    ]
    if n % k > 1:
        mistakes.append((n // k + n % k, "put the whole remainder into one fold"))
    return Draft(
        params={"n": n, "k": k},
        text=f"{n} samples, {k}-fold cross-validation as scikit-learn splits: "
        "size of the largest test fold?",
        answer=answer,
        kind="integer",
        steps=(
            r"$\lceil n / k \rceil$: the first $n \bmod k$ folds get one sample more",
            f"{n}/{k} = {significant(n / k)}, rounded up: {answer}",
        ),
        mistakes=tuple(mistakes),
    )


def l2_shrink(rng: Random) -> Draft:
    """A step of SGD on a loss with the penalty (λ/2)w²."""
    w, gradient = signed(rng, 1.0, 5.0, 0.5), signed(rng, 0.1, 1.0)
    rate, decay = choose(rng, (0.5, 0.1, 0.05, 0.01)), choose(rng, (0.02, 0.05, 0.1, 0.2))
    slope = gradient + decay * w
    if abs(slope) < 0.02:
        raise DrawAgain
    return Draft(
        params={"w": w, "gradient": gradient, "rate": rate, "decay": decay},
        text=f"SGD with the penalty $(\\lambda/2)w^2$: w = {number(w)}, gradient of the loss "
        f"{number(gradient)}, learning rate {number(rate)}, lambda = {number(decay)}. "
        "By how much does w change?",
        answer=-rate * slope,
        steps=(
            r"$\Delta w = -\eta (g + \lambda w)$",
            (
                f"-{number(rate)}·({number(gradient)} + {number(decay)}·{number(w)}) = "
                f"{number(-rate * slope)}"
            ),
        ),
        mistakes=(
            (rate * slope, "wrong sign"),
            (-rate * gradient, "forgot the penalty"),
            (-rate * (gradient + 2 * decay * w), "forgot the half in the penalty"),
            (-rate * gradient - decay * w, "decayed without the learning rate"),
            (-rate * (gradient + decay / 2 * w**2), "added the penalty, not its gradient"),
        ),
    )


def early_stop_epoch(rng: Random) -> Draft:
    """The epoch kept by early stopping: past a bump that patience survives, before one it does not.

    The curve falls, rises for one epoch less than the patience, falls to the epoch that is kept,
    rises until patience is lost, and would fall lower still.
    """
    first, patience, falls = integer(rng, 3, 40), integer(rng, 2, 3), integer(rng, 2, 4)
    moves = [-decimal(rng, 0.02, 0.08, 0.001) for _ in range(falls)]
    moves += [*decimals(rng, patience - 1, 0.003, 0.012, 0.001), -decimal(rng, 0.03, 0.06, 0.001)]
    moves += [*decimals(rng, patience, 0.003, 0.012, 0.001), -decimal(rng, 0.04, 0.08, 0.001)]
    start = decimal(rng, 0.7, 0.95, 0.001)
    losses = tuple(round(loss, 3) for loss in accumulate(moves, initial=start))
    dip = first + falls
    best = dip + patience
    last = first + len(losses) - 1
    return Draft(
        params={"first": first, "last": last, "losses": losses, "patience": patience},
        text=f"Validation losses of epochs {first} to {last}, after higher ones: {vector(losses)}. "
        f"Training stops after {patience} epochs in a row without a new minimum: which epoch's "
        "weights are restored?",
        answer=best,
        kind="integer",
        steps=(
            f"after the minimum of epoch {dip} there is a lower one before patience runs out",
            f"from {number(losses[best - first])} on, {patience} epochs bring none: epoch {best}",
        ),
        mistakes=(
            (best + patience, "gave the epoch at which training stops"),
            (dip, "stopped at the first rise"),
            (last, "took the lowest loss of all, which training never reaches"),
            (best - first, "counted from the start of the list"),
        ),
    )


def label_smoothed_target(rng: Random) -> Draft:
    """A target of label smoothing over all classes (Szegedy et al. 2016), as in PyTorch."""
    classes, epsilon = integer(rng, 3, 12), choose(rng, (0.05, 0.1, 0.15, 0.2, 0.3))
    share = epsilon / classes
    mistakes: tuple[tuple[float, str], ...]
    if rng.random() < 0.5:
        which, answer = "the right class", 1 - epsilon + share
        formula, before = r"$1 - \epsilon + \frac{\epsilon}{K}$", f"1 - {number(epsilon)} + "
        mistakes = (
            (1 - epsilon, "forgot that the right class gets its share of epsilon"),
            (1 - share, "took away a single share of epsilon"),
            (share, "gave the target of a wrong class"),
        )
    else:
        which, answer, formula, before = "a wrong class", share, r"$\frac{\epsilon}{K}$", ""
        mistakes = (
            (epsilon / (classes - 1), "shared epsilon among the wrong classes alone"),
            (epsilon, "did not share epsilon among the classes"),
            (1 - epsilon + share, "gave the target of the right class"),
        )
    return Draft(
        params={"classes": classes, "epsilon": epsilon, "class": which},
        text=f"Label smoothing with epsilon = {number(epsilon)} over {classes} classes, as in "
        f"PyTorch's cross-entropy: target of {which}?",
        answer=answer,
        steps=(formula, f"{before}{number(epsilon)}/{classes} = {significant(answer)}"),
        mistakes=(*mistakes, (100 * answer, "percent for fraction")),
    )
