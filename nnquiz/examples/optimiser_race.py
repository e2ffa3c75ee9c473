"""Question 5: eight optimisers run down the same bowl."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, get_args

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, operand, put
from nnquiz.examples.optimisers import (
    EPS,
    EPS_ADAGRAD,
    Optimiser,
    Settings,
    State,
    descend,
)
from nnquiz.examples.parameters import Real, Tensor, Vector, Whole, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

START = np.array([3.0, -2])
CURVATURE = np.array([1.0, 10])

Rate = Annotated[float, Real(above=0.0)]
Share = Annotated[float, Real(0.0, 0.9999)]
Decay = Annotated[float, Real(0.0, 10.0)]
Curvatures = Annotated[Array, Tensor(1, above=0.0, drawn=(0.5, 10.0))]
Steps = Annotated[int, Whole(1, 99)]

RACERS: tuple[Optimiser, ...] = get_args(Optimiser)
COLUMNS = ("x", "y", "loss", "g x", "g y", "m x", "m y", "v x", "v y")

# What an optimiser updates in a step: a name, the symbol, the formula of its new value, and what
# to see in it.
_BUFFER = ("m", "m", r"\mu \cdot m + g", "The buffer gathers gradients; it begins at 0.")
_M_HAT = ("m hat", r"\hat m", r"\frac{m}{1 - \beta_1^t}", "m begins at 0; this makes up for it.")
_V_HAT = ("v hat", r"\hat v", r"\frac{v}{1 - \beta_2^t}", "The same for v: at t = 1 it is g².")
_MOMENTS = (
    ("m", "m", r"\beta_1 \cdot m + (1 - \beta_1) \cdot g", "The running gradient."),
    ("v", "v", r"\beta_2 \cdot v + (1 - \beta_2) \cdot g^2", "The running squared gradient."),
    _M_HAT,
    _V_HAT,
)
_SCALED = (
    "p",
    "p",
    r"p - \eta \cdot \frac{g}{\sqrt{v} + \epsilon}",
    "Each direction is divided by its own recent size.",
)
_ADAPTED = (
    "p",
    "p",
    r"p - \eta \cdot \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
    "The first step is lr in both directions, however steep they are.",
)
_UPDATES = {
    "sgd": (("p", "p", r"p - \eta \cdot g", "A step against the gradient."),),
    "momentum": (
        _BUFFER,
        ("p", "p", r"p - \eta \cdot m", "The first step is that of SGD; later ones are longer."),
    ),
    "nesterov": (
        _BUFFER,
        ("p", "p", r"p - \eta \cdot (g + \mu \cdot m)", "It looks one step of the buffer ahead."),
    ),
    "adagrad": (("v", "v", "v + g^2", "All squared gradients: it only ever grows."), _SCALED),
    "rmsprop": (
        ("v", "v", r"\alpha \cdot v + (1 - \alpha) \cdot g^2", "The running squared gradient."),
        _SCALED,
    ),
    "adam": (*_MOMENTS, _ADAPTED),
    "adam-l2": (
        ("penalised", "g", r"g + \lambda \cdot p", "L2: the penalty joins the gradient."),
        *_MOMENTS,
        _ADAPTED,
    ),
    "adamw": (
        *_MOMENTS,
        (
            "p",
            "p",
            r"(1 - \eta \lambda) \cdot p - \eta \cdot \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
            "The weights shrink by themselves, past the moments.",
        ),
    ),
}


@example
def optimizer_race(
    *,
    start: Vector = START,
    curvature: Curvatures = CURVATURE,
    optimiser: Optimiser = "adam",
    lr: Rate = 0.1,
    momentum: Share = 0.9,
    alpha: Share = 0.99,
    beta1: Share = 0.9,
    beta2: Share = 0.999,
    wd: Decay = 0.1,
    steps: Steps = 25,
) -> Working:
    """One optimiser's first step and its path down a bowl, and how far all eight come.

    The loss is ½ (a x² + b y²) with the curvatures a and b; `wd` is the weight decay of adam-l2
    and adamw.
    """
    given = f"start has {start.size} entries and curvature {curvature.size}; there are x and y"
    require(start.size == curvature.size == 2, given)
    settings = Settings(lr, momentum, alpha, beta1, beta2, wd)

    def loss(p: Array) -> Array:
        return np.asarray((curvature * p**2).sum(axis=-1) / 2)

    runs = {name: descend(name, start, curvature, steps, settings) for name in RACERS}
    paths = {name: np.array([state.p for state in run]) for name, run in runs.items()}  # (t, 2)
    race = np.array([[*path[-1], loss(path[-1])] for path in paths.values()])

    path = paths[optimiser]
    moments = np.array([[*state.m, *state.v] for state in runs[optimiser]])
    table = np.column_stack([path, loss(path), curvature * path, moments])
    kept = [place for place, column in enumerate(table.T) if place < 5 or column.any()]
    best = int(race[:, 2].argmin())
    g = curvature * start
    return Working(
        inputs={"start": start, "curvature": curvature},
        steps=(
            Step(
                "g",
                r"g_x = a x, \quad g_y = b y",
                rf"g_x = {number(curvature[0])} \cdot {operand(start[0])} {equals(g[0])}",
                g,
                "The first gradient: the steeper direction counts for more than its share.",
            ),
            *_first_step(optimiser, start, g, runs[optimiser][1], settings),
            Step(
                "path",
                r"L = \frac{1}{2} (a x^2 + b y^2)",
                rf"L_0 = \frac{{1}}{{2}} ({number(curvature[0])} \cdot {operand(start[0])}^2 + "
                rf"{number(curvature[1])} \cdot {operand(start[1])}^2) {equals(loss(start))}",
                table[:, kept],
                f"Before {optimiser} and after each step: place, loss, gradient and averages."
                if moments.any()
                else f"Before {optimiser} and after each step: place, loss and gradient.",
            ),
            Step(
                "race",
                rf"L_{{{steps}}} = L(x_{{{steps}}}, y_{{{steps}}})",
                rf"L_{{{steps}}} {equals(race[best, 2])}",
                race,
                f"Where all stand then; {RACERS[best]} is lowest. One rate for all is not fair: "
                "each has a best of its own.",
            ),
        ),
        results={
            "x": path[-1, 0],
            "y": path[-1, 1],
            "loss": table[-1, 2],
            "path": table[:, kept],
            "race": race,
        },
        axes={
            **dict.fromkeys(("start", "curvature", "g"), (("x", "y"),)),
            **{name: (("x", "y"),) for name, *_ in _UPDATES[optimiser]},
            "path": (
                tuple(f"t={t}" for t in range(steps + 1)),
                tuple(COLUMNS[place] for place in kept),
            ),
            "race": (RACERS, ("x", "y", "loss")),
        },
        plots=_pictures(paths, loss),
        invariants=(
            same(
                "plain SGD multiplies a coordinate by 1 - lr · curvature in each step",
                paths["sgd"][-1],
                start * (1 - lr * curvature) ** steps,
                scale=np.abs(paths["sgd"]).max(),
            ),
            same(
                "Adam's first step is lr wherever there is a gradient",
                np.abs(paths["adam"][1] - start),
                lr * np.abs(g) / (np.abs(g) + EPS),
                scale=np.abs(start) + lr,
            ),
        ),
        conventions=(
            "PyTorch's momentum: m = μ m + g, without (1 - μ), and lr outside.",
            "RMSprop and Adam add eps = 1e-8 outside the square root, Adagrad 1e-10.",
            "Adam with L2 runs like Adam: around 0 the penalty only scales this loss's gradient.",
            "PyTorch's RMSprop has α = 0.99 by default; elsewhere it is often 0.9.",
        ),
        tries=(
            Try(("optimiser=momentum",), "momentum overshoots and swings back"),
            Try(("lr=0.21",), "above 2 / curvature, SGD diverges in the steep direction"),
            Try(("optimiser=adagrad", "lr=1"), "Adagrad's steps shrink by themselves"),
            Try(("curvature=1,100", "lr=0.01"), "a narrower valley: SGD has to crawl"),
        ),
    )


def _first_step(
    optimiser: Optimiser, start: Array, g: Array, after: State, settings: Settings
) -> Iterator[Step]:
    """Yield what an optimiser updates in its first step, with the numbers of x put in."""
    penalised = g + settings.wd * start if optimiser == "adam-l2" else g
    values = {
        "penalised": penalised,
        "m": after.m,
        "v": after.v,
        "m hat": after.m / (1 - settings.beta1),
        "v hat": after.v / (1 - settings.beta2),
        "p": after.p,
    }
    numbers: dict[str, float | Array | str] = {
        "p": start[0],
        "g": g[0],
        "m": 0.0,
        "v": 0.0,
        "t": 1.0,
        r"\hat m": values["m hat"][0],
        r"\hat v": values["v hat"][0],
        r"\eta": settings.lr,
        r"\mu": settings.momentum,
        r"\alpha": settings.alpha,
        r"\beta_1": settings.beta1,
        r"\beta_2": settings.beta2,
        r"\eta \lambda": settings.lr * settings.wd,
        r"\lambda": settings.wd,
        r"\epsilon": EPS_ADAGRAD if optimiser == "adagrad" else EPS,
    }
    for name, symbol, formula, note in _UPDATES[optimiser]:
        value = values[name]
        yield Step(
            name,
            rf"{symbol} \leftarrow {formula}",
            rf"{symbol}_x \leftarrow {put(formula, numbers)} {equals(value[0])}",
            value,
            note,
        )
        numbers[symbol] = value[0]  # what comes after reads the new value


def _pictures(paths: Mapping[Optimiser, Array], loss: Callable[[Array], Array]) -> tuple[Plot, ...]:
    return (
        Plot(
            "line",
            "paths down the bowl",
            "x",
            "y",
            tuple(Series(name, path[:, 0], path[:, 1]) for name, path in paths.items()),
        ),
        Plot(
            "line",
            "loss, step by step",
            "step",
            "loss",
            tuple(Series(name, np.arange(len(path)), loss(path)) for name, path in paths.items()),
        ),
    )
