"""Question 11, catastrophic forgetting: elastic weight consolidation, and measures of loss."""

from random import Random

from nnquiz.problems.digits import number, significant, vector
from nnquiz.problems.draws import choose, decimal, decimals, signed
from nnquiz.problems.problem import Draft, DrawAgain


def ewc_penalty(rng: Random) -> Draft:
    """Penalty of elastic weight consolidation (Kirkpatrick and others 2017, equation 3)."""
    strength = choose(rng, (0.5, 1.0, 2.0, 5.0, 10.0, 40.0, 100.0))
    fisher = decimals(rng, 3, 0.1, 3.0)
    old = tuple(signed(rng, 0.1, 2.0) for _ in fisher)
    new = tuple(signed(rng, 0.1, 2.0) for _ in fisher)
    moved = tuple(a - b for a, b in zip(new, old, strict=True))
    springs = sum(f * m * m for f, m in zip(fisher, moved, strict=True))
    answer = strength / 2 * springs
    if answer < 0.05:
        raise DrawAgain
    mistakes: list[tuple[float, str]] = [
        (strength * springs, "forgot the half"),
        (strength / 2 * sum(m * m for m in moved), "left out the Fisher information"),
        (
            strength / 2 * sum(f * abs(m) for f, m in zip(fisher, moved, strict=True)),
            "forgot the square",
        ),
    ]
    if strength != 1:
        mistakes.append((springs / 2, "forgot lambda"))
    written = " + ".join(
        f"{number(f)}·{significant(m * m)}" for f, m in zip(fisher, moved, strict=True)
    )
    return Draft(
        params={"strength": strength, "fisher": fisher, "new": new, "old": old},
        text=rf"EWC as first published: $\lambda$ = {number(strength)}, F = {vector(fisher)}, "
        rf"$\theta$ = {vector(new)}, $\theta^*$ = {vector(old)}. Penalty?",
        answer=answer,
        steps=(
            r"$\frac{\lambda}{2} \sum_i F_i \cdot (\theta_i - \theta^*_i)^2$",
            f"moved by {vector(moved)}",
            f"{number(strength)}/2·({written}) = {significant(answer)}",
        ),
        mistakes=tuple(mistakes),
    )


def ewc_scalar_min(rng: Random) -> Draft:
    """Where the loss of task B and the spring to task A's solution balance."""
    theta_a, theta_b = signed(rng, 0.2, 3.0), signed(rng, 0.2, 3.0)
    fisher, strength = decimal(rng, 0.2, 4.0), choose(rng, (0.5, 2.0, 3.0, 4.0, 5.0, 8.0, 10.0))
    spring = strength * fisher
    answer = (theta_b + spring * theta_a) / (1 + spring)
    if abs(theta_a - theta_b) < 0.3 or abs(answer) < 0.05:
        raise DrawAgain
    return Draft(
        params={"theta_b": theta_b, "theta_a": theta_a, "fisher": fisher, "strength": strength},
        text=rf"Task B has the loss $\frac{{1}}{{2}}(\theta - \theta_B)^2$, EWC adds "
        rf"$\frac{{\lambda}}{{2}} F \cdot (\theta - \theta_A)^2$: $\theta_B$ = {number(theta_b)}, "
        rf"$\theta_A$ = {number(theta_a)}, F = {number(fisher)}, $\lambda$ = {number(strength)}. "
        r"Which $\theta$ minimises the sum?",
        answer=answer,
        steps=(
            r"$(\theta - \theta_B) + \lambda F \cdot (\theta - \theta_A) = 0$",
            r"$\theta = \frac{\theta_B + \lambda F \theta_A}{1 + \lambda F}$",
            (
                f"({number(theta_b)} + {number(spring)}·{number(theta_a)})/(1 + {number(spring)}) "
                f"= {significant(answer)}"
            ),
        ),
        mistakes=(
            ((theta_a + spring * theta_b) / (1 + spring), "swapped the two tasks"),
            ((theta_b + strength * theta_a) / (1 + strength), "left out the Fisher information"),
            ((theta_b + fisher * theta_a) / (1 + fisher), "forgot lambda"),
            ((theta_a + theta_b) / 2, "took the plain mean"),
        ),
    )


def forgetting(rng: Random) -> Draft:
    """Accuracy on an old task that a new one cost."""
    before, after = decimal(rng, 70, 97), decimal(rng, 20, 85)
    lost = before - after
    if lost < 2:
        raise DrawAgain
    return Draft(
        params={"before": before, "after": after},
        text=f"Accuracy on task A was {number(before)}% after learning A and {number(after)}% "
        "after learning B. Forgetting of A, in points?",
        answer=lost,
        unit="points",
        steps=(
            "accuracy on A before learning B, minus accuracy after it",
            f"{number(before)} - {number(after)} = {number(lost)}",
        ),
        mistakes=(
            (-lost, "wrong sign: this is the backward transfer"),
            (100 * lost / before, "gave the relative loss"),
            (lost / 100, "fraction for points"),
            (100 - after, "compared with a perfect accuracy"),
        ),
    )


def backward_transfer(rng: Random) -> Draft:
    """Mean change on the earlier of three tasks (Lopez-Paz and Ranzato 2017)."""
    learned = decimals(rng, 3, 80, 97, 0.5)
    final = (decimal(rng, 40, 92, 0.5), decimal(rng, 55, 94, 0.5), learned[2])
    changes = [after - before for after, before in zip(final, learned, strict=True)][:2]
    answer = sum(changes) / 2
    if abs(answer) < 1:
        raise DrawAgain
    return Draft(
        params={"learned": learned, "final": final},
        text="Three tasks learned one after the other. Accuracy in percent on each right after "
        f"learning it {vector(learned)}, on each at the end {vector(final)}. Backward transfer, "
        "in points?",
        answer=answer,
        unit="points",
        steps=(
            r"$\frac{1}{T - 1} \sum_{j=1}^{T-1} (a_{T,j} - a_{j,j})$: the last task does not count",
            f"({number(changes[0])} + {number(changes[1])})/2 = {number(answer)}",
        ),
        mistakes=(
            (-answer, "wrong sign: negative transfer is forgetting"),
            (sum(changes) / 3, "divided by all tasks, the last one too"),
            (sum(changes), "forgot to divide by T-1"),
            (sum(final) / 3, "gave the average accuracy"),
            (answer / 100, "fraction for points"),
        ),
    )
