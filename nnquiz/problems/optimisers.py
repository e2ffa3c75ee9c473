"""Question 5, optimisers: one step of each, their memory, and schedules of the learning rate.

A step is asked as the change of w, never as the new w: rounded, wrong changes give right weights.
"""

import math
from random import Random

from nnquiz.problems.digits import number, significant
from nnquiz.problems.draws import choose, decimal, integer, signed
from nnquiz.problems.problem import Draft, DrawAgain

_BETA1, _BETA2 = 0.9, 0.999  # Kingma and Ba 2015, and PyTorch's defaults
_RATES = (1e-4, 2e-4, 3e-4, 5e-4, 1e-3, 2e-3, 3e-3, 5e-3, 1e-2)
_CHANGE = "By how much does w change?"


def sgd_momentum_step(rng: Random) -> Draft:
    """A step of SGD with momentum as PyTorch takes it: no damping, the rate outside the buffer."""
    gradient, buffer = signed(rng, 0.1, 2.0), signed(rng, 0.1, 2.0)
    rate, momentum = choose(rng, (0.1, 0.05, 0.02, 0.01, 0.001)), choose(rng, (0.9, 0.9, 0.8, 0.95))
    velocity = momentum * buffer + gradient
    if abs(velocity) < 0.05:
        raise DrawAgain
    return Draft(
        params={"gradient": gradient, "buffer": buffer, "rate": rate, "momentum": momentum},
        text=f"PyTorch's SGD with momentum {number(momentum)}: gradient {number(gradient)}, buffer "
        f"{number(buffer)}, learning rate {number(rate)}. {_CHANGE}",
        answer=-rate * velocity,
        steps=(
            r"$v \leftarrow \mu v + g$, $\Delta w = -\eta v$",
            f"v = {number(momentum)}·{number(buffer)} + {number(gradient)} = {number(velocity)}",
            f"-{number(rate)}·{number(velocity)} = {number(-rate * velocity)}",
        ),
        mistakes=(
            (rate * velocity, "wrong sign"),
            (-rate * gradient, "left out the buffer"),
            (
                -rate * (momentum * buffer + (1 - momentum) * gradient),
                "scaled the gradient by 1 - momentum",
            ),
            (-rate * (gradient + momentum * velocity), "took Nesterov's step"),
        ),
    )


def adam_first_step(rng: Random) -> Draft:
    """The first step of Adam, whose size is the learning rate whatever the gradient."""
    gradient, rate = signed(rng, 0.1, 5.0), choose(rng, _RATES)
    answer = -math.copysign(rate, gradient)
    uncorrected = (1 - _BETA1) / math.sqrt(1 - _BETA2)
    return Draft(
        params={"gradient": gradient, "rate": rate, "beta1": _BETA1, "beta2": _BETA2},
        text=f"Adam with betas {number(_BETA1)} and {number(_BETA2)}, first step, gradient "
        f"{number(gradient)}, learning rate {number(rate)}, eps negligible. {_CHANGE}",
        answer=answer,
        steps=(
            r"bias correction: $\hat m = g$, $\hat v = g^2$",
            r"$\Delta w = -\eta \hat m / \sqrt{\hat v} = -\eta g / |g|$",
            f"-{number(rate)}·{number(gradient)}/{number(abs(gradient))} = {number(answer)}",
        ),
        mistakes=(
            (-answer, "wrong sign"),
            (-rate * gradient, "took the step of plain SGD"),
            (answer * uncorrected, "no bias correction"),
            (answer / abs(gradient), "forgot the root of the second moment"),
        ),
    )


def adamw_decay(rng: Random) -> Draft:
    """Decoupled weight decay alone (Loshchilov and Hutter 2019)."""
    w, rate = signed(rng, 0.2, 4.0), choose(rng, _RATES)
    decay = choose(rng, (0.01, 0.02, 0.05, 0.1))
    answer = -rate * decay * w
    return Draft(
        params={"w": w, "rate": rate, "decay": decay},
        text=f"AdamW with zero gradient and zero moments: w = {number(w)}, learning rate "
        f"{number(rate)}, weight decay {number(decay)}. {_CHANGE}",
        answer=answer,
        steps=(
            r"decoupled from the gradient: $\Delta w = -\eta \lambda w$",
            f"-{number(rate)}·{number(decay)}·{number(w)} = {number(answer)}",
        ),
        mistakes=(
            (-answer, "wrong sign"),
            (-decay * w, "forgot the learning rate"),
            (-rate * w, "forgot the weight decay"),
            (
                -math.copysign(rate, w),
                "put the decay into the gradient, where Adam scales it away",
            ),
        ),
    )


def adam_memory(rng: Random) -> Draft:
    """Memory of weights, gradients and Adam's two moments in single precision."""
    millions = choose(rng, _MODEL_SIZES)
    return Draft(
        params={"millions": millions},
        text=f"A model of {millions}M parameters is trained by Adam, all in fp32: MB for weights, "
        "gradients and Adam's state together (1 MB = 1e6 bytes)?",
        answer=16 * millions,
        kind="integer",
        unit="MB",
        steps=(
            "weights, gradients, first and second moments: 4 numbers of 4 bytes a parameter",
            f"{millions}·4·4 = {16 * millions}",
        ),
        mistakes=(
            (8 * millions, "forgot Adam's two moments"),
            (12 * millions, "counted one moment instead of two"),
            (4 * millions, "counted the weights alone"),
            (128 * millions, "bits for bytes"),
        ),
    )


_MODEL_SIZES = (
    *(5, 12, 22, 25, 30, 44, 60, 66, 70, 82, 86, 110, 117, 124, 137, 160, 175, 220, 250, 270),
    *(304, 334, 340, 350, 355, 410, 440, 560, 632, 770, 800, 1000, 1300, 1500, 2700, 2800, 6700),
)


def rmsprop_step(rng: Random) -> Draft:
    """A step of RMSprop, which divides by the root of a running mean of squares."""
    alpha, rate = choose(rng, (0.9, 0.9, 0.95, 0.99)), choose(rng, (0.1, 0.01, 0.005, 0.001))
    gradient, v = signed(rng, 0.5, 4.0), decimal(rng, 0.1, 1.5)
    square = alpha * v + (1 - alpha) * gradient**2
    answer = -rate * gradient / math.sqrt(square)
    return Draft(
        params={"alpha": alpha, "gradient": gradient, "v": v, "rate": rate},
        text=f"RMSprop with alpha {number(alpha)}: gradient {number(gradient)}, mean of squares "
        f"v = {number(v)}, learning rate {number(rate)}, eps negligible. {_CHANGE}",
        answer=answer,
        steps=(
            r"$v \leftarrow \alpha v + (1 - \alpha) g^2$, $\Delta w = -\eta g / \sqrt{v}$",
            (
                f"v = {number(alpha)}·{number(v)} + {number(1 - alpha)}·{number(gradient**2)} = "
                f"{significant(square)}"
            ),
            (
                f"-{number(rate)}·{number(gradient)}/sqrt({significant(square)}) = "
                f"{significant(answer)}"
            ),
        ),
        mistakes=(
            (-answer, "wrong sign"),
            (-rate * gradient / math.sqrt(v), "divided by the old v"),
            (-rate * gradient / square, "forgot the root"),
            (
                -rate * gradient / math.sqrt((1 - alpha) * v + alpha * gradient**2),
                "gave alpha to the new square",
            ),
        ),
    )


def cosine_lr(rng: Random) -> Draft:
    """Learning rate on a cosine schedule without restarts (Loshchilov and Hutter 2017)."""
    peak, total = choose(rng, (0.1, 0.05, 0.01, 1e-3, 5e-4, 3e-4)), choose(rng, (50, 90, 100, 200))
    step = total * integer(rng, 1, 9) // 10
    floor = choose(rng, (0.0, 0.0, peak / 10, peak / 100))
    swing = (1 + math.cos(math.pi * step / total)) / 2
    rate = floor + (peak - floor) * swing
    mistakes = [
        (floor + (peak - floor) * (1 - step / total), "a straight line instead of a cosine"),
        (floor + (peak - floor) * (1 - swing), "ran the schedule backwards"),
        (floor + (peak - floor) * math.cos(math.pi * step / total / 2), "a quarter of a wave"),
    ]
    if floor:
        mistakes.insert(0, (peak * swing, "let it end at 0 instead of the minimum"))
    return Draft(
        params={"peak": peak, "floor": floor, "step": step, "total": total},
        text=f"Cosine learning rate from {number(peak)} to {number(floor)} over {total} epochs, "
        f"without warm-up or restarts: rate at epoch {step}?",
        answer=rate,
        steps=(
            r"$\eta_{min} + \frac{1}{2}(\eta_{max} - \eta_{min})(1 + \cos(\pi t / T))$",
            (
                f"{number(floor)} + {number(peak - floor)}·(1 + cos(pi·{step}/{total}))/2 = "
                f"{significant(rate)}"
            ),
        ),
        mistakes=tuple(mistakes),
    )


def warmup_lr(rng: Random) -> Draft:
    """Learning rate during a linear warm-up."""
    peak, steps = choose(rng, _RATES), choose(rng, (500, 1000, 2000, 4000, 5000, 10000))
    now = steps * integer(rng, 1, 19) // 20
    return Draft(
        params={"peak": peak, "warmup": steps, "step": now},
        text=f"Linear warm-up from 0 to {number(peak)} over {steps} steps: learning rate at step "
        f"{now}?",
        answer=peak * now / steps,
        steps=(
            r"$\eta_{max} t / T$",
            f"{number(peak)}·{now}/{steps} = {number(peak * now / steps)}",
        ),
        mistakes=(
            (peak * (1 - now / steps), "ran the warm-up backwards"),
            (peak * math.sqrt(now / steps), "a square root instead of a straight line"),
            (peak, "gave the rate at the end of the warm-up"),
        ),
    )


def effective_batch(rng: Random) -> Draft:
    """Samples behind one update, with several devices and accumulated gradients."""
    devices, micro = choose(rng, (2, 4, 8, 16)), choose(rng, (1, 2, 3, 4, 6, 8, 12, 16, 24, 32))
    accumulated = choose(rng, (2, 3, 4, 5, 8, 10, 16))
    answer = devices * micro * accumulated
    mistakes: list[tuple[float, str]] = [
        (devices * micro, "forgot the accumulation"),
        (micro * accumulated, "forgot the other GPUs"),
        (devices * (micro + accumulated), "added the accumulation steps"),
    ]
    return Draft(
        params={"devices": devices, "micro": micro, "accumulated": accumulated},
        text=f"{devices} GPUs, {micro} samples a GPU and forward pass, an update after "
        f"{accumulated} accumulated backward passes: effective batch size?",
        answer=answer,
        kind="integer",
        steps=(
            "GPUs times samples a GPU times accumulated passes",
            f"{devices}·{micro}·{accumulated} = {answer}",
        ),
        mistakes=tuple(mistakes),
    )
