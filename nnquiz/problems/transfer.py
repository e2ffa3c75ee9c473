"""Question 7, transfer learning: new heads, how much is trained, low rank, rates by layer."""

from random import Random

from nnquiz.problems.digits import number, significant
from nnquiz.problems.draws import choose, decimal, integer
from nnquiz.problems.problem import Draft

_FEATURES = (384, 512, 768, 1024, 1280, 1536, 2048, 2560)  # what known backbones put out
_MILLIONS = (3.5, 5.3, 11.7, 21.8, 25.6, 44.5, 66, 86.6, 110, 125, 304, 340, 355)
_SHAPES = (
    *((384, 384), (512, 512), (768, 768), (1024, 1024), (2048, 2048), (4096, 4096), (5120, 5120)),
    *((768, 3072), (1024, 4096), (4096, 1024), (4096, 11008), (4096, 14336), (5120, 13824)),
)


def head_params(rng: Random) -> Draft:
    """Trainable parameters of a new linear head on a frozen backbone."""
    features = choose(rng, _FEATURES)
    classes = choose(rng, (2, 3, 5, 8, 10, 12, 17, 20, 37, 43, 47, 63, 100, 101, 102, 120, 196))
    weights = features * classes
    answer = weights + classes
    return Draft(
        params={"features": features, "classes": classes},
        text=f"Frozen backbone with {features} features, new linear head with bias for {classes} "
        "classes: how many trainable parameters?",
        answer=answer,
        kind="integer",
        steps=(
            "only the head is trained: $dC + C$",
            f"{features}·{classes} + {classes} = {answer}",
        ),
        mistakes=(
            (weights, "forgot the bias"),
            (weights + features, "one bias a feature instead of a class"),
            (weights + 1, "one bias for the whole head"),
        ),
    )


def trainable_fraction(rng: Random) -> Draft:
    """Share of a model that is trained, in percent."""
    total = choose(rng, _MILLIONS)
    trained = decimal(rng, 0.1, total / 5)
    percent = 100 * trained / total
    mistakes: list[tuple[float, str]] = [
        (percent / 100, "fraction for percent"),
        (100 - percent, "gave the frozen part"),
    ]
    if percent > 4:  # below, the two quotients are hard to tell apart
        mistakes.append((100 * trained / (total - trained), "divided by the frozen part"))
    return Draft(
        params={"total": total, "trained": trained},
        text=f"A model of {number(total)}M parameters, of which {number(trained)}M, in its "
        "top layers, are trained. What percentage is trained?",
        answer=percent,
        unit="%",
        steps=(
            "trained over all, the trained ones included",
            f"100·{number(trained)}/{number(total)} = {significant(percent)}",
        ),
        mistakes=tuple(mistakes),
    )


def lora_params(rng: Random) -> Draft:
    """Trainable parameters of a low-rank update BA of one weight (Hu and others 2022)."""
    rank, (d_out, d_in) = choose(rng, (1, 2, 4, 8, 16, 32, 64)), choose(rng, _SHAPES)
    answer = rank * (d_in + d_out)
    return Draft(
        params={"rank": rank, "d_out": d_out, "d_in": d_in},
        text=f"LoRA of rank {rank} on a {d_out}×{d_in} weight without bias: how many trainable "
        "parameters?",
        answer=answer,
        kind="integer",
        steps=(
            r"$W + BA$ with $B$ of $d_{out} \times r$ and $A$ of $r \times d_{in}$",
            f"{d_out}·{rank} + {rank}·{d_in} = {answer}",
        ),
        mistakes=(
            (rank * d_in, "counted A alone"),
            (rank * d_out, "counted B alone"),
            (d_out * d_in + answer, "counted the frozen weight too"),
            (d_out * d_in, "counted the frozen weight instead"),
            (rank * d_out * d_in, "multiplied the whole weight by the rank"),
        ),
    )


def layerwise_rate(rng: Random) -> Draft:
    """Learning rate of a lower layer when each layer learns more slowly than the one above.

    Howard and Ruder 2018, "Universal Language Model Fine-tuning", section 3.2.
    """
    layers, rate = choose(rng, (4, 6, 8, 12)), choose(rng, (1e-3, 5e-4, 1e-4, 5e-5, 3e-5, 2e-5))
    decay, asked = choose(rng, (0.65, 0.75, 0.8, 0.85, 0.9, 0.95)), integer(rng, 1, layers - 2)
    below = layers - asked
    answer = rate * decay**below
    return Draft(
        params={"layers": layers, "rate": rate, "decay": decay, "asked": asked},
        text=f"Fine-tuning {layers} layers: the last one learns at {number(rate)}, each other one "
        f"at {number(decay)} times the rate of the layer above it. Learning rate of layer {asked}, "
        "counted from 1 at the input?",
        answer=answer,
        steps=(
            r"$\eta_l = \eta_L \gamma^{L - l}$",
            f"{number(rate)}·{number(decay)}^{below} = {significant(answer)}",
        ),
        mistakes=(
            (answer * decay, "one factor too many"),
            (answer / decay, "one factor too few"),
            (rate * decay**asked, "counted from the first layer instead of the last"),
            (rate * decay, "took the factor once for all layers"),
        ),
    )
