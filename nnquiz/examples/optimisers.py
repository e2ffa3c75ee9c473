"""Question 5: eight optimisers, as `torch.optim` takes their steps."""

from typing import Literal, NamedTuple

import numpy as np

from nnquiz.examples.trace import Array

EPS = 1e-8  # PyTorch's default for RMSprop and Adam
EPS_ADAGRAD = 1e-10  # and for Adagrad

Optimiser = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adam-l2", "adamw"]


class Settings(NamedTuple):
    """The hyperparameters of all optimisers; each reads its own."""

    lr: float
    momentum: float = 0.9
    alpha: float = 0.99
    beta1: float = 0.9
    beta2: float = 0.999
    wd: float = 0.0


class State(NamedTuple):
    """The weights p, the running gradient m and the running squared gradient v."""

    p: Array
    m: Array
    v: Array


def advance(optimiser: Optimiser, state: State, g: Array, t: int, settings: Settings) -> State:
    """Take step t, the first being 1, as `torch.optim` does with gradient g.

    Sources: Polyak 1964 (momentum), Sutskever et al. 2013 (Nesterov), Duchi et al. 2011 (Adagrad),
    Tieleman and Hinton 2012 (RMSprop), Kingma and Ba 2015 (Adam), Loshchilov and Hutter 2019
    (AdamW).
    """
    lr, momentum, alpha, beta1, beta2, wd = settings
    p, m, v = state
    if optimiser == "adam-l2":
        g = g + wd * p  # the penalty goes through both moments
    if optimiser == "adamw":
        p = p * (1 - lr * wd)  # the decay goes past them

    if optimiser == "sgd":
        move = g
    elif optimiser in {"momentum", "nesterov"}:
        m = momentum * m + g
        move = m if optimiser == "momentum" else g + momentum * m
    elif optimiser == "adagrad":
        v = v + g**2
        move = g / (np.sqrt(v) + EPS_ADAGRAD)
    elif optimiser == "rmsprop":
        v = alpha * v + (1 - alpha) * g**2
        move = g / (np.sqrt(v) + EPS)
    else:
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        move = m_hat / (np.sqrt(v_hat) + EPS)
    return State(p - lr * move, m, v)


def descend(
    optimiser: Optimiser, start: Array, curvature: Array, steps: int, settings: Settings
) -> tuple[State, ...]:
    """Run down a bowl with these curvatures; return the state after 0, 1, 2, ... steps."""
    states = [State(start, np.zeros_like(start), np.zeros_like(start))]
    for t in range(1, steps + 1):
        states.append(advance(optimiser, states[-1], curvature * states[-1].p, t, settings))
    return tuple(states)
