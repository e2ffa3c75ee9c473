"""Question 6: a recurrent network unrolled, its gradient through time, and what order is worth."""
# ruff: noqa: N803, N806 -- W_ih, W_hh, E and J are the names that papers and PyTorch use

from typing import Annotated

import numpy as np

from nnquiz.examples.example import example
from nnquiz.examples.notation import equals, number, operand, row, total
from nnquiz.examples.parameters import Matrix, Names, Real, Vector, require
from nnquiz.examples.trace import Array, Plot, Series, Step, Try, Working, same

# Four time steps of two inputs each, three hidden units.
SEQUENCE = np.array([[1.0, 0], [0, 1], [1, 1], [-1, 0.5]])
W_IH = np.array([[0.5, -0.3], [0.2, 0.4], [-0.6, 0.1]])
B_IH = np.array([0.1, 0.0, -0.1])
W_HH = np.array([[0.4, -0.2, 0.1], [0.3, 0.5, -0.4], [-0.1, 0.2, 0.6]])
B_HH = np.array([0.0, 0.1, 0.0])
H_0 = np.zeros(3)
ONES = np.ones(3)
FIRST, SECOND = ("dog", "bites", "man"), ("man", "bites", "dog")
# A row for each word, in the order in which the words come up.
EMBEDDINGS = np.array([[1.0, 0.5], [0, 1], [-1, 0.5], [0.5, -1], [-0.5, -0.5], [1, 1]])

Radius = Annotated[float, Real(above=0.0)]


def unroll(x: Array, h_0: Array, W_ih: Array, W_hh: Array, b: Array) -> Array:
    """Return the hidden states of a tanh network, the first being h_0.

    Args:
        x: (T, d), the inputs.
        h_0: (h,), where it starts.
        W_ih: (h, d), from the input.
        W_hh: (h, h), from the state before.
        b: (h,), the sum of all biases.

    Returns:
        (T + 1, h).
    """
    states = [h_0]
    for x_t in x:
        states.append(np.tanh(W_ih @ x_t + W_hh @ states[-1] + b))
    return np.array(states)


def check_shapes(x: Array, W_ih: Array, W_hh: Array, **vectors: Array) -> None:
    """Require that weights, biases and states fit the inputs.

    Raises:
        BadInput: they do not.
    """
    h, d = len(W_hh), x.shape[1]
    require(W_hh.shape == (h, h), f"W_hh has {h} rows and {W_hh.shape[1]} columns; it is square")
    sizes = f"{W_ih.shape[0]} x {W_ih.shape[1]}"
    require(W_ih.shape == (h, d), f"W_ih is {sizes}; {d} inputs and {h} units need {h} x {d}")
    for name, vector in vectors.items():
        require(vector.size == h, f"{name} has {vector.size} entries; each of {h} units has one")


def times(count: int) -> tuple[str, ...]:
    """Name the time steps."""
    return tuple(f"t={t}" for t in range(1, count + 1))


@example
def rnn_unroll(
    *,
    x: Matrix = SEQUENCE,
    W_ih: Matrix = W_IH,
    b_ih: Vector = B_IH,
    W_hh: Matrix = W_HH,
    b_hh: Vector = B_HH,
    h_0: Vector = H_0,
) -> Working:
    """An Elman network (Elman 1990), unrolled in time: one set of weights at every step.

    The two biases are those of PyTorch's `nn.RNN`. Each row of x is a time step.
    """
    check_shapes(x, W_ih, W_hh, b_ih=b_ih, b_hh=b_hh, h_0=h_0)

    drive = x @ W_ih.T + b_ih  # (T, h)
    states = unroll(x, h_0, W_ih, W_hh, b_ih + b_hh)  # (T + 1, h)
    recall = states[:-1] @ W_hh.T + b_hh  # (T, h)
    h = states[1:]

    half = len(x) // 2
    rest = unroll(x[half:], states[half], W_ih, W_hh, b_ih + b_hh)
    units, moments = _units(h), times(len(x))
    return Working(
        inputs={"x": x, "W_ih": W_ih, "b_ih": b_ih, "W_hh": W_hh, "b_hh": b_hh, "h_0": h_0},
        steps=(
            Step(
                "drive",
                r"u_t = W_{ih} x_t + b_{ih}",
                rf"u_{{11}} = {row(W_ih[0])} \cdot {row(x[0])} + {operand(b_ih[0])} "
                f"{equals(drive[0, 0])}",
                drive,
                "The part from the inputs waits for nothing: all steps at once.",
            ),
            *(
                _moment(t, (drive[t], recall[t], h[t]), (W_hh[0], states[t], b_hh[0]))
                for t in range(len(x))
            ),
        ),
        results={"h": h, "h_T": h[-1]},
        axes={
            "x": (moments, ()),
            **dict.fromkeys(("W_ih", "W_hh"), (units, ())),
            **dict.fromkeys(("b_ih", "b_hh", "h_0", "h_T"), (units,)),
            **dict.fromkeys(("drive", "h"), (moments, units)),
            **dict.fromkeys(moments, (("u", "v", "h"), units)),
        },
        plots=(
            Plot(
                "line",
                "hidden units over time",
                "time step",
                "h",
                tuple(Series(unit, np.arange(len(h)), h[:, i]) for i, unit in enumerate(units)),
                x_ticks=moments,
            ),
        ),
        invariants=(
            same("a state is all that the steps after it need", rest, states[half:]),
            same("every state lies from -1 to 1", np.maximum(np.abs(h) - 1, 0), 0.0),
        ),
        conventions=(
            "PyTorch keeps two biases, b_ih and b_hh; only their sum matters.",
            "A row of x is a time step; with batches PyTorch puts the time first by default.",
        ),
        tries=(
            Try(("W_hh=[[0,0,0],[0,0,0],[0,0,0]]",), "without recurrence each step stands alone"),
            Try(("x=[[1,0],[1,0],[1,0],[1,0],[1,0]]",), "equal inputs, and yet the states move"),
            Try(("h_0=1,1,1",), "the start fades from step to step"),
        ),
    )


def _moment(t: int, parts: tuple[Array, Array, Array], memory: tuple[Array, Array, float]) -> Step:
    """Return the step at time t + 1: both parts of its sum and the state they give.

    Args:
        t: how many steps came before.
        parts: from the input, from the state before, and the new state: (h,) each.
        memory: the first unit's recurrent weights, the state before, the first unit's bias.
    """
    drive, _, after = parts
    weights, before, bias = memory
    recalled = rf"{row(weights)} \cdot {row(before)} + {operand(bias)}"
    return Step(
        f"t={t + 1}",
        r"h_t = \tanh(u_t + W_{hh} h_{t-1} + b_{hh})",
        rf"h_{{{t + 1},1}} = \tanh({number(drive[0])} + {recalled}) {equals(after[0])}",
        np.stack(parts),
        "The same weights again, on the new state; v is what they recall."
        if t
        else "It starts from h_0; v is what the recurrent weights recall.",
    )


@example
def bptt_jacobian(
    *,
    x: Matrix = SEQUENCE,
    W_ih: Matrix = W_IH,
    W_hh: Matrix = W_HH,
    b: Vector = B_IH,
    h_0: Vector = H_0,
    g: Vector = ONES,
    radius: Radius = 0.9,
) -> Working:
    """Backpropagation through time: a product of Jacobians, one a step.

    W_hh is first scaled to the spectral radius that is asked for; g is the gradient of the loss
    with respect to the last state. See Pascanu, Mikolov and Bengio (2013).
    """
    check_shapes(x, W_ih, W_hh, b=b, h_0=h_0, g=g)
    found = np.abs(np.linalg.eigvals(W_hh)).max()
    # A nilpotent matrix has eigenvalues of zero up to their rounding.
    require(found > 1e-4 * np.abs(W_hh).max(), "W_hh has spectral radius 0; nothing scales that")

    W = W_hh * (radius / found)  # (h, h)
    h = unroll(x, h_0, W_ih, W, b)[1:]  # (T, h)
    jacobians = (1 - h**2)[:, :, None] * W  # (T, h, h): diag(1 - h²) W
    chain = [np.eye(len(W))]
    for J in jacobians[::-1]:  # from the last step back to the first
        chain.append(chain[-1] @ J)
    norms = np.linalg.norm(chain, ord=2, axis=(1, 2))  # (T + 1,)
    gradient = g @ chain[-1]  # (h,)

    bound = np.cumprod([1.0, *np.linalg.norm(jacobians[::-1], ord=2, axis=(1, 2))])
    units, moments, count = _units(h), times(len(x)), len(x)
    back = tuple(f"{k} back" for k in range(count + 1))
    slope = 1 - h[-1, 0] ** 2
    return Working(
        inputs={"x": x, "W_ih": W_ih, "W_hh": W_hh, "b": b, "h_0": h_0, "g": g},
        steps=(
            Step(
                "W",
                r"W = \frac{\rho}{\rho(W_{hh})} W_{hh}",
                rf"W_{{11}} = \frac{{{number(radius)}}}{{{number(found)}}} \cdot "
                f"{operand(W_hh[0, 0])} {equals(W[0, 0])}",
                W,
                "The largest |eigenvalue| decides what many steps do to a gradient.",
            ),
            Step(
                "h",
                r"h_t = \tanh(W_{ih} x_t + W h_{t-1} + b)",
                rf"h_{{11}} = \tanh({number(np.arctanh(h[0, 0]))}) {equals(h[0, 0])}"
                if abs(h[0, 0]) < 1
                else rf"h_{{11}} = {number(h[0, 0])}",
                h,
                "Forward first: the slopes of tanh depend on the states.",
            ),
            Step(
                "jacobians",
                r"J_t = \frac{\partial h_t}{\partial h_{t-1}} = \text{diag}(1 - h_t^2) W",
                rf"J_{{{count},11}} = {number(slope)} \cdot {operand(W[0, 0])} "
                f"{equals(jacobians[-1, 0, 0])}",
                jacobians,
                "A saturated unit (h near 1 or -1) lets almost nothing through.",
            ),
            Step(
                "norms",
                r"n_k = \lVert J_T J_{T-1} \cdots J_{T-k+1} \rVert",
                rf"n_1 = \lVert J_{{{count}}} \rVert {equals(norms[1])}",
                norms,
                "How much of a gradient survives k steps back, at most.",
            ),
            Step(
                "gradient",
                r"\frac{\partial L}{\partial h_0} = (J_T J_{T-1} \cdots J_1)^\top g",
                rf"\frac{{\partial L}}{{\partial h_{{0,1}}}} = "
                f"{total(_product(a, c) for a, c in zip(chain[-1][:, 0], g, strict=True))} "
                f"{equals(gradient[0])}",
                gradient,
                "What the first state can still learn from the last step's loss.",
            ),
        ),
        results={"h": h, "jacobians": jacobians, "norms": norms, "gradient": gradient},
        axes={
            "x": (moments, ()),
            "W_ih": (units, ()),
            **dict.fromkeys(("W_hh", "W"), (units, units)),
            **dict.fromkeys(("b", "h_0", "g", "gradient"), (units,)),
            "h": (moments, units),
            "jacobians": (moments, units, units),
            "norms": (back,),
        },
        plots=(
            Plot(
                "line",
                "what is left of a gradient",
                "steps back",
                "norm",
                (Series("product of Jacobians", np.arange(count + 1), norms),),
            ),
        ),
        invariants=(
            same("going back step by step gives the same gradient", _back(g, jacobians), gradient),
            same(
                "the product is no larger than the norms multiplied",
                np.maximum(norms - bound, 0),
                0.0,
                scale=bound,
            ),
        ),
        conventions=(
            "The norm is the spectral one: the largest factor by which a vector can grow.",
            "With W's largest singular value below 1 gradients vanish; above 1 they may explode.",
        ),
        tries=(
            Try(("radius=0.3",), "it vanishes"),
            Try(("radius=3", "x=[[0,0],[0,0],[0,0],[0,0]]", "b=0,0,0"), "it explodes"),
            Try(("radius=3",), "saturated units hold it back"),
        ),
    )


def _back(g: Array, jacobians: Array) -> Array:
    for J in jacobians[::-1]:
        g = J.T @ g
    return g


def _product(a: float, b: float) -> str:
    return rf"{operand(a)} \cdot {operand(b)}"


@example
def order_matters(
    *,
    first: Names = FIRST,
    second: Names = SECOND,
    E: Matrix = EMBEDDINGS,
    W_ih: Matrix = W_IH,
    W_hh: Matrix = W_HH,
    b: Vector = B_IH,
) -> Working:
    """A bag of words forgets the order of a sentence; a recurrent network does not.

    Each new word takes the next row of E as its embedding.
    """
    words = tuple(dict.fromkeys((*first, *second)))
    require(bool(first and second), "first or second is empty; each needs a word at least")
    few = f"E has {len(E)} rows and the sentences have {len(words)} words; each word has one"
    require(len(words) <= len(E), few)
    check_shapes(E, W_ih, W_hh, b=b)

    x_1, x_2 = (E[[words.index(word) for word in sentence]] for sentence in (first, second))
    bags = np.stack([x_1.sum(axis=0), x_2.sum(axis=0)])  # (2, d)
    start = np.zeros(len(W_hh))
    h_1, h_2 = (unroll(x, start, W_ih, W_hh, b)[1:] for x in (x_1, x_2))  # (words, h)
    bag_difference = float(np.abs(bags[0] - bags[1]).max())
    difference = float(np.abs(h_1[-1] - h_2[-1]).max())

    sentences = (" ".join(first), " ".join(second))
    names, units = ("first", "second"), _units(h_1)
    sorted_bags = np.stack([np.sort(x, axis=0).sum(axis=0) for x in (x_1, x_2)])
    counted = np.stack([[words_.count(word) for word in words] for words_ in (first, second)])
    sizes = np.abs(x_1).sum() + np.abs(x_2).sum()
    return Working(
        inputs={"E": E, "W_ih": W_ih, "W_hh": W_hh, "b": b},
        steps=(
            Step(
                "bags",
                r"s = \sum_t e_{w_t}",
                rf"s_1 = {total(row(e) for e in x_1)} = {row(bags[0])}",
                bags,
                f"Added up, “{sentences[0]}” and “{sentences[1]}” are "
                + ("the same." if bag_difference <= 1e-12 * sizes else "not the same."),
            ),
            Step(
                "bag_difference",
                r"\max_i |s_{1i} - s_{2i}|",
                _largest(bags[0], bags[1], bag_difference),
                bag_difference,
                "A sum does not know who came first.",
            ),
            _states("first", sentences[0], h_1),
            _states("second", sentences[1], h_2),
            Step(
                "difference",
                r"\max_i |h_{1i} - h_{2i}|",
                _largest(h_1[-1], h_2[-1], difference),
                difference,
                "The last states differ as soon as the order does."
                if difference
                else "The last states are the same.",
            ),
        ),
        results={
            "bags": bags,
            "bag_difference": bag_difference,
            "h_first": h_1[-1],
            "h_second": h_2[-1],
            "difference": difference,
        },
        axes={
            "E": ((*words, *("-",) * (len(E) - len(words))), ()),
            "W_ih": (units, ()),
            "W_hh": (units, units),
            **dict.fromkeys(("b", "h_first", "h_second"), (units,)),
            "bags": (names, ()),
            "first sentence": (first, units),
            "second sentence": (second, units),
        },
        invariants=(
            same("a bag is the words counted", counted @ E[: len(words)], bags, scale=sizes),
            same("sorting its words leaves a bag as it is", sorted_bags, bags, scale=sizes),
        ),
        conventions=(
            "The embeddings are the inputs of both models; only how they are combined differs.",
        ),
        tries=(
            Try(("second=dog,bites,man",), "the same order: no difference"),
            Try(("second=man,bites,cat",), "another word: the bags differ too"),
            Try(
                ("W_hh=[[0,0,0],[0,0,0],[0,0,0]]",), "without recurrence only the last word counts"
            ),
        ),
    )


def _states(name: str, sentence: str, h: Array) -> Step:
    return Step(
        f"{name} sentence",
        r"h_t = \tanh(W_{ih} e_{w_t} + W_{hh} h_{t-1} + b)",
        rf"h_T = {row(h[-1])}",
        h,
        f"“{sentence}”, word by word.",
    )


def _largest(left: Array, right: Array, difference: float) -> str:
    i = int(np.abs(left - right).argmax())
    return f"|{number(left[i])} - {operand(right[i])}| {equals(difference)}"


def _units(h: Array) -> tuple[str, ...]:
    return tuple(f"h{i}" for i in range(1, h.shape[1] + 1))
