"""Question 4, architecture: size, initialisation, and what depth does to gradients."""

import itertools
import math
from random import Random

from nnquiz.problems.digits import number, significant
from nnquiz.problems.draws import choose, decimal, distinct, integer
from nnquiz.problems.problem import Draft


def mlp_params(rng: Random) -> Draft:
    """Weights and biases of a multilayer perceptron."""
    n_in = choose(rng, (20, 30, 64, 100, 200, 300, 784, 1024))
    hidden = distinct(rng, (16, 32, 50, 64, 128, 256, 512), 2)
    sizes = (n_in, *sorted(hidden, reverse=True), choose(rng, (2, 3, 5, 10, 20)))
    pairs = tuple(itertools.pairwise(sizes))
    weights, biases = sum(a * b for a, b in pairs), sum(sizes[1:])
    answer = weights + biases
    return Draft(
        params={"sizes": sizes},
        text=f"A multilayer perceptron {'-'.join(str(size) for size in sizes)} with biases: "
        "how many parameters?",
        answer=answer,
        kind="integer",
        steps=(
            r"$\sum_l (n_{l-1} n_l + n_l)$",
            f"{' + '.join(f'{a}·{b} + {b}' for a, b in pairs)} = {answer}",
        ),
        mistakes=(
            (weights, "forgot the bias"),
            (answer + n_in, "gave the input units biases too"),
            (answer - sizes[2] * sizes[3] - sizes[3], "left out the output layer"),
            (sum(sizes), "counted the units, not the connections"),
        ),
    )


def he_init_std(rng: Random) -> Draft:
    """Standard deviation of He's normal initialisation, for a dense or a convolutional layer.

    He, Zhang, Ren and Sun 2015, "Delving Deep into Rectifiers", equation 10.
    """
    dense = rng.random() < 0.5
    if dense:
        fan_in = choose(rng, (64, 100, 128, 200, 256, 300, 400, 512, 784, 1024, 2048, 4096))
        params, layer = {"fan_in": fan_in}, f"a dense ReLU layer with fan_in = {fan_in}"
    else:
        k, c_in = choose(rng, (3, 5, 7)), choose(rng, (3, 16, 32, 64, 128, 256, 512))
        fan_in = k * k * c_in
        params = {"k": k, "c_in": c_in}
        layer = f"a {k}×{k} convolution on {c_in} channels, with ReLU behind it"
    deviation = math.sqrt(2 / fan_in)
    mistakes: list[tuple[float, str]] = [
        (math.sqrt(1 / fan_in), "left out the factor 2 that makes up for ReLU"),
        (2 / fan_in, "gave the variance instead of the standard deviation"),
        (math.sqrt(2) / fan_in, "took the root of the 2 alone"),
    ]
    if not dense:
        mistakes.insert(0, (math.sqrt(2 / params["c_in"]), "left out the kernel's area"))
        mistakes.insert(1, (math.sqrt(2 / (k * params["c_in"])), "took k instead of k²"))
    return Draft(
        params=params,
        text=f"He-normal initialisation (fan_in) of {layer}: standard deviation of a weight?",
        answer=deviation,
        steps=(
            r"$\sqrt{2 / n_{in}}$",
            (
                f"{'' if dense else f'fan_in = {k}·{k}·{c_in} = {fan_in}; '}"
                f"sqrt(2/{fan_in}) = {significant(deviation)}"
            ),
        ),
        mistakes=tuple(mistakes),
    )


def vanishing_bound(rng: Random) -> Draft:
    """Upper bound on the gradient through a chain of sigmoid units, as a power of ten."""
    depth, weight = integer(rng, 4, 30), decimal(rng, 0.5, 3.0, 0.5)
    answer = depth * math.log10(weight / 4)
    mistakes: list[tuple[float, str]] = [
        (depth * math.log(weight / 4), "ln for log10"),
        (depth * math.log10(weight / 2), "took 1/2 for the largest derivative of the sigmoid"),
        (-answer, "wrong sign"),
    ]
    if weight != 1:
        mistakes.append((depth * math.log10(1 / 4), "left out the weights"))
    return Draft(
        params={"depth": depth, "weight": weight},
        text=f"A chain of {depth} sigmoid units, one behind the other, with every weight "
        f"{number(weight)}: largest possible derivative of the output by the input, as its log10?",
        answer=answer,
        steps=(
            r"$\sigma'(z) \le \frac{1}{4}$, so a layer passes on at most $w/4$",
            f"{depth}·log10({number(weight)}/4) = {significant(answer)}",
        ),
        mistakes=tuple(mistakes),
    )
